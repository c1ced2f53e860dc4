"""The example town's concept as a file, without a page."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar
from lxml import etree
from pypdf import PdfReader
from sqlalchemy import select

from amendments.app import create_app
from amendments.cli import main
from amendments.committees.models import Membership
from amendments.consensus.services import publish_import
from amendments.consultations.models import Consultation
from amendments.consultations.queries import consultation_for
from amendments.documents.models import Document
from amendments.documents.queries import current_version
from amendments.exchange.docx import read_docx
from amendments.extensions import db
from amendments.meetings.queries import chairs_of
from amendments.meetings.services import open_meeting
from amendments.people.queries import actor_for
from amendments.text.model import Content, Head, Rich
from amendments.web.actor import Actor
from amendments.web.transaction import write
from amendments.workplaces.reader import place_for
from benchmarks.akoma_reader import NAMESPACE, faults

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


def text_of(path: Path) -> str:
    words = "".join(page.extract_text() for page in PdfReader(path).pages)
    return " ".join(words.split()).replace("\u00ad ", "")


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("synopsis", "Synopse: Integrationskonzept"),
        ("book", "Ä 1, Beirat für Migration und Integration"),
        ("paper", "Sitzungsvorlage"),
    ],
)
def test_what_the_page_offers_as_pdf_leaves_by_the_command_too(
    export: Callable[..., tuple[int, str]], tmp_path: Path, view: str, said: str
) -> None:
    assert export(TITLE, "--view", view, "-o", "a.pdf") == (0, "")
    assert said in text_of(tmp_path / "a.pdf")


def test_a_consensus_in_which_nothing_is_agreed_yet_says_so(
    export: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    said = "Hinweis: In der Datei steht keine Änderung: Beide Fassungen sind gleich.\n"
    assert export(TITLE, "--view", "consensus", "-o", "a.pdf") == (0, said)
    assert "Wie angenommen (Kf)" in text_of(tmp_path / "a.pdf")


def test_the_way_to_the_consensus_is_a_redline_to_the_one_that_is_asked_for(
    export: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    assert export(TITLE, "--view", "consensus", "--to", "k1", "-o", "k1.json") == (0, "")
    assert export(TITLE, "--view", "redline", "--from", "1", "--to", "k1", "-o", "same.json") == (0, "")
    assert (tmp_path / "k1.json").read_bytes() == (tmp_path / "same.json").read_bytes()
    assert '"insert"' in (tmp_path / "k1.json").read_text()


def test_the_table_of_proposals_is_the_same_in_both_formats(
    export: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    for suffix in ("csv", "xlsx"):
        assert export(TITLE, "--view", "table", "-o", f"a.{suffix}") == (0, "")
    lines = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline=""), delimiter=";"))
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.values)
    assert lines[0] == list(rows[0])
    assert [line[0] for line in lines[1:]] == [str(row[0]) for row in rows[1:]]
    assert len(lines) > 50


def test_the_dates_leave_as_a_calendar(export: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    assert export(TITLE, "--view", "calendar", "-o", "a.ics") == (0, "")
    found = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert [event for event in found if "Steuerungsgruppe" in str(event["summary"])]


def test_a_version_and_all_proposals_leave_for_programs(export: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    for view in ("text", "proposals"):
        assert export(TITLE, "--view", view, "-o", f"{view}.xml") == (0, "")
        assert faults((tmp_path / f"{view}.xml").read_bytes()) == []
    tree = etree.parse(tmp_path / "proposals.xml")
    assert len(list(tree.iter(f"{NAMESPACE}amendment"))) > 50


def test_the_order_of_votes_is_that_of_the_sitting_that_is_open(
    example_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = shutil.copytree(example_town, tmp_path / "town")
    for name, value in (("DATA_DIR", str(data)), ("PLAIN_HTTP", "1")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with create_app().app_context():
        step_id = db.session.scalars(select(Consultation.id).where(Consultation.begins == "18:30")).one()
        chair = chairs_of(consultation_for(Actor(None, is_admin=True), step_id))[0]
        write(lambda: open_meeting(actor_for(chair.account_id), consultation_id=step_id, other_day=True))
        db.session.remove()
    out = tmp_path / "a.pdf"
    with pytest.raises(SystemExit) as ended:
        main(["export", TITLE, "--view", "voting-order", "-o", str(out)])
    assert (ended.value.code or 0, capsys.readouterr().err) == (0, "")
    assert "2. Strittige Stelle: Ä 1, Ä 9, Ä 16" in text_of(out)


@pytest.fixture
def of_two_versions(example_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The town after another text was published: all proposals lie on the first version."""
    data = shutil.copytree(example_town, tmp_path / "town")
    for name, value in (("DATA_DIR", str(data)), ("PLAIN_HTTP", "1")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with create_app().app_context():
        document = db.session.scalars(select(Document).where(Document.title.startswith(TITLE))).one()
        seats = select(Membership.account_id).where(Membership.committee_id == document.lead_committee_id)
        moderator = actor_for(db.session.scalars(seats.where(Membership.role == "moderator")).all()[0])
        text = place_for(moderator, document.id).text
        base = current_version(text.id)
        other = [Content(Head(), Rich("Ganz anders."))]
        write(lambda: publish_import(moderator, text_id=text.id, base_version_id=base.id, contents=other))
        db.session.remove()


def exported(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["export", *arguments])
    return int(ended.value.code or 0), capsys.readouterr().err


@pytest.mark.usefixtures("of_two_versions")
def test_proposals_leave_on_the_version_they_were_made_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.docx"
    assert exported(capsys, TITLE, "--view", "proposals", "--version", "1", "-o", str(out)) == (0, "")
    assert len(read_docx(out.read_bytes()).authors) > 10
    one = tmp_path / "one.docx"
    assert exported(capsys, TITLE, "--view", "proposal", "--number", "1", "--version", "1", "-o", str(one)) == (0, "")
    assert [name.partition("(")[2] for name in read_docx(one.read_bytes()).authors] == ["Ä 1)"]


@pytest.mark.usefixtures("of_two_versions")
def test_a_file_of_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = exported(capsys, TITLE, "--view", "proposals", "--version", "2", "-o", str(tmp_path / "a.txt"))
    assert (code, said) == (0, "Hinweis: Zu Fassung 2 gibt es keine Vorschläge, aber zu Fassung 1 (--version).\n")
    code, said = exported(capsys, TITLE, "--view", "proposals", "--text", "1", "-o", str(tmp_path / "b.txt"))
    assert (code, said) == (0, "Hinweis: Zu Fassung 1 gibt es keine Vorschläge.\n")


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_database_that_is_not_there_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    for name, value in (("DATA_DIR", str(tmp_path)), ("SECRET_KEY", "x" * 40)):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    code, said = exported(capsys, TITLE, "-o", str(tmp_path / "a.docx"), "--language", language)
    assert (code, said.count("\n")) == (2, 1)
    assert {"de": "gibt es nicht", "en": "does not exist"}[language] in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((TITLE, "--view", "table", "-o", "a.docx"), "Möglich sind .csv, .xlsx."),
        ((TITLE, "--view", "book", "-o", "a.docx"), "Möglich sind .pdf."),
        ((TITLE, "--view", "redline", "--to", "k1", "-o", "a.xml"), "Als .xml gibt es nur veröffentlichte Fassungen"),
        ((TITLE, "--view", "voting-order", "-o", "a.pdf"), "ist keine Sitzung eröffnet"),
        (("Nirgends", "-o", "a.docx"), "Keine Vorlage heißt so"),
        ((TITLE, "-o", "a.exe"), "In dieses Format kann nicht geschrieben werden"),
        ((TITLE, "--view", "proposals", "--version", "9", "-o", "a.docx"), "Das gibt es nicht"),
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
    assert not list(tmp_path.iterdir())
