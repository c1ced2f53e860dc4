"""The one file that knows the similarity measure (rapidfuzz: normalised Indel distance over tokens, compiled)."""

from collections.abc import Sequence

from rapidfuzz.distance import Indel


def similarity(one: Sequence[str], other: Sequence[str], cutoff: float = 0.0) -> float:
    """1.0 for equal token lists, 0.0 for nothing in common; 0.0 as well where it lies below `cutoff`."""
    return Indel.normalized_similarity(one, other, score_cutoff=cutoff)
