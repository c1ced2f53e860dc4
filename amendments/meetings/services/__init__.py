"""Running a sitting. Whoever was slower is told what stands now."""

from __future__ import annotations

from amendments.meetings.services.agenda import (
    NO_NUMBER,
    arrange_item,
    bring_forward,
    call_item,
    move_item,
    pull_out,
)
from amendments.meetings.services.endings import adjourn, refer, take_over, undo_ending, withdraw
from amendments.meetings.services.minutes import WRITTEN_ALREADY, Words, write_minutes
from amendments.meetings.services.people import (
    close_meeting,
    come,
    correct_invitation,
    hand_over_chair,
    leave,
    open_meeting,
    reopen_meeting,
)
from amendments.meetings.services.results import (
    COUNTS_MISSING,
    NOTHING_PUT,
    Put,
    state_result,
    undo_ballot,
    wording_hash,
)
from amendments.meetings.services.undoing import undone_any_time
from amendments.meetings.services.wordings import file_oral, put_wording

__all__ = [
    "COUNTS_MISSING",
    "NOTHING_PUT",
    "NO_NUMBER",
    "WRITTEN_ALREADY",
    "Put",
    "Words",
    "adjourn",
    "arrange_item",
    "bring_forward",
    "call_item",
    "close_meeting",
    "come",
    "correct_invitation",
    "file_oral",
    "hand_over_chair",
    "leave",
    "move_item",
    "open_meeting",
    "pull_out",
    "put_wording",
    "refer",
    "reopen_meeting",
    "state_result",
    "take_over",
    "undo_ballot",
    "undo_ending",
    "undone_any_time",
    "withdraw",
    "wording_hash",
    "write_minutes",
]
