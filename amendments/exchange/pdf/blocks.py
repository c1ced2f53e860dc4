"""The words and blocks of a paper as JSON values, which `templates/blocks.typ` draws. All words go through `words`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from amendments.exchange.pdf.unbroken import unbroken
from amendments.text.lines import starts_in
from amendments.text.model import Mark, MarkName, Rich
from amendments.text.redline import Op

Block = dict[str, Any]
Item = str | None | dict[str, Any]

_MARKS = {
    MarkName.STRONG: "b",
    MarkName.EM: "i",
    MarkName.UNDERLINE: "u",
    MarkName.STRIKE: "s",
    MarkName.SUP: "^",
    MarkName.SUB: "_",
    MarkName.CODE: "c",
    MarkName.FOOTNOTE_REF: "^",
}
_WORD = re.compile(r"[^\s\u00a0]{21,}")
_SIGNS_IN_WORDS = re.compile(r"[\d_@/=]")
_LONGEST = 45
"""Letters that may stand together: hyphenation finds its place in them."""
_PART = 12
_TAB = "\u2003"
"""An em space: a tab has no width on paper."""
_ADDRESS_SIGNS = "%:/?#[]@!$&'()*+,;=~"
BREAK: Item = {"break": True}


# --- words


def words(text: str) -> list[Item]:
    """Text as it stands: its line ends are line ends."""
    found: list[Item] = []
    for number, line in enumerate(text.replace("\t", _TAB).split("\n")):
        if number:
            found.append(BREAK)
        found += _parted(line)
    return found


def _parted(line: str) -> Iterator[Item]:
    end = 0
    for long in filter(_may_not_fit, _WORD.finditer(line)):
        if long.start() > end:
            yield line[end : long.start()]
        for start in range(long.start(), long.end(), _PART):
            if start > long.start():
                yield None
            yield line[start : min(start + _PART, long.end())]
        end = long.end()
    if end < len(line):
        yield line[end:]


def _may_not_fit(word: re.Match[str]) -> bool:
    """Whether no line may have room for it, and hyphenation does not help."""
    return bool(_SIGNS_IN_WORDS.search(word[0])) or max(map(len, word[0].split("-"))) >= _LONGEST


def rich(value: Rich, *, redline: bool = False) -> list[Item]:
    """Words with their marks. `redline`: they stand among changes, so no mark may look like one."""
    return [item for text, marks in value.stretches() for item in _stretch(text, marks, redline=redline)]


def _stretch(text: str, marks: Sequence[Mark], *, redline: bool) -> list[Item]:
    if not marks:
        return words(text)
    item: dict[str, Any] = {"words": words(text), "redline": redline}
    item["marks"] = "".join(_MARKS[mark.name] for mark in marks if mark.name in _MARKS)
    if target := next((mark.target for mark in marks if mark.name is MarkName.LINK), ""):
        item["to"] = quote(target, _ADDRESS_SIGNS)
    return [item]


def marked(items: list[Item], op: Op, spoken: str) -> list[Item]:
    """Inserted or struck words; `spoken` says so to who hears or copies them."""
    if op is Op.KEEP or not items:
        return items
    return [{"op": op.value, "words": [{"say": f"[{spoken}: "}, *items, {"say": "]"}]}]


def small(text: str) -> Item:
    return {"small": words(text)}


def aside(text: str) -> Item:
    """What is said about the words that follow."""
    return {"aside": words(text)}


def strong(text: str) -> Item:
    return {"words": words(text), "marks": "b"}


def place(name: str) -> Item:
    """What `page` leads to. `name` is one of ours."""
    return {"place": name}


def page(name: str, lead: str) -> Item:
    """The number of the page of a place, with a link; `lead` stands before it."""
    return {"page": name, "lead": lead}


def tick(text: str) -> Item:
    """A box to be ticked by hand."""
    return {"tick": text}


def line_number(first: int, last: int | None = None) -> Item:
    return {"line": str(first) if last in (None, first) else f"{first}–{last}"}


def numbered(value: Rich, first: int, sign: int = 0) -> tuple[list[Item], int]:
    """Words broken where their lines begin, each line with its number; and the number behind the last.

    `sign`: how many characters at the beginning are not printed.
    """
    starts = starts_in(value.text)
    found: list[Item] = []
    for number, (start, end) in enumerate(pairwise([*starts, len(value)])):
        if number:
            found.append(BREAK)
        found.append(line_number(first + number))
        printed = value.slice(max(start, sign), end)
        found += rich(printed.slice(0, len(printed) - 1) if printed.text.endswith("\n") else printed)
    return found, first + len(starts)


def lines_of(value: Rich) -> int:
    return len(starts_in(value.text))


# --- blocks


def paragraph(items: list[Item], bar: str = "", *, keep: bool = False) -> Block:
    """`bar`: insert, delete or other, drawn on the left. `keep`: on the page of what follows."""
    return {"kind": "paragraph", "words": items, "bar": bar, "keep": keep}


def sentence(text: str) -> Block:
    return paragraph(words(text))


def name(text: str) -> Block:
    """In bold, above what it names."""
    return paragraph([strong(text)], keep=True)


def frame(blocks: list[Block]) -> Block:
    return {"kind": "frame", "blocks": blocks}


def part(blocks: list[Block], bar: str = "") -> Block:
    return {"kind": "part", "blocks": blocks, "bar": bar}


def columns(found: list[list[Block]]) -> Block:
    """Blocks beside one another; read from left to right."""
    return {"kind": "columns", "columns": found}


def contents(title: str) -> Block:
    """What stands on which page: headings that are `listed`."""
    return {"kind": "contents", "title": title}


def cell(items: list[Item], **more: Any) -> Block:
    """`right`, `quiet`, `span`."""
    return cell_of([paragraph(items)], **more)


def cell_of(blocks: list[Block], **more: Any) -> Block:
    return {"blocks": blocks, **more}


def table(widths: Sequence[float], rows: list[list[Block]], header: list[Block] | None = None) -> Block:
    """`widths`: shares of the width, 0 for what the longest word needs; no column is narrower than that."""
    every = rows if header is None else [header, *rows]
    return {
        "kind": "table",
        "widths": list(widths),
        "unbroken": unbroken(every, len(widths)),
        "header": header,
        "rows": rows,
    }


_LEVELS, _LIST_LEVELS = 6, 9
"""Of headings (ISO 32000-1 §14.8.4.3.2 knows six) and of lists; what lies deeper stands there."""


@dataclass
class Headings:
    """Levels without a gap, as PDF/UA wants them: below a heading stands one of the next level at most."""

    latest: int = 0
    above: list[int] = field(default_factory=list)
    """Levels as the texts give them of the headings that are open."""

    def heading(
        self, level: int, plain: str, items: list[Item] | None = None, *, listed: bool = False, **more: Any
    ) -> Block:
        """`plain`: as bookmarks say it. Without words it is no heading. `bar`, `name`, `bookmark`."""
        items = words(plain) if items is None else items
        plain = " ".join(plain.split())
        if not plain:
            return paragraph(items, more.get("bar", ""))
        while self.above and self.above[-1] >= level:
            self.above.pop()
        self.above.append(level)
        return {
            "kind": "heading",
            "level": min(len(self.above), _LEVELS),
            "words": items,
            "plain": plain,
            "listed": listed,
            "bookmark": True,
            **more,
        }


_EM = 0.55
"""Width of a usual character, in sizes of the letters."""
_BULLET = "•"


@dataclass
class ListItem:
    level: int
    label: str
    blocks: list[Block]


def lists(items: Iterable[ListItem], size: float) -> list[Block]:
    """Items of one list, those of deeper levels inside the item before. Points and numbers are lists of their own."""
    found: list[Block] = []
    open_: list[tuple[int, bool, Block]] = []
    for item in items:
        points, level = item.label == _BULLET, min(item.level, _LIST_LEVELS)
        while open_ and (open_[-1][0] > level or (open_[-1][0] == level and open_[-1][1] != points)):
            open_.pop()
        if not open_ or open_[-1][0] < level:
            made: Block = {"kind": "list", "width": 0.0, "items": []}
            (open_[-1][2]["items"][-1]["blocks"] if open_ else found).append(made)
            open_.append((level, points, made))
        block = open_[-1][2]
        block["width"] = max(block["width"], (len(item.label) * _EM + 0.3) * size)
        block["items"].append({"label": item.label, "blocks": list(item.blocks)})
    return found
