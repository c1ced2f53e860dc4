"""The unit of work: commits, repeats what lost a race, remembers forms, says when the database is busy."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from amendments.errors import Conflict, InvalidInput, Unavailable
from amendments.extensions import db
from amendments.people.models import Account
from amendments.web import clock, engines
from amendments.web.actor import GUEST, Actor
from amendments.web.models import FormReceipt, RateLimit
from amendments.web.transaction import ATTEMPTS, write
from tests.factories import people


def count_row(key="k"):
    db.session.add(RateLimit(key=key, window_start=clock.now(), count=1))
    db.session.flush()
    return "/done"


def rows(session):
    return session.scalar(sa.select(sa.func.count()).select_from(RateLimit))


def test_what_a_unit_did_is_kept(session):
    assert write(count_row) == "/done"
    session.rollback()
    assert rows(session) == 1


def test_what_a_failed_unit_did_is_gone(session):
    def unit():
        count_row()
        raise InvalidInput("no")

    with pytest.raises(InvalidInput):
        write(unit)
    assert rows(session) == 0


def test_a_form_sent_twice_is_carried_out_once(session):
    actor = people.actor()
    session.commit()
    assert write(count_row, key="form-1", actor=actor) == "/done"
    assert write(count_row, key="form-1", actor=actor) == "/done"
    assert rows(session) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(FormReceipt)) == 1


def test_the_key_of_somebody_else_is_refused(session):
    write(count_row, key="form-1", actor=people.actor())
    with pytest.raises(InvalidInput):
        write(count_row, key="form-1", actor=people.actor())


@pytest.mark.parametrize("key", ["", "x" * 101])
def test_a_key_has_a_sensible_length(session, key):
    with pytest.raises(InvalidInput):
        write(count_row, key=key, actor=GUEST)


def test_a_lost_race_is_run_again_from_the_start(session):
    tries = []

    def unit():
        tries.append(count_row())
        if len(tries) < ATTEMPTS:
            raise StaleDataError
        return "won"

    assert write(unit) == "won"
    assert len(tries) == ATTEMPTS
    assert rows(session) == 1


def test_a_race_lost_for_ever_is_a_conflict(session):
    tries = []

    def unit():
        tries.append(1)
        raise StaleDataError

    with pytest.raises(Conflict):
        write(unit)
    assert len(tries) == ATTEMPTS


class DriverError(Exception):
    """What a driver raises, with the state of the SQL standard."""

    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "tries"),
    [("40001", ATTEMPTS), ("40P01", ATTEMPTS), ("55P03", 1), ("57014", 1), ("08006", 1), ("57P01", 1)],
    ids=["serialization", "deadlock", "lock not available", "statement cancelled", "connection lost", "shutdown"],
)
def test_an_unavailable_database_is_said_to_be_busy(session, state, tries):
    seen = []

    def unit():
        seen.append(1)
        raise sa.exc.OperationalError("SELECT 1", {}, DriverError(state))

    with pytest.raises(Unavailable):
        write(unit)
    assert len(seen) == tries


def test_a_broken_constraint_becomes_its_sentence(session):
    people.account(email="zweimal@town.example")
    with pytest.raises(InvalidInput) as caught:
        write(lambda: people.account(email="zweimal@town.example"))
    assert caught.value.field == "email"
    assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 1


def test_an_unknown_constraint_stays_a_bug(session):
    with pytest.raises(sa.exc.IntegrityError):
        write(lambda: people.account(email="GROSS@town.example"))


def test_changes_outside_the_unit_are_refused(session):
    session.add(RateLimit(key="k", window_start=clock.now(), count=1))
    with pytest.raises(RuntimeError):
        write(lambda: None)
    session.expunge_all()


def test_reading_connections_cannot_write(app):
    with (
        app.app_context(),
        db.engine.connect() as connection,
        pytest.raises(sa.exc.DBAPIError, match=r"(?i)read.?only"),
    ):
        connection.execute(sa.delete(FormReceipt))


def test_settings_of_sqlite_hold_on_every_connection(app):
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("of SQLite")
        assert engines.wal_is_safe(engines.sqlite_module().sqlite_version_info)
        for _ in range(3):
            with db.engine.connect().execution_options(write=True) as connection:
                found = {
                    name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in ("synchronous", "foreign_keys", "journal_mode", "busy_timeout", "trusted_schema")
                }
            assert found == {
                "synchronous": 2,
                "foreign_keys": 1,
                "journal_mode": "wal",
                "busy_timeout": 5000,
                "trusted_schema": 0,
            }


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 53, 4), True),
    ],
)
def test_versions_with_a_sound_log_are_known(version, safe):
    assert engines.wal_is_safe(version) is safe


def test_an_actor_without_account_is_a_guest():
    assert Actor(account_id=None) == GUEST
    assert not GUEST.signed_in
