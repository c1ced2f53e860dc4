"""The Beratungsfolge as a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from icalendar import Calendar, Event, Timezone, vText

from amendments.exchange.wall_time import TOWN
from amendments.text.door import normalise, one_line

_CLOCKS: Final = b"""BEGIN:VTIMEZONE\r
TZID:Europe/Berlin\r
BEGIN:DAYLIGHT\r
DTSTART:19810329T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZNAME:CEST\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZNAME:CET\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
END:VTIMEZONE\r
"""
"""When clocks are put forward and back (directive 2000/84/EC); what the library makes of a zone ends in 2038."""


@dataclass(frozen=True)
class Sitting:
    """A step. `id` stays whatever changes; `changed`: how often and when last. Without `begins` it takes the day."""

    id: str
    summary: str
    day: date
    begins: time | None
    changes: int
    changed_at: datetime
    place: str = ""
    address: str = ""
    words: str = ""
    cancelled: bool = False


def to_ics(name: str, sittings: Iterable[Sitting]) -> bytes:
    """Those who may not be known of are left out by whoever calls."""
    found = Calendar()
    found.add("prodid", "-//Amendments//Beratungsfolge//DE")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for field in ("name", "x-wr-calname"):  # the second for calendars older than RFC 7986
        found.add(field, vText(one_line(name)))
    found.add_component(Timezone.from_ical(_CLOCKS))
    for sitting in sittings:
        found.add_component(_event(sitting))
    return bytes(found.to_ical())


def _event(sitting: Sitting) -> Event:
    event = Event()
    event.add("uid", sitting.id)
    event.add("dtstamp", sitting.changed_at)
    event.add("last-modified", sitting.changed_at)
    event.add("sequence", sitting.changes)
    begins = sitting.begins
    event.add("dtstart", sitting.day if begins is None else datetime.combine(sitting.day, begins, tzinfo=TOWN))
    event.add("summary", normalise(sitting.summary))
    event.add("status", "CANCELLED" if sitting.cancelled else "CONFIRMED")
    for field, words in (("location", sitting.place), ("description", sitting.words), ("url", sitting.address)):
        if words:
            event.add(field, normalise(words))
    return event
