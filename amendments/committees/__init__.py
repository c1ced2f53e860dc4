"""Who belongs together and who may speak for whom: committees, memberships, roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(_app: Flask) -> None:
    """Tell `web.actor` where seats come from."""
    from amendments.committees import queries
    from amendments.web.actor import register_seat_loader

    register_seat_loader(queries.seats_of)
