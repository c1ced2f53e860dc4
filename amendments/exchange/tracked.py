"""Changes of changes: which of the others' tracked changes one person's own ones are built on.

Who strikes or inserts words inside what somebody else inserted wants that passage in the other's wording with their own
change in it. Read without the other's insertion their words would stand alone, glued to what is before them. What
others struck is nobody's ground: words put in there stand in the text as it was.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import NamedTuple

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


class Atom(NamedTuple):
    """Words, or the `end` of a paragraph, with the changes that hold for them, the oldest first."""

    stack: tuple[Change, ...] = ()
    end: bool = False

    @property
    def put_in(self) -> bool:
        return bool(self.stack) and self.stack[0].inserted

    def is_of(self, author: str) -> bool:
        """Whether this person put it in."""
        return self.put_in and self.stack[0].author == author


Passage = Sequence[Atom]
"""Changed atoms in a row, with the unchanged one before and the one behind them."""


def built_on(atoms: Iterable[Atom], author: str) -> frozenset[Hashable]:
    """The keys of all changes that the ones of `author` presuppose: those of the same people in the same passage, and
    of those whose changes these presuppose in turn; but for what was changed later in the author's own words.
    """
    found: set[Hashable] = set()
    for passage in _passages(atoms):
        people = {change.author for atom in passage for change in atom.stack}
        own = {each for each in people if author in names_in(each)} if len(people) > 1 else set()
        owners = _with_theirs(_owners(passage), own) - own if own else set()
        if owners:
            later = {change.key for atom in passage for change in _behind(atom.stack, own)}
            keys = {change.key for atom in passage for change in atom.stack if change.author in owners}
            found |= keys - later
    return frozenset(found)


def in_row(atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms of a row of a table. Where all its words were put in, so was the row, by who put in most of them, even
    if the file does not say so of its cells.
    """
    firsts = [atom.stack[0] for atom in atoms if not atom.end and atom.put_in]
    if not firsts or len(firsts) < sum(not atom.end for atom in atoms):
        return list(atoms)
    ((maker, _),) = Counter(change.author for change in firsts).most_common(1)
    own = next(change for change in firsts if change.author == maker)
    kept = (atom for atom in atoms if atom.stack or not atom.end)
    return [atom if atom.is_of(maker) else Atom((own, *atom.stack), atom.end) for atom in kept]


def _passages(atoms: Iterable[Atom]) -> Iterator[Passage]:
    border = Atom(end=True)
    found = [border]
    for atom in chain(atoms, [border]):
        found.append(atom)
        if not atom.stack:
            if len(found) > 2:
                yield found
            found = [atom]


def _behind(stack: Sequence[Change], own: Iterable[str]) -> Iterator[Change]:
    """The changes that are later than the first of one's own."""
    first = next((rank for rank, change in enumerate(stack) if change.author in own), len(stack))
    yield from stack[first + 1 :]


def _with_theirs(owners: Mapping[str, Iterable[str]], own: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        author = waiting.pop()
        if author not in found:
            found.add(author)
            waiting += owners.get(author, ())
    return found


def _owners(passage: Passage) -> Mapping[str, set[str]]:
    """By author, whose insertions they changed: struck words of, wrote into the middle of, or into a paragraph of."""
    found: dict[str, set[str]] = defaultdict(set)
    for author, owner in chain(_changed(passage), _amid(passage), _in_paragraphs(passage)):
        found[author].add(owner)
    return found


def _changed(passage: Passage) -> Iterator[tuple[str, str]]:
    for atom in passage:
        for rank, change in enumerate(atom.stack):
            if change.inserted:
                yield from ((later.author, change.author) for later in atom.stack[rank + 1 :])


def _amid(passage: Passage) -> Iterator[tuple[str, str]]:
    firsts = (atom.stack[0] for atom in passage if atom.stack)
    outer = [key for key, _ in groupby(firsts, lambda each: (each.author, each.inserted))]
    for before, own, after in zip(outer, outer[1:], outer[2:], strict=False):
        if before == after and before[1] and own[1]:
            yield own[0], before[0]


def _in_paragraphs(passage: Passage) -> Iterator[tuple[str, str]]:
    """Who put words into a paragraph that others put in: without its ends they would stand in another one."""
    lines: list[list[Atom]] = [[]]
    ends: list[Atom] = []
    for atom in passage:
        if atom.end:
            ends.append(atom)
            lines.append([])
        else:
            lines[-1].append(atom)
    for rank, line in enumerate(lines):
        new = all(atom.put_in for atom in line)
        for author in {atom.stack[0].author for atom in line} if new else ():
            before = ((ends[step], lines[step]) for step in range(rank - 1, -1, -1))
            behind = ((ends[step], lines[step + 1]) for step in range(rank, len(ends)))
            yield from ((author, owner) for owner in _crossed(before, author) | _crossed(behind, author))


def _crossed(lines: Iterable[tuple[Atom, Iterable[Atom]]], author: str) -> set[str]:
    """Whose ends part these words from the next ones that are there without other people's insertions; none where an
    end that is there too parts them. `lines`: each behind the end that is before it.
    """
    found: set[str] = set()
    for end, line in lines:
        if not end.put_in or end.is_of(author):
            return set()
        found.add(end.stack[0].author)
        if any(not atom.put_in or atom.is_of(author) for atom in line):
            return found
    return set()
