"""For which committee a returned file seems to be, from its name and the name of who changed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from amendments.committees.models import Committee

_WORD = re.compile(r"[^\W_]+")


def guessed_committee(committees: Sequence[Committee], person: str, file: str) -> str:
    """The id of the one that is named there in whole words, or like which the person is called ("Beirat (Ä 7)").

    Empty where several are: a wrong guess is worse than none.
    """
    found = _named(committees, _words(person)) or _named(committees, _words(PurePath(file).stem))
    found = found or _called(committees, _words(person.partition(" (")[0].casefold()))
    return found.pop() if len(found) == 1 else ""


def _words(said: str) -> list[str]:
    return _WORD.findall(said)


def _named(committees: Iterable[Committee], said: list[str]) -> set[str]:
    """Those whose name, or short name as it is written ("HA", not "ha"), stands there outside of a longer one."""
    plain = [word.casefold() for word in said]
    places = {
        (start, start + len(words), str(committee.id))
        for committee in committees
        for words, among in ((_words(committee.name.casefold()), plain), (_words(committee.short_name or ""), said))
        for start in range(len(among))
        if words and among[start : start + len(words)] == words
    }
    return {
        ident
        for start, end, ident in places
        if not any(first <= start and end <= last and (first, last) != (start, end) for first, last, _ident in places)
    }


def _called(committees: Iterable[Committee], person: list[str]) -> set[str]:
    """Those whose name begins with these words."""
    return {str(row.id) for row in committees if person and _words(row.name.casefold())[: len(person)] == person}
