"""How a wish that was handed back begins anew: the same gesture on the newest text, nothing that was adopted undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from amendments.proposals.asking import KINDS, MAX_SPAN
from amendments.proposals.wording import Op
from amendments.text.applying import apply_edits
from amendments.text.diff import diff_rich
from amendments.text.hunks import START, Delete, Edit, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import CELL, Head, Rich, Text
from amendments.text.redline import Redline


@dataclass(frozen=True)
class Again:
    """What the propose page is asked to begin with; `values` are further fields of its form."""

    op: Op
    paragraph: str
    values: dict[str, str] = field(default_factory=dict)


def again(hunks: Sequence[Hunk], old: Text, new: Text) -> Again:
    """`hunks` spoke of `old`; what they ask for on `new`. Words that others changed meanwhile stay as they are now,
    but for those that were to be changed here. Where the passage is gone, its words are a new paragraph.
    """
    return _Beginning(hunks, old, new).found()


class _Beginning:
    def __init__(self, hunks: Sequence[Hunk], old: Text, new: Text) -> None:
        self.hunks = hunks
        self.old = old
        self.before = {paragraph.identity: paragraph.text for paragraph in old}
        self.now = {paragraph.identity: paragraph.text for paragraph in new}
        self.order = [paragraph.identity for paragraph in new]

    def found(self) -> Again:
        structural = [hunk for hunk in self.hunks if not isinstance(hunk, Replace)]
        if not structural:
            return self._words(list(dict.fromkeys(h.paragraph for h in self.hunks if isinstance(h, Replace))))
        match structural[0]:
            case Insert():
                return self._insert(structural[0])
            case Move(block=block) if self._alive(*block):
                return Again(Op.MOVE, block[0], {"last": block[-1]})
            case Retype(paragraph=name, new=head) if self._alive(name):
                return Again(Op.RETYPE, name, {"kind": _kind_of(head)})
            case Split(paragraph=name) if self._alive(name):
                return Again(Op.SPLIT, name)
            case Join(left=left, right=right) if self._alive(left, right):
                return self._join(left, right)
            case Delete() if all(isinstance(hunk, Delete) for hunk in self.hunks) and len(self.hunks) == 1:
                name = structural[0].paragraph
                return Again(Op.DELETE, name) if self._alive(name) else self._gone()
        return self._gone()

    def _alive(self, *names: str) -> bool:
        return all(name in self.now for name in names)

    def _words(self, names: list[str]) -> Again:
        living = [name for name in names if name in self.now]
        if not living:
            return self._gone()
        first, last = living[0], living[-1]
        reach = self.order[self.order.index(first) : self.order.index(last) + 1]
        if len(living) == 1 or len(reach) > MAX_SPAN or any(CELL in self.now[name] for name in reach):
            return Again(Op.CHANGE, first, self._fields(first))
        wordings = {f"wording-{index}": self._rebased(name) for index, name in enumerate(reach)}
        return Again(Op.SPAN, first, {"last": last, **wordings})

    def _fields(self, name: str) -> dict[str, str]:
        words = self._rebased(name)
        if CELL not in self.now[name]:
            return {"wording": words}
        return {f"cell-{index}": cell for index, cell in enumerate(words.split(CELL))}

    def _join(self, left: str, right: str) -> Again:
        replaced = [h for h in self.hunks if isinstance(h, Replace) and (h.old.text.strip() or h.new.text.strip())]
        if not replaced:
            return Again(Op.JOIN, left)
        words = {"wording-0": self._rebased(left).strip(), "wording-1": self._rebased(right).strip()}
        return Again(Op.SPAN, left, {"last": right, "together": "1", **words})

    def _insert(self, hunk: Insert) -> Again:
        words = "\n\n".join(content.text.replace(CELL, " | ") for content in hunk.contents)
        return Again(
            Op.INSERT, self._left_of(hunk.gap.after), {"wording": words, "kind": _kind_of(hunk.contents[0].head)}
        )

    def _gone(self) -> Again:
        """Nothing of the passage is left: the words that were wanted, behind the nearest paragraph that is."""
        after = apply_edits(Redline.of(self.old), [Edit("own", tuple(self.hunks))]).accept()
        known = {paragraph.identity for paragraph in self.old}
        names = [name for hunk in self.hunks for name in _names(hunk)]
        wanted = [p.text for p in after if p.identity in names or p.identity not in known]
        words = "\n\n".join(text.replace(CELL, " | ") for text in wanted)
        return Again(Op.INSERT, self._left_of(names[0] if names else START), {"wording": words})

    def _left_of(self, name: str) -> str:
        """The paragraph, or the nearest one before it that is still there."""
        found = START
        for paragraph in self.old:
            if paragraph.identity in self.now:
                found = paragraph.identity
            if paragraph.identity == name:
                return found
        return START

    def _rebased(self, name: str) -> str:
        mine = [hunk for hunk in self.hunks if isinstance(hunk, Replace) and hunk.paragraph == name]
        return rebased(self.before.get(name, self.now[name]), self.now[name], mine)


def rebased(old: str, new: str, mine: Sequence[Replace]) -> str:
    """`new` with the changes `mine` of `old`. What others wrote in place of the very same words gives way; what they
    struck beside them stays struck; two insertions at one place both stand, the older one first.
    """
    theirs = [hunk for hunk in diff_rich("", Rich(old), Rich(new)) if isinstance(hunk, Replace)]
    for start, end, group in reversed(_regions(mine, theirs)):
        left, right = _place(theirs, start), _place(theirs, end, ends=True) if end > start else _place(theirs, start)
        new = _apart(_apart(new[:left], _applied(old, start, end, group)), new[right:])
    return new


def _apart(left: str, right: str) -> str:
    """One behind the other; where the blank between two words was struck, with a new one."""
    return f"{left} {right}" if left[-1:].isalnum() and right[:1].isalnum() else left + right


def _place(theirs: Sequence[Replace], offset: int, *, ends: bool = False) -> int:
    """Where an offset of the old text lies in the new one; `ends`: what was put in exactly there lies behind it."""
    place = offset
    for hunk in theirs:
        if hunk.start < offset < hunk.end:
            return place - (offset - hunk.start) + (len(hunk.new.text) if ends else 0)
        if hunk.end <= offset and not (ends and hunk.start == hunk.end == offset):
            place += len(hunk.new.text) - len(hunk.old.text)
    return place


def _regions(mine: Sequence[Replace], theirs: Sequence[Replace]) -> list[tuple[int, int, list[Replace]]]:
    """Stretches of the old text, each with those of `mine` in it and all that others wrote in place of its words."""
    regions: list[tuple[int, int, list[Replace]]] = []
    for hunk in sorted(mine, key=lambda hunk: (hunk.start, hunk.end)):
        meets = [h for h in theirs if h.start < hunk.end and hunk.start < h.end and h.new.text]
        start, end = min([hunk.start, *(h.start for h in meets)]), max([hunk.end, *(h.end for h in meets)])
        if regions and start < regions[-1][1]:
            first, last, earlier = regions.pop()
            regions.append((first, max(last, end), [*earlier, hunk]))
        else:
            regions.append((start, end, [hunk]))
    return regions


def _applied(old: str, start: int, end: int, group: Sequence[Replace]) -> str:
    words, at = "", start
    for hunk in group:
        words += old[at : hunk.start] + hunk.new.text
        at = hunk.end
    return words + old[at:end]


def _kind_of(head: Head) -> str:
    return next((name for name, value in KINDS.items() if value == (head.kind, head.level)), "paragraph")


def _names(hunk: Hunk) -> Sequence[str]:
    match hunk:
        case Insert():
            return ()
        case Join():
            return hunk.left, hunk.right
        case Move():
            return hunk.block
        case _:
            return (hunk.paragraph,)
