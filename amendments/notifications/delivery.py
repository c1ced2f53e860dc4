"""One round of the post: read the record, write the letters that are due, note what became of each.

Reading, taking out and noting are transactions of their own; no mail server is spoken to inside one. A process that
dies between taking out and noting leaves letters that the next round, a quarter of an hour later, sends again: a
person may get one twice, and never none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from amendments.decisions.queries import stage_states
from amendments.decisions.rules import StageState
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.notifications import services
from amendments.notifications.letters import Told, letter_to
from amendments.notifications.models import Notice
from amendments.notifications.queries import refused_by, still_coming
from amendments.notifications.rules import NoticeKind
from amendments.people.models import Account
from amendments.people.queries import actor_for
from amendments.proposals.models import Proposal
from amendments.proposals.queries import proposal_for
from amendments.proposals.rules import State
from amendments.web import mail
from amendments.web.transaction import write


def deliver() -> int:
    """How many mails went out. Without a mail server nothing is read, and nothing is missed later than a day."""
    if not mail.possible():
        return 0
    while write(services.gather):
        pass
    out = {account_id: [row.id for row in rows] for account_id, rows in write(services.take_out).items()}
    return sum(_post(account_id, notice_ids) for account_id, notice_ids in out.items())


def _post(account_id: UUID, notice_ids: Sequence[UUID]) -> bool:
    account = db.session.get_one(Account, account_id)
    told = _told(account, notice_ids)
    mine = {one.notice.id for one in told}
    letter = letter_to(account, told) if told else None
    db.session.rollback()  # ends the read transaction: a mail server takes its time
    sent = letter is not None and mail.send([letter])[0]

    def note() -> None:
        services.note_dropped([notice_id for notice_id in notice_ids if notice_id not in mine])
        (services.note_sent if sent else services.note_refused)(mine)

    write(note)
    return sent


def _told(account: Account, notice_ids: Sequence[UUID]) -> list[Told]:
    """What is still true, wanted, and still to be seen by this person."""
    rows = db.session.scalars(select(Notice).where(Notice.id.in_(list(notice_ids))).order_by(Notice.event_seq)).all()
    if not account.active or account.password_hash is None:
        return []
    refused = refused_by([account.id])[account.id]
    proposals = _visible(account, {row.proposal_id for row in rows})
    states = stage_states(proposals)
    coming = still_coming(row.item_id for row in rows)
    return [
        Told(row, proposals[row.proposal_id], states[row.proposal_id])
        for row in rows
        if row.kind not in refused
        and row.proposal_id in proposals
        and _still_true(row, states[row.proposal_id], is_coming=row.item_id in coming)
    ]


def _still_true(row: Notice, state: StageState, *, is_coming: bool) -> bool:
    match NoticeKind(row.kind):
        case NoticeKind.CALLED_NEXT:
            return is_coming
        case NoticeKind.HANDED_BACK:
            return state is StageState.HANDED_BACK
        case NoticeKind.DECIDED:
            return True


def _visible(account: Account, proposal_ids: set[UUID]) -> Mapping[UUID, Proposal]:
    actor = actor_for(account.id)
    found = {}
    for proposal_id in sorted(proposal_ids):
        try:
            proposal = proposal_for(actor, proposal_id).proposal
        except NotFound:
            continue
        if proposal.state == State.OPEN:
            found[proposal_id] = proposal
    return found
