"""Consequential changes to work through: the words that may have to change too, and the way to change them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from amendments.text import LooseEnd, LooseEndKind, Redline, Text, loose_ends
from amendments.text.whereabouts import whereabouts
from amendments.workplaces.reader import Place
from amendments.workplaces.sources import Sources

AROUND: Final = 60
"""Characters shown before and after the words."""
MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class LooseEndRow:
    """`before`, `words`, `after`: as they will read. `href`: where the paragraph is changed; "" if it is new."""

    why: str
    before: str
    words: str
    after: str
    heading: str
    source: str
    href: str


@dataclass(frozen=True)
class LooseEnds:
    rows: tuple[LooseEndRow, ...]
    more: int
    """How many are not shown."""


NONE: Final = LooseEnds((), 0)


def loose_end_rows(place: Place, redline: Redline, editable: Text, sources: Sources) -> LooseEnds:
    """Of what `redline` changes. `editable`: the newest version, in whose paragraphs they are changed."""
    found = loose_ends(redline)
    if not found:
        return NONE
    new = redline.accept()
    words = {paragraph.identity: paragraph.text for paragraph in new}
    above = whereabouts(new)
    there = {paragraph.identity for paragraph in editable}
    rows = tuple(
        _row(one, words[one.paragraph], above[one.paragraph].heading, sources(one.by)[0], _way(place, one, there))
        for one in found[:MOST_SHOWN]
    )
    return LooseEnds(rows, len(found) - len(rows))


def _way(place: Place, one: LooseEnd, there: Collection[str]) -> str:
    if one.paragraph not in there:
        return ""
    return url_for("workplaces.propose", **place.ids, op="change", paragraph=one.paragraph)


def _row(one: LooseEnd, text: str, heading: str, source: str, href: str) -> LooseEndRow:
    start, end = max(0, one.start - AROUND), one.end + AROUND
    return LooseEndRow(
        why=_why(one),
        before=("… " if start else "") + text[start : one.start],
        words=one.words,
        after=text[one.end : end] + (" …" if end < len(text) else ""),
        heading=heading,
        source=source,
        href=href,
    )


def _why(one: LooseEnd) -> str:
    match one.kind:
        case LooseEndKind.GONE:
            return _("Die Stelle, auf die verwiesen wird, ist gestrichen.")
        case LooseEndKind.RENUMBERED:
            return _(
                "Die Stelle, auf die verwiesen wird, heißt jetzt anders; gemeint ist wohl „%(words)s“.",
                words=one.instead,
            )
        case LooseEndKind.UNDEFINED if one.instead:
            return _("Der Begriff ist jetzt anders bestimmt: „%(words)s“.", words=one.instead)
        case LooseEndKind.UNDEFINED:
            return _("Der Begriff ist nicht mehr bestimmt.")
        case LooseEndKind.REPLACED:
            return _("Das Wort ist an anderen Stellen durch „%(words)s“ ersetzt.", words=one.instead)
