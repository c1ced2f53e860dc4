"""Writing accounts and sessions. Each verb records one event; all of them only flush."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from amendments.audit.services import record
from amendments.errors import Conflict, Gone, InvalidInput
from amendments.extensions import db
from amendments.people import events, passwords, rules
from amendments.people.models import Account, AccountLink, LoginSession
from amendments.people.queries import LINK_GONE, account_by_email, account_of_link, token_hash
from amendments.people.rules import LANGUAGES, LASTS, Purpose
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
NAME_MISSING = "Bitte geben Sie einen Namen von höchstens 200 Zeichen an."
ACCEPTED = "Diese Person hat ihre Einladung schon angenommen."
NOT_ACCEPTED = "Diese Person hat noch kein Passwort gewählt. Bitte erneuern Sie ihre Einladung."
CLOSED = "Dieses Konto ist geschlossen. Bitte öffnen Sie es zuerst wieder."
NO_INVITATION = "Für diese Person ist keine Einladung offen."
LAST_ADMINISTRATOR = (
    "Das ist das letzte Konto, das Konten und Gremien verwaltet. Bitte geben Sie dieses Recht zuerst weiter."
)
BAD_LANGUAGE = "Diese Sprache gibt es hier nicht."

ASKS_PER_PERSON = 3
ASKS_PER_ADDRESS = 30
"""Requests for a new password in a quarter of an hour: for one person, so that nobody's mailbox is filled, and from
one address, which may be a whole town hall."""

constraints.register("uq_account_email", EMAIL_TAKEN, field="email")
constraints.register("uq_account_link_open", "Inzwischen hat jemand anderes einen Link gemacht.", race=True)


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
    row = _account(email=email, name=name, description=description, is_admin=is_admin)
    if fault := rules.password_fault(password, email=row.email, name=row.name):
        raise InvalidInput(fault, field="password")
    row.password_hash = passwords.hash_password(password)
    db.session.add(row)
    db.session.flush()
    record(actor.account_id if actor else row.id, events.AccountCreated(account=row.id, is_admin=is_admin))
    return row


def _account(*, email: str, name: str, is_admin: bool, description: str = "", language: str = LANGUAGES[0]) -> Account:
    address = rules.normalise_email(email)
    if fault := rules.email_fault(address):
        raise InvalidInput(fault, field="email")
    name = one_line(name)
    if not 0 < len(name) <= rules.MAX_NAME:
        raise InvalidInput(NAME_MISSING, field="name")
    if language not in LANGUAGES:
        raise InvalidInput(BAD_LANGUAGE, field="language")
    return Account(
        email=address,
        name=name,
        description=description,
        is_admin=is_admin,
        language=language,
        active=True,
        created_at=clock.now(),
    )


def invite(
    actor: Actor, *, email: str, name: str, is_admin: bool = False, language: str = LANGUAGES[0]
) -> tuple[Account, str]:
    """An account without a password, which may be given seats at once, and the token of the link to choose one."""
    require(actor, rules.CREATE_ACCOUNT)
    row = _account(email=email, name=name, is_admin=is_admin, language=language)
    db.session.add(row)
    db.session.flush()
    token = _link(row, Purpose.INVITATION, actor)
    record(actor.account_id, events.PersonInvited(account=row.id, is_admin=is_admin))
    return row, token


def renew_invitation(actor: Actor, account: Account) -> str:
    """A new link for somebody who has not chosen a password yet; the old one ends."""
    require(actor, rules.CREATE_ACCOUNT)
    if account.password_hash is not None:
        raise Conflict(ACCEPTED)
    if not account.active:
        raise Conflict(CLOSED)
    token = _link(account, Purpose.INVITATION, actor)
    record(actor.account_id, events.InvitationRenewed(account=account.id))
    return token


def revoke_invitation(actor: Actor, account: Account) -> None:
    """The link ends; the account stays without a password, and keeps its seats."""
    require(actor, rules.CREATE_ACCOUNT)
    if not _revoke(account, Purpose.INVITATION):
        raise Conflict(ACCEPTED if account.password_hash is not None else NO_INVITATION)
    record(actor.account_id, events.InvitationRevoked(account=account.id))


def accept_invitation(token: str, *, password_hash: str) -> Account:
    """Use up an invitation: the account has a password from now on."""
    account = account_of_link(token, Purpose.INVITATION)
    _use(token)
    account.password_hash = password_hash
    record(account.id, events.InvitationAccepted(account=account.id))
    return account


def count_request(*, email: str, address: str) -> None:
    """Count a request for a new password before anybody looks whether there is such an account."""
    limits.count(limits.key_of("reset:address", address), at_most=ASKS_PER_ADDRESS)
    limits.count(limits.key_of("reset:person", rules.normalise_email(email)), at_most=ASKS_PER_PERSON)


def request_reset(*, email: str) -> tuple[Account, str] | None:
    """The token of a link to a new password, or None where nobody with this address has one to forget.

    Who is only invited gets none: it would revive an invitation that has expired or was taken back.
    """
    account = account_by_email(email)
    if account is None or not account.active or account.password_hash is None:
        return None
    token = _link(account, Purpose.PASSWORD, None)
    record(None, events.ResetLinkMade(account=account.id))
    return account, token


def make_reset_link(actor: Actor, account: Account) -> str:
    """The same by an administrator, who hands the link to the person."""
    require(actor, rules.MANAGE, account)
    if account.password_hash is None:
        raise Conflict(NOT_ACCEPTED)
    if not account.active:
        raise Conflict(CLOSED)
    token = _link(account, Purpose.PASSWORD, actor)
    record(actor.account_id, events.ResetLinkMade(account=account.id))
    return token


def reset_password(token: str, *, password_hash: str) -> Account:
    """Use up a link to a new password; every session of the account ends."""
    account = account_of_link(token, Purpose.PASSWORD)
    _use(token)
    account.password_hash = password_hash
    _end(LoginSession.account_id == account.id)
    record(account.id, events.PasswordChanged(account=account.id))
    return account


def _link(account: Account, purpose: Purpose, actor: Actor | None) -> str:
    """A new link, the only one of its purpose; the token is known to nobody but the caller."""
    _revoke(account, purpose)
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        AccountLink(
            token_hash=token_hash(token),
            account_id=account.id,
            purpose=purpose.value,
            created_by=actor.account_id if actor else None,
            created_at=now,
            expires_at=now + LASTS[purpose],
        )
    )
    db.session.flush()
    return token


def _use(token: str) -> None:
    """Of two who use one link at the same moment, one is told that it is gone."""
    if not _close_links(AccountLink.token_hash == token_hash(token), used_at=clock.now()):
        raise Gone(LINK_GONE)


def _revoke(account: Account, *purposes: Purpose) -> int:
    """End the open links of these purposes, of every purpose if none is named."""
    conditions: list[Any] = [AccountLink.account_id == account.id]
    if purposes:
        conditions.append(AccountLink.purpose.in_(purposes))
    return _close_links(*conditions, revoked_at=clock.now())


def _close_links(*conditions: Any, **end: datetime) -> int:
    is_open = (AccountLink.used_at.is_(None), AccountLink.revoked_at.is_(None))
    result = db.session.execute(update(AccountLink).where(*conditions, *is_open).values(**end))
    return int(result.rowcount)  # type: ignore[attr-defined]


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
    if password is not None and account.password_hash and passwords.outdated(account.password_hash):
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
    db.session.execute(
        delete(AccountLink).where(
            AccountLink.created_at < now - SESSIONS_KEPT,
            AccountLink.used_at.is_not(None)
            | AccountLink.revoked_at.is_not(None)
            | (AccountLink.purpose != "invitation"),
        )
    )
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
    _revoke(account)
    record(actor.account_id, events.PasswordChanged(account=account.id))


def choose_language(actor: Actor, account: Account, *, language: str) -> None:
    """The language of mails to this person."""
    require(actor, rules.CHANGE_OWN, account)
    if language not in LANGUAGES:
        raise InvalidInput(BAD_LANGUAGE, field="language")
    account.language = language
    record(actor.account_id, events.LanguageChosen(account=account.id, language=language))


def set_administrator(actor: Actor, account: Account, *, is_admin: bool) -> None:
    """Give or take the right to manage accounts and committees; somebody keeps it."""
    require(actor, rules.MANAGE, account)
    if not is_admin:
        _refuse_last_administrator(account)
    account.is_admin = is_admin
    record(actor.account_id, events.AdministrationGiven(account=account.id, is_admin=is_admin))


def deactivate(actor: Actor, account: Account) -> None:
    """Close an account: it stays as a name and keeps its seats, its sessions and links end at once."""
    require(actor, rules.MANAGE, account)
    if account.id == actor.account_id:
        raise InvalidInput(NOT_ONESELF)
    _refuse_last_administrator(account)
    account.active = False
    _end(LoginSession.account_id == account.id)
    _revoke(account)
    record(actor.account_id, events.AccountDeactivated(account=account.id))


def _refuse_last_administrator(account: Account) -> None:
    """Asked in the transaction: two who close each other's accounts at one moment do not both succeed."""
    able = select(Account.id).where(Account.is_admin, Account.active, Account.password_hash.is_not(None))
    ids = db.session.scalars(able.order_by(Account.id).with_for_update()).all()
    if set(ids) == {account.id}:
        raise InvalidInput(LAST_ADMINISTRATOR)


def reactivate(actor: Actor, account: Account) -> None:
    """Open a closed account again, with the password it had."""
    require(actor, rules.MANAGE, account)
    account.active = True
    record(actor.account_id, events.AccountReactivated(account=account.id))


def touch(row_hash: str) -> None:
    """Note that a session is in use; called seldom, and never for polls."""
    db.session.execute(update(LoginSession).where(LoginSession.token_hash == row_hash).values(last_seen_at=clock.now()))
