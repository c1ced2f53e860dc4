"""`redline` and `merge` to what programs read, and on the paper of a town."""

import csv
import io
from datetime import UTC, datetime
from io import BytesIO
from os import utime
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from lxml import etree

from amendments.cli import main
from amendments.exchange.docx import read_docx
from amendments.exchange.odt import read_odt
from amendments.text import Op
from benchmarks.akoma_reader import NAMESPACE, faults, read
from tests.exchange.letterheads import docx_letterhead, odt_letterhead

pytestmark = pytest.mark.one_engine

FILES = {
    "base.md": "# Konzept\n\nEins zwei drei.\n\nVier fünf.\n",
    "Beirat.md": "# Konzept\n\nEins 2 drei.\n\nVier fünf.\n\nNeu.\n",
    "Rat.md": "# Konzept\n\nEins zwei drei.\n\nVier V.\n",
    "Amt.md": "# Konzept\n\nEins II drei.\n\nVier fünf.\n",
}


@pytest.fixture
def run(desk, capsys):
    """`run(*arguments)`: exit code and what was said."""
    for name, words in FILES.items():
        (desk / name).write_text(words, encoding="utf-8")
    (desk / "kopf.docx").write_bytes(docx_letterhead())
    (desk / "kopf.odt").write_bytes(odt_letterhead())

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([*arguments])
        return ended.value.code or 0, capsys.readouterr().err

    return call


REDLINE, MERGE = ("redline", "base.md", "Beirat.md"), ("merge", "base.md", "Beirat.md", "Rat.md")


def words(data, gone):
    return [text for _identity, text in read(data, gone)]


def values(data, name):
    return [element.get("value") for element in etree.fromstring(data).iter(f"{NAMESPACE}{name}")]


def test_a_redline_is_written_for_programs_with_both_texts(run, desk) -> None:
    assert run(*REDLINE, "-o", "a.xml") == (0, "")
    data = (desk / "a.xml").read_bytes()
    assert faults(data) == []
    assert words(data, Op.INSERT) == ["Konzept", "Eins zwei drei.", "Vier fünf."]
    assert words(data, Op.DELETE) == ["Konzept", "Eins 2 drei.", "Vier fünf.", "Neu."]


def test_the_versions_are_dated_as_the_files_are_and_the_text_is_named_by_what_it_says(run, desk) -> None:
    for name, day in (("base.md", 17), ("Beirat.md", 22), ("Rat.md", 3)):
        at = datetime(2011, 11, day, 12, tzinfo=UTC).timestamp()
        utime(desk / name, (at, at))
    for name in ("Beirat", "Rat"):
        assert run("redline", "base.md", f"{name}.md", "-o", f"{name}.xml") == (0, "")
    beirat, rat = ((desk / f"{name}.xml").read_bytes() for name in ("Beirat", "Rat"))
    dates = [row.get("date")[:10] for row in etree.fromstring(beirat).iter(f"{NAMESPACE}eventRef")]
    assert dates == ["2011-11-17", "2011-11-22"]
    assert values(beirat, "FRBRthis")[0] == values(rat, "FRBRthis")[0]
    assert values(beirat, "FRBRthis")[1].endswith("deu@2")
    late = [row.get("date")[:10] for row in etree.fromstring(rat).iter(f"{NAMESPACE}eventRef")]
    assert late == ["2011-11-17", "2011-11-17"], "no version is older than the one before it"


def test_a_merged_text_for_programs_says_who_wants_what_and_leaves_open_what_is_open(run, desk) -> None:
    assert run(*MERGE, "-o", "a.xml")[0] == 0
    data = (desk / "a.xml").read_bytes()
    assert faults(data) == []
    assert words(data, Op.DELETE) == ["Konzept", "Eins 2 drei.", "Vier V.", "Neu."]
    names = {element.get("showAs") for element in etree.fromstring(data).iter(f"{NAMESPACE}TLCOrganization")}
    assert {"Beirat", "Rat"} <= names
    assert run(*MERGE, "Amt.md", "-o", "b.xml")[0] == 3
    assert words((desk / "b.xml").read_bytes(), Op.DELETE) == ["Konzept", "Eins zwei drei.", "Vier V.", "Neu."]


def test_the_wishes_leave_as_a_table_in_the_order_of_the_text(run, desk) -> None:
    for suffix in ("csv", "xlsx"):
        assert run(*MERGE, "Amt.md", "-o", f"a.{suffix}")[0] == 3
    lines = list(csv.reader(io.StringIO((desk / "a.csv").read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert lines[0] == ["Wer", "Datei", "Stelle", "Änderungsbefehl", "Stand"]
    assert [(line[0], line[1], line[4]) for line in lines[1:]] == [
        ("Beirat", "Beirat.md", "zu entscheiden"),
        ("Amt", "Amt.md", "zu entscheiden"),
        ("Beirat", "Beirat.md", "übernommen"),
        ("Rat", "Rat.md", "übernommen"),
    ]
    assert "„zwei“ durch" in lines[1][3]
    assert list(openpyxl.load_workbook(desk / "a.xlsx").active.values) == [tuple(line) for line in lines]


def test_no_cell_of_the_table_of_wishes_is_carried_out(run, desk) -> None:
    (desk / "=1+1.md").write_text(FILES["Rat.md"], encoding="utf-8")
    assert run("merge", "base.md", "=1+1.md", "-o", "a.csv")[0] == 0
    lines = (desk / "a.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("'=1+1;'=1+1.md;")


def test_a_redline_has_no_wishes_and_no_table(run, desk) -> None:
    assert "In dieses Format kann nicht geschrieben werden" in run(*REDLINE, "-o", "a.csv")[1]


@pytest.mark.parametrize("command", [REDLINE, MERGE], ids=["redline", "merge"])
def test_the_letterhead_of_a_town_is_around_what_is_written(run, desk, command) -> None:
    for suffix in ("docx", "odt"):
        assert run(*command, "--template", f"kopf.{suffix}", "-o", f"a.{suffix}")[0] == 0
    data = (desk / "a.docx").read_bytes()
    assert Document(BytesIO(data)).sections[0].header.paragraphs[0].text == "Stadtverwaltung"
    assert "Eins 2 drei." in [content.text for content in read_docx(data).contents]
    data = (desk / "a.odt").read_bytes()
    assert b"Stadtverwaltung" in ZipFile(BytesIO(data)).read("styles.xml")
    assert "Eins 2 drei." in [content.text for content in read_odt(data).contents]


def test_a_letterhead_may_be_a_template_of_the_office_program(run, desk) -> None:
    with ZipFile(desk / "kopf.docx") as known, ZipFile(desk / "kopf.dotx", "w") as template:
        for name in known.namelist():
            data = known.read(name).replace(b"wordprocessingml.document.main", b"wordprocessingml.template.main")
            template.writestr(name, data)
    assert run(*REDLINE, "--template", "kopf.dotx", "-o", "a.docx")[0] == 0
    assert "Anlage 1" in [content.text for content in read_docx((desk / "a.docx").read_bytes()).contents]


@pytest.mark.parametrize("command", [REDLINE, MERGE], ids=["redline", "merge"])
@pytest.mark.parametrize(
    ("template", "out", "said"),
    [
        ("kopf.docx", "a.html", "kopf.docx: Einen Briefkopf gibt es für .docx und .odt, nicht für a.html."),
        ("kopf.docx", "a.odt", "kopf.docx: Für a.odt muss der Briefkopf eine Datei dieser Art sein: .odt, .ott."),
        ("base.md", "a.docx", "base.md: Für a.docx muss der Briefkopf eine Datei dieser Art sein: .docx, .dotx."),
        ("kopf.docx", "-", "Einen Briefkopf gibt es für .docx und .odt"),
        ("fehlt.docx", "a.docx", "Die Datei gibt es nicht"),
        ("kopf.docx", "kopf.docx", "Das ist eine der gelesenen Dateien"),
    ],
)
def test_a_letterhead_that_cannot_be_is_refused_before_anything_is_written(
    run, desk, command, template, out, said
) -> None:
    before = set(desk.iterdir())
    code, words = run(*command, "--template", template, "-o", out)
    assert (code, said in words, words.count("\n")) == (2, True, 1)
    assert set(desk.iterdir()) == before
