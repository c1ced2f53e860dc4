"""What a body said about an edit; append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(_app: Flask) -> None:
    """Tell `proposals` how to learn what has been decided."""
    from amendments.decisions import queries
    from amendments.proposals import services

    services.register_decided(queries.decided_edits)
