"""The language of a page: what the person chose, else what the browser asks for, else German."""

from flask import Flask, Response, request

from amendments.extensions import babel
from amendments.web import catalog

LANGUAGES = ("de", "en")
COOKIE = "lang"
SECURE_COOKIE = "__Host-lang"
A_YEAR = 365 * 24 * 3600


def select() -> str:
    for chosen in (request.args.get("lang"), request.cookies.get(SECURE_COOKIE), request.cookies.get(COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, LANGUAGES[0]) or LANGUAGES[0]


def remember(response: Response, language: str, *, secure: bool) -> Response:
    """Keep the choice in a cookie of its own; it says nothing about the person."""
    if language in LANGUAGES:
        name = SECURE_COOKIE if secure else COOKIE
        response.set_cookie(name, language, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def init_app(app: Flask) -> None:
    catalog.compile_all()
    babel.init_app(app, locale_selector=select, default_translation_directories=str(catalog.TRANSLATIONS))
