"""What became of every wish, for people (`tallies`) and for programs (`report`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from amendments.exchange.returned.by_copy import collisions_by_copy
from amendments.exchange.returned.consolidating import Consolidated, place
from amendments.text.excerpts import Excerpts
from amendments.text.merging import Collision
from amendments.text.model import CELL
from amendments.text.redline import Redline
from amendments.text.relations import Relation


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of the summary: numbers of wishes of one copy.

    `applied` stand in the text, `same` of them are another's wish too, `soft` of them should be read beside another's;
    `collisions` wait for a decision.
    """

    label: str
    file: str
    wishes: int
    applied: int
    same: int
    soft: int
    collisions: int


class TallyJson(TypedDict):
    author: str
    file: str
    proposals: int
    applied: int
    same: int
    soft: int
    collisions: int


class AlternativeJson(TypedDict):
    files: list[str]
    authors: list[str]
    edits: list[str]
    text: str


class CollisionJson(TypedDict):
    """`paragraph`: from 0 in the base; -1 before the first. So in all of the report."""

    paragraph: int
    kind: str
    base: str
    alternatives: list[AlternativeJson]


class SoftJson(TypedDict):
    grade: str
    paragraph: int
    sentence: str
    edits: list[str]
    files: list[str]
    authors: list[str]


class DoubtfulJson(TypedDict):
    paragraph: int
    edits: list[str]
    files: list[str]
    authors: list[str]


class Report(TypedDict):
    """What docs/commands.md says of `--report`."""

    files: list[TallyJson]
    applied: list[str]
    same: list[list[str]]
    settled: list[list[str]]
    collisions: list[CollisionJson]
    soft: list[SoftJson]
    doubtful: list[DoubtfulJson]
    edits: dict[str, int]


def tallies(found: Consolidated) -> tuple[Tally, ...]:
    """One for each copy, in their order."""
    applied, contested = set(found.merge.applied), found.merge.contested
    same = _shared(found)
    soft = {name for relation in found.soft for name in (relation.a, relation.b)}
    soft |= {name for pair in found.entangled for name in pair}
    lines = []
    for number, copy in enumerate(found.copies):
        own = {name for name, owner in found.owner.items() if owner == number}
        numbers = (len(own & group) for group in (applied, same & applied, soft, contested))
        lines.append(Tally(copy.label, copy.file, len(own), *numbers))
    return tuple(lines)


def _shared(found: Consolidated) -> set[str]:
    """Wishes that another copy has as well, alone or as part of a larger one."""
    groups = [*found.merge.same, *found.merge.settled]
    return {name for group in groups if len({found.owner[each] for each in group}) > 1 for name in group}


def report(found: Consolidated) -> Report:
    """The report as JSON values (docs/commands.md names every key)."""
    rank = {paragraph.identity: number for number, paragraph in enumerate(found.base)}
    return {
        "files": [
            {
                "author": tally.label,
                "file": tally.file,
                "proposals": tally.wishes,
                "applied": tally.applied,
                "same": tally.same,
                "soft": tally.soft,
                "collisions": tally.collisions,
            }
            for tally in tallies(found)
        ],
        "applied": list(found.merge.applied),
        "same": [list(group) for group in found.merge.same],
        "settled": [list(pair) for pair in found.merge.settled],
        "collisions": [collision_to_json(found, collision, rank) for collision in collisions_by_copy(found)],
        "soft": [*_soft(found, rank), *_entangled(found, rank)],
        "doubtful": [
            {
                "paragraph": each.rank,
                "edits": list(each.edits),
                "files": files_of(found, each.edits),
                "authors": authors_of(found, each.edits),
            }
            for each in found.doubtful
        ],
        "edits": {name: place(rank, edit.hunks[0]) for name, edit in sorted(found.edits.items())},
    }


def files_of(found: Consolidated, names: Iterable[str]) -> list[str]:
    """The files that hold these wishes, each once, in the order of the copies."""
    return list(dict.fromkeys(found.copies[number].file for number in owners(found, names)))


def authors_of(found: Consolidated, names: Iterable[str]) -> list[str]:
    """The labels of those whose wishes these are, in the order of the copies."""
    return [found.copies[number].label for number in owners(found, names)]


def owners(found: Consolidated, names: Iterable[str]) -> list[int]:
    return sorted({found.owner[name] for name in names})


def collision_to_json(found: Consolidated, collision: Collision, rank: dict[str, int]) -> CollisionJson:
    return {
        "paragraph": rank_of(collision, rank),
        "kind": collision.kind.name.lower(),
        "base": _plain(paragraph.text for paragraph in collision.base),
        "alternatives": [
            {
                "files": files_of(found, alternative.edits),
                "authors": authors_of(found, alternative.edits),
                "edits": list(alternative.edits),
                "text": _plain(paragraph.text for paragraph in Redline(alternative.nodes).accept()),
            }
            for alternative in collision.alternatives
        ],
    }


def rank_of(collision: Collision, rank: dict[str, int]) -> int:
    return rank[collision.paragraphs[0]] if collision.paragraphs else -1


def _plain(texts: Iterable[str]) -> str:
    return "\n\n".join(text.replace(CELL, " | ") for text in texts)


def _soft(found: Consolidated, rank: dict[str, int]) -> list[SoftJson]:
    """Heaviest grade first, then in text order."""
    excerpts = Excerpts(found.merge.redline)
    lines = sorted(found.soft, key=lambda relation: (-(relation.grade or 0), _first(relation, rank)))
    return [
        {
            "grade": relation.grade.name.lower() if relation.grade else "",
            "paragraph": _first(relation, rank),
            "sentence": " ".join(
                each.text.replace(CELL, " | ").strip() for each in excerpts.at(relation.places) if each.text.strip()
            ),
            "edits": [relation.a, relation.b],
            "files": files_of(found, (relation.a, relation.b)),
            "authors": authors_of(found, (relation.a, relation.b)),
        }
        for relation in lines
    ]


def _first(relation: Relation, rank: dict[str, int]) -> int:
    return min((rank.get(spot.paragraph, -1) for spot in relation.places), default=-1)


def _entangled(found: Consolidated, rank: dict[str, int]) -> list[SoftJson]:
    return [
        {
            "grade": "order",
            "paragraph": place(rank, found.edits[pair[0]].hunks[0]),
            "sentence": "",
            "edits": list(pair),
            "files": files_of(found, pair),
            "authors": authors_of(found, pair),
        }
        for pair in found.entangled
    ]
