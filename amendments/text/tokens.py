"""Tokens: a word, a number, white space or one sign, as plain strings that joined again give the text.

Words keep combining marks, joiners and soft hyphens; a sign is a whole grapheme (an emoji with its modifiers is one
token), so no boundary between tokens lies inside a word or a grapheme.
"""

import regex

_TOKEN = regex.compile(
    r"[\p{L}\p{N}_][\p{L}\p{N}\p{M}_\u00AD\u200C\u200D]*"  # a word or a number
    r"|[^\S\u00A0\u202F]+"  # white space that may break
    r"|\X"  # one grapheme: a sign, a no-break space, an emoji
)
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}_\u00AD]")


def tokenise(text: str) -> list[str]:
    """Tokens in order; `"".join(tokenise(text)) == text`. Linear in the text."""
    return _TOKEN.findall(text)


def inside_word(text: str, offset: int) -> bool:
    """Whether a cut at `offset` (code points) would part two characters of one word or number."""
    return 0 < offset < len(text) and bool(_WORD.match(text[offset - 1]) and _WORD.match(text[offset]))


def word_before(text: str, offset: int) -> int:
    """Where the nearest word that ends at or before `offset` begins; 0 if there is none."""
    start = offset
    while start > 0 and not _WORD.match(text[start - 1]):
        start -= 1
    while start > 0 and _WORD.match(text[start - 1]):
        start -= 1
    return start


def word_behind(text: str, offset: int) -> int:
    """Where the nearest word that begins at or behind `offset` ends; the length if there is none."""
    end = offset
    while end < len(text) and not _WORD.match(text[end]):
        end += 1
    while end < len(text) and _WORD.match(text[end]):
        end += 1
    return end
