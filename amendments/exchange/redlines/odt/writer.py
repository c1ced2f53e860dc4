"""The whole file: the text with its changes, the styles it uses, and what is around it."""

from __future__ import annotations

from amendments.exchange.odt import read_odt
from amendments.exchange.redlines.odt.body import Writer
from amendments.exchange.redlines.odt.changes import Changes
from amendments.exchange.redlines.odt.lists import list_style
from amendments.exchange.redlines.odt.package import File
from amendments.exchange.redlines.odt.page import TABLES
from amendments.exchange.redlines.paper import Paper
from amendments.exchange.redlines.provenance import properties_for
from amendments.exchange.redlines.tracked import footnotes, tracked


def to_odt(paper: Paper, template: bytes | None = None) -> bytes:
    """The redline as .odt: accepted it reads as the new text, rejected as the old one.

    Each change carries the names of those who want it; reasons and the wordings of what is undecided are comments.
    `template`: an .odt of the town whose styles, header and footer are taken; the text stands where it says "[Text]".
    Raises Unreadable or TooLarge for a template that is none.
    """
    file = File.of(template, paper.speech.language)
    numbers = footnotes(paper.nodes, once=True)
    changes = Changes(paper, before=file.regions)
    writer = Writer(paper, changes)
    body = writer.body(tracked(paper.nodes, frozenset(numbers), nested=True), numbers)
    lists = [list_style(count, name) for count, name in writer.words.lists.items()]
    file.put_styles([*TABLES, *lists])
    file.put_text(changes.regions, body)
    return file.saved(paper.title, paper.speech.language, paper.at, properties_for(paper, template, read_odt))
