"""Quotations of every kind in a mail, taken out so that plain patterns can read what is left."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

HOLE = "\ue000"
"""Stands in a skeleton where a quotation begins; the rest of it is FILL."""
FILL = "\ue001"
QUOTED = f"{HOLE}{FILL}*"
BROKEN = "\ue002"
"""A quotation begins here that does not end."""
WRAP = "\r"
"""A line ends here, perhaps only in the mail."""
_SHORTEST_LINE = 50
_LONGEST_LINE = 120
"""No program breaks a line before the one, or behind the other."""
_MAIL_LINE = re.compile(r"^(?!>).*\S[ \t]+\S.*$", re.MULTILINE)
"""A line of the mail itself, with a place where it could be broken."""
_NEXT_WORD = re.compile(r"\s*(\S*)")
_LONGEST = 500
"""Between single quotation marks, which are apostrophes as well."""
_LABELLED = re.compile(r"[ \t]*(?:\(?\d{1,2}[a-z]?[.)]|[a-z]{1,2}\)|[-–—*•·])\s")
_OURS = re.compile(f"[{HOLE}{FILL}{BROKEN}]")
_CLOSING = {"„": "“”", "“": "”“", "»": "«", "«": "»", "‚": "‘’", "‘": "’", "›": "‹", "'": "'", '"': '"'}
_FALLBACK = {"„": '"', "‚": "'"}
OPENING = "".join(_CLOSING)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Quotation:
    start: int
    end: int
    words: str


def skeleton(text: str) -> tuple[str, dict[int, Quotation]]:
    """The text with its quotations blotted out, each as long as it was, and the quotations by where they begin."""
    bones = list(_OURS.sub(" ", text))
    found: dict[int, Quotation] = {}
    width = _width(text)
    ends = [*(match.start() for match in _BLANK_LINE.finditer(text)), len(text)]
    place = 0
    while place < len(text):
        if text[place] not in _CLOSING or not _opens(text, place):
            place += 1
            continue
        limit = ends[bisect_left(ends, place)]
        end = _end(text, place, limit)
        if end is None:
            place = _behind_broken(text, bones, place, limit)
            continue
        found[place] = Quotation(place, end, _words(text, place + 1, end - 1, width))
        bones[place:end] = HOLE + FILL * (end - place - 1)
        place = end
    return "".join(bones), found


def _behind_broken(text: str, bones: list[str], place: int, limit: int) -> int:
    """An apostrophe is no quotation. Behind any other sign nothing of its block can be told apart."""
    if text[place] in "'‘":
        return place + 1
    bones[place] = BROKEN
    return limit


def _width(text: str) -> int:
    """Of the longest line that could have been broken; what is quoted of an earlier mail is wider."""
    lines = (line.rstrip() for line in text.split("\n") if not line.startswith(">") and " " in line.strip())
    return max(map(len, lines), default=0)


def _words(text: str, start: int, end: int, width: int) -> str:
    """What is quoted; WRAP where the program of the mail may have broken a line: where the next word would have made
    it wider than any other (`width`). A line that had room was ended by whoever wrote it.
    """
    words = text[start:end]
    if width > _LONGEST_LINE:
        return words
    signs = list(words)
    for place in (match.start() for match in re.finditer("\n", words)):
        line = text[text.rfind("\n", 0, start + place) + 1 : start + place].rstrip()
        following = _NEXT_WORD.match(text, start + place)
        room = width - len(line) > len(following[1] if following else "")
        if len(line) >= _SHORTEST_LINE and not room and not _LABELLED.match(words, place + 1):
            signs[place] = WRAP
    return "".join(signs)


def _opens(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


def _end(text: str, start: int, limit: int) -> int | None:
    """Behind the sign that closes the quotation; it does not reach over the blank line at `limit`."""
    sign = text[start]
    limit = min(limit, start + _LONGEST) if sign in "'‘" else limit
    depth = 0
    for place in range(start, limit):
        if text[place] == sign and (place == start or sign in "„‚"):
            depth += 1
        elif text[place] in _CLOSING[sign] and _closes(text, place):
            depth -= 1
            if depth == 0:
                return place + 1
    other = _FALLBACK.get(sign)
    if other is not None:
        end = text.find(other, start + 1, limit)
        if end > 0 and _closes(text, end):
            return end + 1
    return None


def _closes(text: str, place: int) -> bool:
    return not text[place + 1 : place + 2].isalnum()
