"""The table of states, exhaustively, and the map of permissions, role by role. Pure: no database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from uuid import UUID, uuid4

import pytest

from amendments.proposals import rules
from amendments.proposals.rules import Event, Guard, OnBehalf, State
from amendments.web.actor import GUEST, ROLES, Actor, Seat

STEPS = {
    (State.DRAFT, Event.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Event.ADMIT): State.OPEN,
    (State.SUBMITTED, Event.WITHDRAW): State.WITHDRAWN,
    (State.SUBMITTED, Event.VOID): State.VOID,
    (State.OPEN, Event.WITHDRAW): State.WITHDRAWN,
    (State.OPEN, Event.VOID): State.VOID,
    (State.WITHDRAWN, Event.RESTORE): State.OPEN,
    (State.VOID, Event.RESTORE): State.OPEN,
}


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_state_answers_every_event(state: State, event: Event) -> None:
    found = rules.step(state, event)
    assert (found.to if found else None) == STEPS.get((state, event))


def test_an_open_proposal_is_withdrawn_only_while_undecided() -> None:
    found = rules.step(State.OPEN, Event.WITHDRAW)
    assert found is not None
    assert found.guard is Guard.UNDECIDED


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.VOID])
def test_nothing_comes_back_from_an_end_that_was_not_stated_wrongly(state: State) -> None:
    assert {event for event in Event if rules.step(state, event) is not None} == {Event.RESTORE}


@pytest.mark.parametrize(("number", "label"), [(1, "Ä 1"), (120, "Ä 120"), (None, "Ä –")])
def test_proposals_are_called_by_number(number: int | None, label: str) -> None:
    assert rules.label(number) == label


# --- permissions

LEAD, PARTICIPANT, STRANGER = UUID(int=1), UUID(int=2), UUID(int=3)
AUTHOR, READER, CLERK = UUID(int=10), UUID(int=11), UUID(int=12)


@dataclass(frozen=True)
class Document:
    level: str = "committee"
    id: UUID = field(default_factory=uuid4)
    lead_committee_id: UUID = LEAD
    participant_ids: frozenset[UUID] = frozenset({PARTICIPANT})
    reader_ids: frozenset[UUID] = frozenset({READER})
    created_by: UUID = CLERK
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Proposal:
    author_id: UUID = AUTHOR
    committee_id: UUID | None = PARTICIPANT
    filed_at: datetime | None = datetime(2011, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    document: Document = field(default_factory=Document)
    proposal: Proposal = field(default_factory=Proposal)


def sitting(committee_id: UUID, role: str, account_id: UUID | None = None) -> Actor:
    return Actor(account_id or uuid4(), seats=frozenset({Seat(committee_id, role)}))


def allowed(actor: Actor, action: str, thing: object) -> bool:
    return any(all(holds(actor, thing) for holds in way) for way in rules.PERMISSIONS[action])


VOTERS = {"member", "deputy", "chair"}


@pytest.mark.parametrize(("committee_id", "role"), list(product([LEAD, PARTICIPANT, STRANGER], ROLES)))
def test_who_files(committee_id: UUID, role: str) -> None:
    expected = (role in VOTERS and committee_id != STRANGER) or (role == "moderator" and committee_id == LEAD)
    assert allowed(sitting(committee_id, role), rules.PROPOSAL_FILE, Document()) is expected


@pytest.mark.parametrize(
    ("seat", "name", "role"), list(product([LEAD, PARTICIPANT, STRANGER], [LEAD, PARTICIPANT, STRANGER], ROLES))
)
def test_who_files_in_the_name_of_a_committee(seat: UUID, name: UUID, role: str) -> None:
    expected = seat == name and name != STRANGER
    assert allowed(sitting(seat, role), rules.PROPOSAL_FILE_FOR, OnBehalf(Document(), name)) is expected


@pytest.mark.parametrize(
    ("seat", "name", "role"), list(product([LEAD, PARTICIPANT, STRANGER], [None, PARTICIPANT, STRANGER], ROLES))
)
def test_who_files_what_was_said_in_the_session(seat: UUID, name: UUID | None, role: str) -> None:
    takes_part = name != STRANGER
    expected = takes_part and ((role == "clerk" and seat != STRANGER) or (role == "moderator" and seat == LEAD))
    assert allowed(sitting(seat, role), rules.PROPOSAL_FILE_ORAL, OnBehalf(Document(), name)) is expected


@pytest.mark.parametrize(("committee_id", "role"), list(product([LEAD, PARTICIPANT, STRANGER], ROLES)))
def test_who_takes_a_position(committee_id: UUID, role: str) -> None:
    expected = role in VOTERS and committee_id != STRANGER
    assert allowed(sitting(committee_id, role), rules.PROPOSAL_POSITION, Document()) is expected


@pytest.mark.parametrize(
    ("seat", "name", "role"), list(product([LEAD, PARTICIPANT], [LEAD, PARTICIPANT, STRANGER], ROLES))
)
def test_who_states_the_position_of_a_committee(seat: UUID, name: UUID, role: str) -> None:
    expected = seat == name and role in {"chair", "clerk"}
    assert allowed(sitting(seat, role), rules.PROPOSAL_POSITION_FOR, OnBehalf(Document(), name)) is expected


@pytest.mark.parametrize(("committee_id", "role"), list(product([LEAD, PARTICIPANT, STRANGER], ROLES)))
def test_who_comments(committee_id: UUID, role: str) -> None:
    assert allowed(sitting(committee_id, role), rules.PROPOSAL_COMMENT, Document()) is (committee_id != STRANGER)


@pytest.mark.parametrize("role", ROLES)
def test_the_chair_withdraws_for_the_committee(role: str) -> None:
    assert allowed(sitting(PARTICIPANT, role), rules.PROPOSAL_WITHDRAW, Place()) is (role == "chair")
    assert not allowed(sitting(LEAD, role), rules.PROPOSAL_WITHDRAW, Place())


def test_the_author_withdraws() -> None:
    assert allowed(Actor(AUTHOR), rules.PROPOSAL_WITHDRAW, Place())


@pytest.mark.parametrize("role", ROLES)
def test_the_author_and_the_committee_file_anew(role: str) -> None:
    assert allowed(Actor(AUTHOR), rules.PROPOSAL_RESUME, Place())
    assert allowed(sitting(PARTICIPANT, role), rules.PROPOSAL_RESUME, Place())
    assert not allowed(sitting(LEAD, role), rules.PROPOSAL_RESUME, Place())


def test_a_draft_is_seen_by_its_author_alone() -> None:
    draft = Place(proposal=Proposal(filed_at=None))
    assert allowed(sitting(PARTICIPANT, "member", AUTHOR), rules.PROPOSAL_SEE, draft)
    for actor in (sitting(PARTICIPANT, "chair"), sitting(LEAD, "moderator"), Actor(uuid4(), is_admin=True)):
        assert not allowed(actor, rules.PROPOSAL_SEE, draft)


def test_a_draft_is_discarded_by_its_author_alone() -> None:
    draft = Place(proposal=Proposal(filed_at=None))
    assert allowed(sitting(PARTICIPANT, "member", AUTHOR), rules.PROPOSAL_DISCARD, draft)
    for action in (rules.PROPOSAL_DISCARD, rules.PROPOSAL_WITHDRAW):
        assert not allowed(sitting(PARTICIPANT, "chair"), action, draft)


@pytest.mark.parametrize("action", sorted(rules.PERMISSIONS))
def test_a_guest_may_nothing_even_on_a_public_document(action: str) -> None:
    document = Document(level="public")
    things = {
        rules.PROPOSAL_FILE_FOR: OnBehalf(document, PARTICIPANT),
        rules.PROPOSAL_FILE_ORAL: OnBehalf(document, None),
        rules.PROPOSAL_POSITION_FOR: OnBehalf(document, LEAD),
    }
    place = Place(document=document)
    thing = things.get(
        action, document if action in {rules.PROPOSAL_FILE, rules.PROPOSAL_POSITION, rules.PROPOSAL_COMMENT} else place
    )
    assert not allowed(GUEST, action, thing)


def test_in_a_restricted_document_a_listed_member_files_and_an_unlisted_one_does_not() -> None:
    document = Document(level="restricted")
    assert allowed(sitting(LEAD, "member", READER), rules.PROPOSAL_FILE, document)
    assert not allowed(sitting(LEAD, "member"), rules.PROPOSAL_FILE, document)
