"""The one file that knows the sequence aligner (cydifflib, a compiled difflib)."""

from collections import Counter
from collections.abc import Hashable, Sequence

from cydifflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]


def changes(old: Sequence[Hashable], new: Sequence[Hashable], most: int | None = None) -> list[Opcode]:
    """What differs, as (tag, old start, old end, new start, new end) with tag replace, delete or insert; in order,
    never touching. Above `most` pairs of equal elements all between the first and the last difference is one change.
    """
    prefix = 0
    limit = min(len(old), len(new))
    while prefix < limit and old[prefix] == new[prefix]:
        prefix += 1
    suffix = 0
    while suffix < limit - prefix and old[-1 - suffix] == new[-1 - suffix]:
        suffix += 1
    middle_old, middle_new = old[prefix : len(old) - suffix], new[prefix : len(new) - suffix]
    if not middle_old and not middle_new:
        return []
    if most is not None and _pairs(middle_old, middle_new) > most:
        return [("replace", prefix, len(old) - suffix, prefix, len(new) - suffix)]
    opcodes = SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes()
    return [(tag, a + prefix, b + prefix, c + prefix, d + prefix) for tag, a, b, c, d in opcodes if tag != "equal"]


def _pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many pairs of equal elements there are: what the aligner's time grows with."""
    there = Counter(new)
    return sum(number * there[element] for element, number in Counter(old).items())
