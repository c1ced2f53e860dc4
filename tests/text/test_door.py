"""The one normalisation at the door: what it changes, what it must not touch."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amendments.text.door import BIDI_CONTROLS, dropped_controls, has_bidi_controls, normalise
from amendments.text.model import CELL

anything = st.text(st.characters(categories=None) | st.sampled_from("\r\n\x00\u0308\ud800aA\x1f\u0344\u0f73"))


@settings(deadline=None)
@given(anything)
@example("a\x00\u0308")
@example("\r\x00\n")
@example("\ud83d\ude00")
def test_a_second_pass_changes_nothing(raw: str) -> None:
    assert normalise(normalise(raw)) == normalise(raw)


@settings(deadline=None)
@given(anything)
def test_what_passed_can_be_stored_and_written_into_xml(raw: str) -> None:
    text = normalise(raw)
    text.encode()
    assert unicodedata.is_normalized("NFC", text)
    assert CELL not in text
    assert "\r" not in text
    assert all(c in "\t\n" or unicodedata.category(c) not in {"Cc", "Cs"} for c in text)
    assert dropped_controls(text) == 0


@pytest.mark.parametrize(
    ("raw", "text", "why"),
    [
        ("U\u0308ber", "Über", "a letter with its accent beside it is the same letter"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd", "three kinds of line ends are one"),
        ("a\x00b\x1fc\x85d\x7f", "abcd", "controls cannot be shown"),
        ("\ufffea\uffff\ud800", "a", "no characters at all"),
        ("Spalte\tSpalte", "Spalte\tSpalte", "a tab is white space that people type"),
        ("§\u00a03 Abs.\u202f2", "§\u00a03 Abs.\u202f2", "spaces that hold together are written on purpose"),
        ("Ver\u00adwal\u00adtung", "Ver\u00adwal\u00adtung", "soft hyphens stay"),
        ("می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧", "joiners are part of words"),
        ("„So“ – und — so …", "„So“ – und — so …", "typography is the author's"),
        ("ﬁ ² \u212b", "ﬁ ² Å", "compatibility forms stay, canonical ones are united"),
        (f"a{BIDI_CONTROLS}b", f"a{BIDI_CONTROLS}b", "kept here, made visible on the page"),
    ],
)
def test_cases(raw: str, text: str, why: str) -> None:
    assert normalise(raw) == text, why


@pytest.mark.parametrize("accents", ["\u0301\u0323", "\u0344", "\u0f73", "\u0323\u0307\u0301"])
def test_a_million_accents_on_one_letter_are_not_sorted(accents: str) -> None:
    """It would take hours, in which the process does nothing else."""
    text = normalise("a" + accents * 300_000 + " und weiter")
    assert len(text) < 100
    assert text.endswith(" und weiter")
    assert normalise(text) == text


def test_as_many_accents_as_a_script_needs_stay() -> None:
    written = "a" + "\u0323" * 15 + "\u0301" * 14
    assert unicodedata.normalize("NFD", normalise(written)) == written


def test_marks_that_turn_the_direction_are_noticed() -> None:
    assert all(has_bidi_controls(f"Antrag {mark} 3") for mark in BIDI_CONTROLS)
    assert not has_bidi_controls("שלום und مرحبا")
