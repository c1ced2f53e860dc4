"""The example town as it stands on a later evening: built through the services, in the order of the clock."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from amendments.app import create_app
from amendments.cli import main
from amendments.cli.example_town.build import PASSWORD
from amendments.extensions import db
from amendments.web import clock
from amendments.web.clock import TOWN
from tests.cli.test_demo import run
from tests.e2e.browser import Browser
from tests.e2e.town_hall import EXPECTED, how_it_ended
from tests.guards.client import InspectingClient


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Built once for all workers of a run; nobody changes it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data = shared / "town_until"
    with (shared / "town_until.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "accounts.json").exists():
            done = run("demo", "--data", str(data), "--no-serve", "--until", "2011-12-13")
            assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def rows(town):
    with closing(sqlite3.connect(f"file:{town / 'amendments.db'}?mode=ro", uri=True)) as connection:
        yield lambda statement: connection.execute(statement).fetchall()


def test_the_record_is_intact_and_says_the_same_as_the_tables(town):
    done = run("verify", data=town)
    assert done.returncode == 0, done.stderr
    assert "chain intact" in done.stdout


def test_the_council_has_decided_the_third_version_and_measures_are_taken_up(rows):
    concept = rows("SELECT id, closed_at FROM document WHERE reference = '500-Integrationskonzept'")
    (document, closed_at) = concept[0]
    assert closed_at is not None
    assert rows("SELECT visibility FROM document WHERE reference = '500-Integrationskonzept'") == [("public",)]
    texts = f"SELECT id FROM document_text WHERE document_id = '{document}' AND role = 'annex'"
    assert rows(f"SELECT max(number) FROM version WHERE text_id IN ({texts})") == [(3,)]
    assert rows("SELECT count(*) FROM measure") == [(6,)]


def test_it_ends_as_the_way_played_on_the_pages_does(town, rows):
    (document,), (text,) = (
        rows(f"SELECT id FROM {table} WHERE {having}")[0]
        for table, having in (
            ("document", "reference = '500-Integrationskonzept'"),
            ("document_text", "role = 'annex' AND title LIKE 'Integrationskonzept%'"),
        )
    )
    settings = {"data_dir": town, "database_url": f"sqlite:///{town / 'amendments.db'}", "secret_key": b"x" * 40}
    app = create_app(settings | {"testing": True})
    app.test_client_class = InspectingClient
    address = f"/documents/{UUID(document)}"
    with app.app_context(), clock.stopped(datetime(2011, 12, 13, 21, 0, tzinfo=TOWN)):
        who = Browser(app.test_client()).sign_in("stadtrat@landau.example", PASSWORD)
        assert how_it_ended(who, address, f"{address}/texts/{UUID(text)}") == EXPECTED.read_text(encoding="utf-8")
        db.engine.dispose()


def test_nothing_of_the_joint_session_is_left_open(rows):
    open_ = """
        SELECT proposal.number FROM proposal JOIN edit ON edit.proposal_id = proposal.id
        WHERE proposal.state = 'open' AND edit.id NOT IN (
            SELECT edit_id FROM decision WHERE superseded_by IS NULL AND outcome NOT IN ('reopened', 'referred'))
    """
    assert rows(open_) == []


def test_what_happened_stands_in_the_order_of_the_clock(rows):
    moments = [at for (at,) in rows("SELECT at FROM event ORDER BY seq")]
    assert moments == sorted(moments)
    last = datetime.fromisoformat(moments[-1]).replace(tzinfo=None)
    evening = datetime(2011, 12, 13, 21, 0, tzinfo=TOWN).replace(tzinfo=None)
    assert timedelta(0) < evening - last < timedelta(hours=4)


@pytest.mark.parametrize("day", ["2011-11-21", "2011-12-14", "gestern", "2011-12-32"])
def test_a_day_of_which_nothing_is_told_is_refused_in_one_sentence(tmp_path, capsys, day):
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--data", str(tmp_path / "town"), "--no-serve", "--until", day])
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"amendments: --until takes a day from 2011-11-22 to 2011-12-13, not {day}\n"
    assert not (tmp_path / "town").exists()


VISIT = """
import os, sys
from amendments.cli import main, serving
serving.run = lambda *told, **more: print(os.environ["CLOCK_START"])
main(sys.argv[1:])
"""


@pytest.mark.parametrize("again", [(), ("--until", "2011-12-13")])
def test_a_town_built_up_to_a_day_stands_at_its_evening_on_the_next_visit_too(town, tmp_path, again):
    copy = tmp_path / "copy"
    shutil.copytree(town, copy)
    command = [sys.executable, "-c", VISIT, "demo", "--data", str(copy), *again]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2011-12-13T20:00:0" in done.stdout


def test_a_town_that_is_there_is_not_moved_on(town, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(town, copy)
    done = run("demo", "--data", str(copy), "--no-serve", "--until", "2011-12-08")
    assert done.returncode == 2
    assert done.stderr == (
        f"amendments: the example town in {copy} is built up to 2011-12-13; say --fresh too to build it anew\n"
    )
