"""Hunks from the page: each gesture gives what it says, and what does not fit is refused for the right reason."""

from __future__ import annotations

import time

import pytest

from amendments.text import (
    CELL,
    START,
    Content,
    Delete,
    Edit,
    Gap,
    Head,
    Hunk,
    Insert,
    Join,
    Kind,
    Mark,
    MarkName,
    Misfit,
    MisfitError,
    Move,
    Paragraph,
    Replace,
    Retype,
    Rich,
    Split,
    Text,
    apply,
    check,
    edits,
    literal_content,
    merge,
    plain,
)

HEADING = Head(Kind.HEADING, 1)
ROW = Head(Kind.TABLE_ROW)
BASE: Text = (
    Paragraph("A", plain("eins zwei")),
    Paragraph("B", plain("drei")),
    Paragraph("R", Content(ROW, Rich(f"a{CELL}b"))),
    Paragraph("C", plain("vier")),
)


def words(paragraph: str, start: int, end: int, old: str, new: str) -> Replace:
    return Replace(paragraph, start, end, Rich(old), Rich(new))


@pytest.mark.parametrize(
    ("hunks", "misfit"),
    [
        ((), Misfit.EMPTY),
        ((Insert(Gap("A"), ()),), Misfit.EMPTY),
        ((Move((), Gap("A")),), Misfit.EMPTY),
        ((words("Z", 0, 0, "", "x"),), Misfit.UNKNOWN_PARAGRAPH),
        ((Insert(Gap("Z"), (plain("x"),)),), Misfit.UNKNOWN_PARAGRAPH),
        ((Move(("A",), Gap("Z")),), Misfit.UNKNOWN_PARAGRAPH),
        ((Join("C", "Z", 4),), Misfit.UNKNOWN_PARAGRAPH),
        ((words("A", 8, 12, "i", "x"),), Misfit.OUT_OF_RANGE),
        ((words("A", 4, 0, "", "x"),), Misfit.OUT_OF_RANGE),
        ((words("A", -1, 0, "", "x"),), Misfit.OUT_OF_RANGE),
        ((Split("A", 0, Head()),), Misfit.OUT_OF_RANGE),
        ((Split("A", 9, Head()),), Misfit.OUT_OF_RANGE),
        ((words("A", 0, 4, "zwei", "x"),), Misfit.OLD_DIFFERS),
        ((Delete("A", plain("eins")),), Misfit.OLD_DIFFERS),
        ((Retype("A", HEADING, Head()),), Misfit.OLD_DIFFERS),
        ((Join("A", "B", 3),), Misfit.OLD_DIFFERS),
        ((words("A", 0, 4, "eins", "eins"),), Misfit.NO_CHANGE),
        ((words("A", 3, 3, "", ""),), Misfit.NO_CHANGE),
        ((Retype("A", Head(), Head()),), Misfit.NO_CHANGE),
        ((Move(("B",), Gap("A")),), Misfit.NO_CHANGE),
        ((Move(("A",), Gap(START)),), Misfit.NO_CHANGE),
        ((Join("A", "C", 9),), Misfit.NOT_NEIGHBOURS),
        ((Join("B", "A", 4),), Misfit.NOT_NEIGHBOURS),
        ((Move(("B", "A"), Gap("C")),), Misfit.NOT_NEIGHBOURS),
        ((Move(("A", "R"), Gap("C")),), Misfit.NOT_NEIGHBOURS),
        ((Move(("A", "B"), Gap("A")),), Misfit.INSIDE_ITSELF),
        ((words("R", 0, 3, f"a{CELL}b", "a"),), Misfit.CELLS),
        ((words("R", 0, 0, "", CELL),), Misfit.CELLS),
        ((words("A", 0, 0, "", CELL),), Misfit.CELLS),
        ((Insert(Gap("R"), (Content(ROW, Rich("a")),)),), Misfit.CELLS),
        ((Insert(Gap("A"), (plain(f"a{CELL}b"),)),), Misfit.CELLS),
        ((Split("R", 1, ROW),), Misfit.CELLS),
        ((Join("B", "R", 4),), Misfit.CELLS),
        ((Retype("R", ROW, Head()),), Misfit.CELLS),
        ((Retype("A", Head(), ROW),), Misfit.CELLS),
        ((words("A", 0, 4, "eins", "x"), words("A", 0, 4, "eins", "y")), Misfit.CONTRADICTION),
        ((words("A", 0, 0, "", "x"), words("A", 0, 0, "", "y")), Misfit.CONTRADICTION),
        ((Delete("A", plain("eins zwei")), words("A", 0, 0, "", "y")), Misfit.CONTRADICTION),
        ((Delete("A", plain("eins zwei")), Delete("A", plain("eins zwei"))), Misfit.CONTRADICTION),
    ],
)
def test_what_does_not_fit_is_refused_for_its_reason(hunks: tuple[Hunk, ...], misfit: Misfit) -> None:
    with pytest.raises(MisfitError) as refused:
        check(BASE, hunks)
    assert refused.value.misfit is misfit


def _after(hunks: tuple[Hunk, ...]) -> list[str]:
    check(BASE, hunks)
    return [paragraph.text for paragraph in apply(BASE, [Edit("e", hunks)])]


ROW_TEXT = f"a{CELL}b"


@pytest.mark.parametrize(
    ("hunks", "texts"),
    [
        (edits.replace_words(BASE[0], 0, 9, Rich("eins drei")), ["eins drei", "drei", ROW_TEXT, "vier"]),
        (edits.delete(BASE[1]), ["eins zwei", ROW_TEXT, "vier"]),
        (edits.insert("", [plain("neu")]), ["neu", "eins zwei", "drei", ROW_TEXT, "vier"]),
        (edits.split(BASE[0], 4), ["eins", "zwei", "drei", ROW_TEXT, "vier"]),
        (edits.split(BASE[0], 5), ["eins", "zwei", "drei", ROW_TEXT, "vier"]),
        (edits.join(BASE[0], BASE[1]), ["eins zwei drei", ROW_TEXT, "vier"]),
        (edits.join(BASE[0], BASE[1], ""), ["eins zweidrei", ROW_TEXT, "vier"]),
        (edits.span(BASE[0], 5, BASE[1], 2, Rich("x")), ["eins xei", ROW_TEXT, "vier"]),
        (edits.span(BASE[0], 9, BASE[1], 0, Rich()), ["eins zweidrei", ROW_TEXT, "vier"]),
        (edits.span(BASE[0], 5, BASE[1], 4, Rich("zwei")), ["eins zwei", ROW_TEXT, "vier"]),
        (edits.move(BASE[:2], "R"), [ROW_TEXT, "eins zwei", "drei", "vier"]),
        (edits.replace_words(BASE[2], 0, 1, Rich("x")), ["eins zwei", "drei", f"x{CELL}b", "vier"]),
    ],
)
def test_a_gesture_gives_its_text(hunks: tuple[Hunk, ...], texts: list[str]) -> None:
    assert _after(hunks) == texts


def test_only_the_words_that_differ_are_touched() -> None:
    (hunk,) = edits.replace_words(BASE[0], 0, 9, Rich("eins drei"))
    assert hunk == words("A", 5, 9, "zwei", "drei")


@pytest.mark.parametrize("offset", [0, 9])
def test_a_split_at_the_edge_is_refused(offset: int) -> None:
    with pytest.raises(MisfitError) as refused:
        check(BASE, edits.split(BASE[0], offset))
    assert refused.value.misfit is Misfit.OUT_OF_RANGE


def test_a_split_before_trailing_white_space_is_refused() -> None:
    base = (Paragraph("A", plain("eins  ")),)
    with pytest.raises(MisfitError):
        check(base, edits.split(base[0], 4))


def test_a_paragraph_becomes_a_heading() -> None:
    hunks = edits.retype(BASE[0], HEADING)
    check(BASE, hunks)
    assert apply(BASE, [Edit("e", hunks)])[0].head == HEADING


@pytest.mark.parametrize(
    ("line", "head", "then"),
    [
        ("eins", Head(Kind.HEADING, 2), "## eins"),
        ("## eins", Head(Kind.HEADING, 1), "# eins"),
        ("## eins", Head(), "eins"),
    ],
)
def test_in_a_literal_text_the_sign_changes(line: str, head: Head, then: str) -> None:
    base = (Paragraph("A", literal_content(line)),)
    hunks = edits.retype(base[0], head)
    check(base, hunks)
    assert apply(base, [Edit("e", hunks)]) == (Paragraph("A", literal_content(then)),)


def test_a_literal_text_has_no_list_items() -> None:
    base = (Paragraph("A", literal_content("eins")),)
    with pytest.raises(MisfitError) as refused:
        check(base, edits.retype(base[0], Head(Kind.LIST_ITEM, 1)))
    assert refused.value.misfit is Misfit.NO_CHANGE


def test_an_edit_of_thousands_of_hunks_is_checked_without_comparing_all_with_all() -> None:
    base = tuple(Paragraph(f"p{n}", plain("eins zwei drei vier")) for n in range(4000))
    hunks = [words(f"p{n}", 0, 4, "eins", "x") for n in range(4000)]
    begin = time.process_time()
    check(base, hunks)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("hunk", "misfit"),
    [
        (words("A", 5, 9, "drei", "x"), Misfit.OLD_DIFFERS),
        (words("A", 5, 9, "zwe", "x"), Misfit.OLD_DIFFERS),
        (Replace("A", 5, 9, Rich.of("zwei", [Mark(0, 4, MarkName.EM)]), Rich("x")), Misfit.OLD_DIFFERS),
        (words("B", 5, 9, "zwei", "x"), Misfit.OUT_OF_RANGE),
        (words("Z", 0, 0, "", "x"), Misfit.UNKNOWN_PARAGRAPH),
        (Retype("A", HEADING, Head()), Misfit.OLD_DIFFERS),
        (Split("B", 4, Head()), Misfit.OUT_OF_RANGE),
        (Join("A", "B", 8), Misfit.OLD_DIFFERS),
        (Join("A", "C", 9), Misfit.NOT_NEIGHBOURS),
        (Insert(Gap("Z"), (plain("x"),)), Misfit.UNKNOWN_PARAGRAPH),
        (Delete("B", plain("vier")), Misfit.OLD_DIFFERS),
        (Move(("A", "C"), Gap("B")), Misfit.NOT_NEIGHBOURS),
    ],
)
def test_a_merge_refuses_an_edit_that_speaks_of_another_text(hunk: Hunk, misfit: Misfit) -> None:
    fine = Edit("Ä 1", edits.delete(BASE[3]))
    before = merge(BASE, [fine])
    for previous in (None, before):
        with pytest.raises(MisfitError, match="in edit Ä 2") as refused:
            merge(BASE, [fine, Edit("Ä 2", (words("A", 0, 4, "eins", "x"), hunk))], previous=previous)
        assert (refused.value.misfit, refused.value.edit) == (misfit, "Ä 2")
        assert refused.value.paragraph in {"A", "B", "Z"}
