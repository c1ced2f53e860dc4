"""What a file of ours says about itself: whose changes were put into it, and which paragraphs are the letterhead's.
Office programs keep it as properties of the document, so that a file that comes back can be settled against what left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from amendments.text.model import Content, Kind

PLACE = "[Text]"
"""The paragraph of a letterhead that is the place of the text; without one it comes behind what the letterhead says."""
_NAME = re.compile(r"Amendments (\d{1,6})")
MOST_NAME = 250
"""Characters of a property that every office program keeps."""

_AROUND = "Amendments letterhead"
_SAID = re.compile(r"(\d{1,5}) ([0-9a-f]{64}) (\d{1,5}) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Side:
    """So many paragraphs before or behind the text, and the hash of their words."""

    number: int
    hash: str

    @classmethod
    def of(cls, contents: Sequence[Content]) -> Side:
        return cls(len(contents), sha256("\0".join(content.text for content in contents).encode()).hexdigest())


@dataclass(frozen=True)
class Letterhead:
    """The paragraphs of a letterhead around the text."""

    before: Side
    behind: Side

    @property
    def properties(self) -> list[tuple[str, str]]:
        sides = (self.before, self.behind)
        return [(_AROUND, " ".join(f"{side.number} {side.hash}" for side in sides))]

    def found_in(self, contents: Sequence[Content]) -> tuple[int, int]:
        """How many paragraphs of a file before and behind the text are the letterhead's, to the letter; notes come
        last of all.
        """
        body = [content for content in contents if content.head.kind is not Kind.FOOTNOTE]
        before, behind = self.before.number, self.behind.number
        if before + behind > len(body):
            return 0, 0
        return (
            before if Side.of(body[:before]) == self.before else 0,
            behind if Side.of(body[len(body) - behind :]) == self.behind else 0,
        )


def letterhead_of(template: Sequence[Content], text: Iterable[Content]) -> Letterhead | None:
    """What a letterhead says around this text. None where it could be taken for the text, or is in one row."""
    body = [content for content in template if content.head.kind is not Kind.FOOTNOTE]
    places = [rank for rank, content in enumerate(body) if PLACE in content.text]
    place = places[0] if places else len(body)
    own = [*body[:place], *body[place + 1 :]]
    known = {content.text for content in text}
    if not own or (places and body[place].text != PLACE) or any(content.text in known for content in own):
        return None
    return Letterhead(Side.of(body[:place]), Side.of(body[place + 1 :]))


def letterhead_in(properties: Iterable[tuple[str, str]]) -> Letterhead | None:
    """The one a file of ours says it was put into."""
    found = next((said for name, value in properties if name == _AROUND and (said := _SAID.fullmatch(value))), None)
    return found and Letterhead(Side(int(found[1]), found[2]), Side(int(found[3]), found[4]))


def properties_of(people: Iterable[str]) -> list[tuple[str, str]]:
    """(name, value) for each of them; no property is longer than office programs keep."""
    return [(f"Amendments {number}", name[:MOST_NAME]) for number, name in enumerate(people, 1)]


def is_ours(name: str) -> bool:
    return name == _AROUND or _NAME.fullmatch(name) is not None


def held_in(properties: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The people again, in their order."""
    found = {int(said[1]): value for name, value in properties if (said := _NAME.fullmatch(name)) and value}
    return tuple(found[number] for number in sorted(found))
