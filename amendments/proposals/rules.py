"""A proposal's life as a table, and who may do what with it."""

from __future__ import annotations

from enum import StrEnum


class ProposalKind(StrEnum):
    CHANGE = "change"
    SUPPLEMENT = "supplement"
    DELETION = "deletion"
    EDITORIAL = "editorial"


class Origin(StrEnum):
    FILED = "filed"
    COMPROMISE = "compromise"
    MODIFICATION = "modification"
    EDITORIAL = "editorial"
    ORAL = "oral"


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPEN = "open"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class Stance(StrEnum):
    SUPPORT = "support"
    OBJECTION = "objection"
    ABSTENTION = "abstention"


class HunkOp(StrEnum):
    REPLACE = "replace"
    RETYPE = "retype"
    SPLIT = "split"
    JOIN = "join"
    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"


class CarryOutcome(StrEnum):
    ANCHORED = "anchored"
    ALREADY_ADOPTED = "already_adopted"
    PASSAGE_CHANGED = "passage_changed"
    PASSAGE_GONE = "passage_gone"
