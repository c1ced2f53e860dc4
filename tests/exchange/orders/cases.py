"""The orders of `cases.txt`, the texts they speak of, and what reading them gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amendments.exchange.commonmark import read_commonmark
from amendments.exchange.orders import Recognised, read_mail
from amendments.text import CELL, Edit, Kind, Text, apply, text_of

HERE = Path(__file__).parent
TOWN = Path(__file__).parents[3] / "amendments" / "cli" / "example_town"
FILES = {"parks": HERE / "parks.md", "town": TOWN / "concept.md", "statute": TOWN / "senior_statute.md"}
LINE = " ¶ "


@dataclass(frozen=True)
class Case:
    """`old` and `new` are empty where the order must not be understood."""

    text: str
    order: str
    old: str = ""
    new: str = ""

    @property
    def expected(self) -> str | None:
        if not self.old:
            return None
        before = shown(base_of(self.text))
        assert before.count(self.old) == 1, self
        return before.replace(self.old, self.new)


@cache
def base_of(name: str) -> Text:
    return text_of(read_commonmark(FILES[name].read_bytes()).contents)


def shown(text: Text) -> str:
    """One line a paragraph; headings of the sections begin with "#", items with "*"."""
    signs = {Kind.LIST_ITEM: "* "}
    return LINE.join(
        ("#" * (p.head.level - 1) + " " if p.head.kind is Kind.HEADING else signs.get(p.head.kind, ""))
        + p.text.replace(CELL, " | ").replace("\u00a0", " ")
        + (" |" if p.head.kind is Kind.TABLE_ROW else "")
        for p in text
    )


def cases() -> list[Case]:
    found: list[Case] = []
    text = old = ""
    for line in (HERE / "cases.txt").read_text(encoding="utf-8").splitlines():
        sign, words = line[:1], line[2:]
        if sign == "@":
            text = words
        elif sign == ">":
            found.append(Case(text, words))
        elif sign == "-":
            old = words
        elif sign == "+":
            found[-1] = Case(text, found[-1].order, old, words)
    return found


def made(case: Case) -> str | None:
    """The text that what was understood makes; None if nothing was."""
    base = base_of(case.text)
    pieces = read_mail(base, case.order)
    assert "".join(piece.words for piece in pieces) == case.order
    hunks = tuple(hunk for piece in pieces if isinstance(piece, Recognised) for hunk in piece.hunks)
    return shown(apply(base, [Edit("order", hunks)])) if hunks else None
