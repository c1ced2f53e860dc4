"""Wishes of one copy that stand or fall together where another copy's wish is in the way of one of them: half of a
change ("from 8 to 20" made "from 7 to 21", of which only the 7 stood) is nobody's wish.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from amendments.text.hunks import Edit, Replace
from amendments.text.matching import FEWEST_TOKENS, Wording
from amendments.text.merging import Merge
from amendments.text.model import Text
from amendments.text.relations import Kind
from amendments.text.sentences import sentence_starts, span_of


def held_together(base: Text, merged: Merge, edits: Mapping[str, Edit], owner: Mapping[str, int]) -> dict[str, Edit]:
    """The same wishes, where one that collides and those of its copy in the same sentence with fewer than five kept
    words and signs between them are one, by the name of the first.
    """
    contested = {name for each in merged.collisions if each.kind is Kind.HARD for name in each.edits}
    group = {name: [name] for name in edits}
    for one, other in _close(base, edits, owner) if contested else ():
        if group[one] is not group[other]:
            group[one] += group[other]
            group |= dict.fromkeys(group[other], group[one])
    found: dict[str, Edit] = {}
    for name, edit in edits.items():
        if contested.isdisjoint(group[name]):
            found[name] = edit
        elif name == group[name][0]:
            found[name] = Edit(name, tuple(hunk for each in group[name] for hunk in edits[each].hunks))
    return found


def _close(base: Text, edits: Mapping[str, Edit], owner: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    texts = {paragraph.identity: paragraph.text for paragraph in base}
    inside: dict[tuple[int, str], list[tuple[int, int, str]]] = defaultdict(list)
    for name, edit in edits.items():
        for hunk in edit.hunks:
            if isinstance(hunk, Replace):
                inside[owner[name], hunk.paragraph].append((hunk.start, hunk.end, name))
    for (_, paragraph), places in inside.items():
        yield from _neighbours(texts[paragraph], sorted(places))


def _neighbours(text: str, places: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    starts = sentence_starts(text)
    for (start, end, one), (behind, _, other) in pairwise(places):
        same = span_of(starts, len(text), start) == span_of(starts, len(text), behind)
        if one != other and same and len(Wording(text[end:behind]).signs) < FEWEST_TOKENS:
            yield one, other
