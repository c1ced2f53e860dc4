"""Footnotes of two files are counted as they stand there; one put in at the top would make every other one another."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from amendments.text.hunks import Delete, Edit, Hunk, Insert, Replace
from amendments.text.matching import increasing
from amendments.text.model import Content, Kind, Mark, MarkName, Rich, concat
from amendments.text.numbering import NEW_NOTE

_Key = Callable[["_Note"], Hashable]
CONTEXT = 40
"""Characters before a sign that tell its place."""
NUMBERS = 1000


@dataclass(frozen=True)
class _Note:
    """`words`: of the note; `place`: those before its first sign."""

    label: str
    words: str
    place: str

    def number(self) -> int:
        digest = hashlib.sha256(f"{self.words}\x00{self.place}".encode()).digest()
        return int.from_bytes(digest[:4], "big") % NUMBERS


def same_footnotes(base: Iterable[Content], contents: Iterable[Content]) -> tuple[Content, ...]:
    """`contents` with each footnote labelled as the one in `base` that it is: with the same words, else at the same
    place, else the one between the same neighbours.

    A new one gets a label that says so, and that no other is likely to have: of two people who put in one each, in two
    files, none knows of the other's.
    """
    contents = tuple(contents)
    theirs, mine = list(_notes(base)), list(_notes(contents))
    labels: dict[str, str] = {}
    keys: tuple[_Key, ...] = (lambda note: (note.words, note.place), lambda note: note.words, lambda note: note.place)
    for key in keys:
        _label_alike(labels, theirs, mine, key)
    _label_by_place(labels, [note.label for note in theirs], [note.label for note in mine])
    taken = {note.label for note in theirs}
    for note in mine:
        if note.label not in labels:
            labels[note.label] = _new_label(note, taken)
            taken.add(labels[note.label])
    if all(old == new for old, new in labels.items()):
        return contents
    return tuple(_renamed(content, labels) for content in contents)


def _notes(contents: Iterable[Content]) -> Iterator[_Note]:
    """In the order of their signs; those without one last."""
    contents = tuple(contents)
    words = {each.head.attribute("label"): each.text for each in contents if each.kind is Kind.FOOTNOTE}
    places: dict[str, str] = {}
    for content in contents:
        signs = _signs(content.rich)
        for number, mark in enumerate(signs):
            before = [sign.end for sign in signs[:number]]
            parts = (
                content.text[end : sign.start] for end, sign in zip([0, *before], signs[: number + 1], strict=True)
            )
            places.setdefault(mark.target, "".join(parts)[-CONTEXT:])
    for label in dict.fromkeys([*places, *words]):
        yield _Note(label, words.get(label, ""), places.get(label, ""))


def _signs(rich: Rich) -> list[Mark]:
    return [mark for mark in rich.marks if mark.name is MarkName.FOOTNOTE_REF]


def _label_alike(labels: dict[str, str], theirs: Sequence[_Note], mine: Sequence[_Note], key: _Key) -> None:
    """Those that have no label yet and of which there is one in each text."""
    known = set(labels.values())
    left = [note for note in theirs if note.label not in known]
    right = [note for note in mine if note.label not in labels]
    often = [Counter(map(key, notes)) for notes in (left, right)]
    found = {key(note): note.label for note in left if all(each[key(note)] == 1 for each in often) and key(note)}
    labels |= {note.label: found[key(note)] for note in right if key(note) in found}


def _label_by_place(labels: dict[str, str], theirs: Sequence[str], mine: Sequence[str]) -> None:
    """Those left between the same neighbours, where there are as many as in `base`."""
    rank = {label: number for number, label in enumerate(theirs)}
    known = sorted((rank[labels[label]], number) for number, label in enumerate(mine) if label in labels)
    taken = set(labels.values())
    for (o1, n1), (o2, n2) in pairwise([(-1, -1), *increasing(known), (len(theirs), len(mine))]):
        old = [label for label in theirs[o1 + 1 : o2] if label not in taken]
        new = [label for label in mine[n1 + 1 : n2] if label not in labels]
        if len(old) == len(new):
            labels.update(zip(new, old, strict=True))


def _new_label(note: _Note, taken: set[str]) -> str:
    number = note.number()
    while f"{NEW_NOTE}{number}" in taken:
        number += 1
    return f"{NEW_NOTE}{number}"


def _renamed(content: Content, labels: Mapping[str, str]) -> Content:
    signs = _signs(content.rich)
    label = content.head.attribute("label")
    if not signs and content.kind is not Kind.FOOTNOTE:
        return content
    parts: list[Rich] = []
    done = 0
    for mark in signs:
        parts += [content.rich.slice(done, mark.start), _sign(content.rich.slice(mark.start, mark.end), labels)]
        done = mark.end
    rich = concat([*parts, content.rich.slice(done, len(content.rich))])
    attributes = tuple(
        (key, labels.get(label, value) if key == "label" else value) for key, value in content.head.attributes
    )
    return Content(replace(content.head, attributes=attributes), rich)


def _sign(sign: Rich, labels: Mapping[str, str]) -> Rich:
    (mark,) = _signs(sign)
    label = labels[mark.target]
    text = f"[{label}]" if sign.text == f"[{mark.target}]" else sign.text
    marks = [replace(each, end=len(text), target=label if each == mark else each.target) for each in sign.marks]
    return Rich.of(text, marks)


# --- sign and note together


def with_their_notes(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The same changes where those that put in or strike the sign of a footnote and the note itself are one."""
    alone = [each for edit in edits for each in _notes_apart(edit)]
    parent = list(range(len(alone)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    owner: dict[str, int] = {}
    for number, edit in enumerate(alone):
        for label in {label for hunk in edit.hunks for label in _come_or_gone(hunk)}:
            one, other = sorted((root(owner.setdefault(label, number)), root(number)))
            parent[other] = one
    hunks: dict[int, list[Hunk]] = {}
    for number, edit in enumerate(alone):
        hunks.setdefault(root(number), []).extend(edit.hunks)
    return tuple(Edit(alone[number].id, tuple(found)) for number, found in hunks.items())


def _notes_apart(edit: Edit) -> Iterator[Edit]:
    """Notes that are struck, each for itself: neighbours at the end of a text, they belong to different places."""
    notes = [hunk for hunk in edit.hunks if isinstance(hunk, Delete) and hunk.old.kind is Kind.FOOTNOTE]
    if len(notes) < 2 or len(notes) < len(edit.hunks):
        yield edit
        return
    for number, hunk in enumerate(notes):
        yield Edit(f"{edit.id}.{number}", (hunk,))


def _come_or_gone(hunk: Hunk) -> set[str]:
    """Labels of footnotes of which a change puts in or strikes the sign or the note."""
    match hunk:
        case Replace():
            return {mark.target for mark in _signs(hunk.old)} ^ {mark.target for mark in _signs(hunk.new)}
        case Insert():
            return {label for content in hunk.contents for label in _labels(content)}
        case Delete():
            return set(_labels(hunk.old))
    return set()


def _labels(content: Content) -> Iterator[str]:
    if content.kind is Kind.FOOTNOTE:
        yield content.head.attribute("label")
    yield from (mark.target for mark in _signs(content.rich))
