"""Two whole texts set against one another: every word arrives, what nobody touched keeps its name."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.text import (
    Alignment,
    Change,
    Content,
    Edit,
    Head,
    Kind,
    Mark,
    MarkName,
    Redline,
    Rich,
    Text,
    align,
    apply_edits,
    plain,
    text_of,
)
from amendments.text.matching import REGION_CELLS, Matcher
from tests.text.strategies import PROMISE, contents, texts

LONG = "Die Stadt richtet ein Büro für Integration ein, das dem Rat jährlich einen Bericht vorlegt."
OTHER = "Kindertagesstätten erhalten für jede Gruppe mit Sprachförderung zusätzliche Stunden."
THIRD = "Der Beirat wird zu allen Fragen der Wohnungsvergabe vorher gehört und nimmt Stellung."


def exactly(text: Text) -> list[tuple[str, Content]]:
    return [(paragraph.identity, paragraph.content) for paragraph in text]


def aligned(old: list[str], new: list[str], answers: dict[int, str] | None = None) -> Alignment:
    """Old paragraphs are called A, B, C ... in what follows."""
    base = tuple(paragraph for paragraph in text_of(plain(text) for text in old))
    named = tuple(type(p)("ABCDEFGH"[rank], p.content) for rank, p in enumerate(base))
    found = align(named, [plain(text) for text in new], "import", answers)
    assert [paragraph.text for paragraph in found.text] == new
    assert found.redline.reject() == named
    return found


@PROMISE
@given(texts(), texts(smallest=0, largest=6))
def test_any_text_is_reached_from_any_other(old: Text, new: Text) -> None:
    found = align(old, [paragraph.content for paragraph in new], "import")
    assert found.text == new
    assert exactly(found.redline.reject()) == exactly(old)
    identities = [paragraph.identity for paragraph in found.text]
    assert len(set(identities)) == len(identities)
    assert all(identities[number] == identity for identity, number in found.pairs.items())
    again = apply_edits(Redline.of(old), [Edit("import", found.edit.hunks)])
    assert exactly(again.accept()) == exactly(found.text)


@PROMISE
@given(st.data(), st.lists(contents(), min_size=2, max_size=6, unique=True))
def test_paragraphs_that_stand_once_in_both_texts_keep_their_name_in_their_order(
    data: st.DataObject, pool: list[Content]
) -> None:
    old = text_of(pool, "old")
    new = [content for content in pool if data.draw(st.booleans())]
    for content in data.draw(st.lists(contents(), max_size=3)):
        if content not in pool:
            new.insert(data.draw(st.integers(0, len(new))), content)
    found = align(old, new, "import")
    counted = Counter(content.hash for content in new)
    names = {paragraph.content.hash: paragraph.identity for paragraph in old}
    for paragraph in found.text:
        if paragraph.content.hash in names and counted[paragraph.content.hash] == 1:
            assert paragraph.identity == names[paragraph.content.hash]


@PROMISE
@given(st.data(), texts(), texts())
def test_answers_of_a_person_are_followed(data: st.DataObject, old: Text, new: Text) -> None:
    names = data.draw(st.permutations(["", *(p.identity for p in old)]))
    answers = {number: name for number, name in enumerate(names[: len(new)]) if data.draw(st.booleans())}
    found = align(old, [paragraph.content for paragraph in new], "import", answers)
    assert found.text == new
    for number, name in answers.items():
        if name:
            assert found.pairs[name] == number
        else:
            assert number not in found.pairs.values()
    assert not {unsure.new for unsure in found.unsure} & set(answers)


def test_a_split_is_seen() -> None:
    found = aligned([LONG + " " + OTHER, THIRD], [LONG, OTHER, THIRD])
    assert (found.splits, found.inserted, found.deleted) == (("A",), (), ())


def test_a_join_is_seen() -> None:
    found = aligned([LONG, OTHER, THIRD], [LONG + " " + OTHER, THIRD])
    assert (found.joins, found.inserted, found.deleted) == (("A",), (), ())


def test_a_move_is_seen_with_the_words_changed_on_the_way() -> None:
    found = aligned([LONG, OTHER, THIRD, "Ende."], [THIRD.replace("alle", "den"), LONG, OTHER, "Ende."])
    assert found.moved == ("C",)
    assert [node.identity for node in found.redline.nodes if node.change is Change.MOVED] == ["C", "C"]


def test_a_paragraph_moved_and_joined_takes_its_other_half_along() -> None:
    found = aligned(
        [LONG, OTHER, THIRD, "eins eins", "zwei zwei"], [THIRD, "eins eins", "zwei zwei", LONG + " " + OTHER]
    )
    assert found.joins == ("A",)


def test_equal_new_paragraphs_around_a_moved_one_all_arrive() -> None:
    aligned([LONG, "Ende.", OTHER, THIRD], [LONG, "neu", OTHER, "neu", THIRD, "neu", "Ende."])
    found = aligned(
        ["Anfang.", "Mitte.", THIRD, "Ende.", LONG], ["Anfang.", "neu", LONG, "neu", "Mitte.", THIRD, "Ende."]
    )
    assert found.moved == ("E",)


def test_a_paragraph_with_two_near_equal_originals_is_asked_about() -> None:
    one, other = LONG.replace("jährlich", "alle Jahre"), LONG.replace("jährlich", "alle zwei Jahre")
    base = [one, OTHER, other, THIRD]
    found = aligned(base, [OTHER, THIRD, LONG])
    assert [unsure.new for unsure in found.unsure] == [2]
    assert {name for name, _ in found.unsure[0].candidates} == {"A", "C"}
    assert "A" in found.deleted
    assert "C" in found.deleted
    answered = aligned(base, [OTHER, THIRD, LONG], {2: "C"})
    assert answered.pairs["C"] == 2
    assert not answered.unsure


def test_a_sentence_that_stands_in_many_places_is_never_said_to_have_moved() -> None:
    same = "Die Verwaltung wird beauftragt, dem Rat zu berichten."
    old = ["Eins", same, "Zwei", same, "Drei", same]
    found = aligned(old, [same, "Eins", same, "Zwei", "Drei", same])
    assert found.moved == ()
    assert found.deleted == ("D",)
    assert [unsure.new for unsure in found.unsure] == [0]


def test_a_region_too_large_to_compare_still_arrives() -> None:
    size = int(REGION_CELLS**0.5) + 2
    old = text_of(plain(f"alt {number} {number * 7}") for number in range(size))
    new = [plain(f"neu {number} {number * 5}") for number in range(size)]
    assert [p.text for p in align(old, new, "import").text] == [content.text for content in new]


@pytest.mark.parametrize("old", [[], ["Eins"]])
@pytest.mark.parametrize("new", [[], ["Zwei"], ["Eins"]])
def test_empty_texts(old: list[str], new: list[str]) -> None:
    aligned(old, new)


def test_what_moved_is_found_before_something_half_alike_in_its_place() -> None:
    near = "Die Stadt richtet mit dem Kreis eine Stelle für Sport ein, die Geld gibt."
    found = aligned([LONG, OTHER, THIRD], [near, OTHER, THIRD, LONG.replace("jährlich", "oft")])
    assert found.pairs == {"A": 3, "B": 1, "C": 2}
    assert found.moved == ("A",)


def test_of_two_equally_similar_paragraphs_the_one_that_begins_alike_for_longer_is_the_same() -> None:
    base = text_of(plain(text) for text in ("Davor.", "Ein Absatz.", "Danach."))
    for extra, same in ((1, 2), (2, 1)):
        new = [plain(text) for text in ("Davor.", "Ein Absatz, erweitert.", "Danach.")]
        new.insert(extra, plain("Ein neuer Absatz davor."))
        assert align(base, new, "import").pairs[base[1].identity] == same


@pytest.mark.parametrize("copy", [False, True])
@pytest.mark.parametrize(("kind", "level"), [(Kind.HEADING, 1), (Kind.LIST_ITEM, 1)])
def test_a_short_paragraph_that_becomes_a_heading_or_an_item_is_named_so(kind: Kind, level: int, *, copy: bool) -> None:
    base = text_of(plain(text) for text in ("Davor.", "Ziele", LONG))
    new = [base[0].content, plain("Ziele", kind, level), plain("Ganz neu."), base[2].content]
    found = align(base, new, "import", copy=copy)
    assert found.pairs[base[1].identity] == 1
    assert [node.change for node in found.redline.nodes] == [
        Change.KEPT,
        Change.RETYPED,
        Change.INSERTED,
        Change.KEPT,
    ]


def test_the_same_word_in_a_row_of_a_table_is_another_paragraph() -> None:
    row = plain("Ziele", Kind.TABLE_ROW, table="t1")
    assert align(text_of([plain("Ziele")]), [row], "import").pairs == {}


SENTENCES = ("Der Rat tagt.", "Die Stadt richtet ein Büro ein.", "Der Beirat wird gehört, wenn er will.", "Sie zahlt.")


@pytest.mark.parametrize("parts", [SENTENCES, SENTENCES[::-1], SENTENCES[1:], (*SENTENCES[2:], *SENTENCES[:2])])
@pytest.mark.parametrize("between", ["", " "])
def test_a_paragraph_that_is_split_into_many_keeps_its_name_in_the_first(parts: tuple[str, ...], between: str) -> None:
    """Whichever of them is most like the whole; what stands around them is not taken for a part."""
    found = aligned([LONG, between.join(parts), OTHER], [LONG, *parts, THIRD, OTHER])
    assert (found.splits, found.inserted, found.deleted) == (("B",), (len(parts) + 1,), ())
    assert found.pairs == {"A": 0, "B": 1, "C": len(parts) + 2}
    changes = [node.change for node in found.redline.nodes]
    assert changes.count(Change.SPLIT) == len(parts) - 1


@pytest.mark.parametrize("parts", [SENTENCES[1:], (*SENTENCES[2:], SENTENCES[0])])
@pytest.mark.parametrize("between", ["", " "])
def test_many_paragraphs_that_are_joined_keep_the_name_of_the_first(parts: tuple[str, ...], between: str) -> None:
    found = aligned([LONG, *parts, THIRD, OTHER], [LONG, between.join(parts), OTHER])
    assert (found.joins, found.inserted, found.deleted) == (("B",), (), ("EFG"[len(parts) - 3],))
    assert found.pairs["B"] == 1
    assert [node.change for node in found.redline.nodes].count(Change.JOINED) == len(parts) - 1


@pytest.mark.parametrize("longest", [0, 6, 11])
def test_a_copy_may_part_a_paragraph_into_any_number_and_put_it_together_again(longest: int) -> None:
    """The longest of them is most like the whole and was matched with it."""
    parts = [f"Satz {number}." for number in range(12)]
    parts[longest] = " ".join([LONG] * 4)
    whole, split = text_of([plain(" ".join(parts))]), text_of([plain(part) for part in parts])
    for old, new in ((whole, split), (split, whole)):
        found = align(old, [paragraph.content for paragraph in new], "copy", copy=True)
        assert (found.pairs, found.inserted, found.deleted) == ({old[0].identity: 0}, (), ())


def test_what_is_joined_moves_as_a_whole_and_has_its_marks() -> None:
    """The last part, much longer than the others, is what is found again elsewhere."""
    base = text_of(plain(text) for text in ("Erstens.", "Ja.", LONG, OTHER, THIRD))
    whole = Rich.of(f"Erstens. Ja. {LONG}", [Mark(4, 30, MarkName.STRONG)])
    found = align(base, [base[3].content, base[4].content, Content(Head(), whole)], "import")
    assert found.joins == found.moved == (base[0].identity,)
    assert found.text[2].content.rich == whole


def test_parts_with_something_between_them_are_no_split() -> None:
    found = aligned([" ".join(SENTENCES[:3])], [SENTENCES[0], SENTENCES[1], "Etwas.", SENTENCES[2]])
    assert found.splits == ()


def test_of_many_candidates_the_first_are_looked_at_whatever_number_python_gives_to_words() -> None:
    """Words are a set, whose order is another one in each process; the outcome is not."""
    words = [f"Wort{letter}" for letter in "ABCDEFGHIJKLMNOP"]
    matcher = Matcher(text_of(plain(word) for word in words), [plain(" ".join(words))], {})
    assert matcher._likely_pairs([*range(16)], [0]) == [(o, 0) for o in range(8)]
