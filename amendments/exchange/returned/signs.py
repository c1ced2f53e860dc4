"""A formatted file beside a literal text, and the reverse: the same paragraphs, so that nothing seems retyped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amendments.exchange.item_numbers import item_labels
from amendments.exchange.literal import without_sign
from amendments.text.model import CELL, Content, Kind, Text, literal_content

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
    contents: Iterable[Content], before: Iterable[Content], whole: Iterable[Content]
) -> tuple[Content, ...]:
    """One person's reading of a file that several have changed: numbers that follow from what others changed in a list
    are not theirs. So an item whose number neither `before` nor `whole` has there is counted as in one of these.
    """
    known: dict[tuple[object, ...], dict[Content, None]] = {}
    for content in (*before, *whole):
        if content.kind is Kind.LIST_ITEM:
            known.setdefault(_but_for_number(content), {})[content] = None
    found = []
    for content in contents:
        twins = known.get(_but_for_number(content), {}) if content.kind is Kind.LIST_ITEM else {}
        found.append(content if not twins or content in twins else next(iter(twins)))
    return tuple(found)


def _but_for_number(content: Content) -> tuple[object, ...]:
    head = content.head
    return head.level, tuple(pair for pair in head.attributes if pair[0] != "number"), content.rich


def looks_lost(contents: Iterable[Content]) -> int:
    """How many stretches of words are marked, for a text that has no marks."""
    return sum(len(content.rich.marks) for content in contents)
