"""Sentences for people: the German msgid, its numbers beside it, so that a page can say them in another language.

A `Sentence` is a `str` (the German one): it can be raised, printed and compared as it stands. Pages translate it with
their own gettext; this package stays free of any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self, cast

Param = int | str


def N_(msgid: str) -> str:  # noqa: N802 - the name by which gettext's tools know a marked string
    """Mark a German sentence for the catalogue."""
    return msgid


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802
    """Mark the two forms of a sentence that counts (`%(num)d`)."""
    return singular, plural


class Sentence(str):
    """`msgid % params`. With `plural`, `params["num"]` chooses between the two forms. Immutable as every `str`."""

    __slots__ = ("msgid", "params", "plural")
    msgid: str
    plural: str
    params: tuple[tuple[str, Param], ...]

    def __new__(cls, msgid: str, params: Mapping[str, Param] | None = None, plural: str = "") -> Self:
        params = dict(params or {})
        chosen = plural if plural and params.get("num") != 1 else msgid
        sentence = super().__new__(cls, chosen % params if params else chosen)
        sentence.msgid = msgid
        sentence.plural = plural
        sentence.params = tuple(sorted(params.items()))
        return sentence

    def __getnewargs__(self) -> tuple[str, dict[str, Param], str]:  # type: ignore[override]  # copy and pickle call __new__ with these
        return self.msgid, dict(self.params), self.plural

    def translated(self, gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> str:
        """The sentence in the language of the two functions (plain gettext's, not those that fill in params
        themselves).
        """
        params = dict(self.params)
        number = params.get("num")
        said = (
            ngettext(self.msgid, self.plural, number)
            if self.plural and isinstance(number, int)
            else gettext(self.msgid)
        )
        return said % params if params else said

    def to_json(self) -> dict[str, object]:
        return {"msgid": self.msgid, "params": dict(self.params), "plural": self.plural}

    @staticmethod
    def from_json(data: Mapping[str, object]) -> Sentence:
        params = cast("dict[str, Param]", data.get("params") or {})
        return Sentence(str(data["msgid"]), params, str(data.get("plural") or ""))


def counted(number: int, singular: str, plural: str) -> Sentence:
    """A sentence about `number` things; both forms contain `%(num)d`."""
    return Sentence(singular, {"num": number}, plural)


def _german(singular: str, plural: str, number: int) -> str:
    return singular if number == 1 else plural


@dataclass(frozen=True)
class Speech:
    """A language: its code, and plain gettext's two functions. The default says every sentence as it is written."""

    language: str = "de"
    gettext: Callable[[str], str] = str
    ngettext: Callable[[str, str, int], str] = _german

    def said(self, sentence: object) -> str:
        """A sentence from wherever it comes."""
        if isinstance(sentence, Sentence):
            return sentence.translated(self.gettext, self.ngettext)
        return self.gettext(str(sentence))


@dataclass(frozen=True)
class Catalogue:
    """The words of a language, to be handed to another process: `one` by msgid, `many` those for several things."""

    one: Mapping[str, str]
    many: Mapping[str, str]

    def gettext(self, msgid: str) -> str:
        return self.one.get(msgid, msgid)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.one.get(singular, singular) if number == 1 else self.many.get(singular, plural)


GERMAN = Speech()
