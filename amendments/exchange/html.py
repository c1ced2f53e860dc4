"""HTML (WHATWG HTML Living Standard, https://html.spec.whatwg.org/) to contents. The one importer of bleach.

lxml reads the page and takes away what is no text; bleach lets an allow-list of elements and addresses pass; what it
leaves is read into contents. No HTML outlives this module. Sizes are checked before each of the three steps (bleach
needs seconds per megabyte). Deviations: quotations, definition lists and captions become paragraphs; styles (CSS) are
not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

import bleach
from lxml import etree
from lxml import html as lxml_html

from amendments.errors import TooLarge, Unreadable
from amendments.exchange import own_page
from amendments.exchange.building import PLAIN, Blocks, Style, Words, row, styled
from amendments.exchange.encoding import decode
from amendments.exchange.imported import Imported
from amendments.exchange.limits import check_contents, check_size
from amendments.exchange.links import link_target
from amendments.exchange.tables import Grid
from amendments.exchange.words import N_, NN_, Sentence, counted
from amendments.text.door import normalise
from amendments.text.model import MarkName, Rich, concat

MAX_HTML = 2_000_000
"""Characters that bleach is given: what is left of a page without styles, scripts and pictures."""
MAX_HTML_TAGS = 150_000
"""Starting and ending tags that bleach is given; it needs seconds for them."""
MAX_RAW_TAGS = 600_000
"""Of a page as it comes; a tree of more would fill the memory before anything can be taken away."""
MAX_DEPTH = 100
AT_ONCE = 200
"""Elements that bleach is given at once."""

TOO_LARGE = N_("Die HTML-Datei ist zu umfangreich. Bitte speichern Sie sie als Word-Dokument (.docx) oder Text.")
TOO_DEEP = N_("Die HTML-Datei ist zu tief verschachtelt. Bitte speichern Sie sie als Word-Dokument (.docx) oder Text.")
IMAGES = NN_("%(num)d Bild oder Objekt nicht übernommen.", "%(num)d Bilder oder Objekte nicht übernommen.")
FIELDS = NN_("%(num)d Formularfeld nicht übernommen.", "%(num)d Formularfelder nicht übernommen.")
LINKS = NN_(
    "%(num)d Verweis mit unzulässiger Adresse als Text übernommen.",
    "%(num)d Verweise mit unzulässiger Adresse als Text übernommen.",
)
NESTED = NN_(
    "%(num)d Tabelle in einer Tabelle als Text übernommen.", "%(num)d Tabellen in Tabellen als Text übernommen."
)
HIDDEN = NN_("%(num)d verborgene Textstelle nicht übernommen.", "%(num)d verborgene Textstellen nicht übernommen.")
HEADERS = NN_("%(num)d Kopf- oder Fußzeile nicht übernommen.", "%(num)d Kopf- oder Fußzeilen nicht übernommen.")
COMMENTS = NN_("%(num)d Kommentar nicht übernommen.", "%(num)d Kommentare nicht übernommen.")
_NOTES = {
    "image": IMAGES,
    "field": FIELDS,
    "link": LINKS,
    "nested": NESTED,
    "hidden": HIDDEN,
    "header": HEADERS,
    "comment": COMMENTS,
}

MARKS = {"strong": MarkName.STRONG, "b": MarkName.STRONG, "em": MarkName.EM, "i": MarkName.EM, "cite": MarkName.EM,
         "u": MarkName.UNDERLINE, "ins": MarkName.UNDERLINE, "s": MarkName.STRIKE, "strike": MarkName.STRIKE,
         "del": MarkName.STRIKE, "sup": MarkName.SUP, "sub": MarkName.SUB, "code": MarkName.CODE, "tt": MarkName.CODE,
         "kbd": MarkName.CODE, "samp": MarkName.CODE}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
                     "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend",
                     "main", "nav", "p", "pre", "section", "summary"])  # fmt: skip
_TABLES = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th"])
_BEGINS_A_BLOCK = frozenset([*_BLOCKS, *_HEADINGS, "table", "ul", "ol"])
_HOLDERS = frozenset(["article", "center", "div", "main", "section"])
ALLOWED = frozenset([*MARKS, *_HEADINGS, *_BLOCKS, *_TABLES, "a", "br", "ul", "ol", "li"])
ATTRIBUTES = {
    "a": ["href"],
    "ol": ["start", "type"],
    "li": ["value"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan"],
}

PROTOCOLS = ["http", "https", "mailto"]

_IMAGES = frozenset(["img", "svg", "object", "embed", "iframe", "video", "audio", "canvas", "applet", "math"])
_FIELDS = frozenset(["input", "select", "textarea", "button"])
_NO_TEXT = frozenset(["head", "title", "script", "style", "template", "noscript", "noframes", "noembed", "xmp",
                      "plaintext", "datalist", "map"])  # fmt: skip
_BACK_SIGNS = frozenset(["↩", "↩\ufe0e", "↩\ufe0f"])
_LOOKS = {"a": "a.", "A": "A.", "i": "i.", "I": "I."}
_HEADER_STYLE = re.compile(r"mso-element:\s*(?:header|footer)\b")
_COMMENT_LIST = re.compile(r"mso-element:\s*comment-list\b")
_HIDDEN_STYLE = re.compile(r"(?:^|[;\s])display:\s*none\b", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,6}")


def read_html(data: bytes) -> Imported:
    """A page or a fragment. Raises Unreadable (no text, too deep) or TooLarge."""
    check_size(data)
    decoded = decode(data)
    lost: Counter[str] = Counter()
    tree = _parsed(normalise(decoded.text))
    if tree is None:
        return Imported((), format="html", notes=decoded.notes)
    _without_frame(tree)
    _take_away(tree, lost)
    page = _Page(lost)
    clean = _parsed(_allowed(tree))
    if clean is not None:
        page.children(clean, PLAIN)
        page.flush()
    check_contents(page.blocks.contents)
    notes = tuple(counted(lost[key], *forms) for key, forms in _NOTES.items() if lost[key])
    return Imported(tuple(page.blocks.contents), format="html", notes=(*decoded.notes, *notes))


def _parsed(text: str) -> lxml_html.HtmlElement | None:
    """The tree, or None when nothing stands there. libxml2 ends silently at its depth limit; its log knows."""
    if not text.strip():
        return None
    if text.count("<") > MAX_RAW_TAGS:
        raise TooLarge(Sentence(TOO_LARGE))
    parser = lxml_html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        tree = lxml_html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:  # comments and nothing else
        return None
    except etree.XMLSyntaxError as error:  # a parser that recovers from everything else ran out of memory
        raise TooLarge(Sentence(TOO_LARGE)) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log) or _depth(tree) > MAX_DEPTH:
        raise Unreadable(Sentence(TOO_DEEP))
    return tree


def _depth(tree: lxml_html.HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _without_frame(tree: lxml_html.HtmlElement) -> None:
    """A page of ours without what it says around its text. Raises Unreadable where it is a redline."""
    said = {element.get("content") for element in tree.iter("meta") if element.get("name") == "generator"}
    if own_page.CHANGES in said:
        raise Unreadable(Sentence(own_page.SHOWS_CHANGES))
    if own_page.TEXT not in said:
        return
    for header in tree.findall("body/header"):
        header.drop_tree()
    for element in tree.iter(*_HEADINGS):
        element.tag = f"h{max(_HEADINGS[element.tag] - 1, 1)}"


def _take_away(tree: lxml_html.HtmlElement, lost: Counter[str]) -> None:
    """Elements whose inside is no text of the page; what follows them stays."""
    gone: set[lxml_html.HtmlElement] = set()
    for element in list(tree.iter()):
        if element in gone:
            continue
        tag, address = element.tag, element.get("href") or ""
        lost["link"] += tag == "a" and bool(address) and not address.startswith("#") and not link_target(address)
        lost["image"] += tag in _IMAGES
        lost["field"] += tag in _FIELDS and element.get("type") != "hidden"
        aside = _put_aside(element)
        lost[aside] += bool(aside) and bool(element.text_content().strip())
        no_text = tag in _IMAGES or tag in _FIELDS or tag in _NO_TEXT or (tag == "a" and _leads_back(element))
        if (no_text or aside) and element.getparent() is not None:
            gone.update(element.iter())
            element.drop_tree()


def _put_aside(element: lxml_html.HtmlElement) -> str:
    """As what a word processor has put words beside the text: "header", "comment", "hidden"; else empty. Word names the
    places of comments in brackets and lists what they say at the end.
    """
    style = element.get("style") or ""
    if (element.tag == "div" and element.get("title") in ("header", "footer")) or _HEADER_STYLE.search(style):
        return "header"
    if "MsoCommentReference" in (element.get("class") or ""):
        return "comment"
    if _COMMENT_LIST.search(style):
        return "list"
    return "hidden" if element.get("hidden") is not None or _HIDDEN_STYLE.search(style) else ""


def _leads_back(link: lxml_html.HtmlElement) -> bool:
    """From a footnote back to its place (role doc-backlink, DPUB-ARIA 1.0): a sign to press, no words of the note."""
    if not (link.get("href") or "").startswith("#"):
        return False
    return "doc-backlink" in (link.get("role") or "").split() or link.text_content().strip() in _BACK_SIGNS


def _allowed(tree: lxml_html.HtmlElement) -> str:
    text = normalise(etree.tostring(tree, encoding="unicode", method="html"))
    if len(text) > MAX_HTML or text.count("<") > MAX_HTML_TAGS:
        raise TooLarge(Sentence(TOO_LARGE))
    return "".join(
        bleach.clean(part, tags=ALLOWED, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True)
        for part in _in_parts(tree, text)
    )


def _in_parts(tree: lxml_html.HtmlElement, text: str) -> Iterator[str]:
    """The page some hundred elements at a time: bleach walks among siblings, in time with the square of their number.

    Cut between blocks only, so that every part means what it meant.
    """
    holder = tree.find("body")
    while holder is not None and len(holder) == 1 and holder[0].tag in _HOLDERS and not (holder.text or "").strip():
        holder = holder[0]
    if holder is None or len(holder) <= AT_ONCE:
        yield text
        return
    yield escape(holder.text or "", quote=False)
    part: list[str] = []
    for child in holder:
        if len(part) >= AT_ONCE and child.tag in _BEGINS_A_BLOCK:
            yield normalise("".join(part))
            part = []
        part.append(etree.tostring(child, encoding="unicode", method="html"))
    yield normalise("".join(part))


@dataclass
class _Page:
    """Walks the allowed elements; `words` is the block being read, `cell` the blocks of the table cell being read."""

    lost: Counter[str]
    blocks: Blocks = field(default_factory=Blocks)
    words: Words = field(default_factory=Words)
    cell: list[Rich] | None = None
    tables: int = 0
    preformatted: bool = False

    def children(self, element: lxml_html.HtmlElement, style: Style) -> None:
        self.text(element.text, style)
        for child in element:
            self.element(child, style)
            self.text(child.tail, style)

    def text(self, text: str | None, style: Style) -> None:
        if text and self.preformatted:
            self.words.add(text, style)
        elif text:
            self.words.flow(text, style)

    def flush(self) -> None:
        """The block ends here."""
        rich = self.words.rich()
        self.words = Words()
        if self.cell is None:
            self.blocks.block(rich)
        elif rich.text:
            self.cell.append(rich)

    def element(self, element: lxml_html.HtmlElement, style: Style) -> None:
        tag = str(element.tag)
        if tag in MARKS:
            self.children(element, styled(style, MARKS[tag]))
        elif tag == "br":
            self.words.break_line(style)
        elif tag == "a":
            self.link(element, style)
        elif tag in ("ul", "ol", "li"):
            self.list(element, style)
        elif tag == "table":
            self.table(element, style)
        else:
            self.block(element, style)

    def block(self, element: lxml_html.HtmlElement, style: Style) -> None:
        tag = str(element.tag)
        inline = tag not in _BLOCKS and tag not in _HEADINGS and tag not in _TABLES
        if not inline:
            self.flush()
        heading, preformatted = self.blocks.heading, self.preformatted
        self.blocks.heading = _HEADINGS.get(tag, heading)
        self.preformatted = preformatted or tag == "pre"
        self.children(element, style)
        if not inline:
            self.flush()
        self.blocks.heading, self.preformatted = heading, preformatted

    def link(self, element: lxml_html.HtmlElement, style: Style) -> None:
        target = link_target(element.get("href") or "")
        self.children(element, styled(style, MarkName.LINK, target) if target else style)

    def list(self, element: lxml_html.HtmlElement, style: Style) -> None:
        self.flush()
        if element.tag == "li":
            value = _number(element.get("value"))
            self.blocks.open_item(value)
            self.children(element, style)
            self.flush()
            return
        look = _LOOKS.get(element.get("type", ""), "1.") if element.tag == "ol" else ""
        start = _number(element.get("start"))
        self.blocks.open_list(look, 1 if start is None else start)
        self.children(element, style)
        self.flush()
        self.blocks.close_list()

    def table(self, element: lxml_html.HtmlElement, style: Style) -> None:
        """Rows of cells; a table of one cell is only a frame, and one in a cell is read as its text."""
        rows = [line for line in element.iter("tr") if next(line.iterancestors("table")) is element]
        cells = [[cell for cell in line if cell.tag in ("td", "th")] for line in rows]
        self.flush()
        for caption in element.iterchildren("caption"):
            self.block(caption, style)
        if self.cell is not None or sum(map(len, cells)) <= 1:
            self.lost["nested"] += self.cell is not None
            for cell in (cell for line in cells for cell in line):
                self.block(cell, style)
            return
        self.tables += 1
        grid = Grid()
        for line, in_line in zip(rows, cells, strict=True):
            found = [(self.one_cell(cell, style), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in in_line]
            header = next(line.iterancestors()).tag == "thead" or all(cell.tag == "th" for cell in in_line)
            if found:
                self.blocks.other(row(grid.line(found), str(self.tables), header=header))

    def one_cell(self, cell: lxml_html.HtmlElement, style: Style) -> Rich:
        self.cell = []
        self.children(cell, style)
        self.flush()
        parts, self.cell = self.cell, None
        return concat(
            piece for number, part in enumerate(parts) for piece in ((Rich("\n"), part) if number else (part,))
        )


def _number(value: str | None) -> int | None:
    return int(value) if value and _NUMBER.fullmatch(value.strip()) else None


def _span(cell: lxml_html.HtmlElement, name: str) -> int:
    return max(_number(cell.get(name)) or 1, 1)
