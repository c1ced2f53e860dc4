"""What somebody typed or pressed on a page, as hunks. Pure: base text and plain strings in, hunks out.

A person sees the wording of a stretch (usually the sentence they chose) and rewrites it. Marks of words that stay are
kept; new words take the marks that hold on both sides of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from amendments.errors import InvalidInput
from amendments.text import edits
from amendments.text.diff import diff_rich
from amendments.text.door import normalise
from amendments.text.hunks import START, Delete, Hunk, Join, Replace
from amendments.text.model import CELL, Content, Head, Kind, Paragraph, Rich, Text, literal_content, literal_head, plain
from amendments.text.sentences import sentence_starts, span_of

MAX_WORDING = 50_000
"""Code points of one typed wording."""
LONGEST_STRETCH = 700
"""A paragraph up to this length is offered whole; of a longer one only the sentences that were chosen."""

NO_CHANGE = "Der Wortlaut ist noch unverändert. Bitte schreiben Sie, wie die Stelle lauten soll."
TOO_LONG = "Dieser Text ist zu lang für eine einzelne Textstelle. Bitte teilen Sie ihn auf."
NEW_PARAGRAPH = (
    "Leerzeilen trennen Absätze. Für einen neuen Absatz wählen Sie bitte „Absatz danach einfügen“ oder „Absatz teilen“."
)
NO_WORDS = "Bitte schreiben Sie den neuen Absatz."
NO_PLACE = "Bitte wählen Sie die Stelle."
NOT_THERE = "Diese Textstelle gibt es in dieser Fassung nicht. Bitte wählen Sie die Stelle im Text noch einmal."
IN_A_TABLE = "Hier steht eine Tabelle. Bitte wählen Sie eine Stelle vor oder nach ihr."
ROW_LEAVES = "Eine Zeile kann nur innerhalb ihrer Tabelle verschoben werden."
NOT_NEXT = "Nach diesem Absatz kommt keiner, mit dem er zusammengefasst werden könnte."


class Op(StrEnum):
    """What can be asked for one passage; the names stand in addresses."""

    CHANGE = "change"
    DELETE = "delete"
    INSERT = "insert"
    SPLIT = "split"
    JOIN = "join"
    MOVE = "move"
    RETYPE = "retype"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points `start`..`end` of a paragraph, offered for rewriting."""

    paragraph: str
    start: int
    end: int


def find(base: Text, identity: str) -> Paragraph:
    """The paragraph of that identity; InvalidInput if this version has none."""
    for paragraph in base:
        if paragraph.identity == identity:
            return paragraph
    raise InvalidInput(NOT_THERE, field="paragraph")


def following(base: Text, identity: str) -> Paragraph | None:
    """The paragraph behind it, or None at the end."""
    for left, right in pairwise(base):
        if left.identity == identity:
            return right
    return None


def stretch(paragraph: Paragraph, start: int | None, end: int | None) -> Stretch:
    """The whole sentences around `start`..`end`; the whole paragraph if it is short, a row, or nothing was chosen."""
    text = paragraph.text
    whole = Stretch(paragraph.identity, 0, len(text))
    if start is None or end is None or len(text) <= LONGEST_STRETCH or paragraph.head.kind is Kind.TABLE_ROW:
        return whole
    if not 0 <= start <= end <= len(text):
        return whole
    starts = sentence_starts(text)
    first, _ = span_of(starts, len(text), start)
    _, last = span_of(starts, len(text), max(start, end - 1))
    return Stretch(paragraph.identity, first, last)


def typed(raw: str, field: str = "wording") -> str:
    """One typed wording as it enters the text; InvalidInput if it is too long."""
    if len(raw) > MAX_WORDING:
        raise InvalidInput(TOO_LONG, field=field)
    return normalise(raw)


def rewritten(paragraph: Paragraph, part: Stretch, wording: str) -> tuple[Replace, ...]:
    """Hunks that make the stretch read `wording`. White space at the stretch's ends stays as it was."""
    text = paragraph.text
    old = text[part.start : part.end]
    new = _with_edges(old, wording)
    if "\n" in new and "\n" not in old:
        if "\n\n" in new:
            raise InvalidInput(NEW_PARAGRAPH, field="wording")
        new = " ".join(line.strip() for line in new.split("\n"))
        new = _with_edges(old, new)
    whole = text[: part.start] + new + text[part.end :]
    hunks = diff_rich(paragraph.identity, Rich(text), Rich(whole))
    return tuple(_marked(paragraph.content.rich, hunk) for hunk in hunks)


def _with_edges(old: str, new: str) -> str:
    """Nobody sees the blank behind a sentence's full stop, so nobody means to change it."""
    core = new.strip()
    if not core and not old.strip():
        return new
    before = old[: len(old) - len(old.lstrip())]
    after = old[len(old.rstrip()) :]
    return before + core + after if core else ""


def _marked(rich: Rich, hunk: Replace) -> Replace:
    around = [
        m
        for m in rich.marks
        if (m.start <= hunk.start and hunk.end <= m.end) and not (hunk.start == hunk.end in (m.start, m.end))
    ]
    new = Rich.of(hunk.new.text, [replace(mark, start=0, end=len(hunk.new)) for mark in around])
    return replace(hunk, old=rich.slice(hunk.start, hunk.end), new=new)


def change(base: Text, part: Stretch, wording: str) -> tuple[Hunk, ...]:
    """A stretch rewritten; emptied altogether its words go, or the paragraph if that was all of it."""
    paragraph = find(base, part.paragraph)
    if not wording.strip() and part.start == 0 and part.end == len(paragraph.text):
        return (Delete(paragraph.identity, paragraph.content),)
    hunks = rewritten(paragraph, part, wording)
    if not hunks:
        raise InvalidInput(NO_CHANGE, field="wording")
    return hunks


def change_cells(base: Text, identity: str, cells: list[str]) -> tuple[Hunk, ...]:
    """A table row with new words in its cells; the number of cells cannot change."""
    paragraph = find(base, identity)
    old = paragraph.text.split(CELL)
    cells = [
        " ".join(cell.split("\n")).strip() if "\n" not in before else cell
        for before, cell in zip(old, cells, strict=True)
    ]
    hunks = diff_rich(identity, Rich(paragraph.text), Rich(CELL.join(cells)))
    if not hunks:
        raise InvalidInput(NO_CHANGE, field="wording")
    return tuple(_marked(paragraph.content.rich, hunk) for hunk in hunks)


def delete(base: Text, identity: str) -> tuple[Hunk, ...]:
    return edits.delete(find(base, identity))


def insert(base: Text, after: str, wording: str, *, kind: Kind = Kind.PARAGRAPH, level: int = 0) -> tuple[Hunk, ...]:
    """New paragraphs behind `after` ("" = before the first): a blank line parts them."""
    before = find(base, after) if after != START else None
    parts = [" ".join(line.strip() for line in part.split("\n")).strip() for part in wording.split("\n\n")]
    parts = [part for part in parts if part]
    if not parts:
        raise InvalidInput(NO_WORDS, field="wording")
    if _table_around(base, after) is not None:
        raise InvalidInput(IN_A_TABLE, field="paragraph")
    contents = [new_content(base, part, kind, level) for part in parts]
    if kind is Kind.LIST_ITEM and before is not None and before.head.kind is Kind.LIST_ITEM:
        head = right_head(before, 0)  # one more item of that list, with its signs or numbers
        contents = [replace(content, head=head) for content in contents]
    return edits.insert(after, contents)


def new_content(base: Text, words: str, kind: Kind, level: int) -> Content:
    """A new paragraph that fits the file: in a literal one a heading's signs are part of the words."""
    if any(paragraph.head.attribute("literal") for paragraph in base):
        return literal_content(f"{'#' * level} {words}" if kind is Kind.HEADING else words)
    if kind is Kind.LIST_ITEM:
        return plain(words, kind, level or 1, list="bullet")
    return plain(words, kind, level)


def split(base: Text, identity: str, offset: int | None) -> tuple[Hunk, ...]:
    """A new paragraph begins at `offset`."""
    paragraph = find(base, identity)
    if offset is None or not 0 < offset < len(paragraph.text):
        raise InvalidInput(NO_PLACE, field="offset")
    return edits.split(paragraph, offset, right_head(paragraph, offset))


def right_head(paragraph: Paragraph, offset: int) -> Head:
    """The right half of a split item is its neighbour, without its printed number; that of a heading is a paragraph."""
    head = paragraph.head
    if head.attribute("literal"):
        return literal_head(paragraph.text[offset:])
    if head.kind is Kind.HEADING:
        return Head()
    return Head(head.kind, head.level, tuple(pair for pair in head.attributes if pair[0] not in ("number", "label")))


def join(base: Text, identity: str) -> tuple[Hunk, ...]:
    """With the next paragraph; a blank comes between where neither has one."""
    left, right = find(base, identity), following(base, identity)
    if right is None:
        raise InvalidInput(NOT_NEXT, field="paragraph")
    apart = left.text and right.text and not left.text[-1].isspace() and not right.text[0].isspace()
    return edits.join(left, right, " " if apart else "")


def move(base: Text, identity: str, last: str, after: str | None) -> tuple[Hunk, ...]:
    """The block from `identity` to `last` goes behind `after` ("" = to the beginning)."""
    if after is None:
        raise InvalidInput(NO_PLACE, field="after")
    find(base, identity)
    find(base, last or identity)
    if after != START:
        find(base, after)
    names = [paragraph.identity for paragraph in base]
    first, end = names.index(identity), names.index(last or identity)
    block = base[min(first, end) : max(first, end) + 1]
    _keep_tables(base, block, after)
    return edits.move(block, after)


def _table(paragraph: Paragraph | None) -> str | None:
    """The table a row belongs to; None for what is no row."""
    row = paragraph is not None and paragraph.head.kind is Kind.TABLE_ROW
    return paragraph.head.attribute("table") if row and paragraph is not None else None


def _beside(base: Text, after: str) -> tuple[str | None, str | None]:
    """The tables of the paragraphs before and behind a gap."""
    if after == START:
        return None, _table(base[0] if base else None)
    return _table(find(base, after)), _table(following(base, after))


def _table_around(base: Text, after: str) -> str | None:
    before, behind = _beside(base, after)
    return before if before == behind else None


def _keep_tables(base: Text, block: Text, after: str) -> None:
    """A row stays in its table, and nothing else comes between its rows; a whole table may go anywhere else."""
    inside = {_table(paragraph) for paragraph in block}
    if (around := _table_around(base, after)) is not None and inside != {around}:
        raise InvalidInput(IN_A_TABLE, field="after")
    for table in inside - {None}:
        whole = sum(_table(paragraph) == table for paragraph in base)
        if sum(_table(paragraph) == table for paragraph in block) < whole and table not in _beside(base, after):
            raise InvalidInput(ROW_LEAVES, field="after")


def retype(base: Text, identity: str, kind: Kind, level: int) -> tuple[Hunk, ...]:
    paragraph = find(base, identity)
    if (kind, level) == (paragraph.head.kind, paragraph.head.level):
        raise InvalidInput(NO_CHANGE, field="kind")
    return edits.retype(paragraph, Head(kind, level, (("list", "bullet"),) if kind is Kind.LIST_ITEM else ()))


def span(base: Text, parts: Mapping[Stretch, str], *, together: bool) -> tuple[Hunk, ...]:
    """Neighbouring paragraphs rewritten in one edit; `together` joins two of them to one."""
    hunks: list[Hunk] = []
    for part, wording in parts.items():
        paragraph = find(base, part.paragraph)
        if not wording.strip() and part.start == 0 and part.end == len(paragraph.text) and not together:
            hunks.append(Delete(paragraph.identity, paragraph.content))
        else:
            hunks.extend(rewritten(paragraph, part, wording))
    if together:
        first = next(iter(parts)).paragraph
        hunks.extend(_joined(base, first, hunks))
    if not hunks:
        raise InvalidInput(NO_CHANGE, field="wording")
    return tuple(hunks)


def _joined(base: Text, identity: str, hunks: list[Hunk]) -> list[Hunk]:
    """The join, with its blank unless a rewriting already touches the point."""
    left = find(base, identity)
    found = list(join(base, identity))
    touched = any(isinstance(h, Replace) and h.paragraph == identity and h.end == len(left.text) for h in hunks)
    return [hunk for hunk in found if isinstance(hunk, Join) or not touched]


def paragraphs_between(base: Text, first: str, last: str) -> Text:
    """From one paragraph to another, both included, in text order."""
    names = [paragraph.identity for paragraph in base]
    if first not in names or last not in names:
        raise InvalidInput(NOT_THERE, field="paragraph")
    start, end = sorted((names.index(first), names.index(last)))
    return base[start : end + 1]
