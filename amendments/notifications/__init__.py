"""Mails about what became of one's proposals. Read from the record, at most one an hour for each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask, Response


def init_app(app: Flask) -> None:
    """Whatever was written may be news for somebody: it is looked at beside the request, once the answer has left."""
    from flask import request

    from amendments.notifications.delivery import deliver
    from amendments.web import mail

    @app.after_request
    def look_for_news(response: Response) -> Response:
        if request.method == "POST" and response.status_code < 400 and mail.possible():
            mail.afterwards(deliver)
        return response
