"""What is recorded about the record itself."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class RecordChecked:
    """The chain was walked from its beginning, with this outcome: the fields of `queries.Verdict`."""

    name: ClassVar[str] = "record:checked"
    events: int
    broken_at: int | None
    reason: str
    hash: str
