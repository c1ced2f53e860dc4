"""What people want who return a file: proposals against our version, each with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from amendments.exchange.remarks import Hand, Remark
from amendments.exchange.returned.back import Back
from amendments.exchange.returned.file import Alone, Returned
from amendments.exchange.returned.footnotes import same_footnotes, with_their_notes
from amendments.exchange.returned.headings import with_headings
from amendments.exchange.returned.likeness import likeness
from amendments.exchange.returned.lost import TAKEN_BACK, UNKNOWN_WORDS, Lost, lost, unread
from amendments.exchange.returned.moved import moved_once
from amendments.exchange.returned.names import labels
from amendments.exchange.returned.ordered import Ordered, is_wording, ordered_in
from amendments.exchange.returned.remarked import TOUCHING, nearest, spots_of
from amendments.exchange.returned.signs import as_in, counted_alike, looks_lost, with_their_numbers
from amendments.exchange.returned.tables import same_tables
from amendments.exchange.returned.untold import FORMATS, Told, excerpt, told, told_in_signs
from amendments.exchange.tracked import names_in
from amendments.exchange.words import NN_, Sentence, counted
from amendments.text.aligning import Alignment, align
from amendments.text.carrying import Outcome
from amendments.text.checking import MisfitError, check
from amendments.text.hunks import Edit, Hunk
from amendments.text.matching import Unsure
from amendments.text.model import Content, Text
from amendments.text.parting import part
from amendments.text.repeats import at_last
from amendments.text.rewriting import written_anew

WITHOUT_LOOKS = NN_(
    "Der Text hat keine Formatierung: Fett, kursiv und Verweise an %(num)d Stelle wurden nicht übernommen.",
    "Der Text hat keine Formatierung: Fett, kursiv und Verweise an %(num)d Stellen wurden nicht übernommen.",
)
NESTED = NN_(
    "%(num)d Person hat geändert, was jemand anderes in der Datei geändert hatte: Ihr Vorschlag enthält dort beides.",
    "%(num)d Personen haben geändert, was jemand anderes in der Datei geändert hatte: Ihre Vorschläge enthalten dort"
    " beides.",
)


@dataclass(frozen=True)
class Wish:
    """One contiguous change, with what its author and others say about it."""

    hunks: tuple[Hunk, ...]
    reasons: tuple[Remark, ...] = ()
    comments: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What one person wants. `author`: as in the file, "" for nobody; `name`: what to call them. `tracked`: whether the
    changes were tracked; else they are those in which the file differs from our version. `comments`: said elsewhere.
    """

    author: str
    name: str
    wishes: tuple[Wish, ...]
    tracked: bool = True
    comments: tuple[Remark, ...] = ()
    hand: Hand | None = None
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """A proposal: one or more changes, with the reason and what else was said."""

    edits: tuple[tuple[Hunk, ...], ...]
    reason: str = ""
    comments: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Found:
    """`likeness`: of the file without its changes to our version, from 0.0 to 1.0; `kept`: how many of our paragraphs
    it has word for word. `unsure`: paragraphs of `before` of
    which nobody can tell which they are; while one is unanswered nothing of `wanted` is to be relied on. `said`:
    comments that belong to no change. `refusal`: why nothing is wanted of us. `held`: whose changes the file left with.
    """

    wanted: tuple[Wanted, ...]
    likeness: float = 1.0
    kept: int = 0
    before: tuple[Content, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    said: tuple[Remark, ...] = ()
    notes: tuple[Sentence, ...] = ()
    refusal: Sentence | None = None
    held: tuple[str, ...] = ()


def wanted_in(base: Text, found: Returned, file: str, answers: Mapping[int, str] | None = None) -> Found:
    """What is wanted in the returned file named `file`, against `base`.

    Each person's tracked changes are theirs; where the file without these is not `base`, it is aligned with it first
    (`answers`: a person's word on what is unsure there) and the difference is the file's own wish.
    """
    return _Finder(base, with_headings(base, found), file, answers or {}).found()


def wanted_of_older(newer: Text, older: Sequence[Content], found: Returned, file: str) -> Found:
    """What is wanted in a file that rests on an older version of ours, against the newer one: what that changed is
    nobody's wish to undo.
    """
    step = align(newer, older, "older", copy=True)
    said = wanted_in(step.text, found, file)
    back = Back(newer, step)
    return replace(said, wanted=tuple(_carried(each, back) for each in said.wanted))


def proposals_of(wanted: Wanted, *, each_change: bool) -> tuple[Proposed, ...]:
    """One proposal for all that somebody wants, or one for each contiguous change."""
    if not each_change:
        said = [remark for wish in wanted.wishes for remark in wish.reasons]
        comments = [remark for wish in wanted.wishes for remark in wish.comments]
        whole = Proposed(tuple(wish.hunks for wish in wanted.wishes), _reason(said), (*comments, *wanted.comments))
        return (whole,) if wanted.wishes else ()
    last = len(wanted.wishes) - 1
    return tuple(
        Proposed((wish.hunks,), _reason(wish.reasons), (*wish.comments, *(wanted.comments if rank == last else ())))
        for rank, wish in enumerate(wanted.wishes)
    )


def _reason(remarks: Iterable[Remark]) -> str:
    return "\n\n".join(dict.fromkeys(remark.text for remark in remarks))


class _Finder:
    def __init__(self, base: Text, found: Returned, file: str, answers: Mapping[int, str]) -> None:
        self.base, self.file = base, file
        self.read = found
        self.literal = bool(base) and bool(base[0].head.attribute("literal"))
        self.told = self._told()
        as_told = found.before.format in FORMATS
        self.before = self._own(self.told.contents, literal=self.literal if as_told else found.before.literal)
        self.whole = self._own(found.whole, literal=found.before.literal)
        self.step: Alignment | None = None
        if self.told.refusal is None and self.before != tuple(paragraph.content for paragraph in base):
            self.step = align(base, self.before, file, answers, copy=True)
        self.refusal = self.told.refusal or (None if self.step is None else excerpt(base, self.step))
        self.ground = base if self.step is None else self.step.text
        self.rank = {paragraph.identity: rank for rank, paragraph in enumerate(self.ground)}
        self.hands = {hand.name: hand for hand in found.before.hands}
        self.with_others = 0

    def _told(self) -> Told:
        """What the file says, as far as its format can."""
        read = self.read.before
        suffix = "txt" if read.literal and not self.literal else read.format
        if suffix not in FORMATS:
            return Told(read.contents)
        if self.literal:
            return told_in_signs(self.base, as_in(self.base, read.contents, literal=read.literal))
        return told(self.base, read.contents, suffix)

    def _own(self, contents: Sequence[Content], *, literal: bool) -> tuple[Content, ...]:
        """In the form of our version."""
        signed = as_in(self.base, contents, literal=literal)
        base = [paragraph.content for paragraph in self.base]
        return same_footnotes(base, same_tables(base, signed))

    def found(self) -> Found:
        remarks = self.read.before.remarks
        ordered = list(ordered_in(self.base, remarks)) if self.step is None else []
        alone = {each.author: each for each in self.read.alone}
        people = list(dict.fromkeys([*alone, *(author for each in ordered for author in each.authors)]))
        names = labels(PurePath(), [(PurePath(self.file), author) for author in people])
        wanted = [
            self._tracked(alone[author], name) if author in alone else Wanted(author, name, ())
            for author, name in zip(people, names, strict=True)
        ]
        for each in ordered:
            if (more := _with_orders(self.base, self.rank, wanted, each)) is not None:
                wanted, remarks = more, tuple(remark for remark in remarks if remark is not each.remark)
        wanted = [each for each in wanted if each.wishes or each.author in alone]
        if self.step is not None and self.refusal is None:
            (name,) = labels(PurePath(), [(PurePath(self.file), None)])
            wanted.append(Wanted("", name, tuple(self._untracked(self.step)), tracked=False))
        wanted, said = _Said(wanted, self.rank).with_remarks(remarks)
        back = None if self.step is None else Back(self.base, self.step)
        if back is not None:
            wanted = [_carried(each, back) if each.tracked else each for each in wanted]
        return Found(
            tuple(wanted),
            likeness((paragraph.content for paragraph in self.base), self.before),
            (Counter(each.text for each in self.base) & Counter(each.text for each in self.before)).total(),
            self.before,
            () if self.step is None else self.step.unsure,
            tuple(said),
            tuple(self._notes()),
            self.refusal,
            self.read.before.held,
        )

    def _tracked(self, alone: Alone, name: str) -> Wanted:
        literal = self.read.before.literal
        contents, ground = (
            counted_alike(self._own(each, literal=literal), self.before, self.whole)
            for each in (alone.contents, alone.ground)
        )
        if ground:
            ground, contents = moved_once(self.before, self.whole, ground, contents)
        wishes, against = _alone(self.ground, contents, ground, name) if ground else (None, ())
        if wishes is None:
            self.with_others += bool(ground)
            wishes = _parted(self.ground, contents, name)
        found = tuple(Wish(edit.hunks) for edit in wishes)
        hand = self.hands.get(alone.author)
        left = (*(lost(edit.hunks, TAKEN_BACK) for edit in against), *unread(hand))
        return Wanted(alone.author, name, found, hand=hand, lost=left)

    def _untracked(self, step: Alignment) -> Iterator[Wish]:
        changes = at_last(self.base, written_anew(self.base, step.edit))
        for edit in with_their_notes(part(self.base, changes, "own ")):
            yield Wish(edit.hunks)

    def _notes(self) -> Iterator[Sentence]:
        yield from self.told.notes
        lost = looks_lost(self.read.whole) if self.literal and not self.read.before.literal else 0
        if lost:
            yield counted(lost, *WITHOUT_LOOKS)
        if self.with_others:
            yield counted(self.with_others, *NESTED)


def _alone(
    text: Text, contents: Sequence[Content], ground: Sequence[Content], name: str
) -> tuple[tuple[Edit, ...] | None, tuple[Edit, ...]]:
    """What somebody changed in words that others had moved or put in, where all of that can be said of `text` itself;
    else None: then it is their wish together with that of the others. And what leads back to what `text` says.
    """
    step = align(text, ground, f"{name} others", copy=True)
    back = Back(text, step)
    found: list[Edit] | None = []
    against = []
    for edit in _parted(step.text, contents, name):
        carried = back.carry(edit)
        if carried.outcome is Outcome.ALREADY_ADOPTED:
            against.append(edit)
        elif carried.outcome is not Outcome.ANCHORED:
            found = None
        elif found is not None:
            found.append(Edit(edit.id, carried.hunks))
    return None if found is None else tuple(found), tuple(against)


def _parted(ground: Text, contents: Sequence[Content], name: str) -> tuple[Edit, ...]:
    changes = written_anew(ground, align(ground, contents, name, copy=True).edit)
    return with_their_numbers(with_their_notes(part(ground, at_last(ground, changes), f"{name} ")))


def _with_orders(base: Text, rank: Mapping[str, int], wanted: Sequence[Wanted], found: Ordered) -> list[Wanted] | None:
    """The same people where those who said it want what is ordered as well; None where that cannot stand beside what
    they want elsewhere.
    """
    given = list(wanted)
    for number, person in enumerate(wanted):
        if person.author not in found.authors:
            continue
        said = found.reasons.get(person.author, "")
        reasons = (replace(found.remark, author=person.author, text=said),) if said else ()
        wishes = {wish.hunks: wish for wish in person.wishes}
        known = wishes.get(found.hunks, Wish(found.hunks))
        wishes[found.hunks] = replace(known, reasons=(*known.reasons, *reasons))
        try:
            check(base, [hunk for hunks in wishes for hunk in hunks])
        except MisfitError:
            return None
        in_order = sorted(wishes.values(), key=lambda wish: min(spots_of(rank, wish.hunks), default=()))
        hand = person.hand or Hand(person.author, 0, 0, found.remark.at)
        latest = max((at for at in (hand.last, found.remark.at) if at), default=None)
        given[number] = replace(person, wishes=tuple(in_order), hand=replace(hand, last=latest))
    return given


class _Said:
    """Puts each comment to the change it speaks of. `rank`: of the paragraphs the comments count."""

    def __init__(self, wanted: Sequence[Wanted], rank: Mapping[str, int]) -> None:
        self.wanted = list(wanted)
        self.spots = [[spots_of(rank, wish.hunks) for wish in each.wishes] for each in wanted]

    def with_remarks(self, remarks: Iterable[Remark]) -> tuple[list[Wanted], list[Remark]]:
        """The same people with what is said about their changes, and the comments that belong to no change."""
        left = [remark for remark in remarks if not any(self._put(remark, name) for name in names_in(remark.author))]
        return self.wanted, left

    def _put(self, remark: Remark, author: str) -> bool:
        """A person's own comment at their own change is a reason, any other one a comment."""
        own = next((n for n, each in enumerate(self.wanted) if each.tracked and each.author == author), None)
        if own is not None and self._at(own, remark, owned=author in remark.on, reason=not is_wording(remark)):
            return True
        theirs = [each.author in remark.on or not each.tracked for each in self.wanted]
        others = [number for number, holds in enumerate(theirs) if holds and number != own]
        alone = not any(each.tracked for each in self.wanted)
        for number in others:
            tracked = self.wanted[number].tracked
            if self._at(number, remark, owned=tracked, reason=alone):
                return True
        if own is not None:
            self.wanted[own] = replace(self.wanted[own], comments=(*self.wanted[own].comments, remark))
        return own is not None

    def _at(self, number: int, remark: Remark, *, owned: bool, reason: bool) -> bool:
        """To the nearest change of this person: `owned` wherever that is, else only where the two meet."""
        wishes = list(self.wanted[number].wishes)
        found = nearest(self.spots[number], remark) or ((0, TOUCHING) if owned and wishes else None)
        if found is None or not (owned or found[1] == TOUCHING):
            return False
        wishes[found[0]] = _with(wishes[found[0]], remark, reason=reason)
        self.wanted[number] = replace(self.wanted[number], wishes=tuple(wishes))
        return True


def _with(wish: Wish, remark: Remark, *, reason: bool) -> Wish:
    if reason:
        return replace(wish, reasons=(*wish.reasons, remark))
    return replace(wish, comments=(*wish.comments, remark))


def _carried(wanted: Wanted, back: Back) -> Wanted:
    """To our version; what touches the file's own changes has no place there, and what our version says already is no
    wish.
    """
    wishes, left, comments = [], list(wanted.lost), list(wanted.comments)
    for wish in wanted.wishes:
        found = back.carry(Edit(wanted.name, wish.hunks))
        if found.outcome is Outcome.ANCHORED:
            wishes.append(replace(wish, hunks=found.hunks))
            continue
        comments += [*wish.reasons, *wish.comments]
        if found.outcome is not Outcome.ALREADY_ADOPTED:
            left.append(lost(wish.hunks, UNKNOWN_WORDS))
    return replace(wanted, wishes=tuple(wishes), lost=tuple(left), comments=tuple(comments))
