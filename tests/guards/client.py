"""A test client that looks at everything it gets, and signs people in without a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event

from amendments.extensions import db
from tests.guards.page import inspect
from tests.guards.statements import is_write

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from amendments.people.models import Account

HTML = "text/html"
ORIGIN = "https://localhost"


class InspectingClient(FlaskClient):
    """Every request runs in an application context of its own, as in a server, on the connection of the test.

    After each one: a GET wrote nothing, nothing uncommitted is left, the security headers are there, an HTML page
    passes `tests.guards.page.inspect`.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("base_url", ORIGIN)
        kwargs.setdefault("buffered", True)
        db.session.commit()  # what the test has prepared; ends a savepoint only
        with self.application.app_context():
            left: list[str] = []
            method = self._method(args, kwargs)
            with watched(method, left):
                response = super().open(*args, **kwargs)
            session = db.session()
            left += [f"{row!r} is not flushed" for row in (*session.new, *session.dirty, *session.deleted)]
            if session.info.get("flushed"):
                left.append("something was flushed and not committed")
        db.session.expire_all()
        assert not left, left
        self._inspect(response)
        return response

    @staticmethod
    def _method(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        if args and hasattr(args[0], "method"):
            return str(args[0].method)
        return str(kwargs.get("method", "GET"))

    @staticmethod
    def _inspect(response: TestResponse) -> None:
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
        if response.mimetype == HTML and not is_file and response.status_code not in {301, 302, 303, 304, 307, 308}:
            inspect(response.get_data(as_text=True))

    def sign_in(self, account: Account) -> InspectingClient:
        """Give this browser a session of `account`."""
        from amendments.people import services

        token = services.open_session(account, address="test", user_agent="test", previous_token=None)
        self.set_cookie("__Host-s", token, secure=True)
        return self

    def send(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post a form as a browser would that fetched the page before: with the token and a fresh idempotency key."""
        form = {"csrf_token": self.token(), "idempotency_key": str(uuid4())} | (data or {})
        headers = {"Referer": ORIGIN + "/"} | kwargs.pop("headers", {})
        return self.post(path, data=form, headers=headers, **kwargs)

    def token(self) -> str:
        """A valid token against forged posts, for this browser."""
        with self.session_transaction(base_url=ORIGIN) as cookie:
            raw = cookie.setdefault("csrf_token", uuid4().hex)
        serializer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")  # type: ignore[arg-type]
        return str(serializer.dumps(raw))


class watched:  # noqa: N801 - reads as a statement
    """Notes writes of a reading request, and flushes nobody committed."""

    def __init__(self, method: str, left: list[str]) -> None:
        self.reading = method in {"GET", "HEAD"}
        self.left = left

    def __enter__(self) -> None:
        self.session = db.session()
        self.connection = db.connection
        event.listen(self.session, "after_flush", self.flushed)
        event.listen(self.session, "after_commit", self.settled)
        event.listen(self.session, "after_rollback", self.settled)
        if self.connection is not None:
            event.listen(self.connection, "before_cursor_execute", self.executed)

    def __exit__(self, *_error: object) -> None:
        event.remove(self.session, "after_flush", self.flushed)
        event.remove(self.session, "after_commit", self.settled)
        event.remove(self.session, "after_rollback", self.settled)
        if self.connection is not None:
            event.remove(self.connection, "before_cursor_execute", self.executed)

    def flushed(self, session: Any, _context: Any) -> None:
        session.info["flushed"] = True

    def settled(self, session: Any) -> None:
        session.info["flushed"] = False

    def executed(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if self.reading and is_write(statement) and not db.session.info.get("writing"):
            self.left.append(f"a reading request wrote: {statement}")
