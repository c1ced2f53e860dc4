"""What is recorded about mails: only what a person chose. What was sent is no event of the town's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class MailsChosen:
    name: ClassVar[str] = "mails:chosen"
    account_id: UUID
    refused: tuple[str, ...]
