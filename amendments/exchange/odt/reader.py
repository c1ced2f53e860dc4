"""The blocks and words of an OpenDocument text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from amendments.exchange.archive import parse_xml
from amendments.exchange.building import PLAIN, Blocks, Style, Words, footnote, footnote_mark, printed, row, styled
from amendments.exchange.docx.reader import NOTES
from amendments.exchange.imported import Imported, tracked_notes
from amendments.exchange.limits import check_contents, check_size
from amendments.exchange.links import link_target
from amendments.exchange.odt.names import PARAGRAPHS, SIGNS, SPACES, number_in, q, sign_in
from amendments.exchange.odt.package import CONTENT, STYLES, opened, properties_in, text_in
from amendments.exchange.odt.remarks import END, START, pin_of, remarks
from amendments.exchange.odt.styles import Styles
from amendments.exchange.odt.tracked import Tracked, fragments
from amendments.exchange.odt.unread import margins_in
from amendments.exchange.provenance import held_in, letterhead_in
from amendments.exchange.remarks import Places
from amendments.exchange.tables import MAX_COLUMNS
from amendments.exchange.words import counted
from amendments.text.model import Content, MarkName, Rich, concat

MAX_LEVEL = 6


_CELLS = frozenset(map(q, ("table:table-cell", "table:covered-table-cell")))
_HOLDERS = frozenset(map(q, ("text:section", "text:index-body", "text:numbered-paragraph", "text:list-header")))
_INDEXES = frozenset(
    q(f"text:{name}")
    for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "bibliography",
                 "user-index", "object-index")
)  # fmt: skip
_FIELDS = frozenset(
    q(f"text:{name}")
    for name in ("date", "time", "page-number", "page-count", "page-continuation", "chapter", "author-name",
                 "author-initials", "file-name", "template-name", "title", "subject", "description", "creator",
                 "creation-date", "creation-time", "modification-date", "modification-time", "bookmark-ref",
                 "reference-ref", "note-ref", "sequence-ref", "sequence", "variable-set", "variable-get",
                 "variable-input", "user-field-get", "user-field-input", "expression", "text-input", "placeholder",
                 "conditional-text", "database-display", "database-name", "dde-connection", "bibliography-mark",
                 "sender-firstname", "sender-lastname", "sender-company", "print-date", "print-time",
                 "word-count", "paragraph-count", "character-count", "table-count", "image-count", "object-count")
)  # fmt: skip
_HIDDEN = frozenset(map(q, ("text:hidden-text", "text:hidden-paragraph")))
_SILENT = frozenset(map(q, ("text:tracked-changes", "text:sequence-decls", "office:forms", "text:soft-page-break",
                            "text:note-citation", "text:ruby-text", "text:script")))  # fmt: skip


def read_odt(
    data: bytes, *, reject_tracked: bool = False, author: str | None = None, template: bool = False
) -> Imported:
    """An .odt file; tracked changes are read as accepted, or as rejected but for those of `author`. `template`: it may
    be one that documents are made of.

    Raises Unreadable or TooLarge.
    """
    check_size(data)
    archive = opened(data, template=template)
    content = parse_xml(archive.read(CONTENT))
    roots = [content, *([parse_xml(archive.read(STYLES))] if STYLES in archive.names else [])]
    text = text_in(content)
    margins = list(margins_in(roots))
    styles, found = Styles(roots), Tracked(text, margins, rejected=reject_tracked, author=author)
    lost: Counter[str] = Counter()
    places = Places()
    contents = _contents(text, styles, found, lost, places)
    ground = _contents(text, styles, found.ground(), Counter(), Places()) if found.nested else ()
    said = remarks(text, found.authors_of, places, [len(content.text) for content in contents])
    lost["comment"] = len(said)
    lost["header"] = sum(map(_is_worded, margins))
    tracked = tracked_notes(len(found), found.looks, found.hands, rejected=reject_tracked)
    notes = tuple(counted(lost[key], *forms) for key, forms in NOTES.items() if lost[key])
    properties = properties_in(archive)
    return Imported(
        contents,
        format="odt",
        notes=(*tracked, *notes),
        hands=found.hands,
        ground=ground,
        remarks=said,
        held=held_in(properties),
        letterhead=letterhead_in(properties),
    )


def _contents(
    text: etree._Element, styles: Styles, tracked: Tracked, lost: Counter[str], places: Places
) -> tuple[Content, ...]:
    walk = _Walk(styles, tracked, lost, places)
    walk.blocks_in(text)
    walk.end()
    contents = (*walk.blocks.contents, *walk.notes())
    check_contents(contents)
    return contents


_Lists = tuple[list[str], list[Any]]


def _drawn(element: etree._Element) -> str:
    if element.tag == q("draw:control"):
        return "form"
    return "box" if next(element.iter(q("draw:text-box")), None) is not None else "image"


def _is_worded(margin: etree._Element) -> bool:
    """Whether a header or footer has words or pictures; the number of the page alone says nothing."""
    numbers = "".join(str(part) for number in margin.iter(q("text:page-number")) for part in number.itertext())
    words = "".join("".join(map(str, margin.itertext())).split()).removeprefix(numbers)
    return bool(words) or next(margin.iter(q("draw:frame")), None) is not None


"""The lists around a paragraph: names of their styles, and what `Blocks` knows of them."""


@dataclass
class _Walk:
    """Walks the blocks. `words`: of the paragraph being read; `cell`: of the table cell or footnote being read;
    `absent`: insertions that are not taken and have begun.
    """

    styles: Styles
    tracked: Tracked
    lost: Counter[str] = field(default_factory=Counter)
    places: Places = field(default_factory=Places)
    blocks: Blocks = field(default_factory=Blocks)
    words: Words = field(default_factory=Words)
    cell: list[Rich] | None = None
    absent: set[str] = field(default_factory=set)
    tables: int = 0
    lists: list[str] = field(default_factory=list)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _instead: _Lists | None = None
    """Where the paragraph being read stands in truth, as what was deleted stands before its words."""
    _late: etree._Element | None = None
    """An item that began in an insertion that is not taken."""
    _undo: Callable[[], None] | None = None
    """Takes back the count of the item that was opened last."""
    _notes: list[tuple[str, etree._Element]] = field(default_factory=list)
    _noted: Counter[str] = field(default_factory=Counter)
    _in_lines: list[str] = field(default_factory=list)

    # --- blocks

    def blocks_in(self, parent: Iterable[etree._Element]) -> None:
        for child in parent:
            tag = child.tag
            if tag in (q("text:p"), q("text:h")):
                self.paragraph(child)
            elif tag == q("text:list"):
                self.list_of(child)
            elif tag == q("table:table"):
                self.table(child)
            elif tag in _HOLDERS:
                self.blocks_in(child)
            elif tag in _INDEXES:
                self.lost["contents"] += sum(1 for _ in child.iter(q("text:p")))
            else:
                self.inline(child, PLAIN)

    def paragraph(self, paragraph: etree._Element) -> None:
        """A paragraph whose end was inserted, and that is not taken, runs on into the next one."""
        level = self.level(paragraph)
        if self.words.blank:
            self.blocks.heading = level
        self.children(paragraph, PLAIN)
        if not self.absent:
            self.end()
        elif self.words.blank and self._undo:
            self._undo()
        self._undo = None

    def level(self, paragraph: etree._Element) -> int:
        if paragraph.tag == q("text:h"):
            return min(max(number_in(paragraph.get(q("text:outline-level")), 1), 1), MAX_LEVEL)
        return int(self.styles.is_title(paragraph.get(q("text:style-name"), "")))

    def end(self) -> None:
        """The paragraph ends here."""
        words, self.words = self.words, Words()
        rich = words.rich()
        here = self.blocks.lists
        if self._instead is not None:
            self.blocks.lists = self._instead[1]
            self._instead = None
        if self.cell is None:
            self.places.put(words.pinned(), len(self.blocks.contents))
            self.blocks.block(rich)
        else:
            self._in_lines += [name for name, _ in words.pinned()]
            self.cell += [rich] if rich.text else []
        self.blocks.heading, self.blocks.lists = 0, here

    def list_of(self, element: etree._Element) -> None:
        self.open_list(element)
        for item in element:
            self.open_item(item)
            self.blocks_in(item)
            self._late = None
        self.blocks.close_list()
        self.lists.pop()

    def open_list(self, element: etree._Element) -> None:
        """It may count on from the last one of its style; one in another of its style does, until that counts on."""
        outer = self.lists[-1] if self.lists else None
        self.lists.append(self.style_of(element))
        key = self.lists[-1], len(self.lists)
        look, start = self.styles.look(*key)
        on = element.get(q("text:continue-numbering")) == "true" or element.get(q("text:continue-list"))
        if not (on or outer == self.lists[-1]):
            self.counts[key] = start - 1
        self.blocks.open_list(look, start)

    def style_of(self, list_: etree._Element) -> str:
        return list_.get(q("text:style-name")) or (self.lists[-1] if self.lists else "")

    def open_item(self, item: etree._Element) -> None:
        """One that begins in an insertion that is not taken counts if it has words behind that."""
        if item.tag != q("text:list-item") or (_only_holds(item) and (self.lists[-1], len(self.lists)) in self.counts):
            return
        if self.absent:
            self._late = item
            return
        name, level, open_ = self.lists[-1], len(self.lists), self.blocks.lists[-1]
        of_style = {key: number for key, number in self.counts.items() if key[0] == name and key[1] >= level}
        value = item.get(q("text:start-value"))
        before = of_style.get((name, level), self.styles.look(name, level)[1] - 1)
        number = number_in(value, 1) if value else before + 1
        for key in of_style:
            del self.counts[key]
        self.counts[name, level] = number
        self.blocks.open_item(number)

        def undo() -> None:
            self.counts.pop((name, level), None)
            self.counts |= of_style
            open_.item_open = False

        self._undo = undo

    def table(self, table: etree._Element) -> None:
        """Rows of cells; a table of one cell is only a frame, and one in a cell is read as its text."""
        rows = [
            line for line in table.iter(q("table:table-row")) if next(line.iterancestors(q("table:table"))) is table
        ]
        cells = [[cell for cell in line if cell.tag in _CELLS] for line in rows]
        self.end()
        if self.cell is not None or sum(map(len, cells)) <= 1:
            self.lost["nested"] += self.cell is not None
            for cell in (cell for line in cells for cell in line):
                self.blocks_in(cell)
            return
        self.tables += 1
        for line, in_line in zip(rows, cells, strict=True):
            found = [words for cell in in_line for words in self._cell(cell)][:MAX_COLUMNS]
            if any(words.text for words in found):
                header = line.getparent() is not None and line.getparent().tag == q("table:table-header-rows")  # type: ignore[union-attr]
                self.blocks.other(row(found, str(self.tables), header=header))
                self.place_lines(len(self.blocks.contents) - 1, self.blocks.contents[-1])

    def place_lines(self, rank: int, content: Content) -> None:
        """What is said about words of a cell or a footnote is said about the whole row or note."""
        self.places.put(((name, len(content.text) if name.startswith("to ") else 0) for name in self._in_lines), rank)
        self._in_lines.clear()

    def _cell(self, cell: etree._Element) -> list[Rich]:
        times = min(number_in(cell.get(q("table:number-columns-repeated")), 1), MAX_COLUMNS)
        return [self.lines(cell)] * times

    def lines(self, parent: etree._Element) -> Rich:
        """The paragraphs of a cell or a footnote as lines of one rich string."""
        outer, self.cell = self.cell, []
        waiting, self.words = self.words, Words()
        self.blocks_in(parent)
        self.end()
        parts, self.cell, self.words = self.cell, outer, waiting
        return concat(piece for count, part in enumerate(parts) for piece in ((Rich("\n"), part) if count else (part,)))

    # --- inside a paragraph

    def children(self, element: etree._Element, style: Style) -> None:
        self.say(element.text, style)
        for child in element:
            self.inline(child, style)
            self.say(child.tail, style)

    def say(self, text: str | None, style: Style) -> None:
        if text and not self.absent:
            self.words.flow(text, style)

    def inline(self, element: etree._Element, style: Style) -> None:
        tag = element.tag
        if tag in SIGNS:
            self._sign(element)
        elif tag == q("text:span"):
            linked = any(name is MarkName.LINK for name, _ in style)
            self.children(
                element, style if linked else style | self.styles.marks(element.get(q("text:style-name"), ""))
            )
        elif tag == q("text:a"):
            self._link(element, style)
        elif tag == q("text:note"):
            self._note(element)
        elif tag in (q("text:change-start"), q("text:change-end"), q("text:change")):
            self._change(element)
        elif tag in (START, END):
            self.words.pin(pin_of(element))
        elif isinstance(tag, str) and tag.startswith(f"{{{SPACES['draw']}}}"):
            self.lost[_drawn(element)] += 1
        elif tag in _HIDDEN:
            self.lost["hidden"] += 1
        elif tag not in _SILENT and isinstance(tag, str):
            self.lost["field"] += tag in _FIELDS
            self.children(element, style)

    def _sign(self, element: etree._Element) -> None:
        if self.absent:
            return
        if element.tag == q("text:line-break"):
            self.words.break_line()
        else:
            self.words.add(sign_in(element))

    def _link(self, link: etree._Element, style: Style) -> None:
        address = link.get(q("xlink:href"), "")
        target = link_target(address)
        inside = address.startswith("#")
        self.lost["link"] += bool(address) and not target and not inside
        self.lost["inside"] += inside
        self.children(link, styled(style, MarkName.LINK, target) if target else style)

    def _note(self, note: etree._Element) -> None:
        """Footnotes are 1, 2 ..., endnotes i, ii ... in the order of the text."""
        body = note.find(q("text:note-body"))
        if self.absent or body is None:
            return
        kind = note.get(q("text:note-class"), "footnote")
        self._noted[kind] += 1
        label = printed("i" if kind == "endnote" else "1", self._noted[kind])
        self._notes.append((label, body))
        footnote_mark(self.words, label)

    def notes(self) -> Iterator[Content]:
        """The paragraphs of the notes, after everything else."""
        rank = len(self.blocks.contents)
        for label, body in self._notes:
            note = footnote(label, self.lines(body))
            if note.text:
                self.place_lines(rank, note)
                rank += 1
                yield note

    # --- tracked changes

    def _change(self, element: etree._Element) -> None:
        name = element.get(q("text:change-id"), "")
        if element.tag == q("text:change-end"):
            self.absent.discard(name)
            if self._late is not None and not self.absent:
                late, self._late = self._late, None
                if self.words.blank and self._instead is None:
                    self.open_item(late)
        elif element.tag == q("text:change-start"):
            self.absent |= {name} if self.tracked.absent(name) else set()
        elif (deletion := self.tracked.restored(name)) is not None:
            self._restore(deletion)

    def _restore(self, deletion: etree._Element) -> None:
        """What was deleted stands where it stood: its first paragraph goes on from what is before, its last one goes on
        in what follows, which is then of its kind and in its list.
        """
        known = _Known()
        for number, (block, holders) in enumerate(fragments(deletion)):
            if number:
                self.end()
            self._know(holders, known)
            if number or self.words.blank:
                self._instead = self._entered(holders, known)
                self.blocks.heading = self.level(block) if block.tag in PARAGRAPHS else 0
            if block.tag in PARAGRAPHS:
                self.children(block, PLAIN)
            else:
                self.blocks_in([block])

    def _know(self, holders: Sequence[etree._Element], known: _Known) -> None:
        """Adds the lists of a deletion that are those around its place, and the item in which it stands, each once."""
        names, lists = self._instead or (self.lists, self.blocks.lists)
        style = ""
        for element, name, open_ in zip(holders[::2], names, lists, strict=False):
            style = element.get(q("text:style-name")) or style
            if style == name and not any(open_ is each for each in known.lists.values()):
                known.lists.setdefault(element, open_)
            if known.lists.get(element) is not open_:
                return
        own = lists[-1] if lists and len(holders) == 2 * len(lists) else None
        if own is not None and own.item_open and not any(own is each for each in known.items.values()):
            known.items[holders[-1]] = own
            self._undo = None

    def _entered(self, holders: Sequence[etree._Element], known: _Known) -> _Lists:
        """These lists and items, each in the one before, opened as far as they are not `known`."""
        here, undo = (self.lists, self.blocks.lists), self._undo
        self.lists, self.blocks.lists = [], []
        for element, item in zip(holders[::2], holders[1::2], strict=True):
            if element in known.lists:
                self.lists.append(self.style_of(element))
                self.blocks.lists.append(known.lists[element])
            else:
                self.open_list(element)
                known.lists[element] = self.blocks.lists[-1]
            if item not in known.items:
                known.items[item] = None
                self.open_item(item)
        found = self.lists, self.blocks.lists
        (self.lists, self.blocks.lists), self._undo = here, undo
        return found


@dataclass
class _Known:
    """Lists and items that are open already, by the elements of a deletion that are the same ones."""

    lists: dict[etree._Element, Any] = field(default_factory=dict)
    items: dict[etree._Element, Any] = field(default_factory=dict)


def _only_holds(item: etree._Element) -> bool:
    """Whether it has no words of its own, only the list in it: office programs count it where no other one is yet."""
    return len(item) > 0 and item[0].tag == q("text:list")
