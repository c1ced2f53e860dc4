"""Where the words of a version come from, which texts can be looked at, and who publishes the next version."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from amendments.documents.rules import DOCUMENT_SEE, free_of_interest, moderates_lead, while_open
from amendments.exchange.words import N_
from amendments.web.access import Action, PermissionMap


class StepOrigin(StrEnum):
    PROPOSAL = "proposal"
    EDITORIAL = "editorial"
    IMPORT = "import"


class View(StrEnum):
    """A text that follows from a version and what is said about it."""

    DRAFT = "draft"
    WITH_PROPOSALS = "with_proposals"
    AGREED = "agreed"
    ALL = "all"


class ConsensusKind(StrEnum):
    """A text that follows from a version and a named set of edits (CONSENSUS §5)."""

    DRAFT = "draft"
    UNDISPUTED = "undisputed"
    WIDEST = "widest"
    COMMITTEE = "committee"
    ADOPTED = "adopted"


CONSENSUS_NAMES: Final[dict[ConsensusKind, str]] = {
    ConsensusKind.DRAFT: N_("Wie vorgelegt"),
    ConsensusKind.UNDISPUTED: N_("Unstrittig"),
    ConsensusKind.WIDEST: N_("Mit der breitesten Unterstützung"),
    ConsensusKind.COMMITTEE: N_("Wie ein Gremium es möchte"),
    ConsensusKind.ADOPTED: N_("Wie angenommen"),
}

CONSENSUS_SHORT: Final[dict[ConsensusKind, str]] = {
    ConsensusKind.DRAFT: "K0",
    ConsensusKind.UNDISPUTED: "K1",
    ConsensusKind.WIDEST: "K2",
    ConsensusKind.COMMITTEE: "K3",
    ConsensusKind.ADOPTED: "Kf",
}

VERSION_PUBLISH: Final = Action("version.publish")
CONSENSUS_FREEZE: Final = Action("consensus.freeze")
"""Keep a consensus version as it is now; asked about the document."""

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {
    VERSION_PUBLISH: while_open((moderates_lead, free_of_interest)),
    CONSENSUS_FREEZE: ((moderates_lead, free_of_interest),),
}
