"""The synopsis page: one wording on the left, others beside it, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import url_for

from amendments.consensus.named import Named
from amendments.consensus.rules import ConsensusKind
from amendments.consensus.synopsis import Column, Row, column_of, rows_of, text_of
from amendments.consultations.queries import consultations_of
from amendments.documents.models import Version
from amendments.errors import NotFound
from amendments.proposals.queries import proposals_of, with_authors
from amendments.proposals.rules import label
from amendments.text.model import Text
from amendments.text.redline import Redline
from amendments.text.whereabouts import headings_above
from amendments.web.access import NOT_FOUND
from amendments.web.reading import Block
from amendments.workplaces.passages import blocks_of
from amendments.workplaces.reader import Place
from amendments.workplaces.sources import Sources
from amendments.workplaces.wordings import OF_COMMITTEE, Option, Wordings, named_value, published_value

MOST_COLUMNS: Final = 5
"""Beside the left one; more nobody reads side by side on a screen."""
USUAL_COMMITTEES: Final = 3
"""Shown while nothing was chosen."""


@dataclass(frozen=True)
class Cell:
    """`same`: as on the left."""

    blocks: tuple[Block, ...]
    same: bool


@dataclass(frozen=True)
class SynopsisRow:
    """`left`: the paragraph of the left text, None where others put something behind it. `heading`: the last one above,
    where it is not the one above the row before.
    """

    left: Block | None
    cells: tuple[Cell, ...]
    heading: str
    skipped: int
    """Unchanged paragraphs left out before this row."""


@dataclass(frozen=True)
class SynopsisPage:
    """What the synopsis shows. `skipped`: unchanged paragraphs left out behind the last row."""

    place: Place
    base: Version
    """The published version whose consensus versions can be chosen."""
    left: Option
    options: tuple[Option, ...]
    chosen: tuple[Option, ...]
    left_out: tuple[Option, ...]
    rows: tuple[SynopsisRow, ...]
    skipped: int
    whole: bool
    sources: Sources | None
    """Names the proposal behind each change; None for those who see published versions only."""


def synopsis_page(
    place: Place, left: str | None, columns: Sequence[str], *, whole: bool, sees_work: bool
) -> SynopsisPage:
    asked = compared(place, left, columns, sees_work=sees_work)
    blocks = blocks_of(Redline.of(asked.text))
    headings = headings_above([paragraph.content for paragraph in asked.text])
    drawn = [blocks_of(column.redline) for column in asked.found]
    rows, skipped = _rows(rows_of(asked.text, asked.found), blocks, drawn, headings, whole=whole)
    return SynopsisPage(
        place=place,
        base=asked.base,
        left=asked.left,
        options=asked.options,
        chosen=asked.chosen,
        left_out=asked.left_out,
        rows=rows,
        skipped=skipped,
        whole=whole,
        sources=_sources(asked.found, place.hidden) if sees_work else None,
    )


@dataclass(frozen=True)
class Compared:
    """What stands on the left, its text, and what beside it: `found` are the columns of `chosen`. `left_out`: what was
    wished for and has no room.
    """

    base: Version
    left: Option
    text: Text
    options: tuple[Option, ...]
    chosen: tuple[Option, ...]
    left_out: tuple[Option, ...]
    found: tuple[Column, ...]


def compared(
    place: Place, left: str | None, columns: Sequence[str], *, sees_work: bool, most: int = MOST_COLUMNS
) -> Compared:
    """At most so many columns. Without a left one: the first version; without columns those looked for first."""
    wordings, value = _wordings(place, left, sees_work=sees_work)
    options = tuple(wordings.options())
    first = next(option for option in options if option.value == value)
    beside = tuple(option for option in options if option != first)
    wished = _chosen(beside, columns or _usual(wordings, beside))
    chosen = wished[:most]
    stands = wordings.read(value)
    found = tuple(column_of(stands, wordings.read(option.value)) for option in chosen)
    return Compared(wordings.base, first, text_of(stands), options, chosen, wished[most:], found)


def _wordings(place: Place, left: str | None, *, sees_work: bool) -> tuple[Wordings, str]:
    """What there is, and the name of what stands on the left. A published version there says whose consensus versions
    are meant, else the version that the place speaks of does.
    """
    every = Wordings(place, place.version, sees_work)
    value = left or published_value(every.versions[-1])
    value = f"v{value}" if value.isascii() and value.isdigit() else value
    if not value.startswith("v"):
        every.read(value)
        return every, value
    base = every.read(value)
    if not isinstance(base, Version):
        raise NotFound(NOT_FOUND)
    return Wordings(place, base, sees_work), value


def _chosen(options: Iterable[Option], columns: Iterable[str]) -> tuple[Option, ...]:
    """In the order of the options, so that a column stands where one expects it; NotFound for what is no option."""
    wanted = set(columns)
    known = tuple(option for option in options if option.value in wanted)
    if len(known) < len(wanted):
        raise NotFound(NOT_FOUND)
    return _in_time(known)


def _in_time(options: Sequence[Option]) -> tuple[Option, ...]:
    """From what committees want over what all of it gives to what came of it, the newest version last."""

    def when(option: Option) -> tuple[int, int]:
        if option.value.startswith("v"):
            return 2, int(option.value[1:])
        return (0 if option.value.startswith(OF_COMMITTEE) else 1), 0

    return tuple(sorted(options, key=when))


def _usual(wordings: Wordings, options: Sequence[Option]) -> list[str]:
    """The committees that want most, those first that sit on the document, and what came of it."""
    there = {option.value for option in options}
    newest = published_value(wordings.versions[0])
    published = [newest] if newest in there and newest != published_value(wordings.base) else []
    if not wordings.sees_work:
        return published
    filed = Counter(entry.committee.key for entry in wordings.choices.board.proposals if entry.committee)
    sit = {
        committee_id
        for step in consultations_of([wordings.place.document.id]).get(wordings.place.document.id, ())
        for committee_id in step.committee_ids
    }
    committees = wordings.choices.committees.values()
    order = sorted(committees, key=lambda row: (row.id not in sit, -filed[row.key], row.name))
    most = [OF_COMMITTEE + row.key for row in order if OF_COMMITTEE + row.key in there]
    came = published or [value for value in ("kf", newest) if value in there][:1]
    return [*most[:USUAL_COMMITTEES], *came]


def _rows(
    rows: Iterable[Row],
    left: Sequence[Block],
    drawn: Sequence[Sequence[Block]],
    headings: Sequence[str],
    *,
    whole: bool,
) -> tuple[tuple[SynopsisRow, ...], int]:
    found: list[SynopsisRow] = []
    skipped, above = 0, ""
    for row in rows:
        if not (row.changed or whole):
            skipped += 1
            continue
        here = headings[row.base] if row.base >= 0 else ""
        own = not row.behind and left[row.base].kind == "heading"
        cells = tuple(_cell(row, index, blocks) for index, blocks in zip(row.cells, drawn, strict=True))
        heading = here if here != above and not own else ""
        found.append(SynopsisRow(None if row.behind else left[row.base], cells, heading, skipped))
        skipped, above = 0, here
    return tuple(found), skipped


def _cell(row: Row, indexes: tuple[int, ...], blocks: Sequence[Block]) -> Cell:
    here = tuple(blocks[index] for index in indexes)
    return Cell(here, same=not row.behind and not any(block.changed for block in here))


def _sources(columns: Iterable[Column], hidden: frozenset[UUID]) -> Sources:
    """The proposals behind all changes of all columns, in two statements; none that is not for the person who reads."""
    edit_ids = {edit_id for column in columns for edit_id in column.edit_ids} - hidden
    of_edit = proposals_of(edit_ids)
    numbers = {proposal.id: proposal.number for proposal, _, _ in with_authors(set(of_edit.values()))}
    return Sources(
        names={str(edit_id): label(numbers[proposal_id]) for edit_id, proposal_id in of_edit.items()},
        addresses={
            str(edit_id): url_for("workplaces.proposal", proposal_id=proposal_id)
            for edit_id, proposal_id in of_edit.items()
        },
        proposals={str(edit_id): str(proposal_id) for edit_id, proposal_id in of_edit.items()},
    )


# --- all consensus versions of a text


@dataclass(frozen=True)
class NamedEntry:
    """A consensus version in the list. `value`: its name in addresses."""

    named: Named
    value: str
    changes: int
    """Edits that are in the text."""
    left_open: int
    """Edits of the set that cannot all stand: there the text reads as the version."""

    @property
    def is_draft(self) -> bool:
        return self.named.kind is ConsensusKind.DRAFT


@dataclass(frozen=True)
class KeptEntry:
    value: str
    label: str
    version: Version
    base: Version


@dataclass(frozen=True)
class ConsensusPage:
    """Every consensus version of one published version, and those that were kept."""

    place: Place
    versions: tuple[Version, ...]
    """Newest first; each has its own."""
    entries: tuple[NamedEntry, ...]
    kept: tuple[KeptEntry, ...]


def consensus_page(place: Place) -> ConsensusPage:
    wordings = Wordings(place, place.version, sees_work=True)
    labels = {option.value: option.label for option in wordings.options()}
    return ConsensusPage(
        place=place,
        versions=wordings.versions,
        entries=tuple(_entry(named) for named in wordings.choices.every()),
        kept=tuple(
            KeptEntry(f"s-{one.version.id}", labels[f"s-{one.version.id}"], one.version, one.base)
            for one in wordings.kept
        ),
    )


def _entry(named: Named) -> NamedEntry:
    return NamedEntry(named, named_value(named), len(named.composition.applied), len(named.contested))
