"""Sittings for tests: opened by a chair, with people in the room."""

from dataclasses import dataclass
from uuid import UUID

from amendments.consensus.board import load_board
from amendments.consultations.models import Consultation
from amendments.decisions.queries import standing_on
from amendments.meetings import queries, services
from amendments.meetings.models import AgendaItem, Ballot, Meeting
from amendments.meetings.rules import Count
from amendments.meetings.services import Put, wording_hash
from amendments.web.actor import Actor, Seat
from tests.factories import committees, consultations, people
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

    def state(self, *edit_ids: UUID, carried: bool = True, form: str = "unanimous", **given: object) -> Ballot:
        """The chair states a result about edits of the called item, as the page would send it."""
        item = self.item(edit_ids[0])
        settled = list(given.pop("settled", ()))  # type: ignore[call-overload]
        committee_id = self.step.committee_ids[0]
        standing = standing_on([*edit_ids, *settled], committee_id)
        expected = {edit_id: row.id for edit_id, row in standing.items()}
        shown = given.pop("wording", None) or wording_hash(load_board(item.version_id, committee_id), edit_ids)
        return services.state_result(
            given.pop("actor", None) or self.chair,  # type: ignore[arg-type]
            meeting_id=self.meeting.id,
            item_id=item.id,
            put=Put(edit_ids, expected, str(shown), settled),
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
    step = consultations.planned(paper, *given.pop("committees", (lead,)), **given)  # type: ignore[misc]
    meeting = services.open_meeting(chair, consultation_id=step.id)
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
