"""Four processes count one number up, a hundred times each. Nothing that was acknowledged may be missing.

The second test takes the protection away and sees updates disappear, so that the first is known to be able to fail.
"""

import multiprocessing
import os
import sqlite3
import sys
import traceback
from functools import partial

import pytest
import sqlalchemy as sa

from amendments.web import engines

PROCESSES = 4
ROUNDS = 100
FEW = 25
"""Where every commit waits for the disk twice."""

COUNTER = sa.Table(
    "counter", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("value", sa.Integer)
)


def count_through_write(url, folder, barrier, rounds=ROUNDS):
    """As a service does: read the row, add one, flush; `write` commits."""
    from amendments.app import create_app
    from amendments.extensions import db
    from amendments.web.transaction import write

    app = create_app({"data_dir": folder, "database_url": url, "secret_key": b"s" * 40, "testing": True})
    barrier.wait()
    with app.app_context():

        def unit():
            row = sa.select(COUNTER.c.value).where(COUNTER.c.id == 1).with_for_update()
            value = db.session.execute(row).scalar_one()
            db.session.execute(sa.update(COUNTER).values(value=value + 1))

        for _ in range(rounds):
            write(unit)
        db.session.remove()
        db.engine.dispose()


def count_through_defaults(url, _folder, barrier):
    """The same with an engine as SQLAlchemy makes it: no BEGIN before the first read."""
    engine = sa.create_engine(url, connect_args={"timeout": 30})
    barrier.wait()
    for _ in range(ROUNDS):
        with engine.begin() as connection:
            value = connection.execute(sa.select(COUNTER.c.value)).scalar_one()
            connection.execute(sa.update(COUNTER).values(value=value + 1))
    engine.dispose()


def run(work, url, folder):
    """Run `work` in PROCESSES processes; every one has to end well."""
    spawn = multiprocessing.get_context("fork")
    barrier = spawn.Barrier(PROCESSES)
    children = [spawn.Process(target=child, args=(work, url, folder, barrier)) for _ in range(PROCESSES)]
    for process in children:
        process.start()
    for process in children:
        process.join(60)
    assert [process.exitcode for process in children] == [0] * PROCESSES


def child(work, url, folder, barrier):
    try:
        work(url, folder, barrier)
    except BaseException:  # noqa: BLE001 - ends the process, told to the parent by its exit code
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)  # leaves the fixtures of the parent alone


def prepare(url):
    engine = engines.create(url)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        COUNTER.create(connection)
        connection.execute(sa.insert(COUNTER).values(id=1, value=0))
    engine.dispose()


def value_in(url):
    engine = engines.create(url)
    with engine.connect() as connection:
        value = connection.execute(sa.select(COUNTER.c.value)).scalar_one()
    engine.dispose()
    return value


@pytest.fixture
def database(engine_name, make_database):
    url = make_database(engine_name, "counter")
    prepare(url)
    return url


def test_no_acknowledged_update_is_lost(database, tmp_path):
    run(count_through_write, database, tmp_path)
    assert value_in(database) == PROCESSES * ROUNDS


def test_nothing_is_lost_without_the_write_ahead_log(monkeypatch, tmp_path):
    """Where Python's own SQLite is all there is and its log is not sound, the older journal does."""
    monkeypatch.setattr(engines, "sqlite_module", lambda: sqlite3)
    url = f"sqlite:///{tmp_path / 'counter.db'}"
    prepare(url)
    run(partial(count_through_write, rounds=FEW), url, tmp_path)
    assert value_in(url) == PROCESSES * FEW


def test_default_transactions_on_sqlite_lose_updates(tmp_path):
    url = f"sqlite:///{tmp_path / 'counter.db'}"
    prepare(url)
    run(count_through_defaults, url, tmp_path)
    assert value_in(url) < PROCESSES * ROUNDS
