"""Words of a redline: their looks, links and footnotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from amendments.exchange.redlines.counted import Count
from amendments.exchange.redlines.odt.xml import CHARACTERS, attribute, spanned, words
from amendments.exchange.redlines.tracked import Block, Piece
from amendments.text.model import Mark, MarkName
from amendments.text.redline import Op


@dataclass
class Words:
    """`numbers`: of footnotes, by label. `notes`: what they say. `note`: writes that as it reads in the text of `op`.
    `lists`: names of the list styles that are used.
    """

    numbers: Mapping[str, int]
    notes: Mapping[str, tuple[Block, ...]]
    note: Callable[[tuple[Block, ...], Op], str]
    lists: dict[Count, str] = field(default_factory=dict)
    _written: int = 0

    def of(self, piece: Piece) -> str:
        found, at = [], 0
        for text, marks in piece.rich.stretches():
            found.append(self._stretch(text, marks, piece.op, at))
            at += len(text)
        return "".join(found)

    def _stretch(self, text: str, marks: tuple[Mark, ...], op: Op, at: int) -> str:
        by_name = {mark.name: mark.target for mark in marks}
        looks = [CHARACTERS[name] for name in CHARACTERS if name in by_name]
        note = next(
            (mark for mark in marks if mark.name is MarkName.FOOTNOTE_REF and mark.target in self.numbers), None
        )
        written = words(text) if note is None else self._note(note.target, op) if note.start == at else ""
        if target := by_name.get(MarkName.LINK):
            written = f'<text:a xlink:type="simple" xlink:href={attribute(target)}>{written}</text:a>'
        return spanned(written, looks)

    def _note(self, label: str, op: Op) -> str:
        self._written += 1
        return (
            f'<text:note text:id="fn{self._written}" text:note-class="footnote">'
            f"<text:note-citation>{self.numbers[label]}</text:note-citation>"
            f"<text:note-body>{self.note(self.notes[label], op)}</text:note-body></text:note>"
        )
