"""One passage that somebody wants changed: where, the order in words, and how it reads with the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amendments.exchange.pdf.blocks import Block, paragraph, part, rich, words
from amendments.exchange.pdf.redline import Redlined, legend
from amendments.exchange.pdf.setting import SIZE
from amendments.exchange.redlines.paper import Paper, changed
from amendments.exchange.words import Speech
from amendments.text.model import Kind, Rich
from amendments.text.redline import Change, Node

LEFT_OUT = "[…]"


@dataclass(frozen=True)
class Passage:
    """`place`: as people say it, such as the heading above. `lines`: the first and the last, where it has some.
    `version`: the number of that in which they are counted, where several may be meant. `instruction`: the order that
    makes the change. `nodes`: the redline of the text with this change alone, or a part of it; what has not changed is
    left out.
    """

    place: str = ""
    lines: tuple[int, int] | None = None
    instruction: Rich | None = None
    nodes: tuple[Node, ...] = ()
    version: str = ""

    def where(self, speech: Speech) -> str:
        """Place and lines on one line."""
        found = [self.place] if self.place else []
        if self.lines:
            first, last = self.lines
            lines = (
                speech.gettext("Zeile %(line)s") if first == last else speech.gettext("Zeilen %(first)s bis %(last)s")
            )
            said = lines % {"line": first, "first": first, "last": last}
            of_version = speech.gettext("%(lines)s der Fassung %(version)s") if self.version else "%(lines)s"
            found.append(of_version % {"lines": said, "version": self.version})
        return ", ".join(found)


def explained(speech: Speech) -> Block:
    """What the signs of the redlines mean."""
    return paragraph(legend(Paper((), "", "", speech=speech)))


def drawn(passage: Passage, speech: Speech, size: float = SIZE) -> list[Block]:
    found = [paragraph(rich(passage.instruction))] if passage.instruction else []
    redlined = Redlined(Paper(passage.nodes, "", "", speech=speech), size=size, inside=True)
    blocks: list[Block] = []
    for stretch in _shown(passage.nodes):
        blocks += [paragraph(words(LEFT_OUT))] if blocks else []
        blocks += redlined.drawn(stretch)
    return [*found, part(blocks, "other")] if blocks else found


def _shown(nodes: Sequence[Node]) -> list[list[Node]]:
    """Stretches of changed nodes, before a new paragraph the one behind which it stands, and before rows of a table
    the names of its columns.
    """
    wanted = {rank for rank, node in enumerate(nodes) if changed(node)}
    wanted |= {rank - 1 for rank in wanted if rank and nodes[rank].change is Change.INSERTED}
    found: list[list[Node]] = []
    for rank in sorted(wanted):
        if rank - 1 in wanted:
            found[-1].append(nodes[rank])
        else:
            found.append([*_header(nodes, rank), nodes[rank]])
    return found


def _header(nodes: Sequence[Node], rank: int) -> list[Node]:
    """The first row of a table, where it names columns and another row is shown."""
    table = nodes[rank].head.attribute("table") if nodes[rank].head.kind is Kind.TABLE_ROW else ""
    rows = [node for node in nodes[:rank] if table and node.head.attribute("table") == table]
    return rows[:1] if rows and rows[0].head.attribute("header") else []
