"""One passage as a form asks for it: what was pressed and typed, and the hunks that follow. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from amendments.errors import InvalidInput
from amendments.proposals import wording
from amendments.proposals.wording import Op, Stretch
from amendments.text.hunks import START, Hunk
from amendments.text.model import CELL, Kind, Paragraph, Text
from amendments.text.sentences import clause_starts

MAX_NUMBER = 1_000_000
MAX_SPAN = 12
"""Paragraphs one edit over several paragraphs may touch."""
SPAN_TOO_LONG = "So viele Absätze auf einmal lassen sich nicht ändern. Bitte wählen Sie höchstens zwölf."

KINDS: Mapping[str, tuple[Kind, int]] = {
    "paragraph": (Kind.PARAGRAPH, 0),
    "heading-1": (Kind.HEADING, 1),
    "heading-2": (Kind.HEADING, 2),
    "heading-3": (Kind.HEADING, 3),
    "list_item": (Kind.LIST_ITEM, 1),
}
"""What a paragraph can be made into, by the value of the form's field."""


def number(raw: str | None) -> int | None:
    """A non-negative whole number, or None for anything else."""
    if raw is None or not raw.isascii() or not raw.isdecimal():
        return None
    value = int(raw[:8])
    return value if value <= MAX_NUMBER else None


@dataclass(frozen=True)
class Ask:
    """`op` is None while somebody still chooses. `values` are the typed fields by their names in the form."""

    op: Op | None
    paragraph: str = ""
    last: str = ""
    start: int | None = None
    end: int | None = None
    offset: int | None = None
    after: str | None = None
    kind: str = "paragraph"
    together: bool = False
    values: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(values: Mapping[str, str]) -> Ask:
        """From a query or a form; nothing in it is trusted further than its type."""
        raw_op = values.get("op", "")
        return Ask(
            op=Op(raw_op) if raw_op in set(Op) else None,
            paragraph=values.get("paragraph", "")[:100],
            last=values.get("last", "")[:100],
            start=number(values.get("start")),
            end=number(values.get("end")),
            offset=number(values.get("word_offset")) or number(values.get("offset")),
            after=values.get("after", "")[:100] if "after" in values else None,
            kind=values.get("kind", "paragraph") if values.get("kind") in KINDS else "paragraph",
            together=values.get("together") == "1",
            values={name: value for name, value in values.items() if name.startswith(("wording", "cell-"))},
        )

    @property
    def typed(self) -> bool:
        """Whether a form was sent, as opposed to a link followed."""
        return bool(self.values)


def stretches(base: Text, ask: Ask) -> tuple[Stretch, ...]:
    """What is offered for rewriting: one stretch, or one per paragraph of a span."""
    if ask.op is not Op.SPAN:
        return (wording.stretch(wording.find(base, ask.paragraph), ask.start, ask.end),)
    between = wording.paragraphs_between(base, ask.paragraph, ask.last or _next(base, ask.paragraph))
    if len(between) > MAX_SPAN:
        raise InvalidInput(SPAN_TOO_LONG, field="paragraph")
    found = []
    for index, paragraph in enumerate(between):
        length = len(paragraph.text)
        start = ask.start if index == 0 else 0
        end = ask.end if index == len(between) - 1 else length
        found.append(wording.stretch(paragraph, start, length if end is None else end))
    return tuple(found)


def _next(base: Text, identity: str) -> str:
    right = wording.following(base, identity)
    return right.identity if right else identity


def cells(paragraph: Paragraph) -> list[str]:
    return paragraph.text.split(CELL)


def split_places(paragraph: Paragraph) -> tuple[tuple[int, str], ...]:
    """(offset, words that would follow) at each clause and sentence inside a paragraph."""
    starts = [start for start in clause_starts(paragraph.text) if 0 < start < len(paragraph.text)]
    return tuple((start, paragraph.text[start:end].strip()) for start, end in pairwise([*starts, len(paragraph.text)]))


def hunks_of(base: Text, ask: Ask) -> tuple[Hunk, ...]:
    """The wish; InvalidInput names the field that has to change."""
    if ask.op is None:
        raise InvalidInput(wording.NO_PLACE, field="op")
    return _BY_OP[ask.op](base, ask)


def _span(base: Text, ask: Ask) -> tuple[Hunk, ...]:
    parts = stretches(base, ask)
    typed = {part: _value(ask, index, base, part) for index, part in enumerate(parts)}
    return wording.span(base, typed, together=ask.together and len(parts) == 2)


def _insert(base: Text, ask: Ask) -> tuple[Hunk, ...]:
    kind, level = KINDS[ask.kind]
    words = wording.typed(ask.values.get("wording", ""))
    return wording.insert(base, ask.paragraph or START, words, kind=kind, level=level)


def _change(base: Text, ask: Ask) -> tuple[Hunk, ...]:
    paragraph = wording.find(base, ask.paragraph)
    if paragraph.head.kind is Kind.TABLE_ROW:
        old = cells(paragraph)
        new = [wording.typed(ask.values.get(f"cell-{index}", before)) for index, before in enumerate(old)]
        return wording.change_cells(base, ask.paragraph, new)
    part = stretches(base, ask)[0]
    return wording.change(base, part, _value(ask, 0, base, part))


def _value(ask: Ask, index: int, base: Text, part: Stretch) -> str:
    """What was typed for one stretch; its old words if the form did not bring the field."""
    name = "wording" if ask.op is Op.CHANGE else f"wording-{index}"
    if name not in ask.values:
        return wording.find(base, part.paragraph).text[part.start : part.end]
    return wording.typed(ask.values[name], name)


_BY_OP: Mapping[Op, Callable[[Text, Ask], tuple[Hunk, ...]]] = {
    Op.CHANGE: _change,
    Op.SPAN: _span,
    Op.INSERT: _insert,
    Op.DELETE: lambda base, ask: wording.delete(base, ask.paragraph),
    Op.SPLIT: lambda base, ask: wording.split(base, ask.paragraph, ask.offset),
    Op.JOIN: lambda base, ask: wording.join(base, ask.paragraph),
    Op.MOVE: lambda base, ask: wording.move(base, ask.paragraph, ask.last, ask.after),
    Op.RETYPE: lambda base, ask: wording.retype(base, ask.paragraph, *KINDS[ask.kind]),
}
