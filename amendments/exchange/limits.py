"""How much is read at most, and the checks before reading. The numbers stand in docs/formats.md too; a test compares
them.
"""

from __future__ import annotations

from collections.abc import Iterable

from amendments.errors import TooLarge
from amendments.exchange.words import N_, Sentence
from amendments.text.model import Content

MAX_BYTES = 10_000_000
"""Of one file; most of a Word file is not text."""
MAX_CHARACTERS = 3_000_000
"""Of one text: twice the Civil Code. A small server reads, draws and compares as much within seconds."""
MAX_RAW = 2 * MAX_CHARACTERS
"""Of a text file before it is read, blank lines and signs included."""
MAX_PARAGRAPHS = 20_000
MAX_PARAGRAPH = 100_000
"""Characters of one paragraph."""
MAX_UNPACKED = 50_000_000
"""Bytes of all entries of an archive together."""
MAX_ENTRIES = 2_000
MAX_RATIO = 200
"""Unpacked to packed size of one entry."""
MAX_TAGS = 1_500_000
"""Of one XML part; a tree of as many elements fits into the memory of the child process."""

FILE_TOO_LARGE = N_("Die Datei ist größer als 10 MB. Bitte teilen Sie sie oder entfernen Sie die Bilder.")
TOO_MANY = N_(
    "Der Text hat mehr als 20.000 Absätze. Mehr kann ein Text nicht haben; bitte teilen Sie ihn in mehrere Texte."
)
TOO_MUCH = N_(
    "Der Text hat mehr als 3.000.000 Zeichen. Mehr kann ein Text nicht haben; bitte teilen Sie ihn in mehrere Texte."
)
TOO_LONG = N_(
    "Absatz %(number)d hat mehr als 100.000 Zeichen. Bitte trennen Sie ihn durch Leerzeilen in kürzere Absätze."
)


def check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise TooLarge(Sentence(FILE_TOO_LARGE))


def check_raw(text: str) -> None:
    if len(text) > MAX_RAW:
        raise TooLarge(Sentence(TOO_MUCH))


def check_contents(contents: Iterable[Content]) -> None:
    """Raises TooLarge for too many paragraphs or characters, or a paragraph that is too long."""
    characters = 0
    for number, content in enumerate(contents, 1):
        if number > MAX_PARAGRAPHS:
            raise TooLarge(Sentence(TOO_MANY))
        if len(content.text) > MAX_PARAGRAPH:
            raise TooLarge(Sentence(TOO_LONG, {"number": number}))
        characters += len(content.text) + _unseen(content)
        if characters > MAX_CHARACTERS:
            raise TooLarge(Sentence(TOO_MUCH))


def _unseen(content: Content) -> int:
    """Characters of numbers, addresses and the like."""
    said = sum(len(value) for _name, value in content.head.attributes)
    return said + sum(len(mark.target) for mark in content.rich.marks)
