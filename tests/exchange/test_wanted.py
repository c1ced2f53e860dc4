"""Returned files to proposals: whose wish is what, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.imported import Imported
from amendments.exchange.readers import MOST_AUTHORS, MOST_READ, read_returned
from amendments.exchange.redlines import Person, write
from amendments.exchange.remarks import Hand, Remark
from amendments.exchange.returned import (
    Alone,
    Found,
    Returned,
    proposals_of,
    returned_from_json,
    returned_to_json,
    wanted_in,
)
from amendments.exchange.run import read_returned_in_child
from amendments.text import Content, Delete, Edit, Insert, Kind, Retype, Text, apply, literal_content, plain, text_of
from benchmarks.round_trip import differing, paper_of
from tests.exchange.concept import BASE as TOWN
from tests.exchange.concept import BEIRAT, WISHES

WHEN = datetime(2011, 11, 17, 18, 30, tzinfo=UTC)
OLD = (
    "Der Rat beschließt das Konzept noch in diesem Jahr.",
    "Die Stadt fördert Sprachkurse in allen Ortsteilen.",
    "Der Beirat berichtet jährlich über die Fortschritte.",
    "Alle Ämter arbeiten dabei eng zusammen.",
)
BASE = text_of(map(plain, OLD), "base")


def said(*changed: tuple[str, str]) -> tuple[Content, ...]:
    texts = list(OLD)
    for old, new in changed:
        texts = [text.replace(old, new) for text in texts]
    return tuple(map(plain, filter(None, texts)))


def returned(
    before: tuple[Content, ...],
    alone: dict[str, tuple[Content, ...]],
    remarks: tuple[Remark, ...] = (),
    **grounds: tuple[Content, ...],
) -> Returned:
    read = Imported(before, format="docx", hands=tuple(Hand(name, 1) for name in alone), remarks=remarks)
    return Returned(
        read, before, tuple(Alone(name, contents, grounds.get(name, ())) for name, contents in alone.items())
    )


def texts(base: Text, found: Found, number: int = 0, *, each_change: bool = False) -> list[list[str]]:
    """What our version reads with each proposal of a person: the paragraphs that are others then."""
    read = []
    for proposal in proposals_of(found.wanted[number], each_change=each_change):
        text = apply(base, [Edit(f"e{rank}", hunks) for rank, hunks in enumerate(proposal.edits)])
        read.append([paragraph.text for paragraph in text if paragraph.text not in OLD])
    return read


YEAR, KURSE = ("noch in diesem Jahr", "sofort"), ("Sprachkurse", "Sprachkurse und Treffen")


def test_each_person_has_their_own_proposal_or_one_for_each_change() -> None:
    found = wanted_in(BASE, returned(said(), {"Beirat": said(YEAR, KURSE), "Amt": said(("jährlich ", ""))}), "a.docx")
    assert [each.name for each in found.wanted] == ["Beirat", "Amt"]
    both = ["Der Rat beschließt das Konzept sofort.", "Die Stadt fördert Sprachkurse und Treffen in allen Ortsteilen."]
    assert texts(BASE, found) == [both]
    assert texts(BASE, found, each_change=True) == [[each] for each in both]
    assert found.likeness == 1.0


def test_ones_own_comment_at_ones_own_change_is_the_reason_and_any_other_a_comment() -> None:
    remarks = (
        Remark("Beirat", WHEN, "Es eilt.", 0, 31, 50, ("Beirat",)),
        Remark("Amt", WHEN, "Wirklich?", 1, 18, 29, ("Beirat",)),
        Remark("Beirat", WHEN, "Insgesamt gut.", 3, 0, 4),
        Remark("Bürgerin", WHEN, "Und ich?", 2, 0, 4),
    )
    found = wanted_in(BASE, returned(said(), {"Beirat": said(YEAR, KURSE)}, remarks), "a.docx")
    (whole,) = proposals_of(found.wanted[0], each_change=False)
    assert whole.reason == "Es eilt."
    assert [remark.text for remark in whole.comments] == ["Wirklich?", "Insgesamt gut."]
    first, second = proposals_of(found.wanted[0], each_change=True)
    assert (first.reason, [each.text for each in first.comments]) == ("Es eilt.", [])
    assert (second.reason, [each.text for each in second.comments]) == ("", ["Wirklich?", "Insgesamt gut."])
    assert [remark.text for remark in found.said] == ["Und ich?"]


def test_a_wording_that_waits_for_a_decision_is_nobodys_reason() -> None:
    remark = Remark("Beirat (Ä 7)", WHEN, "Widerspruch 1: Der Rat beschließt nichts.", 0, 0, 50, ("Beirat (Ä 7)",))
    found = wanted_in(BASE, returned(said(), {"Beirat (Ä 7)": said(YEAR)}, (remark,)), "a.docx")
    assert proposals_of(found.wanted[0], each_change=False)[0].reason == ""


def test_what_was_changed_without_tracking_is_the_wish_of_the_file() -> None:
    beneath = said(("eng ", "sehr eng "))
    found = wanted_in(BASE, returned(beneath, {"Beirat": said(("eng ", "sehr eng "), YEAR)}), "Sozialausschuss.docx")
    assert [(each.name, each.tracked) for each in found.wanted] == [("Beirat", True), ("Sozialausschuss", False)]
    assert texts(BASE, found) == [["Der Rat beschließt das Konzept sofort."]]
    assert texts(BASE, found, 1) == [["Alle Ämter arbeiten dabei sehr eng zusammen."]]


def test_a_change_of_words_our_version_has_not_is_said_and_not_guessed() -> None:
    beneath = said(("eng ", "stets und überall gut "))
    found = wanted_in(BASE, returned(beneath, {"Beirat": said(("eng ", "stets und immer gut "), YEAR)}), "a.docx")
    assert texts(BASE, found) == [["Der Rat beschließt das Konzept sofort."]]
    assert [lost.words for lost in found.wanted[0].lost] == ["immer"]


def test_what_our_version_says_already_is_no_wish() -> None:
    found = wanted_in(BASE, returned(said(("noch ", "")), {"Beirat": said()}), "a.docx")
    assert found.wanted[0].wishes == ()
    assert found.wanted[0].lost == ()


def test_of_two_paragraphs_alike_a_person_is_asked() -> None:
    twice = "Die Stadt berichtet dem Rat in jedem Jahr über die Kosten der {} in den Ortsteilen."
    first, middle, last = map(plain, ("Anfang der Dinge hier.", "Mitte steht da allein.", "Ende von allem."))
    base = text_of([first, plain(twice.format("Kurse")), middle, plain(twice.format("Feste")), last])
    new = (plain(twice.format("Chöre")), first, middle, last)
    asked = wanted_in(base, returned(new, {}), "a.docx")
    assert [unsure.new for unsure in asked.unsure] == [0]
    answered = wanted_in(base, returned(new, {}), "a.docx", {0: base[1].identity})
    assert answered.unsure == ()


LITERAL = text_of(
    map(literal_content, ("# Konzept", "## § 1 Ziele", "Der Rat tagt.\n- eins\n- zwei", "Schluss.")), "base"
)


def test_styles_of_a_word_file_are_the_signs_of_a_literal_text() -> None:
    document = docx.Document()
    document.add_heading("Konzept", 1)
    document.add_heading("§ 1 Ziele", 2)
    document.add_paragraph("Der Rat tagt.\n- eins\n- zwei")
    document.add_paragraph("Schluss.  ")
    document.add_heading("Anhang", 2)
    document.add_paragraph("Neu", style="List Bullet")
    document.add_paragraph("").add_run("fett").bold = True
    stream = BytesIO()
    document.save(stream)
    found = wanted_in(LITERAL, read_returned(stream.getvalue(), "a.docx"), "a.docx")
    (own,) = found.wanted
    (proposal,) = proposals_of(own, each_change=False)
    text = apply(LITERAL, [Edit(f"e{rank}", hunks) for rank, hunks in enumerate(proposal.edits)])
    assert [p.text for p in text] == [*(p.text for p in LITERAL), "## Anhang", "- Neu", "fett"]
    assert text[4].head.kind is Kind.HEADING
    assert "1 Stelle" in str(found.notes[0])


def test_a_change_two_people_want_is_each_ones() -> None:
    """As redlines say it: both names in one."""
    wishes = {"b": [Edit("e", WISHES["words"])], "s": [Edit("f", WISHES["words"]), Edit("g", WISHES["split"])]}
    people = {"b": BEIRAT, "s": Person("Sozialausschuss (Ä 9)", WHEN, "Ebenso.")}
    assert differing(TOWN, wishes, people, ".docx") == []


def test_what_was_read_goes_through_json_and_a_child_process() -> None:
    data = write(paper_of(TOWN, {"b": [Edit("e", WISHES["split"])]}, {"b": BEIRAT}), ".docx")
    here = read_returned(data, "a.docx")
    assert returned_from_json(returned_to_json(here)) == here
    assert read_returned_in_child(data, "a.docx") == here
    assert here.alone[0].contents != here.before.contents


def test_a_file_of_more_people_than_can_be_read_is_refused_with_a_sentence() -> None:
    insertion = '<w:ins w:id="{0}" w:author="P {0}"><w:r><w:t>x</w:t></w:r></w:ins>'.format
    document = docx.Document()
    paragraph = document.add_paragraph("Text")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for number in range(MOST_AUTHORS + 10):
        paragraph._p.append(parse_xml(insertion(number).replace("<w:ins", f"<w:ins {space}")))
    stream = BytesIO()
    document.save(stream)
    with pytest.raises(TooLarge, match="mehr als 200 Personen"):
        read_returned_in_child(stream.getvalue(), "a.docx")
    with pytest.raises(Unreadable):
        read_returned_in_child(b"PK\x03\x04 no archive", "a.docx")


def test_a_long_file_of_many_people_is_refused_before_it_is_read_for_each() -> None:
    """Each reading is compared with our version, which nobody would wait for."""
    document = docx.Document()
    insertion = '<w:ins xmlns:w="{0}" w:id="{1}" w:author="P {1}"><w:r><w:t>x</w:t></w:r></w:ins>'
    for number in range(40):
        paragraph = document.add_paragraph("Text")
        paragraph._p.append(parse_xml(insertion.format(paragraph._p.nsmap["w"], number)))
    for _ in range(MOST_READ // 40):
        document.element.body.insert(
            0, parse_xml(f'<w:p xmlns:w="{paragraph._p.nsmap["w"]}"><w:r><w:t>x</w:t></w:r></w:p>')
        )
    stream = BytesIO()
    document.save(stream)
    with pytest.raises(TooLarge, match="so viele Verfasser"):
        read_returned(stream.getvalue(), "a.docx")


def test_a_copy_without_tracked_changes_is_one_wish_with_its_comments_as_reasons() -> None:
    remarks = (Remark("Anna", WHEN, "Es eilt.", 0, 31, 37),)
    found = wanted_in(BASE, returned(said(YEAR), {}, remarks), "Seniorenbeirat.docx")
    (proposal,) = proposals_of(found.wanted[0], each_change=False)
    assert (found.wanted[0].name, proposal.reason) == ("Seniorenbeirat", "Es eilt.")


def test_who_changed_words_in_a_moved_paragraph_wants_these_alone() -> None:
    """Whose ground is the move of another: what is theirs is said of our version."""
    moved = (*said()[1:], said()[0])
    changed = (*said()[1:], replace(said(YEAR)[0]))
    found = wanted_in(BASE, returned(said(), {"Beirat": moved, "Amt": changed}, Amt=moved), "a.docx")
    (amt,) = [each for each in found.wanted if each.author == "Amt"]
    (proposal,) = proposals_of(amt, each_change=False)
    text = apply(BASE, [Edit("e", proposal.edits[0])])
    assert [paragraph.text for paragraph in text] == [content.text for content in said(YEAR)]


def item(text: str, number: str = "") -> Content:
    return plain(text, Kind.LIST_ITEM, 1, list="ordered", **({"number": number} if number else {}))


NUMBERED = (plain("Ziele"), item("Arbeit"), item("Schule"), plain("Dazu"), item("Wohnen", "3."), item("Sprache"))


@pytest.mark.parametrize(
    ("after", "wishes"),
    [
        ((plain("Ziele"), item("Schule"), plain("Dazu"), item("Wohnen", "2."), item("Sprache")), [[Delete]]),
        ((plain("Ziele"), item("Arbeit"), item("Schule"), item("Wohnen"), item("Sprache")), [[Delete]]),
        (
            (*NUMBERED[:3], item("Sport"), plain("Dazu"), item("Wohnen", "4."), item("Sprache")),
            [[Insert]],
        ),
        ((*NUMBERED[:5], plain("Und"), item("Sprache", "4.")), [[Insert, Retype]]),
    ],
    ids=["item struck", "paragraph between struck", "item put in", "paragraph put between"],
)
def test_numbers_that_follow_from_a_change_are_no_wish(
    after: tuple[Content, ...], wishes: list[list[type[object]]]
) -> None:
    read = replace(returned(NUMBERED, {"Beirat": after}), whole=after)
    found = wanted_in(text_of(NUMBERED), read, "a.docx")
    (beirat,) = found.wanted
    assert [[type(hunk) for hunk in wish.hunks] for wish in beirat.wishes] == wishes


def test_items_with_the_same_words_keep_their_numbers_in_order() -> None:
    before = (item("Ja"), item("Nein"), plain("Dazu"), item("Ja", "3."), plain("Und"), item("Nein", "4."))
    after = (item("Ja"), item("Nein"), item("Oft"), *before[2:3], item("Ja", "4."), plain("Und"), item("Nein", "5."))
    read = replace(returned(before, {"Beirat": after}), whole=after)
    (beirat,) = wanted_in(text_of(before), read, "a.docx").wanted
    assert [[type(hunk) for hunk in wish.hunks] for wish in beirat.wishes] == [[Insert]]
