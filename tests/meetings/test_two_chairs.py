"""Two who run a sitting press at once, on a database of their own where everybody really commits."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import func, select

from amendments.audit.models import Event, EventHead
from amendments.decisions.queries import standing_on
from amendments.extensions import db
from amendments.meetings import queries, services
from amendments.meetings.models import Ballot
from amendments.meetings.services import Put
from amendments.web.actor import Actor
from amendments.web.transaction import write
from tests.at_once import together
from tests.factories.meetings import RIVALS, case

ROUNDS = 4


@dataclass(frozen=True)
class Evening:
    """Plain values: every thread has a session of its own."""

    meeting_id: UUID
    chair: Actor
    member: Actor
    edits: tuple[UUID, ...]
    rival: UUID
    """Id of the called item."""
    put: Put


@pytest.fixture
def evening(committing_app):
    with committing_app.app_context():
        found, *edits = write(lambda: case(*RIVALS, ("jährlich", "oft"), ("eng", "gut")))
        for edit_id in edits[2:]:
            pull = {"meeting_id": found.meeting.id, "edit_id": edit_id}
            write(lambda pull=pull: services.pull_out(found.members[0], **pull))
        item_id = write(lambda: found.call(edits[0]).id)
        return Evening(found.meeting.id, found.chair, found.members[0], tuple(edits), item_id, found.put(edits[0]))


def test_two_state_a_result_of_the_same_item_and_one_is_told(committing_app, evening) -> None:
    ids = {"meeting_id": evening.meeting_id, "item_id": evening.rival}

    def state(*, carried):
        return lambda: services.state_result(evening.chair, **ids, put=evening.put, carried=carried, form="majority")

    assert sorted(together(committing_app, [state(carried=True), state(carried=False)])) == ["conflict", "done"]
    with committing_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Ballot)) == 1
        one = evening.edits[0]
        assert standing_on([one])[one].outcome in {"agreed", "rejected"}
        assert db.session.scalar(select(func.count(Event.seq))) == db.session.scalar(select(EventHead.seq))


def waiting(committing_app, evening):
    with committing_app.app_context():
        rows = queries.items_of(evening.meeting_id)
        return [row.id for row in rows if row.state == "waiting" and row.kind == "single"]


def test_two_call_different_items_and_one_of_them_is_called(committing_app, evening) -> None:
    def call(item_id):
        return lambda: services.call_item(evening.chair, meeting_id=evening.meeting_id, item_id=item_id, reason="jetzt")

    assert together(committing_app, [call(item_id) for item_id in waiting(committing_app, evening)]) == ["done", "done"]
    with committing_app.app_context():
        states = Counter(row.state for row in queries.items_of(evening.meeting_id))
        assert states["called"] == 1
        assert db.session.scalar(select(func.count()).where(Event.name == "meeting:called")) == 3


def test_one_moves_an_item_that_another_calls(committing_app, evening) -> None:
    _first, last = waiting(committing_app, evening)
    with committing_app.app_context():
        seen = queries.agenda_mark(queries.items_of(evening.meeting_id))
    ids = {"meeting_id": evening.meeting_id, "item_id": last, "reason": "eilt"}
    works = [
        lambda: services.move_item(evening.chair, before=None, shown=seen, **ids),
        lambda: services.call_item(evening.chair, **ids),
    ]
    moved, called = together(committing_app, works)
    assert called == "done"
    assert moved in {"done", "conflict"}
    with committing_app.app_context():
        rows = queries.items_of(evening.meeting_id)
        assert [row.id for row in rows if row.state == "called"] == [last]
        assert len({row.rank for row in rows}) == len(rows)
