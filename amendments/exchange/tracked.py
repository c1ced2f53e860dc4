"""Changes of changes: which of the others' tracked changes one person's own ones are built on.

Who strikes or inserts words inside what somebody else inserted wants that passage in the other's wording with their own
change in it. Read without the other's insertion their words would stand alone, glued to what is before them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_PROPOSER = r"[^()]+ \(Ä \d+\)"
_SEVERAL = re.compile(f"{_PROPOSER}(?:, {_PROPOSER})+")
_BETWEEN = re.compile(r"(?<=\)), ")


def names_in(author: str) -> tuple[str, ...]:
    """Several proposers of one change, as redlines name them ("Beirat (Ä 7), Sozialausschuss (Ä 9)"); else the one."""
    return tuple(_BETWEEN.split(author)) if _SEVERAL.fullmatch(author) else (author,)


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change: `key` is whatever a reader knows it by."""

    key: Hashable
    author: str
    inserted: bool


Stack = Sequence[Change]
"""The changes that hold for some words, the oldest first."""
Passage = Sequence[Stack]
"""Changed words in a row, with nothing unchanged between them."""


def built_on(passages: Iterable[Passage], author: str) -> frozenset[Hashable]:
    """The keys of all changes that the ones of `author` presuppose: those of the same people in the same passage."""
    found: set[Hashable] = set()
    for passage in passages:
        owners = {owner for owner in _owners(passage, author) if author not in names_in(owner)}
        found.update(change.key for stack in passage for change in stack if change.author in owners)
    return frozenset(found)


def _owners(passage: Passage, author: str) -> Iterator[str]:
    """Whose insertions `author` changed: struck words of, or wrote into the middle of."""
    for first, *later in passage:
        if first.inserted and any(author in names_in(change.author) for change in later):
            yield first.author
    outer = [key for key, _ in groupby((stack[0] for stack in passage), lambda each: (each.author, each.inserted))]
    for before, own, after in zip(outer, outer[1:], outer[2:], strict=False):
        if own[1] and author in names_in(own[0]) and before == after:
            yield before[0]
