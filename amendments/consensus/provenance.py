"""The origin of every word between two versions: from the stored steps, never found again by comparing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from amendments import text as engine
from amendments.committees.models import Committee
from amendments.consensus.models import VersionStep
from amendments.consensus.rules import StepOrigin
from amendments.decisions.models import Decision
from amendments.decisions.queries import standing_on
from amendments.documents.models import Version
from amendments.documents.queries import load_text, path_between
from amendments.errors import AmendmentsError, NotFound
from amendments.extensions import db
from amendments.people.models import Account
from amendments.proposals.models import Edit, Proposal
from amendments.proposals.queries.names import proposer_name
from amendments.web import access


class BrokenStepsError(AmendmentsError):
    """The stored steps do not lead to the stored text: somebody changed the database by hand."""

    code = "broken_steps"


@dataclass(frozen=True)
class Source:
    """Where a change comes from: an edit of a proposal with its decision, or the import that made `version`."""

    origin: StepOrigin
    version: Version
    """The published version that brought it in; a snapshot where it is in none yet."""
    edit_id: UUID | None = None
    proposal: Proposal | None = None
    author_name: str = ""
    committee: Committee | None = None
    decision: Decision | None = None


@dataclass(frozen=True)
class ProvenanceRedline:
    """`redline` names its sources in `by`; `sources` tells what stands behind each name."""

    older: Version
    newer: Version
    redline: engine.Redline
    sources: dict[str, Source]


def import_name(version_id: UUID) -> str:
    """The name under which an import's changes stand in a redline, and the seed of its paragraphs' identities."""
    return f"import:{version_id}"


@dataclass(frozen=True)
class _Made:
    """A version with the edits that made it of its parent, and what kind each is."""

    version: Version
    edits: list[engine.Edit]
    origins: dict[str, StepOrigin]

    def applied_to(self, redline: engine.Redline) -> engine.Redline:
        return engine.apply_edits(redline, self.edits, [edit.id for edit in self.edits])


def redline_between(older_id: UUID, newer_id: UUID) -> ProvenanceRedline:
    """Each change since an ancestor of a version, with its source, in a constant number of statements."""
    older, newer, path = _path(older_id, newer_id)
    redline = engine.Redline.of(load_text(older))
    brought_in = _brought_in([made.version for made in path])
    made_by: dict[str, tuple[StepOrigin, Version]] = {}
    for made in path:
        redline = made.applied_to(redline)
        made_by.update({name: (origin, brought_in[made.version.id]) for name, origin in made.origins.items()})
    _require(newer, redline.accept())
    return ProvenanceRedline(older, newer, redline, _sources(made_by))


def carry_over_between(older_id: UUID, newer_id: UUID) -> engine.CarryOver:
    """What publishing did with each edit from an ancestor of a version to it: over the same steps, one by one."""
    older, newer, path = _path(older_id, newer_id)
    way, text = engine.CarryOver(), load_text(older)
    for made in path:
        step = made.applied_to(engine.Redline.of(text))
        way = way.then(engine.CarryOver(step, foreign=StepOrigin.IMPORT in made.origins.values()))
        text = step.accept()
    _require(newer, text)
    return way


def _path(older_id: UUID, newer_id: UUID) -> tuple[Version, Version, list[_Made]]:
    versions = {
        row.id: row
        for row in db.session.scalars(select(Version).where(Version.id.in_([older_id, newer_id])).order_by(Version.id))
    }
    if older_id not in versions or newer_id not in versions:
        raise NotFound(access.NOT_FOUND)
    older, newer = versions[older_id], versions[newer_id]
    path = path_between(older, newer)
    steps = _steps(version.id for version in path)
    return older, newer, [_Made(version, *edits_of_steps(version.id, steps[version.id])) for version in path]


def _brought_in(path: Iterable[Version]) -> dict[UUID, Version]:
    """Version on the way -> the published one its words appeared in: a snapshot is a step towards the next of them."""
    found: dict[UUID, Version] = {}
    published: Version | None = None
    for version in reversed(tuple(path)):
        if version.number is not None:
            published = version
        found[version.id] = published or version
    return found


def _require(newer: Version, reached: engine.Text) -> None:
    if engine.text_hash(reached) != newer.hash:
        raise BrokenStepsError(details={"version_id": newer.id})


@dataclass(frozen=True)
class Passages:
    """What made a version out of an older one, counted without reading either text."""

    sources: tuple[Source, ...]
    """Edits of proposals: each is one passage."""
    imported: int
    """Paragraphs that files have changed."""

    @property
    def count(self) -> int:
        return len(self.sources) + self.imported


def passages_between(older: Version, newer: Version) -> Passages:
    """NotFound if `older` is no ancestor of `newer`."""
    path = path_between(older, newer)
    steps = _steps(version.id for version in path)
    brought_in = _brought_in(path)
    made_by: dict[str, tuple[StepOrigin, Version]] = {}
    imported = 0
    for version in path:
        files = [step.hunk for step in steps[version.id] if step.edit_id is None]
        imported += len({_where(hunk, rank) for rank, hunk in enumerate(files)})
        for step in steps[version.id]:
            if step.edit_id is not None:
                made_by[str(step.edit_id)] = StepOrigin(step.origin), brought_in[version.id]
    return Passages(tuple(_sources(made_by).values()), imported)


def _where(hunk: Mapping[str, Any], rank: int) -> str:
    """The paragraph a hunk changes; one of its own for each that inserts or moves."""
    return str(hunk.get("paragraph") or hunk.get("left") or f"#{rank}")


def edits_of_steps(version_id: UUID, steps: Sequence[VersionStep]) -> tuple[list[engine.Edit], dict[str, StepOrigin]]:
    """The edits that made a version, in the coordinates of its parent, and what kind each is."""
    hunks: dict[str, list[engine.Hunk]] = defaultdict(list)
    origins: dict[str, StepOrigin] = {}
    for step in steps:
        name = str(step.edit_id) if step.edit_id is not None else import_name(version_id)
        hunks[name].append(engine.hunk_from_json(step.hunk))
        origins[name] = StepOrigin(step.origin)
    return [engine.Edit(name, tuple(found)) for name, found in hunks.items()], origins


def _steps(version_ids: Iterable[UUID]) -> dict[UUID, list[VersionStep]]:
    wanted = list(version_ids)
    found: dict[UUID, list[VersionStep]] = defaultdict(list)
    if wanted:
        rows = db.session.scalars(
            select(VersionStep)
            .where(VersionStep.version_id.in_(wanted))
            .order_by(VersionStep.version_id, VersionStep.rank)
        )
        for row in rows:
            found[row.version_id].append(row)
    return found


def _sources(made_by: dict[str, tuple[StepOrigin, Version]]) -> dict[str, Source]:
    edit_ids = [UUID(name) for name, (origin, _) in made_by.items() if origin is not StepOrigin.IMPORT]
    proposals: dict[UUID, Any] = {}
    if edit_ids:
        rows = db.session.execute(
            select(Edit.id, Proposal, proposer_name(), Committee)
            .join(Proposal, Proposal.id == Edit.proposal_id)
            .join(Account, Account.id == Proposal.author_id)
            .outerjoin(Committee, Committee.id == Proposal.committee_id)
            .where(Edit.id.in_(edit_ids))
            .order_by(Proposal.number, Edit.rank)
        )
        proposals = {row[0]: row for row in rows}
    decisions = standing_on(edit_ids)
    sources = {}
    for name, (origin, version) in made_by.items():
        if origin is StepOrigin.IMPORT:
            sources[name] = Source(origin, version)
            continue
        edit_id, proposal, author_name, committee = proposals[UUID(name)]
        sources[name] = Source(origin, version, edit_id, proposal, author_name, committee, decisions.get(edit_id))
    return sources
