"""Lists as word processors count them: which items count on together, and where the count begins anew.

A page ends the count of a list at any other paragraph; a word processor counts on within one list, wherever its items
stand. So whatever does not follow by itself is a count of its own, in the old text and in the new one, and an item that
both texts have stands in one count where that says what both of them say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from amendments.exchange.building import ListCounter
from amendments.exchange.item_numbers import number_of
from amendments.text.model import Head, Kind

BULLET = ""


@dataclass(eq=False)
class List:
    """`looks`: how the first number of each level reads ("a)"), BULLET for a bullet; levels count from 1."""

    looks: dict[int, str] = field(default_factory=dict)
    _at: dict[int, int] = field(default_factory=dict)

    def has(self, level: int, look: str) -> bool:
        return self.looks.get(level, look) == look

    def begun(self, level: int) -> bool:
        return level in self._at

    def skipped(self, level: int) -> bool:
        """Whether items below the level stand already where none of its own does: LibreOffice counts one for them."""
        return not self.begun(level) and any(deep > level for deep in self._at)

    def next(self, level: int) -> int:
        """The number that follows by itself."""
        return self._at.get(level, 0) + 1

    def put(self, level: int, look: str, number: int) -> None:
        self.looks[level] = look
        self._at = {deep: at for deep, at in self._at.items() if deep < level} | {level: number}


@dataclass(eq=False)
class Count:
    """Items of a list that count on from one start: `start` is the number of the first one at `level`, and none is
    above that. `outer`: where the list goes on above it.
    """

    list: List
    level: int
    start: int
    outer: Count | None = None

    def next(self, level: int) -> int:
        """The number that follows by itself; under a new item above it, where the first one of this level began."""
        return self.list.next(level) if self.list.begun(level) or level != self.level else self.start

    def same_as(self, other: Count) -> bool:
        """Whether items of this one can stand in the other and carry the same numbers."""
        looks = ((look, self.list.looks.get(level, look)) for level, look in other.list.looks.items())
        return (self.level, self.start) == (other.level, other.start) and all(one == two for one, two in looks)


@dataclass(frozen=True)
class Item:
    count: Count
    level: int


def counted(heads: Iterable[Head | None]) -> list[Item | None]:
    """For each head of one text in order where it counts, if it is a list item; None stands for no paragraph of this
    text.
    """
    found: list[Item | None] = []
    counter, count = ListCounter(), None
    for head in heads:
        if head is not None and head.kind is not Kind.LIST_ITEM:
            counter.interrupt()
        if head is None or head.kind is not Kind.LIST_ITEM:
            found.append(None)
        else:
            count = _next(counter, count, head)
            found.append(Item(count, max(head.level, 1)))
    return found


def _next(counter: ListCounter, count: Count | None, head: Head) -> Count:
    """The count this item belongs to: the last one, unless its number does not follow there by itself."""
    level, look, said = max(head.level, 1), BULLET, None
    if head.attribute("list") == "ordered":
        look = head.attribute("numbering") or "1."
        said = number_of(look, head.attribute("number")) if head.attribute("number") else None
    number = counter.next(level, look, said)
    while count and level < count.level:
        count = count.outer
    if count is None or not count.list.has(level, look):
        count = Count(List(), level, number)
    elif look != BULLET and (count.next(level) != number or count.list.skipped(level)):
        count = Count(count.list, level, number, count)
    count.list.put(level, look, number)
    return count


def agreed(old: Sequence[Item | None], new: Sequence[Item | None]) -> list[Item | None]:
    """`old` with counts of `new` in place of its own, each for the one with which it shares most items."""
    shared: Counter[tuple[Count, Count]] = Counter(
        (was.count, is_now.count) for was, is_now in zip(old, new, strict=True) if was and is_now
    )
    chosen: dict[Count, Count] = {}
    for (was_in, is_in), _ in shared.most_common():
        if was_in not in chosen and is_in not in chosen.values() and was_in.same_as(is_in):
            chosen[was_in] = is_in
    for was_in, is_in in chosen.items():
        is_in.list.looks = was_in.list.looks | is_in.list.looks
    return [was and Item(chosen.get(was.count, was.count), was.level) for was in old]
