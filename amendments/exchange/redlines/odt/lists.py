"""The styles of the lists that are used (§16.30): each counts from its own start."""

from __future__ import annotations

import re

from amendments.exchange.redlines.counted import BULLET, Count
from amendments.exchange.redlines.odt.layout import MAX_LEVEL
from amendments.exchange.redlines.odt.xml import attribute

_SIGN = re.compile("[1aAiI]")
_BULLETS = "•–▪"
_INDENT = 0.63
"""Centimetres by which each level is set in."""


def list_style(count: Count, name: str) -> str:
    levels = "".join(
        _level(level, look, count.start if level == count.level else 1)
        for level, look in sorted(count.list.looks.items())
        if level <= MAX_LEVEL
    )
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _level(level: int, look: str, start: int) -> str:
    inside = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        f'fo:margin-left="{_INDENT * level:.2f}cm" fo:text-indent="-{_INDENT}cm" '
        f'text:list-tab-stop-position="{_INDENT * level:.2f}cm"/></style:list-level-properties>'
    )
    if look == BULLET:
        sign = _BULLETS[(level - 1) % len(_BULLETS)]
        kind, about = "bullet", f'text:bullet-char="{sign}"'
    else:
        begins = f' text:start-value="{start}"' if start != 1 else ""
        kind, about = "number", _counting(look, level) + begins
    tag = f"text:list-level-style-{kind}"
    return f'<{tag} text:level="{level}" {about}>{inside}</{tag}>'


def _counting(look: str, level: int) -> str:
    """The last sign of a look is the number of the level itself, those before it are of the levels above."""
    signs = list(_SIGN.finditer(look))
    last = signs[-1] if signs else None
    above = len(signs) - 1 if 1 < len(signs) <= level else 0
    before = look[: signs[0].start()] if above else look[: last.start()] if last else look
    behind = look[last.end() :] if last else ""
    form = last[0] if last else "1"
    shown = f' text:display-levels="{above + 1}"' if above else ""
    return f'style:num-format="{form}" style:num-prefix={attribute(before)} style:num-suffix={attribute(behind)}{shown}'
