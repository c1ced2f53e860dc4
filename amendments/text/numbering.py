"""What a paragraph is counted by: a list number beside its words, or "§ 12", "(2)", "3.", "b)" as the first of them."""

from __future__ import annotations

import re

from amendments.text.model import Head

COUNTED_BY = frozenset({"number", "numbering", "label"})
"""The attributes that say how an item or a footnote is counted, and nothing else."""
NEW_NOTE = "neu-"
"""What the label of a footnote begins with that is not counted yet: its number follows from its place."""
_LABEL = re.compile(
    r"(?:#{1,6} |[*-] )?"  # signs of a literal file
    r"((?:§{1,2}|Art\.?|Artikel|Anlage|Nr\.|Nummer) ?\d+\w?|\(\d+\w?\)|\d+(?:\.\d+)*\w?[.)]|\w\w?\))(?=\s)"
)


def label_end(text: str) -> int:
    """Where the number that a paragraph's words begin with ends; 0 if they begin with none."""
    found = _LABEL.match(text)
    return found.end() if found else 0


def counted_by(head: Head) -> str:
    """The number that stands beside the words, as it is printed; "" where a page counts by itself."""
    return head.attribute("number") or head.attribute("label")


def only_counted_otherwise(old: Head, new: Head) -> bool:
    """Whether two different heads say the same but for the number."""
    mine, theirs = dict(old.attributes), dict(new.attributes)
    differing = {key for key in {*mine, *theirs} if mine.get(key) != theirs.get(key)}
    return (old.kind, old.level) == (new.kind, new.level) and differing <= COUNTED_BY


def only_label_changed(old: str, new: str) -> bool:
    """Whether two different wordings are the same words behind another number."""
    end, other = label_end(old), label_end(new)
    return bool(end and other) and old[end:] == new[other:]
