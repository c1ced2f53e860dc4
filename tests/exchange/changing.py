"""Files of Word and OpenDocument with changes of several people, written from one notation.

A paragraph is a list of pieces, each words or (words, changes); changes are read from left to right, the oldest first:
"+Sabine" put in by her, "+Sabine -Karl" struck again by him. A piece without words is the end of its paragraph; one
that nobody changed need not be said. A `Row` has cells of one paragraph each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO

import docx
from lxml import etree

from amendments.exchange.docx.names import w
from tests.exchange.test_odt import odt

Piece = str | tuple[str, str]
Line = Sequence[Piece]


@dataclass(frozen=True)
class Row:
    """`changes`: of the row itself, as Word tracks it."""

    cells: tuple[Line, ...]
    changes: str = ""


def word_file(*parts: Line | Row) -> bytes:
    """Rows in a row are one table."""
    document = docx.Document()
    body = document.element.body
    table = None
    for part in parts:
        if isinstance(part, Row):
            table = etree.SubElement(body, w("tbl")) if table is None else table
            table.append(_word_row(part))
        else:
            table = None
            body.append(_word_paragraph(part))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _parsed(xml: str) -> etree._Element:
    return etree.fromstring(f'<x xmlns:w="{w("")[1:-1]}">{xml}</x>')[0]


def _word_row(row: Row) -> etree._Element:
    line = _parsed(f"<w:tr><w:trPr>{_marks(row.changes)}</w:trPr></w:tr>")
    for cell in row.cells:
        etree.SubElement(line, w("tc")).append(_word_paragraph(cell))
    return line


def _word_paragraph(pieces: Line) -> etree._Element:
    ends = [piece[1] for piece in pieces if isinstance(piece, tuple) and not piece[0]]
    runs = "".join(_run(*((piece, "") if isinstance(piece, str) else piece)) for piece in pieces if piece[0])
    return _parsed(f"<w:p><w:pPr><w:rPr>{_marks(*ends)}</w:rPr></w:pPr>{runs}</w:p>")


def _run(words: str, changes: str) -> str:
    tag = "delText" if "-" in changes else "t"
    xml = f'<w:r><w:{tag} xml:space="preserve">{escape(words)}</w:{tag}></w:r>'
    for change in reversed(changes.split()):
        xml = f"{_opened(change)}{xml}</w:{_tag(change)}>"
    return xml


def _marks(*changes: str) -> str:
    return "".join(f"{_opened(change)}</w:{_tag(change)}>" for each in changes for change in each.split())


def _opened(change: str) -> str:
    return f'<w:{_tag(change)} w:id="1" w:author="{change[1:]}" w:date="2011-11-20T10:00:00Z">'


def _tag(change: str) -> str:
    return "ins" if change[0] == "+" else "del"


def open_file(*parts: Line | Row, listed: str = "", tail: str = "") -> bytes:
    """The rows of this format are not tracked, only their words. `listed`, `tail`: a further list of changes, and what
    stands at the end of the text, as they are written.
    """
    return _OpenFile([listed]).bytes_of(parts, tail)


@dataclass
class _OpenFile:
    regions: list[str] = field(default_factory=list)

    def bytes_of(self, parts: Sequence[Line | Row], tail: str) -> bytes:
        body = "".join(self._row(part) if isinstance(part, Row) else self._paragraph(part) for part in parts)
        body = body.replace("</table:table><table:table>", "").replace("</text:p>JOINED<text:p>", "")
        body = body.replace("JOINED", "")
        return odt(f"<text:tracked-changes>{''.join(self.regions)}</text:tracked-changes>{body}{tail}")

    def _row(self, row: Row) -> str:
        cells = "".join(f"<table:table-cell>{self._paragraph(cell)}</table:table-cell>" for cell in row.cells)
        return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"

    def _paragraph(self, pieces: Line) -> str:
        found, ends = "<text:p>", ("", "</text:p>")
        for piece in pieces:
            words, changes = (piece, "") if isinstance(piece, str) else piece
            if not changes:
                found += escape(words)
            elif not words:
                ends = self._end(changes)
            elif "-" in changes:
                found += self._gone(f"<text:p>{escape(words)}</text:p>", changes)
            else:
                before, behind = self._around(changes)
                found += f"{before}{escape(words)}{behind}"
        return found + "".join(ends)

    def _end(self, changes: str) -> tuple[str, str]:
        """What was put in lies between the marks; an end that was struck is in the deletion."""
        if "-" in changes:
            return self._gone("<text:p/><text:p/>", changes), "</text:p>JOINED"
        before, behind = self._around(changes)
        return before, f"</text:p><text:p>{behind}</text:p>JOINED"

    def _region(self, changes: str, words: str = "") -> str:
        """The latest change first."""
        kinds = {"+": ("insertion", ""), "-": ("deletion", words)}
        inner = "".join(
            f"<text:{tag}><office:change-info><dc:creator>{change[1:]}</dc:creator></office:change-info>{inside}"
            f"</text:{tag}>"
            for change in reversed(changes.split())
            for tag, inside in (kinds[change[0]],)
        )
        name = f"c{len(self.regions)}"
        self.regions.append(f'<text:changed-region text:id="{name}">{inner}</text:changed-region>')
        return name

    def _gone(self, paragraphs: str, changes: str) -> str:
        return f'<text:change text:change-id="{self._region(changes, paragraphs)}"/>'

    def _around(self, changes: str) -> tuple[str, str]:
        name = self._region(changes)
        return f'<text:change-start text:change-id="{name}"/>', f'<text:change-end text:change-id="{name}"/>'
