"""What a sentence orders, as values: places by name, words by what they read. `carrying_out.hunks_of` makes hunks of
them.
"""

from __future__ import annotations

from dataclasses import dataclass

from amendments.exchange.instructions.places import Path
from amendments.text.model import Content, Head, Rich


@dataclass(frozen=True)
class Place:
    """A paragraph; in it a sentence or a cell (counted from 1), if one is named."""

    path: Path
    sentence: int = 0
    column: int = 0


@dataclass(frozen=True)
class Words:
    """Words that stand at a place. `time`: which of several occurrences, 0 if there is only one."""

    text: str
    time: int = 0


@dataclass(frozen=True)
class Exchange:
    """Words read otherwise."""

    place: Place
    old: Words
    new: Rich


@dataclass(frozen=True)
class StrikeWords:
    place: Place
    old: Words


@dataclass(frozen=True)
class AddWords:
    """Words go behind the anchor, or before it."""

    place: Place
    anchor: Words
    new: Rich
    before: bool = False


@dataclass(frozen=True)
class AddSentences:
    """One or more sentences go behind the named sentence, or before it."""

    place: Place
    new: Rich
    before: bool = False


@dataclass(frozen=True)
class Rewrite:
    """A sentence, a cell, a paragraph reads otherwise; of a table row every cell is said."""

    place: Place
    new: Rich


@dataclass(frozen=True)
class Strike:
    """A sentence, or the paragraphs from one to another."""

    place: Place
    last: Path = ()


@dataclass(frozen=True)
class Add:
    """New paragraphs behind one, or at the beginning of the text (empty path)."""

    after: Path
    contents: tuple[Content, ...]


@dataclass(frozen=True)
class Substitute:
    """New paragraphs stand for those from `first` to `last`."""

    first: Path
    last: Path
    contents: tuple[Content, ...]


@dataclass(frozen=True)
class Shift:
    first: Path
    last: Path
    after: Path


@dataclass(frozen=True)
class Begin:
    """A new paragraph begins with a sentence (`place.sentence`), or before words."""

    place: Place
    words: Words | None
    head: Head


@dataclass(frozen=True)
class Append:
    """`right` is appended to `left`, its neighbour."""

    left: Path
    right: Path
    between: Rich


@dataclass(frozen=True)
class Turn:
    """A paragraph becomes one of another kind."""

    path: Path
    head: Head


Order = (
    Exchange
    | StrikeWords
    | AddWords
    | AddSentences
    | Rewrite
    | Strike
    | Add
    | Substitute
    | Shift
    | Begin
    | Append
    | Turn
)
