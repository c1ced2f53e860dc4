"""The one file that knows the sequence aligner (cydifflib, a compiled difflib)."""

from collections.abc import Hashable, Sequence

from cydifflib import SequenceMatcher


def changes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int, int]]:
    """What differs, as (old start, old end, new start, new end); in order, never touching."""
    found = []
    here = there = 0
    for start, new_start, length in SequenceMatcher(None, old, new, False).get_matching_blocks():
        if here < start or there < new_start:
            found.append((here, start, there, new_start))
        here, there = start + length, new_start + length
    return found
