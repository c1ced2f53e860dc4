"""Headers on every response, and refusal of requests that another site started.

No page holds inline script or style, so the policy needs no nonce and a planted tag stays dead text.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, request

from amendments.config import Settings
from amendments.errors import NotAllowed

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)

HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: the CSRF check of a secured connection wants to see the address of our own page.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

FOREIGN = "Diese Anfrage kam von einer anderen Website und wurde deshalb nicht ausgeführt."

STATIC_LIFETIME = 300
"""Seconds a browser may keep a style sheet without asking; afterwards an ETag decides."""

StartResponse = Callable[..., Any]


class Headers:
    """Around the whole application: what Flask answers itself, errors and static files included, carries them too."""

    def __init__(self, wsgi_app: Callable[..., Iterable[bytes]], headers: dict[str, str]) -> None:
        self.wsgi_app = wsgi_app
        self.headers = headers

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
            given = {name.lower() for name, _value in headers}
            missing = [(name, value) for name, value in self.headers.items() if name.lower() not in given]
            return start_response(status, headers + missing, exc_info)

        return self.wsgi_app(environ, start)


def init_app(app: Flask, settings: Settings) -> None:
    headers = dict(HEADERS)
    if not settings.plain_http:
        headers[HSTS[0]] = HSTS[1]
    app.wsgi_app = Headers(app.wsgi_app, headers)  # type: ignore[method-assign]
    app.before_request(refuse_foreign)
    app.after_request(limit_caching)


def refuse_foreign() -> None:
    """Browsers say where a request began; one that writes has to begin on our own pages or in the address bar."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        raise NotAllowed(FOREIGN)


def limit_caching(response: Response) -> Response:
    """Pages stay out of every cache; a view that set its own rule keeps it."""
    if request.endpoint == "static" and response.status_code in {200, 304}:
        response.headers["Cache-Control"] = f"public, max-age={STATIC_LIFETIME}"
        return response
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")
    return response
