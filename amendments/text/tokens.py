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
    r"[\p{L}\p{N}_][\p{L}\p{N}\p{M}_\u00AD\u200C\u200D]*"  # a word or a number
    r"|[^\S\u00A0\u202F]+"  # white space that may break
    r"|\X"  # one grapheme: a sign, a no-break space, an emoji
)
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}_\u00AD\u200C\u200D]")


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
    return (before.isalpha() or _in_words(before)) and (behind.isalpha() or _in_words(behind))


def _in_words(character: str) -> bool:
    if character < "\u0300":
        return character.isalnum() or character in "_\u00ad"
    return _WORD.match(character) is not None


def word_before(text: str, offset: int) -> int:
    """Where the nearest word that ends at or before `offset` begins; 0 if there is none."""
    start = offset
    while start > 0 and not _in_words(text[start - 1]):
        start -= 1
    while start > 0 and _in_words(text[start - 1]):
        start -= 1
    return start


def word_behind(text: str, offset: int) -> int:
    """Where the nearest word that begins at or behind `offset` ends; the length if there is none."""
    end = offset
    while end < len(text) and not _in_words(text[end]):
        end += 1
    while end < len(text) and _in_words(text[end]):
        end += 1
    return end
