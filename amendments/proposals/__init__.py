"""What people ask for: proposals with edits and hunks, positions, comments, and how each fared on later versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(_app: Flask) -> None:
    """Tell `consultations` what hangs on an edit somebody is excluded from."""
    from amendments.consultations import exclusions
    from amendments.proposals.queries import kin_of

    exclusions.register_kin(kin_of)
