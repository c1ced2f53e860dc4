"""Which changes stand in a text, however its own changes are cut: "12" made "20" and "Abs." made "Absatz" stand where
"12 Abs." was made "20 Absatz".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amendments.text.carrying import CarryOver, Outcome
from amendments.text.hunks import Edit, Hunk, Replace
from amendments.text.merging import merge
from amendments.text.model import Content, Rich, Text, concat
from amendments.text.relations import keys_of

NEAR = 1
"""So many characters may lie between two changes of one passage: with a space before it a word is put in at another
place than with one behind it.
"""
MOST_STEPS = 5_000
"""With which a passage is read in every way; where rivals are that many, what is found till then."""


def standing(base: Text, changes: Sequence[Edit], wanted: Iterable[Edit]) -> frozenset[str]:
    """Names of those of `wanted` that stand where `changes` were carried out. All speak of `base`."""
    known = {hunk for change in changes for hunk in change.hunks}
    every = list(wanted)
    found = {edit.id for edit in every if known.issuperset(edit.hunks)}
    wanted = [edit for edit in every if edit.id not in found]
    if not (changes and wanted):
        return frozenset(found)
    step = CarryOver(merge(base, list(changes)).redline)
    known |= _words_that_stand(base, changes, every)

    def stands(edit: Edit) -> bool:
        return step.carry(edit).outcome is Outcome.ALREADY_ADOPTED

    found |= {
        edit.id
        for edit in wanted
        if stands(edit) or all(hunk in known or stands(Edit(edit.id, (hunk,))) for hunk in edit.hunks)
    }
    left = [
        edit for edit in wanted if edit.id not in found and not all(isinstance(each, Replace) for each in edit.hunks)
    ]
    return frozenset((*found, *_read_alike(base, changes, left)))


def _read_alike(base: Text, changes: Sequence[Edit], wanted: Iterable[Edit]) -> Iterator[str]:
    """Of edits that part, join or move paragraphs: those that read as the changes there do, cut in whatever way."""
    rank = {paragraph.identity: number for number, paragraph in enumerate(base)}
    for edit in wanted:
        own = _names(edit)
        near = [each for each in changes if not own.isdisjoint(_names(each))]
        ranks = [rank.get(name, -1) for each in (edit, *near) for name in _names(each)]
        part = base[max(0, min(ranks)) : max(ranks) + 1]
        if near and _contents(part, [edit]) == _contents(part, near):
            yield edit.id


def _names(edit: Edit) -> set[str]:
    """The paragraphs it speaks of, those before its gaps among them."""
    return {name for hunk in edit.hunks for _, name in keys_of(hunk)}


def _contents(base: Text, edits: Sequence[Edit]) -> list[Content]:
    return [paragraph.content for paragraph in merge(base, edits).text]


def _words_that_stand(base: Text, changes: Iterable[Edit], wanted: Iterable[Edit]) -> set[Hunk]:
    """Passage by passage those with which, and with nothing else, the base reads as it does now."""
    texts = {paragraph.identity: paragraph.content.rich for paragraph in base}
    own, others = _by_paragraph(changes), _by_paragraph(wanted)
    return {
        hunk
        for name in own.keys() & others.keys()
        for passage in _passages(own[name], others[name])
        for hunk in _Ways(texts[name], *passage).standing()
    }


def _by_paragraph(edits: Iterable[Edit]) -> Mapping[str, list[Replace]]:
    found: dict[str, dict[Replace, None]] = defaultdict(dict)
    for edit in edits:
        for hunk in edit.hunks:
            if isinstance(hunk, Replace):
                found[hunk.paragraph][hunk] = None
    return {name: list(hunks) for name, hunks in found.items()}


Passage = tuple[list[Replace], list[Replace]]


def _passages(own: Iterable[Replace], others: Iterable[Replace]) -> Iterator[Passage]:
    """What overlaps or lies side by side, of both kinds; only where there is something of each."""
    said = sorted([*((hunk, 0) for hunk in own), *((hunk, 1) for hunk in others)], key=lambda each: each[0].start)
    passage: Passage = ([], [])
    end = -NEAR - 1
    for hunk, kind in said:
        if hunk.start > end + NEAR:
            if all(passage):
                yield passage
            passage = ([], [])
        passage[kind].append(hunk)
        end = max(end, hunk.end)
    if all(passage):
        yield passage


@dataclass
class _Ways:
    """The ways in which `others` make a passage read as `own` do."""

    rich: Rich
    own: Sequence[Replace]
    others: Sequence[Replace]
    steps: int = 0

    def __post_init__(self) -> None:
        hunks = [*self.own, *self.others]
        self.start, self.end = min(hunk.start for hunk in hunks), max(hunk.end for hunk in hunks)
        self.reads = self._read(sorted(self.own, key=lambda hunk: (hunk.start, hunk.end)))

    def standing(self) -> set[Replace]:
        return {hunk for way in self._ways(self.start, 0, ()) for hunk in way if self._read(way) == self.reads}

    def _read(self, hunks: Iterable[Replace]) -> Rich:
        parts, at = [], self.start
        for hunk in hunks:
            parts += [self.rich.slice(at, hunk.start), hunk.new]
            at = hunk.end
        return concat((*parts, self.rich.slice(at, self.end)))

    def _ways(self, at: int, read: int, way: tuple[Replace, ...]) -> Iterator[tuple[Replace, ...]]:
        """From the place `at` in the base and `read` in what it reads now, behind the changes in `way`."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        text, now = self.rich.text, self.reads.text
        if way and now[read:] == text[at : self.end]:
            yield way
        for hunk in self.others:
            if hunk.start < at or hunk in way:
                continue
            words = text[at : hunk.start] + hunk.new.text
            if now.startswith(words, read):
                yield from self._ways(hunk.end, read + len(words), (*way, hunk))
