"""The least a redline can mark: an exact alignment with affine gaps, plain dynamic programming over tokens."""

from __future__ import annotations

from collections.abc import Sequence

HUNK = 12
"""What one more mark costs, in characters struck or put in: two changes are worth parting by six kept characters."""
_NEVER = 10**9


def least_cost(old: Sequence[str], new: Sequence[str]) -> int:
    """Characters struck and put in, and `HUNK` for each mark, of the cheapest redline from `old` to `new`."""
    old, new = _differing(old, new)
    if not old and not new:
        return 0
    lengths = list(map(len, new))
    kept = [0] + [_NEVER] * len(new)  # cheapest where the last pair of tokens is kept
    marked = [HUNK]  # cheapest inside a mark
    for length in lengths:
        marked.append(marked[-1] + length)
    for token in old:
        kept, marked = _next_row(token, new, lengths, kept, marked)
    return min(kept[-1], marked[-1])


def _next_row(
    token: str, new: Sequence[str], lengths: list[int], kept: list[int], marked: list[int]
) -> tuple[list[int], list[int]]:
    now_kept = [_NEVER] * len(kept)
    now_marked = [marked[0] + len(token)]
    for place, other in enumerate(new):
        stays = min(kept[place], marked[place]) if other == token else _NEVER
        now_kept[place + 1] = stays
        now_marked.append(min(marked[place + 1] + len(token), now_marked[-1] + lengths[place], stays + HUNK))
    return now_kept, now_marked


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Without the tokens both begin and end with: keeping those is never dearer."""
    first, shorter = 0, min(len(old), len(new))
    while first < shorter and old[first] == new[first]:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return old[first : len(old) - last], new[first : len(new) - last]
