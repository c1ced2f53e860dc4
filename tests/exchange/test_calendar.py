"""The Beratungsfolge as a calendar: icalendar reads it, and every line is one that RFC 5545 allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event, vText

from amendments.exchange.calendar import Sitting, to_ics

CHANGED = datetime(2011, 11, 2, 9, tzinfo=UTC)
SITTING = Sitting(
    id="7a1c",
    summary="Sozialausschuss: Integrationskonzept (Vorberatung)",
    day=date(2011, 11, 22),
    begins=time(18, 30),
    changes=2,
    changed_at=CHANGED,
    place="Rathaus, Saal 2; Eingang Hof",
    address="https://town.example/consultations/7a1c",
)


def events(*sittings: Sitting) -> list[Event]:
    found = Calendar.from_ical(to_ics("Integrationskonzept", sittings))
    assert not found.errors
    assert not [error for event in found.walk() for error in event.errors]
    return list(found.walk("VEVENT"))


def test_a_sitting_with_an_hour_begins_on_the_wall_of_the_town() -> None:
    (event,) = events(SITTING)
    begins = event.decoded("dtstart")
    assert begins == datetime(2011, 11, 22, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert str(event["summary"]) == SITTING.summary
    assert (str(event["location"]), str(event["url"])) == (SITTING.place, SITTING.address)
    assert str(event["status"]) == "CONFIRMED"


def test_a_sitting_without_an_hour_takes_the_day() -> None:
    (event,) = events(replace(SITTING, begins=None))
    assert event.decoded("dtstart") == date(2011, 11, 22)
    assert event["dtstart"].params["VALUE"] == "DATE"


def test_an_event_is_the_same_whatever_changes_and_says_how_often() -> None:
    first, later = events(SITTING, replace(SITTING, day=date(2011, 12, 1), changes=3))
    assert first["uid"] == later["uid"] == "7a1c"
    assert (first["sequence"], later["sequence"]) == (2, 3)
    assert first.decoded("last-modified") == first.decoded("dtstamp") == CHANGED


def test_a_sitting_that_was_taken_off_is_cancelled() -> None:
    (event,) = events(replace(SITTING, cancelled=True))
    assert str(event["status"]) == "CANCELLED"


def test_what_is_not_known_is_left_out() -> None:
    (event,) = events(replace(SITTING, place="", address=""))
    assert not {"LOCATION", "URL", "DESCRIPTION"} & set(event)


@pytest.mark.parametrize(
    "words", ["a\nSTATUS:CANCELLED", "a\r\nATTACH:file:///etc/passwd", 'a\\n,;:"', "ä" * 200, "\u2028x"]
)
def test_words_cannot_begin_a_line_of_their_own(words: str) -> None:
    data = to_ics(words, [replace(SITTING, summary=words, place=words, words=words)])
    found = Calendar.from_ical(data)
    escaped = vText(" ".join(words.split())).to_ical().decode()  # icalendar leaves these two as they stand
    assert str(found["name"]) == str(found["x-wr-calname"]) == escaped
    (event,) = found.walk("VEVENT")
    assert str(event["summary"]) == str(event["location"]) == str(event["description"]) == words.replace("\r\n", "\n")
    assert str(event["status"]) == "CONFIRMED"
    assert "ATTACH" not in event
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize(("day", "offset"), [(date(2011, 7, 1), 2), (date(2011, 12, 1), 1), (date(2045, 7, 1), 2)])
def test_the_file_says_itself_when_clocks_are_put_forward(day: date, offset: int) -> None:
    found = Calendar.from_ical(to_ics("Konzept", [replace(SITTING, day=day)]))
    (zone,) = found.walk("VTIMEZONE")
    moment = datetime.combine(day, time(18, 30))
    assert zone.to_tz(lookup_tzid=False).utcoffset(moment) == timedelta(hours=offset)


def test_the_same_sittings_give_the_same_file() -> None:
    assert to_ics("Konzept", [SITTING]) == to_ics("Konzept", [SITTING])
