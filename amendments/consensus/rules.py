"""Where the words of a version come from, which texts can be looked at, and who publishes the next version."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from amendments.documents.rules import DOCUMENT_SEE, moderates_lead
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


VIEW_LABELS: Final[dict[View, str]] = {
    View.DRAFT: N_("Entwurf"),
    View.WITH_PROPOSALS: N_("mit Vorschlägen"),
    View.AGREED: N_("bisher vereinbart"),
    View.ALL: N_("als wäre alles angenommen"),
}

ORIGIN_LABELS: Final[dict[StepOrigin, str]] = {
    StepOrigin.PROPOSAL: N_("Vorschlag"),
    StepOrigin.EDITORIAL: N_("redaktionelle Änderung"),
    StepOrigin.IMPORT: N_("eingelesene Fassung"),
}

VERSION_PUBLISH: Final = Action("version.publish")

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {VERSION_PUBLISH: ((moderates_lead,),)}
