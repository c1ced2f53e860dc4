"""The one file that knows the similarity measure (rapidfuzz: normalised Indel distance over tokens, compiled)."""

from collections.abc import Sequence

from rapidfuzz.distance import Indel, LCSseq

from amendments.text.anchoring import changed_tokens

EXACT = 100_000_000
"""So many pairs of tokens at most are compared exactly: 10,000 with 10,000, some 5,000 words and 20 ms."""


def similarity(one: Sequence[str], other: Sequence[str], cutoff: float = 0.0) -> float:
    """1.0 for equal token lists, 0.0 for nothing in common; 0.0 as well where it lies below `cutoff`.

    Of longer ones it is the share that a comparison keeps, seldom less than the most that could be kept: the exact
    measure takes the square of the length.
    """
    if len(one) * len(other) <= EXACT:
        return Indel.normalized_similarity(one, other, score_cutoff=cutoff)
    changed = sum(b - a + d - c for a, b, c, d in changed_tokens(one, other))
    share = 1 - changed / (len(one) + len(other))
    return share if share >= cutoff else 0.0


def shared_tokens(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens both have in the same order, at most; of long ones those that a comparison keeps."""
    if len(one) * len(other) <= EXACT:
        return LCSseq.similarity(one, other)
    return len(one) - sum(b - a for a, b, _, _ in changed_tokens(one, other))
