"""Carry-over: an edit nobody touched keeps its words and its place; nothing lands silently elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from amendments.text import (
    START,
    Carried,
    CarryOver,
    Content,
    Delete,
    Edit,
    Gap,
    Head,
    Insert,
    Join,
    Move,
    Outcome,
    Paragraph,
    Redline,
    RelationKind,
    Replace,
    Rich,
    Split,
    Text,
    align,
    apply,
    apply_edits,
    carry_over,
    check,
    edits,
    literal_content,
    merge,
    plain,
    relations,
    text_of,
)
from amendments.text.carrying import _speaks_of
from tests.text.strategies import PROMISE, bases_and_edits, texts, wishes

BLOCKED = (RelationKind.ORDER, RelationKind.HARD)


def wording(text: Text) -> list[tuple[object, ...]]:
    return [(paragraph.head, paragraph.content.rich) for paragraph in text]


def _joins_what_has_no_words(base: Text, edit: Edit) -> bool:
    """Whether a paragraph is joined of which it strikes every word, or every one up to a split. A redline shows that as
    it shows a paragraph that was struck.
    """
    lengths = {paragraph.identity: len(paragraph.text) for paragraph in base}
    joined = {hunk.right for hunk in edit.hunks if isinstance(hunk, Join)}
    for hunk in edit.hunks:
        if isinstance(hunk, Split):
            lengths[hunk.paragraph] = min(lengths[hunk.paragraph], hunk.offset)
    return any(_kept(edit, name, lengths[name]) == 0 for name in joined)


def _kept(edit: Edit, name: str, length: int) -> int:
    found = (hunk for hunk in edit.hunks if isinstance(hunk, Replace) and hunk.paragraph == name)
    return length + sum(len(hunk.new) - len(hunk.old) for hunk in found if hunk.end <= length)


@PROMISE
@given(st.data(), bases_and_edits(fewest=1, most=3))
def test_what_is_anchored_gives_the_text_that_both_give_together(
    data: st.DataObject, case: tuple[Text, list[Edit]]
) -> None:
    base, found = case
    step = merge(base, found)
    applied = [edit for edit in found if edit.id in step.applied]
    carrier = CarryOver(step.redline)
    for number in range(3):
        open_edit = Edit(f"o{number}", data.draw(wishes(base)))
        carried = carrier.carry(open_edit)
        if carried.outcome is not Outcome.ANCHORED:
            assert not carried.hunks
            continue
        check(step.text, carried.hunks)
        both = merge(base, [*applied, open_edit])
        if open_edit.id not in both.applied:
            against = [
                r for r in relations(base, [*applied, open_edit]) if open_edit.id in (r.a, r.b) and r.kind in BLOCKED
            ]
            other = {edit.id: edit for edit in applied}[({against[0].a, against[0].b} - {open_edit.id}).pop()]
            kinds = {type(h) for h in (*open_edit.hunks, *other.hunks)}
            assert {Move, Delete} <= kinds or _joins_what_has_no_words(base, other), (against, carried)
            continue
        assert wording(apply(step.text, [Edit(open_edit.id, carried.hunks)])) == wording(both.text)


def test_a_deletion_goes_along_with_a_paragraph_to_which_one_without_words_was_joined() -> None:
    """A redline shows the other one as it shows one that was struck, and the text is the same."""
    left, right = Paragraph("A", plain("Der Beirat.")), Paragraph("B", plain("Rat"))
    join, wish = Join("A", "B", len(left.text)), Edit("o", edits.delete(left))
    for base, hunks in (
        ((left, Paragraph("B", plain(""))), (join,)),
        ((left, right), (join, Replace("B", 0, 3, Rich("Rat"), Rich()))),
        ((left, right), edits.delete(right)),
    ):
        step = merge(base, [Edit("e", hunks)])
        assert [paragraph.text for paragraph in step.text] == ["Der Beirat."]
        assert carry_over(wish, step.redline) == Carried(Outcome.ANCHORED, wish.hunks, "A")


MOVED_AND_SPLIT = (
    (Paragraph("A", plain("Der Beirat.")), Paragraph("B", literal_content("#x"))),
    [Edit("e", (Split("B", 1, Head()), Replace("B", 1, 2, Rich("x"), Rich()), Move(("B",), Gap(START))))],
)


@PROMISE
@given(bases_and_edits(fewest=1, most=1))
@example(MOVED_AND_SPLIT)
def test_a_wish_brought_in_by_somebody_else_is_already_adopted(case: tuple[Text, list[Edit]]) -> None:
    base, (edit,) = case
    ends = [(h.paragraph, h.end) for h in edit.hunks if isinstance(h, Replace)]
    starts = {(h.paragraph, h.start) for h in edit.hunks if isinstance(h, Replace) and h.start < h.end}
    assume(not starts & set(ends) and len(set(ends)) == len(ends))  # a diff never makes hunks that touch
    joins = [hunk for hunk in edit.hunks if isinstance(hunk, Join)]
    goes_on = {hunk.paragraph for hunk in edit.hunks if isinstance(hunk, Split)} | {hunk.left for hunk in joins}
    in_a_row = goes_on & {hunk.right for hunk in joins}
    assume(not in_a_row or not _joins_what_has_no_words(base, edit))
    step = apply_edits(Redline.of(base), [Edit("somebody", edit.hunks)])
    assert carry_over(edit, step).outcome is Outcome.ALREADY_ADOPTED


@PROMISE
@given(st.data(), bases_and_edits(fewest=1, most=3))
def test_an_edit_of_other_paragraphs_is_anchored(data: st.DataObject, case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    step = merge(base, found)
    touched = {name for edit in found for name in _speaks_of(edit)}
    touched |= {hunk.gap.after for edit in found for hunk in edit.hunks if isinstance(hunk, Insert | Move)}
    free = [paragraph for paragraph in base if paragraph.identity not in touched]
    assume(free)
    paragraph = data.draw(st.sampled_from(free))
    start = data.draw(st.integers(0, len(paragraph.text)))
    edit = Edit("o", (Replace(paragraph.identity, start, start, Rich(), Rich("?")),))
    assert carry_over(edit, step.redline) == Carried(Outcome.ANCHORED, edit.hunks, paragraph.identity)
    struck = Edit("o", (Delete(paragraph.identity, paragraph.content),))
    assert carry_over(struck, step.redline) == Carried(Outcome.ANCHORED, struck.hunks, paragraph.identity)


SENTENCE = "Der Rat beschließt den Bericht."


@pytest.mark.parametrize("foreign", [False, True])
@pytest.mark.parametrize("chosen", range(5))
@pytest.mark.parametrize("gone", range(5))
def test_five_times_the_same_sentence(chosen: int, gone: int, *, foreign: bool) -> None:
    base = text_of([plain(f"Nr. {n}"), plain(SENTENCE)][k] for n in range(5) for k in range(2))
    target, struck = base[2 * chosen + 1], base[2 * gone + 1]
    step = apply_edits(
        Redline.of(base), [Edit("e", edits.delete(struck)), Edit("f", edits.insert("", [plain(SENTENCE)]))]
    )
    if foreign:
        step = align(base, [paragraph.content for paragraph in step.accept()], "import").redline
    carried = carry_over(Edit("o", edits.replace_words(target, 4, 7, Rich("Ausschuss"))), step)
    if chosen == gone:
        assert carried.outcome in (Outcome.PASSAGE_GONE, Outcome.PASSAGE_CHANGED)
        return
    assert carried.outcome is Outcome.ANCHORED
    result = [paragraph.text for paragraph in apply(step.accept(), [Edit("o", carried.hunks)])]
    assert result[result.index(f"Nr. {chosen}") + 1] == SENTENCE.replace("Rat", "Ausschuss")


@PROMISE
@given(st.data(), texts(), texts())
def test_over_a_foreign_text_an_anchored_edit_finds_its_own_words(data: st.DataObject, old: Text, new: Text) -> None:
    alignment = align(old, [paragraph.content for paragraph in new], "import")
    edit = Edit("o", data.draw(wishes(old)))
    carried = CarryOver(alignment.redline, foreign=True).carry(edit)
    if carried.outcome is not Outcome.ANCHORED:
        return
    check(alignment.text, carried.hunks)
    for before, now in zip(edit.hunks, carried.hunks, strict=True):
        assert type(before) is type(now)
        if isinstance(before, Replace) and isinstance(now, Replace):
            assert (before.old, before.new) == (now.old, now.new)


def test_new_wording_in_the_same_words_elsewhere_is_no_anchor() -> None:
    base = text_of([plain("Der Rat berät am 3. März."), plain("Kein Wort davon.")])
    edit = Edit("o", edits.replace_words(base[0], 17, 18, Rich("4")))
    new = [plain("Kein Wort davon."), plain("Ziffer 3 der Satzung über das Bestattungswesen gilt.")]
    carried = CarryOver(align(base, new, "import").redline, foreign=True).carry(edit)
    assert carried.outcome in (Outcome.PASSAGE_GONE, Outcome.PASSAGE_CHANGED)
    assert carried.hunks == ()


def test_a_paragraph_that_became_another_is_handed_back_with_its_place() -> None:
    base = text_of([Content(rich=Rich("eins zwei drei"))])
    step = merge(base, [Edit("e", edits.replace_words(base[0], 5, 9, Rich("vier")))])
    carried = carry_over(Edit("o", edits.replace_words(base[0], 5, 9, Rich("fünf"))), step.redline)
    assert carried == Carried(Outcome.PASSAGE_CHANGED, (), base[0].identity)


def test_a_block_that_was_joined_on_its_way_has_arrived() -> None:
    base = (Paragraph("A", plain("eins")), Paragraph("B", plain("zwei ")), Paragraph("C", plain("drei")))
    edit = Edit("o", (Join("B", "C", 5), Move(("B", "C"), Gap(START))))
    step = apply_edits(Redline.of(base), [Edit("somebody", edit.hunks)])
    assert carry_over(edit, step).outcome is Outcome.ALREADY_ADOPTED


@pytest.mark.parametrize(
    ("new", "outcome"),
    [
        ("Der Vorsitz geht reihum, bis der Rat das Amt vergibt; gewählt wird bald im Mai.", Outcome.PASSAGE_CHANGED),
        ("Im ersten Jahr führt das älteste Mitglied den Vorsitz, bis der Rat das Amt gibt.", Outcome.ANCHORED),
    ],
)
def test_words_in_a_largely_rewritten_paragraph_of_a_foreign_text_prove_nothing(new: str, outcome: Outcome) -> None:
    words = "Im ersten Jahr führt das älteste Mitglied den Vorsitz, bis der Rat das Amt vergibt."
    base = text_of(plain(text) for text in ("Davor.", words, "Danach."))
    start = words.index("Rat")
    edit = Edit("e", edits.replace_words(base[1], start, start + 3, Rich("Beirat")))
    alignment = align(base, [plain(text) for text in ("Davor.", new, "Danach.")], "import")
    assert alignment.pairs[base[1].identity] == 1
    assert CarryOver(alignment.redline, foreign=True).carry(edit).outcome is outcome


ADDED = (
    "sowie der Ältestenrat, die Ausschüsse, die Ortsbeiräte und alle übrigen Gremien, die nach dieser Satzung oder "
    "nach einem Gesetz bestehen oder noch gebildet werden, soweit ihnen"
)


@pytest.mark.parametrize(
    ("new", "outcome"),
    [
        (f"Im ersten Jahr führt das Amt der Vorsitz {ADDED} nichts anderes obliegt.", Outcome.PASSAGE_CHANGED),
        (f"Im ersten Jahr führt das älteste Mitglied {ADDED} den Vorsitz, bis er endet.", Outcome.ANCHORED),
    ],
    ids=["its words are gone", "its words stand"],
)
def test_a_paragraph_of_a_foreign_text_to_which_much_was_added_is_the_same_one(new: str, outcome: Outcome) -> None:
    words = "Im ersten Jahr führt das älteste Mitglied den Vorsitz, bis er endet."
    base = text_of(plain(text) for text in ("Davor.", words, "Danach."))
    edit = Edit("e", edits.replace_words(base[1], 3, 9, Rich("zweiten")))
    alignment = align(
        base, [plain(text) for text in ("Davor.", new, "Danach.")], "import", answers={1: base[1].identity}
    )
    assert alignment.pairs[base[1].identity] == 1
    assert CarryOver(alignment.redline, foreign=True).carry(edit).outcome is outcome


@pytest.mark.parametrize("right", ["", "Worte"])
def test_a_gap_that_a_join_has_closed_is_gone_even_before_an_empty_paragraph(right: str) -> None:
    base = text_of(plain(text) for text in ("Davor.", right))
    step = apply_edits(Redline.of(base), [Edit("join", edits.join(*base, between=""))])
    assert CarryOver(step).carry(Edit("e", edits.insert(base[0].identity, [plain("Neu.")]))).outcome != "anchored"


def test_words_that_still_stand_are_not_struck_already_because_the_same_neighbours_stand_elsewhere() -> None:
    """Another's longer wording repeats "berechtigt zur Ausübung einer"; the wish to strike "nur" is still open."""
    base = text_of([plain("Der Titel berechtigt nur zur Ausübung einer Arbeit, wenn die Stelle zustimmt.")])
    text = base[0].text

    def wish(name: str, old: str, new: str) -> Edit:
        start = text.index(old)
        return Edit(name, edits.replace_words(base[0], start, start + len(old), Rich(new)))

    longer = (
        "Beschäftigung, wenn das Amt zustimmt; die Zustimmung wird mit Prüfung erteilt. Die Erlaubnis berechtigt zur"
    )
    others = [wish("a", "Der Titel", "Die Erlaubnis"), wish("b", "Arbeit", f"{longer} Ausübung einer Tätigkeit")]
    struck = wish("c", " nur", "")
    step = merge(base, others)
    carried = carry_over(struck, step.redline)
    assert carried.outcome is Outcome.ANCHORED
    assert apply(step.text, [Edit("c", carried.hunks)]) == merge(base, [*others, struck]).text


@pytest.mark.parametrize("foreign", [False, True])
@pytest.mark.parametrize("text", ["Der Rat tagt.", ""])
def test_words_put_at_the_end_of_a_paragraph_stay_open_when_another_follows_it(text: str, *, foreign: bool) -> None:
    """Merging says the same: the end of a paragraph and the gap behind it are two places."""
    base = text_of(plain(words) for words in ("Davor.", text, "Danach."))
    edit = Edit("o", edits.replace_words(base[1], len(text), len(text), Rich("Er hört zu.")))
    others = Edit("e", edits.insert(base[1].identity, [plain("Ein neuer Absatz.")]))
    step = apply_edits(Redline.of(base), [others])
    if foreign:
        step = align(base, [paragraph.content for paragraph in step.accept()], "import").redline
    carried = CarryOver(step, foreign=foreign).carry(edit)
    assert carried == Carried(Outcome.ANCHORED, edit.hunks, base[1].identity)
    words = [paragraph.text for paragraph in apply(step.accept(), [Edit("o", carried.hunks)])]
    assert words == [paragraph.text for paragraph in merge(base, [edit, others]).text]


def test_what_one_wish_puts_on_both_sides_of_a_paragraph_that_is_struck_is_handed_back() -> None:
    """Its two gaps have become one: nobody may decide the order of what it puts there."""
    base = text_of(plain(text) for text in ("Davor.", "Mitte.", "Danach."))
    hunks = (*edits.insert(base[0].identity, [plain("Eins.")]), *edits.insert(base[1].identity, [plain("Zwei.")]))
    for found in (hunks, hunks[::-1]):
        struck = apply_edits(Redline.of(base), [Edit("d", edits.delete(base[1]))])
        assert carry_over(Edit("e", found), struck).outcome is Outcome.PASSAGE_CHANGED
