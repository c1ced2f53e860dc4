"""The one file that knows the sequence aligner (cydifflib, a compiled difflib)."""

from collections.abc import Hashable, Sequence

from cydifflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]


def changes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Opcode]:
    """What differs, as (tag, old start, old end, new start, new end) with tag replace, delete or insert; in order,
    never touching.
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
    opcodes = SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes()
    return [(tag, a + prefix, b + prefix, c + prefix, d + prefix) for tag, a, b, c, d in opcodes if tag != "equal"]
