"""The order in which rival wishes are put to the vote, and what the adoption of one does to the others.

The further-reaching one comes first, of two that reach equally far the one filed first (NORMS §4). No norm says how far
a wish reaches; the measure here is that of CONSENSUS §4, and every step names the reason a chair can read out. It is a
proposal: the chair may put another order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from itertools import pairwise

import regex

from amendments.text.applying import apply_edits
from amendments.text.carrying import CarryOver, Outcome
from amendments.text.hunks import Delete, Edit, Hunk, Insert, Replace
from amendments.text.merging import Merge, merge
from amendments.text.model import Text
from amendments.text.redline import Redline
from amendments.text.relations import Wish, rewritten_sentences, wishes_of

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD]*")
_HOLDS_A_SENTENCE = regex.compile(r"\p{L}[.!?…][“”\"'»)\]]*(?:\s|$)")


class Scope(IntEnum):
    """The largest thing a wish takes or puts."""

    WORDS = 0
    SENTENCE = 1
    PARAGRAPH = 2
    TEXT = 3


class Reason(StrEnum):
    """Why one wish is voted on before another; the first that tells them apart, in this order."""

    CONTAINS = "contains"
    SCOPE = "scope"
    STRUCK = "struck"
    ADDED = "added"
    MARKED = "marked"
    FILED = "filed"


@dataclass(frozen=True)
class Ranked:
    """A wish in the order of votes. `reason`: why it comes before the next one, None for the last.

    `struck` and `added` count words: of the base that no longer stand, and new ones.
    """

    edits: tuple[str, ...]
    scope: Scope
    struck: int
    added: int
    reason: Reason | None


def far_reaching(
    base: Text, edits: Iterable[Edit], filed: Mapping[str, int] | None = None, marked: Collection[str] = ()
) -> tuple[Ranked, ...]:
    """The edits of one component, the further-reaching first; equal ones are one wish.

    `filed`: the place of each edit in the order of filing. `marked`: edits the chair holds to reach further for what
    they mean or cost, where the text alone does not tell. What contains another wish strikes, adds and reaches at
    least as much, so containment never contradicts the other measures. Names decide only where nothing else does.
    """
    filed = filed or {}
    ranked = sorted((_measured(base, wish, filed, marked) for wish in wishes_of(edits)), key=lambda one: one.key)
    reasons = [*(_reason(one, other) for one, other in pairwise(ranked)), None][: len(ranked)]
    return tuple(
        Ranked(one.wish.ids, one.scope, one.struck, one.added, reason)
        for one, reason in zip(ranked, reasons, strict=True)
    )


@dataclass(frozen=True)
class _Measured:
    wish: Wish
    scope: Scope
    struck: int
    added: int
    marked: bool
    filed: int

    @property
    def key(self) -> tuple[object, ...]:
        size = len(self.wish.hunks)
        return -self.scope, -self.struck, -self.added, -size, not self.marked, self.filed, self.wish.ids


def _measured(base: Text, wish: Wish, filed: Mapping[str, int], marked: Collection[str]) -> _Measured:
    texts = {paragraph.identity: paragraph.text for paragraph in base}
    return _Measured(
        wish,
        _scope(texts, wish),
        sum(_words(_old(hunk)) for hunk in wish.hunks),
        sum(_words(new) for hunk in wish.hunks for new in _new(hunk)),
        any(edit in marked for edit in wish.ids),
        min(filed.get(edit, 0) for edit in wish.ids),
    )


def _reason(one: _Measured, other: _Measured) -> Reason:
    """Why `one` comes before `other`."""
    if other.wish.hunks < one.wish.hunks:
        return Reason.CONTAINS
    if one.scope != other.scope:
        return Reason.SCOPE
    if one.struck != other.struck:
        return Reason.STRUCK
    if one.added != other.added or len(one.wish.hunks) != len(other.wish.hunks):
        return Reason.ADDED
    return Reason.MARKED if one.marked != other.marked else Reason.FILED


def _scope(texts: Mapping[str, str], wish: Wish) -> Scope:
    gone = _paragraphs_gone(texts, wish)
    if texts and gone >= texts.keys():
        return Scope.TEXT
    if gone or not all(isinstance(hunk, Replace) for hunk in wish.hunks):
        return Scope.PARAGRAPH
    if rewritten_sentences(wish.hunks, texts) or any(
        _HOLDS_A_SENTENCE.search(new) for hunk in wish.hunks for new in _new(hunk)
    ):
        return Scope.SENTENCE
    return Scope.WORDS


def _paragraphs_gone(texts: Mapping[str, str], wish: Wish) -> set[str]:
    """Identities of paragraphs of which no word is left."""
    struck: dict[str, int] = defaultdict(int)
    for hunk in wish.hunks:
        if isinstance(hunk, (Replace, Delete)):
            struck[hunk.paragraph] += _words(_old(hunk))
    deleted = {hunk.paragraph for hunk in wish.hunks if isinstance(hunk, Delete)}
    return deleted | {identity for identity, words in struck.items() if 0 < words == _words(texts[identity])}


def _old(hunk: Hunk) -> str:
    return hunk.old.text if isinstance(hunk, (Replace, Delete)) else ""


def _new(hunk: Hunk) -> Sequence[str]:
    match hunk:
        case Replace():
            return (hunk.new.text,)
        case Insert():
            return tuple(content.text for content in hunk.contents)
    return ()


def _words(text: str) -> int:
    return len(_WORD.findall(text))


# --- consequences


class Consequence(StrEnum):
    """What the adoption of some does to another edit."""

    SETTLED = "settled"
    """Adopted as well it would change nothing, or the passage it speaks of is gone and it cannot stand any more."""
    REWORD = "reword"
    """It cannot stand beside them and its passage reads otherwise; it has to be put anew."""
    STANDS = "stands"
    """It can still be voted on as it is."""


_OF_CARRYING: Mapping[Outcome, Consequence] = {
    Outcome.ANCHORED: Consequence.STANDS,
    Outcome.ALREADY_ADOPTED: Consequence.SETTLED,
    Outcome.PASSAGE_GONE: Consequence.SETTLED,
    Outcome.PASSAGE_CHANGED: Consequence.REWORD,
}


def consequences(
    base: Text, edits: Iterable[Edit], adopted: Collection[str], order: Sequence[str] = ()
) -> dict[str, Consequence]:
    """Edit -> what becomes of it when those in `adopted` come into the text; found by playing it.

    `adopted` must be able to stand together, `order` as in `merge`. Each other edit is merged beside them: one that
    changes nothing there is settled, one that changes the text still stands. One that collides with them is carried
    over to the text they make, and becomes what publishing makes of it; what was moved can still be struck there.
    """
    edits = tuple(edits)
    taken = [edit for edit in edits if edit.id in adopted]
    played = _Played(base, taken, order)
    return {edit.id: played.consequence(edit) for edit in edits if edit.id not in adopted}


class _Played:
    """Some edits adopted, ready to say what becomes of any other one."""

    def __init__(self, base: Text, taken: Sequence[Edit], order: Sequence[str]) -> None:
        self.base, self.taken, self.order = base, taken, order
        self.merged = merge(base, taken, order)

    def consequence(self, edit: Edit) -> Consequence:
        beside = merge(self.base, [*self.taken, edit], self.order, self.merged)
        if edit.id in beside.contested:
            return _OF_CARRYING[self.way.carry(edit).outcome]
        return Consequence.SETTLED if _same_text(beside, self.merged) else Consequence.STANDS

    @cached_property
    def way(self) -> CarryOver:
        return CarryOver(apply_edits(Redline.of(self.base), self.taken, self.order))


def _same_text(one: Merge, other: Merge) -> bool:
    """Of two merges on one base; only what differs from that is looked at."""
    if one.changed.keys() != other.changed.keys():
        return one.text == other.text
    return all(stretch.text == other.changed[name].text for name, stretch in one.changed.items())
