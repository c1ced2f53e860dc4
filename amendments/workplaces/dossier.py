"""The proposal page: what it asks for, why, who stands where, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.consensus.queries import Related, relations_of
from amendments.decisions import queries as decisions
from amendments.decisions.queries import DecisionEntry
from amendments.decisions.rules import Outcome, is_open
from amendments.documents import queries as documents
from amendments.documents.models import Version
from amendments.exchange.instructions import Instructions
from amendments.proposals import queries as proposals
from amendments.proposals.models import CarryOver, Proposal
from amendments.proposals.queries import (
    CommentEntry,
    Counts,
    Entry,
    LiveEdit,
    PositionEntry,
    ProposalOn,
    ProposalPlace,
    resumed_by,
    successors_of,
)
from amendments.proposals.rules import PROPOSAL_POSITION, PROPOSAL_POSITION_FOR, CarryOutcome, OnBehalf
from amendments.text.model import Text
from amendments.text.redline import Redline
from amendments.text.relations import Kind as RelationKind
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.reading import Stretch
from amendments.workplaces.passages import blocks_of, lengths_of, redline_of, touched
from amendments.workplaces.proposing import relation_sentence


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """Another proposal at this passage, and how the two stand to each other in words."""

    entry: ProposalOn
    sentence: str
    clash: bool


@dataclass(frozen=True)
class EditView:
    """One passage of the proposal with everything said about it."""

    edit: LiveEdit
    redline: tuple[Stretch, ...]
    sentence: str
    """The change as an instruction to the wording it speaks of (NORMS §11)."""
    lines: tuple[int, int]
    """First and last line it speaks of; (0, 0) if none."""
    anchor: str
    """Identity of the first paragraph it speaks of, for the link into the text."""
    related: tuple[RelatedRow, ...]
    positions: tuple[PositionEntry, ...]
    counts: Counts
    decisions: tuple[DecisionEntry, ...]
    """Oldest first, superseded ones too."""
    carried: tuple[CarryOver, ...]
    """What became of it when newer versions appeared."""
    successor: Proposal | None
    """The proposal by which it was filed anew."""

    @property
    def is_open(self) -> bool:
        """Whether it lives and nothing final was said: positions are still taken."""
        standing = [row.decision for row in self.decisions if row.decision.superseded_by is None]
        left = any(row.outcome != CarryOutcome.ANCHORED for row in self.carried)
        return not left and all(is_open(Outcome(row.outcome)) for row in standing)


@dataclass(frozen=True)
class ProposalPage:
    """What the proposal page shows."""

    place: ProposalPlace
    state: str
    """Derived for the desk."""
    edits: tuple[EditView, ...]
    comments: tuple[CommentEntry, ...]
    history: tuple[Entry, ...]
    parent: Proposal | None
    children: tuple[Proposal, ...]
    """Amendments to this amendment."""
    resumed: Proposal | None
    """The one it files anew."""
    replaced: tuple[Proposal, ...]
    """Proposals whose place this compromise takes."""
    versions: Mapping[UUID, Version]
    current: Version
    """The newest published version of the text."""
    may_position: bool
    speaks_for: tuple[Committee, ...]
    """Committees this person may state a position for."""

    @property
    def takes_amendments(self) -> bool:
        """Whether it speaks of the newest text itself: what speaks of another proposal's words cannot be amended."""
        proposal = self.place.proposal
        return proposal.state == "open" and self.place.version.id == self.current.id and proposal.parent_id is None


def proposal_page(actor: Actor, proposal_id: UUID) -> ProposalPage:
    place = proposals.proposal_for(actor, proposal_id)
    proposal = place.proposal
    base = _base(place)
    current = documents.current_version(place.text.id)
    edits = proposals.edits_of(proposal.id)
    ids = [edit.edit_id for edit in edits]
    states = decisions.stage_states([proposal.id])
    return ProposalPage(
        place=place,
        state=str(states[proposal.id]) if proposal.id in states else proposal.state,
        edits=_edit_views(actor, place, base, edits, current),
        comments=proposals.comments_of(proposal.id),
        history=proposals.history_of(proposal.id),
        parent=proposals.proposal_for(actor, proposal.parent_id).proposal if proposal.parent_id else None,
        children=_for(actor, proposals.children_of([proposal.id])),
        resumed=_resumed(actor, proposal.id),
        replaced=_replaced(actor, ids),
        versions={version.id: version for version in documents.versions_of(place.text.id)},
        current=current,
        may_position=bool(may(actor, PROPOSAL_POSITION, place)) and proposal.state == "open",
        speaks_for=_speaks_for(actor, place),
    )


def _base(place: ProposalPlace) -> Text:
    """What it was written against, also when the proposal it amends has been decided or withdrawn since."""
    parent_id = place.proposal.parent_id
    if parent_id is None:
        return documents.load_text(place.version)
    return proposals.wordings_then(place.version.id, [parent_id])[parent_id]


def _for(actor: Actor, rows: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Those this person is not excluded from."""
    return tuple(row for row in rows if row.id not in actor.excluded.ids)


def _edit_views(
    actor: Actor, place: ProposalPlace, base: Text, edits: tuple[LiveEdit, ...], current: Version
) -> tuple[EditView, ...]:
    ids = [edit.edit_id for edit in edits]
    counts = proposals.position_counts(ids)
    positions = proposals.positions_of(place.proposal.id)
    decided = decisions.decisions_of(place.proposal.id)
    carried = proposals.carry_overs_of(place.proposal.id)
    successors = {edit_id: row for edit_id, row in successors_of(ids).items() if _for(actor, [row])}
    hidden = actor.excluded.ids
    related = relations_of(current.id, place.proposal.id, hidden) if place.proposal.state == "open" else ()
    lines = {block.paragraph: block.lines for block in blocks_of(Redline.of(base))}
    lengths = lengths_of(base)
    instructions = Instructions(base)
    views = []
    for edit in edits:
        names = [spot.paragraph for hunk in edit.hunks for spot in touched(hunk, lengths) if spot.paragraph in lines]
        numbers = [number for name in names for number in lines[name]]
        views.append(
            EditView(
                edit=edit,
                redline=redline_of(base, edit.hunks),
                sentence=instructions.say(edit.hunks).text,
                lines=(min(numbers), max(numbers)) if numbers else (0, 0),
                anchor=names[0] if names else "",
                related=tuple(_related(row) for row in related if row.edit_id == edit.edit_id),
                positions=tuple(row for row in positions if row.position.edit_id == edit.edit_id),
                counts=counts.get(edit.edit_id, Counts()),
                decisions=tuple(row for row in decided if row.decision.edit_id == edit.edit_id),
                carried=tuple(row for row in carried if row.edit_id == edit.edit_id),
                successor=successors.get(edit.edit_id),
            )
        )
    return tuple(views)


def _related(row: Related) -> RelatedRow:
    return RelatedRow(row.other, relation_sentence(row), row.kind in (RelationKind.HARD, RelationKind.ORDER))


def _resumed(actor: Actor, proposal_id: UUID) -> Proposal | None:
    edit_id = resumed_by(proposal_id)
    return proposals.place_of_edit(actor, edit_id).proposal if edit_id else None


def _replaced(actor: Actor, edit_ids: list[UUID]) -> tuple[Proposal, ...]:
    found: dict[UUID, Proposal] = {}
    for replaced in proposals.replacements_of(edit_ids).values():
        for edit_id in replaced:
            proposal = proposals.place_of_edit(actor, edit_id).proposal
            found[proposal.id] = proposal
    return tuple(sorted(found.values(), key=lambda row: row.number or 0))


def _speaks_for(actor: Actor, place: ProposalPlace) -> tuple[Committee, ...]:
    ids = [
        one for one in actor.committees if may(actor, PROPOSAL_POSITION_FOR, OnBehalf(place.document, one, place.text))
    ]
    return tuple(sorted(committees_by_id(ids).values(), key=lambda row: row.name))
