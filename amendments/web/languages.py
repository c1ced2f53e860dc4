"""The language of a page: what the person chose, else what the browser asks for, else German."""

from functools import cache
from typing import Any

from babel.messages.mofile import read_mo
from flask import Flask, Response, request
from flask_babel import get_locale

from amendments.exchange.words import GERMAN, Catalogue, Speech
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


def speech() -> Speech:
    """The language of the page for what is made elsewhere: files, and processes of their own."""
    return _speech(str(get_locale() or LANGUAGES[0]))


@cache
def _speech(language: str) -> Speech:
    if language == LANGUAGES[0]:
        return GERMAN
    with (catalog.TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo").open("rb") as compiled:
        messages = [message for message in read_mo(compiled) if message.id]
    one: dict[str, str] = {}
    many: dict[str, str] = {}
    for message in messages:
        ids, words = _forms(message.id), _forms(message.string)
        one[ids[0]] = words[0]
        if len(ids) > 1:
            many[ids[0]] = words[1]
    catalogue = Catalogue(one, many)
    return Speech(language, catalogue.gettext, catalogue.ngettext)


def _forms(words: Any) -> tuple[str, ...]:
    """A msgid or its translation, which has two forms where things are counted."""
    return (words,) if isinstance(words, str) else tuple(words)


def init_app(app: Flask) -> None:
    catalog.compile_all()
    babel.init_app(app, locale_selector=select, default_translation_directories=str(catalog.TRANSLATIONS))
