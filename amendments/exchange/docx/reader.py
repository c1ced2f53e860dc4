"""The body of a Word document (§17.2) in reading order: paragraphs, list items, headings, table rows, footnotes at the
end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from amendments.exchange.building import PLAIN, ListCounter, Words, footnote, row, spread, styled
from amendments.exchange.docx.homing import bring_home
from amendments.exchange.docx.inline import Inline
from amendments.exchange.docx.names import ALTERNATE, MATH, number, switched_on, value, w
from amendments.exchange.docx.numbering import Numbering
from amendments.exchange.docx.package import Package
from amendments.exchange.docx.remarks import ENDS, pin_of, remarks
from amendments.exchange.docx.styles import Styles, outline
from amendments.exchange.docx.tracked import DELETED, INSERTED, Tracked
from amendments.exchange.imported import Imported, tracked_notes
from amendments.exchange.limits import check_contents, check_size
from amendments.exchange.provenance import held_in, letterhead_in
from amendments.exchange.remarks import Places
from amendments.exchange.tables import MAX_COLUMNS
from amendments.exchange.words import NN_, counted
from amendments.text.model import Content, Head, Kind, MarkName, Rich, concat

NOTES = {
    "image": NN_("%(num)d Bild nicht übernommen.", "%(num)d Bilder nicht übernommen."),
    "diagram": NN_("%(num)d Diagramm nicht übernommen.", "%(num)d Diagramme nicht übernommen."),
    "box": NN_("%(num)d Textfeld nicht übernommen.", "%(num)d Textfelder nicht übernommen."),
    "comment": NN_("%(num)d Kommentar nicht übernommen.", "%(num)d Kommentare nicht übernommen."),
    "hidden": NN_(
        "%(num)d verborgene Textstelle nicht übernommen.", "%(num)d verborgene Textstellen nicht übernommen."
    ),
    "contents": NN_(
        "Inhaltsverzeichnis mit %(num)d Zeile nicht übernommen.",
        "Inhaltsverzeichnis mit %(num)d Zeilen nicht übernommen.",
    ),
    "header": NN_("%(num)d Kopf- oder Fußzeile nicht übernommen.", "%(num)d Kopf- oder Fußzeilen nicht übernommen."),
    "foreign": NN_("%(num)d eingebettete Datei nicht übernommen.", "%(num)d eingebettete Dateien nicht übernommen."),
    "field": NN_("%(num)d Feld als Text übernommen.", "%(num)d Felder als Text übernommen."),
    "wordless": NN_("%(num)d Feld ohne Text nicht übernommen.", "%(num)d Felder ohne Text nicht übernommen."),
    "form": NN_("%(num)d Formularfeld nicht übernommen.", "%(num)d Formularfelder nicht übernommen."),
    "formula": NN_("%(num)d Formel als Text übernommen.", "%(num)d Formeln als Text übernommen."),
    "nested": NN_(
        "%(num)d Tabelle in einer Tabelle als Text übernommen.", "%(num)d Tabellen in Tabellen als Text übernommen."
    ),
    "link": NN_(
        "%(num)d Verweis mit unzulässiger Adresse als Text übernommen.",
        "%(num)d Verweise mit unzulässiger Adresse als Text übernommen.",
    ),
    "inside": NN_(
        "%(num)d Verweis auf eine andere Stelle der Datei als Text übernommen.",
        "%(num)d Verweise auf andere Stellen der Datei als Text übernommen.",
    ),
    "symbol": NN_(
        "%(num)d Zeichen einer Symbolschrift durch � ersetzt.", "%(num)d Zeichen einer Symbolschrift durch � ersetzt."
    ),
    "numbered": NN_(
        "Die automatische Nummer von %(num)d Überschrift steht nicht im Text.",
        "Die automatischen Nummern von %(num)d Überschriften stehen nicht im Text.",
    ),
}


def read_docx(
    data: bytes, *, reject_tracked: bool = False, author: str | None = None, template: bool = False
) -> Imported:
    """A .docx file; tracked changes are read as accepted, or as rejected but for those of `author`. `template`: it may
    be one that documents are made of.

    Raises Unreadable or TooLarge.
    """
    check_size(data)
    package = Package(data, template=template)
    lost: Counter[str] = Counter()
    written = {kind: part for kind in ("footnote", "endnote") if (part := package.part(f"{kind}s")) is not None}
    if reject_tracked and author is not None:
        for part in (package.main, *written.values()):
            bring_home(part, author)
    margins = [part for kind in ("header", "footer") for part in package.parts(kind)]
    changes = Tracked((package.main, *written.values()), margins, rejected=reject_tracked, author=author)
    places = Places()
    contents = _contents(package, written, changes, lost, places)
    ground = _contents(package, written, changes.ground(), Counter(), Places()) if changes.nested else ()
    lengths = [len(content.text) for content in contents]
    said = remarks(package.part("comments"), (package.main, *written.values()), places, lengths)
    lost["comment"] = max(len(said), lost["comment"])
    lost["header"] = sum(map(_has_words, margins))
    tracked = tracked_notes(len(changes), changes.looks, changes.hands, rejected=reject_tracked)
    notes = tuple(counted(lost[key], *forms) for key, forms in NOTES.items() if lost[key])
    properties = package.properties
    return Imported(
        contents,
        format="docx",
        notes=(*tracked, *notes),
        hands=changes.hands,
        ground=ground,
        remarks=said,
        held=held_in(properties),
        letterhead=letterhead_in(properties),
    )


def _contents(
    package: Package, written: Mapping[str, etree._Element], changes: Tracked, lost: Counter[str], places: Places
) -> tuple[Content, ...]:
    inline = Inline(Styles(package.part("styles")), package.addresses, changes, lost)
    body = _Body(inline, Numbering(package.part("numbering")), places)
    for part in package.main.iterfind(w("body")):
        body.blocks(part)
    contents = (*body.contents, *_footnotes(written, body))
    check_contents(contents)
    return contents


def _has_words(part: etree._Element) -> bool:
    """Words, or a picture or a watermark; the number of the page alone says nothing."""
    pictured = next(part.iter(w("drawing"), w("pict"), w("object")), None) is not None
    words = "".join(text.text or "" for text in part.iter(w("t"))).strip()
    return pictured or bool(words and not words.isdecimal())


def _footnotes(parts: Mapping[str, etree._Element], body: _Body) -> list[Content]:
    """The paragraphs of the notes the text names, in that order; several paragraphs of one note are lines of one."""
    written: dict[tuple[str, str], etree._Element] = {}
    for kind, part in parts.items():
        written |= {(kind, note.get(w("id"), "")): note for note in part.iterfind(w(kind))}
    named = list(body.inline.notes.items())
    notes: list[Content] = []
    for key, label in named:
        note = footnote(label, body.lines(written[key])) if key in written else Content()
        if note.text:
            body.place_lines(len(body.contents) + len(notes), note)
            notes.append(note)
    return notes


@dataclass
class _Body:
    """Walks the blocks; `cell` collects the paragraphs of the table cell or footnote that is being read."""

    inline: Inline
    numbering: Numbering
    places: Places
    contents: list[Content] = field(default_factory=list)
    counter: ListCounter = field(default_factory=ListCounter)
    cell: list[Rich] | None = None
    tables: int = 0
    _in_lines: list[str] = field(default_factory=list)

    def blocks(self, parent: etree._Element) -> None:
        self._walk(parent)
        self._end(None)

    def _walk(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == w("p"):
                self._paragraph(child)
            elif tag == w("tbl"):
                self._table(child)
            elif tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
                self._walk(child)
            elif tag == ALTERNATE and len(child):
                self._walk(child[0])
            elif tag in ENDS:
                self.inline.words.pin(pin_of(child))
            elif tag == w("altChunk"):
                self.inline.lost["foreign"] += 1
            elif isinstance(tag, str) and tag.startswith(MATH):  # a formula between paragraphs
                self.inline.read([child])
                self._end(None)

    def _paragraph(self, paragraph: etree._Element) -> None:
        """A paragraph whose mark is tracked away runs on into the next one, whose properties then hold
        (§17.13.5.15).
        """
        if not len(paragraph):
            self._end(None)
            return
        properties = paragraph.find(w("pPr"))
        if self.inline.styles.of_contents(value(properties, "pStyle")):
            self.inline.lost["contents"] += 1
            return
        code = self.inline.styles.code(value(properties, "pStyle"))
        self.inline.base = styled(PLAIN, MarkName.CODE) if code else PLAIN
        self.inline.read(paragraph)
        self.inline.end_codes()
        if not self._runs_on(properties):
            self._end(self._before_change(properties))

    def _runs_on(self, properties: etree._Element | None) -> bool:
        return self._undone(None if properties is None else properties.find(w("rPr")))

    def _undone(self, properties: etree._Element | None) -> bool:
        """Whether what has these properties (a paragraph's mark, a row) is not there: an insertion that is not taken
        or a deletion that is.
        """
        found = [] if properties is None else list(properties)
        came = [self.inline.tracked.takes(change) for change in found if change.tag in INSERTED]
        went = [self.inline.tracked.takes(change) for change in found if change.tag in DELETED]
        return not all(came) or any(went)

    def _before_change(self, properties: etree._Element | None) -> etree._Element | None:
        """The properties, or where a change of them is not taken those from before it (§17.13.5.29)."""
        change = None if properties is None else properties.find(w("pPrChange"))
        if change is None or self.inline.tracked.takes(change):
            return properties
        old = change.find(w("pPr"))
        return properties if old is None else old

    def _end(self, properties: etree._Element | None) -> None:
        words = self.inline.taken()
        rich = words.rich()
        if self.cell is not None:
            self.cell.extend([rich] if rich.text else [])
            self._in_lines += [name for name, _ in words.pinned()]
            return
        self.places.put(words.pinned(), len(self.contents))
        if rich.text:
            self.contents.append(self._content(properties, rich))
        else:
            self._listed(properties)  # an empty item counts all the same

    def place_lines(self, rank: int, content: Content) -> None:
        """What is said about words of a cell or a footnote is said about the whole row or note."""
        self.places.put(((name, len(content.text) if name.startswith("to ") else 0) for name in self._in_lines), rank)
        self._in_lines.clear()

    def _content(self, properties: etree._Element | None, rich: Rich) -> Content:
        style_id = value(properties, "pStyle")
        own = outline(properties)
        level = own if own is not None else self.inline.styles.heading(style_id)
        item = self._listed(properties)
        if level:
            self.inline.lost["numbered"] += item is not None and bool(item[1])
            self.counter.interrupt()
            return Content(Head(Kind.HEADING, level), rich)
        if item is None:
            self.counter.interrupt()
            return Content(Head(), rich)
        depth, look, actual, said = item
        return self.counter.item(depth, rich, look, actual, said)

    def _listed(self, properties: etree._Element | None) -> tuple[int, str, int | None, str] | None:
        """(level from 1, look, number, number as printed) of a list item, counted; None for any other paragraph."""
        style_id = value(properties, "pStyle")
        own = None if properties is None else properties.find(w("numPr"))
        styled_so = self.inline.styles.numbering(style_id)
        num_id = value(own, "numId") or value(styled_so, "numId")
        level = number(value(own, "ilvl") or value(styled_so, "ilvl")) or 0
        numbered = self.numbering.item(num_id, level) if num_id and num_id != "0" else None
        if numbered is None:
            return None
        depth = max(level + 1, self.inline.styles.list_level(style_id))
        return depth, numbered.look, numbered.actual, numbered.said

    def lines(self, parent: etree._Element) -> Rich:
        """The paragraphs of a cell or a footnote as lines of one rich string."""
        outer, self.cell = self.cell, []
        waiting, self.inline.words = self.inline.words, Words()
        self.blocks(parent)
        parts, self.cell, self.inline.words = self.cell, outer, waiting
        return concat(piece for count, part in enumerate(parts) for piece in ((Rich("\n"), part) if count else (part,)))

    def _table(self, table: etree._Element) -> None:
        """Rows of cells; a table of one cell is only a frame, and one in a cell is read as its text."""
        own = [line for line in table.iter(w("tr")) if next(line.iterancestors(w("tbl"))) is table]
        rows = [line for line in own if not self._gone(line)]
        cells = [[cell for cell in line.iter(w("tc")) if self._stands(cell, line)] for line in rows]
        self._end(None)
        if self.cell is not None or sum(map(len, cells)) <= 1:
            self.inline.lost["nested"] += self.cell is not None
            for cell in (cell for line in cells for cell in line):
                self.blocks(cell)
            return
        self.tables += 1
        known = dict(zip(rows, cells, strict=True))
        for line in own:
            if line not in known:
                self.places.put(((pin_of(end), 0) for end in line.iter(*ENDS)), len(self.contents))
                continue
            in_line = known[line]
            found = spread((self.lines(cell), _width(cell)) for cell in in_line)
            if found and (any(cell.text for cell in found) or not _put_in(line)):
                self.counter.interrupt()
                header = bool(switched_on(line.find(w("trPr")), "tblHeader"))
                self.contents.append(row(found, str(self.tables), header=header))
                self.place_lines(len(self.contents) - 1, self.contents[-1])

    def _stands(self, cell: etree._Element, line: etree._Element) -> bool:
        """Whether it is a cell of this row itself, and there."""
        return next(cell.iterancestors(w("tr"))) is line and self.inline.tracked.has_cell(cell)

    def _gone(self, line: etree._Element) -> bool:
        return self._undone(line.find(w("trPr")))


def _put_in(line: etree._Element) -> bool:
    """Whether all words of a row are insertions: some programs do not track the row itself."""
    words = list(line.iter(w("t"), w("delText")))
    return bool(words) and all(next(each.iterancestors(*INSERTED), None) is not None for each in words)


def _width(cell: etree._Element) -> int:
    return max(1, min(number(value(cell.find(w("tcPr")), "gridSpan")) or 1, MAX_COLUMNS))
