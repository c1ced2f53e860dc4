"""Reading accounts and sessions."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from amendments.errors import Gone, NotFound, SignInRequired
from amendments.extensions import db
from amendments.people.models import Account, AccountLink, LoginSession
from amendments.people.rules import Purpose, normalise_email
from amendments.web import clock
from amendments.web.access import NOT_FOUND, SIGN_IN
from amendments.web.actor import Actor, exclusions_of, seats_of

IDLE = timedelta(hours=3)
"""A sitting in the town hall takes an evening; a browser left alone longer is signed out."""
ABSOLUTE = timedelta(hours=12)


LINK_GONE = (
    "Dieser Link gilt nicht mehr. Wenn Sie schon ein Passwort gewählt haben, melden Sie sich an; sonst bitten Sie um"
    " einen neuen Link."
)


def account(account_id: UUID) -> Account:
    found = db.session.get(Account, account_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def own_account(actor: Actor) -> Account:
    """The account of somebody who is signed in."""
    if actor.account_id is None:
        raise SignInRequired(SIGN_IN)
    return account(actor.account_id)


def account_by_email(email: str) -> Account | None:
    return db.session.scalars(select(Account).where(Account.email == normalise_email(email))).one_or_none()


def accounts() -> Sequence[Account]:
    return db.session.scalars(select(Account).order_by(Account.name, Account.email)).all()


def names(account_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Names for pages that list many people, in one statement."""
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(set(account_ids)))).all()
    return {row.id: row.name for row in rows}


def emails(account_ids: Iterable[UUID]) -> tuple[str, ...]:
    """Addresses of these accounts, in order."""
    return tuple(
        db.session.scalars(select(Account.email).where(Account.id.in_(set(account_ids))).order_by(Account.email))
    )


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def account_of_link(token: str, purpose: Purpose) -> Account:
    """The account a link opens at this moment. Raises Gone, with one answer for whatever is wrong with it."""
    link = db.session.scalars(
        select(AccountLink)
        .where(
            AccountLink.token_hash == token_hash(token),
            AccountLink.purpose == purpose,
            AccountLink.used_at.is_(None),
            AccountLink.revoked_at.is_(None),
            AccountLink.expires_at > clock.now(),
        )
        .options(joinedload(AccountLink.account))
    ).one_or_none()
    if link is None or not link.account.active:
        raise Gone(LINK_GONE)
    if (link.account.password_hash is None) is not (purpose is Purpose.INVITATION):
        raise Gone(LINK_GONE)
    return link.account


def open_invitations() -> dict[UUID, AccountLink]:
    """Account -> its invitation that was neither used nor revoked; it may have expired."""
    rows = db.session.scalars(
        select(AccountLink)
        .where(
            AccountLink.purpose == Purpose.INVITATION, AccountLink.used_at.is_(None), AccountLink.revoked_at.is_(None)
        )
        .order_by(AccountLink.created_at, AccountLink.token_hash)
    )
    return {row.account_id: row for row in rows}


def live_session(token: str) -> LoginSession | None:
    """The session of a cookie, with its account, if it may still be used at this moment."""
    row = db.session.scalars(
        select(LoginSession)
        .where(LoginSession.token_hash == token_hash(token), LoginSession.ended_at.is_(None))
        .options(joinedload(LoginSession.account))
    ).one_or_none()
    if row is None or not row.account.active:
        return None
    now = clock.now()
    if now - row.created_at >= ABSOLUTE or now - row.last_seen_at >= IDLE:
        return None
    return row


def sessions_of(account_id: UUID) -> Sequence[LoginSession]:
    """Sessions that could still be used, newest first."""
    now = clock.now()
    return db.session.scalars(
        select(LoginSession)
        .where(
            LoginSession.account_id == account_id,
            LoginSession.ended_at.is_(None),
            LoginSession.created_at > now - ABSOLUTE,
            LoginSession.last_seen_at > now - IDLE,
        )
        .order_by(LoginSession.created_at.desc(), LoginSession.token_hash)
    ).all()


def actor_for(account_id: UUID) -> Actor:
    return actor_of(account(account_id))


def actor_of(row: Account) -> Actor:
    """The actor of an account, with the seats that are valid today and what it is kept out of now."""
    return Actor(
        account_id=row.id,
        name=row.name,
        is_admin=row.is_admin,
        seats=seats_of(row.id),
        excluded=exclusions_of(row.id),
    )
