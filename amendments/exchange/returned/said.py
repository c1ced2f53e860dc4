"""The paragraphs of a file as they can be compared with ours: without what stands before the words of items, headings
and footnotes where a format has no other way to say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from amendments.exchange.item_numbers import item_labels
from amendments.exchange.returned.lines import BULLETS, SIGN, flat, paragraphs_as_in
from amendments.text.model import CELL, Content, Head, Kind, Rich, Text

_SPACE = " \t\n\xa0"
_ALNUM = re.compile(r"[^\W_]+")
_IN_ITEM = re.compile(rf"(?P<bullet>(?:[{BULLETS}–*-]\s*)+)|(?P<ordered>\(?\w{{1,4}}[.)])\s*(?=[^\W\d])")
"""What a page has in an item that it counts itself, often without a blank."""


@dataclass(frozen=True)
class Said:
    """A paragraph of the file: what it is there, its words without the sign before them, and which sign that was:
    bullet, ordered, heading, note or none.
    """

    head: Head
    rich: Rich
    sign: str = ""


def said_in(base: Text, contents: Iterable[Content], suffix: str) -> list[Said]:
    """`suffix`: the format of the file."""
    signs = _Signs(base)
    read = list(_paragraphs(base, contents)) if suffix == "txt" else list(contents)
    first = len(read) - len(signs.notes)
    return [
        signs.taken_off(replace(content, rich=_stripped(content.rich)), last=rank >= first)
        for rank, content in enumerate(read)
    ]


def _paragraphs(base: Text, contents: Iterable[Content]) -> Iterator[Content]:
    """Of a plain text."""
    for words in paragraphs_as_in(base, [content.text for content in contents]):
        if CELL in words:
            yield Content(Head(Kind.TABLE_ROW), Rich(words))
        else:
            yield Content(Head(), Rich(" ".join(words.split())))


def _stripped(rich: Rich) -> Rich:
    start, end = len(rich) - len(rich.text.lstrip(_SPACE)), len(rich.text.rstrip(_SPACE))
    return rich if end - start == len(rich) else rich.slice(start, end)


class _Signs:
    """What stands before the words of items, headings and footnotes where a format has no other way to say so."""

    def __init__(self, base: Text) -> None:
        labels = item_labels((paragraph.head, True) for paragraph in base)
        self.looks = {_ALNUM.sub("1", label) for label in labels if label}
        self.notes = {p.head.attribute("label") for p in base if p.head.kind is Kind.FOOTNOTE}
        self.known = {flat(paragraph.text) for paragraph in base}
        self.first_words = {words.partition(" ")[0] for words in self.known}

    def taken_off(self, content: Content, *, last: bool) -> Said:
        """`last`: it is one of the last paragraphs, as many as there are footnotes."""
        rich = content.rich
        if content.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM) or flat(rich.text) in self.known:
            return Said(content.head, rich)
        label = next((each for each in self.notes if self._begins_with(each, rich.text, last=last)), "")
        if label:
            return Said(content.head, _stripped(rich.slice(len(label), len(rich))), "note")
        found = (SIGN if content.kind is Kind.PARAGRAPH else _IN_ITEM).match(rich.text)
        if not found or not self._is_sign(found, rich.text):
            return Said(content.head, rich)
        return Said(content.head, rich.slice(found.end(), len(rich)), str(found.lastgroup))

    def _begins_with(self, label: str, text: str, *, last: bool) -> bool:
        """With the bare label of a footnote."""
        rest = text.removeprefix(label)
        return rest != text and (
            flat(rest) in self.known
            or (last and not rest[:1].isalnum())
            or (last and label.isdigit() and rest[:1].isalpha())
        )

    def _is_sign(self, found: re.Match[str], text: str) -> bool:
        if flat(text[found.end() :]) in self.known:
            return True
        if found.lastgroup == "note":
            return found["note"] in self.notes
        sign = found[0].strip()
        if sign in self.first_words:
            return False
        return found.lastgroup != "ordered" or _ALNUM.sub("1", sign) in self.looks
