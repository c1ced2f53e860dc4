"""A look at the record walks what is new; a check walks all of it and is told in the record."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

import pytest
import sqlalchemy as sa

from amendments.audit import chain, checking, queries, services
from amendments.audit.services import record
from amendments.errors import SignInRequired
from amendments.web import clock
from amendments.web.actor import GUEST, Actor

SOMEBODY = Actor(account_id=uuid4())


@dataclass(frozen=True)
class Commented:
    name: ClassVar[str] = "proposal:commented"
    rank: int


def append(count):
    return [record(uuid4(), Commented(rank)) for rank in range(count)]


@pytest.fixture
def record_of_five(session):
    """Five events, and a process that has seen none of them."""
    checking._known.clear()
    append(5)
    session.commit()
    return session


@pytest.fixture
def walked(monkeypatch):
    """Numbers of the events whose hash was computed."""
    numbers = []
    link = chain.link
    monkeypatch.setattr(
        queries.chain, "link", lambda previous, **event: numbers.append(event["seq"]) or link(previous, **event)
    )
    return numbers


def forge(session, seq):
    """What the owner of the database can do to one event."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sa.text("DROP TRIGGER IF EXISTS event_no_update"))
    else:
        session.execute(sa.text("DROP TRIGGER IF EXISTS event_no_change ON event"))
    session.execute(sa.text("UPDATE event SET name = 'proposal:forged' WHERE seq = :seq"), {"seq": seq})
    session.commit()
    session.expire_all()


def check():
    services.note_check(SOMEBODY, queries.verify())


def test_the_first_look_walks_everything_and_the_next_what_is_new(record_of_five, walked):
    first = checking.standing()
    assert first.verdict == queries.Verdict(5, None)
    assert (walked, first.whole_to) == ([1, 2, 3, 4, 5], 5)
    checking.standing()
    rows = append(2)
    walked.clear()
    later = checking.standing()
    assert walked == [6, 7]
    assert (later.verdict, later.verdict.hash) == (queries.Verdict(7, None), rows[-1].hash)
    assert (later.whole_at, later.whole_to) == (first.whole_at, 5)


def test_a_look_sends_as_many_statements_for_one_new_event_as_for_twenty(record_of_five, count_queries):
    sent = []
    for new in (0, 1, 20):
        append(new)
        with count_queries() as statements:
            checking.standing()
        sent.append(len(statements))
    assert len(set(sent[1:])) == 1


def test_a_look_finds_what_was_done_to_new_events(record_of_five):
    checking.standing()
    append(2)
    forge(record_of_five, 6)
    assert checking.standing().verdict.broken_at == 6
    assert checking.standing().verdict.broken_at == 6, "it is not forgotten"


def test_an_older_event_is_vouched_for_only_as_of_the_last_whole_walk(record_of_five):
    before = checking.standing()
    forge(record_of_five, 2)
    with clock.stopped(clock.now() + timedelta(days=1)):
        later = checking.standing()
        assert later.verdict.intact
        assert later.whole_at == before.whole_at, "it does not claim to have looked"
        assert queries.verify().broken_at == 2


def test_what_a_check_found_stands_for_every_process_until_a_check_finds_nothing(record_of_five, walked):
    checking.standing()
    forge(record_of_five, 2)
    check()
    walked.clear()
    for _process in range(2):
        assert checking.standing().verdict.broken_at == 2
        checking._known.clear()
    assert walked == []
    record_of_five.execute(sa.text("UPDATE event SET name = 'proposal:commented' WHERE seq = 2"))
    check()
    assert checking.standing().verdict == queries.Verdict(7, None)


def test_a_new_process_goes_on_from_the_last_check(record_of_five, walked):
    with clock.stopped(clock.now() + timedelta(hours=1)) as moment:
        check()
    append(1)
    walked.clear()
    found = checking.standing()
    assert walked == [6, 7]
    assert (found.whole_at, found.whole_to) == (moment, 5)


def test_a_check_renews_what_a_process_says_of_the_whole(record_of_five):
    append(1)
    checking.standing()
    with clock.stopped(clock.now() + timedelta(hours=1)) as moment:
        check()
    found = checking.standing()
    assert (found.whole_at, found.whole_to, found.verdict.events) == (moment, 6, 7)


def test_a_record_that_is_not_the_one_remembered_is_walked_anew(record_of_five, walked):
    point = record_of_five.begin_nested()
    append(3)
    checking.standing()
    point.rollback()
    record_of_five.expire_all()
    append(4)
    walked.clear()
    assert checking.standing().verdict == queries.Verdict(9, None)
    assert walked == list(range(1, 10))


def test_the_last_check_is_found_by_its_index(session):
    statement = queries.of_checks().order_by(queries.Event.seq.desc()).limit(1)
    explain = "EXPLAIN QUERY PLAN"
    if session.get_bind().dialect.name == "postgresql":
        explain = "EXPLAIN"
        session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    assert "ix_event_checked" in str(session.execute(sa.text(f"{explain} {compiled}")).all())


def test_guests_have_nothing_checked(session):
    with pytest.raises(SignInRequired):
        services.note_check(GUEST, queries.Verdict(0, None))
