"""Sittings for tests: opened by a chair, with people in the room."""

from dataclasses import dataclass, replace
from uuid import UUID

from amendments.audit.models import Event
from amendments.consensus.board import load_board
from amendments.consultations.models import Consultation
from amendments.decisions.queries import outcome_of, standing_on
from amendments.extensions import db
from amendments.meetings import queries, services
from amendments.meetings.models import AgendaItem, Ballot, Meeting
from amendments.meetings.rules import Count
from amendments.meetings.services import Put, wording_hash
from amendments.proposals.queries import proposals_of
from amendments.web.actor import Actor, Seat
from tests.factories import committees, consultations, documents, people, proposals
from tests.factories.documents import Paper


@dataclass(frozen=True)
class Sitting:
    """A sitting of the committee in charge of a paper (the default), its chair and its members."""

    paper: Paper
    step: Consultation
    meeting: Meeting
    chair: Actor
    members: tuple[Actor, ...]

    @property
    def items(self) -> list[tuple[str, list[UUID]]]:
        rows = queries.items_of(self.meeting.id)
        return [(row.kind, [edit.edit_id for edit in row.edits]) for row in rows]

    def item(self, edit_id: UUID) -> AgendaItem:
        rows = queries.items_of(self.meeting.id)
        return next(row for row in rows if edit_id in {edit.edit_id for edit in row.edits})

    def call(self, edit_id: UUID, reason: str = "weil") -> AgendaItem:
        return services.call_item(self.chair, meeting_id=self.meeting.id, item_id=self.item(edit_id).id, reason=reason)

    def put(self, *edit_ids: UUID, settled: tuple[UUID, ...] = ()) -> Put:
        """What the page shows of these edits of the called item."""
        db.session.refresh(self.step, ["seats"])
        committee_id = self.step.committee_ids[0]
        expected = {edit_id: row.id for edit_id, row in standing_on([*edit_ids, *settled], committee_id).items()}
        board = load_board(self.item(edit_ids[0]).version_id, committee_id)
        return Put(edit_ids, expected, wording_hash(board, edit_ids), settled)

    def state(self, *edit_ids: UUID, carried: bool = True, form: str = "unanimous", **given: object) -> Ballot:
        """The chair states a result about edits of the called item, as the page would send it."""
        item = self.item(edit_ids[0])
        put = self.put(*edit_ids, settled=tuple(given.pop("settled", ())))  # type: ignore[arg-type]
        shown = given.pop("wording", None)
        return services.state_result(
            given.pop("actor", None) or self.chair,  # type: ignore[arg-type]
            meeting_id=self.meeting.id,
            item_id=item.id,
            put=replace(put, wording_hash=str(shown)) if shown else put,
            carried=carried,
            form=form,
            **given,  # type: ignore[arg-type]
        )


def count(yes: int, no: int, abstained: int = 0, invalid: int = 0) -> Count:
    return Count(yes, no, abstained, invalid)


def sitting(paper: Paper, *, members: int = 3, present: bool = True, **given: object) -> Sitting:
    lead = paper.lead
    chair = _seated(lead, "chair")
    others = tuple(_seated(lead, "member") for _ in range(members))
    second_invitation = bool(given.pop("second_invitation", False))
    step = consultations.planned(paper, *given.pop("committees", (lead,)), **given)  # type: ignore[misc]
    meeting = services.open_meeting(chair, consultation_id=step.id, second_invitation=second_invitation)
    found = Sitting(paper, step, meeting, chair, others)
    if present:
        ids = [actor.account_id for actor in (chair, *others) if actor.account_id]
        services.come(chair, meeting_id=meeting.id, account_ids=ids)
    return found


def _seated(committee: object, role: str) -> Actor:
    """Somebody with a seat in the tables, not only in the actor."""
    actor = people.actor(Seat(committee.id, role))  # type: ignore[attr-defined]
    committees.membership(committee, actor.account_id, role)  # type: ignore[arg-type]
    return actor


RIVALS = (("Anfang an", "klein auf"), ("von Anfang an", "früh"))


def case(*changes: tuple[str, str], **given: object) -> tuple[object, ...]:
    """A sitting about a paper, and the edits of proposals (old, new)."""
    paper = documents.paper(lead=committees.committee(kind=given.pop("kind", "steering_group"), legal_number=4))
    edits = [proposals.edit_id(proposals.change(paper, old, new)) for old, new in changes]
    return sitting(paper, **given), *edits  # type: ignore[arg-type]


def outcome(edit_id: UUID, committee_id: UUID | None = None) -> str | None:
    found = outcome_of(standing_on([edit_id], committee_id).get(edit_id))
    return found.value if found else None


def events(name: str) -> list[Event]:
    return db.session.query(Event).filter_by(name=name).all()


def proposal_of(edit_id: UUID) -> UUID:
    return proposals_of([edit_id])[edit_id]
