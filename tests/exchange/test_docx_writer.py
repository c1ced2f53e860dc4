"""A redline as a Word file: our own reader, accepting and rejecting, finds the two texts in it."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from lxml import etree

from amendments.errors import Unreadable
from amendments.exchange.building import Words
from amendments.exchange.docx import read_docx
from amendments.exchange.docx.names import w
from amendments.exchange.redlines import Paper, Person
from amendments.exchange.redlines.docx import to_docx
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
    apply_edits,
    edits,
    merge,
    plain,
    text_of,
)
from tests.exchange.test_tracked import bare
from tests.text.strategies import PROMISE, bases_and_edits

WHEN = datetime(2011, 11, 17, 18, 30, tzinfo=UTC)
BEIRAT = Person("Beirat (Ä 7)", WHEN, "Damit alle es verstehen.\nAuch später.")
AUSSCHUSS = Person("Sozialausschuss (Ä 9)", WHEN)


def row(*cells: str, header: bool = False) -> Content:
    attributes = (("header", "1"), ("table", "1")) if header else (("table", "1"),)
    return Content(Head(Kind.TABLE_ROW, 0, attributes), Rich(CELL.join(cells)))


def item(text: str, level: int = 1, **attributes: str) -> Content:
    return plain(text, Kind.LIST_ITEM, level, **({"list": "ordered"} | attributes))


SOURCE = (
    plain("Konzept", Kind.HEADING, 1),
    plain("Der Rat beschließt das Konzept. Es gilt ab sofort."),
    plain("Ziele", Kind.HEADING, 2),
    item("Teilhabe"),
    item("Sprache"),
    item("im Kindergarten", 2, numbering="a)"),
    item("in der Schule", 2, numbering="a)"),
    item("Arbeit", number="5."),
    item("Wohnen"),
    item("ein Punkt", list="bullet"),
    Content(Head(), Rich.of("Mehr steht hier und dort[1].", [
        Mark(5, 10, MarkName.STRONG), Mark(11, 15, MarkName.LINK, "https://example.org/konzept"),
        Mark(24, 27, MarkName.FOOTNOTE_REF, "1"),
    ])),
    row("Amt", "Aufgabe", header=True),
    row("Sozialamt", "Beratung"),
    row("Bauamt", "Wohnungen"),
    plain("Schluss."),
    plain("Beschluss vom Mai.", Kind.FOOTNOTE, label="1"),
)  # fmt: skip
BASE = text_of(SOURCE)


def at(words: str) -> int:
    return next(rank for rank, content in enumerate(SOURCE) if words in content.text)


def swap(old: str, new: str) -> tuple[edits.Hunk, ...]:
    paragraph = BASE[at(old)]
    start = paragraph.text.index(old)
    return edits.replace_words(paragraph, start, start + len(old), Rich(new))


WISHES = {
    "words": swap("ab sofort", "ab dem 1. Januar"),
    "paragraph struck": edits.delete(BASE[1]),
    "paragraph put in": edits.insert(BASE[2].identity, [plain("Neu."), plain("Noch eins.")]),
    "split": edits.split(BASE[1], SOURCE[1].text.index("Es gilt")),
    "joined": edits.join(BASE[at("Sprache")], BASE[at("Sprache") + 1], " "),
    "moved": edits.move([BASE[at("Schluss.")]], BASE[1].identity),
    "first item struck": edits.delete(BASE[at("Teilhabe")]),
    "item put in": edits.insert(BASE[at("Teilhabe")].identity, [item("Kultur")]),
    "a paragraph in a list": edits.insert(BASE[at("Teilhabe")].identity, [plain("Dazwischen.")]),
    "no item any more": edits.retype(BASE[at("Sprache")], Head()),
    "a heading now": edits.retype(BASE[at("Schluss.")], Head(Kind.HEADING, 3)),
    "words of a row": swap("Wohnungen", "Wohnraum"),
    "row struck": edits.delete(BASE[at("Bauamt")]),
    "row put in": edits.insert(BASE[at("Bauamt")].identity, [row("Schulamt", "Schulen")]),
    "table struck": tuple(hunk for name in ("Amt", "Sozialamt", "Bauamt") for hunk in edits.delete(BASE[at(name)])),
    "words of a footnote": swap("vom Mai", "vom Juni"),
    "behind everything": edits.insert(BASE[at("Schluss.")].identity, [plain("Ende.")]),
}


def paper(base: Text, wishes: list[Edit], people: tuple[Person, ...] = (BEIRAT, AUSSCHUSS)) -> Paper:
    merged = merge(base, wishes)
    by = {edit.id: rank % len(people) for rank, edit in enumerate(wishes)}
    return Paper(merged.redline.nodes, "alt", "neu", people, by, merged.collisions)


def both(data: bytes) -> tuple[tuple[Content, ...], tuple[Content, ...]]:
    return read_docx(data, reject_tracked=True).contents, read_docx(data).contents


def test_a_text_without_changes_is_read_as_it_is() -> None:
    data = to_docx(paper(BASE, []))
    assert read_docx(data).contents == SOURCE
    assert read_docx(data).notes == ()


@pytest.mark.parametrize("name", WISHES)
def test_accepted_and_rejected_it_is_the_new_and_the_old_text(name: str) -> None:
    found = paper(BASE, [Edit("e", WISHES[name])])
    redline = Redline(found.nodes)
    old, new = both(to_docx(found))
    assert old == SOURCE
    assert list(new) == [paragraph.content for paragraph in redline.accept()]


@PROMISE
@given(bases_and_edits(fewest=1))
def test_whatever_is_wished_for_the_words_are_those_of_both_texts(case: tuple[Text, list[Edit]]) -> None:
    found = paper(*case)
    redline = Redline(found.nodes)
    for read, text in zip(both(to_docx(found)), (redline.reject(), redline.accept()), strict=True):
        assert told(read) == told(paragraph.content for paragraph in text)


def told(contents: Iterable[Content]) -> Counter[str]:
    """How often each wording is there; a footnote stands at another place in a file."""
    return Counter(filter(None, map(cells, contents)))


def cells(content: Content) -> str:
    """The words as a file has them: no spaces at the ends of a cell, no paragraph without words."""
    found = []
    for cell in bare(content).split(CELL):
        words = Words()
        words.add(cell)
        found.append(words.rich().text)
    return CELL.join(found).strip(CELL)


def document(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(part))


def all_at_once() -> bytes:
    chosen = ("words", "split", "moved", "item put in", "row put in", "words of a footnote", "words of a row")
    return to_docx(paper(BASE, [Edit(name, WISHES[name]) for name in chosen]))


def test_each_change_carries_who_wants_it_and_since_when() -> None:
    changes = [element for element in document(all_at_once()).iter() if element.get(w("author"))]
    assert {element.get(w("author")) for element in changes} == {BEIRAT.name, AUSSCHUSS.name}
    assert {element.get(w("date")) for element in changes} == {"2011-11-17T18:30:00Z"}


def test_no_two_changes_have_one_id() -> None:
    ids = Counter(element.get(w("id")) for element in document(all_at_once()).iter() if element.get(w("author")))
    assert set(ids.values()) == {1}


def test_a_reason_is_a_comment_where_its_first_change_stands() -> None:
    data = all_at_once()
    comments = list(Document(BytesIO(data)).comments)
    assert [(comment.author, comment.text) for comment in comments] == [(BEIRAT.name, BEIRAT.reason)]
    text = document(data)
    assert [len(list(text.iter(w(name)))) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")] == [
        1,
        1,
        1,
    ]


def test_what_waits_for_a_decision_is_the_old_text_with_a_comment_for_each_wording() -> None:
    rivals = [Edit("a", swap("ab sofort", "ab dem 1. Januar")), Edit("b", swap("ab sofort", "nie"))]
    data = to_docx(paper(BASE, rivals))
    assert read_docx(data).contents == SOURCE
    comments = [(comment.author, comment.text.splitlines()[0]) for comment in Document(BytesIO(data)).comments]
    assert comments == [
        (BEIRAT.name, "Widerspruch 1, Wortlaut: Der Rat beschließt das Konzept. Es gilt ab dem 1. Januar."),
        (AUSSCHUSS.name, "Widerspruch 1, Wortlaut: Der Rat beschließt das Konzept. Es gilt nie."),
    ]


def test_both_halves_of_a_move_have_one_name() -> None:
    text = document(to_docx(paper(BASE, [Edit("e", WISHES["moved"])])))
    names = [element.get(w("name")) for kind in ("From", "To") for element in text.iter(w(f"move{kind}RangeStart"))]
    assert len(names) == 2
    assert len(set(names)) == 1
    assert not list(text.iter(w("ins"), w("del")))


def test_words_that_only_look_otherwise_are_no_other_words() -> None:
    looks = edits.replace_words(BASE[1], 4, 7, Rich.of("Rat", [Mark(0, 3, MarkName.STRONG)]))
    data = to_docx(paper(BASE, [Edit("e", looks)]))
    assert [element.get(w("author")) for element in document(data).iter(w("rPrChange"))] == [BEIRAT.name]
    assert not list(document(data).iter(w("ins"), w("del")))
    assert both(data) == (SOURCE, tuple(p.content for p in apply_edits(Redline.of(BASE), [Edit("e", looks)]).accept()))


def test_one_persons_changes_alone_are_read_from_it() -> None:
    wishes = [Edit("a", WISHES["words"]), Edit("b", WISHES["item put in"])]
    read = read_docx(to_docx(paper(BASE, wishes)), reject_tracked=True, author=AUSSCHUSS.name)
    assert read.authors == (BEIRAT.name, AUSSCHUSS.name)
    assert list(read.contents) == [p.content for p in merge(BASE, wishes[1:]).text]


def letterhead() -> bytes:
    template = Document()
    template.styles["Heading 1"].font.name = "Stadtschrift"
    template.sections[0].header.paragraphs[0].text = "Stadtverwaltung"
    for words in ("Anlage 1", "[Text]", "Die Verwaltung"):
        template.add_paragraph(words)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def test_a_template_of_the_town_is_around_the_text() -> None:
    data = to_docx(paper(BASE, []), letterhead())
    found = Document(BytesIO(data))
    texts = [paragraph.text for paragraph in found.paragraphs]
    assert (texts[0], texts[1], texts[-1]) == ("Anlage 1", "Konzept", "Die Verwaltung")
    assert found.sections[0].header.paragraphs[0].text == "Stadtverwaltung"
    assert found.styles["Heading 1"].font.name == "Stadtschrift"


def test_a_template_that_is_no_word_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        to_docx(paper(BASE, []), b"PK\x03\x04 nothing")


def test_what_is_changed_in_the_file_later_is_tracked_too() -> None:
    assert document(to_docx(paper(BASE, [])), "word/settings.xml").find(w("trackRevisions")) is not None
