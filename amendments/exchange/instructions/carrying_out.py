"""From orders to hunks: what is named is looked up in the text."""

from __future__ import annotations

from amendments.exchange.instructions import scopes
from amendments.exchange.instructions.orders import (
    Add,
    AddSentences,
    AddWords,
    Append,
    Begin,
    Exchange,
    Order,
    Place,
    Rewrite,
    Shift,
    Strike,
    StrikeWords,
    Substitute,
    Turn,
)
from amendments.exchange.instructions.places import Path, Places
from amendments.exchange.instructions.trouble import NO_PLACE, NotUnderstood
from amendments.text import edits
from amendments.text.hunks import START, Delete, Gap, Hunk, Insert, Replace, Retype
from amendments.text.model import Paragraph, Rich, Text, concat

Words = tuple[int, int, Rich]
"""Code points start..end of a paragraph shall read this."""


def hunks_of(places: Places, order: Order) -> tuple[Hunk, ...]:
    """Raises NotUnderstood if the text has no such place or words."""
    match order:
        case Strike(place, last) if not place.sentence:
            return tuple(Delete(p.identity, p.content) for p in _block(places, place.path, last or place.path))
        case Add():
            return (Insert(Gap(_identity(places, order.after)), order.contents),)
        case Substitute():
            block = _block(places, order.first, order.last)
            struck = [Delete(paragraph.identity, paragraph.content) for paragraph in block]
            return (*struck, Insert(Gap(block[-1].identity), order.contents))
        case Shift():
            return edits.move(_block(places, order.first, order.last), _identity(places, order.after))
        case Begin():
            paragraph = places.base[places.find(order.place.path)]
            return edits.split(paragraph, _cut(paragraph, order), order.head)
        case Append():
            left, right = (places.base[places.find(path)] for path in (order.left, order.right))
            joined = edits.join(left, right, "")
            if not order.between.text:
                return joined
            length = len(left.text)
            return (*joined, Replace(left.identity, length, length, Rich(), order.between))
        case Turn():
            paragraph = places.base[places.find(order.path)]
            return (Retype(paragraph.identity, paragraph.head, order.head),)
        case _:
            paragraph = places.base[places.find(order.place.path)]
            return edits.replace_words(paragraph, *words_of(paragraph, order))


def words_of(paragraph: Paragraph, order: Exchange | StrikeWords | AddWords | AddSentences | Rewrite | Strike) -> Words:
    """The range that an order about words changes. Raises NotUnderstood."""
    text = paragraph.text
    span = scopes.scope(text, order.place)
    match order:
        case Exchange():
            return (*scopes.find(text, span, order.old), order.new)
        case StrikeWords():
            return (*scopes.struck(text, scopes.find(text, span, order.old)), Rich())
        case AddWords():
            start, end = scopes.find(text, span, order.anchor)
            at = start if order.before else end
            return at, at, concat(scopes.added(order.new, before=order.before))
        case AddSentences():
            at = span[0] if order.before else scopes.core(text, span)[1]
            return at, at, concat((order.new, Rich(" ")) if order.before else (Rich(" "), order.new))
        case Strike():
            return (*scopes.struck_sentence(text, order.place.sentence), Rich())
        case Rewrite():
            span = scopes.core(text, span) if order.place.sentence else span
            return (*span, order.new)


def _block(places: Places, first: Path, last: Path) -> Text:
    start, end = places.find(first), places.find(last)
    if end < start:
        raise NotUnderstood(NO_PLACE)
    return places.base[start : end + 1]


def _identity(places: Places, path: Path) -> str:
    return places.base[places.find(path)].identity if path else START


def _cut(paragraph: Paragraph, order: Begin) -> int:
    if order.words is None:
        return scopes.scope(paragraph.text, order.place)[0]
    return scopes.find(paragraph.text, scopes.scope(paragraph.text, Place(())), order.words)[0]
