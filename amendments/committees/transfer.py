"""People and their seats from a table: what it would do is said before anything is written; then all of it, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from amendments.committees import queries, services
from amendments.committees.models import Committee, Membership
from amendments.committees.rules import COMMITTEE_MANAGE, ROLE_LABELS, Role
from amendments.errors import InvalidInput
from amendments.exchange.people_csv import MOST_FAULTS, Fault, People, Person
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.people import services as people
from amendments.people.models import Account
from amendments.people.rules import MAX_NAME, email_fault, normalise_email
from amendments.web import access, clock
from amendments.web.actor import Actor

BAD_ADDRESS = N_("„%(email)s“ ist keine vollständige E-Mail-Adresse.")
NAME_TOO_LONG = N_("Der Name hat mehr als 200 Zeichen.")
TWO_NAMES = N_("Diese E-Mail-Adresse gehört schon zu „%(name)s“. Zwei Personen haben nicht dieselbe Adresse.")
ACCOUNT_CLOSED = N_("Das Konto mit dieser E-Mail-Adresse ist geschlossen.")
NO_COMMITTEE = N_("Ein Gremium „%(name)s“ gibt es nicht.")
NO_ROLE = N_("Eine Aufgabe „%(name)s“ gibt es nicht.")
ROLE_ALONE = N_("Zu der Aufgabe „%(name)s“ fehlt das Gremium.")
TERM_TURNED = N_("Der letzte Tag liegt vor dem ersten.")
SEAT_TWICE = N_("Denselben Sitz nennt schon Zeile %(line)d.")
FAULTY = N_("Die Tabelle hat Fehler; es wurde nichts angelegt.")

ENGLISH_ROLES = {"minutes": Role.CLERK, "secretary": Role.CLERK, "vice": Role.DEPUTY, "substitute": Role.DEPUTY}
GERMAN_ROLES = {
    "mitglied": Role.MEMBER,
    "vorsitzende": Role.CHAIR,
    "vorsitzender": Role.CHAIR,
    "stellvertreter": Role.DEPUTY,
    "stellvertreterin": Role.DEPUTY,
    "schriftführer": Role.CLERK,
    "schriftführerin": Role.CLERK,
    "moderator": Role.MODERATOR,
    "moderatorin": Role.MODERATOR,
}
ROLES: Mapping[str, Role] = {
    **{role.value: role for role in Role},
    **{label.lower(): role for role, label in ROLE_LABELS.items()},
    **GERMAN_ROLES,
    **ENGLISH_ROLES,
}


@dataclass(frozen=True)
class Step:
    """What one line does."""

    person: Person
    email: str
    account: Account | None
    """The account it speaks of; None where one is made."""
    committee: Committee | None
    role: Role
    seated: bool
    """The person has this seat already: nothing is to be done."""

    @property
    def first_day(self) -> date:
        return self.person.valid_from or clock.today()


@dataclass(frozen=True)
class Plan:
    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]
    more_faults: int
    notes: tuple[Sentence, ...]

    @property
    def invitations(self) -> int:
        return len({step.email for step in self.steps if step.account is None})

    @property
    def seats(self) -> int:
        return sum(step.committee is not None and not step.seated for step in self.steps)


def plan_people(actor: Actor, table: People) -> Plan:
    """What the table would do, and every line that cannot be done."""
    access.require(actor, COMMITTEE_MANAGE)
    reading = _Reading(table)
    faults = sorted([*table.faults, *reading.faults], key=lambda fault: fault.line)
    shown = tuple(faults[:MOST_FAULTS])
    return Plan(tuple(reading.steps), shown, len(faults) - len(shown), table.notes)


def bring_in_people(actor: Actor, table: People) -> list[tuple[Account, str]]:
    """Carry it out: accounts, seats, and the tokens of the invitations. Refuses the whole table for one fault."""
    plan = plan_people(actor, table)
    if plan.faults:
        raise InvalidInput(FAULTY, field="file")
    made: dict[str, tuple[Account, str]] = {}
    for step in plan.steps:
        account = step.account
        if account is None:
            if step.email not in made:
                made[step.email] = people.invite(actor, email=step.email, name=step.person.name)
            account = made[step.email][0]
        if step.committee is not None and not step.seated:
            services.appoint(
                actor,
                committee_id=step.committee.id,
                account_id=account.id,
                role=step.role,
                valid_from=step.first_day,
                valid_to=step.person.valid_to,
            )
    return list(made.values())


class _Reading:
    """Goes through the lines with what the town has; one statement for each kind of thing."""

    def __init__(self, table: People) -> None:
        self.steps: list[Step] = []
        self.faults: list[Fault] = []
        rows = queries.committees()
        self.committees = {name.lower(): row for row in rows for name in (row.key, row.short_name, row.name)}
        emails = {normalise_email(row.email) for row in table.rows}
        found = db.session.scalars(select(Account).where(Account.email.in_(emails)).order_by(Account.email))
        self.accounts = {row.email: row for row in found}
        self.memberships = self._memberships()
        self.names: dict[str, str] = {}
        for row in table.rows:
            try:
                self.steps.append(self._step(row))
            except _FaultyError as fault:
                self.faults.append(Fault(row.line, fault.sentence))

    def _memberships(self) -> dict[tuple[UUID, UUID, str], list[Membership]]:
        ids = [row.id for row in self.accounts.values()]
        rows = db.session.scalars(
            select(Membership).where(Membership.account_id.in_(ids)).order_by(Membership.valid_from, Membership.id)
        )
        found: dict[tuple[UUID, UUID, str], list[Membership]] = {}
        for row in rows:
            found.setdefault((row.committee_id, row.account_id, row.role), []).append(row)
        return found

    def _step(self, row: Person) -> Step:
        email = normalise_email(row.email)
        if email_fault(email):
            raise _FaultyError(BAD_ADDRESS, email=row.email[:80])
        if len(row.name) > MAX_NAME:
            raise _FaultyError(NAME_TOO_LONG)
        account = self.accounts.get(email)
        known = self.names.setdefault(email, account.name if account else row.name)
        if known != row.name:
            raise _FaultyError(TWO_NAMES, name=known)
        if account is not None and not account.active:
            raise _FaultyError(ACCOUNT_CLOSED)
        committee, role = self._committee(row), self._role(row)
        if row.valid_to is not None and row.valid_to < (row.valid_from or clock.today()):
            raise _FaultyError(TERM_TURNED)
        step = Step(row, email, account, committee, role, seated=False)
        if committee is None:
            return step
        self._refuse_twice(step)
        held = self.memberships.get((committee.id, account.id, role.value), []) if account else []
        seated = any(_meet(step, seat.valid_from, seat.valid_to) for seat in held)
        return Step(row, email, account, committee, role, seated)

    def _committee(self, row: Person) -> Committee | None:
        if not row.committee:
            return None
        if row.committee.lower() not in self.committees:
            raise _FaultyError(NO_COMMITTEE, name=row.committee[:80])
        return self.committees[row.committee.lower()]

    @staticmethod
    def _role(row: Person) -> Role:
        if row.role and not row.committee:
            raise _FaultyError(ROLE_ALONE, name=row.role[:80])
        role = ROLES.get(row.role.lower()) if row.role else Role.MEMBER
        if role is None:
            raise _FaultyError(NO_ROLE, name=row.role[:80])
        return role

    def _refuse_twice(self, step: Step) -> None:
        for other in self.steps:
            same = (other.email, other.committee, other.role) == (step.email, step.committee, step.role)
            if same and _meet(step, other.first_day, other.person.valid_to):
                raise _FaultyError(SEAT_TWICE, line=other.person.line)


def _meet(step: Step, first: date, last: date | None) -> bool:
    """Whether the step's term and another share a day."""
    ends = step.person.valid_to
    return (ends is None or first <= ends) and (last is None or last >= step.first_day)


class _FaultyError(Exception):
    def __init__(self, msgid: str, **params: int | str) -> None:
        super().__init__(msgid)
        self.sentence = Sentence(msgid, params)
