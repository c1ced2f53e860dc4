"""The whole file: text, footnotes, lists and comments, each in its part."""

from __future__ import annotations

from dataclasses import replace

from amendments.exchange.docx import read_docx
from amendments.exchange.redlines.docx.body import Writer
from amendments.exchange.redlines.docx.changes import Changes
from amendments.exchange.redlines.docx.numbering import definitions
from amendments.exchange.redlines.docx.package import File
from amendments.exchange.redlines.docx.styles import styles_in
from amendments.exchange.redlines.docx.words import Words
from amendments.exchange.redlines.docx.xml import properties
from amendments.exchange.redlines.paper import Paper
from amendments.exchange.redlines.provenance import properties_for
from amendments.exchange.redlines.tracked import Block, footnotes, tracked, with_whole_moves
from amendments.text.model import MarkName


def to_docx(paper: Paper, template: bytes | None = None) -> bytes:
    """The redline as .docx: accepted it reads as the new text, rejected as the old one.

    Each change carries the names of those who want it; reasons and the wordings of what is undecided are comments.
    `template`: a .docx of the town whose styles, header and footer are taken; the text stands where it says "[Text]".
    Raises Unreadable or TooLarge for a template that is none.
    """
    file = File.of(template, paper.speech.language)
    numbers = footnotes(paper.nodes)
    before = file.first_note() - 1 if numbers else 0
    notes = {label: before + number for label, number in numbers.items()}
    found = with_whole_moves(tracked(paper.nodes, frozenset(notes), nested=True))
    styles, changes = (
        styles_in(file.document),
        Changes(paper, first=file.first_comment(), first_change=file.first_change()),
    )
    abstract, number = file.first_numbers()
    words = Words(changes, styles.characters, styles.comment, notes, file.link)
    writer = Writer(paper, styles, changes, words, number)
    body = writer.body(found.body)
    if found.footnotes:
        _write_notes(file, writer, found.footnotes)
    file.put_body(body)
    file.put_lists(*definitions(writer.lists, abstract, number))
    file.put_comments(changes.comments, styles)
    file.put_properties(properties_for(paper, template, read_docx))
    file.track_on()
    return file.saved(paper.title, paper.speech.language, paper.at)


def _write_notes(file: File, writer: Writer, notes: dict[str, tuple[Block, ...]]) -> None:
    inside = replace(writer, words=replace(writer.words, link=file.link_of_note))
    reference = properties(f'<w:rStyle w:val="{writer.styles.characters[MarkName.FOOTNOTE_REF]}"/>')
    lead = f"<w:r>{reference}<w:footnoteRef/></w:r>"
    written = "".join(
        f'<w:footnote w:id="{writer.words.notes[label]}">'
        + "".join(inside.paragraph(block, None, None, lead="" if rank else lead) for rank, block in enumerate(blocks))
        + "</w:footnote>"
        for label, blocks in notes.items()
    )
    file.put_notes(written)
