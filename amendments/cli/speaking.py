"""The language of a command: German, or English where `--language` or the locale asks for it.

The English is the catalogue of the pages. What click itself says (its sentences are English) has a German catalogue of
its own, `click.po`, which gettext finds by the name of the domain.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from copy import copy
from pathlib import Path
from typing import Any

import click

from amendments.exchange.words import GERMAN, N_, Param, Speech

LANGUAGES = ("de", "en")
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"
_of_the_help_option = "Show this message and exit."  # click's sentence, for its own catalogue
_SPEECH: ContextVar[Speech] = ContextVar("speech", default=GERMAN)


def language_of(environment: Mapping[str, str]) -> str:
    """As POSIX orders the variables of the locale; whatever is neither German nor English is German."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next(filter(None, names), "").startswith("en") else "de"


def speak(language: str) -> None:
    """Say everything from here on in this language."""
    compile_words()
    os.environ["LANGUAGE"] = language  # gettext, which click asks, looks here first
    gettext.bindtextdomain("click", str(TRANSLATIONS))
    gettext.textdomain("click")
    if language == "de":
        _SPEECH.set(GERMAN)
    else:
        words = gettext.translation("messages", TRANSLATIONS, [language], fallback=True)
        _SPEECH.set(Speech(language, words.gettext, words.ngettext))


def compile_words() -> None:
    """Catalogues are compiled when they changed; the compiler is loaded only then."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            from amendments.web import catalog  # noqa: PLC0415

            catalog.compile_all(TRANSLATIONS)


def speech() -> Speech:
    return _SPEECH.get()


def say(msgid: str, **params: Param) -> str:
    """A sentence in the language of the command; its msgid is marked with `N_`."""
    said = speech().gettext(msgid)
    return said % params if params else said


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    def chosen(_context: click.Context, _option: click.Parameter, language: str | None) -> None:
        if language:
            speak(language)

    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=chosen,
        help=N_("In welcher Sprache der Befehl spricht; sonst in der des Systems, Deutsch oder Englisch."),
    )(command)


class Spoken(click.Command):
    """A command whose help is said in the language that is spoken when somebody asks for it."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super(Spoken, self._said()).format_help(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click makes it once, before `--language` is read."""
        option = super().get_help_option(ctx)
        if option:
            option.help = gettext.gettext(_of_the_help_option)
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        return super(Spoken, self._said()).get_short_help_str(limit)

    def _said(self) -> Spoken:
        said = copy(self)
        said.help = say(self.help or "")
        if self.epilog:  # lines as they stand: an example is no paragraph
            said.epilog = f"\b\n{say(self.epilog)}"
        said.params = [copy(parameter) for parameter in self.params]
        for parameter in said.params:
            if isinstance(parameter, click.Option) and parameter.help:
                parameter.help = say(parameter.help)
        return said
