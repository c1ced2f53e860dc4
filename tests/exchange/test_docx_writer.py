"""A redline as a Word file: our own reader, accepting and rejecting, finds the two texts in it."""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from lxml import etree

from amendments.errors import Unreadable
from amendments.exchange.docx import read_docx
from amendments.exchange.docx.names import w
from amendments.exchange.redlines.docx import to_docx
from amendments.text import (
    Content,
    Edit,
    Redline,
    Text,
    apply_edits,
    merge,
)
from tests.exchange.concept import (
    AUSSCHUSS,
    BASE,
    BEIRAT,
    LOOKS,
    MANY,
    OF_TWO,
    RIVALS,
    SAID_OF_RIVALS,
    SOURCE,
    WHEN,
    WISHES,
    paper,
    told,
)
from tests.exchange.letterheads import docx_letterhead
from tests.text.strategies import PROMISE, bases_and_edits


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


def document(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(part))


def all_at_once() -> bytes:
    return to_docx(paper(BASE, MANY))


def test_each_change_carries_who_wants_it_and_since_when() -> None:
    changes = [element for element in document(all_at_once()).iter() if element.get(w("author"))]
    assert {element.get(w("author")) for element in changes} == {BEIRAT.name, AUSSCHUSS.name}
    assert {element.get(w("date")) for element in changes} == {"2011-11-17T19:30:00Z"}


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
    data = to_docx(paper(BASE, RIVALS))
    assert read_docx(data).contents == SOURCE
    comments = [(comment.author, comment.text.splitlines()[0]) for comment in Document(BytesIO(data)).comments]
    assert comments == SAID_OF_RIVALS


def test_both_halves_of_a_move_have_one_name() -> None:
    text = document(to_docx(paper(BASE, [Edit("e", WISHES["moved"])])))
    names = [element.get(w("name")) for kind in ("From", "To") for element in text.iter(w(f"move{kind}RangeStart"))]
    assert len(names) == 2
    assert len(set(names)) == 1
    assert not list(text.iter(w("ins"), w("del")))


def test_words_that_only_look_otherwise_are_no_other_words() -> None:
    data = to_docx(paper(BASE, [LOOKS]))
    assert [element.get(w("author")) for element in document(data).iter(w("rPrChange"))] == [BEIRAT.name]
    assert not list(document(data).iter(w("ins"), w("del")))
    assert both(data) == (SOURCE, tuple(p.content for p in apply_edits(Redline.of(BASE), [LOOKS]).accept()))


def test_one_persons_changes_alone_are_read_from_it() -> None:
    read = read_docx(to_docx(paper(BASE, OF_TWO)), reject_tracked=True, author=AUSSCHUSS.name)
    assert read.authors == (BEIRAT.name, AUSSCHUSS.name)
    assert list(read.contents) == [p.content for p in merge(BASE, OF_TWO[1:]).text]


def test_a_template_of_the_town_is_around_the_text() -> None:
    data = to_docx(paper(BASE, []), docx_letterhead())
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


def test_words_that_moved_away_are_no_struck_words() -> None:
    """§17.3.3.7: delText is for what stands in w:del."""
    body = document(to_docx(paper(BASE, [Edit("m", WISHES["moved"])])))
    moved = [each for each in body.iter(w("moveFrom")) if len(each)]
    assert all([*each.iter(w("t"))] for each in moved)
    assert moved
    assert not [*body.iter(w("delText"))]


@PROMISE
@given(bases_and_edits(fewest=1))
def test_a_move_has_both_halves(case: tuple[Text, list[Edit]]) -> None:
    body = document(to_docx(paper(*case)))
    names = [{start.get(w("name")) for start in body.iter(w(f"{half}RangeStart"))} for half in ("moveFrom", "moveTo")]
    assert names[0] == names[1]
    for mark in body.iter(w("rPr")):
        for half in mark.iterchildren(w("moveFrom"), w("moveTo")):
            paragraph = next(mark.iterancestors(w("p")))
            assert [*paragraph.iter(f"{half.tag}RangeStart")]


def test_every_style_that_is_used_is_defined() -> None:
    data = to_docx(paper(BASE, MANY))
    known = {style.get(w("styleId")) for style in document(data, "word/styles.xml").iter(w("style"))}
    parts = [document(data, f"word/{name}.xml") for name in ("document", "comments", "footnotes")]
    used = {each.get(w("val")) for part in parts for each in part.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    assert used <= known
    names = {
        style.find(w("name")).get(w("val")): style.get(w("styleId"))
        for style in document(data, "word/styles.xml").iter(w("style"))
    }
    assert {names["annotation text"], names["annotation reference"]} <= used


def test_a_file_is_as_old_as_the_newest_change_in_it() -> None:
    about = Document(BytesIO(to_docx(paper(BASE, MANY)))).core_properties
    assert (about.created, about.modified) == (WHEN, WHEN)
