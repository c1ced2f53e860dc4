"""A proposal written on a version that has gone meanwhile: what was typed, and how it goes on in the newest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from amendments import text as engine
from amendments.documents.queries import load_text
from amendments.errors import InvalidInput, NotFound
from amendments.proposals import asking
from amendments.proposals import queries as proposals
from amendments.proposals.asking import Ask
from amendments.proposals.wording import Op, Stretch, find
from amendments.text import Hunk, Text
from amendments.text.model import Kind
from amendments.workplaces.collected import carried
from amendments.workplaces.proposing import base_of
from amendments.workplaces.reader import Place


@dataclass(frozen=True)
class Overtaken:
    """What the page shows."""

    place: Place
    """On the version that was written on; `place.current` is the newest."""
    typed: tuple[tuple[str, str], ...]
    """Name of a field and what was typed into it."""
    fields: Mapping[str, str]
    """What a form posts to write on in the newest version; empty when the passage is not there any more."""


def onward(place: Place, ask: Ask, hunks: tuple[Hunk, ...], parent_id: UUID | None) -> dict[str, str]:
    """The same passage as the propose page of the newest version asks for it; empty when it is not there.

    What has been published at the same passage since stays, where both can be had; else what was typed stands alone
    beside the new words, and the preview shows what it would do to them.
    """
    if ask.op is None:
        return {"version": str(place.current.number)}
    old = base_of(place, parent_id)
    try:
        new = proposals.wording_base(place.current.id, parent_id) if parent_id else load_text(place.current)
        if ask.paragraph:
            find(new, ask.paragraph)
        values, ask = _values(place, ask, hunks, (old, new), alone=parent_id is None)
    except (InvalidInput, NotFound):
        return {}
    asked = {"op": ask.op, "paragraph": ask.paragraph, "last": ask.last, "start": ask.start, "end": ask.end}
    asked |= {"offset": ask.offset, "after": ask.after, "kind": ask.kind, "together": "1" if ask.together else ""}
    kept = {name: str(value) for name, value in asked.items() if value is not None and value != ""}
    return {"version": str(place.current.number)} | kept | values


def _values(
    place: Place, ask: Ask, hunks: tuple[Hunk, ...], texts: tuple[Text, Text], *, alone: bool
) -> tuple[dict[str, str], Ask]:
    """The typed fields in the words of the newest version, whole paragraphs where the passage has changed."""
    old, new = texts
    if ask.op not in (Op.CHANGE, Op.SPAN):
        return dict(ask.values), ask
    before = find(old, ask.paragraph)
    wished = _wished(place, hunks, new) if alone and hunks else {}
    if before.head.kind is Kind.TABLE_ROW:
        now = wished.get(ask.paragraph, "").split(engine.CELL) if ask.paragraph in wished else []
        return dict(ask.values) | {f"cell-{index}": words for index, words in enumerate(now)}, ask
    parts = asking.stretches(old, ask)
    if all(find(old, part.paragraph).content == find(new, part.paragraph).content for part in parts):
        return dict(ask.values), ask
    whole = replace(ask, start=None, end=None, last=parts[-1].paragraph if ask.op is Op.SPAN else "")
    if [part.paragraph for part in asking.stretches(new, whole)] != [part.paragraph for part in parts]:
        raise InvalidInput("")
    names = ["wording"] if ask.op is Op.CHANGE else [f"wording-{index}" for index in range(len(parts))]
    return {
        name: wished.get(part.paragraph) or _whole(find(old, part.paragraph).text, part, ask.values.get(name))
        for name, part in zip(names, parts, strict=True)
    }, whole


def _wished(place: Place, hunks: tuple[Hunk, ...], new: Text) -> dict[str, str]:
    """The paragraphs of the newest version with the wish in it; nothing where it does not fit."""
    (moved,) = carried(place.version.id, place.current.id, [engine.Edit("wish", hunks)])
    if not moved:
        return {}
    return {paragraph.identity: paragraph.text for paragraph in engine.apply(new, [engine.Edit("wish", moved)])}


def _whole(text: str, part: Stretch, typed: str | None) -> str:
    """The paragraph with what was typed for one stretch of it."""
    old = text[part.start : part.end]
    if typed is None:
        return text
    before, behind = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
    return text[: part.start] + before + typed.strip() + behind + text[part.end :]
