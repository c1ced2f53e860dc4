from datetime import date, timedelta

import pytest

from amendments.committees import queries, services
from amendments.committees.models import CommitteeRules
from amendments.committees.rules import (
    COMMITTEE_MANAGE,
    CommitteeKind,
    Majority,
    Quorum,
    Role,
    Rules,
    Tie,
    VoteOrder,
)
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound, SignInRequired
from amendments.extensions import db
from amendments.web import access, clock
from amendments.web.actor import GUEST, ROLES, Seat, seats_of
from tests.factories import committees, people

pytestmark = pytest.mark.usefixtures("session")


def create(actor, **given):
    values = {"key": "sozialausschuss", "name": "Sozialausschuss", "short_name": "SozA", "kind": "committee"}
    return services.create_committee(actor, **(values | given))


def test_an_administrator_creates_a_committee() -> None:
    row = create(people.actor(is_admin=True), legal_number=15)
    assert queries.committee(row.id).legal_number == 15


@pytest.mark.parametrize("role", ROLES)
def test_no_role_on_a_committee_manages_committees(role: str) -> None:
    actor = committees.somebody(committees.committee(), role)
    with pytest.raises(NotAllowed):
        create(actor)
    assert not access.may(actor, COMMITTEE_MANAGE)


def test_a_guest_is_asked_to_sign_in() -> None:
    with pytest.raises(SignInRequired):
        create(GUEST)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("key", {"key": "S"}),
        ("key", {"key": "Sozial Ausschuss"}),
        ("name", {"name": " "}),
        ("short_name", {"short_name": "x" * 201}),
        ("kind", {"kind": "club"}),
        ("legal_number", {"legal_number": 0}),
    ],
)
def test_wrong_input_is_refused_and_names_its_field(field: str, given) -> None:
    with pytest.raises(InvalidInput) as refused:
        create(people.actor(is_admin=True), **given)
    assert refused.value.field == field


@pytest.mark.parametrize("kind", CommitteeKind)
def test_every_kind_can_be_stored(kind: CommitteeKind) -> None:
    assert create(people.actor(is_admin=True), kind=kind.value).kind == kind


@pytest.mark.parametrize("role", Role)
def test_an_appointment_is_a_seat(role: Role) -> None:
    committee, person = committees.committee(), people.account()
    services.appoint(people.actor(is_admin=True), committee_id=committee.id, account_id=person.id, role=role.value)
    assert seats_of(person.id) == {Seat(committee.id, role.value)}


def test_roles_are_those_of_the_actor() -> None:
    assert tuple(Role) == ROLES


@pytest.mark.parametrize(
    ("first", "last", "holds", "reason"),
    [
        (0, None, True, "from today without end"),
        (-5, 5, True, "in the middle of its term"),
        (-5, 0, True, "the last day counts"),
        (0, 0, True, "one day"),
        (1, None, False, "begins tomorrow"),
        (-5, -1, False, "ended yesterday"),
    ],
)
def test_a_seat_holds_on_the_days_of_its_term(first, last, holds, reason) -> None:
    committee, person, today = committees.committee(), people.account(), clock.today()
    term = {"valid_from": today + timedelta(first), "valid_to": None if last is None else today + timedelta(last)}
    committees.membership(committee, person.id, **term)
    assert bool(queries.seats_of(person.id)) is holds, reason


def test_seats_follow_the_one_clock() -> None:
    committee, person = committees.committee(), people.account()
    committees.membership(committee, person.id, valid_from=date(2011, 11, 1), valid_to=date(2011, 11, 30))
    with clock.stopped(clock.now().replace(year=2011, month=11, day=22)):
        assert queries.seats_of(person.id)
    assert not queries.seats_of(person.id)


def test_a_seat_ends_with_its_last_day() -> None:
    committee, person, admin = committees.committee(), people.account(), people.actor(is_admin=True)
    row = committees.membership(committee, person.id, valid_from=clock.today() - timedelta(10))
    services.end_membership(admin, membership_id=row.id, last_day=clock.today() - timedelta(1))
    assert queries.seats_of(person.id) == frozenset()


def test_an_ended_seat_cannot_be_ended_again() -> None:
    committee, person, admin = committees.committee(), people.account(), people.actor(is_admin=True)
    row = committees.membership(committee, person.id)
    services.end_membership(admin, membership_id=row.id)
    with pytest.raises(Conflict):
        services.end_membership(admin, membership_id=row.id)


def test_the_same_seat_is_not_given_twice() -> None:
    committee, person, admin = committees.committee(), people.account(), people.actor(is_admin=True)
    given = {"committee_id": committee.id, "account_id": person.id, "role": "member"}
    services.appoint(admin, **given)
    with pytest.raises(Conflict):
        services.appoint(admin, valid_from=clock.today() + timedelta(3), **given)


@pytest.mark.parametrize("given", [{"role": "king"}, {"account_id": None}, {"valid_to": date(1999, 1, 1)}])
def test_a_wrong_appointment_is_refused(given) -> None:
    committee, person, admin = committees.committee(), people.account(), people.actor(is_admin=True)
    values = {"committee_id": committee.id, "account_id": person.id, "role": "member"} | given
    values["account_id"] = values["account_id"] or committee.id
    with pytest.raises(InvalidInput):
        services.appoint(admin, **values)


def test_an_unknown_committee_is_not_found() -> None:
    with pytest.raises(NotFound):
        services.appoint(
            people.actor(is_admin=True), committee_id=people.account().id, account_id=people.account().id, role="member"
        )


def test_members_of_today_come_first() -> None:
    committee, former, present = committees.committee(), people.account(name="A"), people.account(name="B")
    day = clock.today()
    committees.membership(committee, former.id, valid_from=day - timedelta(9), valid_to=day - timedelta(1))
    committees.membership(committee, present.id)
    assert [member.name for member in queries.members_of(committee.id)] == ["B", "A"]


def test_each_verb_is_recorded_once() -> None:
    from sqlalchemy import select

    from amendments.audit.models import Event

    admin, person = people.actor(is_admin=True), people.account()
    committee = create(admin)
    seat = services.appoint(admin, committee_id=committee.id, account_id=person.id, role="chair")
    services.end_membership(admin, membership_id=seat.id)
    names = list(db.session.scalars(select(Event.name).order_by(Event.seq)))
    assert names == ["committee:created", "committee:appointed", "committee:membership_ended"]


def change(actor, committee, rules=None, **given):
    values = {"name": committee.name, "short_name": committee.short_name, "kind": committee.kind, "legal_number": 13}
    return services.change_committee(
        actor, committee.id, rules=rules or Rules.usual(committee.kind), **(values | given)
    )


OWN_RULES = Rules(
    majority=Majority.TWO_THIRDS_PRESENT,
    quorum=Quorum.OWN,
    quorum_number=5,
    tie=Tie.CHAIR,
    order=VoteOrder.FILED_FIRST,
    public=False,
    reason_required=True,
    deadline_days=4,
)


def test_a_committee_has_the_usual_rules_of_its_kind_until_it_has_its_own() -> None:
    committee, admin = committees.committee(kind="advisory_board"), people.actor(is_admin=True)
    assert queries.rules_of(committee) == Rules.usual("advisory_board")
    change(admin, committee, OWN_RULES)
    assert queries.rules_of(committee) == OWN_RULES
    change(admin, committee, Rules.usual("advisory_board"))
    assert queries.rules_of(committee) == Rules.usual("advisory_board")


def test_usual_rules_follow_the_kind() -> None:
    committee, admin = committees.committee(kind="working_group"), people.actor(is_admin=True)
    change(admin, committee, Rules.usual("committee"), kind="committee")
    assert queries.rules_of(committee).quorum is Quorum.HALF
    assert db.session.get(CommitteeRules, committee.id) is None


def test_name_kind_and_legal_number_change() -> None:
    committee = committees.committee()
    change(people.actor(is_admin=True), committee, name="Bauausschuss", short_name="BauA", legal_number=11)
    assert (committee.name, committee.short_name, committee.legal_number) == ("Bauausschuss", "BauA", 11)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": " "}),
        ("kind", {"kind": "club"}),
        ("legal_number", {"legal_number": 10**12}),
        ("quorum_number", {"rules": Rules(quorum=Quorum.OWN)}),
        ("quorum_number", {"rules": Rules(quorum=Quorum.OWN, quorum_number=0)}),
        ("quorum_number", {"rules": Rules(quorum=Quorum.HALF, quorum_number=3)}),
        ("deadline_days", {"rules": Rules(deadline_days=-1)}),
        ("deadline_days", {"rules": Rules(deadline_days=61)}),
    ],
)
def test_a_wrong_rule_is_refused_and_names_its_field(field: str, given) -> None:
    with pytest.raises(InvalidInput) as refused:
        change(people.actor(is_admin=True), committees.committee(), **given)
    assert refused.value.field == field


@pytest.mark.parametrize("role", ROLES)
def test_no_role_on_a_committee_changes_it(role: str) -> None:
    committee = committees.committee()
    with pytest.raises(NotAllowed):
        change(committees.somebody(committee, role), committee)


def test_a_deputy_stands_in_for_somebody_of_the_same_committee() -> None:
    committee, admin, deputy, absent = (
        committees.committee(),
        people.actor(is_admin=True),
        people.account(),
        people.account(),
    )
    committees.membership(committee, absent.id)
    given = {"committee_id": committee.id, "account_id": deputy.id, "role": "deputy"}
    seat = services.appoint(admin, deputy_for=absent.id, **given)
    assert queries.member(committee.id, seat.id).deputy_for == absent.name
    services.change_membership(admin, membership_id=seat.id, valid_to=None, deputy_for=None)
    assert queries.member(committee.id, seat.id).deputy_for == ""


@pytest.mark.parametrize(("role", "whom"), [("member", "absent"), ("deputy", "stranger"), ("deputy", "self")])
def test_nobody_else_stands_in(role: str, whom: str) -> None:
    committee, admin, person = committees.committee(), people.actor(is_admin=True), people.account()
    somebody = {"absent": people.account().id, "stranger": people.account().id, "self": person.id}
    committees.membership(committee, somebody["absent"])
    with pytest.raises(InvalidInput) as refused:
        services.appoint(admin, committee_id=committee.id, account_id=person.id, role=role, deputy_for=somebody[whom])
    assert refused.value.field == "deputy_for"


def test_the_last_day_of_a_seat_is_moved() -> None:
    committee, admin, person = committees.committee(), people.actor(is_admin=True), people.account()
    today = clock.today()
    row = committees.membership(committee, person.id, valid_from=today - timedelta(10), valid_to=today - timedelta(1))
    services.change_membership(admin, membership_id=row.id, valid_to=today + timedelta(5))
    assert queries.seats_of(person.id) == {Seat(committee.id, "member")}
    services.change_membership(admin, membership_id=row.id, valid_to=None)
    assert row.valid_to is None
    with pytest.raises(InvalidInput):
        services.change_membership(admin, membership_id=row.id, valid_to=today - timedelta(11))


def test_a_longer_seat_does_not_reach_into_the_next() -> None:
    committee, admin, person, today = (
        committees.committee(),
        people.actor(is_admin=True),
        people.account(),
        clock.today(),
    )
    row = committees.membership(committee, person.id, valid_from=today - timedelta(9), valid_to=today)
    committees.membership(committee, person.id, valid_from=today + timedelta(5))
    services.change_membership(admin, membership_id=row.id, valid_to=today + timedelta(4))
    with pytest.raises(Conflict):
        services.change_membership(admin, membership_id=row.id, valid_to=today + timedelta(5))


def test_one_person_sits_on_several_committees() -> None:
    person, admin = people.account(), people.actor(is_admin=True)
    rows = [committees.committee() for _ in range(3)]
    for row, role in zip(rows, ("member", "chair", "deputy"), strict=True):
        services.appoint(admin, committee_id=row.id, account_id=person.id, role=role)
    assert {seat.committee_id for seat in seats_of(person.id)} == {row.id for row in rows}
