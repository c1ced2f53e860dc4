"""Changes in a returned file that become nobody's proposal, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amendments.exchange.remarks import Hand, Where
from amendments.exchange.words import N_, Sentence
from amendments.text.hunks import Delete, Hunk, Insert, Replace
from amendments.text.model import CELL

UNKNOWN_WORDS = N_(
    "Diese Änderungen betreffen Wörter, die in der Datei anders lauten als in unserer Fassung. Bitte reichen Sie sie"
    " von Hand ein:"
)
TAKEN_BACK = N_(
    "Das streicht nur, was jemand anderes in derselben Datei einfügen will, oder nimmt dessen Änderung zurück. In"
    " unserer Fassung ist dafür nichts zu ändern:"
)
OUTSIDE = N_("Das steht in Kopfzeilen, Fußzeilen oder Textfeldern, die nicht zum Text gehören:")
COLUMNS = N_("Hier sind Zellen oder Spalten einer Tabelle eingefügt oder gelöscht. Bitte reichen Sie das von Hand ein:")
_UNREAD = {Where.OUTSIDE: OUTSIDE, Where.COLUMNS: COLUMNS}


@dataclass(frozen=True)
class Lost:
    """A change that has no place in our version. `words`: what it put in or struck, "" where it names none."""

    words: str
    why: Sentence


def unread(hand: Hand | None) -> tuple[Lost, ...]:
    """What of somebody's changes readers do not read."""
    return tuple(Lost(aside.words, Sentence(_UNREAD[aside.where])) for aside in (hand.aside if hand else ()))


def lost(hunks: Iterable[Hunk], why: str) -> Lost:
    found = []
    for hunk in hunks:
        match hunk:
            case Replace():
                found.append(hunk.new.text.strip() or hunk.old.text.strip())
            case Insert():
                found += [content.text for content in hunk.contents]
            case Delete():
                found.append(hunk.old.text)
    return Lost(" … ".join(filter(None, found)).replace(CELL, " | "), Sentence(why))
