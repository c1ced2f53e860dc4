"""Running a sitting: people, agenda, results. Whoever was slower is told what stands now."""

from __future__ import annotations

from amendments.meetings.services.agenda import call_item, close_item, pull_out
from amendments.meetings.services.people import close_meeting, come, leave, note, open_meeting
from amendments.meetings.services.results import (
    COUNTS_MISSING,
    NOTHING_PUT,
    Put,
    state_result,
    undo_ballot,
    wording_hash,
)

__all__ = [
    "COUNTS_MISSING",
    "NOTHING_PUT",
    "Put",
    "call_item",
    "close_item",
    "close_meeting",
    "come",
    "leave",
    "note",
    "open_meeting",
    "pull_out",
    "state_result",
    "undo_ballot",
    "wording_hash",
]
