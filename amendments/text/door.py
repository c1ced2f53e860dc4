"""The one normalisation at the door; after it no text is changed again ("byte for byte" means after it).

Unicode NFC (UAX #15), line feeds, no control characters: neither XML 1.0 §2.2 nor a screen can show them, and the one
that parts table cells (`model.CELL`) must never come from outside. Everything else stays as written: dashes, NBSP, soft
hyphens, ZWJ, ZWNJ, and the marks that turn the direction of writing, which pages make visible instead
(`has_bidi_controls`).
"""

import re
import unicodedata
from functools import cache

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""The characters with the property Bidi_Control (UAX #9 §2)."""

_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?")
_BIDI = re.compile(f"[{BIDI_CONTROLS}]")
MOST_ACCENTS = 30
"""On one letter (UAX #15 §13, stream-safe text). Sorting them takes time with the square of their number, so what has
more is no writing but a weight.
"""


@cache
def _accents() -> re.Pattern[str]:
    """A run of more than MOST_ACCENTS: characters that have a combining class, or are made of nothing else."""
    found = [code for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))]
    inside = "".join(map(chr, found)) + "\u0f73\u0f75\u0f81"
    return re.compile(f"([{inside}]{{{MOST_ACCENTS}}})[{inside}]+")


def normalise(raw: str) -> str:
    """`raw` as every text in this house is written; idempotent.

    Controls go first: one that stood between a letter and its accent, or between CR and LF, must not leave work for a
    second pass. What is composed already has nothing to be sorted; of the rest accents beyond MOST_ACCENTS go.
    """
    clean = _NEWLINE.sub("\n", _DROPPED.sub("", raw))
    if unicodedata.is_normalized("NFC", clean):
        return clean
    return unicodedata.normalize("NFC", _accents().sub(r"\1", clean))


def one_line(raw: str) -> str:
    """`raw` as a name or a title: on one line, and without the marks that turn the direction of writing.

    A text keeps them; a name stands among words of others, which it must not turn round.
    """
    return " ".join(_BIDI.sub("", normalise(raw)).split())


def dropped_controls(raw: str) -> int:
    """How many characters of `raw` the door takes away (line ends and composed letters not counted)."""
    return len(_DROPPED.findall(raw))


def has_bidi_controls(text: str) -> bool:
    """Whether something in `text` turns the direction of writing without being seen (CVE-2021-42574)."""
    return _BIDI.search(text) is not None
