"""OpenDocument texts: OASIS OpenDocument 1.3 Part 3 (https://docs.oasis-open.org/office/OpenDocument/v1.3/).

Section numbers in this module are those of Part 3. Read with lxml alone: odfpy has had no release since 2020 and builds
its tree without limits. Deviations: pictures, text boxes, comments, indexes, headers and footers are left out and
counted; automatic numbers of headings are not part of their text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from amendments.errors import Unreadable
from amendments.exchange.archive import ENCRYPTED, Archive, parse_xml
from amendments.exchange.building import PLAIN, Blocks, Style, Words, footnote, footnote_mark, printed, row, styled
from amendments.exchange.docx.reader import NOTES
from amendments.exchange.formats import NOT_ODT
from amendments.exchange.imported import ACCEPTED, REJECTED, Imported
from amendments.exchange.limits import check_contents, check_size
from amendments.exchange.links import link_target
from amendments.exchange.tables import MAX_COLUMNS
from amendments.exchange.tracked import Change, Passage, Stack, built_on
from amendments.exchange.words import Sentence, counted
from amendments.text.door import one_line
from amendments.text.model import Content, MarkName, Rich, concat

MIME = b"application/vnd.oasis.opendocument.text"

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
MAX_LEVEL = 6
MAX_SPACES = 1_000
"""Of one `text:s`; a made-up count cannot fill the memory."""
_CHAIN = 20


def q(name: str) -> str:
    """`text:p` as lxml names it."""
    prefix, local = name.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"


_HOLDERS = frozenset(map(q, ("text:section", "text:index-body", "text:numbered-paragraph", "text:list-header")))
_INDEXES = frozenset(
    q(f"text:{name}")
    for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "bibliography")
)
_SILENT = frozenset(map(q, ("text:tracked-changes", "text:sequence-decls", "office:forms", "text:soft-page-break",
                            "text:note-citation", "text:ruby-text", "office:annotation-end")))  # fmt: skip


def read_odt(data: bytes, *, reject_tracked: bool = False, author: str | None = None) -> Imported:
    """An .odt file; tracked changes are read as accepted, or as rejected but for those of `author`.

    Raises Unreadable or TooLarge.
    """
    check_size(data)
    archive = Archive(data)
    if "mimetype" not in archive.names or archive.read("mimetype").strip() != MIME:
        raise Unreadable(Sentence(NOT_ODT))
    if "META-INF/manifest.xml" in archive.names and _encrypted(parse_xml(archive.read("META-INF/manifest.xml"))):
        raise Unreadable(Sentence(ENCRYPTED))
    if "content.xml" not in archive.names:
        raise Unreadable(Sentence(NOT_ODT))
    content = parse_xml(archive.read("content.xml"))
    roots = [content, *([parse_xml(archive.read("styles.xml"))] if "styles.xml" in archive.names else [])]
    text = content.find(f"{q('office:body')}/{q('office:text')}")
    if text is None:
        raise Unreadable(Sentence(NOT_ODT))
    styles, found = _Styles(roots), _Tracked(text, rejected=reject_tracked, author=author)
    lost: Counter[str] = Counter()
    contents = _contents(text, styles, found, lost)
    ground = _contents(text, styles, found.ground(), Counter()) if found.nested else ()
    changes = len(found)
    tracked = (counted(changes, *(REJECTED if reject_tracked else ACCEPTED)),) if changes else ()
    notes = tuple(counted(lost[key], *forms) for key, forms in NOTES.items() if lost[key])
    return Imported(contents, format="odt", notes=(*tracked, *notes), authors=found.authors, ground=ground)


def _contents(text: etree._Element, styles: _Styles, tracked: _Tracked, lost: Counter[str]) -> tuple[Content, ...]:
    walk = _Walk(styles, tracked, lost)
    walk.blocks_in(text)
    walk.end()
    contents = (*walk.blocks.contents, *walk.notes())
    check_contents(contents)
    return contents


def _encrypted(manifest: etree._Element) -> bool:
    return next(manifest.iter(q("manifest:encryption-data")), None) is not None


class _Styles:
    """Styles (§16) of both parts by family and name."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        for root in reversed(roots):
            for style in root.iter(q("style:style")):
                self._styles[style.get(q("style:family"), ""), style.get(q("style:name"), "")] = style
            for style in root.iter(q("text:list-style")):
                self._lists[style.get(q("style:name"), "")] = style

    def _chain(self, family: str, name: str) -> Iterator[tuple[str, etree._Element]]:
        for _ in range(_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield name, style
            name = style.get(q("style:parent-style-name"), "")

    def is_title(self, name: str) -> bool:
        return name == "Title" or any(
            own == "Title" or style.get(q("style:parent-style-name")) == "Title"
            for own, style in self._chain("paragraph", name)
        )

    def marks(self, name: str) -> Style:
        """The marks of a text style (§16.29.27): what it says itself, else what it is based on says."""
        said: dict[MarkName, bool] = {}
        if name.startswith(("Source_20_Text", "Teletype")):
            said[MarkName.CODE] = True
        for _, style in self._chain("text", name):
            properties = style.find(q("style:text-properties"))
            if properties is not None:
                said = _marks_of(properties) | said
        return frozenset((mark, "") for mark, on in said.items() if on)

    def look(self, name: str, level: int) -> tuple[str, int]:
        """How the numbers of a list read ("" for bullets) and where they start (§16.31, §19.500)."""
        for style in self._lists.get(name, ()):
            if style.get(q("text:level")) != str(level):
                continue
            form = style.get(q("style:num-format"), "")
            if style.tag != q("text:list-level-style-number") or form not in ("1", "a", "A", "i", "I"):
                return "", 1
            look = style.get(q("style:num-prefix"), "") + form + style.get(q("style:num-suffix"), "")
            return look, _number(style.get(q("text:start-value")), 1)
        return "", 1


def _marks_of(properties: etree._Element) -> dict[MarkName, bool]:
    found: dict[MarkName, bool] = {}
    for mark, name, off in (
        (MarkName.STRONG, "fo:font-weight", ("normal", "400")),
        (MarkName.EM, "fo:font-style", ("normal",)),
        (MarkName.UNDERLINE, "style:text-underline-style", ("none",)),
        (MarkName.STRIKE, "style:text-line-through-style", ("none",)),
    ):
        value = properties.get(q(name))
        if value is not None:
            found[mark] = value not in off
    position = properties.get(q("style:text-position"), "")
    if position:
        found[MarkName.SUP] = position.startswith("super")
        found[MarkName.SUB] = position.startswith("sub")
    return found


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


class _Tracked:
    """The changes that `text:tracked-changes` lists (§5.5): whose, what was deleted, and which are taken.

    A region of several changes lists the latest first: a deletion before an insertion strikes what was inserted.
    """

    def __init__(self, text: etree._Element, *, rejected: bool, author: str | None) -> None:
        self._rejected, self._author, self.own = rejected, author, True
        self._regions: dict[str, list[Change]] = {}
        listed = text.find(q("text:tracked-changes"))
        for region in () if listed is None else listed.iterfind(q("text:changed-region")):
            changes = [_change(element) for element in region if isinstance(element.tag, str)]
            self._regions[region.get(q("text:id")) or _xml_id(region)] = changes[::-1]
        self.authors = tuple(dict.fromkeys(change.author for changes in self._regions.values() for change in changes))
        self._beneath = frozenset() if author is None else built_on(self._passages(text), author)
        self.nested = bool(rejected and self._beneath)

    def __len__(self) -> int:
        return sum(map(len, self._regions.values()))

    def ground(self) -> _Tracked:
        """The same without those of `author`: what they are built on alone."""
        found = copy(self)
        found.own = False
        return found

    def absent(self, name: str) -> bool:
        """Whether the words were inserted by a change that is not taken."""
        return any(change.inserted and not self._takes(change) for change in self._regions.get(name, ()))

    def restored(self, name: str) -> etree._Element | None:
        """The deletion whose words stand, as it is not taken."""
        for change in self._regions.get(name, ()):
            element: etree._Element = cast("Any", change.key)
            if element.tag == q("text:deletion") and not self._takes(change) and not self.absent(name):
                return element
        return None

    def _takes(self, change: Change) -> bool:
        own = self.own and change.author == self._author
        return not self._rejected or own or change.key in self._beneath

    def _passages(self, text: etree._Element) -> Iterator[Passage]:
        open_: list[str] = []
        found: list[Stack] = []
        for element, words in _in_order(text):
            name = "" if element is None else element.get(q("text:change-id"), "")
            if name and element is not None and element.tag == q("text:change-end"):
                open_ = [each for each in open_ if each != name]
            elif name in self._regions:
                found.append([change for each in (*open_, name) for change in self._regions[each]])
                open_ += [name] if element is not None and element.tag == q("text:change-start") else []
            elif words and not open_ and found:
                yield found
                found = []
        if found:
            yield found


def _in_order(text: etree._Element) -> Iterator[tuple[etree._Element | None, bool]]:
    """The elements as they begin, and (None, True) wherever there are words, or where a paragraph ends."""
    walk = etree.iterwalk(text, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            yield element, element.tag in _SIGNS
            if element.tag == q("text:tracked-changes"):
                walk.skip_subtree()
            elif element.text and element.tag in _WORDED:
                yield None, True
        elif element.tag in _PARAGRAPHS:
            yield None, True
        if event == "end" and element.tail and element.getparent() is not None and element.getparent().tag in _WORDED:
            yield None, True


def _change(element: etree._Element) -> Change:
    creator = element.findtext(f"{q('office:change-info')}/{q('dc:creator')}", "")
    return Change(element, one_line(creator), element.tag == q("text:insertion"))


def _xml_id(element: etree._Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}id", "")


@dataclass
class _Walk:
    """Walks the blocks. `words`: of the paragraph being read; `cell`: of the table cell or footnote being read;
    `absent`: insertions that are not taken and have begun.
    """

    styles: _Styles
    tracked: _Tracked
    lost: Counter[str] = field(default_factory=Counter)
    blocks: Blocks = field(default_factory=Blocks)
    words: Words = field(default_factory=Words)
    cell: list[Rich] | None = None
    absent: set[str] = field(default_factory=set)
    tables: int = 0
    lists: list[str] = field(default_factory=list)
    _notes: list[tuple[str, etree._Element]] = field(default_factory=list)
    _noted: Counter[str] = field(default_factory=Counter)

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

    def level(self, paragraph: etree._Element) -> int:
        if paragraph.tag == q("text:h"):
            return min(max(_number(paragraph.get(q("text:outline-level")), 1), 1), MAX_LEVEL)
        return int(self.styles.is_title(paragraph.get(q("text:style-name"), "")))

    def end(self) -> None:
        """The paragraph ends here."""
        rich, self.words = self.words.rich(), Words()
        if self.cell is None:
            self.blocks.block(rich)
        elif rich.text:
            self.cell.append(rich)
        self.blocks.heading = 0

    def list_of(self, element: etree._Element) -> None:
        self.lists.append(element.get(q("text:style-name")) or (self.lists[-1] if self.lists else ""))
        look, start = self.styles.look(self.lists[-1], len(self.lists))
        self.blocks.open_list(look, start)
        for item in element:
            if item.tag == q("text:list-item"):
                value = item.get(q("text:start-value"))
                self.blocks.open_item(_number(value, 1) if value else None)
            self.blocks_in(item)
        self.blocks.close_list()
        self.lists.pop()

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

    def _cell(self, cell: etree._Element) -> list[Rich]:
        times = min(_number(cell.get(q("table:number-columns-repeated")), 1), MAX_COLUMNS)
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
        if tag in _SIGNS:
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
        elif tag == q("office:annotation"):
            self.lost["comment"] += 1
        elif isinstance(tag, str) and tag.startswith(f"{{{_SPACES['draw']}}}"):
            self.lost["box" if next(element.iter(q("draw:text-box")), None) is not None else "image"] += 1
        elif tag not in _SILENT and isinstance(tag, str):
            self.children(element, style)

    def _sign(self, element: etree._Element) -> None:
        if self.absent:
            return
        if element.tag == q("text:s"):
            self.words.add(" " * min(_number(element.get(q("text:c")), 1), MAX_SPACES))
        elif element.tag == q("text:tab"):
            self.words.add("\t")
        else:
            self.words.break_line()

    def _link(self, link: etree._Element, style: Style) -> None:
        address = link.get(q("xlink:href"), "")
        target = link_target(address)
        self.lost["link"] += bool(address) and not target and not address.startswith("#")
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
        for label, body in self._notes:
            rich = self.lines(body)
            if rich.text:
                yield footnote(label, rich)

    # --- tracked changes

    def _change(self, element: etree._Element) -> None:
        name = element.get(q("text:change-id"), "")
        if element.tag == q("text:change-end"):
            self.absent.discard(name)
        elif element.tag == q("text:change-start"):
            self.absent |= {name} if self.tracked.absent(name) else set()
        elif (deletion := self.tracked.restored(name)) is not None:
            self._restore(deletion)

    def _restore(self, deletion: etree._Element) -> None:
        """What was deleted stands where it stood: its first paragraph goes on from what is before, its last one goes on
        in what follows.
        """
        parts = [child for child in deletion if child.tag != q("office:change-info")]
        for number, part in enumerate(parts):
            if number:
                self.end()
            if part.tag in (q("text:p"), q("text:h")):
                if self.words.blank:
                    self.blocks.heading = self.level(part)
                self.children(part, PLAIN)
            else:
                self.blocks_in([part])


_SIGNS = frozenset(map(q, ("text:s", "text:tab", "text:line-break")))
_CELLS = frozenset(map(q, ("table:table-cell", "table:covered-table-cell")))
_PARAGRAPHS = frozenset(map(q, ("text:p", "text:h")))
_WORDED = _PARAGRAPHS | {q("text:span"), q("text:a")}
