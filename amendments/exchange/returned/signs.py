"""A formatted file beside a literal text, and the reverse: the same paragraphs, so that nothing seems retyped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from amendments.exchange.item_numbers import item_labels
from amendments.exchange.literal import without_sign
from amendments.text.hunks import Edit, Hunk, Retype
from amendments.text.model import CELL, Content, Kind, Rich, Text, literal_content

_BULLET = "•"


def as_in(base: Text, contents: Sequence[Content], *, literal: bool) -> tuple[Content, ...]:
    """`contents` in the form of `base`. `literal`: whether they hold signs such as "## " already.

    A paragraph that says what one of `base` says, but for white space, is that one.
    """
    signs = bool(base) and bool(base[0].head.attribute("literal"))
    if signs and not literal:
        contents = with_signs(contents)
    elif literal and not signs:
        contents = tuple(map(without_sign, contents))
    known: dict[tuple[object, ...], Content | None] = {}
    for paragraph in base:
        key = _key(paragraph.content)
        known[key] = paragraph.content if known.get(key, paragraph.content) == paragraph.content else None
    return tuple(known.get(_key(content)) or content for content in contents)


def _key(content: Content) -> tuple[object, ...]:
    """White space aside; marks with white space in or before them as they are."""
    rich = content.rich
    return content.head, rich.marks, " ".join(rich.text.split(" ")).strip(" \t\n")


def with_signs(contents: Sequence[Content]) -> tuple[Content, ...]:
    """Headings, items and rows written with signs; how words look is lost."""
    labels = item_labels((content.head, True) for content in contents)
    return tuple(literal_content(_signed(content, label)) for content, label in zip(contents, labels, strict=True))


def _signed(content: Content, label: str) -> str:
    match content.kind:
        case Kind.HEADING:
            return f"{'#' * content.head.level} {' '.join(content.text.splitlines())}"
        case Kind.LIST_ITEM:
            return f"{'  ' * (content.head.level - 1)}{'-' if label == _BULLET else label} {content.text}"
        case Kind.TABLE_ROW:
            return f"| {content.text.replace(CELL, ' | ')} |"
        case Kind.FOOTNOTE:
            return f"[{content.head.attribute('label')}] {content.text}"
        case _:
            return content.text


def counted_alike(
    contents: Sequence[Content], before: Sequence[Content], whole: Iterable[Content]
) -> tuple[Content, ...]:
    """One person's reading of a file: numbers that follow from what anybody struck or put in are nobody's wish.

    So an item that brings its number along in `before` keeps that one, and an item whose number neither `before` nor
    `whole` has there is counted as in one of these.
    """
    known: dict[tuple[object, ...], dict[Content, None]] = {}
    for content in (*before, *whole):
        if content.kind is Kind.LIST_ITEM:
            known.setdefault(_but_for_number(content), {})[content] = None
    kept = _kept_numbers(contents, before)
    found = []
    for place, content in enumerate(contents):
        twins = known.get(_but_for_number(content), {}) if content.kind is Kind.LIST_ITEM else {}
        found.append(kept.get(place) or (content if not twins or content in twins else next(iter(twins))))
    return tuple(found)


def _kept_numbers(contents: Sequence[Content], before: Sequence[Content]) -> dict[int, Content]:
    """By place in `contents`: the items of `before` that bring their number along. Of those with the same words the
    first is the first, where all are still there.
    """
    old, new = (_items(each) for each in (before, contents))
    return {
        place: before[rank]
        for key, ranks in old.items()
        if len(ranks) == len(new.get(key, ()))
        for rank, place in zip(ranks, new[key], strict=True)
        if before[rank].head.attribute("number")
    }


def _items(contents: Sequence[Content]) -> dict[tuple[object, ...], list[int]]:
    """Where the items stand that are the same but for their number."""
    found: dict[tuple[object, ...], list[int]] = {}
    for place, content in enumerate(contents):
        if content.kind is Kind.LIST_ITEM:
            found.setdefault(_but_for_number(content), []).append(place)
    return found


def _but_for_number(content: Content) -> tuple[object, ...]:
    head = content.head
    return head.level, tuple(pair for pair in head.attributes if pair[0] != "number"), content.rich


def with_their_numbers(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The same changes, in order, where one that does no more than to give items another number belongs to the one
    before it: a paragraph put into a list, behind which the items say their number.
    """
    found: list[Edit] = []
    for edit in edits:
        if found and all(_only_counts(hunk) for hunk in edit.hunks):
            found[-1] = replace(found[-1], hunks=(*found[-1].hunks, *edit.hunks))
        else:
            found.append(edit)
    return tuple(found)


def _only_counts(hunk: Hunk) -> bool:
    if not isinstance(hunk, Retype):
        return False
    old, new = (_but_for_number(Content(head, Rich())) for head in (hunk.old, hunk.new))
    return hunk.old.kind is hunk.new.kind is Kind.LIST_ITEM and old == new


def looks_lost(contents: Iterable[Content]) -> int:
    """How many stretches of words are marked, for a text that has no marks."""
    return sum(len(content.rich.marks) for content in contents)
