"""The example town as it stands on a later evening: built through the services, in the order of the clock."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from amendments.cli import main
from amendments.web.clock import TOWN
from tests.cli.test_demo import run


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    data = tmp_path_factory.mktemp("town") / "demo"
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
    texts = f"SELECT id FROM document_text WHERE document_id = '{document}' AND role = 'annex'"
    assert rows(f"SELECT max(number) FROM version WHERE text_id IN ({texts})") == [(3,)]
    assert rows("SELECT count(*) FROM measure") == [(6,)]


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


def test_a_town_that_is_there_is_not_moved_on(town, tmp_path, capsys):
    copy = tmp_path / "copy"
    shutil.copytree(town, copy)
    done = run("demo", "--data", str(copy), "--no-serve", "--until", "2011-12-13")
    assert done.returncode == 2
    assert "--fresh" in done.stderr
    assert done.stderr.count("\n") == 1
