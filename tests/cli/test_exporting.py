"""The example town's concept as a file, without a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amendments.cli import main
from amendments.exchange.docx import read_docx

pytestmark = pytest.mark.one_engine
TITLE = "Integrationskonzept"


@pytest.fixture
def export(
    example_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """`export(*arguments)`: exit code and what was said."""
    monkeypatch.setenv("DATA_DIR", str(example_town))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PLAIN_HTTP", "1")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["export", *arguments])
        return int(ended.value.code or 0), capsys.readouterr().err

    return run


def test_all_proposals_leave_as_tracked_changes(export: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    assert export(TITLE, "--view", "proposals", "-o", "alle.docx") == (0, "")
    assert export(TITLE, "-o", "text.docx") == (0, "")
    everything, alone = ((tmp_path / name).read_bytes() for name in ("alle.docx", "text.docx"))
    assert read_docx(everything, reject_tracked=True).contents == read_docx(alone).contents
    assert len(read_docx(everything).authors) > 10


def test_a_redline_in_english(export: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    assert export(TITLE, "--view", "redline", "--to", "k1", "-o", "a.html", "--language", "en") == (0, "")
    assert '<html lang="en">' in (tmp_path / "a.html").read_text()
    assert export(TITLE, "-o", "a.html")[0] == 2, "a file that is there stays"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Nirgends", "-o", "a.docx"), "Keine Vorlage heißt so"),
        ((TITLE, "-o", "a.exe"), "In dieses Format kann nicht geschrieben werden"),
        ((TITLE, "--to", "9", "-o", "a.docx"), "Das gibt es nicht"),
        ((TITLE, "--view", "proposal", "--number", "999", "-o", "a.docx"), "Das gibt es nicht"),
        ((TITLE, "--text", "7", "-o", "a.docx"), "hat keinen Text 7"),
        ((TITLE, "--template", "fehlt.docx", "-o", "a.docx"), "Die Datei gibt es nicht"),
    ],
)
def test_what_cannot_be_had_is_one_sentence(
    export: Callable[..., tuple[int, str]], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    code, words = export(*arguments)
    assert (code, said in words, words.count("\n")) == (2, True, 1)
    assert not (tmp_path / "a.docx").exists()
