"""Sentences for people: German as they stand, in another language by gettext's two functions."""

import copy
import pickle

from amendments.exchange.words import Sentence, counted

ENGLISH = {
    "%(num)d Bild.": ("%(num)d picture.", "%(num)d pictures."),
    "Absatz %(number)d ist zu lang.": ("Paragraph %(number)d is too long.", ""),
}


def gettext(msgid: str) -> str:
    return ENGLISH[msgid][0]


def ngettext(singular: str, plural: str, number: int) -> str:
    return ENGLISH[singular][number != 1]


def test_a_sentence_is_its_german_words_and_can_be_said_in_another_language() -> None:
    one, three = (counted(number, "%(num)d Bild.", "%(num)d Bilder.") for number in (1, 3))
    assert (one, three) == ("1 Bild.", "3 Bilder.")
    assert (one.translated(gettext, ngettext), three.translated(gettext, ngettext)) == ("1 picture.", "3 pictures.")
    long = Sentence("Absatz %(number)d ist zu lang.", {"number": 7})
    assert long.translated(gettext, ngettext) == "Paragraph 7 is too long."
    assert Sentence("100 % ohne Zahlen.") == "100 % ohne Zahlen."


def test_a_sentence_survives_every_way_it_is_sent() -> None:
    three = counted(3, "%(num)d Bild.", "%(num)d Bilder.")
    for sent in (
        Sentence.from_json(three.to_json()),
        copy.copy(three),
        copy.deepcopy(three),
        pickle.loads(pickle.dumps(three)),
    ):
        assert sent == three
        assert (sent.msgid, sent.plural, sent.params) == (three.msgid, three.plural, three.params)
