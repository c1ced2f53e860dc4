"""The order of votes: the further-reaching wish first, with a reason; and what adopting one does to the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.text import (
    Delete,
    Edit,
    Outcome,
    Redline,
    RelationKind,
    Replace,
    Rich,
    apply_edits,
    carry_over,
    merge,
    plain,
    relations,
    text_of,
)
from amendments.text import edits as controls
from amendments.text.agenda import Consequence, Ranked, Reason, Scope, consequences, far_reaching
from tests.text.strategies import PROMISE, bases_and_edits

BASE = text_of(
    plain(words)
    for words in (
        "Der Beirat berichtet jährlich. Er tagt viermal im Jahr und legt dem Rat seine Pläne vor.",
        "Die Stadt hilft.",
    )
)


def words(old: str, new: str) -> tuple:
    (paragraph,) = [p for p in BASE if old in p.text]
    start = paragraph.text.index(old)
    return controls.replace_words(paragraph, start, start + len(old), Rich(new))


def order(*edits: Edit, **given) -> list[tuple[str, Reason | None]]:
    return [(ranked.edits[0], ranked.reason) for ranked in far_reaching(BASE, edits, **given)]


ONE_WORD = Edit("word", words("jährlich", "oft"))
TWO_WORDS = Edit("two", words("berichtet jährlich", "erzählt selten"))
SENTENCE = Edit("sentence", words("Er tagt viermal im Jahr und legt dem Rat seine Pläne vor.", "Er tagt."))
PARAGRAPH = Edit("paragraph", controls.delete(BASE[0]))
WHOLE = Edit("whole", (*controls.delete(BASE[0]), *words("Die Stadt hilft.", "Alles bleibt.")))


def test_the_whole_text_comes_before_a_paragraph_before_a_sentence_before_words() -> None:
    assert order(ONE_WORD, SENTENCE, WHOLE, PARAGRAPH) == [
        ("whole", Reason.CONTAINS),
        ("paragraph", Reason.SCOPE),
        ("sentence", Reason.SCOPE),
        ("word", None),
    ]


@pytest.mark.parametrize(
    ("edit", "scope"),
    [
        (ONE_WORD, Scope.WORDS),
        (SENTENCE, Scope.SENTENCE),
        (Edit("new", words(" Er tagt", " Er hört zu. Er tagt")), Scope.SENTENCE),
        (PARAGRAPH, Scope.PARAGRAPH),
        (Edit("after", controls.insert(BASE[0].identity, [plain("Neu.")])), Scope.PARAGRAPH),
        (Edit("anew", words("Die Stadt hilft.", "Der Landkreis zahlt.")), Scope.PARAGRAPH),
        (WHOLE, Scope.TEXT),
    ],
    ids=lambda value: value.id if isinstance(value, Edit) else "",
)
def test_the_scope_is_the_largest_thing_taken_or_put(edit: Edit, scope: Scope) -> None:
    (ranked,) = far_reaching(BASE, [edit])
    assert ranked.scope is scope


def test_more_struck_words_come_first_then_more_added_ones() -> None:
    one = Edit("one", words("viermal", "fünfmal"))
    longer = Edit("longer", words("viermal", "zweimal oder dreimal"))
    two = Edit("two", words("viermal im", "fünfmal pro"))
    assert order(one, longer, two) == [("two", Reason.STRUCK), ("longer", Reason.ADDED), ("one", None)]


def test_what_contains_another_comes_first_and_says_so() -> None:
    larger = Edit("larger", (*ONE_WORD.hunks, *words("viermal", "fünfmal")))
    assert order(ONE_WORD, larger) == [("larger", Reason.CONTAINS), ("word", None)]


def test_the_earlier_filed_comes_first_where_the_text_does_not_tell_unless_the_chair_marked_one() -> None:
    rival = Edit("rival", words("jährlich", "selten"))
    filed = {"word": 7, "rival": 3}
    assert order(ONE_WORD, rival, filed=filed) == [("rival", Reason.FILED), ("word", None)]
    assert order(ONE_WORD, rival, filed=filed, marked={"word"}) == [("word", Reason.MARKED), ("rival", None)]


def test_equal_wishes_are_voted_on_once() -> None:
    twin = Edit("twin", ONE_WORD.hunks)
    (ranked,) = far_reaching(BASE, [twin, ONE_WORD])
    assert ranked == Ranked(("twin", "word"), Scope.WORDS, 1, 1, None)


@PROMISE
@given(bases_and_edits(), st.randoms())
def test_neither_names_nor_the_order_of_coming_play_a_part(found, random) -> None:
    base, edits = found
    filed = {edit.id: number for number, edit in enumerate(edits)}
    shuffled = list(edits)
    random.shuffle(shuffled)
    names = {edit.id: f"n{number}" for number, edit in enumerate(shuffled)}
    renamed = [Edit(names[edit.id], edit.hunks) for edit in shuffled]
    there = far_reaching(base, renamed, {names[name]: number for name, number in filed.items()})
    here = far_reaching(base, edits, filed)
    assert [{names[edit] for edit in one.edits} for one in here] == [set(one.edits) for one in there]
    assert [one.reason for one in here] == [one.reason for one in there]


@PROMISE
@given(bases_and_edits())
def test_what_contains_another_is_never_behind_it(found) -> None:
    base, edits = found
    place = {edit: number for number, one in enumerate(far_reaching(base, edits)) for edit in one.edits}
    for relation in relations(base, edits):
        if relation.kind is RelationKind.CONTAINED:
            assert place[relation.b] < place[relation.a]


# --- consequences


def test_adopting_one_says_what_becomes_of_each_other() -> None:
    elsewhere = Edit("elsewhere", words("hilft", "zahlt"))
    inside = Edit("inside", words("viermal", "fünfmal"))
    larger = Edit("larger", (*inside.hunks, *words("Beirat", "Rat")))
    assert consequences(BASE, [ONE_WORD, TWO_WORDS, elsewhere, inside, larger], ["two", "larger"]) == {
        "word": Consequence.REWORD,
        "elsewhere": Consequence.STANDS,
        "inside": Consequence.SETTLED,
    }
    assert consequences(BASE, [ONE_WORD, PARAGRAPH, elsewhere], ["paragraph"]) == {
        "word": Consequence.SETTLED,
        "elsewhere": Consequence.STANDS,
    }


@PROMISE
@given(bases_and_edits(fewest=2))
def test_what_excludes_the_adopted_one_does_not_still_stand(found) -> None:
    """Words and struck paragraphs, that is: what is moved can still be struck, what is joined be followed by more."""
    base, edits = found
    by_id = {edit.id: edit for edit in edits}
    for relation in relations(base, edits):
        for one, other in ((relation.a, relation.b), (relation.b, relation.a)):
            if not all(isinstance(hunk, (Replace, Delete)) for hunk in (*by_id[one].hunks, *by_id[other].hunks)):
                continue
            said = consequences(base, edits, [one])[other]
            if relation.kind is RelationKind.HARD:
                assert said is not Consequence.STANDS
            if relation.kind is RelationKind.SAME:
                assert said is Consequence.SETTLED


def test_what_contains_the_adopted_one_still_stands_with_the_rest_of_it() -> None:
    larger = Edit("larger", (*controls.delete(BASE[1]), *words("berichtet", "berichtet nie")))
    gone = Edit("gone", controls.delete(BASE[1]))
    assert consequences(BASE, [gone, larger], ["gone"]) == {"larger": Consequence.STANDS}
    assert merge(BASE, [gone, larger]).text[0].text.startswith("Der Beirat berichtet nie jährlich.")


def test_what_several_adopted_ones_hold_between_them_is_settled() -> None:
    both = Edit("both", (*ONE_WORD.hunks, *words("hilft", "zahlt")))
    parts = [Edit("one", both.hunks[:1]), Edit("two", both.hunks[1:])]
    assert consequences(BASE, [both, *parts], ["one", "two"]) == {"both": Consequence.SETTLED}


@PROMISE
@given(bases_and_edits(fewest=2), st.booleans())
def test_what_is_said_is_what_happens(found, ordered) -> None:
    """Merged beside those adopted; where it collides with them, carried over to what they make."""
    base, edits = found
    order = [edit.id for edit in edits] if ordered else []
    applied = merge(base, edits, order).applied
    taken = [edit for edit in edits if edit.id in applied]
    step = apply_edits(Redline.of(base), taken, order)
    said = consequences(base, edits, applied, order)
    assert said.keys() == {edit.id for edit in edits} - set(applied)
    for edit in edits:
        if edit.id in said:
            both = merge(base, [*taken, edit], order)
            if any(edit.id in collision.edits for collision in both.collisions):
                played = carry_over(edit, step).outcome
                assert (said[edit.id] is Consequence.STANDS) == (played is Outcome.ANCHORED)
                assert (said[edit.id] is Consequence.REWORD) == (played is Outcome.PASSAGE_CHANGED)
            else:
                unchanged = both.text == step.accept()
                assert said[edit.id] is (Consequence.SETTLED if unchanged else Consequence.STANDS)


@PROMISE
@given(bases_and_edits(fewest=2), st.data())
def test_what_is_said_of_one_adopted_is_what_merging_shows(found, data) -> None:
    base, edits = found
    adopted = data.draw(st.sampled_from(edits))
    for name, said in consequences(base, edits, [adopted.id]).items():
        both = merge(base, [adopted, *(edit for edit in edits if edit.id == name)])
        if not both.collisions:
            unchanged = both.text == merge(base, [adopted]).text
            assert said is (Consequence.SETTLED if unchanged else Consequence.STANDS)
