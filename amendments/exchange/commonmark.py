"""CommonMark 0.31 (https://spec.commonmark.org/0.31.2/) with the tables and strikethrough of GitHub's dialect, and
footnotes.

Reads: headings, paragraphs, nested lists, tables, strong, em, s, code, links, `[^1]` footnotes, and the tags that
Markdown has no sign for (`<u> <sup> <sub> <br>`). Deviations: other HTML stays as characters; quotations become
paragraphs; pictures and rules are left out and counted. The one importer of markdown-it-py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from amendments.errors import Unreadable
from amendments.exchange.building import PLAIN, TAGS, Blocks, Style, Words, footnote, footnote_mark, row, styled
from amendments.exchange.encoding import decode
from amendments.exchange.imported import Imported
from amendments.exchange.limits import check_contents, check_raw, check_size
from amendments.exchange.links import link_target
from amendments.exchange.words import N_, NN_, Sentence, counted
from amendments.text.door import normalise
from amendments.text.model import Content, MarkName, Rich

MAX_DEPTH = 60
TOO_DEEP = N_("Die Datei ist zu tief verschachtelt. Bitte vereinfachen Sie Listen und Zitate.")
IMAGES = NN_("%(num)d Bild nicht übernommen.", "%(num)d Bilder nicht übernommen.")
RULES = NN_("%(num)d Trennlinie nicht übernommen.", "%(num)d Trennlinien nicht übernommen.")
QUOTES = NN_("%(num)d Zitat als gewöhnlicher Text übernommen.", "%(num)d Zitate als gewöhnlicher Text übernommen.")
LINKS = NN_(
    "%(num)d Verweis mit unzulässiger Adresse als Text übernommen.",
    "%(num)d Verweise mit unzulässiger Adresse als Text übernommen.",
)
HEAD = NN_(
    "Angaben zur Datei vor dem Text nicht übernommen (%(num)d Zeile).",
    "Angaben zur Datei vor dem Text nicht übernommen (%(num)d Zeilen).",
)
_NOTES = {"head": HEAD, "image": IMAGES, "hr": RULES, "blockquote": QUOTES, "link": LINKS}

_TAG = re.compile(r"<(/?)(strong|em|u|s|sup|sub|code|br)\s*/?>", re.IGNORECASE)
_DEFINITION = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


def read_commonmark(data: bytes) -> Imported:
    """A Markdown file with its signs read. Raises Unreadable or TooLarge."""
    check_size(data)
    decoded = decode(data)
    check_raw(decoded.text)
    text, head = _without_head(normalise(decoded.text))
    contents, lost = _contents(text)
    lost["head"] = head
    check_contents(contents)
    notes = tuple(counted(lost[key], *forms) for key, forms in _NOTES.items() if lost[key])
    return Imported(contents, format="md", notes=(*decoded.notes, *notes))


def _without_head(text: str) -> tuple[str, int]:
    """Without the lines "key: value" between two lines of dashes with which many programs begin a file, and their
    number.
    """
    first, *lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if line.rstrip() in ("---", "...")), 0)
    head = lines[:end]
    if first.rstrip() != "---" or not head or not _KEY.match(head[0]):
        return text, 0
    if not all(_KEY.match(line) or not line.strip() or line[0] in " \t-#" for line in head):
        return text, 0
    return "\n".join(lines[end + 1 :]), len(head)


def commonmark_contents(text: str) -> tuple[Content, ...]:
    """The contents of a normalised Markdown text; for the writer's own proof."""
    return _contents(text)[0]


def _contents(text: str) -> tuple[tuple[Content, ...], Counter[str]]:
    tokens = _parser().parse(text)
    if any(token.level >= MAX_DEPTH - 1 for token in tokens):
        raise Unreadable(Sentence(TOO_DEEP))
    reading = _Reading()
    for token in tokens:
        reading.take(token)
    return (*reading.blocks.contents, *reading.footnotes), reading.lost


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_DEPTH, "html": True}).enable(["table", "strikethrough"])
    parser.disable("html_block")
    parser.block.ruler.before("reference", "footnote", _footnote_block, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("link", "footnote_ref", _footnote_inline)
    parser.validateLink = bool  # type: ignore[method-assign,assignment]  # addresses are judged by `link_target`, and counted
    return parser


def _footnote_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    """Block rule: `[^label]: words`, and the lines after it up to a blank one or the next definition."""
    begin = state.bMarks[start] + state.tShift[start]
    found = _DEFINITION.match(state.src, begin, state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    if silent:
        return True
    line = start + 1
    while (
        line < end
        and not state.isEmpty(line)
        and not _DEFINITION.match(state.src, state.bMarks[line] + state.tShift[line])
    ):
        line += 1
    state.push("footnote_open", "", 1).meta = {"label": found[1]}
    inline = state.push("inline", "", 0)
    lines = [state.src[found.end() : state.eMarks[start]]]
    lines += [state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]] for n in range(start + 1, line)]
    inline.content, inline.children, inline.map = ("\n".join(lines).strip(), [], [start, line])
    state.push("footnote_close", "", -1)
    state.line = line
    return True


def _footnote_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - likewise
    found = _REFERENCE.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


@dataclass
class _Reading:
    """Walks the block tokens in order; what is open is on the stacks."""

    blocks: Blocks = field(default_factory=Blocks)
    footnotes: list[Content] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    tables: int = 0
    header: bool = False
    cells: list[Rich] | None = None
    label: str = ""

    def take(self, token: Token) -> None:
        handler = getattr(self, f"_{token.type}", None)
        if handler:
            handler(token)

    def _heading_open(self, token: Token) -> None:
        self.blocks.heading = int(token.tag[1])

    def _heading_close(self, _: Token) -> None:
        self.blocks.heading = 0

    def _bullet_list_open(self, _: Token) -> None:
        self.blocks.open_list("")

    def _ordered_list_open(self, token: Token) -> None:
        start = token.attrGet("start")
        self.blocks.open_list("1" + token.markup, 1 if start is None else int(start))

    def _bullet_list_close(self, _: Token) -> None:
        self.blocks.close_list()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, _: Token) -> None:
        self.blocks.open_item()

    def _table_open(self, _: Token) -> None:
        self.tables += 1

    def _thead_open(self, _: Token) -> None:
        self.header = True

    def _thead_close(self, _: Token) -> None:
        self.header = False

    def _tr_open(self, _: Token) -> None:
        self.cells = []

    def _tr_close(self, _: Token) -> None:
        """A header of empty cells is only there because the notation demands one."""
        if self.cells and not (self.header and not any(cell.text for cell in self.cells)):
            self.blocks.other(row(self.cells, str(self.tables), header=self.header))
        self.cells = None

    def _blockquote_open(self, _: Token) -> None:
        self.lost["blockquote"] += 1

    def _hr(self, _: Token) -> None:
        self.lost["hr"] += 1

    def _footnote_open(self, token: Token) -> None:
        self.label = token.meta["label"]

    def _footnote_close(self, _: Token) -> None:
        self.label = ""

    def _fence(self, token: Token) -> None:
        words = Words()
        words.add(token.content, styled(PLAIN, MarkName.CODE))
        self.blocks.block(words.rich())

    _code_block = _fence

    def _inline(self, token: Token) -> None:
        rich = _rich(token.children or [], self.lost)
        if self.cells is not None:
            self.cells.append(rich)
        elif self.label:
            self.footnotes.extend([footnote(self.label, rich)] if rich.text else [])
        else:
            self.blocks.block(rich)


def _rich(children: Sequence[Token], lost: Counter[str]) -> Rich:
    words = Words()
    for token, style in _styled_tokens(children, lost):
        if token.type in {"text", "html_inline", "code_inline", "text_special"}:
            words.add(token.content, style)
        elif token.type == "softbreak":
            words.flow(" ", style)
        elif token.type == "hardbreak":
            words.break_line(style)
        elif token.type == "image":
            lost["image"] += 1
        elif token.type == "footnote_ref":
            footnote_mark(words, token.meta["label"], style)
    return words.rich()


def _styled_tokens(children: Sequence[Token], lost: Counter[str]) -> Iterator[tuple[Token, Style]]:
    """The tokens that read as something, each with the marks that hold for it."""
    open_: list[tuple[MarkName, str] | None] = []
    for token in children:
        style: Style = frozenset(mark for mark in open_ if mark)
        tag = _TAG.fullmatch(token.content) if token.type == "html_inline" else None
        if tag and tag[2].lower() == "br":
            yield Token("hardbreak", "", 0), style
        elif token.type == "link_open":
            target = link_target(str(token.attrGet("href") or ""))
            lost["link"] += not target
            open_.append((MarkName.LINK, target) if target else None)
        elif token.nesting == 1 or (tag and not tag[1]):
            open_.append((TAGS[tag[2].lower() if tag else token.tag], ""))
        elif token.nesting == -1 or tag:
            _close(open_, None if token.type == "link_close" else (TAGS[tag[2].lower() if tag else token.tag], ""))
        else:
            yield (token, styled(style, MarkName.CODE) if token.type == "code_inline" else style)


def _close(open_: list[tuple[MarkName, str] | None], mark: tuple[MarkName, str] | None) -> None:
    """Take the last opened `mark` away (None: the last link); a closing tag without an opening one means nothing."""
    for index in range(len(open_) - 1, -1, -1):
        standing = open_[index]
        if standing == mark or (mark is None and standing and standing[0] == MarkName.LINK):
            del open_[index]
            return
