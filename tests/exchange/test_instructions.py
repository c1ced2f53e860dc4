"""Instruction sentences: how each change is said, and that what is said makes the same text again."""

import re
import tomllib
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time

import pytest
from hypothesis import given

from amendments.cli.example_town.reading import hunks_of
from amendments.exchange.commonmark import read_commonmark
from amendments.exchange.instructions import Instructions, NotUnderstood
from amendments.exchange.instructions.orders import Order
from amendments.text import (
    CELL,
    Edit,
    Head,
    Kind,
    Mark,
    MarkName,
    Rich,
    apply,
    check,
    edits,
    literal_content,
    plain,
    text_of,
)
from benchmarks import corpus
from tests.text.strategies import bases_and_edits

TOWN = Path(__file__).parents[2] / "amendments" / "cli" / "example_town"
ROW = {"kind": Kind.TABLE_ROW, "table": "1"}

BASE = text_of(
    [
        plain("Konzept der Stadt", Kind.HEADING, 1),
        plain("Der Entwurf liegt vor."),
        plain("1. Auftrag", Kind.HEADING, 2),
        plain("Der Rat beschließt den Plan. Der Beirat berät den Rat; der Rat dankt. Die Kosten trägt der Bund."),
        plain("Es gilt „dieses“ und § 3 Abs. 2."),
        plain("Ziele", Kind.HEADING, 3),
        plain("Ein Ziel", Kind.LIST_ITEM, 1, list="bullet"),
        plain("Noch ein Ziel mit Fußnote[1]", Kind.LIST_ITEM, 1, list="bullet"),
        plain("darunter eines", Kind.LIST_ITEM, 2, list="bullet"),
        plain("2. Mittel", Kind.HEADING, 2),
        plain("Ziele", Kind.HEADING, 3),
        plain("Wer zahlt:", Kind.PARAGRAPH),
        plain("Stadt", Kind.LIST_ITEM, 1, list="ordered"),
        plain("Land", Kind.LIST_ITEM, 1, list="ordered"),
        plain(f"Jahr{CELL}Euro", header="1", **ROW),
        plain(f"2011{CELL}10 und 20", **ROW),
        plain(f"2012{CELL}20", **ROW),
        plain("Erste Zeile\nzweite Zeile", Kind.PARAGRAPH),
        plain("Siehe dort.", Kind.FOOTNOTE, label="1"),
    ]
)
SAY = Instructions(BASE)
MITTEL = "Abschnitt 2 Unterabschnitt „Ziele“"


def replaced(rank, old, new):
    start = BASE[rank].text.index(old)
    return edits.replace_words(BASE[rank], start, start + len(old), new if isinstance(new, Rich) else Rich(new))


def after(rank, words, new):
    at = BASE[rank].text.index(words) + len(words)
    return edits.replace_words(BASE[rank], at, at, Rich(new))


CASES = [
    ("words", replaced(3, "den Plan", "alle Pläne"),
     "In Abschnitt 1 Absatz 1 Satz 1 werden die Wörter „den Plan“ durch die Wörter „alle Pläne“ ersetzt."),
    ("one word", replaced(3, "Bund", "Staat"),
     "In Abschnitt 1 Absatz 1 Satz 3 wird das Wort „Bund“ durch das Wort „Staat“ ersetzt."),
    ("an ending is said as the word", replaced(3, "Plan", "Plans"),
     "In Abschnitt 1 Absatz 1 Satz 1 wird das Wort „Plan“ durch das Wort „Plans“ ersetzt."),
    ("a word that stands twice is said with its neighbour",
     edits.replace_words(BASE[3], 59, 62, Rich("Beirat")),
     "In Abschnitt 1 Absatz 1 Satz 2 werden die Wörter „der Rat“ durch die Wörter „der Beirat“ ersetzt."),
    ("words put in", after(3, "Der Beirat", " der Stadt"),
     "In Abschnitt 1 Absatz 1 Satz 2 werden nach dem Wort „Beirat“ die Wörter „der Stadt“ eingefügt."),
    ("words put in before the first", replaced(1, "Der Entwurf", "Nur der Entwurf"),
     "In Abschnitt „Konzept der Stadt“ Absatz 1 wird das Wort „Der“ durch die Wörter „Nur der“ ersetzt."),
    ("a first word", edits.replace_words(BASE[6], 0, 0, Rich("Nur ")),
     "In Abschnitt 1 Unterabschnitt „Ziele“ Punkt 1 wird vor dem Wort „Ein“ das Wort „Nur“ eingefügt."),
    ("words struck", replaced(3, "; der Rat dankt", ""),
     "In Abschnitt 1 Absatz 1 Satz 2 werden die Wörter „; der Rat dankt“ gestrichen."),
    ("a sentence put in", after(3, "den Plan.", " Er eilt."),
     "Nach Abschnitt 1 Absatz 1 Satz 1 wird folgender Satz eingefügt: „Er eilt.“"),
    ("two sentences at the end", after(3, "der Bund.", " Er eilt. Er ruht."),
     "Nach Abschnitt 1 Absatz 1 Satz 3 werden folgende Sätze eingefügt: „Er eilt. Er ruht.“"),
    ("a sentence struck", replaced(3, "Der Beirat berät den Rat; der Rat dankt. ", ""),
     "Abschnitt 1 Absatz 1 Satz 2 wird gestrichen."),
    ("the last sentence struck", replaced(3, " Die Kosten trägt der Bund.", ""),
     "Abschnitt 1 Absatz 1 Satz 3 wird gestrichen."),
    ("a sentence said anew", replaced(3, "Die Kosten trägt der Bund.", "Niemand zahlt etwas dazu."),
     "Abschnitt 1 Absatz 1 Satz 3 wird wie folgt gefasst: „Niemand zahlt etwas dazu.“"),
    ("quotation marks in what is quoted", replaced(4, "„dieses“", "„jenes“ (neu)"),
     "In Abschnitt 1 Absatz 2 wird das Wort „„dieses““ durch die Wörter „„jenes“ (neu)“ ersetzt."),
    ("a citation", replaced(4, "§ 3 Abs. 2", "§ 4"),
     "In Abschnitt 1 Absatz 2 wird die Angabe „§ 3 Abs. 2“ durch die Angabe „§ 4“ ersetzt."),
    ("several places in one paragraph",
     (*replaced(3, "Plan", "Entwurf"), *replaced(3, "Bund", "Staat")),
     ("Abschnitt 1 Absatz 1 wird wie folgt geändert:\n"
     "a) In Satz 1 wird das Wort „Plan“ durch das Wort „Entwurf“ ersetzt.\n"
     "b) In Satz 3 wird das Wort „Bund“ durch das Wort „Staat“ ersetzt.")),
    ("several paragraphs", (*replaced(1, "liegt", "lag"), *edits.delete(BASE[6])),
     ("1. In Abschnitt „Konzept der Stadt“ Absatz 1 wird das Wort „liegt“ durch das Wort „lag“ ersetzt.\n"
     "2. Abschnitt 1 Unterabschnitt „Ziele“ Punkt 1 wird gestrichen.")),
    ("a heading", replaced(9, "Mittel", "Geld"),
     "In der Überschrift von Abschnitt 2 wird das Wort „Mittel“ durch das Wort „Geld“ ersetzt."),
    ("a footnote", replaced(18, "dort", "hier"),
     "In Fußnote 1 wird das Wort „dort“ durch das Wort „hier“ ersetzt."),
    ("an item below another", replaced(8, "eines", "zwei"),
     "In Abschnitt 1 Unterabschnitt „Ziele“ Punkt 2 Unterpunkt 1 wird das Wort „eines“ durch das Wort „zwei“ ersetzt."),
    ("a numbered item", replaced(13, "Land", "Bund"),
     f"In {MITTEL} Absatz 1 Nummer 2 wird das Wort „Land“ durch das Wort „Bund“ ersetzt."),
    ("a cell", replaced(15, " und 20", " und 30"),
     f"In {MITTEL} Tabelle 1 Zeile 1 Spalte 2 wird die Zahl „20“ durch die Zahl „30“ ersetzt."),
    ("a line break", replaced(17, "zweite", "letzte"),
     f"In {MITTEL} Absatz 2 Satz 2 wird das Wort „zweite“ durch das Wort „letzte“ ersetzt."),
    ("a line break put in", replaced(1, "Der Entwurf liegt", "Der Entwurf\nliegt"),
     ("In Abschnitt „Konzept der Stadt“ Absatz 1 werden die Wörter „Entwurf liegt“ durch die Wörter „Entwurf\nliegt“ "
     "ersetzt.")),
    ("a paragraph put in", edits.insert(BASE[4].identity, [plain("Neu.")]),
     "Nach Abschnitt 1 Absatz 2 wird folgender Absatz eingefügt: „Neu.“"),
    ("paragraphs at the beginning", edits.insert("", [plain("Eins."), plain("Zwei.")]),
     "Am Anfang des Textes werden folgende Absätze eingefügt:\n„Eins.“\n„Zwei.“"),
    ("paragraphs of several kinds",
     edits.insert(BASE[2].identity, [plain("Ziel", Kind.HEADING, 3), plain("So.")]),
     "Nach der Überschrift von Abschnitt 1 wird Folgendes eingefügt: Überschrift der Ebene 3: „Ziel“\nAbsatz: „So.“"),
    ("a table row", edits.insert(BASE[16].identity, [plain(f"2013{CELL}", **ROW)]),
     f"Nach {MITTEL} Tabelle 1 Zeile 2 wird folgende Tabellenzeile eingefügt: „2013“ | „“"),
    ("an item with a number of its own",
     edits.insert(BASE[13].identity, [plain("Bund", Kind.LIST_ITEM, 1, list="ordered", number="7.")]),
     f"Nach {MITTEL} Absatz 1 Nummer 2 wird folgender Nummernpunkt der Ebene 1 (Nummer „7.“) eingefügt: „Bund“"),
    ("a paragraph struck", edits.delete(BASE[2]), "Die Überschrift von Abschnitt 1 wird gestrichen."),
    ("paragraphs struck", (*edits.delete(BASE[3]), *edits.delete(BASE[4])),
     "Abschnitt 1 Absatz 1 bis Absatz 2 werden gestrichen."),
    ("paragraphs struck over a heading", (*edits.delete(BASE[4]), *edits.delete(BASE[5])),
     "Abschnitt 1 Absatz 2 bis einschließlich Überschrift von Abschnitt 1 Unterabschnitt „Ziele“ werden gestrichen."),
    ("a paragraph in place of another",
     (*edits.delete(BASE[4]), *edits.insert(BASE[4].identity, [plain("Neu.")])),
     "Abschnitt 1 Absatz 2 wird durch folgenden Absatz ersetzt: „Neu.“"),
    ("moved", edits.move(BASE[6:7], BASE[8].identity),
     ("Abschnitt 1 Unterabschnitt „Ziele“ Punkt 1 wird nach Abschnitt 1 Unterabschnitt „Ziele“ Punkt 2 Unterpunkt 1 "
     "verschoben.")),
    ("moved to the beginning", edits.move(BASE[3:5], ""),
     "Abschnitt 1 Absatz 1 bis Absatz 2 werden an den Anfang des Textes verschoben."),
    ("split at a sentence", edits.split(BASE[3], 29), "In Abschnitt 1 Absatz 1 beginnt mit Satz 2 ein neuer Absatz."),
    ("split before words", edits.split(BASE[4], 21, Head(Kind.LIST_ITEM, 1, (("list", "bullet"),))),
     "In Abschnitt 1 Absatz 2 beginnt vor der Angabe „§ 3 Abs.“ ein neuer Aufzählungspunkt der Ebene 1."),
    ("joined", edits.join(BASE[3], BASE[4]), "Abschnitt 1 Absatz 2 wird an Abschnitt 1 Absatz 1 angefügt."),
    ("joined with nothing between", edits.join(BASE[3], BASE[4], ""),
     "Abschnitt 1 Absatz 2 wird ohne Zwischenraum an Abschnitt 1 Absatz 1 angefügt."),
    ("joined with words between", edits.join(BASE[3], BASE[4], " und "),
     "Abschnitt 1 Absatz 2 wird mit „ und “ dazwischen an Abschnitt 1 Absatz 1 angefügt."),
    ("retyped", edits.retype(BASE[4], Head(Kind.HEADING, 3)),
     "Abschnitt 1 Absatz 2 wird in eine Überschrift der Ebene 3 umgewandelt."),
    ("an edit over two paragraphs", edits.span(BASE[3], 81, BASE[4], 20, Rich("zahlt die Stadt nach")),
     ("1. In Abschnitt 1 Absatz 1 Satz 3 werden die Wörter „trägt der Bund.“ durch die Wörter „zahlt die Stadt nach“ "
     "ersetzt.\n"
     "2. Abschnitt 1 Absatz 2 wird an Abschnitt 1 Absatz 1 angefügt.\n"
     "3. In Abschnitt 1 Absatz 2 werden die Wörter „Es gilt „dieses“ und“ gestrichen.")),
]  # fmt: skip


@pytest.mark.parametrize(("hunks", "sentence"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_change_has_its_sentence(hunks, sentence):
    check(BASE, hunks)
    assert SAY.say(hunks).text == sentence
    again = SAY.read(sentence)
    check(BASE, again)
    assert apply(BASE, [Edit("said", again)]) == apply(BASE, [Edit("done", hunks)])


def test_the_sentences_of_the_documentation_are_read_as_it_says():
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", page.partition("## Instruction sentences")[2], re.MULTILINE)
    assert [name for name, _ in rows] == [order.__name__ for order in Order.__args__]
    for name, sentence in rows:
        (order,) = SAY.orders(sentence)
        assert type(order).__name__ == name
        check(BASE, SAY.read(sentence))


def said_again(base, hunks):
    instructions = Instructions(base)
    return apply(base, [Edit("said", instructions.read(instructions.say(hunks)))])


@given(bases_and_edits(fewest=1, most=1))
def test_what_is_said_makes_the_same_text(case):
    base, (edit,) = case
    assert said_again(base, edit.hunks) == apply(base, [edit])


def test_marks_are_said_with_the_words():
    new = Rich.of("einen Plan[1]", [Mark(6, 10, MarkName.STRONG), Mark(10, 13, MarkName.FOOTNOTE_REF, "1")])
    hunks = replaced(3, "den Plan", new)
    said = SAY.say(hunks)
    assert {mark.name for mark in said.marks} == {MarkName.STRONG, MarkName.FOOTNOTE_REF}
    assert apply(BASE, [Edit("said", SAY.read(said))]) == apply(BASE, [Edit("done", hunks)])


def test_words_that_only_become_bold_are_said():
    hunks = replaced(3, "den Plan", Rich.of("den Plan", [Mark(0, 8, MarkName.STRONG)]))
    assert said_again(BASE, hunks) == apply(BASE, [Edit("done", hunks)])


@pytest.mark.parametrize("new", ["“", "„", "a“ b„", "»“", "⟦“»⟧", "⟧“«", "⟨0⟩", "„⟨1⟩", "1. a\nb) „c“"])
def test_any_quotation_marks_and_signs_can_be_quoted(new):
    for hunks in (edits.insert(BASE[1].identity, [plain(new), plain(new)]), after(3, "Beirat", f" {new} x")):
        assert said_again(BASE, hunks) == apply(BASE, [Edit("done", hunks)])


def test_paragraphs_that_are_called_alike_are_told_apart():
    base = text_of([plain("Titel", Kind.HEADING, 1), plain("a"), plain("Titel", Kind.HEADING, 1), plain("b")])
    hunks = edits.delete(base[3])
    assert Instructions(base).say(hunks).text == "Abschnitt „Titel“ (2. Vorkommen) Absatz 1 wird gestrichen."
    assert said_again(base, hunks) == base[:3]


def test_numbers_printed_in_a_literal_text_are_its_names():
    base = text_of(
        map(
            literal_content, ("## § 12 Dauer", "(1) Eins.", "(2) Zwei:", "1. dies,", "a) und das", "(3) Drei.", "Rest.")
        )
    )
    names = [Instructions(base).say(edits.delete(paragraph)).text for paragraph in base]
    assert [name.removesuffix(" wird gestrichen.") for name in names] == [
        "Die Überschrift von § 12", "§ 12 Absatz 1", "§ 12 Absatz 2", "§ 12 Absatz 2 Nummer 1",
        "§ 12 Absatz 2 Nummer 1 Buchstabe a", "§ 12 Absatz 3", "§ 12 Absatz 3 Unterabsatz 2",
    ]  # fmt: skip


def test_the_third_of_equal_words_is_counted():
    base = text_of([plain("Rat Rat Rat Rat Rat Rat Rat Rat Rat Rat Rat Rat")])
    hunks = edits.replace_words(base[0], 20, 23, Rich("Beirat"))
    sentence = Instructions(base).say(hunks).text
    assert sentence == "In Absatz 1 wird das Wort „Rat“ an sechster Stelle durch das Wort „Beirat“ ersetzt."
    assert said_again(base, hunks) == apply(base, [Edit("done", hunks)])


def test_a_sentence_with_many_changes_is_said_anew():
    kept = ("die Stadt baut", "einen Weg am Bach", "zur Schule im Ort", "mit Bänken und Bäumen", "für alle Kinder.")
    old, new = (sign.join(kept) for sign in (" eilig ", " nun "))
    base = text_of([plain(f"{old} Ende.")])
    hunks = edits.replace_words(base[0], 0, len(old), Rich(new))
    assert Instructions(base).say(hunks).text == f"Absatz 1 Satz 1 wird wie folgt gefasst: „{new}“"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("", "keine Änderungsanweisung"),
        ("Bitte alles löschen.", "keine Änderungsanweisung"),
        ("In Absatz 99 wird das Wort „a“ gestrichen.", "Stelle gibt es"),
        ("In Abschnitt 1 Absatz 1 Satz 9 wird das Wort „Rat“ gestrichen.", "Stelle gibt es"),
        ("In Abschnitt 1 Absatz 1 wird das Wort „Amt“ gestrichen.", "Wörter stehen nicht"),
        ("In Abschnitt 1 Absatz 1 wird das Wort „Rat“ gestrichen.", "mehrmals"),
        ("In Abschnitt 1 Absatz 1 wird das Wort „Rat“ an letzter Stelle gestrichen.", "keine Änderungsanweisung"),
        ("In Abschnitt 1 Absatz 1 wird das Wort „Rat gestrichen.", "nicht endet"),
        ("Abschnitt 1 Absatz 2 bis Absatz 1 werden gestrichen.", "Stelle gibt es"),
        ("In Abschnitt ⟨7⟩ Absatz 1 wird das Wort „Rat“ gestrichen.", "keine Änderungsanweisung"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(sentence, why):
    with pytest.raises(NotUnderstood, match=why):
        SAY.read(sentence)


# --- the example town and the corpus


def town():
    base = text_of(read_commonmark((TOWN / "concept.md").read_bytes()).contents)
    entries = tomllib.loads((TOWN / "proposals.toml").read_text(encoding="utf-8"))["proposal"]
    return base, [[hunks_of(base, edit) for edit in entry["edit"]] for entry in entries if "parent" not in entry]


def test_every_proposal_of_the_example_town_can_be_said_whole_and_by_its_edits():
    base, proposals = town()
    assert len(proposals) > 65
    instructions = Instructions(base)
    for proposal in proposals:
        for hunks in (*proposal, tuple(hunk for edit in proposal for hunk in edit)):
            said = instructions.say(hunks)
            assert apply(base, [Edit("said", instructions.read(said))]) == apply(base, [Edit("done", hunks)]), said.text


def test_saying_the_towns_proposals_takes_no_longer_than_applying_each_of_them():
    base, proposals = town()
    wishes = [hunks for proposal in proposals for hunks in proposal]

    def said():
        instructions = Instructions(base)
        for hunks in wishes:
            instructions.say(hunks)

    def applied():
        for hunks in wishes:
            apply(base, [Edit("done", hunks)])

    def seconds(act):
        start = process_time()
        act()
        return process_time() - start

    said()
    ratios = [seconds(said) / seconds(applied) for _ in range(5)]
    assert median(ratios) < 2, ratios


def test_the_time_grows_with_the_number_of_changes_in_one_paragraph():
    def seconds(number):
        words = [f"Der Rat der Stadt beschließt Nummer {each} und dankt allen." for each in range(number)]
        base = text_of([plain(" ".join(words))])
        hunks = edits.replace_words(base[0], 0, len(base[0].text), Rich(base[0].text.replace("dankt", "lobt")))
        instructions = Instructions(base)
        start = process_time()
        said = instructions.say(hunks)
        spent = process_time() - start
        assert said.text.count("lobt") == number
        return spent

    seconds(50)
    ratios = [seconds(600) / seconds(150) for _ in range(3)]
    assert median(ratios) < 8, ratios


@pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")
@pytest.mark.parametrize(("name", "step", "least"), [("merge/paragraph", 25, 400), ("merge/document", 12, 150)])
def test_every_change_of_a_statute_can_be_said(name, step, least):
    count = 0
    for case in islice(corpus.rows(name), 0, None, step):
        base = corpus.text_of(corpus.base_of(case))
        instructions = Instructions(base)
        for edit in corpus.edits_of(base, case):
            said = instructions.say(edit.hunks)
            assert apply(base, [Edit("said", instructions.read(said))]) == apply(base, [edit]), (case["id"], edit.id)
            count += 1
    assert count > least
