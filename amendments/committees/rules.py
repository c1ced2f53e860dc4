"""Kinds of committees, roles on them, and who may change them (NORMS §1, §14)."""

from __future__ import annotations

from enum import StrEnum


class CommitteeKind(StrEnum):
    COUNCIL = "council"
    COMMITTEE = "committee"
    ADVISORY_BOARD = "advisory_board"
    WORKING_GROUP = "working_group"
    STEERING_GROUP = "steering_group"
    EXECUTIVE = "executive"
    OFFICE = "office"


class Role(StrEnum):
    MEMBER = "member"
    DEPUTY = "deputy"
    CHAIR = "chair"
    CLERK = "clerk"
    MODERATOR = "moderator"
    STEERING = "steering"
