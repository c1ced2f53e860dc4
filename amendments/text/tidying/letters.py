"""Of a word that gains or loses a short ending only the ending is drawn (Ausländer|n)."""

from __future__ import annotations

import regex

from amendments.text._letters import shared_ends
from amendments.text.tidying.sheet import Passage, Sheet

SHORTEST_STEM = 3
"""A word is refined only where this many first letters stay."""

ENDINGS = frozenset(["e", "n", "s", "r", "m", "en", "er", "es", "em", "ern", "ens", "sn", "ne", "se", "t", "et", "te"])
"""What German words end in; anything else is half of a compound or another word."""

_WORD = regex.compile(r"[\p{L}\p{M}\u00AD]+")
_STEM_OF_COMPOUND = regex.compile(r"(?:e|n|s|en|es|er)?-")


def endings(sheet: Sheet) -> None:
    for passage in sheet.passages:
        stem = 0 if passage.inserts or passage.deletes else stem_of(sheet, passage)
        if stem and shared_ends(sheet.struck(passage), sheet.put_in(passage)) == (stem, 0):
            passage.start += stem
            passage.new_start += stem


def stem_of(sheet: Sheet, passage: Passage) -> int:
    """Code points at the beginning that need not be drawn as changed; 0 where that would not help."""
    struck, put_in = sheet.struck(passage), sheet.put_in(passage)
    short, long = (struck, put_in) if len(struck) < len(put_in) else (put_in, struck)
    if len(short) < SHORTEST_STEM or not long.startswith(short) or not _WORD.fullmatch(short) or short.isupper():
        return 0
    rest = long[len(short) :]
    if rest not in ENDINGS and not _STEM_OF_COMPOUND.match(rest):
        return 0
    stem = len(short)
    same_marks = sheet.old.slice(passage.start, passage.start + stem) == sheet.new.slice(
        passage.new_start, passage.new_start + stem
    )
    return stem if same_marks else 0
