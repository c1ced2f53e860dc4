"""Comments of Word and OpenDocument: who says what, about which words, and whose changes stand there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import docx
import pytest
from lxml import etree

from amendments.exchange.docx import read_docx
from amendments.exchange.docx.names import DATE_UTC, w
from amendments.exchange.docx.tracked import date_of
from amendments.exchange.imported import imported_from_json, imported_to_json
from amendments.exchange.odt import read_odt
from amendments.exchange.readers import read
from amendments.exchange.redlines import Person, write
from amendments.exchange.remarks import Hand, Remark, moment_in
from amendments.exchange.wall_time import TOWN
from tests.exchange.concept import BASE, MANY, paper
from tests.exchange.test_odt import odt

NOON = datetime(2011, 11, 17, 12, tzinfo=TOWN)
INS = '<w:ins w:id="7" w:author="Beirat" w:date="2011-11-17T12:00:00Z">'


def commented(repacked: Callable[..., bytes], body: str) -> bytes:
    """A Word file with this body and three comments: 0 of Beirat, 1 of Amt, 2 without a word."""
    document = docx.Document()
    run = document.add_paragraph("x").add_run("y")
    for said, author in (("Damit alle es\nverstehen.", "Beirat"), ("Warum?", "Amt"), ("", "Amt")):
        document.add_comment(run, said, author, "")
    stream = BytesIO()
    document.save(stream)

    def put(xml: bytes) -> bytes:
        start = xml.index(b"<w:body>") + len(b"<w:body>")
        return xml[:start] + body.encode() + xml[xml.index(b"<w:sectPr") :]

    return repacked(stream.getvalue(), {"word/document.xml": put})


def start(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def places(data: bytes, **how: object) -> list[tuple[str, str, tuple[str, ...]]]:
    """(author, the words meant, whose changes are there)."""
    found = read_docx(data, **how)  # type: ignore[arg-type]
    return [
        (each.author, found.contents[each.paragraph].text[each.start : each.end], each.on) for each in found.remarks
    ]


def test_a_comment_is_read_with_its_words_and_whose_changes_they_are(repacked: Callable[..., bytes]) -> None:
    body = (
        f"<w:p>{run('Eins.')}</w:p>"
        f"<w:p>{run(' Der ')}{start(0)}{INS}{run('neue ')}</w:ins>{run('Rat')}{end(0)}{run(' tagt ')}"
        f"{start(1)}{run('heute')}{end(1)}{start(2)}{run('.')}{end(2)}</w:p>"
    )
    data = commented(repacked, body)
    found = read_docx(data)
    assert places(data) == [("Beirat", "neue Rat", ("Beirat",)), ("Amt", "heute", ())]
    assert found.remarks[0].text == "Damit alle es\nverstehen."
    assert places(data, reject_tracked=True) == [("Beirat", "Rat", ("Beirat",)), ("Amt", "heute", ())]
    assert found.hands == (Hand("Beirat", 1, 0, NOON, NOON),)


def test_a_comment_in_words_that_are_not_there_keeps_its_place(repacked: Callable[..., bytes]) -> None:
    body = f"<w:p>{run('Der ')}{INS}{start(0)}{run('neue ')}{end(0)}</w:ins>{run('Rat')}</w:p>"
    (remark,) = read_docx(commented(repacked, body), reject_tracked=True).remarks[:1]
    assert (remark.author, remark.paragraph, remark.start, remark.end, remark.on) == ("Beirat", 0, 4, 4, ("Beirat",))


def test_a_comment_over_two_paragraphs_and_one_in_a_row_stand_at_the_first_and_at_the_row(
    repacked: Callable[..., bytes],
) -> None:
    cell = "<w:tc><w:p>{}</w:p></w:tc>".format
    body = (
        f"<w:p>{run('Eins ')}{start(0)}{run('zwei')}</w:p><w:p>{run('drei')}{end(0)}</w:p>"
        f"<w:tbl><w:tr>{cell(run('a'))}{cell(start(1) + run('b') + end(1))}</w:tr></w:tbl><w:p/>"
    )
    assert places(commented(repacked, body)) == [("Beirat", "zwei", ()), ("Amt", "a\x1fb", ())]


def test_a_new_paragraph_is_whose_end_it_is(repacked: Callable[..., bytes]) -> None:
    mark = f"<w:pPr><w:rPr>{INS.replace('>', '/>')}</w:rPr></w:pPr>"
    body = f"<w:p>{mark}{start(0)}{end(0)}</w:p><w:p>{run('Eins')}</w:p>"
    assert read_docx(commented(repacked, body)).remarks[0].on == ("Beirat",)


TRACKED = (
    '<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:insertion><office:change-info>'
    "<dc:creator>Beirat</dc:creator><dc:date>2011-11-17T12:00:00</dc:date></office:change-info></text:insertion>"
    '</text:changed-region><text:changed-region xml:id="c2" text:id="c2"><text:format-change><office:change-info>'
    "<dc:creator>Amt</dc:creator><dc:date>2011-11-17T12:00:00</dc:date></office:change-info></text:format-change>"
    "</text:changed-region></text:tracked-changes>"
)


def note(name: str, author: str, said: str) -> str:
    return (
        f'<office:annotation office:name="{name}"><dc:creator>{author}</dc:creator>'
        f"<dc:date>2011-11-17T12:00:00</dc:date><text:p>{said}</text:p></office:annotation>"
    )


def test_an_annotation_of_an_opendocument_text_too() -> None:
    data = odt(
        f"{TRACKED}<text:p>Eins.</text:p><text:p>Der {note('n', 'Beirat', 'Darum.')}"
        '<text:change-start text:change-id="c1"/>neue <text:change-end text:change-id="c1"/>Rat'
        f'<office:annotation-end office:name="n"/> tagt{note("m", "Amt", "Wann?")}.</text:p>'
    )
    for how, words, place in ((False, "neue Rat", 17), (True, "Rat", 12)):
        found = read_odt(data, reject_tracked=how)
        first, second = found.remarks
        assert (first.author, first.text, first.at, first.on) == ("Beirat", "Darum.", NOON, ("Beirat",))
        assert found.contents[first.paragraph].text[first.start : first.end] == words
        assert second == Remark("Amt", NOON, "Wann?", 1, place, place)
        assert found.hands == (Hand("Beirat", 1, 0, NOON, NOON), Hand("Amt", 1, 1, NOON, NOON))
        assert "1 nachverfolgte Änderung betrifft nur die Formatierung." in found.notes


def test_what_was_read_goes_through_json(repacked: Callable[..., bytes]) -> None:
    found = read_docx(commented(repacked, f"<w:p>{start(0)}{INS}{run('neu')}</w:ins>{end(0)}</w:p>"))
    assert found.remarks
    assert imported_from_json(imported_to_json(found)) == found


@pytest.mark.parametrize(
    "date",
    [
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "1601-01-01T00:00:00Z",
        "gestern",
        "",
    ],
)
def test_a_date_at_which_nobody_can_have_changed_a_file_is_none(date: str) -> None:
    assert moment_in(date) is None


def test_a_date_is_by_the_clock_on_the_wall_where_it_does_not_say_otherwise() -> None:
    assert moment_in("2011-11-20T09:00:00+01:00") == datetime(2011, 11, 20, 8, tzinfo=UTC)
    assert moment_in("2011-11-20T09:00:00Z") == datetime(2011, 11, 20, 9, tzinfo=UTC)
    assert moment_in("2011-11-20T09:00:00") == datetime(2011, 11, 20, 8, tzinfo=UTC)
    assert moment_in("2011-07-20T09:00:00") == datetime(2011, 7, 20, 7, tzinfo=UTC)


def test_word_says_utc_beside_what_it_shows() -> None:
    change = etree.fromstring(f"<w:ins xmlns:w='{w('x')[1:-2]}' w:date='2011-11-20T00:30:00Z'/>")
    assert date_of(change) == datetime(2011, 11, 19, 23, 30, tzinfo=UTC)
    change.set(DATE_UTC, "2011-11-20T05:30:00Z")  # somebody in another time zone
    assert date_of(change) == datetime(2011, 11, 20, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
@pytest.mark.parametrize("hour", range(4))
def test_every_moment_comes_back_as_it_went_also_in_the_night_that_has_an_hour_twice(suffix: str, hour: int) -> None:
    at = datetime(2011, 10, 29, 23, 30, tzinfo=UTC) + timedelta(hours=hour)
    found = read(write(paper(BASE, MANY, (Person("Beirat (Ä 7)", at, "Darum."),)), suffix), f"a{suffix}")
    assert {hand.first for hand in found.hands} == {remark.at for remark in found.remarks} == {at}
