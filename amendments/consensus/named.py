"""Consensus versions: what a version reads like with a named set of its edits, at any moment (CONSENSUS §5).

Nothing is decided by looking at one. What collides inside a set is left as in the version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from sqlalchemy import select

from amendments import text as engine
from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.consensus.board import Board, Composition, compose, load_board
from amendments.consensus.models import ConsensusVersion, VersionStep
from amendments.consensus.queries import Desk, desk_of
from amendments.consensus.rules import ConsensusKind
from amendments.decisions.models import Decision
from amendments.decisions.queries import standing_by_committee
from amendments.documents.models import Version
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.proposals.queries import Counts, LiveEdit, committee_stances, position_counts
from amendments.proposals.rules import Stance
from amendments.web import access


@dataclass(frozen=True)
class Named:
    """A version with a named set of its edits. `committee`: whose wish it is, of `ConsensusKind.COMMITTEE` alone."""

    kind: ConsensusKind
    committee: Committee | None
    board: Board
    chosen: tuple[LiveEdit, ...]
    composition: Composition

    @property
    def version(self) -> Version:
        return self.board.version

    @property
    def text(self) -> engine.Text:
        return self.composition.text

    @property
    def redline(self) -> engine.Redline:
        """From the version."""
        return self.composition.redline

    @property
    def hash(self) -> str:
        return self.composition.hash

    @cached_property
    def contested(self) -> frozenset[UUID]:
        """Edits of the set that cannot all stand, or need an order first: the text has none of them."""
        return frozenset(UUID(name) for name in self.composition.merge.contested) | set(self.composition.waiting)


@dataclass(frozen=True)
class Choices:
    """What the sets of one version are chosen from, each read once: a constant number of statements."""

    board: Board
    """By what the committee in charge has decided."""
    lead_id: UUID
    decided: Mapping[UUID, Mapping[UUID, Decision]]
    stances: Mapping[UUID, Mapping[UUID, Stance]]
    counts: Mapping[UUID, Counts]
    committees: Mapping[UUID, Committee]
    """Those other than the one in charge that want something of this version."""

    @cached_property
    def desk(self) -> Desk:
        return desk_of(self.board)

    def every(self) -> Iterator[Named]:
        """All there are, the version as it is first and what is adopted last."""
        yield self.named(ConsensusKind.DRAFT)
        yield self.named(ConsensusKind.UNDISPUTED)
        yield self.named(ConsensusKind.WIDEST)
        for committee_id in self.committees:
            yield self.named(ConsensusKind.COMMITTEE, committee_id)
        yield self.named(ConsensusKind.ADOPTED)

    def named(self, kind: ConsensusKind, committee_id: UUID | None = None) -> Named:
        """NotFound for a committee that wants nothing of this version."""
        if (kind is ConsensusKind.COMMITTEE) != (committee_id is not None):
            raise NotFound(access.NOT_FOUND)
        if committee_id is not None:
            return self._of_committee(committee_id)
        chosen = {
            ConsensusKind.UNDISPUTED: self._undisputed,
            ConsensusKind.WIDEST: self._widest,
            ConsensusKind.ADOPTED: lambda: self.board.agreed,
        }.get(kind, tuple)()
        edits = tuple(chosen)
        return Named(kind, None, self.board, edits, compose(self.board, edits))

    def _of_committee(self, committee_id: UUID) -> Named:
        """What it has agreed; of what it has not decided, what was filed in its name or has its support."""
        if committee_id not in self.committees:
            raise NotFound(access.NOT_FOUND)
        board = replace(self.board, standing=dict(self.decided.get(committee_id, {})))
        stances = self.stances.get(committee_id, {})
        agreed = {edit.edit_id for edit in board.agreed}

        def wants(edit: LiveEdit) -> bool:
            if edit.edit_id in board.standing:
                return edit.edit_id in agreed
            filed = board.proposal_of(edit.edit_id).proposal.committee_id == committee_id
            return stances.get(edit.edit_id, Stance.SUPPORT if filed else None) is Stance.SUPPORT

        edits = tuple(edit for edit in board.live.values() if wants(edit))
        return Named(ConsensusKind.COMMITTEE, self.committees[committee_id], board, edits, compose(board, edits))

    def _undisputed(self) -> list[LiveEdit]:
        """What nobody objects to and nothing speaks against; what has to be read together counts once it was agreed."""
        agreed = {edit.edit_id for edit in self.board.agreed}
        read = [item.edit for item in self.desk.decided if item.edit_id in agreed and not item.objections]
        return [*(item.edit for item in self.desk.undisputed), *read]

    def _widest(self) -> list[LiveEdit]:
        """Of what can still be adopted all that more want than object to, and of rivals the heaviest set that can stand
        together: an edit weighs its supporters less the objections, and one for who filed it.
        """
        agreed = {edit.edit_id for edit in self.board.agreed}
        weights = {str(edit.edit_id): self._weight(edit) for edit in self.desk.candidates}
        wanted = {name for name, weight in weights.items() if weight > 0}
        out: set[str] = set()
        for merged in self.desk.merges:
            for component in merged.components:
                inside = [name for name in component if name in wanted]
                if inside:
                    out |= set(inside) - set(engine.outcomes(inside, merged.relations, weights).best)
        return [edit for edit in self.desk.candidates if edit.edit_id in agreed or str(edit.edit_id) in wanted - out]

    def _weight(self, edit: LiveEdit) -> float:
        counts = self.counts.get(edit.edit_id, Counts())
        return max(0.0, 1.0 + counts.support - counts.objection)


def choices_of(version_id: UUID, lead_id: UUID, hidden: frozenset[UUID] = frozenset()) -> Choices:
    """`lead_id`: the committee in charge of the document. `hidden`: proposals that are not for the person who reads."""
    board = load_board(version_id, lead_id, hidden)
    decided = standing_by_committee(board.live)
    stances = committee_stances(board.live)
    filed = (entry.proposal.committee_id for entry in board.proposals)
    committees = committees_by_id({*filed, *decided, *stances} - {lead_id})
    return Choices(board, lead_id, decided, stances, position_counts(board.live), committees)


# --- kept


@dataclass(frozen=True)
class Kept:
    """A consensus version somebody has kept. `base`: the published version it speaks of."""

    version: Version
    kind: ConsensusKind
    committee: Committee | None
    base: Version


def kept_versions(text_id: UUID, hidden: frozenset[UUID] = frozenset()) -> tuple[Kept, ...]:
    """Newest first, in four statements at most. None with words of a `hidden` edit that no published version has."""
    rows = db.session.execute(
        select(Version, ConsensusVersion)
        .join(ConsensusVersion, ConsensusVersion.version_id == Version.id)
        .where(Version.text_id == text_id)
        .order_by(Version.created_at.desc(), Version.id)
    ).all()
    if not rows:
        return ()
    all_of_text = db.session.scalars(select(Version).where(Version.text_id == text_id).order_by(Version.id))
    by_id = {row.id: row for row in all_of_text}
    committees = committees_by_id(row.committee_id for _, row in rows)
    closed = _made_with(hidden, by_id)
    return tuple(
        Kept(
            version,
            ConsensusKind(row.kind),
            committees[row.committee_id] if row.committee_id is not None else None,
            _published_below(version, by_id),
        )
        for version, row in rows
        if closed.isdisjoint(one.id for one in _own_steps(version, by_id))
    )


def _made_with(edit_ids: frozenset[UUID], by_id: Mapping[UUID, Version]) -> frozenset[UUID]:
    """Which of these versions one of the edits made."""
    if not edit_ids:
        return frozenset()
    wanted = select(VersionStep.version_id).where(VersionStep.edit_id.in_(edit_ids), VersionStep.version_id.in_(by_id))
    return frozenset(db.session.scalars(wanted))


def _own_steps(version: Version, by_id: Mapping[UUID, Version]) -> Iterator[Version]:
    """The snapshot and those it was made of, down to the published version."""
    current = version
    while current.number is None and current.parent_id is not None:
        yield current
        current = by_id[current.parent_id]


def _published_below(version: Version, by_id: Mapping[UUID, Version]) -> Version:
    *_, lowest = version, *_own_steps(version, by_id)
    return by_id[lowest.parent_id] if lowest.number is None and lowest.parent_id is not None else lowest


def same_kept(kept: Sequence[Kept], named: Named) -> Kept | None:
    """The one already kept that is this very text by the same name, or None."""
    committee_id = named.committee.id if named.committee else None
    for one in kept:
        theirs = one.committee.id if one.committee else None
        if (one.kind, theirs, one.base.id, one.version.hash) == (
            named.kind,
            committee_id,
            named.version.id,
            named.hash,
        ):
            return one
    return None
