"""What a deciding body can say about an edit, and what follows for the proposal."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    DESK = "desk"


class Outcome(StrEnum):
    AGREED = "agreed"
    AGREED_MODIFIED = "agreed_modified"
    REJECTED = "rejected"
    REFERRED = "referred"
    SETTLED = "settled"
    REOPENED = "reopened"


class VoteKind(StrEnum):
    NONE = "none"
    WITHOUT_OBJECTION = "without_objection"
    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    COUNTED = "counted"
