"""A redline as an OpenDocument text: our own reader, accepting and rejecting, finds the two texts in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from amendments.errors import Unreadable
from amendments.exchange.building import ListCounter
from amendments.exchange.item_numbers import item_labels
from amendments.exchange.odt import MIME, read_odt
from amendments.exchange.odt.names import q
from amendments.exchange.redlines import Person
from amendments.exchange.redlines.odt import to_odt
from amendments.text import (
    Content,
    Edit,
    Head,
    Kind,
    Redline,
    Rich,
    Text,
    apply_edits,
    edits,
    merge,
    plain,
    text_of,
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
    WISHES,
    item,
    paper,
    told,
)
from tests.exchange.letterheads import odt_letterhead
from tests.exchange.test_odt import odt
from tests.text.strategies import PROMISE, bases_and_edits, fits


def both(data: bytes) -> tuple[tuple[Content, ...], tuple[Content, ...]]:
    return read_odt(data, reject_tracked=True).contents, read_odt(data).contents


def test_a_text_without_changes_is_read_as_it_is() -> None:
    data = to_odt(paper(BASE, []))
    assert read_odt(data).contents == SOURCE
    assert read_odt(data).notes == ()


@pytest.mark.parametrize("name", WISHES)
def test_accepted_and_rejected_it_is_the_new_and_the_old_text(name: str) -> None:
    found = paper(BASE, [Edit("e", WISHES[name])])
    old, new = both(to_odt(found))
    assert old == SOURCE
    assert list(new) == [paragraph.content for paragraph in Redline(found.nodes).accept()]


@PROMISE
@given(bases_and_edits(fewest=1))
def test_whatever_is_wished_for_the_words_are_those_of_both_texts(case: tuple[Text, list[Edit]]) -> None:
    found = paper(*case)
    redline = Redline(found.nodes)
    for read, text in zip(both(to_odt(found)), (redline.reject(), redline.accept()), strict=True):
        assert told(read) == told(paragraph.content for paragraph in text)


ITEM = st.builds(
    lambda word, look, jump: (word, look, jump),
    st.text("abcdefgh", min_size=4, max_size=8),
    st.sampled_from(("1.", "1.", "1.", "a)", "", None, None)),
    st.sampled_from((None, None, None, None, 3, 7)),
)
"""Words, the look of its number ("" a bullet, None no item at all), and the number it begins anew with."""


@st.composite
def counted_texts(draw: st.DrawFn) -> tuple[Text, list[Edit]]:
    """Lists that count, begin elsewhere and are interrupted, and one wish against each of some paragraphs."""
    counter, found = ListCounter(), []
    for word, look, jump in draw(st.lists(ITEM, min_size=2, max_size=8)):
        if look is None:
            counter.interrupt()
            found.append(plain(word))
        else:
            found.append(counter.item(1, Rich(word), look, jump if look else None))
    base = text_of(found)
    heads = (Head(), Head(Kind.HEADING, 1), item("").head, item("", numbering="a)").head)
    wish = draw(st.sampled_from(("strike", "put in", "retype", "move", "split", "join")))
    rank = draw(st.integers(0, len(base) - 2))
    paragraph, after = base[rank], draw(st.sampled_from(("", *(each.identity for each in base))))
    hunks = {
        "strike": lambda: edits.delete(paragraph),
        "put in": lambda: edits.insert(after, [Content(draw(st.sampled_from(heads)), Rich("Neu"))]),
        "retype": lambda: edits.retype(paragraph, draw(st.sampled_from(heads))),
        "move": lambda: edits.move([paragraph], after),
        "split": lambda: edits.split(paragraph, 2),
        "join": lambda: edits.join(paragraph, base[rank + 1], " "),
    }[wish]()
    return base, [Edit("e", hunks)] if fits(base, hunks) else []


@PROMISE
@given(counted_texts())
def test_whatever_becomes_of_its_items_a_list_reads_as_it_did_and_as_it_will(case: tuple[Text, list[Edit]]) -> None:
    found = paper(*case)
    redline = Redline(found.nodes)
    for read, text in zip(both(to_odt(found)), (redline.reject(), redline.accept()), strict=True):
        assert numbered(read) == numbered(paragraph.content for paragraph in text)


def numbered(contents: Iterable[Content]) -> list[tuple[Kind, str, str]]:
    found = [content for content in contents if content.text]
    labels = item_labels((content.head, True) for content in found)
    return [(content.kind, label, content.text) for content, label in zip(found, labels, strict=True)]


@pytest.mark.parametrize("attributes", [{"list": "bullet"}, {"number": "2."}], ids=["bullets", "a number that goes on"])
def test_a_paragraph_put_between_two_items_leaves_them_what_they_are(attributes: dict[str, str]) -> None:
    second = item("zwei", **attributes)
    base = text_of([item("eins", **({} if "number" in attributes else attributes)), second])
    data = to_odt(paper(base, [Edit("e", edits.insert(base[0].identity, [plain("Dazwischen.")]))]))
    assert [change.tag for region in part(data).iter(q("text:changed-region")) for change in region] == [
        q("text:insertion")
    ]


def test_a_list_goes_on_above_items_that_count_from_elsewhere() -> None:
    text = [item("vier", number="4."), item("tief", 2, number="c)", numbering="a)"), item("fünf")]
    assert list(read_odt(to_odt(paper(text_of(text), []))).contents) == text


def part(data: bytes, name: str = "content.xml") -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))


def all_at_once() -> bytes:
    return to_odt(paper(BASE, MANY))


def test_it_is_known_by_its_first_bytes_and_lists_what_is_in_it() -> None:
    package = zipfile.ZipFile(BytesIO(all_at_once()))
    first = package.infolist()[0]
    assert (first.filename, first.compress_type, package.read("mimetype")) == ("mimetype", zipfile.ZIP_STORED, MIME)
    listed = {entry.get(q("manifest:full-path")) for entry in part(all_at_once(), "META-INF/manifest.xml")}
    assert listed == {"/", "content.xml", "styles.xml", "meta.xml"}


def test_each_change_carries_who_wants_it_and_since_when() -> None:
    changes = list(part(all_at_once()).iter(q("office:change-info")))
    assert {change.findtext(q("dc:creator")) for change in changes} == {BEIRAT.name, AUSSCHUSS.name}
    assert {change.findtext(q("dc:date")) for change in changes} == {"2011-11-17T19:30:00"}


def test_no_two_changes_have_one_id_and_each_is_named_in_the_text() -> None:
    text = part(all_at_once())
    ids = [region.get(q("text:id")) for region in text.iter(q("text:changed-region"))]
    assert len(set(ids)) == len(ids)
    named = {mark.get(q("text:change-id")) for mark in text.iter(q("text:change"), q("text:change-start"))}
    assert named == set(ids)


def test_a_change_that_nobody_dated_has_the_date_office_programs_show_as_unknown() -> None:
    found = replace(paper(BASE, [Edit("e", WISHES["words"])]), people=(Person("Beirat"),), by={"e": 0})
    assert {date.text for date in part(to_odt(found)).iter(q("dc:date"))} == {"1970-01-01T00:00:00Z"}


def comments(data: bytes) -> list[tuple[str | None, list[str | None]]]:
    return [
        (comment.findtext(q("dc:creator")), [line.text for line in comment.iter(q("text:p"))])
        for comment in part(data).iter(q("office:annotation"))
    ]


def test_a_reason_is_a_comment_where_its_first_change_stands() -> None:
    assert comments(all_at_once()) == [(BEIRAT.name, BEIRAT.reason.split("\n"))]


def test_what_waits_for_a_decision_is_the_old_text_with_a_comment_for_each_wording() -> None:
    data = to_odt(paper(BASE, RIVALS))
    assert read_odt(data).contents == SOURCE
    assert [(who, lines[0]) for who, lines in comments(data)] == SAID_OF_RIVALS


def test_words_that_only_look_otherwise_are_struck_and_put_in_anew() -> None:
    data = to_odt(paper(BASE, [LOOKS]))
    assert both(data) == (SOURCE, tuple(p.content for p in apply_edits(Redline.of(BASE), [LOOKS]).accept()))


def test_one_persons_changes_alone_are_read_from_it() -> None:
    read = read_odt(to_odt(paper(BASE, OF_TWO)), reject_tracked=True, author=AUSSCHUSS.name)
    assert set(read.authors) == {BEIRAT.name, AUSSCHUSS.name}
    assert list(read.contents) == [p.content for p in merge(BASE, OF_TWO[1:]).text]


def test_a_template_of_the_town_is_around_the_text() -> None:
    data = to_odt(paper(BASE, [Edit("e", WISHES["words"])]), odt_letterhead())
    found = read_odt(data, reject_tracked=True).contents
    assert [found[0].text, *(c.text for c in found[1:-2]), found[-2].text] == [
        "Anlage 1",
        *(content.text for content in SOURCE[:-1]),
        "Die Verwaltung",
    ]
    styles = part(data, "styles.xml")
    colours = [style.get(q("fo:color")) for style in styles.iter(q("style:text-properties"))]
    assert "#123456" in colours
    assert "Stadtverwaltung" in [words.text for words in styles.iter(q("text:p"))]
    names = [style.get(q("style:name")) for style in styles.iter(q("style:style"))]
    assert len(names) == len(set(names))
    assert {"Heading_20_2", "Listenpunkt"} < set(names)


def test_the_pictures_of_a_template_are_kept() -> None:
    names = zipfile.ZipFile(BytesIO(to_odt(paper(BASE, []), odt_letterhead()))).namelist()
    assert "Pictures/wappen.png" in names


def test_a_template_with_macros_is_refused() -> None:
    with pytest.raises(Unreadable, match="Makros"):
        to_odt(paper(BASE, []), odt("<text:p>x</text:p>", **{"Basic/Standard/Modul.xml": b"<x/>"}))


def test_a_template_that_is_no_opendocument_text_is_refused() -> None:
    for template in (b"PK\x03\x04 nothing", odt("", mimetype=b"text/plain"), odt("", content=b"<x/>")):
        with pytest.raises(Unreadable):
            to_odt(paper(BASE, []), template)


def test_what_is_changed_in_the_file_later_is_tracked_too() -> None:
    listed = part(to_odt(paper(BASE, []))).find(f".//{q('office:text')}/{q('text:tracked-changes')}")
    assert listed is not None
    assert listed.get(q("text:track-changes")) == "true"
    assert listed.getparent()[0] is listed
