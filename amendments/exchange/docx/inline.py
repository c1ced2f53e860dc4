"""What stands inside a paragraph (§17.3.2, §17.16): runs, links, fields, footnote references, tracked words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from amendments.exchange.building import PLAIN, Style, Words, footnote_mark, printed, styled
from amendments.exchange.docx.names import ALTERNATE, GRAPHIC, MATH, RELATION_ID, switched_on, w
from amendments.exchange.docx.remarks import ENDS, pin_of
from amendments.exchange.docx.styles import Styles
from amendments.exchange.docx.tracked import DELETED, INSERTED, Tracked
from amendments.exchange.links import link_target
from amendments.text.model import MarkName

_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_INSIDE = frozenset(
    w(name) for name in ("smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo", "rubyBase", "ruby")
)
_PICTURES = frozenset(w(name) for name in ("drawing", "pict", "object", "contentPart"))
_MARKERS = frozenset(("XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "SEEK"))
"""Codes of fields that print nothing."""
_DIAGRAMS = ("/chart", "/diagram", "/chartex")
_SYMBOLS = re.compile("[\uf000-\uf0ff]")
_MADE = frozenset(("pgNum", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong"))
"""What a program writes itself, of which the file holds no words."""
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


@dataclass
class _Field:
    """A complex field (§17.16.18): its code is not text, its result is."""

    code: str = ""
    result: bool = False
    target: str = ""


@dataclass
class Inline:
    """Reads runs into `words`; `tracked` says which tracked changes are taken."""

    styles: Styles
    addresses: dict[str, str]
    tracked: Tracked
    lost: Counter[str]
    words: Words = field(default_factory=Words)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    base: Style = PLAIN
    _noted: Counter[str] = field(default_factory=Counter)
    _fields: list[_Field] = field(default_factory=list)

    def taken(self) -> Words:
        """The words so far; a new paragraph begins."""
        words, self.words = self.words, Words()
        return words

    def read(self, parent: Iterable[etree._Element], style: Style = PLAIN) -> None:
        for child in parent:
            tag = child.tag
            if tag == w("r"):
                self._run(child, style)
            elif tag == w("hyperlink"):
                self._link(child, style)
            elif tag in (*INSERTED, *DELETED):
                self._change(child, style)
            elif tag in ENDS:
                self._pin([child])
            elif tag in _INSIDE:
                self.lost["field"] += tag == w("fldSimple")
                self.read(child, style)
            elif tag == ALTERNATE:
                self._alternate(child, lambda chosen: self.read(chosen, style))
            elif tag == w("subDoc"):
                self.lost["foreign"] += 1
            elif isinstance(tag, str) and tag.startswith(MATH):
                self._formula(child, style)

    def _change(self, change: etree._Element, style: Style) -> None:
        if self.tracked.takes(change) == (change.tag in INSERTED):
            self.read(change, style)
        else:
            self._pin(change.iter(*ENDS))

    def _pin(self, ends: Iterable[etree._Element]) -> None:
        for end in ends:
            self.words.pin(pin_of(end))

    def _link(self, link: etree._Element, style: Style) -> None:
        address = self.addresses.get(link.get(RELATION_ID, ""), "")
        target = link_target(address)
        self.lost["link"] += bool(address) and not target
        self.lost["inside"] += not address and bool(link.get(w("anchor")))
        self.read(link, styled(style, MarkName.LINK, target) if target else style)

    def _formula(self, formula: etree._Element, style: Style) -> None:
        self.lost["formula"] += 1
        self.words.add("".join(text.text or "" for text in formula.iter(MATH + "t")), style)

    def _alternate(self, element: etree._Element, read: Callable[[etree._Element], None]) -> None:
        """One thing written for newer and older programs: the first way is read."""
        if len(element):
            read(element[0])

    def _run(self, run: etree._Element, style: Style) -> None:
        properties = self._properties(run)
        if switched_on(properties, "vanish"):
            self.lost["hidden"] += any(child.tag == w("t") for child in run)
            return
        style = style | self.base | self.styles.marks(properties)
        targets = [field.target for field in self._fields if field.target]
        self._pieces(run, styled(style, MarkName.LINK, targets[-1]) if targets else style)

    def _properties(self, run: etree._Element) -> etree._Element | None:
        """The run's properties, or where a change of them is not taken those from before it (§17.13.5.31)."""
        properties = run.find(w("rPr"))
        change = None if properties is None else properties.find(w("rPrChange"))
        return properties if change is None or self.tracked.takes(change) else change.find(w("rPr"))

    def _pieces(self, run: etree._Element, style: Style) -> None:
        for piece in run:
            tag = piece.tag
            if tag in (w("fldChar"), w("instrText"), w("delInstrText")):
                self._field(piece)
            elif any(not field.result for field in self._fields):
                continue
            elif tag in (w("t"), w("delText")):
                self._text(piece.text or "", style)
            elif tag == ALTERNATE:
                self._alternate(piece, lambda chosen: self._pieces(chosen, style))
            elif tag in _PICTURES:
                self._picture(piece)
            elif isinstance(tag, str):
                self._sign(piece, tag, style)

    def _text(self, text: str, style: Style) -> None:
        """Characters of fonts of symbols lie where no other ones do (§17.3.3.30)."""
        clean, symbols = _SYMBOLS.subn("\ufffd", text)
        self.lost["symbol"] += symbols
        self.words.add(clean, style)

    def _sign(self, piece: etree._Element, tag: str, style: Style) -> None:
        name = tag.rpartition("}")[2]
        if name in _SIGNS:
            self.words.add(_SIGNS[name], style)
        elif name == "br" and piece.get(w("type")) not in ("page", "column"):
            self.words.break_line(style)
        elif name == "sym":
            self.lost["symbol"] += 1
            self.words.add("\ufffd", style)
        elif name in ("footnoteReference", "endnoteReference"):
            self._reference(name.removesuffix("Reference"), piece.get(w("id"), ""))
        elif name == "commentReference":
            self.lost["comment"] += 1
            self._pin([piece])
        elif name in _MADE:
            self.lost["wordless"] += 1

    def _reference(self, kind: str, note_id: str) -> None:
        """Footnotes are 1, 2 ..., endnotes i, ii ... in the order in which the text names them (§17.11)."""
        key = (kind, note_id)
        if key not in self.notes:
            self._noted[kind] += 1
            self.notes[key] = printed("1" if kind == "footnote" else "i", self._noted[kind])
        footnote_mark(self.words, self.notes[key])

    def _picture(self, piece: etree._Element) -> None:
        box = next(piece.iter(w("txbxContent")), None)
        if box is not None and "".join(str(t) for t in box.itertext()).strip():
            self.lost["box"] += 1
        elif any((element.get("uri") or "").endswith(_DIAGRAMS) for element in piece.iter(GRAPHIC)):
            self.lost["diagram"] += 1
        else:
            self.lost["image"] += 1

    def _field(self, piece: etree._Element) -> None:
        if piece.tag != w("fldChar"):
            if self._fields:
                self._fields[-1].code += piece.text or ""
            return
        kind = piece.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            found = _LINK_FIELD.match(self._fields[-1].code)
            self._fields[-1].target = link_target(found[1]) if found else ""
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._ended(self._fields.pop())

    def _ended(self, field: _Field) -> None:
        code = field.code.split(maxsplit=1)
        if code and code[0].upper() in ("FORMCHECKBOX", "FORMDROPDOWN"):
            self.lost["form"] += 1
        elif not field.result:
            self.lost["wordless"] += bool(code) and code[0].upper() not in _MARKERS
        else:
            self.lost["field"] += not field.target and not _LINK_FIELD.match(field.code)

    def end_codes(self) -> None:
        """A code ends with its paragraph: of one that nobody ended the rest of the text is not a part."""
        while self._fields and not self._fields[-1].result:
            self._ended(self._fields.pop())
