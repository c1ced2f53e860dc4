"""The redline as one page of HTML: without script, without anything from elsewhere, for phone, screen and
paper.

No reader depends on colour: struck words are struck through, inserted ones underlined, both named for screen readers,
and who wants a change stands behind it in brackets: a raised number would read as a power or a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from html import escape
from itertools import groupby, takewhile, zip_longest
from pathlib import Path

from amendments.exchange import own_page
from amendments.exchange.redlines.paper import (
    COLUMNS,
    Paper,
    changed,
    exact,
    following,
    headline,
    left_behind,
    said,
    shown,
    visible,
)
from amendments.exchange.redlines.parts import cells, flat, shortened, without_sign
from amendments.exchange.words import NN_, counted
from amendments.text.merging import Collision
from amendments.text.model import Head, Kind, Mark, MarkName, Rich
from amendments.text.redline import Node, Op, Run
from amendments.text.relations import Kind as RelationKind

STYLE = Path(__file__).with_name("page.css")
_TAGS = {
    MarkName.STRONG: "strong",
    MarkName.EM: "em",
    MarkName.UNDERLINE: "u",
    MarkName.STRIKE: "s",
    MarkName.SUP: "sup",
    MarkName.SUB: "sub",
    MarkName.CODE: "code",
    MarkName.FOOTNOTE_REF: "sup",
}
CHANGED = NN_("%(num)d geänderter Absatz", "%(num)d geänderte Absätze")
_HIDDEN = ' class="none"'
"""Figures that a narrow screen leaves out."""
_BREAKS = re.compile(r"[_+,)-](?=\w)")
_OPS = {Op.INSERT: "ins", Op.DELETE: "del"}


def to_html(paper: Paper) -> str:
    """The whole page."""
    changes = paper.speech.gettext("Änderungen: %(old)s → %(new)s") % {"old": paper.old, "new": paper.new}
    title = paper.title if paper.name or paper.is_clean else changes
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{paper.speech.language}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f'<meta name="generator" content="{own_page.TEXT if paper.is_clean else own_page.CHANGES}">',
            f"<title>{_text(title)}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>",
            f"<header>\n<h1>{_text(title)}</h1>",
            *_summary(paper),
            "</header>\n<main>",
            *_Body(paper).blocks(),
            "</main>\n</body>\n</html>\n",
        )
    )


def _text(text: str) -> str:
    return escape(visible(text)).replace("\n", "<br>")


# --- before the text


def _summary(paper: Paper) -> Iterator[str]:
    if paper.is_clean:
        return
    speech, number = paper.speech, sum(changed(node) for node in paper.nodes)
    places = speech.said(counted(number, *CHANGED)) if number else speech.gettext("keine geänderten Absätze")
    first = f'<a href="#a1">{places}</a>' if number else places
    struck, added = speech.gettext("Gestrichenes"), speech.gettext("Eingefügtes")
    legend = speech.gettext("%(struck)s ist durchgestrichen, %(added)s unterstrichen.") % {
        "struck": f"<del>{struck}</del>",
        "added": f"<ins>{added}</ins>",
    }
    who = speech.gettext("Dahinter steht in Klammern, wer es wünscht.") if paper.people else ""
    yield f"<p>{first}. {legend} {who}</p>"
    if paper.collisions:
        links = ", ".join(f'<a href="#w{number}">{number}</a>' for number in range(1, len(paper.collisions) + 1))
        open_ = speech.gettext("Zu entscheiden")
        until = speech.gettext("Bis dahin steht dort der Text der Vorlage.")
        yield f'<p class="open">{open_}: {links}. {until}</p>'
    if paper.lines:
        yield from _table(paper)
    for name, sentences in ((speech.gettext("Bitte lesen"), paper.soft), (speech.gettext("Hinweise"), paper.notes)):
        if sentences:
            items = "".join(f"<li>{_text(sentence)}</li>" for sentence in sentences)
            yield f"<details open><summary>{name} ({len(sentences)})</summary><ul>{items}</ul></details>"


def _table(paper: Paper) -> Iterator[str]:
    """Who and which file stand in one cell: with a column each the figures would leave them no room."""
    who, file, *names = [paper.speech.gettext(name) for name in COLUMNS]
    head = "".join(f'<th scope="col">{name}</th>' for name in (f'{who}<span class="file">{file}</span>', *names))
    yield f'<div class="wide"><table class="summary"><thead><tr>{head}</tr></thead><tbody>'
    for line in paper.lines:
        figures = (line.wishes, line.applied, line.same, line.soft, line.collisions)
        cells = "".join(
            f'<td data-name="{name}"{_HIDDEN if figure == 0 else ""}>{figure}</td>'
            for name, figure in zip(names, figures, strict=True)
        )
        label = f'{_breakable(line.label)}<span class="file">{_breakable(line.file)}</span>'
        yield f'<tr><th scope="row">{label}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _breakable(name: str) -> str:
    """A long name may go on in the next line behind its own signs, and not before its suffix."""
    return _BREAKS.sub(r"\g<0><wbr>", _text(name))


# --- the text


class _Body:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.waiting = following(paper.collisions)
        self.changes = 0
        self.next = paper.speech.gettext("nächste Änderung")
        ranks = enumerate(filter(changed, paper.nodes), 1)
        self.arrivals = {node.move: rank for rank, node in ranks if node.move and node.in_new}
        self.whole = [person.name for person in paper.people]
        self.short = shortened(self.whole)
        self.total = sum(changed(node) for node in paper.nodes)

    def blocks(self) -> Iterator[str]:
        yield from self._collisions("")
        for table, group in groupby(self.paper.nodes, lambda node: _table_of(node.head)):
            nodes = list(group)
            if table is None:
                for node in nodes:
                    yield self._block(node)
                    yield from self._behind(node)
            else:
                yield f'<div class="wide"><table>{self._rows(nodes)}</table></div>'
                for node in nodes:
                    yield from self._behind(node)

    def _behind(self, node: Node) -> Iterator[str]:
        if node.in_old:
            yield from self._collisions(node.identity)

    def _block(self, node: Node) -> str:
        if left_behind(node):
            return self._left_behind(node)
        head = node.head
        tag = f"h{min(head.level + 1, 6)}" if head.kind is Kind.HEADING else "p"
        runs = shown(node)
        style = f' class="{self._classes(node)}"'
        if head.kind is Kind.HEADING and head.attribute("literal"):
            runs = without_sign(runs, head.level + 1)
        return f"<{tag}{style}{self._anchor(node)}>{self._label(node)}{self._marker(node)}{self._runs(runs)}</{tag}>"

    def _left_behind(self, node: Node) -> str:
        """A note at the old place of a paragraph that moved; what stood there is folded."""
        anchor, what = self._anchor(node), self.paper.speech.gettext("Was hier stand")
        words = f"<details><summary>{what}</summary>{self._runs(flat(shown(node)))}</details>"
        return f'<div class="{self._classes(node)}"{anchor}>{self._label(node)}{words}</div>'

    def _rows(self, nodes: Sequence[Node]) -> str:
        """The rows at the head are printed on every page again."""
        head = sum(1 for _ in takewhile(_in_head, nodes))
        rows = [self._row(node) for node in nodes]
        return (f"<thead>{''.join(rows[:head])}</thead>" if head else "") + "".join(rows[head:])

    def _row(self, node: Node) -> str:
        anchor, label = self._anchor(node), self._label(node)
        cell = "th" if node.head.attribute("header") else "td"
        found = [self._runs(runs) for runs in cells(shown(node))]
        found[0] = label + found[0]
        inside = "".join(f"<{cell}>{words}</{cell}>" for words in found)
        return f'<tr class="{self._classes(node)}"{anchor}>{inside}</tr>'

    def _classes(self, node: Node) -> str:
        level = f" level{min(node.head.level, 6)}" if node.head.kind is Kind.LIST_ITEM else ""
        away = " away" if left_behind(node) else ""
        return f"{node.head.kind.value}{level} {node.change.value}{away}"

    def _anchor(self, node: Node) -> str:
        if not changed(node):
            return ""
        self.changes += 1
        return f' id="a{self.changes}"'

    def _label(self, node: Node) -> str:
        """What happened to the paragraph, who wants it, and the way to the next change."""
        if not changed(node):
            return ""
        words = _text(said(node, self.paper))
        if left_behind(node) and node.move in self.arrivals:
            words = f'<a href="#a{self.arrivals[node.move]}">{words}</a>'
        by = "" if any(run.by == node.by for run in shown(node)) else self._by(node.by or node.retyped_by)
        label = f"<small>{words}{by}</small> " if words else ""
        if self.changes == self.total:
            return label
        return f'<a class="next" href="#a{self.changes + 1}" aria-label="{self.next}">↓</a>{label}'

    def _marker(self, node: Node) -> str:
        head = node.head
        if head.kind is Kind.FOOTNOTE:
            return f"<sup>{_text(head.attribute('label'))}</sup> "
        label = self.paper.labels[id(node)]
        return f"{_text(label)} " if label else ""

    def _runs(self, runs: Sequence[Run]) -> str:
        """Neighbouring changes of the same people have their names behind the last of them."""
        parts = []
        for run, after in zip_longest(runs, runs[1:]):
            parts.append(_run(run))
            if run.op is not Op.KEEP and (after is None or after.op is Op.KEEP or after.by != run.by):
                by = self._by(run.by)
                parted = by and after is not None and after.rich.text[:1].isalnum()
                parts.append(f"{by} " if parted else by)
        return "".join(parts)

    def _by(self, names: Sequence[str]) -> str:
        numbers = self.paper.numbers(names)
        if not numbers:
            return ""
        whole, short = (", ".join(some[number - 1] for number in numbers) for some in (self.whole, self.short))
        title = f' title="{_text(whole)}"' if short != whole else ""
        return f' <span class="by"{title}>[{_text(short)}]</span>'

    # --- collisions

    def _collisions(self, identity: str) -> Iterator[str]:
        for number, collision in self.waiting.pop(identity, ()):
            yield self._collision(number, collision)

    def _collision(self, number: int, collision: Collision) -> str:
        speech = self.paper.speech
        title = headline(collision, speech)
        if collision.kind is RelationKind.HARD:
            hint = speech.gettext("Diese Fassungen können nicht nebeneinander stehen.")
        else:
            hint = speech.gettext("Was soll zuerst stehen?")
        parts = [f'<section class="collision" id="w{number}"><h2>{title} {number}</h2><p>{hint}</p>']
        for alternative in collision.alternatives:
            people = ", ".join(self.paper.names(alternative.edits))
            words = "".join(f"<p>{''.join(map(_run, flat(exact(node))))}</p>" for node in alternative.nodes)
            parts.append(f"<h3>{_text(people)}</h3><blockquote>{words}</blockquote>")
        return "".join((*parts, "</section>"))


def _run(run: Run) -> str:
    words = _marked(run.rich)
    tag = _OPS.get(run.op)
    return f"<{tag}>{words}</{tag}>" if tag else words


def _table_of(head: Head) -> str | None:
    return head.attribute("table") if head.kind is Kind.TABLE_ROW else None


def _in_head(node: Node) -> bool:
    return bool(node.head.attribute("header"))


def _marked(rich: Rich) -> str:
    """Words with their marks; every stretch opens and closes its own tags, so that nothing overlaps."""
    return "".join(reduce(_tagged, marks, _text(text)) for text, marks in rich.stretches())


def _tagged(words: str, mark: Mark) -> str:
    if mark.name is MarkName.LINK:
        return f'<a href="{escape(mark.target)}" rel="noreferrer">{words}</a>'
    return f"<{_TAGS[mark.name]}>{words}</{_TAGS[mark.name]}>"
