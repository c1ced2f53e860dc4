"""What a file of ours says about itself: whose changes were put into it. Office programs keep it as properties of the
document, so that a file that comes back can be settled against what left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = re.compile(r"Amendments (\d{1,6})")
MOST_NAME = 250
"""Characters of a property that every office program keeps."""


def properties_of(people: Iterable[str]) -> list[tuple[str, str]]:
    """(name, value) for each of them; no property is longer than office programs keep."""
    return [(f"Amendments {number}", name[:MOST_NAME]) for number, name in enumerate(people, 1)]


def is_ours(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def held_in(properties: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The people again, in their order."""
    found = {int(said[1]): value for name, value in properties if (said := _NAME.fullmatch(name)) and value}
    return tuple(found[number] for number in sorted(found))
