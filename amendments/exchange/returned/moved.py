"""Paragraphs that one person moved and another changed on the way, in a file that has no word for a move: struck at one
place and put in at another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from amendments.text.model import Content

Contents = tuple[Content, ...]


def moved_once(before: Contents, whole: Contents, ground: Contents, contents: Contents) -> tuple[Contents, Contents]:
    """`ground`, with what others put in, and `contents`, the same with one person's changes, where the others' moves
    are moves: what was put in once more and changed there stands no longer where it was. It is none where the file with
    all changes (`whole`) still has the words.
    """
    old, put_in, changed = Counter(before), Counter(ground), Counter(contents)
    left = {each for each in old if (old[each], put_in[each], changed[each]) == (1, 2, 1)} - set(whole)
    kept = _first_of(before, ground)
    if not left or kept is None:
        return ground, contents
    gone = {rank for rank in kept if ground[rank] in left}
    return (
        tuple(content for rank, content in enumerate(ground) if rank not in gone),
        tuple(content for content in contents if content not in left),
    )


def _first_of(before: Iterable[Content], ground: Sequence[Content]) -> list[int] | None:
    """The ranks at which `ground` has what was there before; None where it has not all of it in that order."""
    found, at = [], 0
    for content in before:
        while at < len(ground) and ground[at] != content:
            at += 1
        if at == len(ground):
            return None
        found.append(at)
        at += 1
    return found
