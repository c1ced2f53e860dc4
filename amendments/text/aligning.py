"""Alignment of two whole texts when no edits between them are known: a new file from outside, as one edit.

`matching` says which paragraph is which; here that becomes hunks that lead from the old text to exactly the new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType

from amendments.text.applying import apply_edits
from amendments.text.cutting import slices
from amendments.text.diff import diff_rich
from amendments.text.hunks import START, Delete, Edit, Gap, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.matching import Matcher, Unsure, increasing
from amendments.text.model import Content, Paragraph, Rich, Text, concat
from amendments.text.redline import Redline
from amendments.text.tokens import tokenise

REWRITTEN = 0.4
"""Below this similarity a pair is one change: a reader wants the two wordings, not the words they happen to share."""


@dataclass(frozen=True)
class Alignment:
    """`edit` turns the old text into the new one; `redline` shows it. Identities are those of `redline.accept()`.

    `pairs`: old identity -> index of the new content it has become (edited or not).
    """

    edit: Edit
    redline: Redline
    pairs: Mapping[str, int] = field(hash=False)
    moved: tuple[str, ...]
    splits: tuple[str, ...]
    joins: tuple[str, ...]
    inserted: tuple[int, ...]
    deleted: tuple[str, ...]
    unsure: tuple[Unsure, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "pairs", MappingProxyType(dict(self.pairs)))

    @property
    def text(self) -> Text:
        return self.redline.accept()


def align(
    old: Text, contents: Sequence[Content], seed: str, answers: Mapping[int, str] | None = None, *, copy: bool = False
) -> Alignment:
    """Matches `contents` (a new file's paragraphs) to `old`. `seed` names the import: new identities derive from it.

    `answers`: a person's word on unsure ones: index of the new paragraph -> identity of the old one, or "" for "it is
    new".
    `copy`: `contents` are a copy of `old` in which somebody changed passages. There place is worth more: what stands
    between the same neighbours is the same paragraph however much of it was changed, which would be a guess where the
    way from one text to the other is unknown.
    """
    return _Hunks(Matcher(old, contents, answers or {}, copy).run()).alignment(seed)


class _Hunks:
    """What the matcher found, as hunks."""

    def __init__(self, found: Matcher) -> None:
        self.found = found
        self.old, self.new, self.copy = found.old, found.new, found.copy
        self.to_new, self.splits, self.joins = found.to_new, found.splits, found.joins
        self.pairs = sorted(self.to_new.items())
        self.spine = set(increasing(self.pairs))
        self.from_new = {n: o for o, n in self.pairs}
        self.split_halves = found.halves()
        joined = found.appended()
        self.struck = [p for o, p in enumerate(self.old) if o not in self.to_new and o not in joined]

    def alignment(self, seed: str) -> Alignment:
        hunks = self._word_hunks()
        hunks += [Delete(p.identity, p.content) for p in self.struck]
        hunks += self._arrivals()
        edit = Edit(seed, tuple(hunks))
        known = {*self.from_new, *self.split_halves}
        return Alignment(
            edit=edit,
            redline=apply_edits(Redline.of(self.old), [edit]),
            pairs={self.old[o].identity: n for o, n in self.pairs},
            moved=tuple(self.old[o].identity for o, n in self.pairs if (o, n) not in self.spine),
            splits=tuple(self.old[o].identity for o in sorted(self.splits)),
            joins=tuple(self.old[o].identity for o in sorted(self.joins)),
            inserted=tuple(n for n in range(len(self.new)) if n not in known),
            deleted=tuple(p.identity for p in self.struck),
            unsure=tuple(self.found.unsure),
        )

    def _word_hunks(self) -> list[Hunk]:
        hunks: list[Hunk] = []
        for o, n in self.pairs:
            paragraph, content = self.old[o], self.new[n]
            if paragraph.content == content:
                continue
            if paragraph.head != content.head:
                hunks.append(Retype(paragraph.identity, paragraph.head, content.head))
            if o in self.splits:
                hunks += self._split_hunks(o, n)
            elif o in self.joins:
                hunks += self._join_hunks(o, n)
            elif self.copy and self.found.likeness(o, n) < REWRITTEN and not self.found.contained(o, n):
                hunks.append(_rewritten(paragraph, content))
            else:
                hunks += diff_rich(paragraph.identity, paragraph.content.rich, content.rich)
        return hunks

    def _split_hunks(self, o: int, n: int) -> list[Hunk]:
        identity, rich = self.old[o].identity, self.old[o].content.rich
        cut = self.splits[o]
        hunks: list[Hunk] = []
        for number, (start, end) in enumerate(slices(rich.text, cut)):
            words = diff_rich(identity, rich.slice(start, end), self.new[n + number].rich)
            if number:
                before, _ = cut[number - 1]
                hunks.append(Split(identity, before, self.new[n + number].head))
                if before < start:
                    hunks.append(Replace(identity, before, start, rich.slice(before, start), Rich()))
                else:
                    words = _behind_the_cut(rich.slice(start, end), words)
            hunks += [replace(hunk, start=hunk.start + start, end=hunk.end + start) for hunk in words]
        return hunks

    def _join_hunks(self, o: int, n: int) -> list[Hunk]:
        """What stands between two that were joined belongs to the left one."""
        rich, cut = self.new[n].rich, self.joins[o]
        starts = [0, *(start for _, start in cut)]
        hunks: list[Hunk] = []
        for rank, (start, end) in enumerate(pairwise((*starts, len(rich))), o):
            paragraph = self.old[rank]
            if start:
                left = self.old[rank - 1]
                hunks.append(Join(left.identity, paragraph.identity, len(left.text)))
            hunks += diff_rich(paragraph.identity, paragraph.content.rich, rich.slice(start, end))
        return hunks

    def _arrivals(self) -> list[Hunk]:
        """Inserted and moved paragraphs, each in the gap behind the last paragraph that kept its place; in a copy
        behind those struck after it, as a reader sees it: first what goes, then what stands there instead.
        """
        hunks: list[Hunk] = []
        left = self._behind_struck(-1)
        waiting: list[Content] = []

        def flush() -> None:
            if waiting:
                hunks.append(Insert(Gap(left), tuple(waiting)))
                waiting.clear()

        for n, content in enumerate(self.new):
            o = self.from_new.get(n)
            if o is None:
                if n not in self.split_halves:
                    waiting.append(content)
                continue
            flush()
            if (o, n) in self.spine:
                left = self._behind_struck(self._last(o))
            else:
                self._arrive(hunks, o, left)
        flush()
        return hunks

    def _last(self, o: int) -> int:
        """The last of the paragraphs that were appended to this one."""
        return o + len(self.joins.get(o, ()))

    def _behind_struck(self, o: int) -> str:
        """The gap behind an old paragraph (-1: before all), or in a copy behind the struck ones that follow it."""
        while self.copy and o + 1 < len(self.old) and o + 1 not in self.to_new:
            o += 1
        return self.old[o].identity if o >= 0 else START

    def _arrive(self, hunks: list[Hunk], o: int, left: str) -> None:
        """A moved paragraph; neighbours that move together are one block, whose inner gaps travel with it."""
        names = tuple(self.old[rank].identity for rank in range(o, self._last(o) + 1))
        last = hunks[-1] if hunks else None
        if isinstance(last, Move) and last.gap.after == left and o and last.block[-1] == self.old[o - 1].identity:
            hunks[-1] = Move(last.block + names, last.gap)
        else:
            hunks.append(Move(names, Gap(left)))


def _behind_the_cut(rich: Rich, words: tuple[Replace, ...]) -> tuple[Replace, ...]:
    """Where nothing stands between two halves, words put in at the cut would go to the left one: what begins the right
    one goes with its first word.
    """
    if not words or words[0].end:
        return words
    first, *others = words
    kept = tokenise(rich.text)[0]
    end = len(kept)
    if others and others[0].start == end:
        second = others.pop(0)
        return (
            replace(
                second, start=0, old=rich.slice(0, second.end), new=concat([first.new, rich.slice(0, end), second.new])
            ),
            *others,
        )
    return (replace(first, end=end, old=rich.slice(0, end), new=concat([first.new, rich.slice(0, end)])), *others)


def _rewritten(paragraph: Paragraph, content: Content) -> Replace:
    return Replace(paragraph.identity, 0, len(paragraph.text), paragraph.content.rich, content.rich)
