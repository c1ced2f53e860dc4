"""A redline as a file and back: are the proposals the same?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amendments.exchange.instructions import Instructions
from amendments.exchange.readers import read_returned
from amendments.exchange.redlines import Paper, Person, write
from amendments.exchange.returned import proposals_of, wanted_in
from amendments.exchange.words import GERMAN, Speech
from amendments.text import Edit, Text, apply, merge
from amendments.text.model import Content


def paper_of(
    base: Text, wishes: Mapping[str, Sequence[Edit]], people: Mapping[str, Person], speech: Speech = GERMAN
) -> Paper:
    """`wishes`: edits by whose they are. What collides is said in orders."""
    merged = merge(base, [edit for edits in wishes.values() for edit in edits])
    names = list(people)
    by = {edit.id: names.index(name) for name, edits in wishes.items() for edit in edits}
    said = Instructions(base) if merged.contested else None
    orders = (
        {edit.id: said.say(edit.hunks) for edits in wishes.values() for edit in edits if edit.id in merged.contested}
        if said
        else {}
    )
    return Paper(
        merged.redline.nodes, "alt", "neu", tuple(people.values()), by, merged.collisions, speech=speech, orders=orders
    )


def differing(
    base: Text,
    wishes: Mapping[str, Sequence[Edit]],
    people: Mapping[str, Person],
    suffix: str,
    speech: Speech = GERMAN,
) -> list[str]:
    """What is otherwise behind the way through a file; nothing where all proposals are the same, rivals included."""
    return differing_in(write(paper_of(base, wishes, people, speech), suffix), base, wishes, people, suffix)


def differing_in(
    data: bytes, base: Text, wishes: Mapping[str, Sequence[Edit]], people: Mapping[str, Person], suffix: str
) -> list[str]:
    """The same of a file that holds them all already."""
    found = wanted_in(base, read_returned(data, f"datei{suffix}"), f"datei{suffix}")
    trouble = [] if found.likeness == 1.0 else [f"likeness {found.likeness}"]
    trouble += [f"own wish {wish.hunks}" for each in found.wanted if not each.tracked for wish in each.wishes]
    by_name = {each.author: each for each in found.wanted if each.tracked}
    for name, edits in wishes.items():
        person = people[name]
        wanted = _contents(apply(base, edits))
        if wanted == _contents(base):
            continue
        if person.name not in by_name:
            trouble.append(f"{person.name}: missing")
            continue
        (proposal,) = proposals_of(by_name.pop(person.name), each_change=False) or (None,)
        if proposal is None:
            trouble.append(f"{person.name}: nothing")
            continue
        got = _contents(apply(base, [Edit(f"n{rank}", hunks) for rank, hunks in enumerate(proposal.edits)]))
        trouble += _apart(person.name, wanted, got)
        if proposal.reason != person.reason:
            trouble.append(f"{person.name}: reason {proposal.reason!r} for {person.reason!r}")
    trouble += [f"{name}: nobody" for name, each in by_name.items() if each.wishes]
    return trouble


def _contents(text: Text) -> list[Content]:
    return [paragraph.content for paragraph in text]


def _apart(name: str, wanted: Sequence[Content], got: Sequence[Content]) -> list[str]:
    if list(wanted) == list(got):
        return []
    only = [each for each in wanted if each not in got], [each for each in got if each not in wanted]
    return [f"{name}: wanted {[*map(_said, only[0])]} got {[*map(_said, only[1])]}"]


def _said(content: Content) -> str:
    head = content.head
    return f"{head.kind.value}{head.level}{dict(head.attributes)}:{content.text[:90]!r}{content.rich.marks}"
