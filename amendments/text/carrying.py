"""Carry-over: where an open edit stands when the next version has appeared. Exact or handed back, never silently
elsewhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from amendments.text._similarity import similarity
from amendments.text.applying import apply_edits
from amendments.text.checking import Misfit, MisfitError, cells_by_table, rows_fit
from amendments.text.diff import diff_rich
from amendments.text.hunks import START, Delete, Edit, Gap, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.mapping import Mapping, Rewording, Spot
from amendments.text.matching import CONTAINED, Wording
from amendments.text.model import Paragraph
from amendments.text.redline import Redline
from amendments.text.relations import keys_of
from amendments.text.sentences import sentence_starts
from amendments.text.tokens import word_before, word_behind

DOUBTFUL = 0.55
"""A paragraph of a foreign text that is less like the old one than this may be another one in its place, unless what
the old one said stands in it.
"""


class Outcome(StrEnum):
    """What becomes of an open edit when a step is taken over."""

    ANCHORED = "anchored"
    ALREADY_ADOPTED = "already_adopted"
    PASSAGE_CHANGED = "passage_changed"
    PASSAGE_GONE = "passage_gone"


@dataclass(frozen=True)
class Carried:
    """`hunks` speak of the new text when ANCHORED, else they are empty. `paragraph`: identity of the passage in the
    new text, or "".
    """

    outcome: Outcome
    hunks: tuple[Hunk, ...] = ()
    paragraph: str = ""


class CarryOver:
    """The steps from an old text to a new one, prepared for any number of open edits: one, several in a row, or none.

    A step is what turned one version into the next. A redline composed of several is refused: it knows less than they,
    and a gap could be taken for another one. `foreign`: the step was not made of known edits but found by comparing two
    files. Then equal words alone prove nothing ("1" stands in many places): a passage counts as found only where a
    neighbouring word or the paragraph's edge stands beside it as before, and in a paragraph that was largely rewritten
    only with its whole sentence.
    """

    def __init__(self, *steps: Redline, foreign: bool = False) -> None:
        self._steps = tuple(_Step(step, foreign=foreign) for step in steps)

    def then(self, later: CarryOver) -> CarryOver:
        """These steps, and `later` ones from the text they end in."""
        longer = CarryOver()
        longer._steps = self._steps + later._steps
        return longer

    def carry(self, edit: Edit) -> Carried:
        """The edit, filed on the old text, as it stands now. If any part of it is touched, the whole edit is handed
        back. What a step says that hands it back, or holds it, stays said; later ones only lead on to its passage.
        MisfitError where it speaks of a paragraph the old text has not.
        """
        carried = Carried(Outcome.ANCHORED, edit.hunks)
        for step in self._steps:
            if carried.outcome is Outcome.ANCHORED:
                carried = step.carry(Edit(edit.id, carried.hunks))
            else:
                carried = replace(carried, paragraph=step.paragraph_now(carried.paragraph))
        return carried


class _Step:
    """One step, made of known edits or `foreign`."""

    def __init__(self, step: Redline, *, foreign: bool) -> None:
        if step.steps > 1:
            raise ValueError("a redline composed of several steps: carry over each of them in turn")
        self.foreign = foreign
        self._doubts: dict[str, bool] = {}
        self.old = {paragraph.identity: paragraph for paragraph in step.reject()}
        self.new = {paragraph.identity: paragraph for paragraph in step.accept()}
        self.cells = cells_by_table(self.new.values())
        self.mapping = Mapping(step)

    def carry(self, edit: Edit) -> Carried:
        for identity in (name for hunk in edit.hunks for _, name in keys_of(hunk)):
            if identity != START and identity not in self.old:
                raise MisfitError(Misfit.UNKNOWN_PARAGRAPH, identity)
        dissolved = self._dissolved(edit)
        if all(self._arrived(hunk, dissolved) for hunk in edit.hunks):
            return Carried(Outcome.ALREADY_ADOPTED, paragraph=self._passage(edit))
        mapped = [self._map(hunk) for hunk in edit.hunks]
        hunks = tuple(hunk for hunk in mapped if hunk is not None)
        stands = len(hunks) == len(mapped) and len(_gaps(hunks)) == len(_gaps(edit.hunks))
        if stands and all(self._placed(identity) for identity in _speaks_of(edit)):
            return Carried(Outcome.ANCHORED, hunks, self._passage(edit))
        if any(self.mapping.gone(identity) for identity in _speaks_of(edit)):
            return Carried(Outcome.PASSAGE_GONE)
        return Carried(Outcome.PASSAGE_CHANGED, paragraph=self._passage(edit))

    def _passage(self, edit: Edit) -> str:
        """The first living paragraph the edit speaks of."""
        return next((now for identity in _speaks_of(edit) if (now := self.paragraph_now(identity))), "")

    def paragraph_now(self, identity: str) -> str:
        """The paragraph itself, or the one that holds the first of its words that stand; "" if none do."""
        if self.mapping.alive(identity):
            return identity
        track = self.mapping.tracks.get(identity)
        return track.stretches[0].paragraph if track and track.stretches else ""

    # --- has the wish come true by itself?

    def _dissolved(self, edit: Edit) -> set[str]:
        """Paragraphs that are gone and of which the edit would leave nothing either: all words struck, then joined."""
        rights = {hunk.right for hunk in edit.hunks if isinstance(hunk, Join) and self.mapping.vanished(hunk.right)}
        kept = {name: len(self.old[name].text) for name in rights}
        for hunk in edit.hunks:
            if isinstance(hunk, Replace) and hunk.paragraph in rights:
                kept[hunk.paragraph] -= len(hunk.old) - len(hunk.new)
        return {name for name, length in kept.items() if length == 0}

    def _arrived(self, hunk: Hunk, dissolved: set[str]) -> bool:
        match hunk:
            case Replace(paragraph=name) | Join(right=name) if name in dissolved:
                return True
            case Replace():
                return self._wording_arrived(hunk)
            case Delete():
                return self.mapping.gone(hunk.paragraph)
            case Retype():
                return self.mapping.alive(hunk.paragraph) and self.new[hunk.paragraph].head == hunk.new
            case Split():
                return self._split_arrived(hunk)
            case Join():
                return self._joined(hunk)
            case Insert():
                return self._inserted(hunk)
            case Move():
                return self._moved(hunk, dissolved)

    def _split_arrived(self, hunk: Split) -> bool:
        """A paragraph begins where the wish wants one, white space there or not."""
        if hunk.offset in self.mapping.tracks[hunk.paragraph].cuts:
            return True
        text = self.old[hunk.paragraph].text
        offset = hunk.offset
        while offset < len(text) and text[offset].isspace():
            offset += 1
        right = self.mapping.span(hunk.paragraph, offset, min(offset + 1, len(text)))
        if right is None or right.paragraph == hunk.paragraph:
            return False
        return not self.new[right.paragraph].text[: right.start].strip()

    def _joined(self, hunk: Join) -> bool:
        left, right = self.mapping.tracks[hunk.left], self.mapping.tracks[hunk.right]
        return right.begins is not None and right.begins == ((left.ends_in or left.moved_to), False)

    def _inserted(self, hunk: Insert) -> bool:
        """The wanted paragraphs stand, one behind the other, among those that arrived in the gap."""
        arrived = [self.new[identity].content for identity in self.mapping.arrivals_behind(hunk.gap.after)]
        size = len(hunk.contents)
        return any(tuple(arrived[at : at + size]) == hunk.contents for at in range(len(arrived) - size + 1))

    def _moved(self, hunk: Move, dissolved: set[str]) -> bool:
        """The block stands where the wish wants it. What was joined on the way begins no paragraph any more."""
        rank = self.mapping.rank
        if not all(identity in self.mapping.moved or identity in dissolved for identity in hunk.block):
            return False
        ranks = [rank[identity] for identity in hunk.block if identity in rank]
        if hunk.block[0] not in rank:
            return False
        between = set(self.mapping.order[ranks[0] : ranks[-1] + 1]) - set(hunk.block)
        if ranks != sorted(ranks) or not all(self.mapping.came(identity) for identity in between):
            return False
        left = self.mapping.left_of(hunk.gap.after)
        behind_left = left is not None and ranks[0] == (rank[left] + 1 if left else 0)
        return behind_left or self.mapping.landed[hunk.block[0]] == hunk.gap.after

    def _wording_arrived(self, hunk: Replace) -> bool:
        """The step holds this very hunk, or the paragraph with only it agrees with the new text a whole word further
        on both sides.
        """
        if Rewording(hunk.start, hunk.end, hunk.new) in self.mapping.tracks[hunk.paragraph].rewordings:
            return not self.mapping.vanished(hunk.paragraph)
        if not self.mapping.alive(hunk.paragraph) or self._still_stands(hunk):
            return False
        old, new = self.old[hunk.paragraph], self.new[hunk.paragraph]
        if old.content == new.content:
            return False
        wish = apply_edits(Redline.of((old,)), [Edit("wish", (hunk,))]).accept()[0]
        step = Redline.of((Paragraph(old.identity, wish.content),))
        hunks = diff_rich(old.identity, wish.content.rich, new.content.rich)
        seen = Mapping(apply_edits(step, [Edit("step", hunks)]))
        start, end = word_before(wish.text, hunk.start), word_behind(wish.text, hunk.start + len(hunk.new.text))
        spot = seen.span(old.identity, start, end) if start < end else None
        if spot is None:
            return False
        return (start > 0 or spot.start == 0) and (end < len(wish.text) or spot.end == len(new.text))

    def _still_stands(self, hunk: Replace) -> bool:
        """Whether a step of known edits kept the words it strikes: then they are not struck, whatever stands around
        them. Of a foreign step nobody knows which of equal words it kept.
        """
        return not self.foreign and hunk.start < hunk.end and self._map(hunk) is not None

    # --- where does it stand now?

    def _map(self, hunk: Hunk) -> Hunk | None:
        match hunk:
            case Replace():
                spot = self.mapping.span(hunk.paragraph, hunk.start, hunk.end)
                return self._replace_at(hunk, spot) if spot and self._proven(hunk, spot) else None
            case Split() | Retype() if self._doubtful(hunk.paragraph):
                return None
            case Split():
                spot = self.mapping.span(hunk.paragraph, hunk.offset, hunk.offset)
                return Split(spot.paragraph, spot.start, hunk.head) if spot and self._inside(spot) else None
            case Retype():
                alive = self.mapping.alive(hunk.paragraph) and self.new[hunk.paragraph].head == hunk.old
                return hunk if alive else None
            case Delete():
                return hunk if self._unchanged(hunk.paragraph) else None
            case Join():
                return self._map_join(hunk)
            case Insert():
                left = self.mapping.gap(hunk.gap.after)
                fits = left is not None and rows_fit(hunk.contents, self.cells)
                return Insert(Gap(left), hunk.contents) if left is not None and fits else None
            case Move():
                return self._map_move(hunk)

    def _proven(self, hunk: Replace, spot: Spot) -> bool:
        if not self.foreign:
            return True
        text = self.old[hunk.paragraph].text
        if self._doubtful(hunk.paragraph):
            bounds = (*sentence_starts(text), len(text))
            number = bisect_right(bounds, hunk.start, hi=len(bounds) - 1)
            return self.mapping.span(hunk.paragraph, bounds[number - 1], max(bounds[number], hunk.end)) is not None
        before, behind = word_before(text, hunk.start), word_behind(text, hunk.end)
        if before == hunk.start and behind == hunk.end:
            return True
        if hunk.start == spot.start == 0 or (hunk.end == len(text) and spot.end == len(self.new[spot.paragraph].text)):
            return True
        sides = ((before, hunk.end), (hunk.start, behind))
        return any(side != (hunk.start, hunk.end) and self.mapping.span(hunk.paragraph, *side) for side in sides)

    def _doubtful(self, identity: str) -> bool:
        """Whether a foreign text holds so little of the paragraph that it may be another one in its place. One to which
        much was added is not: what it said still stands.
        """
        if not self.foreign or not self.mapping.alive(identity):
            return False
        if identity not in self._doubts:
            old, new = Wording(self.old[identity].text), Wording(self.new[identity].text)
            unlike = similarity(old.tokens, new.tokens) < DOUBTFUL
            self._doubts[identity] = unlike and old.share_in(new) < CONTAINED
        return self._doubts[identity]

    def _placed(self, identity: str) -> bool:
        """Whether it is surely this paragraph. Of one whose words stand several times in a foreign text a neighbour has
        to prove it that stands once, and beside it in both texts; so do the first and the last place.
        """
        if not self.foreign or not self.mapping.alive(identity) or self._single(identity):
            return True
        sides = zip(self._neighbours[0][identity], self._neighbours[1][identity], strict=True)
        return any(one == other and (one == "" or self._single(one)) for one, other in sides)

    def _single(self, identity: str) -> bool:
        texts = (self.old[identity].text, self.new[identity].text)
        return all(self._times[side][text] == 1 for side, text in enumerate(texts))

    @cached_property
    def _times(self) -> tuple[Counter[str], Counter[str]]:
        """How often the words of a paragraph stand in the old text, and in the new one."""
        return Counter(p.text for p in self.old.values()), Counter(p.text for p in self.new.values())

    @cached_property
    def _neighbours(self) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
        """Of the old text and of the new one: what stands before and behind each paragraph, "" at the edges."""
        return _beside(list(self.old)), _beside(list(self.new))

    def _replace_at(self, hunk: Replace, spot: Spot) -> Replace | None:
        standing = self.new[spot.paragraph].content.rich.slice(spot.start, spot.end)
        return Replace(spot.paragraph, spot.start, spot.end, hunk.old, hunk.new) if standing == hunk.old else None

    def _inside(self, spot: Spot) -> bool:
        return 0 < spot.start < len(self.new[spot.paragraph].text)

    def _unchanged(self, identity: str) -> bool:
        return self.mapping.alive(identity) and self.new[identity].content == self.old[identity].content

    def _map_join(self, hunk: Join) -> Join | None:
        left = self.mapping.span(hunk.left, hunk.length, hunk.length)
        right = self.mapping.span(hunk.right, 0, 0)
        if not left or not right or right.start != 0 or left.start != len(self.new[left.paragraph].text):
            return None
        rank = self.mapping.rank
        if rank[right.paragraph] != rank[left.paragraph] + 1:
            return None
        if self.new[right.paragraph].head != self.old[hunk.right].head:
            return None  # a join loses this head, and somebody has just chosen it
        return Join(left.paragraph, right.paragraph, left.start)

    def _map_move(self, hunk: Move) -> Move | None:
        """The block with all that became of it: both halves of what was split, and what came into its inner gaps."""
        order, rank, tracks = self.mapping.order, self.mapping.rank, self.mapping.tracks
        ends = [tracks[identity].ends_in for identity in hunk.block]
        if not all(ends) or any(tracks[identity].moved_to for identity in hunk.block):
            return None
        if not self.mapping.alive(hunk.block[0]) or self.mapping.left_of(hunk.block[-1]) is None:
            return None
        first, last = rank[hunk.block[0]], rank[ends[-1]]
        left = self.mapping.gap(hunk.gap.after)
        block = tuple(order[first : last + 1])
        if left is None or left in block or left == (order[first - 1] if first else START):
            return None
        return Move(block, Gap(left))


def carry_over(edit: Edit, *steps: Redline, foreign: bool = False) -> Carried:
    """One edit across the steps, one after the other. For many edits prepare `CarryOver(*steps)` once."""
    return CarryOver(*steps, foreign=foreign).carry(edit)


def _speaks_of(edit: Edit) -> list[str]:
    names: list[str] = []
    for hunk in edit.hunks:
        match hunk:
            case Join():
                names += [hunk.left, hunk.right]
            case Move():
                names += hunk.block
            case Insert():
                pass
            case _:
                names.append(hunk.paragraph)
    return names


def _gaps(hunks: Iterable[Hunk]) -> set[Gap]:
    """Where hunks put or move something. Two of these may fall together where a paragraph is struck."""
    return {hunk.gap for hunk in hunks if isinstance(hunk, Insert | Move)}


def _beside(identities: Sequence[str]) -> dict[str, tuple[str, str]]:
    return {
        identity: (before, behind)
        for before, identity, behind in zip(["", *identities[:-1]], identities, [*identities[1:], ""], strict=True)
    }
