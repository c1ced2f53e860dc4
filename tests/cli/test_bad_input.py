"""Whatever is handed to the installed commands: one sentence, exit 2, nothing half written, bounded cost."""

import os
import shutil
import subprocess

import pytest

from benchmarks.bad_files import BAD_FILES, TEXT, put
from benchmarks.bench_commands import MOST_MEMORY, MOST_SECONDS, SCRIPT, environment, ran

DRAFT = TEXT * 5


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "entwurf.md").write_text(DRAFT)
    (tmp_path / "neu.md").write_text(DRAFT.replace("trägt", "teilt", 1))
    return tmp_path


def refused(found, sentence):
    """Exit 2 and one line that names what is wrong."""
    assert (found.code, found.out) == (2, ""), found
    assert found.err.startswith("amendments: ")
    assert found.err.count("\n") == 1
    assert sentence in found.err


ONE_OF_EACH = {bad.said: what for what, bad in BAD_FILES.items() if bad.name and not bad.markdown}
"""Of the files that are told the same sentence the last one; tests/exchange reads all of them."""


@pytest.mark.parametrize("what", ONE_OF_EACH.values())
def test_a_bad_file_costs_one_sentence(desk, what):
    path = put(desk, what)
    before = sorted(desk.iterdir())
    found = ran("merge", "entwurf.md", path.name, "-o", "o.html", "--report", "o.json", folder=desk)
    refused(found, BAD_FILES[what].said)
    assert f"{path.name}: " in found.err
    assert sorted(desk.iterdir()) == before
    assert found.cpu < MOST_SECONDS
    assert found.memory < MOST_MEMORY


def test_another_document_is_no_returned_copy(desk):
    (desk / "fremd.md").write_text("Wer Hunde hält, führt sie an der Leine.\n")
    refused(ran("merge", "entwurf.md", "fremd.md", "-o", "o.html", folder=desk), "nicht dasselbe")


def test_a_pipe_that_never_ends_is_not_read(desk):
    os.mkfifo(desk / "rohr.md")
    refused(ran("redline", "entwurf.md", "rohr.md", folder=desk), "ist keine Datei")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("-o", "r.json", "--report", "r.json"), "Dorthin geht schon der Text"),
        (("--report", "-"), "kann nicht geschrieben werden"),
        (("--report", "r.html"), "kann nicht geschrieben werden"),
        (("--report", "neu.md"), "kann nicht geschrieben werden"),
        (("-o", "neu.md", "--force"), "eine der gelesenen Dateien"),
        (("-o", "verweis.md", "--force"), "eine der gelesenen Dateien"),
        (("-o", "nirgends/o.md"), "Den Ordner gibt es nicht"),
        (("-o", "entwurf.md/o.md"), "Den Ordner gibt es nicht"),
        (("-o", "a" * 300 + ".md"), "Dort kann keine Datei stehen"),
    ],
)
def test_where_nothing_may_go_nothing_goes(desk, arguments, sentence):
    (desk / "verweis.md").symlink_to(desk / "neu.md")
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    refused(ran("merge", "entwurf.md", "neu.md", *arguments, folder=desk), sentence)
    assert {path.name: path.read_bytes() for path in desk.iterdir()} == before


WITHOUT_RIGHTS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""For the administrator of a machine, whom no right of a file stops."""


def ran_with_the_rights_of_anybody(folder, *arguments):
    administrator = os.getuid() == 0
    if administrator and not shutil.which(WITHOUT_RIGHTS[0]):
        pytest.skip("run by an administrator without setpriv: nothing would be refused")
    command = [*(WITHOUT_RIGHTS if administrator else ()), SCRIPT, *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("locked", "rights", "sentence"),
    [("zu", 0o555, "In diesem Ordner darf nicht geschrieben werden"), ("neu.md", 0, "lässt sich nicht öffnen")],
)
def test_what_one_has_no_right_to_is_said(desk, locked, rights, sentence):
    (desk / "zu").mkdir()
    (desk / locked).chmod(rights)
    done = ran_with_the_rights_of_anybody(desk, "redline", "entwurf.md", "neu.md", "-o", "zu/o.html")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert sentence in done.stderr
    assert list((desk / "zu").iterdir()) == []
