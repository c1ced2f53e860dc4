"""Carry-over: where an open edit stands when the next version has appeared. Exact or handed back, never silently elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from amendments.text import diff
from amendments.text.applying import apply_edits
from amendments.text.hunks import Delete, Edit, Gap, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.mapping import Mapping, Spot
from amendments.text.model import Paragraph
from amendments.text.redline import Redline
from amendments.text.tokens import word_before, word_behind


class Outcome(StrEnum):
    ANCHORED = "anchored"
    ALREADY_ADOPTED = "already_adopted"
    PASSAGE_CHANGED = "passage_changed"
    PASSAGE_GONE = "passage_gone"


@dataclass(frozen=True)
class Carried:
    """`hunks` speak of the new text when ANCHORED, else they are empty. `paragraph`: identity of the passage in the new text, or ""."""

    outcome: Outcome
    hunks: tuple[Hunk, ...] = ()
    paragraph: str = ""


class CarryOver:
    """One step from an old text to a new one, prepared for any number of open edits.

    `foreign`: the step was not made of known edits but found by comparing two files. Then equal words alone prove nothing ("1" stands
    in many places): a passage counts as found only where a neighbouring word stands beside it as before.
    """

    def __init__(self, step: Redline, *, foreign: bool = False) -> None:
        self.foreign = foreign
        self.old = {paragraph.identity: paragraph for paragraph in step.reject()}
        self.new = {paragraph.identity: paragraph for paragraph in step.accept()}
        self.mapping = Mapping(step)
        self.old_order = list(self.old)

    def carry(self, edit: Edit) -> Carried:
        """The edit, filed on the old text, as it stands now. If any part of it is touched, the whole edit is handed back."""
        if all(self._arrived(hunk) for hunk in edit.hunks):
            return Carried(Outcome.ALREADY_ADOPTED, paragraph=self._passage(edit))
        mapped = [self._map(hunk) for hunk in edit.hunks]
        hunks = tuple(hunk for hunk in mapped if hunk is not None)
        if len(hunks) == len(mapped):
            return Carried(Outcome.ANCHORED, hunks, self._passage(edit))
        if any(self.mapping.gone(identity) for identity in _speaks_of(edit)):
            return Carried(Outcome.PASSAGE_GONE)
        return Carried(Outcome.PASSAGE_CHANGED, paragraph=self._passage(edit))

    def _passage(self, edit: Edit) -> str:
        """The first living paragraph the edit speaks of."""
        for identity in _speaks_of(edit):
            if self.mapping.alive(identity):
                return identity
            track = self.mapping.tracks.get(identity)
            if track and track.stretches:
                return track.stretches[0].paragraph
        return ""

    # --- has the wish come true by itself?

    def _arrived(self, hunk: Hunk) -> bool:
        match hunk:
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
                return self._moved(hunk)

    def _split_arrived(self, hunk: Split) -> bool:
        """A paragraph begins where the wish wants one, white space there or not."""
        text = self.old[hunk.paragraph].text
        offset = hunk.offset
        while offset < len(text) and text[offset].isspace():
            offset += 1
        right = self.mapping.span(hunk.paragraph, offset, min(offset + 1, len(text)))
        return right is not None and right.start == 0 and right.paragraph != hunk.paragraph

    def _joined(self, hunk: Join) -> bool:
        left, right = self.old[hunk.left].text, self.old[hunk.right].text
        last = self.mapping.span(hunk.left, len(left) - 1, len(left)) if left else None
        first = self.mapping.span(hunk.right, 0, 1) if right else None
        return last is not None and first is not None and last.paragraph == first.paragraph

    def _inserted(self, hunk: Insert) -> bool:
        """The wanted paragraphs stand, one behind the other, among those that arrived in the gap."""
        arrived = [
            self.new[identity].content for identity in self.mapping.arrivals_behind(hunk.gap.after, self.old_order)
        ]
        size = len(hunk.contents)
        return any(tuple(arrived[at : at + size]) == hunk.contents for at in range(len(arrived) - size + 1))

    def _moved(self, hunk: Move) -> bool:
        rank = self.mapping.rank
        if not all(identity in self.mapping.moved for identity in hunk.block):
            return False
        left = self.mapping.living_left(hunk.gap.after, self.old_order)
        first = rank[left] + 1 if left else 0
        return [rank[identity] for identity in hunk.block] == list(range(first, first + len(hunk.block)))

    def _wording_arrived(self, hunk: Replace) -> bool:
        """The paragraph with only this change in it agrees with the new text here, a whole word further on both sides."""
        if not self.mapping.alive(hunk.paragraph):
            return False
        old, new = self.old[hunk.paragraph], self.new[hunk.paragraph]
        if old.content == new.content:
            return False
        wish = apply_edits(Redline.of((old,)), [Edit("wish", (hunk,))]).accept()[0]
        step = Redline.of((Paragraph(old.identity, wish.content),))
        hunks = diff.diff_rich(old.identity, wish.content.rich, new.content.rich)
        seen = Mapping(apply_edits(step, [Edit("step", hunks)]))
        start, end = word_before(wish.text, hunk.start), word_behind(wish.text, hunk.start + len(hunk.new.text))
        spot = seen.span(old.identity, start, end) if start < end else None
        if spot is None:
            return False
        return (start > 0 or spot.start == 0) and (end < len(wish.text) or spot.end == len(new.text))

    # --- where does it stand now?

    def _map(self, hunk: Hunk) -> Hunk | None:
        match hunk:
            case Replace():
                spot = self.mapping.span(hunk.paragraph, hunk.start, hunk.end)
                return self._replace_at(hunk, spot) if spot and self._proven(hunk) else None
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
                left = self.mapping.gap(hunk.gap.after, self.old_order)
                return None if left is None else Insert(Gap(left), hunk.contents)
            case Move():
                return self._map_move(hunk)

    def _proven(self, hunk: Replace) -> bool:
        if not self.foreign:
            return True
        text = self.old[hunk.paragraph].text
        before, behind = word_before(text, hunk.start), word_behind(text, hunk.end)
        if before == hunk.start and behind == hunk.end:
            return True
        sides = ((before, hunk.end), (hunk.start, behind))
        return any(side != (hunk.start, hunk.end) and self.mapping.span(hunk.paragraph, *side) for side in sides)

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
        return Join(left.paragraph, right.paragraph, left.start)

    def _map_move(self, hunk: Move) -> Move | None:
        rank = self.mapping.rank
        if not all(identity in rank for identity in hunk.block):
            return None
        ranks = [rank[identity] for identity in hunk.block]
        if ranks != list(range(ranks[0], ranks[0] + len(ranks))) or any(i in self.mapping.moved for i in hunk.block):
            return None
        left = self.mapping.gap(hunk.gap.after, self.old_order)
        before = self.mapping.order[ranks[0] - 1] if ranks[0] else ""
        if left is None or left in hunk.block or left == before:
            return None
        return Move(hunk.block, Gap(left))


def carry_over(edit: Edit, step: Redline, *, foreign: bool = False) -> Carried:
    """One edit across one step. For many edits prepare `CarryOver(step)` once."""
    return CarryOver(step, foreign=foreign).carry(edit)


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
