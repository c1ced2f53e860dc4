"""Contents to plain semantic HTML (a fragment, escaped): what `read_html` reads back, footnotes as anchored
paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby, pairwise

from amendments.text.model import CELL, Content, Kind, MarkName, Rich

_TAGS = {
    MarkName.STRONG: "strong",
    MarkName.EM: "em",
    MarkName.UNDERLINE: "u",
    MarkName.STRIKE: "s",
    MarkName.SUP: "sup",
    MarkName.SUB: "sub",
    MarkName.CODE: "code",
}
_ORDER = [MarkName.LINK, MarkName.FOOTNOTE_REF, *_TAGS]


def to_html(contents: Iterable[Content]) -> str:
    """Blocks in order; consecutive items are nested lists, consecutive rows of one table a table."""
    parts: list[str] = []
    for (kind, _), group in groupby(contents, lambda c: (c.kind, c.head.attribute("table"))):
        if kind == Kind.LIST_ITEM:
            parts.append(_lists(list(group)))
        elif kind == Kind.TABLE_ROW:
            parts.append(_table(list(group)))
        else:
            parts.extend(_block(content) for content in group)
    return "".join(f"{part}\n" for part in parts)


def _block(content: Content) -> str:
    words = inline_html(content.rich)
    if content.kind == Kind.HEADING:
        level = min(max(content.head.level, 1), 6)
        return f"<h{level}>{words}</h{level}>"
    if content.kind == Kind.FOOTNOTE:
        label = escape(content.head.attribute("label"))
        return f'<p id="fn-{label}"><sup>{label}</sup> {words}</p>'
    return f"<p>{words}</p>"


def _lists(items: Sequence[Content]) -> str:
    """Every level is a list in the item above it; a change of kind or a number out of turn begins a new list."""
    out: list[str] = []
    open_: list[str] = []  # the kinds of the open lists
    for item in items:
        level, kind = max(item.head.level, 1), item.head.attribute("list")
        look, number = item.head.attribute("numbering"), item.head.attribute("number")
        key = f"{kind} {look}"
        while len(open_) > level or (len(open_) == level and (open_[-1] != key or number)):
            out.append(f"</li></{_tag(open_.pop())}>")
        if len(open_) == level:
            out.append("</li>")
        while len(open_) < level:
            open_.append(key)
            out.append(
                _opening(kind, look, number if len(open_) == level else "") + ("" if len(open_) == level else "<li>")
            )
        out.append(f"<li>{inline_html(item.rich)}")
    out.extend(f"</li></{_tag(key)}>" for key in reversed(open_))
    return "".join(out)


def _tag(key: str) -> str:
    return "ol" if key.startswith("ordered") else "ul"


def _opening(kind: str, look: str, number: str) -> str:
    if kind != "ordered":
        return "<ul>"
    form = next((sign for sign in look if sign in "aAiI"), "")
    start = "".join(sign for sign in number if sign.isdecimal()) if not form else ""
    return "<ol" + (f' type="{form}"' if form else "") + (f' start="{start}"' if start else "") + ">"


def _table(rows: Sequence[Content]) -> str:
    out = ["<table>"]
    for header, group in groupby(rows, lambda row: bool(row.head.attribute("header"))):
        cell, part = ("th", "thead") if header else ("td", "tbody")
        lines = [
            "<tr>" + "".join(f"<{cell}>{words}</{cell}>" for words in _cells(content.rich)) + "</tr>"
            for content in group
        ]
        out.append(f"<{part}>{''.join(lines)}</{part}>")
    return "".join([*out, "</table>"])


def _cells(rich: Rich) -> list[str]:
    cells, start = [], 0
    for part in rich.text.split(CELL):
        cells.append(inline_html(rich.slice(start, start + len(part))))
        start += len(part) + 1
    return cells


def inline_html(rich: Rich) -> str:
    """The words, escaped, in nested tags; marks that overlap are closed and opened again."""
    out: list[str] = []
    open_: list[tuple[MarkName, str]] = []
    edges = sorted({0, len(rich.text), *(m.start for m in rich.marks), *(m.end for m in rich.marks)})
    for start, end in pairwise(edges):
        style = {(m.name, m.target) for m in rich.marks if m.start <= start and m.end >= end}
        while not style.issuperset(open_):
            out.append(_closing_tag(open_.pop()))
        for mark in sorted(style.difference(open_), key=lambda mark: (_ORDER.index(mark[0]), mark[1])):
            open_.append(mark)
            out.append(_opening_tag(mark))
        out.append(escape(rich.text[start:end], quote=False).replace("\n", "<br>"))
    out.extend(_closing_tag(mark) for mark in reversed(open_))
    return "".join(out)


def _opening_tag(mark: tuple[MarkName, str]) -> str:
    name, target = mark
    if name == MarkName.LINK:
        return f'<a href="{escape(target)}">'
    return f'<sup><a href="#fn-{escape(target)}">' if name == MarkName.FOOTNOTE_REF else f"<{_TAGS[name]}>"


def _closing_tag(mark: tuple[MarkName, str]) -> str:
    name = mark[0]
    if name == MarkName.LINK:
        return "</a>"
    return "</a></sup>" if name == MarkName.FOOTNOTE_REF else f"</{_TAGS[name]}>"
