"""Where the words of a version come from, and who publishes the next one."""

from __future__ import annotations

from enum import StrEnum


class StepOrigin(StrEnum):
    PROPOSAL = "proposal"
    EDITORIAL = "editorial"
    IMPORT = "import"
