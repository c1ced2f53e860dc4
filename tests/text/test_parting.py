"""An edited copy becomes wishes: together they are the copy, apart none of them is half a thought."""

from __future__ import annotations

from hypothesis import given

from amendments.text import (
    Content,
    Delete,
    Edit,
    Insert,
    Join,
    Kind,
    Move,
    Paragraph,
    Replace,
    Retype,
    Split,
    Text,
    align,
    apply,
    merge,
    part,
    plain,
    repeated,
    text_of,
)
from tests.text.strategies import PROMISE, texts

FIRST = "Der Rat beschließt das Konzept zur Integration in der Fassung vom Mai. Es gilt fünf Jahre."
SECOND = "Die Verwaltung berichtet jährlich über die Umsetzung und nennt die Kosten."
THIRD = "Der Beirat wird zu allen Fragen der Wohnungsvergabe vorher gehört."


def copied(old: list[str], new: list[str]) -> tuple[Text, tuple[Edit, ...]]:
    """Old paragraphs are called A, B, C ..."""
    base = tuple(Paragraph("ABCDEFGH"[rank], plain(text)) for rank, text in enumerate(old))
    contents = [plain(text) for text in new]
    edits = part(base, align(base, contents, "copy", copy=True).edit, "copy ")
    assert [paragraph.text for paragraph in apply(base, edits)] == new
    return base, edits


@PROMISE
@given(texts(), texts(smallest=0, largest=6))
def test_the_wishes_of_any_copy_are_the_copy_and_block_nobody(old: Text, new: Text) -> None:
    found = align(old, [paragraph.content for paragraph in new], "copy", copy=True)
    assert found.text == new
    edits = part(old, found.edit, "copy ")
    merged = merge(old, edits)
    assert merged.collisions == ()
    assert merged.text == new


def test_changes_of_different_passages_stand_alone() -> None:
    new = [FIRST.replace("Mai", "Juni").replace("fünf", "zehn"), SECOND, THIRD.replace("vorher", "rechtzeitig")]
    _, edits = copied([FIRST, SECOND, THIRD], new)
    assert [len(edit.hunks) for edit in edits] == [1, 1, 1]
    assert [edit.id for edit in edits] == ["copy 1", "copy 2", "copy 3"]


def test_a_heading_joined_with_its_text_is_one_wish() -> None:
    base = (Paragraph("A", plain("Kapitel 1", Kind.HEADING, 1)), Paragraph("B", plain(SECOND)))
    edit = align(base, [plain(f"Kapitel 1 {SECOND}")], "copy", copy=True).edit
    assert {type(hunk) for hunk in edit.hunks} == {Replace, Retype, Join}
    assert len(part(base, edit)) == 1


def test_a_rewritten_sentence_is_one_wish() -> None:
    rewritten = "Die Stadt beschließt einen Plan zur Teilhabe in der Form vom Juni."
    _, edits = copied([FIRST, SECOND], [f"{rewritten} Es gilt zehn Jahre.", SECOND])
    assert len(edits) == 2
    assert len(edits[0].hunks) > 2


def test_what_goes_and_what_stands_there_instead_is_one_wish() -> None:
    old = [FIRST, "Dieser Absatz entfällt ganz.", "Auch dieser, der von Fristen handelt.", SECOND]
    _, (edit,) = copied(old, [FIRST, "Neu ist: Jede Klasse erhält Stunden für Sprache.", SECOND])
    kinds = [type(hunk) for hunk in edit.hunks]
    assert kinds.count(Delete) == 2
    assert kinds.count(Insert) == 1


def test_a_paragraph_written_anew_between_its_neighbours_is_one_change_of_it() -> None:
    _, (edit,) = copied([FIRST, "* 30 - 50", SECOND], [FIRST, "* weggefallen", SECOND])
    assert [type(hunk) for hunk in edit.hunks] == [Replace]


def test_a_paragraph_that_grew_to_many_times_its_length_is_still_the_same() -> None:
    grown = f"{SECOND} {THIRD} {FIRST} {THIRD}"
    _, (edit,) = copied([FIRST, SECOND, THIRD], [FIRST, grown, THIRD])
    (hunk,) = edit.hunks
    assert isinstance(hunk, Replace)
    assert (hunk.paragraph, hunk.start, hunk.end) == ("B", len(SECOND), len(SECOND))


def test_neighbours_that_move_together_are_one_block() -> None:
    _, (edit,) = copied([FIRST, SECOND, THIRD, "Schluss des Textes, unverändert.", "Ende."],
                        [THIRD, "Schluss des Textes, unverändert.", "Ende.", FIRST, SECOND])  # fmt: skip
    (move,) = edit.hunks
    assert isinstance(move, Move)
    assert move.block == ("A", "B")


def test_a_split_keeps_the_space_that_goes_with_it() -> None:
    one, other = FIRST.split(". ", 1)
    _, (edit,) = copied([FIRST, SECOND], [f"{one}.", other, SECOND])
    assert {type(hunk) for hunk in edit.hunks} == {Split, Replace}


def test_one_clash_does_not_drop_the_other_wishes_of_a_copy() -> None:
    base, one = copied([FIRST, SECOND], [FIRST.replace("Mai", "Juni"), SECOND.replace("jährlich", "halbjährlich")])
    contents = [plain(FIRST.replace("Mai", "Juli")), base[1].content]
    other = part(base, align(base, contents, "other", copy=True).edit, "other ")
    merged = merge(base, [*one, *other])
    assert merged.applied == ("copy 2",)
    assert len(merged.collisions) == 1


def run(*contents: Content) -> Text:
    return tuple(Paragraph("ABCDEFGH"[rank], content) for rank, content in enumerate(contents))


def test_equal_wishes_in_a_run_of_equal_paragraphs_are_doubtful() -> None:
    gone = plain("(weggefallen)")
    base = run(plain("1."), gone, gone, plain("2."), plain("(neu)"))
    struck = [Delete("C", gone), Delete("E", base[4].content)]
    assert repeated(base, struck) == (struck[0],)
    reworded = [Replace(name, 0, 0, base[0].content.rich.slice(0, 0), plain("x").rich) for name in "BD"]
    assert repeated(base, reworded) == (reworded[0],)
    _, (edit,) = copied(["1.", "(weggefallen)", "2."], ["1.", "(weggefallen)", "(weggefallen)", "2."])
    assert repeated(run(plain("1."), gone, plain("2.")), edit.hunks) == edit.hunks


def test_equal_wishes_beside_equal_words_are_doubtful() -> None:
    base, (edit,) = copied(["der Rat der Rat der Rat tagt"], ["der Rat der Rat tagt"])
    assert repeated(base, edit.hunks) == edit.hunks
    base, (edit,) = copied(["der Rat und der Beirat"], ["der Rat"])
    assert repeated(base, edit.hunks) == ()


def test_headings_in_literal_files_change_with_their_sign() -> None:
    base = text_of([plain("## Anlage", Kind.HEADING, 2, literal="1"), plain("Text.", literal="1")])
    found = align(base, [plain("# Anlage", Kind.HEADING, 1, literal="1"), base[1].content], "copy", copy=True)
    (edit,) = part(base, found.edit)
    assert len(edit.hunks) == 2
