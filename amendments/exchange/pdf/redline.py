"""A redline for paper: nothing in it depends on colour. Inserted words are underlined, struck ones struck through; both
are named for who hears or copies them, and who wants a change stands behind it in brackets.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, zip_longest

from amendments.exchange.pdf.blocks import (
    Block,
    Headings,
    Item,
    ListItem,
    aside,
    cell,
    frame,
    lists,
    marked,
    name,
    page,
    paragraph,
    part,
    place,
    rich,
    sentence,
    small,
    strong,
    table,
    words,
)
from amendments.exchange.pdf.clean import CleanText, clean_pdf, widths
from amendments.exchange.pdf.setting import SIZE, printed
from amendments.exchange.redlines.looks import looks
from amendments.exchange.redlines.paper import (
    COLUMNS,
    Paper,
    changed,
    exact,
    following,
    headline,
    left_behind,
    noted,
    said,
    shown,
)
from amendments.exchange.redlines.parts import cells, flat, shortened, without_sign
from amendments.exchange.words import NN_, counted
from amendments.text.merging import Collision
from amendments.text.model import Head, Kind, MarkName, Rich
from amendments.text.redline import Change, Node, Op, Redline, Run
from amendments.text.relations import Kind as RelationKind

CHANGED = NN_("%(num)d geänderter Absatz", "%(num)d geänderte Absätze")
_BARS = {Change.INSERTED: "insert", Change.DELETED: "delete"}


def paper_pdf(paper: Paper) -> bytes:
    """A redline, or where nothing changes the text with the numbers of its lines."""
    if not paper.is_clean:
        return redline_pdf(paper)
    contents = tuple(paragraph.content for paragraph in Redline(paper.nodes).accept())
    return clean_pdf(CleanText(paper.title, contents, speech=paper.speech))


def redline_pdf(paper: Paper) -> bytes:
    changes = paper.speech.gettext("Änderungen: %(old)s → %(new)s") % {"old": paper.old, "new": paper.new}
    headings = Headings()
    blocks = [*_summary(paper, headings), *Redlined(paper, headings=headings).blocks(), *_reasons(paper, headings)]
    return printed(paper.name or changes, blocks, paper.speech)


# --- around the text


def _summary(paper: Paper, headings: Headings) -> list[Block]:
    speech, number = paper.speech, sum(map(changed, paper.nodes))
    places = speech.said(counted(number, *CHANGED)) if number else speech.gettext("keine geänderten Absätze")
    found = [paragraph([*words(f"{places}. "), *legend(paper)])]
    if paper.collisions:
        found.append(paragraph(_undecided(paper)))
    if paper.lines:
        found.append(_table(paper))
    for title, sentences in ((speech.gettext("Bitte lesen"), paper.soft), (speech.gettext("Hinweise"), paper.notes)):
        if sentences:
            found.append(headings.heading(1, f"{title} ({len(sentences)})"))
            found += lists((ListItem(1, "•", [sentence(speech.said(each))]) for each in sentences), SIZE)
    return found


def legend(paper: Paper) -> list[Item]:
    """What the signs of a redline mean."""
    speech = paper.speech
    explained = speech.gettext("%(struck)s ist durchgestrichen, %(added)s unterstrichen.")
    found: list[Item] = []
    signs = {
        "struck": marked(words(speech.gettext("Gestrichenes")), Op.DELETE, speech.gettext("gestrichen")),
        "added": marked(words(speech.gettext("Eingefügtes")), Op.INSERT, speech.gettext("eingefügt")),
    }
    for number, piece in enumerate(explained.replace("%(", ")s").split(")s")):
        found += signs[piece] if number % 2 else words(piece)
    if paper.people:
        found += words(" " + speech.gettext("Dahinter steht in Klammern, wer es wünscht."))
    return found


def _undecided(paper: Paper) -> list[Item]:
    speech = paper.speech
    found: list[Item] = [strong(speech.gettext("Zu entscheiden")), ": "]
    for number, collision in enumerate(paper.collisions, 1):
        lead = f"{headline(collision, speech)} {number} ({speech.gettext('Seite')} "
        found += [*([", "] if number > 1 else []), page(_collision_place(number), lead), ")"]
    return [*found, ". ", *words(speech.gettext("Bis dahin steht dort der Text der Vorlage."))]


def _table(paper: Paper) -> Block:
    who, file, *names = [paper.speech.gettext(name) for name in COLUMNS]
    header = [cell([strong(who), *words(f"\n{file}")]), *(cell([strong(each)], right=True) for each in names)]
    rows = []
    for line in paper.lines:
        figures = (line.wishes, line.applied, line.same, line.soft, line.collisions)
        who_and_file = [strong(line.label), *words("\n"), small(line.file)]
        rows.append([cell(who_and_file), *(cell([str(figure)], right=True) for figure in figures)])
    return table([1, *[0] * len(names)], rows, header)


def _reasons(paper: Paper, headings: Headings) -> list[Block]:
    people = [person for person in paper.people if person.reason]
    if not people:
        return []
    found = [headings.heading(1, paper.speech.gettext("Begründungen"))]
    for person in people:
        found += [name(person.name), sentence(person.reason)]
    return found


def _collision_place(number: int) -> str:
    return f"collision-{number}"


# --- the text


class Redlined:
    """Draws the nodes of a paper. `inside`: in something else, so that its headings are only printed like one, and no
    page of a moved paragraph is named.
    """

    def __init__(
        self, paper: Paper, *, size: float = SIZE, headings: Headings | None = None, inside: bool = False
    ) -> None:
        self.paper, self.size, self.inside = paper, size, inside
        self.headings = headings or Headings()
        self.waiting = following(paper.collisions)
        self.short = shortened([person.name for person in paper.people])
        self.inserted, self.struck = paper.speech.gettext("eingefügt"), paper.speech.gettext("gestrichen")
        self.arrivals = {node.move for node in paper.nodes if node.move and node.in_new and not inside}
        self.arrived: set[str] = set()

    def blocks(self) -> list[Block]:
        """The whole paper."""
        return [*self._collisions(""), *self.drawn(self.paper.nodes)]

    def drawn(self, some: Sequence[Node]) -> list[Block]:
        """Some of its nodes, with the collisions behind them."""
        found: list[Block] = []
        for key, group in groupby(some, _together):
            nodes = list(group)
            if key[0] is Kind.LIST_ITEM:
                found += lists(map(self._item, nodes), self.size)
            elif key[0] is Kind.TABLE_ROW:
                found += [self._rows(nodes), *(each for node in nodes for each in self._behind(node))]
            else:
                found += [each for node in nodes for each in (self._block(node), *self._behind(node))]
        return found

    def on_lines(self, node: Node) -> list[Block]:
        """A row of a table, its cells on one line."""
        return [paragraph([*self._label(node), *self.words(flat(noted(node)))])]

    def _behind(self, node: Node) -> list[Block]:
        return self._collisions(node.identity) if node.in_old else []

    def _block(self, node: Node) -> Block:
        head, bar = node.head, self._bar(node)
        if head.kind is not Kind.HEADING or left_behind(node):
            return paragraph([*self._label(node), *self._marker(node), *self.words(noted(node))], bar)
        runs = shown(node)
        if head.attribute("literal"):
            runs = without_sign(runs, head.level + 1)
        items = [*self._label(node), *self.words(runs)]
        if self.inside:
            return paragraph([{"words": items, "marks": "b"}] if items else [], bar)
        gone = Op.DELETE if node.has_new else Op.INSERT
        plain = "".join(run.rich.text for run in runs if run.op is not gone)
        return self.headings.heading(head.level, plain, items, bar=bar, bookmark=node.has_new)

    def _item(self, node: Node) -> ListItem:
        drawn = paragraph([*self._label(node), *self.words(noted(node))], self._bar(node))
        return ListItem(max(node.head.level, 1), self.paper.labels[id(node)], [drawn, *self._behind(node)])

    def _rows(self, nodes: Sequence[Node]) -> Block:
        drawn = [self._row(node) for node in nodes]
        columns = max(map(len, drawn))
        filled = [row + [cell([])] * (columns - len(row)) for row in drawn]
        header = filled.pop(0) if nodes[0].head.attribute("header") and len(nodes) > 1 else None
        lengths = [[sum(len(run.rich) for run in runs) for runs in cells(noted(node))] for node in nodes]
        return table(widths(lengths, columns), filled, header)

    def _row(self, node: Node) -> list[Block]:
        found = [self.words(runs) for runs in cells(noted(node))]
        if node.head.attribute("header"):
            found = [[{"words": items, "marks": "b"}] if items else [] for items in found]
        found[0] = [*self._label(node), *found[0]]
        return [cell(items) for items in found]

    def _label(self, node: Node) -> list[Item]:
        """What happened to the paragraph and who wants it; where a paragraph has gone, the page of its new place."""
        found: list[Item] = []
        if node.in_new and node.move in self.arrivals - self.arrived:
            self.arrived.add(node.move)
            found.append(place(_move_place(node.move)))
        about = (said(node, self.paper), looks(shown(node), self.paper.speech)) if changed(node) else ()
        what = " · ".join(filter(None, about))
        if not what:
            return found
        by = "" if any(run.by == node.by for run in shown(node)) else self._by(node.by or node.retyped_by)
        found.append(aside(what + by))
        if left_behind(node) and node.move in self.arrivals:
            found += [" ", {"small": [page(_move_place(node.move), f"{self.paper.speech.gettext('Seite')} ")]}]
        return [*found, " "]

    def _bar(self, node: Node) -> str:
        return _BARS.get(node.change, "other") if changed(node) and not self.inside else ""

    def _marker(self, node: Node) -> list[Item]:
        label = node.head.attribute("label") if node.head.kind is Kind.FOOTNOTE else ""
        return [{"words": [label], "marks": "^"}, " "] if label else []

    def words(self, runs: Sequence[Run]) -> list[Item]:
        """Neighbouring changes of the same people have their names behind the last of them."""
        found: list[Item] = []
        for run, after in zip_longest(runs, runs[1:]):
            found += self._run(run)
            if run.op is not Op.KEEP and (after is None or after.op is Op.KEEP or after.by != run.by):
                by = self._by(run.by)
                parted = by and after is not None and after.rich.text[:1].isalnum()
                found += [small(by), *([" "] if parted else [])] if by else []
        return found

    def _run(self, run: Run) -> list[Item]:
        if run.op is Op.KEEP:
            return rich(run.rich, redline=True)
        items = rich(run.rich, redline=True)
        items += [item for target in _targets(run.rich) for item in words(f" ({target})")]
        return marked(items, run.op, self.inserted if run.op is Op.INSERT else self.struck)

    def _by(self, names: Sequence[str]) -> str:
        numbers = self.paper.numbers(names)
        return f" [{', '.join(self.short[number - 1] for number in numbers)}]" if numbers else ""

    # --- collisions

    def _collisions(self, identity: str) -> list[Block]:
        return [self._collision(number, collision) for number, collision in self.waiting.pop(identity, ())]

    def _collision(self, number: int, collision: Collision) -> Block:
        speech = self.paper.speech
        if collision.kind is RelationKind.HARD:
            hint = speech.gettext("Diese Fassungen können nicht nebeneinander stehen.")
        else:
            hint = speech.gettext("Was soll zuerst stehen?")
        title = f"{headline(collision, speech)} {number}"
        found = [paragraph([place(_collision_place(number)), strong(title)], keep=True), sentence(hint)]
        for alternative in collision.alternatives:
            people = ", ".join(self.paper.names(alternative.edits))
            drawn = [
                paragraph([item for run in flat(exact(node)) for item in self._run(run)]) for node in alternative.nodes
            ]
            found += [name(people), part(drawn, "other")]
        return frame(found)


def _targets(value: Rich) -> list[str]:
    """Where changed words lead: often nothing else has changed."""
    return [mark.target for mark in value.marks if mark.name is MarkName.LINK]


def _move_place(move: str) -> str:
    return f"move-{move}"


def _together(node: Node) -> tuple[Kind, str]:
    head: Head = node.head
    return head.kind, head.attribute("table") if head.kind is Kind.TABLE_ROW else ""
