"""The redline between two versions: each change with its proposal, committee, reason and decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from amendments.consensus.queries import Source, redline_between
from amendments.documents.models import Version
from amendments.documents.queries import versions_of
from amendments.proposals import queries as proposals
from amendments.proposals.rules import label
from amendments.text.model import Kind
from amendments.web.reading import Block, Group, Stretch, changes_only, groups
from amendments.workplaces.loose_ends import NONE, LooseEnds, loose_end_rows
from amendments.workplaces.passages import blocks_of
from amendments.workplaces.reader import Place
from amendments.workplaces.sources import Sources


@dataclass(frozen=True, slots=True)
class Note:
    """What is printed at the end for one source of changes. `key` is its name in the redline."""

    key: str
    anchor: str
    name: str
    source: Source
    instead_of: tuple[str, ...] = ()
    """Proposals whose place a compromise or a modified wording takes, each with its committee."""
    heading: str = ""
    line: int = 0
    """Where its first words stand: the heading above, and the line of the older version (0: at its very end)."""


@dataclass(frozen=True)
class RedlinePage:
    """What the redline page shows."""

    place: Place
    versions: tuple[Version, ...]
    """Newest first."""
    older: Version
    newer: Version
    groups: tuple[Group, ...]
    """The whole text; empty when only changes are shown."""
    stretches: tuple[Stretch, ...]
    """Only what changed, with a paragraph around."""
    notes: tuple[Note, ...]
    sources: Sources | None
    """Names the source behind each change; None for those who see published versions only."""
    whole: bool
    loose_ends: LooseEnds
    """What may have to change too, for those who may change it: only where the newer version is the newest."""

    @property
    def by_committee(self) -> tuple[tuple[str, int], ...]:
        """How many changes come from whom, most first."""
        counted = Counter(
            note.source.committee.name if note.source.committee else note.source.author_name or note.name
            for note in self.notes
        )
        return tuple(counted.most_common())


def chosen_page(
    place: Place, older: int | None, newer: int | None, *, whole: bool, sees_work: bool, decides: bool
) -> RedlinePage:
    """The last step if nothing was chosen; the two in the order of the text's history whatever was asked."""
    versions = versions_of(place.text.id)
    by_number = {version.number: version for version in versions}
    end = by_number.get(newer, versions[0])
    start = by_number.get(older, versions[min(1, len(versions) - 1)])
    if (start.number or 0) > (end.number or 0):
        start, end = end, start
    return redline_page(place, (start, end), versions, whole=whole, sees_work=sees_work, decides=decides)


def redline_page(
    place: Place,
    between: tuple[Version, Version],
    versions: tuple[Version, ...] = (),
    *,
    whole: bool = False,
    sees_work: bool,
    decides: bool = False,
) -> RedlinePage:
    """From the one to the other; `versions`: what can be chosen instead. `decides`: may change what follows from it."""
    start, end = between
    found = redline_between(start.id, end.id)
    blocks = blocks_of(found.redline)
    notes = _notes(_seen(place, found.sources), _places(blocks)) if sees_work else ()
    sources = _sources(notes) if sees_work else None
    ends = NONE
    if decides and sources and end.id == place.current.id:
        ends = loose_end_rows(place, found.redline, found.redline.accept(), sources)
    return RedlinePage(
        place=place,
        versions=versions,
        older=start,
        newer=end,
        groups=groups(blocks) if whole else (),
        stretches=() if whole else changes_only(blocks),
        notes=notes,
        sources=sources,
        whole=whole,
        loose_ends=ends,
    )


def _seen(place: Place, sources: Mapping[str, Source]) -> dict[str, Source]:
    """Words that were published are for everybody; who asked for them, and why, is not for who is excluded."""
    return {
        by: source
        for by, source in sources.items()
        if source.proposal is None or source.proposal.id not in place.hidden
    }


def _places(blocks: Iterable[Block]) -> dict[str, tuple[str, int]]:
    """Where the first words of each source stand: the heading above, and the nearest line of the old text."""
    found: dict[str, tuple[str, int]] = {}
    heading, line = "", 0
    for block in blocks:
        heading = block.words if block.kind == Kind.HEADING and block.counts else heading
        line = block.lines[0] or line
        for by in (*block.by, *block.retyped_by, *(name for piece in block.pieces for name in piece.by)):
            found.setdefault(by, (heading, line))
    return found


def _notes(sources: Mapping[str, Source], places: Mapping[str, tuple[str, int]]) -> tuple[Note, ...]:
    replaced = _replaced(source.edit_id for source in sources.values() if source.edit_id)
    named = [
        Note(
            by,
            f"source-{by.replace(':', '-')}",
            _name(source),
            source,
            replaced.get(source.edit_id, ()),
            *places.get(by, ("", 0)),
        )
        for by, source in sources.items()
    ]
    return tuple(sorted(named, key=lambda note: (note.source.proposal.number or 0) if note.source.proposal else 0))


def _replaced(edit_ids: Iterable[UUID]) -> dict[UUID | None, tuple[str, ...]]:
    """Edit -> the proposals whose place it takes, by number; four statements at most."""
    replaced = proposals.replacements_of(edit_ids)
    of_edit = proposals.proposals_of(edit_id for found in replaced.values() for edit_id in found)
    names = {
        proposal.id: (proposal.number or 0, committee.name if committee else author_name)
        for proposal, author_name, committee in proposals.with_authors(set(of_edit.values()))
    }
    wanted = {edit_id: sorted({names[of_edit[one]] for one in found}) for edit_id, found in replaced.items()}
    return {edit_id: tuple(f"{label(number)} ({who})" for number, who in found) for edit_id, found in wanted.items()}


def _name(source: Source) -> str:
    if source.proposal is not None:
        return label(source.proposal.number)
    return _("Fassung %(number)s", number=source.version.number)


def _sources(notes: tuple[Note, ...]) -> Sources:
    return Sources(
        names={note.key: note.name for note in notes},
        addresses={note.key: f"#{note.anchor}" for note in notes},
        proposals={note.key: str(note.source.proposal.id) if note.source.proposal else "" for note in notes},
    )
