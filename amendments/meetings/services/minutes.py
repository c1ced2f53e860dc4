"""What the clerk completes in the minutes (NORMS §10), during the sitting and after it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from amendments import text as engine
from amendments.audit.services import record
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings.events import MinutesWritten
from amendments.meetings.models import Excused, Minutes
from amendments.meetings.queries import seated, written_minutes
from amendments.meetings.services.common import beat, locked
from amendments.meetings.services.people import NOT_SEATED
from amendments.web.actor import Actor

MOST_WORDS: Final = 10_000

WORDS_TOO_LONG = N_("Der Text ist länger als 10.000 Zeichen. Bitte kürzen Sie ihn.")
ENDS_BEFORE = N_("Die Sitzung kann nicht enden, bevor sie beginnt.")
WRITTEN_ALREADY = N_(
    "Inzwischen hat jemand anderes an der Niederschrift geschrieben. Bitte vergleichen Sie beides. Wenn Sie noch "
    "einmal absenden, gilt, was Sie hier geschrieben haben."
)


@dataclass(frozen=True)
class Words:
    """What stands in the minutes besides what was recorded. Times None: as it was opened and closed here."""

    begins: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    chairs: str = ""
    clerk: str = ""
    others: str = ""
    interruptions: str = ""
    statements: str = ""
    notes: str = ""
    excused: Collection[UUID] = field(default_factory=tuple)


TEXTS: Final = tuple(one.name for one in fields(Words) if one.name not in ("begins", "ends", "excused"))


def write_minutes(actor: Actor, *, meeting_id: UUID, row_version: int, words: Words) -> Minutes:
    """`row_version`: that of the page, 0 for none; Conflict when somebody has written since."""
    place = locked(actor, meeting_id)
    row = written_minutes(meeting_id)
    if (row.row_version if row is not None else 0) != row_version:
        raise Conflict(WRITTEN_ALREADY)
    begins, ends = words.begins or place.meeting.opened_at, words.ends or place.meeting.closed_at
    if ends is not None and ends < begins:
        raise InvalidInput(ENDS_BEFORE, field="ends")
    if not {one.account_id for one in seated(place)}.issuperset(words.excused):
        raise InvalidInput(NOT_SEATED, field="excused")
    if row is None:
        row = Minutes(meeting_id=meeting_id, excused=[])
        db.session.add(row)
    else:
        flag_modified(row, "notes")  # who is excused counts as a change of the row
    row.begins, row.ends = words.begins, words.ends
    for name in TEXTS:
        setattr(row, name, _said(name, getattr(words, name)))
    known = {one.account_id: one for one in row.excused}
    row.excused = [known.get(one) or Excused(account_id=one) for one in sorted(set(words.excused))]
    db.session.flush()
    beat(place)
    record(actor.account_id, MinutesWritten(meeting_id), document_id=place.document.id)
    return row


def _said(name: str, raw: str) -> str:
    said = engine.normalise(raw).strip()
    if len(said) > MOST_WORDS:
        raise InvalidInput(WORDS_TOO_LONG, field=name)
    return said
