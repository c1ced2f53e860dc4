"""How changed words of one paragraph are ordered: whole sentences where a sentence changes, else the fewest words that
say which ones are meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amendments.exchange.instructions import scopes
from amendments.exchange.instructions.carrying_out import words_of
from amendments.exchange.instructions.orders import (
    AddSentences,
    AddWords,
    Exchange,
    Place,
    Rewrite,
    Strike,
    StrikeWords,
    Words,
)
from amendments.exchange.instructions.places import Path
from amendments.exchange.instructions.scopes import Span
from amendments.exchange.instructions.trouble import NotUnderstood
from amendments.text.model import CELL, Kind, Paragraph, Rich, concat
from amendments.text.parting import ISLAND
from amendments.text.redline import Op
from amendments.text.tidying import compare
from amendments.text.tokens import inside_word, word_before, word_behind

MANY = 3
"""More changes in one sentence than this, and the sentence is said anew."""
_SECTION_SIGN = re.compile("§+[ \u00a0]$")
_SHORT = 20
"""Characters of a sentence whose words are exchanged rather than said anew."""
_WIDEST = 4
"""Words quoted around a change at most, to say which one is meant."""

WordOrder = Exchange | StrikeWords | AddWords | AddSentences | Rewrite | Strike


@dataclass(frozen=True)
class Piece:
    """Code points `start`..`end` shall read `new`."""

    start: int
    end: int
    new: Rich


def pieces_of(old: Rich, new: Rich) -> list[Piece]:
    """The changes between two wordings, as the redline draws them."""
    pieces: list[Piece] = []
    place = 0
    touching = False
    for run in compare(old, new):
        length = len(run.rich.text)
        if run.op is Op.KEEP:
            place += length
            touching = False
            continue
        if not touching:
            pieces.append(Piece(place, place, Rich()))
        last = pieces.pop()
        if run.op is Op.DELETE:
            place += length
            pieces.append(Piece(last.start, place, last.new))
        else:
            pieces.append(Piece(last.start, place, concat([last.new, run.rich])))
        touching = True
    return pieces


def orders_of(paragraph: Paragraph, path: Path, pieces: Sequence[Piece]) -> list[WordOrder] | None:
    """Orders that change exactly this, in text order; None if only the whole paragraph can be said."""
    return _Wording(paragraph, path).orders(pieces)


class _Wording:
    def __init__(self, paragraph: Paragraph, path: Path) -> None:
        self.paragraph, self.path = paragraph, path
        self.rich, self.text = paragraph.content.rich, paragraph.text
        self.row = paragraph.head.kind is Kind.TABLE_ROW
        self.spans = scopes.cells(self.text) if self.row else scopes.sentences(self.text)

    def orders(self, pieces: Sequence[Piece]) -> list[WordOrder] | None:
        pieces = self._crowded(self._united([self._whole(piece) for piece in pieces]))
        found: list[WordOrder] = []
        for number, piece in enumerate(pieces):
            before = pieces[number - 1].end if number else 0
            behind = pieces[number + 1].start if number + 1 < len(pieces) else len(self.text)
            order = self._order(piece, (before, behind))
            if order is None:
                return None
            found.append(order)
        return found

    # --- pieces that can be said

    def _whole(self, piece: Piece) -> Piece:
        """The piece with the words it would cut."""
        start, end, new = piece.start, piece.end, piece.new
        text = self.text
        between = new.text or text[end : end + 1]
        if start and (inside_word(text, start) or inside_word(text[start - 1] + between[:1], 1)):
            start = word_before(text, start)
        before = new.text or text[piece.start - 1 : piece.start]
        if end < len(text) and (inside_word(text, end) or inside_word(before[-1:] + text[end], 1)):
            end = word_behind(text, end)
        sign = _SECTION_SIGN.search(text, max(0, start - 4), start) if start < end else None
        return self._widened(piece, sign.start() if sign else start, end)

    def _widened(self, piece: Piece, start: int, end: int) -> Piece:
        if (start, end) == (piece.start, piece.end):
            return piece
        return Piece(
            start, end, concat([self.rich.slice(start, piece.start), piece.new, self.rich.slice(piece.end, end)])
        )

    def _united(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Pieces that overlap, or with no more than an island between them, are one."""
        found: list[Piece] = []
        for piece in pieces:
            last = found[-1] if found else None
            if last is None or piece.start - last.end > ISLAND or CELL in self.text[last.end : piece.start]:
                found.append(piece)
            else:
                found[-1] = self._one(last, piece)
        return found

    def _one(self, left: Piece, right: Piece) -> Piece:
        overlap = max(0, left.end - right.start)
        kept = self.rich.slice(left.end, right.start) if not overlap else Rich()
        return Piece(
            left.start,
            max(left.end, right.end),
            concat([left.new.slice(0, len(left.new) - overlap), kept, right.new]),
        )

    def _crowded(self, pieces: list[Piece]) -> list[Piece]:
        """A sentence with many pieces, or of which nothing stays, is one piece."""
        if self.row:
            return pieces
        found: list[Piece] = []
        by_sentence: dict[Span, list[Piece]] = defaultdict(list)
        for piece in pieces:
            cores = (scopes.core(self.text, self.spans[number]) for number in scopes.near(self.spans, piece.start))
            inside = next((core for core in cores if core[0] <= piece.start and piece.end <= core[1]), None)
            if inside is None:
                found.append(piece)
            else:
                by_sentence[inside].append(piece)
        for core, changes in by_sentence.items():
            found += [self._all(core, changes)] if self._said_anew(core, changes) else changes
        return sorted(found, key=lambda piece: piece.start)

    def _said_anew(self, core: Span, pieces: Sequence[Piece]) -> bool:
        length = core[1] - core[0]
        kept = length - sum(piece.end - piece.start for piece in pieces)
        nothing_stays = kept <= ISLAND and length > _SHORT and any(piece.new.text for piece in pieces)
        return len(pieces) > MANY or nothing_stays

    def _all(self, core: Span, pieces: Sequence[Piece]) -> Piece:
        whole = pieces[0]
        for piece in pieces[1:]:
            whole = self._one(whole, piece)
        return self._widened(whole, *core)

    # --- one piece, one order

    def _order(self, piece: Piece, limits: Span) -> WordOrder | None:
        return next((order for order in self._candidates(piece, limits) if self._does(order, piece)), None)

    def _does(self, order: WordOrder, piece: Piece) -> bool:
        """Whether the order changes exactly what the piece changes."""
        try:
            start, end, new = words_of(self.paragraph, order)
        except NotUnderstood:
            return False
        low, high = min(start, piece.start), max(end, piece.end)
        return self._read(low, high, start, end, new) == self._read(low, high, piece.start, piece.end, piece.new)

    def _read(self, low: int, high: int, start: int, end: int, new: Rich) -> Rich:
        return concat([self.rich.slice(low, start), new, self.rich.slice(end, high)])

    def _candidates(self, piece: Piece, limits: Span) -> Iterator[WordOrder]:
        if not self.row:
            yield from self._sentences(piece)
        place, span = self._place(piece)
        if not piece.new.text:
            yield from self._strikes(place, span, piece)
        if piece.start == piece.end:
            yield from self._additions(place, span, piece)
        yield from self._exchanges(place, span, piece, limits)
        if self.row and span != (0, len(self.text)):
            new = concat([self.rich.slice(span[0], piece.start), piece.new, self.rich.slice(piece.end, span[1])])
            yield Rewrite(place, new)

    def _place(self, piece: Piece) -> tuple[Place, Span]:
        """The sentence or cell that the piece lies in, else the paragraph."""
        for number in scopes.near(self.spans, piece.start) if len(self.spans) > 1 else ():
            span = self.spans[number]
            if span[0] <= piece.start and piece.end <= span[1]:
                return (Place(self.path, column=number + 1) if self.row else Place(self.path, number + 1)), span
        return Place(self.path), (0, len(self.text))

    def _sentences(self, piece: Piece) -> Iterator[WordOrder]:
        words = _stripped(piece.new)
        for number in scopes.near(self.spans, piece.start):
            span = self.spans[number]
            core = scopes.core(self.text, span)
            place = Place(self.path, number + 1)
            if piece.start == piece.end and re.search(r"[.!?…][“”\"»)]*$", words.text):
                if core[1] <= piece.start <= span[1]:
                    yield AddSentences(place, words)
                elif piece.start == span[0] == 0:
                    yield AddSentences(place, words, before=True)
            elif len(self.spans) > 1 and not words.text and abs(piece.start - span[0]) + abs(piece.end - span[1]) <= 4:
                yield Strike(place)
            elif (
                piece.start <= core[0] and core[1] <= piece.end <= span[1] and words.text and core[1] - core[0] > _SHORT
            ):
                yield Rewrite(place if len(self.spans) > 1 else Place(self.path), words)

    def _strikes(self, place: Place, span: Span, piece: Piece) -> Iterator[WordOrder]:
        words = self.text[piece.start : piece.end].strip()
        start = self.text.index(words, piece.start)
        named = self._named(span, start, words)
        if words and named:
            yield StrikeWords(place, named)

    def _additions(self, place: Place, span: Span, piece: Piece) -> Iterator[WordOrder]:
        new = _stripped(piece.new)
        end = len(self.text[: piece.start].rstrip(" "))
        if new.text and end > span[0]:
            for start in self._backwards(span, end):
                named = self._named(span, start, self.text[start:end])
                if named is not None and not named.time:
                    yield AddWords(place, named, new)
                    break
        start = piece.start + len(self.text[piece.start :]) - len(self.text[piece.start :].lstrip(" "))
        if new.text and start < span[1]:
            for end in self._forwards(span, start):
                named = self._named(span, start, self.text[start:end])
                if named is not None and not named.time:
                    yield AddWords(place, named, new, before=True)
                    break

    def _backwards(self, span: Span, end: int) -> Iterator[int]:
        start = end
        for _ in range(_WIDEST):
            if start > span[0]:
                start = max(span[0], word_before(self.text, start))
                yield start

    def _forwards(self, span: Span, start: int) -> Iterator[int]:
        end = start
        for _ in range(_WIDEST):
            if end < span[1]:
                end = min(scopes.core(self.text, span)[1], word_behind(self.text, end))
                yield end

    def _exchanges(self, place: Place, span: Span, piece: Piece, limits: Span) -> Iterator[WordOrder]:
        """The words themselves, then with more and more around them; at last with the number of the occurrence."""
        low, high = max(span[0], limits[0]), min(scopes.core(self.text, span)[1], limits[1])
        if piece.start < low or piece.end > high:
            low, high = limits
        wider = [piece]
        start, end = piece.start, piece.end
        for turn in range(2 * _WIDEST):
            if turn % 2 == 0 and start > low:
                start = max(low, word_before(self.text, start))
            elif end < high:
                end = min(high, word_behind(self.text, end))
            wider.append(self._widened(piece, start, end))
        numbered: list[WordOrder] = []
        for each in wider:
            words = self.text[each.start : each.end]
            if not words or words != words.strip() or each.new.text != each.new.text.strip() or not each.new.text:
                continue
            named = self._named(span, each.start, words)
            if named is not None and named.time:
                numbered.append(Exchange(place, named, each.new))
            elif named is not None:
                yield Exchange(place, named, each.new)
        yield from numbered

    def _named(self, span: Span, start: int, words: str) -> Words | None:
        """These words with the number of their occurrence, if there are others; None where they cannot be found."""
        found = list(scopes.occurrences(self.text, span, words))
        if start not in found:
            return None
        return Words(words, found.index(start) + 1 if len(found) > 1 else 0)


def _stripped(rich: Rich) -> Rich:
    text = rich.text
    return rich.slice(len(text) - len(text.lstrip()), max(len(text.rstrip()), len(text) - len(text.lstrip())))
