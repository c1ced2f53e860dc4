"""What else has to change when a change was adopted: references and terms."""

import pytest

from amendments.text import Edit, Paragraph, Redline, Rich, apply_edits, diff_paragraph, edits, plain
from amendments.text.model import Content, Kind
from amendments.text.references import loose_ends


def text(*words):
    """A heading begins with "# "."""
    return tuple(
        Paragraph(str(rank), plain(line[2:], Kind.HEADING, 2) if line.startswith("# ") else plain(line))
        for rank, line in enumerate(words)
    )


def rewrite(paragraph, new):
    return diff_paragraph(paragraph, Content(paragraph.head, Rich(new)))


def ends(base, *hunks):
    """(kind, paragraph, words, instead, edits) of what is left to do after these edits."""
    redline = apply_edits(Redline.of(base), [Edit(f"e{number}", found) for number, found in enumerate(hunks)])
    new = {paragraph.identity: paragraph.text for paragraph in redline.accept()}
    found = loose_ends(redline)
    assert all(new[one.paragraph][one.start : one.end] == one.words for one in found)
    return [(one.kind.value, one.paragraph, one.words, one.instead, one.by) for one in found]


@pytest.mark.parametrize(
    ("heading", "now", "reference", "instead"),
    [
        ("§ 3 Aufgaben", "§ 4 Aufgaben", "§ 3", "§ 4"),
        ("Handlungsfeld 2: Arbeit", "Handlungsfeld 3: Arbeit", "Handlungsfeld 2", "Handlungsfeld 3"),
        ("Handlungsfeld 2: Arbeit", "Handlungsfeld 3: Arbeit", "Handlungsfelds 2", "Handlungsfelds 3"),
        ("1.2 Ziele", "1.3 Ziele", "Abschnitt 1.2", "Abschnitt 1.3"),
        ("1.2 Ziele", "1.3 Ziele", "Nr. 1.2", "Nr. 1.3"),
        ("Anlage 1", "Anlage 2", "Anlage 1", "Anlage 2"),
    ],
)
def test_a_reference_follows_its_heading(heading, now, reference, instead) -> None:
    base = text(f"# {heading}", "Worte.", f"Näheres sagt {reference}, siehe dort.")
    assert ends(base, rewrite(base[0], now)) == [("renumbered", "2", reference, instead, ("e0",))]


def test_a_reference_to_what_was_struck_leads_nowhere() -> None:
    base = text("# § 3 Aufgaben", "# § 4 Ende", "Es gilt § 3 Absatz 2.")
    assert ends(base, edits.delete(base[0])) == [("gone", "2", "§ 3 Absatz 2", "", ("e0",))]


def test_a_paragraph_of_a_section_is_referred_to_with_it_or_alone_within_it() -> None:
    base = text(
        "# § 3 Aufgaben", "(1) Erstens.", "(2) Zweitens nach Absatz 1.", "# § 4 Ende", "Wie § 3 Abs. 2.", "Absatz 2"
    )
    struck = edits.delete(base[1])
    assert ends(base, struck, rewrite(base[2], "(1) Zweitens nach Absatz 1.")) == [
        ("gone", "2", "Absatz 1", "", ("e0",)),
        ("renumbered", "4", "§ 3 Abs. 2", "§ 3 Abs. 1", ("e1",)),
    ]


def test_both_numbers_of_a_reference_change() -> None:
    base = text("# § 3 Aufgaben", "(1) Erstens.", "# § 4 Ende", "Wie § 3 Abs. 1.")
    new = (rewrite(base[0], "§ 5 Aufgaben"), rewrite(base[1], "(2) Erstens."))
    assert ends(base, *new) == [("renumbered", "3", "§ 3 Abs. 1", "§ 5 Abs. 2", ("e1",))]


@pytest.mark.parametrize(
    "words",
    [
        "Wie § 33.",
        "Wie § 3a.",
        "Handlungsfeldern 3",
        "im Jahr 3",
        "Absatz 3",
        "nach § 9 Absatz 1",
        "§ 4 Absatz 1",
        "§ 3 GemO",
        "§ 3 Absatz 1 Satz 2 des Baugesetzbuchs",
        "§ 3 der Hauptsatzung",
    ],
)
def test_what_refers_to_something_else_is_left_alone(words) -> None:
    base = text("# § 3 Aufgaben", "(1) Worte.", "# § 4 Ende", words)
    assert ends(base, rewrite(base[0], "§ 5 Aufgaben")) == []


def test_a_changed_title_alone_touches_no_reference() -> None:
    base = text("# § 3 Aufgaben", "Wie § 3.")
    assert ends(base, rewrite(base[0], "§ 3 Pflichten")) == []


def test_words_that_were_put_in_speak_of_the_new_text() -> None:
    base = text("# § 3 Aufgaben", "Wie § 3.")
    assert ends(base, rewrite(base[0], "§ 4 Aufgaben"), rewrite(base[1], "Wie § 3 früher.")) == [
        ("renumbered", "1", "§ 3", "§ 4", ("e0",))
    ]
    assert ends(base, rewrite(base[0], "§ 4 Aufgaben"), rewrite(base[1], "Wie § 4.")) == []
    new = edits.insert("1", [plain("Wie § 3.")])
    assert [one[1] for one in ends(base, rewrite(base[0], "§ 4 Aufgaben"), new)] == ["1"]


def test_a_moved_reference_is_found_where_it_stands_now() -> None:
    base = text("# § 3 Aufgaben", "Wie § 3.", "Ende.")
    found = ends(base, rewrite(base[0], "§ 4 Aufgaben"), edits.move([base[1]], "2"))
    assert found == [("renumbered", "1", "§ 3", "§ 4", ("e0",))]


@pytest.mark.parametrize(
    ("definition", "term"),
    [
        ("Der Beirat für Integration (im Folgenden: Beirat) berät.", "Beirat"),
        ("Der Beirat für Integration (nachfolgend „Beirat“) berät.", "Beirat"),
        ("„Zugewanderte“ im Sinne dieses Konzepts sind alle.", "Zugewanderte"),
    ],
)
def test_a_term_without_its_definition_is_listed_wherever_it_is_used(definition, term) -> None:
    base = text(definition, f"Dort tagt der {term}. Der {term}sitz bleibt.")
    assert ends(base, edits.delete(base[0])) == [("undefined", "1", term, "", ("e0",))]
    assert ends(base, rewrite(base[0], definition + " Immer.")) == []


def test_a_definition_of_another_term_says_what_to_write_instead() -> None:
    base = text("Der Rat (im Folgenden: Rat der Stadt) berät.", "Dort tagt der Rat der Stadt.")
    new = rewrite(base[0], "Der Rat (im Folgenden: Stadtrat) berät.")
    assert ends(base, new) == [("undefined", "1", "Rat der Stadt", "Stadtrat", ("e0",))]


def test_a_term_replaced_in_several_places_is_listed_where_it_still_stands() -> None:
    base = text("Die Mitbürger helfen.", "Viele Mitbürger kommen.", "Alle Mitbürger zählen.")
    once = rewrite(base[0], "Die Einwohner helfen.")
    assert ends(base, once) == []
    assert ends(base, once, rewrite(base[1], "Viele Einwohner kommen.")) == [
        ("replaced", "2", "Mitbürger", "Einwohner", ("e0", "e1"))
    ]
    assert ends(base, once, rewrite(base[1], "Viele Menschen kommen.")) == []


def test_a_term_replaced_in_a_heading_is_listed() -> None:
    base = text("# Ausländer", "Ausländer zahlen Steuern.")
    assert ends(base, rewrite(base[0], "Zugewanderte")) == [("replaced", "1", "Ausländer", "Zugewanderte", ("e0",))]


def test_nothing_adopted_leaves_nothing_to_do() -> None:
    base = text("# § 3 Aufgaben", "Wie § 3 (im Folgenden: Aufgabe).")
    assert loose_ends(Redline.of(base)) == ()
