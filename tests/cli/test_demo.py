"""The example town: built once, kept on a second visit, never half."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from amendments.cli import main


def run(*arguments, data=None):
    environ = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DATABASE_URL"}}
    if data is not None:
        environ["DATA_DIR"] = str(data)
    command = [sys.executable, "-m", "amendments.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False)


@pytest.fixture(scope="module")
def town(example_town, tmp_path_factory):
    return shutil.copytree(example_town, tmp_path_factory.mktemp("town") / "demo")


def test_the_town_is_built_with_an_intact_record_and_accounts_to_show(town):
    assert (town / "accounts.json").exists()
    done = run("verify", data=town)
    assert done.returncode == 0, done.stderr
    assert "chain intact" in done.stdout
    assert not done.stdout.startswith("0 events")


def events(town):
    with closing(sqlite3.connect(f"file:{town / 'amendments.db'}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT seq, hash FROM event_head").fetchone()


def test_words_changed_behind_the_services_back_are_found(town, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(town, copy)
    with closing(sqlite3.connect(copy / "amendments.db")) as connection:
        connection.execute("UPDATE paragraph_content SET text = text || '!' WHERE text LIKE 'In Landau leben%'")
        connection.commit()
    done = run("verify", data=copy)
    assert done.returncode == 1
    assert done.stderr.startswith("versions whose words do not give the hash they were published with: 1 of text ")
    assert done.stderr.count("\n") == 1


DECIDED = """
INSERT INTO decision (id, edit_id, committee_id, outcome, vote_kind, reason, decided_by, decided_at)
SELECT edit.id, edit.id, lead_committee_id, 'agreed', 'none', '', created_by, created_at
FROM edit JOIN proposal ON proposal.id = proposal_id JOIN document ON document.id = document_id LIMIT 1
"""


def test_what_the_tables_say_otherwise_than_the_record_is_one_line_for_each_kind(town, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(town, copy)
    with closing(sqlite3.connect(copy / "amendments.db")) as connection:
        connection.execute("UPDATE hunk SET old_text = old_text || '!' WHERE op = 'delete'")
        connection.execute("UPDATE edit SET wish_hash = substr(wish_hash, 2) || 'x' WHERE rank = 1")
        connection.execute("UPDATE version SET hash = substr(hash, 2) || 'x'")
        connection.execute(DECIDED)
        connection.commit()
    done = run("verify", data=copy)
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "versions whose words do not give the hash they were published with",
        "versions that are not those recorded",
        "changes that are not those their hash was made of",
        "proposals that are not those recorded",
        "changes whose decisions are not those recorded",
    ]


def test_a_second_visit_changes_nothing(town):
    before = events(town)
    assert run("demo", "--data", str(town), "--no-serve").returncode == 0
    assert events(town) == before


def test_a_folder_of_somebody_else_is_not_thrown_away(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("important")
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--data", str(tmp_path), "--no-serve", "--fresh"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "letter.txt").exists()
