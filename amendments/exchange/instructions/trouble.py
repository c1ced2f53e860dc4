"""Why a sentence cannot be read or carried out, in one sentence for people."""

from __future__ import annotations

from amendments.exchange.words import N_, Sentence

NO_SENTENCE = N_("Dieser Satz ist keine Änderungsanweisung, die hier gelesen werden kann.")
NO_PLACE = N_("Diese Stelle gibt es im Text nicht.")
NO_WORDS = N_("Diese Wörter stehen nicht an der genannten Stelle.")
MANY_WORDS = N_("Diese Wörter stehen an der genannten Stelle mehrmals; es fehlt, welche gemeint sind.")
OPEN_QUOTE = N_("Hier beginnt ein Zitat, das nicht endet.")


class NotUnderstood(ValueError):
    """`why` for people, `words` of the sentence that it is about."""

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(f"{why} ({words})" if words else why)
        self.why = Sentence(why)
        self.words = words
