"""The values a text is made of. Pure, frozen, hashable; offsets are code points of a paragraph's plain text.

A **text** is a tuple of paragraphs. A **paragraph** has an identity that outlives its wording, and a content. A
**content** has a kind, attributes and a rich string (plain text with marks beside it). Equality and hash of a content
do not know the identity.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

CELL = "\x1f"
"""Parts the cells of a table row. A control character, so no text that came through the door can contain it."""


class Kind(StrEnum):
    """What a paragraph is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"


class MarkName(StrEnum):
    """What words are marked as; LINK and FOOTNOTE_REF have a target."""

    STRONG = "strong"
    EM = "em"
    UNDERLINE = "u"
    STRIKE = "s"
    SUP = "sup"
    SUB = "sub"
    CODE = "code"
    LINK = "link"
    FOOTNOTE_REF = "footnote_ref"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """`name` holds from `start` to `end` (exclusive); `target`: a link's address, a footnote's label, else empty.

    Code points, 0 <= start < end. Not checked, as marks are made by the million: `Rich.of` drops or clips what is not.
    """

    start: int
    end: int
    name: MarkName
    target: str = ""


def tidy_marks(marks: Iterable[Mark], length: int) -> tuple[Mark, ...]:
    """The one canonical form: inside the text, not empty, equal neighbours united, sorted."""
    by_key: dict[tuple[MarkName, str], list[list[int]]] = {}
    for mark in sorted(marks):
        start, end = max(0, mark.start), min(length, mark.end)
        if start >= end:
            continue
        spans = by_key.setdefault((mark.name, mark.target), [])
        if spans and start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    return tuple(sorted(Mark(s, e, name, target) for (name, target), spans in by_key.items() for s, e in spans))


@dataclass(frozen=True, slots=True, init=False)
class Rich:
    """A plain string with marks beside it. `marks` are canonical (`tidy_marks`), so equality is equality of what is
    read, and none reaches beyond the text. Not checked here: `Rich.of` takes any marks and makes them so.
    """

    text: str = ""
    marks: tuple[Mark, ...] = ()

    def __init__(self, text: str = "", marks: tuple[Mark, ...] = ()) -> None:
        _set_text(self, text)  # two thirds of the time of what a frozen dataclass does; made more often than all else
        _set_marks(self, marks)

    @staticmethod
    def of(text: str, marks: Iterable[Mark] = ()) -> Rich:
        marks = tuple(marks)
        return Rich(text, tidy_marks(marks, len(text)) if marks else ())

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> Rich:
        if not self.marks:
            part = _new(Rich)  # `Rich(…)` without the call of `__init__`
            _set_text(part, self.text[start:end])
            _set_marks(part, ())
            return part
        moved = (
            Mark(m.start - start, m.end - start, m.name, m.target)
            for m in self.marks
            if m.end > start and m.start < end
        )
        return Rich(self.text[start:end], tidy_marks(moved, end - start))

    def stretches(self) -> Iterator[tuple[str, tuple[Mark, ...]]]:
        """Its words in order, each stretch with the marks that hold for all of it."""
        if not self.marks:
            if self.text:
                yield self.text, ()
            return
        edges = sorted({0, len(self), *(mark.start for mark in self.marks), *(mark.end for mark in self.marks)})
        for start, end in pairwise(edges):
            yield self.text[start:end], tuple(m for m in self.marks if m.start <= start and m.end >= end)

    def cells(self) -> list[Rich]:
        """The cells of a table row; of other words the whole."""
        found, start = [], 0
        for part in self.text.split(CELL):
            found.append(self.slice(start, start + len(part)))
            start += len(part) + 1
        return found


_new = object.__new__
_set_text, _set_marks = (Rich.__dict__[name].__set__ for name in ("text", "marks"))


def concat(parts: Iterable[Rich]) -> Rich:
    """One rich string from many; marks that meet are united."""
    parts = list(parts)
    text = "".join([part.text for part in parts])
    if not any(part.marks for part in parts):
        return Rich(text)
    marks: list[Mark] = []
    offset = 0
    for part in parts:
        marks.extend(Mark(m.start + offset, m.end + offset, m.name, m.target) for m in part.marks)
        offset += len(part.text)
    return Rich.of(text, marks)


@dataclass(frozen=True, slots=True)
class Head:
    """What a paragraph is apart from its words. `level`: 1.. for headings and list items, else 0.

    `attributes`: sorted pairs. Used keys: `list` (bullet | ordered), `number` (literal list number as printed),
    `table` (table identity), `header` ("1" for a header row), `label` (of a footnote), `literal` ("1": signs such as
    "## " are part of the text).
    """

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, key: str) -> str:
        return dict(self.attributes).get(key, "")


@dataclass(frozen=True)
class Content:
    """Head and words of a paragraph, without identity. `digest` is SHA-256 over canonical JSON, `hash` the same in hex;
    computed once.
    """

    head: Head = Head()
    rich: Rich = Rich()

    @property
    def text(self) -> str:
        return self.rich.text

    @property
    def kind(self) -> Kind:
        return self.head.kind

    @cached_property
    def digest(self) -> bytes:
        return hashlib.sha256(_CANONICAL.encode(content_to_json(self)).encode()).digest()

    @cached_property
    def hash(self) -> str:
        return self.digest.hex()


@dataclass(frozen=True)
class Paragraph:
    """A content with an identity (opaque string, unique within a text). Two paragraphs are equal when their contents
    are.
    """

    identity: str = field(compare=False)
    content: Content = Content()

    @property
    def text(self) -> str:
        return self.content.rich.text

    @property
    def head(self) -> Head:
        return self.content.head


Text = tuple[Paragraph, ...]

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def plain(text: str, kind: Kind = Kind.PARAGRAPH, level: int = 0, **attributes: str) -> Content:
    """A content without marks: the short way to write one."""
    return Content(Head(kind, level, tuple(sorted(attributes.items()))), Rich(text))


_LITERAL = (("literal", "1"),)


def literal_head(text: str) -> Head:
    """The head of a paragraph of a literal file: one line that begins with one to six "#" and a space is a heading;
    signs stay in the text.
    """
    signs = len(text) - len(text.lstrip("#"))
    if 1 <= signs <= 6 and text[signs : signs + 1] == " " and "\n" not in text:
        return Head(Kind.HEADING, signs, _LITERAL)
    return Head(Kind.PARAGRAPH, 0, _LITERAL)


def literal_content(text: str) -> Content:
    """One paragraph of a literal file as a content."""
    return Content(literal_head(text), Rich(text))


def new_identity(*seed: object) -> str:
    """A new paragraph's identity, from where it comes from (an edit and an ordinal, a file's hash and a rank)."""
    return hashlib.sha256("\x00".join(str(part) for part in seed).encode()).hexdigest()[:20]


def text_of(contents: Iterable[Content], seed: str = "text") -> Text:
    """Paragraphs with fresh identities (`seed`, rank) for contents that have none yet."""
    return tuple(Paragraph(new_identity(seed, rank), content) for rank, content in enumerate(contents))


HASHES_IN_NODE: Final = 64
"""Children of a node of the tree that gives a text its hash."""


def text_hash(text: Text) -> str:
    """The root (hex) of a tree of SHA-256 over the contents' digests in order; identities do not enter.

    Nodes are remembered: where one paragraph reads otherwise, one node of each level is computed again.
    """
    level = tuple(paragraph.content.digest for paragraph in text)
    while True:
        level = tuple(
            _node(level[start : start + HASHES_IN_NODE]) for start in range(0, len(level) or 1, HASHES_IN_NODE)
        )
        if len(level) == 1:
            return level[0].hex()


@lru_cache(maxsize=1024)
def _node(children: tuple[bytes, ...]) -> bytes:
    """The byte in front tells it from a content's JSON, so no text can pass for a part of another."""
    return hashlib.sha256(b"\x01" + b"".join(children)).digest()


def rich_to_json(rich: Rich) -> dict[str, object]:
    data: dict[str, object] = {"text": rich.text}
    if rich.marks:
        data["marks"] = [[m.start, m.end, m.name.value, m.target] for m in rich.marks]
    return data


def rich_from_json(data: dict[str, object]) -> Rich:
    marks = [Mark(start, end, MarkName(name), target) for start, end, name, target in data.get("marks", ())]  # type: ignore[attr-defined]
    return Rich.of(str(data["text"]), marks)


def head_to_json(head: Head) -> dict[str, object]:
    return {"kind": head.kind.value, "level": head.level, "attributes": dict(head.attributes)}


def head_from_json(data: dict[str, object]) -> Head:
    attributes: dict[str, str] = data.get("attributes") or {}  # type: ignore[assignment]
    return Head(Kind(str(data["kind"])), int(str(data["level"])), tuple(sorted(attributes.items())))


def content_to_json(content: Content) -> dict[str, object]:
    """A content as JSON values, for storing and hashing; marks are [start, end, name, target] in code points."""
    return {**head_to_json(content.head), **rich_to_json(content.rich)}


def content_from_json(data: dict[str, object]) -> Content:
    """The inverse of `content_to_json`; raises KeyError or ValueError on anything else."""
    return Content(head_from_json(data), rich_from_json(data))
