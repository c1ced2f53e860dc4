"""The record: gap-free, chained, append-only; `verify` finds what was done to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from amendments.audit import chain, queries
from amendments.audit.models import Event
from amendments.audit.services import record


class Outcome(StrEnum):
    AGREED = "agreed"


@dataclass(frozen=True)
class Decided:
    name: ClassVar[str] = "edit:decided"
    outcome: Outcome
    rank: int


def append(count, document_id=None):
    return [record(uuid4(), Decided(Outcome.AGREED, rank), document_id) for rank in range(count)]


def test_numbers_have_no_gaps_and_hashes_form_a_chain(session):
    rows = append(5)
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert [row.prev_hash for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert queries.verify() == queries.Verdict(5, None)
    assert queries.head() == (5, rows[-1].hash)


def test_the_empty_record_is_intact(session):
    assert queries.verify() == queries.Verdict(0, None)


def test_a_number_given_back_is_given_again(session):
    append(1)
    point = session.begin_nested()
    append(1)
    point.rollback()
    session.expire_all()
    assert append(1)[0].seq == 2
    assert queries.verify().intact


@pytest.mark.parametrize("verb", ["UPDATE event SET name = 'x' WHERE seq = 1", "DELETE FROM event WHERE seq = 1"])
def test_the_database_refuses_to_change_an_event(session, verb):
    append(2)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"):
        session.execute(sa.text(verb))
    session.rollback()


def unlocked(session):
    """What the owner of the database can do: take the triggers away."""
    for table in ("event", "event_subject"):
        if session.get_bind().dialect.name == "sqlite":
            session.execute(sa.text(f"DROP TRIGGER {table}_no_update"))
            session.execute(sa.text(f"DROP TRIGGER {table}_no_delete"))
        else:
            session.execute(sa.text(f"DROP TRIGGER {table}_no_change ON {table}"))


@pytest.mark.parametrize(
    ("done", "broken_at"),
    [
        ("UPDATE event SET name = 'edit:forged' WHERE seq = 3", 3),
        ("UPDATE event SET actor_id = NULL WHERE seq = 1", 1),
        ("DELETE FROM event WHERE seq = 2", 2),
        ("DELETE FROM event WHERE seq = 5", 5),
        ("UPDATE event SET hash = 'x' WHERE seq = 4", 4),
    ],
)
def test_verify_names_the_event_that_was_touched(session, done, broken_at):
    append(5)
    session.commit()
    unlocked(session)
    session.execute(sa.text(done))
    session.commit()
    session.expire_all()
    assert queries.verify().broken_at == broken_at


# --- what an event names


@dataclass(frozen=True)
class Moved:
    name: ClassVar[str] = "edit:moved"
    edit_id: UUID
    committee_id: UUID | None
    lines: tuple[tuple[UUID, str], ...]
    hash: str


def moved(edit_id, *others):
    return record(uuid4(), Moved(edit_id, None, tuple((other, "agreed") for other in others), "a" * 64), uuid4())


def found(session, *ids):
    return sorted(session.scalars(queries.naming(ids)))


def test_events_are_found_by_everything_they_name(session):
    first, second, third = uuid4(), uuid4(), uuid4()
    moved(first, second)
    moved(second, third, third)
    append(1)
    assert found(session, first) == [1]
    assert sorted(set(found(session, first, second))) == [1, 2]
    assert found(session, third) == [2]
    assert found(session, uuid4()) == []
    assert queries.verify() == queries.Verdict(3, None)


def test_the_way_to_the_events_of_a_thing_has_an_index(session):
    statement = sa.select(Event).where(Event.seq.in_(queries.naming([uuid4(), uuid4()])))
    compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN"
    if session.get_bind().dialect.name == "postgresql":
        explain = "EXPLAIN"
        session.execute(sa.text("SET LOCAL enable_seqscan = off"))  # small tables are walked through
    plan = " ".join(str(row) for row in session.execute(sa.text(f"{explain} {compiled}")))
    assert "ix_event_subject_subject_id" in plan
    assert "pk_event" in plan or "event USING INTEGER PRIMARY KEY" in plan
    assert "SCAN event" not in plan


@pytest.mark.parametrize("verb", ["UPDATE event_subject SET seq = 1", "DELETE FROM event_subject"])
def test_the_database_refuses_to_hide_an_event_from_a_thing(session, verb):
    moved(uuid4())
    with pytest.raises(sa.exc.DBAPIError, match="never changed"):
        session.execute(sa.text(verb))
    session.rollback()


@pytest.mark.parametrize(
    "done",
    ["DELETE FROM event_subject WHERE seq = 2", "UPDATE event_subject SET seq = 1 WHERE seq = 2"],
    ids=["hidden", "given to another event"],
)
def test_verify_finds_an_event_that_was_hidden_from_what_it_names(session, done):
    append(1)
    moved(uuid4())
    append(1)
    session.commit()
    unlocked(session)
    session.execute(sa.text(done))
    session.commit()
    session.expire_all()
    verdict = queries.verify()
    assert (verdict.reason, verdict.intact) == ("subjects", False)


def test_events_of_a_document_come_newest_first_in_pages(session):
    document_id = uuid4()
    append(3, document_id)
    append(2)
    assert [row.seq for row in queries.events_of([document_id], limit=2)] == [3, 2]
    assert [row.seq for row in queries.events_of([document_id], before=2)] == [1]


def test_a_payload_comes_back_as_it_was_hashed(session):
    row = append(1)[0]
    session.commit()
    session.expire_all()
    assert session.get(Event, row.seq).payload == {"outcome": "agreed", "rank": 0}


@dataclass(frozen=True)
class Odd:
    value: object


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (Outcome.AGREED, "agreed"),
        (date(2011, 11, 22), "2011-11-22"),
        ((1, "a"), [1, "a"]),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({"k": Outcome.AGREED}, {"k": "agreed"}),
    ],
)
def test_fields_become_plain_values(value, plain):
    assert chain.payload_of(Odd(value)) == {"value": plain}


@pytest.mark.parametrize("value", [1.5, object(), b"bytes"])
def test_other_fields_are_refused(value):
    with pytest.raises(TypeError):
        chain.payload_of(Odd(value))
