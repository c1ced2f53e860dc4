"""Where the words of a version come from, which texts can be looked at, and who publishes the next version."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from amendments.documents.rules import DOCUMENT_SEE, moderates_lead
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


VERSION_PUBLISH: Final = Action("version.publish")

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {VERSION_PUBLISH: ((moderates_lead,),)}
