"""Tables of cells that cover several columns or rows, laid out so that each row has one cell per column."""

from __future__ import annotations

from collections.abc import Iterable

from amendments.text.model import Rich

MAX_COLUMNS = 200
"""Beyond this a covering cell covers no further column, so that a made-up width cannot fill the memory."""


class Grid:
    """Lays out one row after the other and remembers which columns a cell above still covers."""

    def __init__(self) -> None:
        self._covered: dict[int, int] = {}

    def line(self, cells: Iterable[tuple[Rich, int, int]]) -> list[Rich]:
        """The row's cells (words, columns, rows); covered places are empty cells."""
        placed: list[Rich] = []
        covered: dict[int, int] = {}
        for words, columns, rows in cells:
            self._fill(placed)
            for number in range(max(1, min(columns, MAX_COLUMNS - len(placed)))):
                covered[len(placed)] = rows - 1
                placed.append(Rich() if number else words)
        self._fill(placed)
        self._covered = {column: left - 1 for column, left in self._covered.items() if left > 1}
        self._covered |= {column: left for column, left in covered.items() if left}
        return placed

    def _fill(self, placed: list[Rich]) -> None:
        while self._covered.get(len(placed), 0):
            placed.append(Rich())
