"""What leaves the committee for the next one: sign-off, forwarding, the printed paper, the register of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """The page of a step, which lies in a room below, shows what was forwarded; such a step stays, and
    decides what was handed on to it.
    """
    from amendments.consultations import services
    from amendments.forwarding import queries

    services.register_use(queries.used)
    services.register_handed_on(queries.handed_to)
    app.jinja_env.globals["forwardings_of"] = queries.entries_of
