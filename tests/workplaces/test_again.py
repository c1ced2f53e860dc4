"""What was handed back begins anew as the same gesture, and undoes nothing that was adopted meanwhile."""

import pytest

from amendments.proposals.wording import Op
from amendments.text import CELL, Head, Kind, Paragraph, Rich, edits, plain
from amendments.workplaces.again import again, rebased

WORDS = ("Eins zwei drei vier.", "Fünf sechs sieben.", "Acht neun.", "Zehn.")


def text(*words: str, skip: str = "") -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(name, plain(said)) for name, said in zip("ABCDEFGH", words, strict=False) if name not in skip
    )


OLD = text(*WORDS)


def words(old: str, new: str, base=OLD):
    (paragraph,) = [p for p in base if old in p.text]
    start = paragraph.text.index(old)
    return edits.replace_words(paragraph, start, start + len(old), Rich(new))


@pytest.mark.parametrize(
    ("new", "mine", "expected", "why"),
    [
        ("Eins zwei drei vier.", [("drei", "3")], "Eins zwei 3 vier.", "nothing changed meanwhile"),
        ("Eins und zwei drei vier.", [("drei", "3")], "Eins und zwei 3 vier.", "changed elsewhere"),
        ("Eins zwei III vier.", [("drei", "3")], "Eins zwei 3 vier.", "the same word: this wish is put"),
        ("Eins zwei III vier.", [("zwei drei", "2 3")], "Eins 2 3 vier.", "a part of it"),
        ("Eins 2 drei vier.", [("drei", "3"), ("vier", "4")], "Eins 2 3 4.", "two changes"),
        ("Eins zwei, po drei vier.", [(" drei", ", we drei")], "Eins zwei, po, we drei vier.", "two insertions"),
        ("Eins zwei drei und vier.", [("vier", "4")], "Eins zwei drei und 4.", "put in directly before"),
        ("Eins zwei drei oder vier.", [("drei", "3")], "Eins zwei 3 oder vier.", "put in directly behind"),
        ("Eins vier.", [("drei", "3")], "Eins 3 vier.", "the word is gone"),
    ],
)
def test_a_wish_is_put_on_the_words_as_they_are_now(new: str, mine, expected: str, why: str) -> None:
    old = WORDS[0]
    assert rebased(old, new, [hunk for was, wanted in mine for hunk in words(was, wanted)]) == expected, why


def test_what_others_adopted_in_the_paragraph_stays() -> None:
    new = text("Eins zwei, polnisch, drei vier.", *WORDS[1:])
    found = again(words("vier", "4"), OLD, new)
    assert (found.op, found.paragraph, found.values) == (Op.CHANGE, "A", {"wording": "Eins zwei, polnisch, drei 4."})


def test_each_gesture_begins_as_itself() -> None:
    new = text("Eins zwei drei und vier.", *WORDS[1:])
    heading = Head(Kind.HEADING, 2)
    assert again(edits.delete(OLD[0]), OLD, new) == again(edits.delete(OLD[0]), OLD, OLD)
    assert again(edits.delete(OLD[0]), OLD, new).op is Op.DELETE
    assert again(edits.split(OLD[0], 10), OLD, new).op is Op.SPLIT
    assert again(edits.join(OLD[0], OLD[1]), OLD, new).op is Op.JOIN
    moved = again(edits.move(OLD[0:2], "C"), OLD, new)
    assert (moved.op, moved.paragraph, moved.values) == (Op.MOVE, "A", {"last": "B"})
    retyped = again(edits.retype(OLD[0], heading), OLD, new)
    assert (retyped.op, retyped.values) == (Op.RETYPE, {"kind": "heading-2"})
    inserted = again(edits.insert("B", [plain("Neu."), plain("Auch neu.")]), OLD, new)
    assert (inserted.op, inserted.paragraph) == (Op.INSERT, "B")
    assert inserted.values["wording"] == "Neu.\n\nAuch neu."


def test_an_edit_over_two_paragraphs_begins_with_both() -> None:
    new = text("Eins zwei drei und vier.", *WORDS[1:])
    found = again((*words("vier", "4"), *words("Fünf", "5")), OLD, new)
    assert (found.op, found.paragraph) == (Op.SPAN, "A")
    assert found.values == {"last": "B", "wording-0": "Eins zwei drei und 4.", "wording-1": "5 sechs sieben."}
    joined = again(edits.span(OLD[0], 15, OLD[1], 4, Rich("4 und 5")), OLD, new)
    assert (joined.op, joined.values["together"], joined.values["last"]) == (Op.SPAN, "1", "B")


def test_a_row_begins_with_its_cells() -> None:
    old, new = text(f"Jahr{CELL}Euro"), text(f"Jahr{CELL}Euro und Cent")
    assert again(words("Jahr", "Monat", old), old, new).values == {"cell-0": "Monat", "cell-1": "Euro und Cent"}


@pytest.mark.parametrize("hunks", [words("Acht", "8"), edits.delete(OLD[2]), edits.split(OLD[2], 4)])
def test_where_the_passage_is_gone_its_words_are_a_new_paragraph_behind_what_is_left(hunks) -> None:
    found = again(hunks, OLD, text(*WORDS, skip="BC"))
    assert (found.op, found.paragraph) == (Op.INSERT, "A")


def test_a_new_paragraph_whose_place_is_gone_comes_behind_the_nearest_one_left() -> None:
    assert again(edits.insert("C", [plain("Neu.")]), OLD, text(*WORDS, skip="BC")).paragraph == "A"
    assert again(edits.insert("", [plain("Neu.")]), OLD, text(*WORDS, skip="A")).paragraph == ""
