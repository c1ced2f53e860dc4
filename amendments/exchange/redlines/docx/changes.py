"""The attributes of each tracked change: whose it is, since when, and its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from amendments.exchange.redlines.docx.xml import attribute, moment
from amendments.exchange.redlines.remarks import Remarks
from amendments.text.redline import Op


@dataclass
class Changes(Remarks):
    """Gives ids to the changes of one file, from `first_change` on."""

    first_change: int = 1
    _moves: dict[str, int] = field(default_factory=dict)
    _ranges: Counter[tuple[Op, str]] = field(default_factory=Counter)
    _ids: count[int] = field(init=False)
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = count(self.first_change)

    def attributes(self, by: tuple[str, ...]) -> str:
        """`w:id`, `w:author`, `w:date` of one change."""
        if by not in self._known:
            self._known[by] = self._signed(by)
        return f'w:id="{next(self._ids)}" {self._known[by]}'

    def _signed(self, by: Iterable[str]) -> str:
        name, at = self.author(by)
        return f"w:author={attribute(name)}" + (f' w:date="{moment(at)}"' if at else "")

    def stretch(self, op: Op, move: str) -> str:
        """What the next stretch of a move is called, here and at its other place."""
        number = self._moves.setdefault(move, len(self._moves) + 1)
        self._ranges[op, move] += 1
        return f"move{number}.{self._ranges[op, move]}"
