"""Two states of one document, or two documents: said by a figure, and quickly where it is plain."""

import sys

import pytest

from amendments.exchange.returned import LEAST_ALIKE, likeness, unlike
from amendments.text import literal_content

WORDS = tuple(f"wort{number}" for number in range(18))


def contents(*texts):
    return [literal_content(text) for text in texts]


def paragraphs(seed, number):
    """Long paragraphs; those of different seeds share no word."""
    return [" ".join(f"{word}{seed}x{rank}" for word in WORDS) for rank in range(number)]


def test_half_a_text_in_whole_paragraphs_is_the_same_document_without_a_look_at_its_words(monkeypatch):
    monkeypatch.setattr(sys.modules[unlike.__module__], "likeness", None)
    assert unlike(contents(*paragraphs("a", 4)), contents(*paragraphs("a", 2), *paragraphs("b", 9))) is None


def test_where_every_paragraph_was_touched_the_words_in_a_row_decide():
    one = paragraphs("a", 6)
    assert unlike(contents(*one), contents(*(f"{text} neu" for text in one))) is None
    share = unlike(contents(*one), contents(*one[:1], *paragraphs("b", 5)))
    assert share == pytest.approx(1 / 6, abs=0.02)
    assert share < LEAST_ALIKE


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("", "Etwas.", 1.0),
        ("Es gilt fünf Jahre.", "ES GILT zehn Jahre!", 0.75),
        ("Der Rat beschließt die Satzung.", "Die Miete zahlt der Mieter.", 0.0),
        ("Es ist so.", "So ist es nicht.", 1.0),
        ("eins zwei drei", "vier fünf", 0.0),
    ],
)
def test_the_figure_of_short_texts_counts_words(one, other, share):
    assert likeness(contents(one), contents(other)) == share


def test_words_in_another_order_are_another_text():
    words = [f"w{number}" for number in range(60)]
    assert likeness(contents(" ".join(words)), contents(" ".join(reversed(words)))) == 0.0


def test_of_two_sentences_nothing_is_said():
    one, other = "Der Bürgermeister lädt ein.", "Die Bürgermeisterin lädt ein."
    assert unlike(contents(one), contents(other)) is None
    assert unlike(contents(one), contents(*paragraphs("a", 4))) == 0.0
