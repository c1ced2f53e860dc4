"""How a literal file was written around its paragraphs: byte order mark, line ends, blank lines. Frozen, with a JSON
form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

GAP = "\n\n"
"""What parts two paragraphs when nothing else was remembered."""


@dataclass(frozen=True)
class Layout:
    """Everything of a literal file that is not in its paragraphs; blank lines are remembered with LF, whatever
    `newline` is.

    `lead` stands before the first paragraph and `trail` behind the last. `separator` parts two paragraphs; `exceptions`
    are sorted pairs (key, separator) for the gap BEHIND the paragraph of that key. The key is the paragraph's index
    while `bound` is False (as read) and its identity afterwards (`bind`), so that an exception follows its paragraph
    into later versions.
    """

    bom: bool = False
    newline: str = "\n"
    lead: str = ""
    trail: str = "\n"
    separator: str = GAP
    exceptions: tuple[tuple[str, str], ...] = ()
    bound: bool = False

    def to_json(self) -> dict[str, object]:
        return {
            "bom": self.bom,
            "newline": self.newline,
            "lead": self.lead,
            "trail": self.trail,
            "separator": self.separator,
            "exceptions": dict(self.exceptions),
            "bound": self.bound,
        }

    @staticmethod
    def from_json(data: Mapping[str, object]) -> Layout:
        """The inverse of `to_json`; what is missing (an older or empty row) has its default."""
        exceptions = cast("Mapping[str, str]", data.get("exceptions") or {})
        return Layout(
            bool(data.get("bom", False)),
            str(data.get("newline", "\n")),
            str(data.get("lead", "")),
            str(data.get("trail", "\n")),
            str(data.get("separator", GAP)),
            tuple(sorted((str(key), str(gap)) for key, gap in exceptions.items())),
            bool(data.get("bound", False)),
        )


def bind(layout: Layout, identities: Sequence[str]) -> Layout:
    """`layout` with identities for keys; `identities[i]` is that of the paragraph read at index i. Bound already:
    unchanged.
    """
    if layout.bound:
        return layout
    exceptions = sorted((identities[int(key)], gap) for key, gap in layout.exceptions if int(key) < len(identities))
    return replace(layout, exceptions=tuple(exceptions), bound=True)
