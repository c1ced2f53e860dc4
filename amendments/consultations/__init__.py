"""The Beratungsfolge: which committees take up a document, when, and what they said; and who is excluded from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(_app: Flask) -> None:
    """Tell `web.actor` where exclusions come from."""
    from amendments.consultations import exclusions
    from amendments.web.actor import register_exclusion_loader

    register_exclusion_loader(exclusions.excluded_of)
