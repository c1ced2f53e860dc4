"""What the display promises on real pairs and on made-up ones, and the rules no golden case states alone.

`make bench` prints the figures of all pairs; here a fixed part of them is held to the same lines.
"""

from __future__ import annotations

from random import Random

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from amendments.text import (
    CELL,
    Change,
    Content,
    Edit,
    Head,
    Kind,
    Mark,
    MarkName,
    Op,
    Redline,
    Rich,
    Run,
    apply_edits,
    compare,
    concat,
    diff_rich,
    edits,
    plain,
    text_of,
    tidy_runs,
)
from amendments.text import tokens as tokens_module
from amendments.text.anchoring import changed_tokens
from amendments.text.tidying.passes import PASSES
from benchmarks import bench_legibility, corpus, generated
from tests.text.strategies import PROMISE, strings

needs_corpus = pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")


def drawn(old: str, new: str) -> str:
    """As in the golden cases: [-struck-]{+put in+}."""
    signs = {Op.KEEP: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    return "".join(signs[run.op].format(run.rich.text) for run in compare(Rich(old), Rich(new)))


# --- real pairs


@needs_corpus
def test_few_marks_little_marked_no_islands_nothing_cut() -> None:
    counts = bench_legibility.legibility(bench_legibility.wordings(), bench_legibility.drawn)
    assert counts["marks"] / counts["pairs"] <= 2.25
    assert counts["marked"] / counts["characters"] <= 0.175
    assert counts["islands"] == counts["word"] == counts["number"] == counts["grapheme"] == 0


@needs_corpus
def test_the_aligner_and_the_joining_stay_near_the_optimum() -> None:
    pairs = bench_legibility.sample(bench_legibility.wordings())[:150]
    names = [tidy.__name__ for tidy in PASSES]
    joined = bench_legibility.above_optimum(pairs)[names.index("join") + 1]
    assert joined[0] == "join"
    assert joined[1] <= 1.0


@needs_corpus
def test_what_a_page_draws_is_what_the_short_way_draws() -> None:
    for old, new in bench_legibility.wordings()[::50]:
        page = bench_legibility.marks_of(bench_legibility.through_a_document(old, new))
        assert page == bench_legibility.drawn(old, new)


# --- made-up pairs


def test_every_mark_and_every_sign_comes_back_exactly() -> None:
    assert bench_legibility.inexact(generated.pairs(500)) == 0


def test_no_sign_is_cut() -> None:
    pairs = [(old.text, new.text) for old, new in generated.pairs(500)]
    counts = bench_legibility.legibility(pairs, bench_legibility.drawn)
    assert counts["word"] == counts["number"] == counts["grapheme"] == counts["islands"] == 0


@PROMISE
@given(strings())
def test_the_two_ways_to_tokens_agree(text: str) -> None:
    usual = "".join(tokens_module._USUAL.findall(text))
    assert tokens_module.tokenise(usual) == tokens_module._TOKEN.findall(usual)


# --- long wordings


@PROMISE
@given(
    st.lists(st.sampled_from("abc "), max_size=40),
    st.lists(st.sampled_from("abc "), max_size=40),
    st.sampled_from((1, 13)),
)
def test_long_wordings_are_compared_exactly(old: list[str], new: list[str], times: int) -> None:
    old, new = old * times, new * times
    rebuilt: list[str] = []
    end = 0
    for a, b, c, d in changed_tokens(old, new):
        assert a > end or end == a == 0
        rebuilt += old[end:a] + new[c:d]
        end = b
    assert rebuilt + old[end:] == new


def test_of_a_long_wording_each_change_is_found() -> None:
    dice = Random(1)
    words = [f"Wort{dice.randint(0, 300)}" for _ in range(6_000)]
    changed = ["neu" if place % 100 == 50 else word for place, word in enumerate(words)]
    hunks = diff_rich("p", Rich(" ".join(words)), Rich(" ".join(changed)))
    assert len(hunks) == 60
    assert all(hunk.new.text == "neu" for hunk in hunks)


# --- rules


@pytest.mark.parametrize(
    ("old", "new", "expected", "why"),
    [
        (
            "Der Rat fördert Verpackung in der Stadt.",
            "Der Rat fördert Verpackungs- und Transportmittel in der Stadt.",
            "Der Rat fördert Verpackung{+s- und Transportmittel+} in der Stadt.",
            "a word that becomes the first half of a compound stays",
        ),
        (
            "Das ADNR gilt.",
            "Das ADN gilt.",
            "Das [-ADNR-]{+ADN+} gilt.",
            "letters of an abbreviation are no ending",
        ),
        (
            "Es gilt Absatz 20112 hier.",
            "Es gilt Absatz 20113 hier.",
            "Es gilt Absatz [-20112-]{+20113+} hier.",
            "a number is never drawn by its digits",
        ),
        (
            "Mit Hunden und Fahrzeugen, die dort waren.",
            "Mit Hunden, Katzen, Fahrzeugen und Gegenständen, die dort waren.",
            "Mit Hunden[- und-]{+, Katzen,+} Fahrzeugen{+ und Gegenständen+}, die dort waren.",
            "a long word is worth a second mark, the short one beside which it was kept is not",
        ),
        (
            "Anlagen für Warmwasserbereitung sowie zentrale Brennstofflager, die dort stehen.",
            "Anlagen für Brennstofflager sowie Warmwasserbereitung und die dort stehen.",
            (
                "Anlagen für [-Warmwasserbereitung sowie zentrale Brennstofflager,-]"
                "{+Brennstofflager sowie Warmwasserbereitung und+} die dort stehen."
            ),
            "two words that change places are drawn in one",
        ),
        (
            "Wer das gesamte städtische Verfahren kennt, kann Anträge jederzeit formlos stellen.",
            "Wer einen neuen Entwurf vollständig kennt, muss Mängel sofort schriftlich melden.",
            (
                "Wer [-das gesamte städtische Verfahren kennt, kann Anträge jederzeit formlos stellen-]"
                "{+einen neuen Entwurf vollständig kennt, muss Mängel sofort schriftlich melden+}."
            ),
            "one kept word between two rewritten halves is given up",
        ),
        (
            "Wer das gesamte städtische Verfahren nicht kennt, kann Anträge jederzeit formlos stellen.",
            "Wer einen neuen Entwurf vollständig nicht kennt, muss Mängel sofort schriftlich melden.",
            (
                "Wer [-das gesamte städtische Verfahren-]{+einen neuen Entwurf vollständig+} nicht kennt, "
                "[-kann Anträge jederzeit formlos stellen-]{+muss Mängel sofort schriftlich melden+}."
            ),
            "what turns the sense stays in sight",
        ),
        (
            f"a b{CELL}c d",
            f"a x{CELL}y d",
            f"a [-b-]{{+x+}}{CELL}[-c-]{{+y+}} d",
            "no mark goes over the border of a cell",
        ),
    ],
)
def test_rules(old: str, new: str, expected: str, why: str) -> None:
    assert drawn(old, new) == expected, why


def test_a_long_word_that_has_become_bold_is_drawn() -> None:
    old = Rich("Mit Hunden und Fahrzeugen, die dort waren.")
    new = Rich.of("Mit Hunden, Katzen, Fahrzeugen und Gegenständen, die dort waren.", [Mark(20, 30, MarkName.STRONG)])
    runs = compare(old, new)
    assert concat(run.rich for run in runs if run.op is not Op.DELETE) == new
    assert all("Fahrzeugen" not in run.rich.text for run in runs if run.op is Op.KEEP)


@PROMISE
@given(strings(), strings())
def test_no_mark_is_cut_inside_a_grapheme(old: str, new: str) -> None:
    here, there = ({0, *(grapheme.end() for grapheme in regex.finditer(r"\X", text))} for text in (old, new))
    in_old = in_new = 0
    for run in compare(Rich(old), Rich(new)):
        in_old += len(run.rich) if run.op is not Op.INSERT else 0
        in_new += len(run.rich) if run.op is not Op.DELETE else 0
        assert run.op is Op.INSERT or in_old in here
        assert run.op is Op.DELETE or in_new in there


def test_marks_of_different_authors_are_never_united() -> None:
    runs = [
        Run(Op.KEEP, Rich("Der ")),
        Run(Op.DELETE, Rich("alte"), ("a",)),
        Run(Op.INSERT, Rich("neue"), ("a",)),
        Run(Op.KEEP, Rich(" ")),
        Run(Op.DELETE, Rich("Rat"), ("b",)),
        Run(Op.KEEP, Rich(" tagt.")),
    ]
    assert tidy_runs(runs) == tuple(runs)


# --- what is not words


def test_a_changed_address_of_a_link_is_drawn_with_its_words() -> None:
    links = [Rich.of("Siehe die Satzung hier.", [Mark(6, 17, MarkName.LINK, target)]) for target in ("a", "b")]
    changed = [(run.op, run.rich.text, run.rich.marks[0].target) for run in compare(*links) if run.op is not Op.KEEP]
    assert changed == [(Op.DELETE, "die Satzung", "a"), (Op.INSERT, "die Satzung", "b")]


def test_structure_is_named_and_words_in_it_are_drawn() -> None:
    item = (("list", "ordered"), ("number", "3."))
    base = text_of(
        [
            plain("Der Rat tagt. Er berät."),
            plain("Der Beirat hilft Ausländer bei Anträgen."),
            Content(Head(Kind.LIST_ITEM, 1, item), Rich("die Kosten,")),
            plain("Schluss."),
        ]
    )
    first, moved, counted, last = base
    renumbered = Head(Kind.LIST_ITEM, 1, (("list", "ordered"), ("number", "4.")))
    hunks = (
        *edits.split(first, 14),
        *edits.move([moved], last.identity),
        *edits.replace_words(moved, 17, 26, Rich("Ausländern")),
        *edits.retype(counted, renumbered),
    )
    nodes = apply_edits(Redline.of(base), [Edit("e", hunks)]).nodes
    changes = [node.change for node in nodes]
    assert {Change.SPLIT, Change.MOVED, Change.RENUMBERED} <= set(changes)
    assert Change.INSERTED not in changes
    assert Change.DELETED not in changes
    (arrived,) = [node for node in nodes if node.change is Change.MOVED and node.in_new]
    assert [run.rich.text for run in tidy_runs(arrived.runs) if run.op is not Op.KEEP] == ["n"]
    (number,) = [node for node in nodes if node.change is Change.RENUMBERED]
    assert (number.old_head.attribute("number"), number.head.attribute("number")) == ("3.", "4.")


@pytest.mark.parametrize("edge", [0, -1])
def test_a_blank_at_the_edge_of_a_split_or_joined_paragraph_takes_no_word_along(edge: int) -> None:
    blank, words = Run(Op.DELETE, Rich(" "), ("e",)), Run(Op.KEEP, Rich("Viele Menschen helfen."))
    runs = (blank, words) if edge == 0 else (words, blank)
    assert tidy_runs(runs) == runs


def test_a_blank_between_two_words_takes_them_along() -> None:
    runs = (Run(Op.KEEP, Rich("Stadt")), Run(Op.DELETE, Rich(" "), ("e",)), Run(Op.KEEP, Rich("rat berät")))
    assert [run.op for run in tidy_runs(runs)] == [Op.DELETE, Op.INSERT, Op.KEEP]
