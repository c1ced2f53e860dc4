"""Where edits speak of a text: the passages to mark, the paragraphs to put a label beside. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from amendments.text.applying import apply_edits
from amendments.text.hunks import Delete, Edit, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import Text
from amendments.text.redline import Redline
from amendments.web.reading import Block, Span, Stretch, changes_only, numbered, read


@dataclass(frozen=True, slots=True)
class Touched:
    """A place of one hunk: code points of a paragraph, or (`gap`) what lies behind it."""

    paragraph: str
    start: int = 0
    end: int = 0
    gap: bool = False


def touched(hunk: Hunk, lengths: Mapping[str, int]) -> Iterator[Touched]:
    """All places of a hunk; a paragraph as a whole is its full length."""
    match hunk:
        case Replace():
            yield Touched(hunk.paragraph, hunk.start, hunk.end)
        case Split():
            yield Touched(hunk.paragraph, hunk.offset, hunk.offset)
        case Join():
            yield Touched(hunk.left, hunk.length, hunk.length)
            yield Touched(hunk.right, 0, 0)
        case Insert():
            yield Touched(hunk.gap.after, gap=True)
        case Delete() | Retype():
            yield Touched(hunk.paragraph, 0, lengths.get(hunk.paragraph, 0))
        case Move():
            for identity in hunk.block:
                yield Touched(identity, 0, lengths.get(identity, 0))
            yield Touched(hunk.gap.after, gap=True)


def lengths_of(text: Text) -> dict[str, int]:
    return {paragraph.identity: len(paragraph.text) for paragraph in text}


@dataclass
class Marks:
    """What is printed at the passages of a text: spans inside paragraphs, ids of edits beside and behind them."""

    spans: dict[str, list[Span]] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
    gaps: dict[str, list[str]] = field(default_factory=dict)

    def add(self, edit: str, hunks: Iterable[Hunk], lengths: Mapping[str, int], *, clash: bool) -> None:
        for hunk in hunks:
            for place in touched(hunk, lengths):
                if place.gap:
                    _once(self.gaps.setdefault(place.paragraph, []), edit)
                    continue
                _once(self.beside.setdefault(place.paragraph, []), edit)
                if place.start < place.end:
                    self.spans.setdefault(place.paragraph, []).append(Span(place.start, place.end, edit, clash))


def _once(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def blocks_of(redline: Redline, spans: Mapping[str, list[Span]] | None = None) -> tuple[Block, ...]:
    return numbered(read(redline, spans))


def local_text(text: Text, hunks: Iterable[Hunk]) -> Text:
    """Only the paragraphs the hunks speak of, in order: enough to show one edit, however long the text is."""
    lengths: dict[str, int] = {}
    names = {place.paragraph for hunk in hunks for place in touched(hunk, lengths)}
    return tuple(paragraph for paragraph in text if paragraph.identity in names)


def local_redline(base: Text, hunks: tuple[Hunk, ...]) -> Redline:
    """One edit alone, in the paragraphs it speaks of."""
    return apply_edits(Redline.of(local_text(base, hunks)), [Edit("own", hunks)])


def redline_of(base: Text, hunks: tuple[Hunk, ...]) -> tuple[Stretch, ...]:
    """One edit as it reads, with the paragraph behind which something is put; nothing for none."""
    if not hunks:
        return ()
    redline = read(local_redline(base, hunks))  # without automatic numbers: they would need the whole list
    return changes_only(redline, around=1)


def short(redline: Redline, around: int = 0) -> tuple[Stretch, ...]:
    """Only the changed paragraphs, for lists and previews."""
    return changes_only(blocks_of(redline), around)
