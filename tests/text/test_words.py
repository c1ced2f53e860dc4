"""Tokens, sentences, diff, display, lines and kinds: small functions, one table each."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.text import (
    CELL,
    LINE_LENGTH,
    Content,
    Delete,
    Edit,
    Gap,
    Head,
    Hunk,
    Insert,
    Join,
    Kind,
    Mark,
    MarkName,
    Move,
    Op,
    Paragraph,
    Replace,
    Retype,
    Rich,
    Run,
    Split,
    apply,
    check,
    clause_starts,
    concat,
    diff_rich,
    german_kind,
    line_starts,
    literal_content,
    plain,
    sentence_starts,
    text_hash,
    text_of,
    tidy_runs,
)
from amendments.text.model import _node
from amendments.text.sentences import span_of
from amendments.text.tokens import inside_word, tokenise, word_before, word_behind
from tests.text.strategies import PROMISE, WORDS, riches, strings


@pytest.mark.parametrize(
    ("text", "tokens", "why"),
    [
        ("Der Rat.", ["Der", " ", "Rat", "."], "words, white space, signs"),
        (
            "§ 3 Abs. 2",
            ["§", " ", "3", " ", "Abs", ".", " ", "2"],
            "a citation is not one token: it would collide too often",
        ),
        ("a  b\t\nc", ["a", "  ", "b", "\t\n", "c"], "white space is one token"),
        ("a\u00a0b", ["a", "\u00a0", "b"], "a space that holds together is a sign of its own"),
        ("Ver\u00adwal\u00adtung", ["Ver\u00adwal\u00adtung"], "soft hyphens are part of the word"),
        ("👩\u200d👧🇩🇪", ["👩\u200d👧", "🇩🇪"], "an emoji is one token, whatever it is made of"),
        ("q\u0301x", ["q\u0301x"], "a letter keeps its accent"),
        ("می\u200cخواهم", ["می\u200cخواهم"], "a joiner is part of the word"),
        ("12.000,50", ["12", ".", "000", ",", "50"], "a number's signs stand alone; display keeps numbers together"),
        (f"a{CELL}b", ["a", CELL, "b"], "a cell's border is a token"),
        ("", [], "nothing"),
    ],
)
def test_tokens(text: str, tokens: list[str], why: str) -> None:
    assert tokenise(text) == tokens, why


@PROMISE
@given(strings())
def test_words_are_found_from_any_offset(text: str) -> None:
    for offset in range(len(text) + 1):
        before, behind = word_before(text, offset), word_behind(text, offset)
        assert 0 <= before <= offset <= behind <= len(text)
        assert not inside_word(text, before) or before == 0
        assert not inside_word(text, behind) or behind == len(text)


def _sentences(text: str) -> list[str]:
    starts = [*sentence_starts(text), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "count", "why"),
    [
        ("Der Rat tagt. Er berät.", 2, "a full stop ends a sentence"),
        ("Nach § 3 Abs. 2 Nr. 1 gilt dies.", 1, "citations"),
        ("Das gilt z. B. für Kinder, d. h. für alle bzw. viele.", 1, "abbreviations with spaces"),
        ("Am 22. November 2011 tagt der Rat.", 1, "a day of the month"),
        ("Das war 2011. Danach kam nichts.", 2, "a year does end a sentence"),
        ("Gilt das? Ja! Sicher …  Gut.", 4, "other signs"),
        ("„Gilt das?“ Er schwieg.", 2, "quotation marks belong to the sentence before"),
        ("Stand: Art. 5 GG, vgl. BGBl. I S. 902.", 1, "more abbreviations"),
        ("Erste Zeile\nZweite Zeile", 2, "a line of a poem or an address"),
        (f"eins{CELL}zwei", 2, "a cell"),
        ("ohne Ende", 1, "no sign at all"),
        ("", 1, "an empty paragraph has one empty sentence"),
    ],
)
def test_sentences(text: str, count: int, why: str) -> None:
    assert len(_sentences(text)) == count, why


@PROMISE
@given(strings())
def test_sentences_and_clauses_cover_the_text(text: str) -> None:
    for starts in (sentence_starts(text), clause_starts(text)):
        assert starts[0] == 0
        assert list(starts) == sorted(set(starts))
        assert all(start < len(text) or start == 0 for start in starts)
        spans = {span_of(starts, len(text), offset) for offset in range(len(text))}
        assert "".join(text[a:b] for a, b in sorted(spans)) == text
    assert set(sentence_starts(text)) <= set(clause_starts(text))


def test_clauses_end_at_commas_and_dashes() -> None:
    text = "Der Rat, der tagt, berät – heute; morgen: nein."
    assert [text[start : start + 3] for start in clause_starts(text)] == ["Der", "der", "ber", "heu", "mor", "nei"]


def test_rows_are_compared_cell_by_cell() -> None:
    old, new = Rich(CELL.join(("x", "y y y", "z"))), Rich(CELL.join(("y y y", "x", "z")))
    base = text_of([Content(Head(Kind.TABLE_ROW), old)])
    hunks = diff_rich(base[0].identity, old, new)
    assert all(CELL not in hunk.old.text + hunk.new.text for hunk in hunks)
    check(base, hunks)
    assert apply(base, [Edit("e", hunks)])[0].content.rich == new


@PROMISE
@given(st.lists(st.tuples(riches(), riches()), min_size=1, max_size=4))
def test_rows_of_as_many_cells_never_change_their_number(cells: list[tuple[Rich, Rich]]) -> None:
    border = Rich(CELL)
    old, new = (concat([part for cell in cells for part in (cell[side], border)]) for side in (0, 1))
    base = text_of([Content(Head(Kind.TABLE_ROW), old)])
    hunks = diff_rich(base[0].identity, old, new)
    assert not hunks or check(base, hunks) is None
    assert apply(base, [Edit("e", hunks)])[0].content.rich == new


# --- display


def _runs(*pieces: tuple[str, str, str]) -> list[Run]:
    return [Run(Op(op), Rich(text), tuple(by)) for op, text, by in pieces]


def test_a_short_island_between_two_changes_of_one_author_is_swallowed() -> None:
    runs = _runs(("delete", "drei", "a"), ("keep", " a ", ""), ("insert", "vier", "a"))
    assert tidy_runs(runs) == tuple(_runs(("delete", "drei a ", "a"), ("insert", " a vier", "a")))


def test_an_island_between_two_authors_stays() -> None:
    runs = _runs(("delete", "drei", "a"), ("keep", " a ", ""), ("insert", "vier", "b"))
    assert tidy_runs(runs) == tuple(runs)


def test_the_border_of_a_cell_is_never_shown_as_struck() -> None:
    runs = _runs(("delete", "drei", "a"), ("keep", CELL, ""), ("insert", "vier", "a"))
    assert tidy_runs(runs) == tuple(runs)


def test_of_two_forms_of_a_word_only_the_letters_that_differ_are_marked() -> None:
    runs = _runs(("delete", "Migrantenbeirat", "a"), ("insert", "Migrantenbeirats", "a"))
    assert tidy_runs(runs) == tuple(_runs(("keep", "Migrantenbeirat", ""), ("insert", "s", "a")))


def test_numbers_are_never_shown_half_changed() -> None:
    runs = _runs(("delete", "20110", "a"), ("insert", "20111", "a"))
    assert tidy_runs(runs) == tuple(runs)


# --- lines

breaking = st.lists(st.sampled_from((*WORDS, "Integration", "x" * 95, "Donaudampfschifffahrt")), max_size=60).map(
    " ".join
)


@PROMISE
@given(breaking | st.text(st.sampled_from("ab \n\t\u00a0"), max_size=400))
def test_lines_are_full_and_cover_the_text(text: str) -> None:
    (starts,) = line_starts(text_of([plain(text)]))
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    lines = [text[a:b] for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]
    assert "".join(lines) == text
    for line in lines:
        assert len(line.rstrip("\n")) <= LINE_LENGTH or not set(line.rstrip(" \t\n" + CELL)) & set(" \t" + CELL)
        assert "\n" not in line[:-1]


def test_lines_of_a_text_are_counted_through() -> None:
    text = text_of([plain("eins " * 40), plain(""), plain("zwei")])
    assert [len(starts) for starts in line_starts(text)] == [3, 1, 1]


# --- kinds, model


def _insertion(start: int = 0) -> Replace:
    return Replace("p", start, start, Rich(), Rich("neu"))


@pytest.mark.parametrize(
    ("hunks", "kind"),
    [
        ((_insertion(),), "supplement"),
        ((Insert(Gap(), (plain("neu"),)), _insertion()), "supplement"),
        ((Delete("p", plain("alt")),), "deletion"),
        ((Replace("p", 0, 3, Rich("alt"), Rich()), Delete("q", plain("alt"))), "deletion"),
        ((Replace("p", 0, 3, Rich("alt"), Rich("neu")),), "change"),
        ((Delete("p", plain("alt")), Insert(Gap("p"), (plain("neu"),))), "change"),
        ((Move(("p",), Gap()),), "change"),
        ((Split("p", 3, Head()),), "change"),
        ((Join("p", "q", 3),), "change"),
        ((Retype("p", Head(), Head(Kind.HEADING, 1)),), "change"),
    ],
)
def test_the_german_kind_follows_from_the_hunks(hunks: tuple[Hunk, ...], kind: str) -> None:
    assert german_kind(hunks) == kind


@pytest.mark.parametrize(
    ("line", "kind", "level"),
    [
        ("# Titel", Kind.HEADING, 1),
        ("###### tief", Kind.HEADING, 6),
        ("####### zu tief", Kind.PARAGRAPH, 0),
        ("#ohne Leerzeichen", Kind.PARAGRAPH, 0),
        ("1. Punkt", Kind.PARAGRAPH, 0),
        ("* Punkt", Kind.PARAGRAPH, 0),
        ("", Kind.PARAGRAPH, 0),
    ],
)
def test_in_a_literal_file_only_number_signs_make_a_heading(line: str, kind: Kind, level: int) -> None:
    content = literal_content(line)
    assert (content.kind, content.head.level, content.text) == (kind, level, line)


def test_equal_neighbouring_marks_are_one() -> None:
    strong, link = MarkName.STRONG, MarkName.LINK
    rich = Rich.of("abcdef", [Mark(3, 9, strong), Mark(0, 3, strong), Mark(2, 2, strong), Mark(1, 2, link, "u")])
    assert rich.marks == (Mark(0, 6, strong), Mark(1, 2, link, "u"))
    assert rich.slice(1, 4) == Rich("bcd", (Mark(0, 1, link, "u"), Mark(0, 3, strong)))


@PROMISE
@given(riches(), st.data())
def test_slices_put_together_again_are_the_whole(rich: Rich, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rich)), max_size=4)))
    bounds = [0, *cuts, len(rich)]
    assert concat(rich.slice(a, b) for a, b in itertools.pairwise(bounds)) == rich


def test_the_hash_of_a_text_knows_words_marks_and_kinds_but_no_names() -> None:
    assert text_hash(text_of([plain("a")], "x")) == text_hash(text_of([plain("a")], "y"))
    variants = [
        plain("a"),
        plain("b"),
        plain("a", Kind.HEADING, 1),
        plain("a", list="bullet"),
        Content(rich=Rich.of("a", [Mark(0, 1, MarkName.EM)])),
    ]
    assert len({text_hash(text_of([variant])) for variant in variants}) == len(variants)
    assert text_hash(text_of([plain("a"), plain("b")])) != text_hash(text_of([plain("b"), plain("a")]))


def test_the_hash_of_a_text_knows_how_long_it_is() -> None:
    lengths = [0, 1, 2, 63, 64, 65, 128, 129, 4095, 4096, 4097]
    text = text_of(plain("gleich") for _ in range(max(lengths)))
    assert len({text_hash(text[:length]) for length in lengths}) == len(lengths)


@pytest.mark.parametrize("place", [0, 63, 64, 2500, 4999])
def test_one_changed_paragraph_costs_the_hash_one_node_a_level(place: int) -> None:
    text = text_of(plain(f"Absatz {number}") for number in range(5000))
    before = text_hash(text)
    computed = _node.cache_info().misses
    changed = (*text[:place], Paragraph("neu", plain(f"anders, an Stelle {place}")), *text[place + 1 :])
    assert text_hash(changed) != before
    assert _node.cache_info().misses - computed == 3
