"""Turning events into news for people, and noting what became of each mail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from amendments.audit.queries import head
from amendments.audit.services import record
from amendments.extensions import db
from amendments.notifications.events import MailsChosen
from amendments.notifications.models import MailProgress, MailRefused, Notice
from amendments.notifications.queries import AT_ONCE, Item, authors_of, events_after, news_of, refused_by, waiting
from amendments.notifications.rules import MAILS_CHOOSE, MOST_TRIES, NoticeKind, is_news
from amendments.people.models import Account
from amendments.web import access, clock
from amendments.web.actor import Actor


def gather() -> bool:
    """Read on in the record and write down what is news for whom; False once everything was read.

    The first time nothing is: nobody is written about what happened before there were mails.
    """
    progress = db.session.execute(select(MailProgress).where(MailProgress.id == 1).with_for_update()).scalar()
    if progress is None:
        db.session.add(MailProgress(id=1, seq=head()[0]))
        db.session.flush()
        return False
    last = head()[0]
    events = events_after(progress.seq)
    fresh = [event for event in events if is_news(clock.now(), event.at)]
    _write_down([item for event in fresh for item in news_of(event)])
    more = len(events) == AT_ONCE
    progress.seq = events[-1].seq if more else last
    db.session.flush()
    return more


def _write_down(items: Sequence[Item]) -> None:
    authors = authors_of(item.proposal_id for item in items)
    told = [(authors[item.proposal_id], item) for item in items if item.proposal_id in authors]
    refused = refused_by(account_id for account_id, _ in told)
    db.session.add_all(
        Notice(
            id=uuid4(),
            account_id=account_id,
            kind=item.kind.value,
            event_seq=item.seq,
            proposal_id=item.proposal_id,
            item_id=item.item_id,
            happened_at=item.at,
            tried_at=None,
            tries=0,
            sent_at=None,
            dropped_at=None,
        )
        for account_id, item in told
        if item.actor_id != account_id and item.kind not in refused[account_id]
    )
    db.session.flush()


def take_out() -> dict[UUID, tuple[Notice, ...]]:
    """What is to be sent now, by person, marked as on its way so that no other process sends it too."""
    db.session.execute(select(MailProgress).where(MailProgress.id == 1).with_for_update())
    found = waiting()
    for rows in found.values():
        for row in rows:
            row.tried_at, row.tries = clock.now(), row.tries + 1
    db.session.flush()
    return {account_id: tuple(rows) for account_id, rows in found.items()}


def note_sent(notice_ids: Collection[UUID]) -> None:
    _mark(notice_ids, sent_at=clock.now())


def note_dropped(notice_ids: Collection[UUID]) -> None:
    """Nothing to tell any more, or not to this person."""
    _mark(notice_ids, dropped_at=clock.now())


def note_refused(notice_ids: Collection[UUID]) -> None:
    """The mail server did not take it: it is tried again, but not for ever."""
    rows = db.session.scalars(select(Notice).where(Notice.id.in_(list(notice_ids))).order_by(Notice.id))
    for row in rows:
        if row.tries >= MOST_TRIES:
            row.dropped_at = clock.now()
    db.session.flush()


def _mark(notice_ids: Iterable[UUID], **values: object) -> None:
    db.session.execute(
        update(Notice)
        .where(Notice.id.in_(list(notice_ids)), Notice.sent_at.is_(None), Notice.dropped_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def choose_mails(actor: Actor, account: Account, *, kinds: Collection[str]) -> None:
    """The kinds of news this person gets by mail; every other one they do without."""
    access.require(actor, MAILS_CHOOSE, account)
    refused = tuple(kind.value for kind in NoticeKind if kind not in kinds)
    db.session.execute(delete(MailRefused).where(MailRefused.account_id == account.id))
    db.session.add_all(MailRefused(account_id=account.id, kind=kind) for kind in refused)
    db.session.flush()
    record(actor.account_id, MailsChosen(account.id, refused))
