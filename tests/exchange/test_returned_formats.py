"""Files in formats that say less than our version: what they cannot say is nobody's wish."""

from __future__ import annotations

import textwrap

import pytest

from amendments.errors import Unreadable
from amendments.exchange.readers import read_returned
from amendments.exchange.redlines import Paper, write
from amendments.exchange.returned import Found, wanted_in
from amendments.exchange.returned.untold import EXCERPT, FRAME, LEFT_ALONE, NOT_TOLD, TABLES
from amendments.text import CELL, Edit, Kind, Redline, Rich, Text, apply, edits, literal_content, plain, text_of
from tests.exchange.concept import BASE as TOWN
from tests.exchange.concept import WISHES, paper

FORMATS = (".docx", ".odt", ".html", ".md", ".txt")
LONG = (
    "Viele Menschen leben seit Jahrzehnten hier, arbeiten in den Betrieben der Region und engagieren sich in Vereinen."
)
CONCEPT = text_of(
    [
        plain("Konzept", Kind.HEADING, 1),
        plain(LONG),
        plain("Ziele", Kind.HEADING, 2),
        plain("Sprachkurse in allen Ortsteilen", Kind.LIST_ITEM, 1, list="bullet"),
        plain("Räume im Rathaus", Kind.LIST_ITEM, 1, list="bullet"),
        plain("Gebühren", Kind.HEADING, 2),
        plain(CELL.join(("Gruppe", "Gebühr")), Kind.TABLE_ROW, table="1", header="1"),
        plain(CELL.join(("Kinder", "10 Euro")), Kind.TABLE_ROW, table="1"),
        plain(CELL.join(("Erwachsene", "20 Euro")), Kind.TABLE_ROW, table="1"),
        plain("Schritte", Kind.HEADING, 2),
        plain("Das Sozialamt gibt einen Wegweiser heraus.", Kind.LIST_ITEM, 1, list="ordered"),
        plain("Die Verwaltung berichtet jährlich.", Kind.LIST_ITEM, 1, list="ordered"),
        plain("Schluss und Inkrafttreten."),
    ],
    "base",
)


def file_of(text: Text, suffix: str) -> bytes:
    return write(Paper(Redline.of(text).nodes, "Konzept, Fassung 1", "Konzept, Fassung 1"), suffix)


def wanted(base: Text, data: bytes | str, name: str) -> Found:
    data = data.encode() if isinstance(data, str) else data
    return wanted_in(base, read_returned(data, name, markdown=True), name)


def hunks(found: Found) -> int:
    return sum(len(wish.hunks) for each in found.wanted for wish in each.wishes)


def applied(base: Text, found: Found) -> Text:
    return apply(base, [Edit(f"e{n}", wish.hunks) for each in found.wanted for n, wish in enumerate(each.wishes)])


def only(base: Text, found: Found) -> list[tuple[str, str]]:
    """The paragraphs that read otherwise with the wishes, each with its kind."""
    return [(each.head.kind.value, each.text) for each in applied(base, found) if each not in base]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("base", [TOWN, CONCEPT], ids=["every kind", "concept"])
def test_our_own_download_untouched_is_no_wish(base: Text, suffix: str) -> None:
    found = wanted(base, file_of(base, suffix), f"a{suffix}")
    assert hunks(found) == 0
    assert found.kept == len(base)
    assert FRAME not in {note.msgid for note in found.notes}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("wish", ["words", "words of a row", "words of a footnote"])
def test_one_word_changed_in_our_own_download_is_one_wish(wish: str, suffix: str) -> None:
    changed = apply(TOWN, [Edit("e", WISHES[wish])])
    found = wanted(TOWN, file_of(changed, suffix), f"a{suffix}")
    assert hunks(found) == 1
    assert applied(TOWN, found) == changed


@pytest.mark.parametrize("suffix", [".html", ".txt"])
@pytest.mark.parametrize(
    "wish", ["paragraph struck", "item put in", "row put in", "split", "moved", "first item struck"]
)
def test_passages_that_came_or_went_are_found_in_their_kind(wish: str, suffix: str) -> None:
    changed = apply(TOWN, [Edit("e", WISHES[wish])])
    found = wanted(TOWN, file_of(changed, suffix), f"a{suffix}")
    assert applied(TOWN, found) == changed


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_a_page_of_ours_with_changes_is_no_text(suffix: str) -> None:
    with pytest.raises(Unreadable, match="zeigt Änderungen"):
        read_returned(write(paper(TOWN, [Edit("e", WISHES["words"])]), suffix), f"a{suffix}", markdown=True)


def test_a_page_of_word_with_tracked_changes_is_no_text() -> None:
    with pytest.raises(Unreadable, match="zeigt Änderungen"):
        read_returned(WORD_PAGE.replace("Jahrzehnten", "<del>Jahrzehnten</del><ins>Jahren</ins>").encode(), "a.html")


def test_what_word_processors_put_beside_the_text_of_a_page_is_said_and_not_read() -> None:
    beside = (
        '<p style="display:none">Verborgen</p><div title="footer"><p>9</p></div>'
        "<div style='mso-element:comment-list'><p><span class=MsoCommentReference>[SM1]</span>Warum?</p></div></body>"
    )
    page = WORD_PAGE.replace("Rathaus", "Rathaus<span class=MsoCommentReference>[SM1]</span>").replace(
        "</body>", beside
    )
    read = read_returned(page.encode(), "a.html")
    assert [str(note) for note in read.before.notes] == [
        "1 verborgene Textstelle nicht übernommen.",
        "1 Kopf- oder Fußzeile nicht übernommen.",
        "1 Kommentar nicht übernommen.",
    ]
    assert hunks(wanted_in(CONCEPT, read, "a.html")) == 0


def test_an_item_put_in_without_a_blank_line_is_an_item() -> None:
    text = file_of(CONCEPT, ".txt").decode().replace("• Räume", "• Kultur\n• Räume")
    assert only(CONCEPT, wanted(CONCEPT, text, "a.txt")) == [("list_item", "Kultur")]


# --- as programs write it

ROWS = (("Gruppe", "Gebühr"), ("Kinder", "10 Euro"), ("Erwachsene", "20 Euro"))


def office_text(cells: str = "\n") -> str:
    """Line by line; LibreOffice writes each cell on a line, Word a row with tabulators."""
    rows = "\n".join(cells.join(row) for row in ROWS)
    return (
        f"Konzept\n{LONG}\nZiele\n    • Sprachkurse in allen Ortsteilen\n    • Räume im Rathaus\nGebühren\n{rows}\n"
        "Schritte\n    1. Das Sozialamt gibt einen Wegweiser heraus.\n    2. Die Verwaltung berichtet jährlich.\n"
        "Schluss und Inkrafttreten.\n"
    )


WORD_ITEM = (
    "<p class=MsoListParagraph style='text-indent:-18.0pt'><span style='font-family:Symbol'>{}"
    "<span>&nbsp;&nbsp;&nbsp;\n</span></span>{}</p>"
)
WORD_PAGE = (
    '<html><head><meta name=Generator content="Microsoft Word 15 (filtered)"></head><body lang=DE><div>'
    f"<h1><b>Konzept</b></h1><p class=MsoNormal>{LONG}</p><h2>Ziele</h2>"
    + WORD_ITEM.format("·", "Sprachkurse in allen Ortsteilen")
    + WORD_ITEM.format("·", "Räume im Rathaus")
    + "<h2>Gebühren</h2><table>"
    + "".join(f"<tr><td><p>{one}</p></td><td><p>{other}</p></td></tr>" for one, other in ROWS)
    + "</table><h2>Schritte</h2>"
    + WORD_ITEM.format("1.", "Das Sozialamt gibt einen Wegweiser heraus.")
    + WORD_ITEM.format("2.", "Die Verwaltung berichtet jährlich.")
    + "<p class=MsoNormal>Schluss und Inkrafttreten.</p></div></body></html>"
)
XHTML_PAGE = (
    f"<html><body><h1>Konzept</h1><p>{LONG}</p><h2>Ziele</h2><ul>"
    "<li><p><span>•</span>Sprachkurse in allen Ortsteilen<span/> </p></li>"
    "<li><p><span>•</span>Räume im Rathaus</p></li>"
    "</ul><h2>Gebühren</h2><table>"
    + "".join(f"<tr><td><p>{one}</p></td><td><p>{other}</p></td></tr>" for one, other in ROWS)
    + "</table><h2>Schritte</h2><ol><li><p><span>1.</span>Das Sozialamt gibt einen Wegweiser heraus.</p></li>"
    "<li><p><span>2.</span>Die Verwaltung berichtet jährlich.</p></li></ol>"
    "<p>Schluss und Inkrafttreten.</p></body></html>"
)
WRAPPED = "\n\n".join(textwrap.fill(each.text.replace(CELL, " | "), 40) for each in CONCEPT)

PROGRAMS = {
    "text of LibreOffice": (office_text(), "a.txt"),
    "text of Word": (office_text("\t").replace("\n", "\r\n"), "a.txt"),
    "wrapped lines": (WRAPPED, "a.txt"),
    "page of Word": (WORD_PAGE, "a.html"),
    "page of LibreOffice": (XHTML_PAGE, "a.html"),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_programs_write_untouched_is_no_wish(name: str) -> None:
    found = wanted(CONCEPT, *PROGRAMS[name])
    assert hunks(found) == 0
    assert [note.msgid for note in found.notes] == [LEFT_ALONE]


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Jahrzehnten", "Jahren", ("paragraph", LONG.replace("Jahrzehnten", "Jahren"))),
        ("Rathaus", "Stadthaus", ("list_item", "Räume im Stadthaus")),
        ("jährlich", "halbjährlich", ("list_item", "Die Verwaltung berichtet halbjährlich.")),
        ("10 Euro", "12 Euro", ("table_row", f"Kinder{CELL}12 Euro")),
        ("Ziele", "Unsere Ziele", ("heading", "Unsere Ziele")),
    ],
    ids=["paragraph", "item", "numbered item", "row", "heading"],
)
def test_one_word_changed_in_what_programs_write_is_one_wish(
    name: str, old: str, new: str, changed: tuple[str, str]
) -> None:
    data, file = PROGRAMS[name]
    found = wanted(CONCEPT, data.replace(old, new), file)
    assert only(CONCEPT, found) == [changed]
    assert hunks(found) == 1


def test_marks_and_signs_of_footnotes_that_a_text_cannot_say_stay_on_their_words() -> None:
    lines = "\n".join(each.text.replace("[1]", "1").replace(CELL, "\t") for each in TOWN[:-1])
    found = wanted(TOWN, lines.replace("Mehr steht", "Vieles steht"), "a.txt")
    assert only(TOWN, found) == [("paragraph", "Vieles steht hier und dort[1].")]
    (changed,) = [each for each in applied(TOWN, found) if each.text.startswith("Vieles")]
    assert [mark.name for mark in changed.content.rich.marks] == ["strong", "link", "footnote_ref"]
    assert hunks(found) == 1


def test_the_title_of_a_page_that_another_program_saved_is_said_and_not_put_in() -> None:
    page = file_of(CONCEPT, ".html").decode().replace('name="generator" content="amendments: text"', "")
    found = wanted(CONCEPT, page, "a.html")
    assert hunks(found) == 0
    assert {note.msgid for note in found.notes} == {FRAME, LEFT_ALONE}


def test_a_table_drawn_with_lines_is_left_as_it_is_and_said() -> None:
    line = "-" * 22
    drawn = f"  {line}\n  Gruppe      Gebühr\n\n  Kinder      10 Euro\n\n  Erwachsene  20 Euro\n  {line}"
    rows = "\n\n".join(" | ".join(row) for row in ROWS)
    text = file_of(CONCEPT, ".txt").decode().replace(rows, drawn)
    assert drawn in text
    found = wanted(CONCEPT, text.replace("Räume", "Säle"), "a.txt")
    assert only(CONCEPT, found) == [("list_item", "Säle im Rathaus")]
    assert TABLES[0] in {note.msgid for note in found.notes}


def test_where_paragraphs_cannot_be_told_a_sentence_says_so_and_nothing_is_proposed() -> None:
    base = text_of([plain(f"Absatz {n}: {LONG}") for n in range(30)], "base")
    mail = textwrap.fill(" ".join(paragraph.text for paragraph in base), 72)
    found = wanted(base, mail, "a.txt")
    assert found.wanted == ()
    assert found.refusal is not None
    assert found.refusal.msgid == NOT_TOLD


def test_a_literal_text_whose_paragraphs_run_into_one_is_refused_and_one_rewritten_is_not() -> None:
    base = text_of([literal_content(f"Absatz {n}: {LONG}") for n in range(30)], "base")
    run_in = wanted_in(base, read_returned("\n".join(each.text for each in base).encode(), "a.txt"), "a.txt")
    assert run_in.refusal is not None
    anew = "\n\n".join(f"Absatz {n}: Hier steht etwas ganz anderes als bisher." for n in range(30))
    assert wanted_in(base, read_returned(anew.encode(), "a.txt"), "a.txt").refusal is None


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx"])
@pytest.mark.parametrize(
    "words",
    [("Wir haben keine Änderungen.",), (LONG, "Ziele", "Sprachkurse in allen Stadtteilen")],
    ids=["letter", "excerpt"],
)
def test_a_letter_or_an_excerpt_strikes_nothing(words: tuple[str, ...], name: str) -> None:
    data = file_of(text_of([plain(each) for each in words]), f".{name.rpartition('.')[2]}")
    found = wanted(CONCEPT, data, name)
    assert found.wanted == ()
    assert found.refusal is not None
    assert found.refusal.msgid == EXCERPT


def test_tracked_changes_of_an_excerpt_are_wishes_of_our_version() -> None:
    part = CONCEPT[1:4]
    start = part[0].text.index("Jahrzehnten")
    wish = Edit("e", edits.replace_words(part[0], start, start + len("Jahrzehnten"), Rich("Jahren")))
    found = wanted(CONCEPT, write(paper(part, [wish]), ".docx"), "a.docx")
    assert only(CONCEPT, found) == [("paragraph", LONG.replace("Jahrzehnten", "Jahren"))]
    assert found.refusal is not None
