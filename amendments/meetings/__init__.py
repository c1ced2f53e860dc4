"""Sittings: who is there, the agenda, the votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Let the page of a step, which lies in a room below, lead to its sitting; a step that was held stays, and sittings
    follow new versions, and what is filed, withdrawn and decided at the desk while they run.
    """
    from amendments.consensus import services as publishing
    from amendments.consultations import services as steps
    from amendments.meetings import agenda, queries
    from amendments.proposals import following

    publishing.register_published(agenda.follow, agenda.is_busy)
    following.register_follower(agenda.keep_up)
    app.jinja_env.globals["sitting_of"] = queries.meeting_of
    app.jinja_env.globals["mending_of"] = queries.mending_of
    app.jinja_env.globals["chairs_of"] = queries.chairs_of
    app.jinja_env.globals["usual_chair"] = queries.usual_chair
    steps.register_use(queries.held)
    steps.register_gathered(queries.gathered)
