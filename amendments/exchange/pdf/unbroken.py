"""What has to stand on one line, in each column of a table: a column is at least as wide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from typing import Any, Final

_MEASURED: Final = 4
"""Of a column, as typst measures what is guessed here to be the widest."""
_UNHYPHENATED: Final = 9
"""Letters of a German syllable at most: what is longer is hyphenated, and asks for so much room."""
_BREAKS = re.compile(r"(?:[^\S\u00a0\u202f\u2007]|[\u00ad\u200b])+|(?<=[^\W\d_][-–])(?=[^\W\d_])")
_HYPHENATED = re.compile(r"[a-zäöüß]*[aeiouyäöü][a-zäöüß]*", re.IGNORECASE)
_CONSONANTS = re.compile(r"[^aeiouyäöü]{9,}", re.IGNORECASE)
_EDGE = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_NARROW, _WIDE = frozenset(".,:;'|!()[]-iljftrI "), frozenset("mwMWGOQ@%")
_BOX = "——"
"""As wide as a box to be ticked."""
_FRAME, _BAR = 18.0, 9.0
"""Points that templates/blocks.typ puts beside words in a frame and behind a bar."""
LIST_GAP: Final = 5.0

Wide = dict[str, Any]


def unbroken(rows: Iterable[Sequence[dict[str, Any]]], columns: int) -> list[list[Wide]]:
    """By column the words that may be its widest: `word`, and `indent`, the points before it."""
    found: list[set[tuple[str, float]]] = [set() for _ in range(columns)]
    for row in rows:
        at = 0
        for cell in row:
            span = cell.get("span", 1)
            if span == 1:
                found[at].update(_of_blocks(cell["blocks"], 0.0))
            at += span
    return [
        [{"word": word, "indent": indent} for word, indent in nlargest(_MEASURED, sorted(each), _guess)]
        for each in found
    ]


def _guess(wide: tuple[str, float]) -> float:
    word, indent = wide
    return indent + 10 * sum(0.3 if sign in _NARROW else 0.9 if sign in _WIDE else 0.55 for sign in word)


def _of_blocks(blocks: Iterable[dict[str, Any]], indent: float) -> Iterator[tuple[str, float]]:
    for block in blocks:
        inside = indent + (_BAR if block.get("bar") else 0.0)
        if "words" in block:
            yield from ((word, inside) for word in _pieces(_said(block["words"])))
        elif block["kind"] == "list":
            for item in block["items"]:
                yield from _of_blocks(item["blocks"], inside + block["width"] + LIST_GAP)
        elif "blocks" in block:
            yield from _of_blocks(block["blocks"], inside + (_FRAME if block["kind"] == "frame" else 0.0))


def _said(items: Iterable[Any]) -> str:
    """What is printed of words, a blank wherever a line may end."""
    return "".join(item if isinstance(item, str) else _of_item(item) if item else " " for item in items)


def _of_item(item: dict[str, Any]) -> str:
    if "page" in item:
        return f"{item['lead']}0000"
    for inside in ("words", "small", "aside"):
        if inside in item:
            return _said(item[inside])
    if "tick" in item:
        return f"{_BOX}{item['tick']}"
    return " " if "break" in item or "line" in item else ""


def _pieces(text: str) -> Iterator[str]:
    for word in _BREAKS.split(text):
        before, letters, behind = _EDGE.match(word).groups()  # type: ignore[union-attr]  # matches anything
        long = len(letters) > _UNHYPHENATED and _HYPHENATED.fullmatch(letters) and not _CONSONANTS.search(letters)
        if long:
            yield f"{before}{letters[:_UNHYPHENATED]}-"
            yield f"{letters[-_UNHYPHENATED:]}{behind}"
        elif word:
            yield word
