"""Who a request comes from: our cookie, our row. Flask-Login only carries the answer.

Its own session keeps a copied cookie alive after signing out, and its remember-me token has no end; neither is used.
"""

from datetime import timedelta

from flask import Flask, Request, Response, current_app, g, request
from flask_login import UserMixin

from amendments.config import Settings
from amendments.extensions import login_manager
from amendments.people import services
from amendments.people.models import LoginSession
from amendments.people.queries import actor_of, live_session
from amendments.web import clock, transaction
from amendments.web.actor import Actor

TOUCH_AFTER = timedelta(minutes=15)
"""How stale `last_seen_at` may be; idle time is counted in hours."""


class User(UserMixin):
    """What Flask-Login holds for a request; everything else asks for `actor`."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get_id(self) -> str:
        return str(self.actor.account_id)


def cookie_name() -> str:
    return "s" if _settings().plain_http else "__Host-s"


def token_of(source: Request | None = None) -> str | None:
    return (source or request).cookies.get(cookie_name()) or None


def set_cookie(response: Response, token: str) -> Response:
    """A cookie of this browser session; its end is in the database."""
    response.set_cookie(
        cookie_name(), token, path="/", secure=not _settings().plain_http, httponly=True, samesite="Lax"
    )
    return response


def clear_cookie(response: Response) -> Response:
    response.delete_cookie(cookie_name(), path="/", secure=not _settings().plain_http, httponly=True, samesite="Lax")
    return response


def load(source: Request) -> User | None:
    """The user of a request, or None; called once per request, when somebody first asks."""
    if source.endpoint == "static":
        return None
    token = token_of(source)
    if token is None or len(token) > 100:
        return None
    row = live_session(token)
    if row is None:
        return None
    account = row.account
    actor = actor_of(account)
    g.account_id = account.id
    keep_alive(source, row)
    return User(actor)


def keep_alive(source: Request, row: LoginSession) -> None:
    """Move the idle limit when a person opens a page; what scripts fetch by themselves does not count as presence."""
    opened = source.method == "GET" and source.accept_mimetypes.best == "text/html"
    if not opened or clock.now() - row.last_seen_at < TOUCH_AFTER:
        return
    digest = row.token_hash
    transaction.write(lambda: services.touch(digest))


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    login_manager.session_protection = None
    login_manager.request_loader(load)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
