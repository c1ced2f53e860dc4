"""Words of a redline in WordprocessingML: runs, each change in its element, links, footnotes and comments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from amendments.exchange.redlines.docx.changes import Changes
from amendments.exchange.redlines.docx.xml import attribute, look_of, properties, run
from amendments.exchange.redlines.tracked import Piece
from amendments.text.model import Mark, MarkName
from amendments.text.redline import Op

TAGS = {
    (Op.INSERT, False): "ins",
    (Op.DELETE, False): "del",
    (Op.INSERT, True): "moveTo",
    (Op.DELETE, True): "moveFrom",
}
"""Of a change, by whether it is the half of a move."""
_UNTRACKED = (MarkName.LINK, MarkName.FOOTNOTE_REF)
"""Marks that are elements of their own: a change of them is a change of words."""


@dataclass
class Words:
    """`characters`: ids of character styles by mark; `comment`: that of comments. `notes`: numbers of footnotes by
    label. `link`: the id of the relation to an address, in the part that is written.
    """

    changes: Changes
    characters: Mapping[MarkName, str]
    comment: str
    notes: Mapping[str, int]
    link: Callable[[str], str]
    _ranges: dict[tuple[Op, str], str] = field(default_factory=dict)

    def pieces(self, pieces: Sequence[Piece], end_moves: str = "") -> str:
        """The words. `end_moves`: the move with which the paragraph's end goes; its range is left open."""
        first, last = _reaches(pieces)
        found, rank = [], 0
        while rank < len(pieces):
            piece, behind = pieces[rank], pieces[rank + 1] if rank + 1 < len(pieces) else None
            if (half := _half(piece)) and first[half] == rank:
                found.append(self._range_start(piece))
            relooked = behind is not None and _only_looks(piece, behind)
            words = self._relooked(piece, behind) if relooked and behind else self._changed(piece)
            found.append(self.commented(words, self.changes.reasons((*piece.by, *piece.struck_by))))
            if half and last[half] == rank and piece.move != end_moves:
                found.append(self.range_end(piece.op, piece.move))
            rank += 2 if relooked else 1
        return "".join(found)

    def commented(self, words: str, comments: Sequence[int]) -> str:
        for number in comments:
            reference = properties(f"<w:rStyle w:val={attribute(self.comment)}/>")
            words = (
                f'<w:commentRangeStart w:id="{number}"/>{words}<w:commentRangeEnd w:id="{number}"/>'
                f'<w:r>{reference}<w:commentReference w:id="{number}"/></w:r>'
            )
        return words

    def _changed(self, piece: Piece) -> str:
        """The words of a piece in its change; a link holds the change, as none may hold a link."""
        found = []
        for text, marks in piece.rich.stretches():
            struck = (piece.op is Op.DELETE and not piece.move) or bool(piece.struck_by)  # what moved is no struck text
            words = self._run(text, marks, struck=struck)
            if piece.struck_by:
                words = f"<w:del {self.changes.attributes(piece.struck_by)}>{words}</w:del>"
            if piece.op is not Op.KEEP:
                tag = TAGS[piece.op, bool(piece.move)]
                words = f"<w:{tag} {self.changes.attributes(piece.by)}>{words}</w:{tag}>"
            target = next((mark.target for mark in marks if mark.name is MarkName.LINK), "")
            found.append(self._linked(words, target) if target else words)
        return "".join(found)

    def _run(self, text: str, marks: tuple[Mark, ...], *, struck: bool) -> str:
        look = look_of(marks, self.characters)
        label = next((mark.target for mark in marks if mark.name is MarkName.FOOTNOTE_REF), "")
        if label in self.notes:
            return f'<w:r>{properties(look)}<w:footnoteReference w:id="{self.notes[label]}"/></w:r>'
        return run(text, look, struck=struck)

    def _linked(self, words: str, target: str) -> str:
        return f"<w:hyperlink r:id={attribute(self.link(target))}>{words}</w:hyperlink>"

    def _relooked(self, old: Piece, new: Piece) -> str:
        """Words that only look otherwise (§17.13.5.31)."""
        found = []
        start = 0
        edges = sorted(
            {mark_end for rich in (old.rich, new.rich) for mark in rich.marks for mark_end in (mark.start, mark.end)}
            | {len(new.rich)}
        )
        for end in (edge for edge in edges if edge > 0):
            (text, now), (_, was) = (next(rich.slice(start, end).stretches()) for rich in (new.rich, old.rich))
            before, after = look_of(was, self.characters), look_of(now, self.characters)
            change = (
                f"<w:rPrChange {self.changes.attributes(new.by)}><w:rPr>{before}</w:rPr></w:rPrChange>"
                if before != after
                else ""
            )
            found.append(run(text, after + change, struck=False))
            start = end
        return "".join(found)

    def _range_start(self, piece: Piece) -> str:
        attributes = self.changes.attributes(piece.by)
        self._ranges[piece.op, piece.move] = attributes.partition(" ")[0]
        return (
            f'<w:{TAGS[piece.op, True]}RangeStart w:name="{self.changes.stretch(piece.op, piece.move)}" {attributes}/>'
        )

    def range_end(self, op: Op, move: str) -> str:
        """Behind a range that was begun; empty for any other."""
        begun = self._ranges.pop((op, move), "")
        return f"<w:{TAGS[op, True]}RangeEnd {begun}/>" if begun else ""


def _half(piece: Piece) -> tuple[Op, str] | None:
    return (piece.op, piece.move) if piece.move else None


def _reaches(pieces: Sequence[Piece]) -> tuple[dict[tuple[Op, str], int], dict[tuple[Op, str], int]]:
    """The ranks of the first and of the last piece of each half of a move."""
    first: dict[tuple[Op, str], int] = {}
    last: dict[tuple[Op, str], int] = {}
    for rank, piece in enumerate(pieces):
        if half := _half(piece):
            first.setdefault(half, rank)
            last[half] = rank
    return first, last


def _only_looks(old: Piece, new: Piece) -> bool:
    return (
        (old.op, new.op) == (Op.DELETE, Op.INSERT)
        and old.rich.text == new.rich.text
        and old.by == new.by
        and not (old.move or new.move)
        and not any(mark.name in _UNTRACKED for rich in (old.rich, new.rich) for mark in rich.marks)
    )
