"""What was found in a mail, and why something in it is no proposal: one sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from amendments.exchange.words import N_, Param, Sentence
from amendments.text.hunks import Hunk

NO_ORDER = N_("Das ist nicht sicher als Änderung zu verstehen.")
NOT_WANTED = N_(
    "Es ist nicht sicher, dass diese Änderung gewünscht ist. Bitte lesen Sie in der E-Mail, was darüber und dahinter "
    "steht."
)
QUESTION = N_("Das ist eine Frage, keine Anweisung.")
OPEN_QUOTE = N_("Hier beginnt ein Zitat, das nicht endet.")
NO_PLACE = N_("Diese Stelle gibt es in dieser Fassung nicht: %(place)s.")
MANY_PLACES = N_("Das kann mehrere Stellen meinen. Bitte nennen Sie Kapitel und Absatz oder den Wortlaut.")
NO_WORDS = N_("Diese Wörter stehen so nicht im Text: „%(words)s“.")
NO_WORDS_THERE = N_("Diese Wörter stehen nicht an der genannten Stelle, sondern in Zeile %(line)d: „%(words)s“.")
MANY_WORDS = N_("Diese Wörter stehen mehrmals im Text: „%(words)s“. Bitte nennen Sie die Stelle.")
MANY_WORDS_THERE = N_("Diese Wörter stehen an der genannten Stelle mehrmals: „%(words)s“.")
NOT_WHOLE = N_("Das Zitat ist nicht der ganze Satz oder Absatz: „%(words)s“.")
CUT_LINES = N_("Diese Zeilen beginnen oder enden mitten in einem Absatz. Bitte nennen Sie die Wörter.")
OTHER_LINES = N_("Andere Zeilennummern in dieser E-Mail passen nicht zu dieser Fassung. Bitte nennen Sie die Wörter.")
PAGES = N_("Seiten zählt der Text hier nicht. Bitte nennen Sie Kapitel und Absatz oder die Zeile.")
WHERE_IN = N_("Es fehlt, wo die neuen Wörter stehen sollen.")
SENTENCE_OR_WORDS = N_("Es ist nicht klar, ob Wörter, ein ganzer Satz oder ein neuer Absatz gemeint sind.")
HALF_A_SENTENCE = N_("Der neue Wortlaut hört mitten im Satz auf. Bitte schreiben Sie den ganzen Satz.")
ONLY_A_PART = N_("Ein Zitat mit Auslassungszeichen sagt nicht den ganzen neuen Wortlaut.")
OWN_LINES = N_("Es ist nicht sicher, ob die Zeilenumbrüche in den neuen Wörtern zum Text gehören.")
NOTHING_NEW = N_("So steht es schon im Text.")

BY_PLACE = N_("gefunden an der genannten Stelle")
BY_WORDS = N_("gefunden an den Wörtern, die nur einmal im Text stehen")
BY_BOTH = N_("gefunden an der genannten Stelle und den Wörtern dort")


class Kind(Enum):
    """What a piece of a mail is that is no order."""

    WORDS = "words"
    """Text, a greeting, what could not be understood."""
    QUOTED = "quoted"
    """Of an earlier mail."""
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Recognised:
    """An order with the hunks it makes of the text. `words`: of the mail, with the reason behind them."""

    words: str
    order: str
    hunks: tuple[Hunk, ...]
    by: str
    """How the place was found: a message."""
    reason: str = ""


@dataclass(frozen=True)
class Left:
    """What stays text. `why`: where it looks like an order and is none that is sure."""

    words: str
    kind: Kind = Kind.WORDS
    why: Sentence | None = None


Piece = Recognised | Left


class Unsure(Exception):
    """`why` for people."""

    def __init__(self, why: str, **values: Param) -> None:
        self.why = Sentence(why, values)
        super().__init__(self.why)
