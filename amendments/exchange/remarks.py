"""Who was at a file: what each person changed in it and said about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from amendments.exchange.wall_time import TOWN
from amendments.text.door import one_line

_YEARS = range(1980, 2200)
"""In which files are changed by word processors."""
_MOST_TOLD, _MOST_WORDS = 20, 300
"""Changes that are not read and whose words are told, and how many characters of these."""


@dataclass(frozen=True)
class Remark:
    """A comment. `paragraph`: the rank of the content at which it stands, -1 for none; `start`, `end`: which of its
    words are meant, in code points; equal ones for a place between words. `on`: who tracked changes there.
    """

    author: str
    at: datetime | None
    text: str
    paragraph: int = -1
    start: int = 0
    end: int = 0
    on: tuple[str, ...] = ()


class Where(StrEnum):
    """Where changes are not read. OUTSIDE: in headers, footers and text boxes; COLUMNS: cells of a table that were put
    in or struck one by one.
    """

    OUTSIDE = "outside"
    COLUMNS = "columns"


@dataclass(frozen=True)
class Aside:
    """Changes of one person that are not read: how many, and what they put in or struck."""

    where: Where
    changes: int
    words: str


@dataclass(frozen=True)
class Hand:
    """Whose tracked changes are in a file: how many, how many of these only of how words look, and since when. `aside`:
    further ones, which are not read.
    """

    name: str
    changes: int = 0
    looks: int = 0
    first: datetime | None = None
    last: datetime | None = None
    aside: tuple[Aside, ...] = ()


@dataclass
class Places:
    """Where comments begin and end: rank of the content and offset, by what a reader calls them, "from" or "to" and the
    name of the comment.
    """

    found: dict[str, tuple[int, int]] = field(default_factory=dict)

    def put(self, pins: Iterable[tuple[str, int]], rank: int) -> None:
        for name, offset in pins:
            self.found.setdefault(name, (rank, offset))

    def of(self, name: str, lengths: list[int]) -> tuple[int, int, int]:
        """(content, start, end): a comment on several paragraphs stands at the first one."""
        last = self.found.get(f"to {name}", self.found.get(f"from {name}"))
        first = self.found.get(f"from {name}", last)
        if first is None or last is None or not lengths:
            return -1, 0, 0
        rank = min(first[0], len(lengths) - 1)
        start = min(first[1], lengths[rank]) if first[0] == rank else lengths[rank]
        return rank, start, max(start, min(last[1], lengths[rank])) if last[0] == first[0] else lengths[rank]


def hands(
    changes: Iterable[tuple[str, bool, datetime | None]], unread: Iterable[tuple[Where, str, str]] = ()
) -> tuple[Hand, ...]:
    """Of (author, only looks, date), in the order in which they come, and of (where, author, words) of what is not
    read.
    """
    found: dict[str, Hand] = {}
    for name, looks, at in changes:
        known = found.get(name, Hand(name))
        dates = [each for each in (known.first, known.last, at) if each]
        found[name] = Hand(
            name, known.changes + 1, known.looks + looks, min(dates, default=None), max(dates, default=None)
        )
    for name, aside in _asides(unread):
        known = found.get(name, Hand(name))
        found[name] = replace(known, aside=(*known.aside, aside))
    return tuple(found.values())


def _asides(unread: Iterable[tuple[Where, str, str]]) -> Iterator[tuple[str, Aside]]:
    said: dict[tuple[str, Where], list[str]] = defaultdict(list)
    for where, name, words in unread:
        said[name, where].append(words)
    for (name, where), each in said.items():
        words = one_line(" … ".join(filter(str.strip, each[:_MOST_TOLD])))[:_MOST_WORDS]
        yield name, Aside(where, len(each), words)


def moment_in(text: str | None) -> datetime | None:
    """A moment as files write it; without an offset by the clock on the wall. None for anything else, and for one at
    which nobody can have changed a file: a calendar cannot show the last day of all in another time zone.
    """
    try:
        found = datetime.fromisoformat((text or "").strip())
        moment = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=TOWN).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in _YEARS else None


def remark_to_json(remark: Remark) -> dict[str, object]:
    return {**vars(remark), "at": _said(remark.at), "on": list(remark.on)}


def remark_from_json(data: Mapping[str, Any]) -> Remark:
    return Remark(**{**data, "at": moment_in(data["at"]), "on": tuple(map(str, data["on"]))})


def hand_to_json(hand: Hand) -> dict[str, object]:
    aside = [vars(each) for each in hand.aside]
    return {**vars(hand), "first": _said(hand.first), "last": _said(hand.last), "aside": aside}


def hand_from_json(data: Mapping[str, Any]) -> Hand:
    aside = tuple(Aside(Where(each["where"]), each["changes"], each["words"]) for each in data.get("aside", ()))
    return Hand(**{**data, "first": moment_in(data["first"]), "last": moment_in(data["last"]), "aside": aside})


def _said(at: datetime | None) -> str:
    return at.isoformat() if at else ""
