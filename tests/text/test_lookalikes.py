"""The same words in five places: an edit of one of them is found again there or handed back, never elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amendments.text import (
    CarryOver,
    Edit,
    Outcome,
    Paragraph,
    Redline,
    Rich,
    Text,
    align,
    apply,
    apply_edits,
    edits,
    plain,
    text_of,
)
from benchmarks import corpus
from benchmarks.bench_alignment import aligned, versions
from tests.text.strategies import PROMISE

SAME = "Die Verwaltung wird beauftragt, dem Rat jährlich zu berichten."
FRAMES = (
    "Der Rat beschließt das Konzept für Kindertagesstätten.",
    "Über Ausnahmen entscheidet der Beirat für Migration.",
    "Sprachförderung beginnt im ersten Jahr der Grundschule.",
    "Büros für Integration werden in drei Stadtteilen eröffnet.",
    "Die Kosten trägt das Jugendamt aus seinem Haushalt.",
)
FATES = ("kept", "changed", "struck", "to the front", "to the end")


def planted(*, inside: bool) -> Text:
    """Five frames, each with the sentence behind it, as a paragraph of its own or in the same one."""
    if inside:
        copies = [[f"{frame} {SAME} Punkt {number}."] for number, frame in enumerate(FRAMES)]
    else:
        copies = [[frame, SAME] for frame in FRAMES]
    return text_of(plain(text) for text in ("Vorspruch.", *(text for copy in copies for text in copy), "Schluss."))


def copy_of(base: Text, number: int) -> Paragraph:
    return [paragraph for paragraph in base if SAME in paragraph.text][number]


def step_of(base: Text, fates: list[str]) -> Redline:
    """The next version, from the edits that made it. Where several go to one place the first does."""
    found, places = [], set()
    for number, fate in enumerate(fates):
        paragraph = copy_of(base, number)
        start = paragraph.text.index("jährlich")
        if fate == "changed":
            found.append(Edit(f"{number}", edits.replace_words(paragraph, start, start + 8, Rich("monatlich"))))
        elif fate == "struck":
            found.append(Edit(f"{number}", edits.delete(paragraph)))
        elif fate.startswith("to") and fate not in places:
            places.add(fate)
            after = "" if fate == "to the front" else base[-1].identity
            found.append(Edit(f"{number}", edits.move([paragraph], after)))
    return apply_edits(Redline.of(base), found)


def wish(base: Text, chosen: int) -> Edit:
    paragraph = copy_of(base, chosen)
    start = paragraph.text.index("dem Rat") + 4
    return Edit("o", edits.replace_words(paragraph, start, start + 3, Rich("Beirat")))


@PROMISE
@example(fates=["changed"] * 4 + ["to the end"], chosen=0, inside=False, foreign=True)
@given(st.lists(st.sampled_from(FATES), min_size=5, max_size=5), st.integers(0, 4), st.booleans(), st.booleans())
def test_an_edit_of_one_of_five_equal_sentences(fates: list[str], chosen: int, inside: bool, foreign: bool) -> None:  # noqa: FBT001 - drawn
    base = planted(inside=inside)
    known = step_of(base, fates)
    step = align(base, [p.content for p in known.accept()], "import").redline if foreign else known
    edit = wish(base, chosen)
    truth = CarryOver(known).carry(edit)
    carried = CarryOver(step, foreign=foreign).carry(edit)
    target = copy_of(base, chosen).identity
    if fates[chosen] == "struck":
        assert truth.outcome is Outcome.PASSAGE_GONE
        assert carried.outcome is not Outcome.ANCHORED
        return
    assert (truth.outcome, truth.paragraph) == (Outcome.ANCHORED, target)
    if carried.outcome is Outcome.ANCHORED:
        assert apply(step.accept(), [Edit("o", carried.hunks)]) == apply(known.accept(), [Edit("o", truth.hunks)])
    else:
        assert foreign
        assert carried.outcome in (Outcome.PASSAGE_CHANGED, Outcome.PASSAGE_GONE)


def test_where_nothing_moved_each_of_five_is_found_again_in_a_foreign_file() -> None:
    base = planted(inside=False)
    known = step_of(base, ["kept", "changed", "kept", "struck", "kept"])
    step = align(base, [p.content for p in known.accept()], "import").redline
    found = [CarryOver(step, foreign=True).carry(wish(base, n)).outcome.value for n in range(5)]
    assert found == ["anchored", "anchored", "anchored", "passage_gone", "anchored"]


def test_a_copy_that_came_under_another_heading_is_not_taken_for_the_old_one() -> None:
    base = text_of(plain(text) for text in ("§ 1", SAME, "§ 2", SAME, "§ 3", SAME, "§ 4", SAME))
    for new, lost in (
        (("§ 1", SAME, "§ 2", "§ 3", SAME, SAME, "§ 4", SAME), 1),
        (("§ 1", "§ 2", SAME, SAME, "§ 3", SAME, "§ 4", SAME), 0),
    ):
        step = align(base, [plain(text) for text in new], "import").redline
        carrier = CarryOver(step, foreign=True)
        assert carrier.carry(wish(base, lost)).outcome is not Outcome.ANCHORED
        assert carrier.carry(wish(base, 3)).outcome is Outcome.ANCHORED


# --- in real statutes

REPEATING = (("gefstoffv_2010", "v5", "v6"), ("wogg", "v3", "v4"), ("rvg", "v3", "v4"), ("sgb_12", "v2", "v3"))


def between(old: list[str], new: list[str]) -> Iterator[tuple[int, range]]:
    """Each paragraph that stands five times or more, with where it can be now: between the nearest paragraphs on both
    sides that stand once in each version, where those kept their order.
    """
    once_old, once_new = Counter(old), Counter(new)
    places = {text: rank for rank, text in enumerate(new)}
    fixed = [rank for rank, text in enumerate(old) if once_old[text] == 1 == once_new[text]]
    for rank, text in enumerate(old):
        at = bisect_left(fixed, rank)
        if once_old[text] >= 5 and text.strip("* -") and 0 < at < len(fixed):
            first, last = places[old[fixed[at - 1]]], places[old[fixed[at]]]
            if first < last:
                yield rank, range(first + 1, last)


@pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")
@pytest.mark.parametrize("step", REPEATING, ids=lambda step: step[0])
def test_words_that_stand_five_times_in_a_statute(step: tuple[str, str, str]) -> None:
    old, new = versions(step)
    base, alignment = aligned(old, new)
    ranks = {paragraph.identity: rank for rank, paragraph in enumerate(alignment.text)}
    carriers = CarryOver(alignment.redline, foreign=True), CarryOver(alignment.redline)
    anchored = 0
    for rank, allowed in between(old, new):
        edit = Edit("o", edits.replace_words(base[rank], 0, 0, Rich("Neu: ")))
        for carrier in carriers:
            carried = carrier.carry(edit)
            if carried.outcome is Outcome.ANCHORED:
                anchored += 1
                assert ranks[carried.paragraph] in allowed, (rank, base[rank].text)
                assert alignment.text[ranks[carried.paragraph]].text == base[rank].text
    assert anchored >= 8
