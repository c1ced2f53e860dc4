"""The German kind of a proposal (NORMS §3), derived from its hunks: nobody has to choose it."""

from collections.abc import Iterable

from amendments.text.hunks import Delete, Hunk, Insert, Replace


def german_kind(hunks: Iterable[Hunk]) -> str:
    """`supplement` (Ergänzung) when words are only added, `deletion` (Streichung) when only struck, else `change`
    (Änderung).
    """
    hunks = tuple(hunks)
    if all(isinstance(h, Insert) or (isinstance(h, Replace) and h.start == h.end) for h in hunks):
        return "supplement"
    if all(isinstance(h, Delete) or (isinstance(h, Replace) and not h.new.text) for h in hunks):
        return "deletion"
    return "change"
