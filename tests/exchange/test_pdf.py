"""PDF by typst: read by its tags it is what was handed over, whatever that is, and other people's checkers pass it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import outloud
import pytest
import regex
from hypothesis import given, settings
from pypdf import PdfReader

from amendments.errors import TooLarge
from amendments.exchange import child, making
from amendments.exchange.pdf.book import book_pdf
from amendments.exchange.pdf.clean import CleanText, clean_pdf
from amendments.exchange.pdf.redline import redline_pdf
from amendments.exchange.pdf.signs import PRINTABLE
from amendments.exchange.pdf.synopsis import synopsis_pdf
from amendments.exchange.pdf.vorlage import vorlage_pdf
from amendments.exchange.pdf.voting import voting_pdf
from amendments.exchange.redlines import Paper, Person, write
from amendments.exchange.redlines.paper import changed, said
from amendments.text import (
    CELL,
    Content,
    Edit,
    Head,
    Kind,
    Mark,
    MarkName,
    Redline,
    Rich,
    Text,
    edits,
    line_starts,
    literal_content,
    merge,
    plain,
    text_of,
)
from amendments.text.redline import Change
from tests.exchange import pdf_papers
from tests.exchange.concept import BASE, BEIRAT, SOURCE, WISHES, paper
from tests.exchange.pdf_papers import WRITERS, made
from tests.exchange.pdf_reading import Read, read
from tests.text.strategies import PROMISE, bases_and_edits

HOSTILE = (
    '#read("/etc/passwd") #eval("1") $x^2$ *fett* _kursiv_ [b] {c} \\ \\u{41} // k /* d */ `r` @l <l> '
    "https://example.org -- --- ~ 'a' \"b\" = h - i + j / k #{1+1} &amp; <!-- x --> #"
)
FEW = settings(PROMISE, max_examples=25)


BLANKS = re.compile(r"[\s\u00ad\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f]")
WRITTEN_OUT = re.compile(r"\[U\+([0-9A-F]{4,})\]")
TWICE = regex.compile(r"(\P{M}\p{M}+)\1")


def words(text: str) -> str:
    """Without what a line's end may add (blanks, and hyphens put in there) and what has no width; what was written out
    is put back. A letter is said again for each of its accents that typst sets beside it.
    """
    return BLANKS.sub("", TWICE.sub(r"\1", WRITTEN_OUT.sub(_sign, text.replace(CELL, ""))))


def _sign(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def shown(content: Content) -> str:
    """What is printed of a paragraph: the sign of a literal heading is not."""
    literal = content.kind is Kind.HEADING and content.head.attribute("literal")
    text = content.text[content.head.level + 1 :] if literal else content.text
    return words(content.head.attribute("label") + text if content.kind is Kind.FOOTNOTE else text)


def spoken(found: Read) -> list[str]:
    """Blocks in the order of the tags, without the numbers of lists."""
    return [words(block.text) for block in found.blocks if block.role != "Lbl" and words(block.text)]


# --- every paper


@pytest.mark.parametrize("name", WRITERS)
def test_both_checkers_pass_every_paper(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(made(name))
    result = outloud.check(str(path))
    assert result.error is None
    assert [(finding.rule, finding.message) for finding in result.findings] == []
    script = Path(sys.executable).with_name("pdfua")
    done = subprocess.run([script, "check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", WRITERS)
def test_a_paper_says_its_language_its_title_and_its_pages(name: str) -> None:
    found = PdfReader(BytesIO(made(name)))
    assert found.root_object["/Lang"] == "de"
    assert found.metadata is not None
    assert found.metadata.title
    assert found.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    for number, page in enumerate(found.pages, 1):
        assert f"Seite {number} von {len(found.pages)}" in page.extract_text()


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    assert made(name) == made(name)


def test_bookmarks_are_the_headings_with_their_levels() -> None:
    found = PdfReader(BytesIO(clean_pdf(replace(pdf_papers.literal(), numbered=True))))
    outline = found.outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == ["Konzept"]
    assert [entry.title for entry in outline[1]] == ["Ziele"]


def test_levels_of_headings_have_no_gap() -> None:
    headings = [plain(str(level), Kind.HEADING, level) for level in (4, 6, 4, 1, 3)]
    found = read(clean_pdf(CleanText("T", (*headings, plain("", Kind.HEADING, 2)))))
    assert [(block.role, block.text) for block in found.blocks[1:]] == [
        ("H1", "4"), ("H2", "6"), ("H1", "4"), ("H1", "1"), ("H2", "3"),
    ]  # fmt: skip


def test_however_deep_lists_and_headings_lie_they_are_printed() -> None:
    deep = [plain(f"Punkt {level}", Kind.LIST_ITEM, level) for level in (*range(1, 60), 3, 70)]
    headings = [plain(f"Titel {level}", Kind.HEADING, level) for level in range(1, 20)]
    found = read(clean_pdf(CleanText("T", (*deep, *headings))))
    assert found.of("P") == [content.text for content in deep]
    assert [block.role for block in found.blocks if block.text.startswith("Titel")][5:] == ["H6"] * 14
    assert found.blocks[-1].text == "Titel 19"


# --- clean text


@FEW
@given(bases_and_edits())
def test_a_text_is_read_as_it_is(case: tuple[Text, list[Edit]]) -> None:
    text, _ = case
    for numbered in (True, False):
        found = read(clean_pdf(CleanText("T", tuple(each.content for each in text), numbered=numbered)))
        assert turned("".join(spoken(found)[1:])) == turned("".join(shown(each.content) for each in text))


def turned(text: str) -> str:
    """What is written from right to left lies in the file as it is drawn: only which letters it has can be compared."""
    return "".join(sorted(text)) if re.search("[\u0590-\u08ff]", text) else text


LONG = "Der Beirat für Migration und Integration berät die Stadt in allen Fragen, die das Zusammenleben betreffen. "


def test_lines_and_their_numbers_are_those_of_the_page() -> None:
    contents = (
        literal_content("# Konzept"),
        plain(LONG * 4 + "\nund eine neue Zeile. " + LONG),
        plain(LONG * 2, Kind.LIST_ITEM, 1, list="ordered"),
        plain(LONG * 2, Kind.LIST_ITEM, 2, list="ordered", number="xxiii."),
        plain(LONG * 2, Kind.HEADING, 2),
        *SOURCE,
        *(plain(LONG * rank) for rank in range(1, 9)),
    )
    text = text_of(contents)
    found = read(clean_pdf(CleanText("T", contents)))
    assert dict(found.numbers) | numbers_of(text) == dict(found.numbers)
    assert found.pages > 1


def numbers_of(text: Text) -> dict[str, str]:
    """The words of each line by its number; of a heading, whose lines are wider here, only how they begin."""
    found: dict[str, str] = {}
    first = accumulate((len(starts) for starts in line_starts(text)), initial=1)
    labels = dict(zip((each.identity for each in text), item_labels_of(text), strict=True))
    for paragraph, starts, number in zip(text, line_starts(text), first, strict=False):
        for rank, (start, end) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
            label = labels[paragraph.identity] if rank == 0 else ""
            found[str(number + rank)] = label + printed(paragraph.content, start, end)
    return found


def printed(content: Content, start: int, end: int | None) -> str:
    line = content.text[start:end].removesuffix("\n").replace(CELL, "")
    if content.head.attribute("literal") and content.kind is Kind.HEADING:
        line = line.lstrip("# ")
    return line if content.kind is not Kind.FOOTNOTE else f"{content.head.attribute('label')} {line}"


def item_labels_of(text: Text) -> Iterable[str]:
    from amendments.exchange.item_numbers import item_labels

    return item_labels((each.head, True) for each in text)


def test_the_lines_of_a_row_are_named_beside_it() -> None:
    row = Content(Head(Kind.TABLE_ROW, 0, (("table", "1"),)), Rich(CELL.join((LONG, LONG))))
    found = read(clean_pdf(CleanText("T", (plain("davor"), row, plain("danach")))))
    assert [number for number, _ in found.numbers] == ["1", "2–4", "5"]


# --- redline


def without_collisions(wishes: list[Edit]) -> Paper:
    merged = merge(BASE, wishes)
    return Paper(merged.redline.nodes, "alt", "neu")


def body(found: Paper) -> str:
    """The words of the text in the redline: what is said around them is taken out."""
    blocks = [block.text for block in read(redline_pdf(found)).blocks if block.role != "Lbl"][2:]
    text = " ".join(block.replace("\u00ad", "") for block in blocks)
    for node in found.nodes:
        if changed(node) and (what := said(node, found)):
            assert what in text
            text = text.replace(what, "", 1)
    return text


def taken(text: str, struck: str, kept: str) -> str:
    """One of the two texts out of what is read."""
    return words(re.sub(rf"\[{kept}: ([^\]]*)\]", r"\1", re.sub(rf"\[{struck}: [^\]]*\]", "", text)))


@pytest.mark.parametrize("name", [name for name in WISHES if name != "moved"])
def test_both_texts_are_read_out_of_a_redline(name: str) -> None:
    found = without_collisions([Edit("e", WISHES[name])])
    text = body(found)
    redline = Redline(found.nodes)
    for wanted, of in (
        (redline.accept(), ("gestrichen", "eingefügt")),
        (redline.reject(), ("eingefügt", "gestrichen")),
    ):
        assert taken(text.replace("[1]", "(1)"), *of) == "".join(shown(each.content) for each in wanted).replace(
            "[1]", "(1)"
        )


def test_what_moved_is_told_at_both_places_with_the_page_of_the_new_one() -> None:
    text = read(redline_pdf(without_collisions([Edit("e", WISHES["moved"])]))).text
    assert "Hierher verschoben Schluss." in text
    assert (
        "Von hier verschoben hinter „Der Rat beschließt das Konzept. Es gilt …“ Seite 1 [gestrichen: Schluss.]" in text
    )


def test_who_wants_a_change_stands_behind_it() -> None:
    found = read(redline_pdf(paper(BASE, [Edit("e", WISHES["words"])])))
    assert "[gestrichen: sofort][eingefügt: dem 1. Januar] [Beirat (Ä 7)]." in words_of(found)
    assert BEIRAT.reason.replace("\n", "") in words_of(found).replace("\n", "")


def words_of(found: Read) -> str:
    return found.text.replace("\u00ad", "")


def test_a_collision_holds_its_wordings_and_the_head_names_its_page() -> None:
    text = words_of(read(redline_pdf(pdf_papers.whole_redline())))
    assert re.search(r"Zu entscheiden: Widerspruch 1 \(Seite 1\)", text)
    after = text[text.index("Diese Fassungen können nicht nebeneinander stehen.") :]
    assert "Es gilt [gestrichen: ab sofort][eingefügt: nie]." in after
    assert "Es gilt ab [gestrichen: sofort][eingefügt: dem 1. Januar]." in after


def test_the_address_of_a_changed_link_is_printed() -> None:
    pages = write(paper(BASE, [Edit("e", (*pdf_papers.swap("hier", "dort"),))]), ".pdf")
    assert "(https://example.org/konzept)" in words_of(read(pages))


def test_words_that_only_look_otherwise_are_named() -> None:
    paragraph = BASE[1]
    at = paragraph.text.index("ab sofort")
    bold = Rich.of("ab sofort", [Mark(0, 9, MarkName.STRONG), Mark(0, 9, MarkName.UNDERLINE)])
    found = paper(BASE, [Edit("e", edits.replace_words(paragraph, at, at + 9, bold))])
    assert "fett: „ab sofort“; unterstrichen: „ab sofort“" in words_of(read(redline_pdf(found)))


def test_a_paper_may_underline_strike_and_link_the_same_words() -> None:
    every = tuple(Mark(0, 4, name, "https://example.org/ü x" if name is MarkName.LINK else "") for name in MarkName)
    base = text_of([Content(Head(), Rich.of("Wort bleibt", every))])
    wishes = edits.replace_words(base[0], 0, 4, Rich("neu"))
    assert "Wort bleibt" in read(redline_pdf(paper(base, []))).text
    assert (
        "[gestrichen: Wort (https://example.org/ü x)][eingefügt: neu]"
        in read(redline_pdf(paper(base, [Edit("e", wishes)]))).text
    )


@pytest.mark.parametrize("name", MarkName)
def test_words_with_any_mark_may_be_struck_and_put_in(name: MarkName) -> None:
    marks = [Mark(0, 4, name, "https://example.org/" if name is MarkName.LINK else "")]
    base = text_of([Content(Head(), Rich.of("Wort bleibt", marks))])
    wishes = edits.replace_words(base[0], 0, 4, Rich.of("Satz", marks))
    address = " (https://example.org/)" if name is MarkName.LINK else ""
    assert (
        f"[gestrichen: Wort{address}][eingefügt: Satz{address}]"
        in read(redline_pdf(paper(base, [Edit("e", wishes)]))).text
    )


@FEW
@given(bases_and_edits(fewest=1))
def test_whatever_is_wished_for_there_is_a_redline(case: tuple[Text, list[Edit]]) -> None:
    found = words_of(read(redline_pdf(paper(*case, people=(Person("Beirat"),)))))
    for node in paper(*case).nodes:
        if node.change is Change.KEPT:
            kept = shown(Content(node.head, node.runs[0].rich if node.runs else Rich()))
            assert kept in words(found) or turned(kept) != kept


def test_a_wording_without_a_change_is_the_text_with_its_lines() -> None:
    words = "Konzept, Fassung 2"
    data = write(Paper(Redline.of(BASE).nodes, words, words), ".pdf")
    assert data == clean_pdf(CleanText(words, SOURCE))


# --- the other papers


def test_a_synopsis_repeats_its_header_and_folds_what_is_the_same() -> None:
    one = pdf_papers.synopsis()
    text = words_of(read(synopsis_pdf(one)))
    assert "… 10 Absätze unverändert …" in text
    assert "Teilhabe" not in text
    assert "Teilhabe" in words_of(read(synopsis_pdf(replace(one, whole=True))))
    longer = replace(one, columns=(replace(one.columns[0], title="Kopf"), one.columns[1]), rows=one.rows * 30)
    pages = PdfReader(BytesIO(synopsis_pdf(longer))).pages
    assert len(pages) > 2
    assert all("Kopf" in page.extract_text() for page in pages)


@pytest.mark.parametrize("number", [1, 3, 5, 9])
def test_a_synopsis_has_any_number_of_columns(number: int) -> None:
    one = pdf_papers.synopsis()
    columns = tuple(replace(one.columns[0], title=f"Spalte {rank}") for rank in range(number))
    rows = tuple(pdf_papers.rows(columns))
    data = synopsis_pdf(replace(one, columns=columns, rows=rows))
    text = words_of(read(data))
    assert (PdfReader(BytesIO(data)).pages[0].mediabox.width > 1000) == (number > 5), "on A3"
    assert [f"Spalte {rank}" in text for rank in range(number)] == [True] * number
    assert text.count("[eingefügt: dem 1. Januar]") == number


def test_the_sitzungsvorlage_stands_in_the_order_of_its_form() -> None:
    text = words_of(read(vorlage_pdf(pdf_papers.vorlage())))
    wanted = (
        "Sitzungsvorlage", "Amt/Abteilung", "Sozialamt", "Aktenzeichen", "500-Integrationskonzept", "23.11.2011",
        "An", "Datum der Beratung", "Zuständigkeit", "Abstimmungsergebnis",
        "Beirat für Migration und Integration", "17.11.2011", "Vorberatung", "Stadtrat", "13.12.2011", "Entscheidung",
        "einstimmig", "Betreff", "Integrationskonzept der Stadt", "Beschlussvorschlag", "Der Stadtrat beschließt",
        "Begründung", "1. Anlass", "2. Weiteres Vorgehen", "Anlagen", "Konzept – Entwurf", "Beteiligtes Amt/Ämter",
        "Hauptamt, BGM",
    )  # fmt: skip
    end = 0
    for each in wanted:
        end = text.index(each, end)


def test_the_book_names_the_page_of_each_proposal() -> None:
    one = pdf_papers.book()
    many = replace(one, proposals=tuple(replace(one.proposals[0], number=f"Ä {rank}") for rank in range(1, 41)))
    found = PdfReader(BytesIO(book_pdf(many)))
    pages = [page.extract_text() for page in found.pages]
    contents = dict(re.findall(r"(Ä \d+), Beirat: Frist[ .]*(\d+)", pages[0]))
    assert len(contents) == 40
    assert int(contents["Ä 40"]) > 2
    for number, page in contents.items():
        assert f"{number}, Beirat: Frist\n" in pages[int(page) - 1]


def test_a_proposal_in_the_book_has_all_that_a_reader_asks() -> None:
    text = words_of(read(book_pdf(pdf_papers.book())))
    for each in (
        "Ä 7, Beirat: Frist", "Konzept, Zeile 2 · Änderung",
        "In Abschnitt „Konzept“ Absatz 1 Satz 2 wird das Wort „sofort“ durch die Wörter „dem 1. Januar“ ersetzt.",
        "Es gilt ab [gestrichen: sofort][eingefügt: dem 1. Januar].",
        "Begründung\nDamit alle es verstehen.\nAuch später.",
        "Textstelle 2, Ziele, Zeile 15",
    ):  # fmt: skip
        assert each in text


def test_rivals_stand_in_their_order_with_the_reason_and_boxes() -> None:
    text = words_of(read(voting_pdf(pdf_papers.voting())))
    order = [text.index(each) for each in ("1 Beginn der Geltung", "Ä 9", "Vor dem nächsten", "Ä 7", "2 Kultur", "Ä 8")]
    assert order == sorted(order)
    assert text.count("Ja\nNein\nEnthaltung") == 3, "two rivals, and what is put together; what is decided has none"
    decided, together = text.index("angenommen"), text.index("Abstimmung über alle gemeinsam")
    assert text.index("2 Kultur") < decided < text.index("Ä 4") < together


# --- whatever people write


def test_signs_of_typst_come_out_as_themselves() -> None:
    contents = (
        plain(HOSTILE),
        plain(HOSTILE, Kind.HEADING, 1),
        plain(HOSTILE, Kind.LIST_ITEM, 1, list="ordered", number="#f()"),
    )
    found = read(clean_pdf(CleanText(HOSTILE, contents, (HOSTILE,))))
    assert spoken(found) == [words(HOSTILE)] * 5
    assert found.of("Lbl") == ["#f()"]


HOSTILE_PAPERS: dict[str, Callable[[], bytes]] = {
    "redline": lambda: redline_pdf(
        replace(paper(text_of([plain(HOSTILE)]), []), old=HOSTILE, notes=(HOSTILE,), soft=(HOSTILE,),
                people=(Person(HOSTILE, None, HOSTILE),))
    ),
    "vorlage": lambda: vorlage_pdf(
        replace(pdf_papers.vorlage(), kind=HOSTILE, office=HOSTILE, subject=HOSTILE, annexes=(HOSTILE,))
    ),
    "book": lambda: book_pdf(
        replace(pdf_papers.book(), title=HOSTILE, lines=(HOSTILE,),
                proposals=(replace(pdf_papers.book().proposals[0], number=HOSTILE, under=HOSTILE, reason=HOSTILE),))
    ),
    "voting": lambda: voting_pdf(
        replace(pdf_papers.voting(), title=HOSTILE, lines=(HOSTILE,),
                items=(replace(pdf_papers.voting().items[0], number=HOSTILE, title=HOSTILE, hints=(HOSTILE,)),))
    ),
    "synopsis": lambda: synopsis_pdf(replace(pdf_papers.synopsis(), title=HOSTILE, left=HOSTILE, lines=(HOSTILE,))),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_PAPERS)
def test_signs_of_typst_come_out_as_themselves_wherever_they_stand(name: str) -> None:
    assert words(read(HOSTILE_PAPERS[name]()).text).count(words(HOSTILE)) >= 3


@pytest.mark.parametrize("sign", ["x", "ab1", "x" * 40 + "-"])
def test_a_hundred_thousand_letters_without_a_blank_are_broken_into_lines(sign: str) -> None:
    text = (sign * 100_000)[:100_000]
    found = read(clean_pdf(CleanText("T", (plain(text),))))
    assert spoken(found)[1] == text
    assert found.pages > 15


def test_what_no_font_has_is_written_out() -> None:
    contents = (plain("😀 und 中, שלום, العربية"), plain("a\u202eb"), plain("a\tb"))
    found = read(clean_pdf(CleanText("😀", contents)))
    assert found.blocks[0].text == "[U+1F600]"
    assert "[U+1F600] und [U+4E2D], " in found.text
    assert "a[U+202E]b" in found.text
    assert "[U+05" not in found.text
    assert "[U+06" not in found.text
    assert "a\u2003b" in found.text


def test_every_sign_that_counts_as_printable_can_be_printed() -> None:
    signs = [chr(code) for code in range(0x110000) if PRINTABLE.printable(chr(code)) == chr(code)]
    assert len(signs) > 7000
    assert clean_pdf(CleanText("T", tuple(map(plain, signs)))).startswith(b"%PDF")


# --- in a process of its own


@pytest.mark.parametrize("name", WRITERS)
def test_a_process_of_its_own_makes_the_same_bytes(name: str) -> None:
    writer, values = WRITERS[name]
    assert making.make_in_child(making.order(writer, values())) == made(name)


def test_a_child_that_gets_no_memory_was_given_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_START", "import os; os.abort()")
    with pytest.raises(TooLarge):
        making.make_in_child(making.order(clean_pdf, pdf_papers.clean()))
