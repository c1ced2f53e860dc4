"""Edited copies in which sentences were taken elsewhere, made paragraphs of their own or appended to others, and
changed on the way: nothing stands twice that nobody duplicated, nothing is lost that nobody struck.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.exchange.returned import Copy, wishes_in
from amendments.text import Join, Kind, RelationKind, Split, plain, text_of
from tests.exchange.returning import merged, words
from tests.text.strategies import PROMISE

COUNCIL = "Der Rat beschließt das Konzept zur Integration in der Fassung vom Mai."
REPORT = "Die Verwaltung berichtet jährlich über die Umsetzung und nennt die Kosten."
BOARD = "Der Beirat wird zu allen Fragen der Wohnungsvergabe vorher gehört."
END = "Das Nähere regelt eine Satzung, die der Ausschuss vorbereitet."
OFTEN, TWICE = REPORT.replace("jährlich", "monatlich"), REPORT.replace("jährlich", "halbjährlich")
DEAR = REPORT.replace("Kosten", "Ausgaben")


BOTH = OFTEN.replace("Kosten", "Ausgaben")
MOVING = {
    "made a paragraph of its own": ([f"{COUNCIL} {REPORT}", BOARD], [COUNCIL, OFTEN, BOARD]),
    "split off before": ([f"{REPORT} {COUNCIL}", BOARD], [OFTEN, COUNCIL, BOARD]),
    "one of three": ([f"{COUNCIL} {REPORT} {END}", BOARD], [COUNCIL, OFTEN, END, BOARD]),
    "all three apart": (
        [f"{COUNCIL} Es gilt fünf Jahre. {REPORT}", BOARD],
        [COUNCIL, "Es gilt sechs Jahre.", OFTEN, BOARD],
    ),
    "appended": ([COUNCIL, REPORT, BOARD], [f"{COUNCIL} {OFTEN}", BOARD]),
    "followed by what was appended": ([REPORT, COUNCIL, BOARD], [f"{OFTEN} {COUNCIL}", BOARD]),
    "in the middle of three": ([COUNCIL, REPORT, BOARD, END], [f"{COUNCIL} {OFTEN} {BOARD}", END]),
    "moved": ([REPORT, COUNCIL, BOARD, END], [COUNCIL, BOARD, OFTEN, END]),
}


@pytest.mark.parametrize("case", MOVING)
def test_words_of_a_paragraph_split_joined_or_moved_and_edited_take_the_edits_of_others(case: str) -> None:
    base, copy = MOVING[case]
    found = merged(base, copy, [text.replace(REPORT, DEAR) for text in base])
    assert found.settled
    assert words(found) == [text.replace(OFTEN, BOTH) for text in copy]


@pytest.mark.parametrize("case", MOVING)
def test_another_wording_of_what_was_split_joined_or_moved_is_a_collision_over_these_words_alone(case: str) -> None:
    base, copy = MOVING[case]
    found = merged(base, copy, [text.replace(REPORT, TWICE) for text in base])
    (collision,) = found.merge.collisions
    assert collision.kind is RelationKind.HARD
    assert words(found) == [text.replace(OFTEN, REPORT) for text in copy]


def test_a_sentence_taken_into_another_paragraph_and_edited_by_another_stands_once() -> None:
    base = [f"{COUNCIL} {REPORT}", f"{BOARD} {END}"]
    found = merged(base, [COUNCIL, f"{BOARD} {REPORT} {END}"], [f"{COUNCIL} {TWICE}", base[1]])
    (collision,) = found.merge.collisions
    assert collision.kind is RelationKind.HARD
    assert words(found) == base


def test_a_sentence_that_two_take_to_different_places_waits() -> None:
    base = [f"{COUNCIL} {REPORT}", BOARD, END]
    found = merged(base, [COUNCIL, f"{BOARD} {REPORT}", END], [COUNCIL, BOARD, f"{END} {REPORT}"])
    (collision,) = found.merge.collisions
    assert collision.kind is RelationKind.HARD
    assert words(found) == base


def test_a_sentence_that_one_strikes_and_another_takes_elsewhere_waits() -> None:
    base = [f"{COUNCIL} {REPORT}", BOARD, END]
    found = merged(base, [COUNCIL, f"{BOARD} {REPORT}", END], [COUNCIL, BOARD, END])
    assert not found.settled
    assert words(found) == base


STRUCK_OVER = [f"{COUNCIL} {BOARD}", f"{REPORT} {END}"]
REST = COUNCIL + " " + END


@pytest.mark.parametrize("between", [[], ["Der Ausschuss tagt nach Bedarf, doch wenigstens viermal im Jahr."]])
@pytest.mark.parametrize(("old", "new"), [("Beirat", "Ausländerbeirat"), ("jährlich", "monatlich")])
def test_words_struck_over_the_border_of_paragraphs_are_one_wish(old: str, new: str, between: list[str]) -> None:
    """The tail of one, the head of another, what stood between them, and their border: others' words in it wait."""
    base = [COUNCIL, STRUCK_OVER[0], *between, STRUCK_OVER[1], BOARD]
    found = merged(base, [COUNCIL, REST, BOARD], [base[0], *(text.replace(old, new) for text in base[1:-1]), BOARD])
    assert len(found.edits) == 2
    (collision,) = found.merge.collisions
    assert collision.kind is RelationKind.HARD
    assert words(found) == base


@pytest.mark.parametrize(("old", "new"), [("Konzept", "Programm"), ("Satzung", "Richtlinie")])
def test_words_left_of_paragraphs_struck_over_their_border_take_the_edits_of_others(old: str, new: str) -> None:
    found = merged(STRUCK_OVER, [REST], [text.replace(old, new) for text in STRUCK_OVER])
    assert found.settled
    assert words(found) == [REST.replace(old, new)]


def test_a_paragraph_struck_and_the_next_one_given_its_number_are_not_struck_over_their_border() -> None:
    base = ["(1) Die Stadt fördert Vereine jeder Art.", "(2) Die Stadt zahlt das Wasser und den Strom."]
    found = merged(base, ["(1) Die Stadt zahlt das Wasser und den Strom."], [base[0], base[1].replace("Strom", "Gas")])
    assert words(found) == ["(1) Die Stadt zahlt das Wasser und den Gas."]


ASKED = "Die Anmeldung bleibt offen. Der Antrag muss hinreichend bestimmt sein. Das Amt antwortet binnen zwei Wochen."
ANEW = ASKED.replace("Der Antrag muss hinreichend bestimmt sein", "Dabei sind die Belange von Kindern")


@pytest.mark.parametrize(("old", "new"), [("bestimmt", "bestimmt und begründet"), ("Antrag muss", "Antrag aber muss")])
def test_words_put_in_a_sentence_that_another_wrote_anew_wait(old: str, new: str) -> None:
    found = merged([ASKED], [ANEW], [ASKED.replace(old, new)])
    (collision,) = found.merge.collisions
    assert collision.kind is RelationKind.HARD
    assert words(found) == [ASKED]


def test_a_sentence_written_anew_leaves_its_neighbours_and_a_long_part_that_it_keeps_to_others() -> None:
    found = merged([ASKED], [ANEW], [ASKED.replace("zwei Wochen", "drei Wochen").replace("bleibt", "ist")])
    assert words(found) == [ANEW.replace("zwei Wochen", "drei Wochen").replace("bleibt", "ist")]
    proof = "2. Nummer 4 der Anlage durch Untersuchung von Proben, die {} entnommen worden sind."
    base = proof.format("den zum Verkauf aufbereiteten Bestandteilen von Mischungen oder den verpackten Waren selbst")
    copy = "3. Nummer 4 der Anlage durch Untersuchung von Proben."
    found = merged([base], [copy], [base.replace("Nummer 4", "Nummer 5")])
    assert words(found) == [copy.replace("Nummer 4", "Nummer 5")]


def test_what_two_rewrote_alike_is_the_same_wish() -> None:
    found = merged([ASKED], [ANEW], [ANEW])
    assert found.settled
    assert words(found) == [ANEW]
    assert found.merge.same


def test_a_new_paragraph_that_begins_as_its_neighbour_is_no_half_of_it() -> None:
    case, old = "Im Fall des Absatzes 1 Nummer 3", "wird der Beitrag auf Antrag ganz oder teilweise erlassen."
    new = f"(3) {case} sind Beiträge zu staffeln, wobei das Einkommen der Eltern und die Zahl der Kinder zählen."
    found = merged(
        [f"(3) {case} {old}", END],
        [new, f"(3) {case} {old.replace('ganz oder', 'auch')}", END],
        [f"(4) {case} {old}", END],
    )
    assert words(found) == [new, f"(4) {case} {old.replace('ganz oder', 'auch')}", END]


def test_rows_of_a_table_are_neither_joined_nor_split() -> None:
    rows = [plain(text, Kind.TABLE_ROW, table="t1") for text in (COUNCIL, REPORT, f"{BOARD} {END}")]
    new = [plain(text, Kind.TABLE_ROW, table="t1") for text in (f"{COUNCIL} {REPORT}", BOARD, END)]
    text = text_of([plain(END), *rows, plain(BOARD)])
    wishes = wishes_in(text, Copy("Kopie", "a.md", (plain(END), *new, plain(BOARD))))
    assert not [hunk for wish in wishes for hunk in wish.hunks if isinstance(hunk, Split | Join)]


# --- any copies

POOL = f"{COUNCIL} {REPORT} {BOARD} {END}".replace(".", "").replace(",", "").split()
Sentences = list[list[str]]


class _Desk:
    """Makes a text of sentences that each hold a word of their own, and copies in which these are never touched."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.number = 0

    def base(self) -> list[Sentences]:
        return [[self._sentence() for _ in range(self.dice.randint(1, 4))] for _ in range(self.dice.randint(2, 5))]

    def copy(self, base: list[Sentences]) -> list[Sentences]:
        text = [[list(sentence) for sentence in paragraph] for paragraph in base]
        ways = (self._split, self._join, self._move, self._take, self._strike, self._add, self._edit, self._edit)
        for _ in range(self.dice.randint(1, 3)):
            self.dice.choice(ways)(text)
            text[:] = [paragraph for paragraph in text if paragraph] or [[["Leer"]]]
        return text

    def _sentence(self) -> list[str]:
        sentence = self.dice.sample(POOL, k=self.dice.randint(6, 12))
        sentence[self.dice.randint(1, len(sentence) - 2)] = f"Kennwort{self.number}"
        self.number += 1
        return sentence

    def _reword(self, sentence: list[str]) -> None:
        place = self.dice.choice([n for n, word in enumerate(sentence) if not word.startswith("Kennwort")])
        match self.dice.randrange(3):
            case 0:
                sentence[place] = f"neu{self.dice.randrange(100)}"
            case 1:
                sentence.insert(place, f"neu{self.dice.randrange(100)}")
            case _ if len(sentence) > 5:
                del sentence[place]

    def _sometimes(self, sentence: list[str]) -> None:
        if self.dice.random() < 0.6:
            self._reword(sentence)

    def _split(self, text: list[Sentences]) -> None:
        place = self.dice.randrange(len(text))
        cut = self.dice.randint(0, len(text[place]))
        self._sometimes(self.dice.choice(text[place]))
        text[place : place + 1] = [text[place][:cut], text[place][cut:]]

    def _join(self, text: list[Sentences]) -> None:
        place = self.dice.randrange(len(text))
        text[place : place + 2] = [[sentence for paragraph in text[place : place + 2] for sentence in paragraph]]
        self._sometimes(self.dice.choice(text[place]))

    def _move(self, text: list[Sentences]) -> None:
        paragraph = text.pop(self.dice.randrange(len(text)))
        text.insert(self.dice.randint(0, len(text)), paragraph)
        self._sometimes(self.dice.choice(paragraph))

    def _take(self, text: list[Sentences]) -> None:
        source, goal = self.dice.choice(text), self.dice.choice(text)
        sentence = source.pop(self.dice.randrange(len(source)))
        goal.insert(self.dice.randint(0, len(goal)), sentence)
        self._sometimes(sentence)

    def _strike(self, text: list[Sentences]) -> None:
        paragraph = self.dice.choice(text)
        del paragraph[self.dice.randrange(len(paragraph))]

    def _add(self, text: list[Sentences]) -> None:
        text.insert(self.dice.randint(0, len(text)), [["Ganz", "neu", "ist", str(self.dice.randrange(9)), "hier"]])

    def _edit(self, text: list[Sentences]) -> None:
        self._reword(self.dice.choice(self.dice.choice(text)))


def lines(text: list[Sentences]) -> list[str]:
    return [" ".join(" ".join(sentence).capitalize() + "." for sentence in paragraph) for paragraph in text]


def marked(texts: Sequence[str]) -> Counter[str]:
    return Counter(word.strip(".") for text in texts for word in text.split() if word.startswith("kennwort"))


@PROMISE
@given(st.integers(0, 1 << 32), st.integers(2, 3))
def test_no_sentence_stands_twice_or_is_lost_that_no_copy_has_twice_or_lacks(seed: int, number: int) -> None:
    desk = _Desk(seed)
    base = desk.base()
    copies = [lines(desk.copy(base)) for _ in range(number)]
    found = marked(words(merged(lines(base), *copies)))
    assert not [word for word, times in found.items() if times > 1]
    assert all(found[word] or any(not marked(copy)[word] for copy in copies) for word in marked(lines(base)))
