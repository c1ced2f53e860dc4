"""Line numbers: greedy breaks at 90 characters of the plain text, counted through the whole version.

A line belongs to the text, not to a screen: page and print show its number where it begins and wrap as they like.
"""

from functools import lru_cache

from amendments.text.model import CELL, Text

LINE_LENGTH = 90


@lru_cache(maxsize=16384)
def starts_in(text: str) -> tuple[int, ...]:
    """Offsets (code points) at which the lines of one paragraph begin; the first is 0. A word longer than a line is
    not cut.
    """
    starts = [0]
    line_start, last_break = 0, -1
    for offset, character in enumerate(text):
        if character == "\n":
            starts.append(offset + 1)
            line_start, last_break = offset + 1, -1
            continue
        if offset - line_start >= LINE_LENGTH and last_break > line_start:
            starts.append(last_break)
            line_start, last_break = last_break, -1
        if character in (" ", "\t", CELL):
            last_break = offset + 1
    return tuple(start for start in starts if start < len(text) or start == 0)


def line_starts(text: Text) -> tuple[tuple[int, ...], ...]:
    """Per paragraph the offsets where its lines begin. A line's number is its place in the concatenation, from 1."""
    return tuple(starts_in(paragraph.text) for paragraph in text)
