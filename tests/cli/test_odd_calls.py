"""Calls nobody means: links that lead nowhere, files named twice, nobody who listens, files that take their time."""

import json
import subprocess
import time

import pytest

from amendments.cli import files
from amendments.exchange import child as reading
from amendments.exchange.imported import Imported, imported_to_json
from amendments.text import plain
from benchmarks.bench_commands import SCRIPT, environment
from tests.factories.commands import run

DRAFT = "Der Rat beschließt das Konzept vom Mai. Es gilt fünf Jahre.\n\nDie Stadt zahlt.\n"
OTHER = DRAFT.replace("fünf", "zehn")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("alt.md", DRAFT), ("neu.md", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("redline", "alt.md", "kreis.md"), "ein Verweis, der nur zu sich selbst führt"),
        (("merge", "kreis.md", "neu.md"), "ein Verweis, der nur zu sich selbst führt"),
        (("redline", "alt.md", "neu.md", "-o", "kreis.md"), "gibt es schon"),
        (("merge", "alt.md", "kreis.md", "-o", "o.md"), "ein Verweis, der nur zu sich selbst führt"),
        (("merge", "alt.md", "neu.md", "-o", "kreis.md"), "gibt es schon"),
        (("merge", "alt.md", "neu.md", "-o", "o.md", "--report", "kreis.json"), "gibt es schon"),
    ],
)
def test_a_link_that_leads_to_itself_is_said(desk, capsys, arguments, sentence):
    for name in ("kreis.md", "kreis.json"):
        (desk / name).symlink_to(name)
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err
    assert sorted(path.name for path in desk.iterdir()) == ["alt.md", "kreis.json", "kreis.md", "neu.md"]


@pytest.mark.parametrize("command", ["redline", "merge"])
def test_where_nobody_listens_a_sentence_says_so(desk, command):
    call = ["sh", "-c", 'exec "$0" "$@" >&-', SCRIPT, command, "alt.md", "neu.md"]
    done = subprocess.run(call, cwd=desk, env=environment(), stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Die Standardausgabe ist geschlossen." in done.stderr


def test_two_short_texts_that_share_hardly_anything_are_compared_and_it_is_said(desk, capsys):
    (desk / "leine.md").write_text("Wer Hunde hält, führt sie an der Leine und entrichtet dafür Steuer.\n")
    code, out, err = run(capsys, "redline", "alt.md", "leine.md")
    assert code == 0
    assert "{+Wer Hunde" in out
    assert err == (
        "Hinweis: alt.md und leine.md haben fast nichts gemeinsam: nur 0 % der Wortfolgen stehen in beiden. Sind das"
        " zwei Fassungen eines Dokuments?\n"
    )
    assert run(capsys, "redline", "alt.md", "neu.md")[2] == ""


def test_a_file_named_twice_counts_once(desk, capsys):
    (desk / "verweis.md").symlink_to("neu.md")
    for again in ("neu.md", "./neu.md", "verweis.md"):
        code, _, err = run(capsys, "merge", "alt.md", "neu.md", again, "-o", "o.md", "--report", "r.json", "--force")
        assert (code, err.count("\n")) == (0, 1)
        assert "ist mehrmals genannt und zählt einmal." in err
        report = json.loads((desk / "r.json").read_text())
        assert (len(report["files"]), report["same"]) == (1, [])


def test_two_files_of_equal_content_are_said_to_be(desk, capsys):
    (desk / "zwei.md").write_text(OTHER, encoding="utf-8")
    code, _, err = run(capsys, "merge", "alt.md", "neu.md", "zwei.md", "-o", "o.md")
    assert (code, err.count("\n")) == (0, 1)
    assert "zwei.md und neu.md sind Byte für Byte gleich." in err


@pytest.mark.parametrize("name", ["alt.md", "gleich.md"])
def test_the_base_among_the_copies_is_said(desk, capsys, name):
    (desk / "gleich.md").write_text(DRAFT, encoding="utf-8")
    code, _, err = run(capsys, "merge", "alt.md", name, "neu.md", "-o", "o.md")
    assert (code, err.count("\n")) == (0, 1)
    assert f"{name} ist genau die Vorlage alt.md" in err
    assert (desk / "o.md").read_text() == OTHER


def test_files_that_take_their_time_do_not_add_up(desk, capsys, monkeypatch):
    monkeypatch.setattr(files, "READING_SECONDS", 0.2)
    monkeypatch.setattr(files, "READING_RESERVE", 1.0)
    answer = json.dumps(imported_to_json(Imported((plain("Text"),), format="html")))
    monkeypatch.setattr(reading, "_START", f"import time; time.sleep(0.8); print({answer!r})")
    names = [f"n{number}.html" for number in range(6)]
    for name in names:
        (desk / name).write_text("<p>Text</p>")
    began = time.monotonic()
    code, _, err = run(capsys, "merge", *names)
    assert (code, err.count("\n")) == (2, 1)
    assert "n1.html: Das Lesen der Datei dauert zu lange" in err
    assert time.monotonic() - began < 2


def test_one_file_that_takes_for_ever_is_stopped_well_before_twenty_seconds():
    with files._Patience().reading() as seconds:
        assert seconds <= 16
