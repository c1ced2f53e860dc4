"""Heads of Sitzungsvorlagen in the layouts of several towns; all papers are made up but for the founding one."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.exchange.literal import literal_contents
from amendments.exchange.readers import read
from amendments.exchange.vorlage import (
    Paper,
    PlannedConsultation,
    Result,
    Role,
    Section,
    contents,
    lines,
    read_result,
    reading,
    recognised,
    result_words,
    rows,
)
from amendments.exchange.vorlage.writing import Label, Row
from amendments.text.model import Kind, literal_content, plain
from benchmarks import corpus
from tests.text.strategies import contents as any_contents

MARKS = [
    plain(words)
    for words in (
        "Sitzungsvorlage",
        "Betreff:",
        "Begründung:",
        "Gremium\tDatum",
        "Beratungsfolge",
        "Amt:\tAz.:",
        "An\tAm",
    )
]
SEED = Path(__file__).parents[3] / "shared" / "seed"
TOWN = Path(__file__).parents[2] / "amendments" / "cli" / "example_town"


def paper_of(text, suffix="txt"):
    found = recognised(read(text.encode(), f"paper.{suffix}").contents)
    assert found is not None
    return found


@pytest.mark.skipif(not SEED.is_dir(), reason="the founding paper (../shared/seed) is not there")
def test_the_founding_paper_is_recognised_with_its_seven_consultations():
    (path,) = SEED.glob("*.txt")
    found = recognised(read(path.read_bytes(), path.name).contents)
    paper = found.paper
    assert (paper.kind, paper.office, paper.reference) == ("Sitzungsvorlage", "Sozialamt", "500-Integrationskonzept")
    assert paper.dated == date(2011, 11, 23)
    assert [(c.committee, c.day.isoformat(), c.role) for c in paper.consultations] == [
        ("Stadtvorstand", "2011-11-14", Role.PREPARATION),
        ("Beirat für Migration und Integration", "2011-11-17", Role.PREPARATION),
        ("Sozialausschuss", "2011-11-17", Role.PREPARATION),
        ("Hauptausschuss", "2011-11-29", Role.PREPARATION),
        ("Jugendhilfe- und Sozialausschuss", "2011-12-07", Role.PREPARATION),
        ("Beirat für Migration und Integration", "2011-12-08", Role.PREPARATION),
        ("Stadtrat", "2011-12-13", Role.DECISION),
    ]
    assert not any(c.result for c in paper.consultations)
    assert paper.subject == "Integrationskonzept der Stadt Landau in der Pfalz"
    assert [c.text for c in paper.resolution] == ["Der Stadtrat beschließt das beigefügte Integrationskonzept."]
    assert [(s.number, len(s.contents)) for s in paper.reasons] == [("1.", 2), ("2.", 3), ("3.", 2), ("4.", 4)]
    assert paper.reasons[3].title == "Weiteres Vorgehen"
    assert paper.annexes == ("Integrationskonzept - Entwurf",)
    assert paper.offices == ("Hauptamt", "BGM")
    assert [unread.words.split(" → ")[1] for unread in found.unread] == ["Schlusszeichnung"]
    assert recognised(literal_contents("\n".join(lines(paper)))).paper == paper


TABBED = """\
Beschlussvorlage Nr. 2014/87

Federführung:\tFachbereich Bauen
Datum:\t3. März 2014
Status:\tnichtöffentlich

Beratungsfolge:
Gremium\tTOP\tSitzungstermin\tArt der Beratung\tErgebnis
Ortsbeirat\t4\tMo, 10.03.14\tAnhörung\t
Ausschuss für Stadtentwick-\t\t18.03.2014, 18:00 Uhr\tzur Vorberatung\teinstimmig bei 1
lung, Bauen und\t\t\t\tEnthaltung
Verkehr\t\t\t\t
Rat\t\t–\t\t

Betreff: Neubau der Brücke
am Mühlbach

Beschlussempfehlung: Der Rat stimmt zu.

Die Verwaltung wird beauftragt:
1. zu planen,
2. zu bauen.

Sachverhalt/Begründung:

Die Brücke ist alt.

Datum: so steht es hier im Fließtext, und noch ein Satz.

Finanzielle Auswirkungen:

Keine Mehrkosten.

Anlagen:
- Lageplan
- Gutachten

Beteiligte Ämter: Kämmerei; Rechtsamt

Irgendwo unterschrieben:
Schlusszeichnung:

gez. Musteramt
"""


def test_another_town_names_its_fields_otherwise():
    found = paper_of(TABBED)
    paper = found.paper
    assert (paper.kind, paper.number, paper.office, paper.dated) == (
        "Beschlussvorlage", "2014/87", "Fachbereich Bauen", date(2014, 3, 3),
    )  # fmt: skip
    assert paper.public is False
    assert paper.consultations == (
        PlannedConsultation("Ortsbeirat", date(2014, 3, 10), Role.HEARING),
        PlannedConsultation(
            "Ausschuss für Stadtentwicklung, Bauen und Verkehr", date(2014, 3, 18), Role.PREPARATION,
            "einstimmig bei 1 Enthaltung",
        ),
        PlannedConsultation("Rat"),
    )  # fmt: skip
    assert paper.subject == "Neubau der Brücke am Mühlbach"
    assert [c.text for c in paper.resolution] == [
        "Der Rat stimmt zu.", "Die Verwaltung wird beauftragt:\n1. zu planen,\n2. zu bauen.",
    ]  # fmt: skip
    (reasons,) = paper.reasons
    assert [c.text[:12] for c in reasons.contents] == ["Die Brücke i", "Datum: so st"]
    assert [c.text for c in paper.finances] == ["Keine Mehrkosten."]
    assert paper.annexes == ("Lageplan", "Gutachten")
    assert paper.offices == ("Kämmerei", "Rechtsamt", "Irgendwo unterschrieben:")
    assert paper.closing == ("gez. Musteramt",)
    assert [unread.words for unread in found.unread] == [
        "TOP 4", "Ausschuss für Stadtentwicklung, Bauen und Verkehr: , 18:00 Uhr",
    ]  # fmt: skip


def test_nothing_is_dropped_in_silence():
    words = "Bearbeitung: Zimmer 12"
    found = paper_of(f"Sitzungsvorlage\n\n{words}\n\nAktenzeichen: 1\n\nAktenzeichen: 2\n\nBeschlussvorschlag: Ja.")
    assert [unread.words for unread in found.unread] == [words, "Aktenzeichen: 2"]
    assert found.paper.reference == "1"


@pytest.mark.parametrize("said", ["31.02.2011", "im Herbst", "23.11.2011 (Entwurf)"])
def test_a_date_that_cannot_be_read_is_said(said):
    found = paper_of(f"Sitzungsvorlage\n\nDatum: {said}\n\nBetreff: Bad\n\nBeschlussvorschlag: Ja.")
    assert found.paper.dated == (date(2011, 11, 23) if "23" in said else None)
    assert len(found.unread) == 1


def test_a_word_file_with_tables_and_headings_is_recognised():
    document = docx.Document()
    document.add_heading("Sitzungsvorlage", 0)
    head = document.add_table(2, 2)
    for cell, words in zip(
        (cell for row in head.rows for cell in row.cells),
        ("Amt:\nKulturamt", "Az.: 41-7", "Datum", "05.05.2015"),
        strict=True,
    ):
        cell.text = words
    document.add_paragraph("Beratungsfolge")
    table = document.add_table(3, 3)
    for row, words in zip(
        table.rows,
        (("Gremium", "Termin", "Zuständigkeit"), ("Kultur-\nausschuss", "06.05.2015", "Vorberatung"),
         ("", "07.05.2015", "Kenntnis")),
        strict=True,
    ):  # fmt: skip
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said
    document.add_heading("Beschlussvorschlag", 1)
    document.add_paragraph("Das Museum bleibt ").add_run("offen").bold = True
    document.add_heading("Begründung", 1)
    document.add_paragraph("Vorab.")
    document.add_heading("Finanzielle Auswirkungen", 2)
    document.add_paragraph("Keine.")
    stream = BytesIO()
    document.save(stream)
    found = recognised(read(stream.getvalue(), "paper.docx").contents)
    paper = found.paper
    assert (paper.office, paper.reference, paper.dated) == ("Kulturamt", "41-7", date(2015, 5, 5))
    assert paper.consultations == (
        PlannedConsultation("Kulturausschuss", date(2015, 5, 6), Role.PREPARATION),
        PlannedConsultation("Kulturausschuss", date(2015, 5, 7), Role.NOTICE),
    )
    assert [mark.name for mark in paper.resolution[0].rich.marks] == ["strong"]
    assert [(s.title, [c.text for c in s.contents]) for s in paper.reasons] == [
        ("", ["Vorab."]), ("Finanzielle Auswirkungen", ["Keine."]),
    ]  # fmt: skip
    assert found.unread == ()


def test_a_page_with_a_list_of_consultations_is_recognised():
    found = paper_of(
        "<html><body><h1>Öffentliche Beschlussvorlage 12/2020</h1><h2>Betreff</h2><p>Radweg</p><h2>Beratungsfolge</h2>"
        "<ul><li>Bauausschuss am 3.4.2020 (Vorberatung)</li><li>Stadtrat, 5. Mai 2020, Entscheidung: einstimmig</li>"
        "<li>weitere nach Bedarf</li></ul><h2>Beschlussvorschlag</h2><ol><li>Planen</li><li>Bauen</li></ol>"
        "</body></html>",
        "html",
    )
    assert found.paper.public is True
    assert found.paper.number == "12/2020"
    assert found.paper.consultations == (
        PlannedConsultation("Bauausschuss", date(2020, 4, 3), Role.PREPARATION),
        PlannedConsultation("Stadtrat", date(2020, 5, 5), Role.DECISION, "einstimmig"),
    )
    assert [c.kind for c in found.paper.resolution] == [Kind.LIST_ITEM, Kind.LIST_ITEM]
    assert [unread.words for unread in found.unread] == ["weitere nach Bedarf"]


def test_pipes_of_a_markdown_file_are_cells():
    found = paper_of(
        "# Sitzungsvorlage\n\n"
        "| Gremium | Datum | Zuständigkeit |\n|---|---|---|\n| Stadtrat | 1.2.2020 | Entscheidung |\n\n"
        "**Beschlussvorschlag:** Ja.\n",
        "md",
    )
    assert found.paper.consultations == (PlannedConsultation("Stadtrat", date(2020, 2, 1), Role.DECISION),)
    assert found.unread == ()


def test_the_example_towns_papers():
    resolution, reasons = ((TOWN / f"{name}.md").read_text(encoding="utf-8") for name in ("resolution", "reasons"))
    whole = f"# Sitzungsvorlage\n\n## Beschlussvorschlag\n\n{resolution}\n## Begründung\n\n{reasons}"
    assert recognised(read(whole.encode(), "r.md", markdown=True).contents)
    for name in ("concept", "senior_statute", "restricted_note"):
        assert recognised(read((TOWN / f"{name}.md").read_bytes(), "n.md").contents) is None


@pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")
def test_no_statute_is_taken_for_a_paper():
    paths = sorted((corpus.ROOT / "documents").glob("*/v1.md"), key=lambda path: path.stat().st_size)
    assert len(paths) > 50
    taken = [path for path in paths[:50] if recognised(literal_contents(path.read_text(encoding="utf-8")))]
    assert taken == []


@given(st.lists(any_contents(), max_size=8), st.lists(st.sampled_from(MARKS), max_size=6))
def test_whatever_stands_in_a_file_is_read_or_refused(some, marks):
    found = recognised([*marks, *some, *reversed(marks)])
    assert found is None or found.paper


def test_a_long_list_of_points_is_not_searched_for_garbled_names(monkeypatch):
    asked = []
    monkeypatch.setattr(reading, "garbled", asked.append)
    assert recognised(plain(f"Beratungen {number}:") for number in range(1_000)) is None
    assert len(asked) == reading.MOST_ASKED


# --- what is printed is read again

_WORDS = st.lists(
    st.sampled_from(("Rat", "Haus", "Weg", "(neu)", "für", "12", "Straße", "1. Bauabschnitt", "„Mitte“", "GmbH")),
    min_size=1, max_size=4,
).map(" ".join)  # fmt: skip
_BODY = st.builds("{}wird {}gebaut.".format, st.sampled_from(("Es ", "Er ", "Datum ")), st.sampled_from(("", "nun\n")))
_OPTIONAL = st.one_of(st.just(""), _WORDS)
_DAYS = st.dates(date(1950, 1, 1), date(2070, 1, 1))
_CONSULTATIONS = st.builds(
    PlannedConsultation,
    st.builds("{}ausschuss".format, st.sampled_from(("Haupt", "Jugendhilfe- und Sozial", "Kultur und Rat für den "))),
    st.one_of(st.none(), _DAYS),
    st.one_of(st.none(), st.sampled_from(Role)),
    st.sampled_from(("", "einstimmig", "mehrheitlich beschlossen, Ja 22, Nein 3", "zur Kenntnis genommen")),
    st.sampled_from((None, True, False)),
)


def _bodies(content):
    return st.lists(_BODY.map(content), max_size=3).map(tuple)


def _papers(content):
    bodies = _bodies(content)
    numbered = st.builds(Section, st.sampled_from(("1.", "II.", "12.")), _WORDS.map("Zum {}".format), bodies)
    untitled = st.builds(Section, contents=_bodies(content).filter(bool))
    unnumbered = st.builds(Section, st.just(""), _WORDS.map("Zum {}".format), bodies)
    return st.builds(
        Paper,
        kind=st.sampled_from(("Sitzungsvorlage", "Beschlussvorlage")),
        office=_OPTIONAL, reference=_OPTIONAL, number=st.sampled_from(("", "2011/7")),
        dated=st.one_of(st.none(), _DAYS), public=st.sampled_from((None, True, False)),
        consultations=st.lists(_CONSULTATIONS, max_size=5).map(tuple),
        subject=_WORDS, resolution=bodies.filter(bool),
        reasons=st.builds(
            lambda first, rest: (*first, *rest),
            st.lists(untitled, max_size=1), st.lists(st.one_of(numbered, unnumbered), max_size=3),
        ),
        finances=bodies,
        annexes=st.lists(_WORDS, max_size=3).map(tuple), offices=st.lists(_WORDS, max_size=3).map(tuple),
        closing=st.lists(_WORDS, max_size=2).map(tuple),
    )  # fmt: skip


@given(_papers(plain))
def test_contents_that_were_written_give_the_same_paper(paper):
    found = recognised(contents(paper))
    assert found.paper == paper
    assert found.unread == ()


@given(_papers(literal_content))
def test_lines_that_were_written_give_the_same_paper(paper):
    found = recognised(literal_contents("\n".join(lines(paper))))
    assert found.paper == paper
    assert found.unread == ()


def test_rows_stand_in_the_order_of_the_form():
    paper = paper_of(TABBED).paper
    pieces = list(rows(paper))
    assert [piece.words for piece in pieces if isinstance(piece, Label)] == [
        "Betreff", "Beschlussvorschlag", "Begründung", "Finanzielle Auswirkungen", "Anlagen", "Beteiligtes Amt/Ämter",
        "Schlusszeichnung",
    ]  # fmt: skip
    assert [piece.table for piece in pieces if isinstance(piece, Row)] == [1, 1, 1, 1, 2, 2, 2, 2]
    assert Row(("Rat", "–", "", ""), 2) in pieces


# --- results


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("einstimmig", Result(True, unanimous=True)),
        ("Einstimmig bei 1 Enthaltung", Result(True, abstained=1, unanimous=True)),
        ("Mehrheitlich beschlossen, Ja 22, Nein 3, Anwesend 25", Result(True, 22, 3, present=25)),
        ("mehrheitlich abgelehnt", Result(False)),
        ("zur Kenntnis genommen", Result(noted=True)),
        ("empfohlen zur Beschlussfassung an Rat", Result(True)),
        ("17 Ja, 3 Nein, 6 Enthaltungen", Result(True, 17, 3, 6)),
        ("Ja: 4 Nein: 4", Result(False, 4, 4)),
        ("5 Ja-Stimmen, 0 Nein-Stimmen und 2 Enthaltungen", Result(True, 5, 0, 2)),
        ("ohne Widerspruch angenommen", Result(True, without_objection=True)),
        ("", Result()),
        ("siehe Niederschrift", Result()),
    ],
)
def test_results_are_read_as_papers_print_them(words, result):
    assert read_result(words) == result


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (Result(True, 12, 0, 0), "einstimmig"),
        (Result(True, 12, 0, 2), "einstimmig bei 2 Enthaltungen"),
        (Result(True, 12, 3, 1), "mehrheitlich angenommen (12 Ja, 3 Nein, 1 Enthaltung)"),
        (Result(False, 5, 5, 0), "bei Stimmengleichheit abgelehnt (5 Ja, 5 Nein)"),
        (Result(False, 0, 0, 9), "bei Stimmengleichheit abgelehnt (0 Ja, 0 Nein, 9 Enthaltungen)"),
        (Result(False, 0, 7, 0), "einstimmig abgelehnt (0 Ja, 7 Nein)"),
        (Result(True, unanimous=True), "einstimmig"),
        (Result(True), "angenommen"),
        (Result(noted=True), "zur Kenntnis genommen"),
        (Result(), ""),
    ],
)
def test_words_of_results_say_unanimous_majority_and_tie(result, words):
    assert result_words(result) == words
    again = read_result(words)
    assert again.adopted == result.adopted
