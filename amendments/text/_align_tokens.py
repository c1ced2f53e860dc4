"""The one file that knows the sequence aligner (cydifflib, a compiled difflib)."""

from collections.abc import Hashable, Iterator, Sequence

from cydifflib import SequenceMatcher


def changes(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """What differs, as (old start, old end, new start, new end); in order, never touching."""
    here = there = 0
    for start, new_start, length in SequenceMatcher(None, old, new, False).get_matching_blocks():
        if here < start or there < new_start:
            yield here, start, there, new_start
        here, there = start + length, new_start + length
