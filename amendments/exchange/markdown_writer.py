"""Contents to CommonMark (with tables, strikethrough, footnotes): what `read_commonmark` reads back as the same
contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from amendments.exchange.building import TAGS, Style
from amendments.text.model import Content, Kind, MarkName, Rich

_SIGNS = {MarkName.STRONG: "**", MarkName.EM: "*", MarkName.STRIKE: "~~"}
_TAG_OF = {name: tag for tag, name in TAGS.items()}
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|&#!^]")
_LINE_START = re.compile(r"^([+=:-])", re.MULTILINE)
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])", re.MULTILINE)
_EDGE_SPACE = re.compile(r"(?<=\n)\s+|\s+(?=\n)|\t|\A[^\S \n]+|[^\S \n]+\Z")
"""White space that a reader would take away or take for indentation."""
_NUMBER = re.compile(r"\d+")


def to_markdown(contents: Iterable[Content]) -> str:
    """The text of a Markdown file; blocks are parted by an empty line, items of one list by none."""
    blocks: list[str] = []
    for kind, group in groupby(contents, lambda c: (c.kind, c.head.attribute("table"))):
        if kind[0] == Kind.LIST_ITEM:
            blocks.append(_list(list(group)))
        elif kind[0] == Kind.TABLE_ROW:
            blocks.append(_table(list(group)))
        else:
            blocks.extend(_block(content) for content in group)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _block(content: Content) -> str:
    if content.kind == Kind.HEADING:
        return "#" * min(content.head.level, 6) + " " + inline(content.rich, "<br>")
    if content.kind == Kind.FOOTNOTE:
        return f"[^{content.head.attribute('label')}]: " + inline(content.rich, "<br>")
    return inline(content.rich)


def _list(items: Sequence[Content]) -> str:
    """A level is indented by the width of the markers above it; a level that has no item of its own gets an empty
    marker.
    """
    lines: list[str] = []
    open_: list[tuple[str, int, int]] = []  # (list kind, number, width) per level
    for item in items:
        level = max(item.head.level, 1)
        look = _look(item)
        kind, number, _ = open_[level - 1] if len(open_) >= level else ("", 0, 0)
        number = number + 1 if kind == look else 1
        if printed := _NUMBER.search(item.head.attribute("number")):
            number = int(printed[0])
        marker = f"{number}{look[1:]} " if look != "-" else "- "
        filled = min(len(open_), level - 1)
        indent = sum(width for _, _, width in open_[:filled])
        lead = "- " * (level - 1 - filled)
        open_ = [*open_[:filled], *[("-", 1, 2)] * (level - 1 - filled), (look, number, len(marker))]
        body = inline(item.rich).replace("\n", "\n" + " " * (indent + len(lead) + len(marker)))
        lines.append(" " * indent + lead + marker + body)
    return "\n".join(lines)


def _look(item: Content) -> str:
    """`-`, `1.` or `1)`: all that Markdown knows."""
    if item.head.attribute("list") != "ordered":
        return "-"
    return "1)" if item.head.attribute("numbering").endswith(")") else "1."


def _table(rows: Sequence[Content]) -> str:
    """Rows without a header get an empty one, which the notation demands and the reader leaves out."""
    cells = [_cells(content.rich) for content in rows]
    width = max(len(line) for line in cells)
    padded = [line + [""] * (width - len(line)) for line in cells]
    if not rows[0].head.attribute("header"):
        padded.insert(0, [""] * width)
    padded.insert(1, ["---"] * width)
    return "\n".join("| " + " | ".join(line) + " |" for line in padded)


def _cells(rich: Rich) -> list[str]:
    return [inline(cell, "<br>") for cell in rich.cells()]


def inline(rich: Rich, line_break: str = "\\\n") -> str:
    """The words with Markdown's signs where those are read back as the same, else with tags."""
    if not rich.marks:
        return _escaped(rich.text, line_break)
    from amendments.exchange.commonmark import commonmark_contents  # noqa: PLC0415 - few texts have marks

    nice = _marked(rich, line_break, tags=False)
    read = commonmark_contents(nice if line_break != "<br>" else f"# {nice}")
    return nice if len(read) == 1 and read[0].rich == rich else _marked(rich, line_break, tags=True)


def _marked(rich: Rich, line_break: str, *, tags: bool) -> str:
    out: list[str] = []
    open_: list[tuple[MarkName, str]] = []
    for number, (words, marks) in enumerate(rich.stretches()):
        style = frozenset((mark.name, mark.target) for mark in marks)
        while not style.issuperset(open_):
            out.append(_sign(open_.pop(), tags=tags, opening=False))
        for mark in _outermost_first(style - set(open_)):
            open_.append(mark)
            out.append(_sign(mark, tags=tags, opening=True))
        out.append(_run(words, style, line_break, first=number == 0))
    while open_:
        out.append(_sign(open_.pop(), tags=tags, opening=False))
    return "".join(out)


def _outermost_first(style: Style) -> list[tuple[MarkName, str]]:
    order = [MarkName.LINK, *(name for name in MarkName if name not in (MarkName.LINK, MarkName.CODE)), MarkName.CODE]
    return sorted(style, key=lambda mark: order.index(mark[0]))


def _sign(mark: tuple[MarkName, str], *, tags: bool, opening: bool) -> str:
    name, target = mark
    if name == MarkName.FOOTNOTE_REF:
        return ""
    if name == MarkName.LINK:
        return "[" if opening else f"](<{target.replace('<', '%3C').replace('>', '%3E')}>)"
    if not tags and name in _SIGNS:
        return _SIGNS[name]
    return f"<{'' if opening else '/'}{_TAG_OF[name]}>"


def _run(text: str, style: Style, line_break: str, *, first: bool) -> str:
    label = next((target for name, target in style if name == MarkName.FOOTNOTE_REF), "")
    if label and text == f"[{label}]":
        return f"[^{label}]"
    return _escaped(text, line_break, first=first)


def _escaped(text: str, line_break: str, *, first: bool = True) -> str:
    """Every sign that could mean something taken as itself; `first`: the run begins its line."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    text = _EDGE_SPACE.sub(
        lambda space: "".join(sign if sign == "\n" else f"&#{ord(sign)};" for sign in space[0]), text
    )
    head, tail = (text, "") if first else (text[: text.find("\n") + 1], text[text.find("\n") + 1 :])
    if first or tail:
        body = head if first else tail
        body = _NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\\\1", body))
        text = body if first else head + body
    return text.replace("\n", line_break)
