"""Hunks, edits, places: what a proposal changes. Frozen values with a JSON form; no behaviour beyond that.

A hunk is one replaced range inside a paragraph or one structural operation, in the coordinates of the base text. An
edit is one or more hunks that stand or fall together.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from amendments.text.model import (
    Content,
    Head,
    Rich,
    content_from_json,
    content_to_json,
    head_from_json,
    head_to_json,
    rich_from_json,
    rich_to_json,
)

START = ""
"""The gap before the first paragraph: `Gap(START)`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The place behind the paragraph with identity `after`, or before all of them (`START`)."""

    after: str = START


@dataclass(frozen=True, slots=True, init=False)
class Replace:
    """Code points `start`..`end` of `paragraph` read `old` and shall read `new`. start == end inserts; new empty
    strikes.
    """

    paragraph: str
    start: int
    end: int
    old: Rich
    new: Rich

    def __init__(self, paragraph: str, start: int, end: int, old: Rich, new: Rich) -> None:
        _set_paragraph(self, paragraph)  # as in `Rich`: a redline makes one for each change
        _set_start(self, start)
        _set_end(self, end)
        _set_old(self, old)
        _set_new(self, new)


_set_paragraph, _set_start, _set_end, _set_old, _set_new = (
    Replace.__dict__[name].__set__ for name in ("paragraph", "start", "end", "old", "new")
)


@dataclass(frozen=True, slots=True)
class Retype:
    """The paragraph becomes a heading, a list item of another level, ..."""

    paragraph: str
    old: Head
    new: Head


@dataclass(frozen=True, slots=True)
class Split:
    """A new paragraph begins at `offset`. The left half keeps the identity, the right one gets a new one and `head`."""

    paragraph: str
    offset: int
    head: Head


@dataclass(frozen=True, slots=True)
class Join:
    """`right`, which follows `left`, is appended to it with nothing between. Identity and head of `left` survive."""

    left: str
    right: str
    length: int
    """Code points of `left` in the base: where the join point lies."""


@dataclass(frozen=True, slots=True)
class Insert:
    """New paragraphs in a gap, in this order."""

    gap: Gap
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Delete:
    """The paragraph, which reads `old`, goes away. Its gap stays a place."""

    paragraph: str
    old: Content


@dataclass(frozen=True, slots=True)
class Move:
    """A block of neighbouring paragraphs goes to a gap outside it. Gaps inside the block travel, the one behind it
    stays.
    """

    block: tuple[str, ...]
    gap: Gap


Hunk = Replace | Retype | Split | Join | Insert | Delete | Move


@dataclass(frozen=True)
class Edit:
    """One wish for one passage. `id` is the caller's (a proposal's edit); two edits with equal `hunks` are the same
    wish.
    """

    id: str
    hunks: tuple[Hunk, ...]

    @property
    def wish(self) -> frozenset[Hunk]:
        return frozenset(self.hunks)


def hunk_to_json(hunk: Hunk) -> dict[str, object]:
    """A hunk as JSON values, for storing; offsets in code points. `hunk_from_json` reads it back."""
    match hunk:
        case Replace():
            return {
                "op": "replace",
                "paragraph": hunk.paragraph,
                "start": hunk.start,
                "end": hunk.end,
                "old": rich_to_json(hunk.old),
                "new": rich_to_json(hunk.new),
            }
        case Retype():
            return {
                "op": "retype",
                "paragraph": hunk.paragraph,
                "old": head_to_json(hunk.old),
                "new": head_to_json(hunk.new),
            }
        case Split():
            return {"op": "split", "paragraph": hunk.paragraph, "offset": hunk.offset, "head": head_to_json(hunk.head)}
        case Join():
            return {"op": "join", "left": hunk.left, "right": hunk.right, "length": hunk.length}
        case Insert():
            return {"op": "insert", "after": hunk.gap.after, "contents": [content_to_json(c) for c in hunk.contents]}
        case Delete():
            return {"op": "delete", "paragraph": hunk.paragraph, "old": content_to_json(hunk.old)}
        case Move():
            return {"op": "move", "block": list(hunk.block), "after": hunk.gap.after}


def hunk_from_json(data: dict) -> Hunk:  # type: ignore[type-arg]
    """The inverse of `hunk_to_json`; raises KeyError or ValueError on anything else."""
    match data["op"]:
        case "replace":
            return Replace(
                data["paragraph"], data["start"], data["end"], rich_from_json(data["old"]), rich_from_json(data["new"])
            )
        case "retype":
            return Retype(data["paragraph"], head_from_json(data["old"]), head_from_json(data["new"]))
        case "split":
            return Split(data["paragraph"], data["offset"], head_from_json(data["head"]))
        case "join":
            return Join(data["left"], data["right"], data["length"])
        case "insert":
            return Insert(Gap(data["after"]), tuple(content_from_json(c) for c in data["contents"]))
        case "delete":
            return Delete(data["paragraph"], content_from_json(data["old"]))
        case "move":
            return Move(tuple(data["block"]), Gap(data["after"]))
        case other:
            raise ValueError(f"unknown hunk {other!r}")


def hunks_hash(hunks: tuple[Hunk, ...]) -> str:
    """SHA-256 (hex) of the set of hunks: equal for equal wishes whatever their order."""
    rows = sorted(json.dumps(hunk_to_json(h), ensure_ascii=False, sort_keys=True) for h in hunks)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
