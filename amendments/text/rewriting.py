"""Words that were written anew: between them a comparison keeps blanks and words that the two wordings happen to share,
and what another puts in there would stand in a sentence it was not meant for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from amendments.text.hunks import Edit, Hunk, Join, Replace, Split
from amendments.text.matching import FEWEST_TOKENS, Wording
from amendments.text.model import CELL, Paragraph, Text, concat
from amendments.text.sentences import sentence_starts

KEPT = 0.4
"""A sentence of which less than this is kept was written anew; what is kept of it says something from five words and
signs in a row on.
"""


def written_anew(base: Text, edit: Edit) -> Edit:
    """The same copy of `base`, where replaced words with nothing but white space between them are one hunk, and so is
    what was changed in a sentence that was written anew, with the few words kept in between.
    """
    paragraphs = {paragraph.identity: paragraph for paragraph in base}
    parted = {hunk.paragraph for hunk in edit.hunks if isinstance(hunk, Split)}
    parted |= {name for hunk in edit.hunks if isinstance(hunk, Join) for name in (hunk.left, hunk.right)}
    inside: dict[str, list[Replace]] = defaultdict(list)
    for hunk in edit.hunks:
        if isinstance(hunk, Replace) and hunk.paragraph not in parted:
            inside[hunk.paragraph].append(hunk)
    now: dict[Hunk, list[Replace]] = {}
    for name, found in inside.items():
        found.sort(key=lambda hunk: (hunk.start, hunk.end))
        now |= {hunk: [] for hunk in found}
        now[found[0]] = _by_sentence(paragraphs[name], _by_blanks(paragraphs[name], found))
    return Edit(edit.id, tuple(each for hunk in edit.hunks for each in now.get(hunk, (hunk,))))


def _by_blanks(paragraph: Paragraph, found: Sequence[Replace]) -> list[Replace]:
    def close(one: Replace, other: Replace) -> bool:
        return bool(one.old and other.old) and paragraph.text[one.end : other.start].isspace()

    return _united_where(close, paragraph, found)


def _by_sentence(paragraph: Paragraph, found: Sequence[Replace]) -> list[Replace]:
    text = paragraph.text
    anew: dict[Replace, int] = {}
    for start, end in pairwise((*sentence_starts(text), len(text))):
        own = [hunk for hunk in found if _of_sentence(hunk, start, end)]
        if sum(hunk.end - hunk.start for hunk in own) > (1 - KEPT) * (end - start):
            anew |= dict.fromkeys(own, start)

    def close(one: Replace, other: Replace) -> bool:
        same = one in anew and anew[one] == anew.get(other)
        return same and len(Wording(text[one.end : other.start]).signs) < FEWEST_TOKENS

    return _united_where(close, paragraph, found)


def _of_sentence(hunk: Replace, start: int, end: int) -> bool:
    """What is only put in at the edge of a sentence may be another one."""
    return start <= hunk.start and hunk.end <= end and (bool(hunk.old) or start < hunk.start < end)


def _united_where(
    close: Callable[[Replace, Replace], bool], paragraph: Paragraph, found: Sequence[Replace]
) -> list[Replace]:
    rows = [[found[0]]]
    for one, other in pairwise(found):
        if close(one, other) and CELL not in paragraph.text[one.end : other.start]:
            rows[-1].append(other)
        else:
            rows.append([other])
    return [_united(paragraph, row) for row in rows]


def _united(paragraph: Paragraph, row: Sequence[Replace]) -> Replace:
    if len(row) == 1:
        return row[0]
    rich, start, end = paragraph.content.rich, row[0].start, row[-1].end
    new = [row[0].new]
    for one, other in pairwise(row):
        new += (rich.slice(one.end, other.start), other.new)
    return Replace(paragraph.identity, start, end, rich.slice(start, end), concat(new))
