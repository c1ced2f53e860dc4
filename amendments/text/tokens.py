"""Tokens: a word, a number, white space or one sign, as plain strings that joined again give the text.

Words keep combining marks, joiners and soft hyphens; a sign is a whole grapheme (an emoji with its modifiers is one
token), so no boundary between tokens lies inside a word or a grapheme.
"""

import re

import regex

_USUAL = re.compile(r"[ -~\n\t\u00a0§°²³\u00c0-\u024f–—‘-„…€]*")
"""Letters and signs of German as it is commonly written, each a grapheme of its own."""
_USUAL_TOKEN = re.compile(r"\w+|[ \n\t]+|.")
_TOKEN = regex.compile(
    r"[\p{L}\p{N}_][\p{L}\p{N}\p{M}\p{GCB=Extend}_\u00AD\u200D]*"  # a word or a number
    r"|(?:[^\S\u00A0\u202F](?![\p{M}\p{GCB=Extend}\u200D]))+"  # white space that may break
    r"|\X"  # one grapheme: a sign, a no-break space, an emoji
)
_LETTER = regex.compile(r"[\p{L}\p{N}_]")
_JOINS = regex.compile(r"[\p{M}\p{GCB=Extend}\u00AD\u200D]")
"""What is part of a word only behind a letter or a number; behind a sign it is part of the sign."""
_FARTHEST = 30
"""So many of these in a row are looked behind; more belong to a word."""
_GRAPHEME = regex.compile(r"\X")
_SINGLE = frozenset("–—‘’‚“”„…€•")
UNCOMMON = "\u0300"
"""From here on characters may join with the one in front."""
_LONGEST = 400
"""So many code points in front of a cut are looked at; a longer row of flags or marks is no writing."""


def tokenise(text: str) -> list[str]:
    """Tokens in order; `"".join(tokenise(text)) == text`. Linear in the text."""
    if _USUAL.fullmatch(text):  # the same tokens in a third of the time
        return _USUAL_TOKEN.findall(text)
    return _TOKEN.findall(text)


def inside_word(text: str, offset: int) -> bool:
    """Whether a cut at `offset` (code points) would part two characters of one word or number."""
    if not 0 < offset < len(text):
        return False
    before, behind = text[offset - 1], text[offset]
    if before == " " or behind == " ":
        return False
    return (before.isalpha() or _in_words(text, offset - 1)) and (behind.isalpha() or _in_words(text, offset))


def _in_words(text: str, index: int) -> bool:
    character = text[index]
    if character < UNCOMMON:
        return character.isalnum() or character in "_\u00ad"
    for before in range(index, max(-1, index - _FARTHEST), -1):
        if not _JOINS.match(text[before]):
            return _LETTER.match(text[before]) is not None
    return index >= _FARTHEST


def grapheme_around(text: str, offset: int) -> tuple[int, int]:
    """Where the grapheme begins and ends that a cut at `offset` would part; `offset` twice if it parts none."""
    if not 0 < offset < len(text):
        return offset, offset
    before, behind = text[offset - 1], text[offset]
    if (before < UNCOMMON or before in _SINGLE) and (behind < UNCOMMON or behind in _SINGLE) and before != "\r":
        return offset, offset
    line = text.rfind("\n", 0, offset) + 1  # a line feed always ends a grapheme
    for grapheme in _GRAPHEME.finditer(text, max(line, offset - _LONGEST)):
        if grapheme.end() >= offset:
            return grapheme.span() if grapheme.end() > offset else (offset, offset)
    return offset, offset


def word_before(text: str, offset: int) -> int:
    """Where the nearest word that ends at or before `offset` begins; 0 if there is none."""
    start = offset
    while start > 0 and not _in_words(text, start - 1):
        start -= 1
    while start > 0 and _in_words(text, start - 1):
        start -= 1
    return start


def word_behind(text: str, offset: int) -> int:
    """Where the nearest word that begins at or behind `offset` ends; the length if there is none."""
    end = offset
    while end < len(text) and not _in_words(text, end):
        end += 1
    while end < len(text) and _in_words(text, end):
        end += 1
    return end
