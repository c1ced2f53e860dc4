"""Writing accounts and sessions. Each verb records one event; all of them only flush."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from amendments.audit.services import record
from amendments.errors import InvalidInput
from amendments.extensions import db
from amendments.people import events, passwords, rules
from amendments.people.models import Account, LoginSession
from amendments.people.queries import token_hash
from amendments.text.door import one_line
from amendments.web import clock, constraints, limits, transaction
from amendments.web.access import require
from amendments.web.actor import Actor

TRIES_PER_PERSON_AND_ADDRESS = 10
TRIES_PER_PERSON = 100
TRIES_PER_ADDRESS = 100
"""Per quarter of an hour. A town hall is one address; a stranger's wrong tries do not lock the person out at home."""

BOTH = "sign-in:both"

SESSIONS_KEPT = timedelta(days=30)
"""Rows of ended sessions go after a month; that somebody signed in stays in the record."""

EMAIL_TAKEN = "Mit dieser E-Mail-Adresse gibt es schon ein Konto."
WRONG_PASSWORD = "Das jetzige Passwort stimmt nicht."  # noqa: S105 - a sentence
NOT_ONESELF = "Das eigene Konto kann man nicht schließen; das macht jemand anderes aus der Verwaltung."
NAME_MISSING = "Bitte geben Sie einen Namen an."

constraints.register("uq_account_email", EMAIL_TAKEN, field="email")


def create_account(
    actor: Actor,
    *,
    email: str,
    name: str,
    password: str,
    description: str = "",
    is_admin: bool = False,
) -> Account:
    """A new account. Administrators only; the first one is made by `create_first_administrator`."""
    require(actor, rules.CREATE_ACCOUNT)
    return _create(actor, email=email, name=name, password=password, description=description, is_admin=is_admin)


def create_first_administrator(*, email: str, name: str, password: str) -> Account:
    """The account an empty installation begins with; refused as soon as there is any account."""
    if db.session.scalar(select(Account.id).limit(1)) is not None:
        raise InvalidInput("Es gibt schon Konten; das erste ist längst angelegt.")
    return _create(None, email=email, name=name, password=password, description="", is_admin=True)


def _create(actor: Actor | None, *, email: str, name: str, password: str, description: str, is_admin: bool) -> Account:
    address = rules.normalise_email(email)
    if fault := rules.email_fault(address):
        raise InvalidInput(fault, field="email")
    name = one_line(name)
    if not name:
        raise InvalidInput(NAME_MISSING, field="name")
    if fault := rules.password_fault(password, email=address, name=name):
        raise InvalidInput(fault, field="password")
    row = Account(
        email=address,
        name=name,
        description=description,
        password_hash=passwords.hash_password(password),
        is_admin=is_admin,
        active=True,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    record(actor.account_id if actor else row.id, events.AccountCreated(account=row.id, is_admin=is_admin))
    return row


def count_try(*, email: str, address: str) -> None:
    """Count a try to sign in before the password is looked at."""
    person = rules.normalise_email(email)
    limits.count(limits.key_of("sign-in:address", address), at_most=TRIES_PER_ADDRESS)
    limits.count(limits.key_of("sign-in:person", person), at_most=TRIES_PER_PERSON)
    limits.count(limits.key_of(BOTH, person, address), at_most=TRIES_PER_PERSON_AND_ADDRESS)


def open_session(
    account: Account, *, address: str, user_agent: str, previous_token: str | None, password: str | None = None
) -> str:
    """Sign in after the password was verified: ends the browser's old session, returns a token for the cookie."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    if previous_token:
        _end(LoginSession.token_hash == token_hash(previous_token))
    if password is not None and passwords.outdated(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    db.session.add(
        LoginSession(
            token_hash=token_hash(token),
            account_id=account.id,
            created_at=now,
            last_seen_at=now,
            user_agent=user_agent[:200],
        )
    )
    limits.forget(limits.key_of(BOTH, account.email, address))
    _tidy(now)
    record(account.id, events.SignedIn(account=account.id))
    return token


def _tidy(now: datetime) -> None:
    """Rows that nobody needs any more go with a sign-in: it writes anyway, and happens seldom."""
    db.session.execute(delete(LoginSession).where(LoginSession.created_at < now - SESSIONS_KEPT))
    limits.forget_old()
    transaction.forget_receipts()


def sign_out(actor: Actor, *, token: str) -> None:
    """End the session of this browser; a copied cookie is worthless from now on."""
    if actor.account_id is not None and _end(LoginSession.token_hash == token_hash(token)):
        record(actor.account_id, events.SignedOut(account=actor.account_id, sessions=1))


def end_other_sessions(actor: Actor, account: Account, *, keep_token: str | None = None) -> int:
    """End every session of the account except the one at hand; returns how many were ended."""
    require(actor, rules.END_SESSION, account)
    conditions = [LoginSession.account_id == account.id]
    if keep_token:
        conditions.append(LoginSession.token_hash != token_hash(keep_token))
    ended = _end(*conditions)
    record(actor.account_id, events.SignedOut(account=account.id, sessions=ended))
    return ended


def _end(*conditions: object) -> int:
    statement = update(LoginSession).where(*conditions, LoginSession.ended_at.is_(None))  # type: ignore[arg-type]
    result = db.session.execute(statement.values(ended_at=clock.now()))
    return int(result.rowcount)  # type: ignore[attr-defined]


def change_password(actor: Actor, account: Account, *, current: str, new: str, keep_token: str | None = None) -> None:
    """Set a new password and end every other session of the account."""
    require(actor, rules.CHANGE_PASSWORD, account)
    if not passwords.verify(account.password_hash, current):
        raise InvalidInput(WRONG_PASSWORD, field="current")
    if fault := rules.password_fault(new, email=account.email, name=account.name):
        raise InvalidInput(fault, field="new")
    account.password_hash = passwords.hash_password(new)
    conditions = [LoginSession.account_id == account.id]
    if keep_token:
        conditions.append(LoginSession.token_hash != token_hash(keep_token))
    _end(*conditions)
    record(actor.account_id, events.PasswordChanged(account=account.id))


def set_password(actor: Actor, account: Account, *, new: str) -> None:
    """For somebody who forgot theirs: an administrator sets one and tells it; every session of the account ends."""
    require(actor, rules.MANAGE, account)
    if fault := rules.password_fault(new, email=account.email, name=account.name):
        raise InvalidInput(fault, field="password")
    account.password_hash = passwords.hash_password(new)
    _end(LoginSession.account_id == account.id)
    record(actor.account_id, events.PasswordChanged(account=account.id))


def deactivate(actor: Actor, account: Account) -> None:
    """Close an account: it stays as a name, its sessions end at once."""
    require(actor, rules.MANAGE, account)
    if account.id == actor.account_id:
        raise InvalidInput(NOT_ONESELF)
    account.active = False
    _end(LoginSession.account_id == account.id)
    record(actor.account_id, events.AccountDeactivated(account=account.id))


def reactivate(actor: Actor, account: Account) -> None:
    """Open a closed account again, with the password it had."""
    require(actor, rules.MANAGE, account)
    account.active = True
    record(actor.account_id, events.AccountReactivated(account=account.id))


def touch(row_hash: str) -> None:
    """Note that a session is in use; called seldom, and never for polls."""
    db.session.execute(update(LoginSession).where(LoginSession.token_hash == row_hash).values(last_seen_at=clock.now()))
