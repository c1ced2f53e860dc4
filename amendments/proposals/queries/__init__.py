"""Reading proposals: who asks for what on a version, where each edit stands there, and what was said."""

from amendments.proposals.queries.carried import (
    HandedBack,
    carry_overs_of,
    fates_of,
    handed_back,
    resumed_by,
    successors_of,
)
from amendments.proposals.queries.edits import (
    LiveEdit,
    ProposalOn,
    children_of,
    edits_of,
    edits_on,
    hunks_of,
    proposals_of,
    proposals_on,
    replacements_of,
    with_authors,
)
from amendments.proposals.queries.places import ProposalPlace, place_of_edit, proposal_for
from amendments.proposals.queries.said import (
    CommentEntry,
    Counts,
    Entry,
    PositionEntry,
    comments_of,
    history_of,
    objections_to,
    position_counts,
    positions_of,
)
from amendments.proposals.queries.wordings import wording_after, wording_base, wordings_then

__all__ = [
    "CommentEntry",
    "Counts",
    "Entry",
    "HandedBack",
    "LiveEdit",
    "PositionEntry",
    "ProposalOn",
    "ProposalPlace",
    "carry_overs_of",
    "children_of",
    "comments_of",
    "edits_of",
    "edits_on",
    "fates_of",
    "handed_back",
    "history_of",
    "hunks_of",
    "objections_to",
    "place_of_edit",
    "position_counts",
    "positions_of",
    "proposal_for",
    "proposals_of",
    "proposals_on",
    "replacements_of",
    "resumed_by",
    "successors_of",
    "with_authors",
    "wording_after",
    "wording_base",
    "wordings_then",
]
