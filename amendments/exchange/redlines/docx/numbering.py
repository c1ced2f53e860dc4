"""Definitions of the lists that are used (§17.9)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amendments.exchange.redlines.counted import BULLET, Count, List
from amendments.exchange.redlines.docx.xml import attribute

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SIGN = re.compile("[1aAiI]")
_BULLETS = "•–▪"
_INDENT = 360
"""Twentieths of a point by which each level is set in."""


def definitions(counts: Sequence[Count], first_abstract: int, first_number: int) -> tuple[list[str], list[str]]:
    """The w:abstractNum and w:num elements; `counts` in the order of their numbers."""
    lists = list(dict.fromkeys(count.list for count in counts))
    ranks = {each: rank for rank, each in enumerate(lists, first_abstract)}
    return [_abstract(each, rank) for each, rank in ranks.items()], [
        _instance(count, ranks[count.list], number) for number, count in enumerate(counts, first_number)
    ]


def _abstract(list_: List, rank: int) -> str:
    levels = "".join(_level(level, look) for level, look in sorted(list_.looks.items()) if level <= 9)
    return f'<w:abstractNum w:abstractNumId="{rank}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def _level(level: int, look: str) -> str:
    form, text = ("bullet", _BULLETS[(level - 1) % len(_BULLETS)]) if look == BULLET else _counting(level, look)
    indent = f'<w:pPr><w:ind w:left="{_INDENT * level}" w:hanging="{_INDENT}"/></w:pPr>'
    return (
        f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val={attribute(text)}/><w:lvlJc w:val="left"/>{indent}</w:lvl>'
    )


def _counting(level: int, look: str) -> tuple[str, str]:
    """Format and w:lvlText: the last number of a look is that of the level itself, those before it are above it."""
    signs = list(_SIGN.finditer(look))
    if not signs:
        return "decimal", f"{look}%{level}"
    text, end = "", 0
    for rank, sign in enumerate(signs):
        at = level - (len(signs) - 1 - rank)
        text += look[end : sign.start()] + (f"%{at}" if at > 0 else sign[0])
        end = sign.end()
    return _FORMATS[signs[-1][0]], text + look[end:]


def _instance(count: Count, rank: int, number: int) -> str:
    start = (
        f'<w:lvlOverride w:ilvl="{min(count.level, 9) - 1}"><w:startOverride w:val="{count.start}"/></w:lvlOverride>'
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{rank}"/>{start}</w:num>'
