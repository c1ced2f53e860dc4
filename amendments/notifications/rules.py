"""What people are written about, and when the next mail may go. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from amendments.exchange.words import N_
from amendments.web.access import Action, PermissionMap
from amendments.web.actor import Actor


class NoticeKind(StrEnum):
    """One kind of news; a person can do without each by itself."""

    DECIDED = "decided"
    HANDED_BACK = "handed_back"
    CALLED_NEXT = "called_next"


KIND_LABELS: Final[dict[NoticeKind, str]] = {
    NoticeKind.DECIDED: N_("Über einen Ihrer Vorschläge wurde entschieden"),
    NoticeKind.HANDED_BACK: N_("Ein Vorschlag von Ihnen findet seine Stelle in der neuen Fassung nicht mehr"),
    NoticeKind.CALLED_NEXT: N_("Ein Vorschlag von Ihnen wird in der Sitzung als Nächstes aufgerufen"),
}

PAUSE: Final = timedelta(hours=1)
"""Between two mails to one person; what happens meanwhile goes together."""
STALE: Final = timedelta(days=1)
"""What is older is no news any more: after a day without a mail server nobody is flooded."""
STUCK: Final = timedelta(minutes=15)
"""After so long a letter that nobody has told to be sent is taken for lost on the way, and written again."""
MOST_TRIES: Final = 4
"""Then a letter is given up: the address does not take it."""
MOST_LINES: Final = 30
"""Named in one mail; the rest is counted."""


def may_send(now: datetime, last_sent: datetime | None) -> bool:
    return last_sent is None or now - last_sent >= PAUSE


def is_news(now: datetime, happened: datetime) -> bool:
    return now - happened < STALE


def wanted(kinds: Iterable[str]) -> tuple[NoticeKind, ...]:
    """What is not in `kinds`, which somebody does without."""
    refused = set(kinds)
    return tuple(kind for kind in NoticeKind if kind not in refused)


def own(actor: Actor, account: Any) -> bool:
    return actor.account_id is not None and account is not None and actor.account_id == account.id


MAILS_CHOOSE: Final = Action("mails.choose")
"""Which mails one gets; asked about the account."""

PERMISSIONS: Final[PermissionMap] = {MAILS_CHOOSE: ((own,),)}
