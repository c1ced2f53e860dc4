"""Where sentences and clauses of a German paragraph begin. A heuristic for the eye: it grades, it never decides."""

from bisect import bisect_right
from functools import lru_cache

import regex

from amendments.text.model import CELL

_ABBREVIATIONS = frozenset(
    [
        "Abs",
        "Abschn",
        "Anl",
        "Art",
        "Aufl",
        "Az",
        "Bd",
        "BGBl",
        "bzw",
        "ca",
        "Dr",
        "d",
        "ders",
        "dgl",
        "Dok",
        "Drs",
        "ebd",
        "EG",
        "etc",
        "EU",
        "evtl",
        "f",
        "ff",
        "gem",
        "ggf",
        "Hrsg",
        "i",
        "inkl",
        "insb",
        "Kap",
        "lit",
        "m",
        "max",
        "mind",
        "Mio",
        "Mrd",
        "n",
        "Nr",
        "Nrn",
        "o",
        "od",
        "Prof",
        "Rn",
        "S",
        "s",
        "sog",
        "St",
        "Std",
        "Str",
        "Tel",
        "u",
        "U",
        "usw",
        "v",
        "V",
        "vgl",
        "z",
        "Z",
        "zzgl",
    ]
)
LONGEST = 5_000
"""Code points; a longer stretch without an end (a list, figures) is no sentence to be read at once and parted here."""
_SENTENCE_END = regex.compile(r"(?<stop>[.!?…]+)(?:[“”\"'»)\]]*)(?:\s+|$)|\n+|" + CELL)
_CLAUSE_END = regex.compile(r"[,;:–—]\s+|\s[–—]\s")
_WORD_BEFORE = regex.compile(r"([\p{L}\p{N}]+)$")


def _ends_sentence(text: str, match: regex.Match[str]) -> bool:
    stop = match.group("stop")
    if stop is None or stop != ".":
        return True
    word = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start())
    if word is None:
        return True
    following = text[match.end() : match.end() + 1]
    if word[1] in _ABBREVIATIONS or (len(word[1]) == 1 and word[1].isalpha()):
        return False
    if word[1].isdigit():  # "am 3. März", "1. Anlass"
        return len(word[1]) > 2
    return not following.islower()


@lru_cache(maxsize=4096)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Offsets (code points) at which sentences begin; the first is always 0."""
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        if match.end() < len(text) and _ends_sentence(text, match):
            _part_long(text, starts, match.end())
            starts.append(match.end())
    _part_long(text, starts, len(text))
    return tuple(starts)


def _part_long(text: str, starts: list[int], end: int) -> None:
    """Adds starts up to `end`, behind blanks, where the last one is too far away."""
    while end - starts[-1] > LONGEST:
        farthest = starts[-1] + LONGEST
        starts.append(text.rfind(" ", starts[-1], farthest) + 1 or farthest)


@lru_cache(maxsize=4096)
def clause_starts(text: str) -> tuple[int, ...]:
    """Offsets at which clauses begin: sentence starts and what follows a comma, semicolon, colon or dash."""
    ends = {m.end() for m in _CLAUSE_END.finditer(text) if m.end() < len(text)}
    return tuple(sorted(ends | set(sentence_starts(text))))


def span_of(starts: tuple[int, ...], length: int, offset: int) -> tuple[int, int]:
    """The sentence or clause (start, end) that `offset` lies in."""
    index = max(0, bisect_right(starts, offset) - 1)
    return starts[index], starts[index + 1] if index + 1 < len(starts) else length
