"""What returned files want of a text, compared with the version they rest on; kept, so that it is compared once."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import cast
from uuid import UUID

from amendments.documents.models import Version
from amendments.documents.queries import Memory, load_text, versions_of
from amendments.errors import TooLarge, Unavailable, Unreadable
from amendments.exchange import making
from amendments.exchange.docx.reader import NOTES
from amendments.exchange.imported import ACCEPTED, COLUMNS, OUTSIDE, REJECTED
from amendments.exchange.returned import (
    Found,
    Returned,
    returned_from_json,
    returned_to_json,
    wanted_in,
    wanted_of_older,
)
from amendments.exchange.words import N_, Sentence
from amendments.proposals.models import ReturnedFile
from amendments.proposals.queries import contents_of
from amendments.text import Content, Text
from amendments.web.made import worked_out
from amendments.workplaces.reader import Place

MOST_REMEMBERED = 60
"""Files of which a process remembers what they want."""
MOST_AT_ONCE = 6_000
"""Paragraphs, of our version and of all readings of a file, that are compared while the page waits; more are compared
in a process of their own.
"""
TOO_LONG = N_(
    "Diese Datei mit unserer Fassung zu vergleichen dauert zu lange. Bitte teilen Sie sie, oder nehmen Sie in Ihrem"
    " Schreibprogramm an, was schon entschieden ist."
)
_TOLD = frozenset((ACCEPTED[0], REJECTED[0], OUTSIDE[0], COLUMNS[0], NOTES["comment"][0]))
"""Notes of readers about what the page itself says: how many changes, those of whom are not read, and the comments,
which are handed on.
"""


@dataclass(frozen=True)
class Compared:
    """`rests_on`: the version whose words the file has, without its changes."""

    found: Found
    rests_on: Version


_memory: Memory[tuple[UUID, str, UUID], Compared] = Memory(MOST_REMEMBERED)
"""By file, what was answered about it, and our version."""


def packed(found: Returned) -> bytes:
    return zlib.compress(json.dumps(returned_to_json(found)).encode())


def compared(place: Place, files: Sequence[ReturnedFile]) -> dict[UUID, Compared]:
    """What these files want of the current version; those that are still being compared are missing."""
    keys = {row.id: (row.id, json.dumps(row.answers, sort_keys=True), place.current.id) for row in files}
    found = {row.id: known for row in files if (known := _memory.get(keys[row.id])) is not None}
    contents = contents_of([row.id for row in files if row.id not in found])
    versions = versions_of(place.text.id) if contents else ()
    for row in files:
        if row.id in contents:
            read = returned_from_json(json.loads(zlib.decompress(contents[row.id])))
            answer = _compared(place.current, versions, read, row)
            if answer is not None:
                found[row.id] = answer
                _memory.put(keys[row.id], answer)
    return found


def answers_to(row: ReturnedFile) -> dict[int, str]:
    return {int(number): str(identity) for number, identity in row.answers.items()}


def _compared(current: Version, versions: Sequence[Version], read: Returned, row: ReturnedFile) -> Compared | None:
    answers = answers_to(row)
    rests_on = current if answers else _rests_on(current, versions, read)
    older = None if rests_on is current else tuple(paragraph.content for paragraph in load_text(rests_on))
    values = (load_text(current), older, read, row.name, answers)
    found = _wanted(*values) if _size(*values) <= MOST_AT_ONCE else _beside(*values)
    if found is None:
        return None
    if older is not None and found.unsure:  # a person is asked about what the page shows: our version
        found, rests_on = wanted_in(load_text(current), read, row.name), current
    notes = (*(note for note in read.before.notes if note.msgid not in _TOLD), *found.notes)
    before = found.before if found.unsure or answers else ()
    return Compared(replace(found, notes=notes, before=before), rests_on)


def _rests_on(current: Version, versions: Sequence[Version], read: Returned) -> Version:
    """The version of which the file has the most paragraphs word for word, of equal ones the newest."""
    said = Counter(content.text for content in read.before.contents)
    best, most = current, (said & Counter(each.text for each in load_text(current))).total()
    for version in versions:
        kept = (said & Counter(each.text for each in load_text(version))).total()
        if kept > most:
            best, most = version, kept
    return best


def _wanted(
    base: Text, older: tuple[Content, ...] | None, read: Returned, name: str, answers: Mapping[int, str]
) -> Found:
    return wanted_in(base, read, name, answers) if older is None else wanted_of_older(base, older, read, name)


def wanted_as_bytes(
    base: Text, older: tuple[Content, ...] | None, read: Returned, name: str, answers: Mapping[int, str]
) -> bytes:
    """For a process of its own."""
    return making.as_bytes(_wanted(base, older, read, name, answers))


def _size(base: Text, older: Sequence[Content] | None, read: Returned, _name: str, _answers: object) -> int:
    readings = [read.before.contents, *(part for each in read.alone for part in (each.contents, each.ground))]
    return len(base) + len(older or ()) + sum(map(len, readings))


def _beside(*values: object) -> Found | None:
    """In a process of its own; None while that is at it."""
    order = making.order(wanted_as_bytes, *values)
    try:
        path = worked_out(f"{sha256(order).hexdigest()}.found", lambda: making.make_in_child(order))
    except Unavailable:  # others are being compared
        return None
    except (TooLarge, Unreadable):
        return Found((), refusal=Sentence(TOO_LONG))
    return None if path is None else cast("Found", making.value_of(path.read_bytes()))
