"""The one clock. Every deadline and date reads it, so the example town can live in 2011 and tests can stop it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

TOWN = ZoneInfo("Europe/Berlin")

Clock = Callable[[], datetime]


def system() -> datetime:
    return datetime.now(UTC)


def running_from(start: datetime, set_at: float | None = None) -> Clock:
    """A clock that showed `start` at the second `set_at` of the epoch (default: now) and runs on since.

    Processes that are given the same two values show the same time, also when one of them is started later.
    """
    if start.tzinfo is None:
        raise ValueError("the clock needs a moment with a time zone")
    began = time.time() if set_at is None else set_at
    origin = start.astimezone(UTC)
    return lambda: origin + timedelta(seconds=time.time() - began)


def chosen(start: datetime | None, set_at: float | None = None) -> Clock:
    """The clock the settings ask for: the system's, unless a start is given."""
    return system if start is None else running_from(start, set_at)


_clock: Clock = system


def use(clock: Clock) -> None:
    """Set at start-up by the application factory."""
    global _clock  # noqa: PLW0603 - one process has one clock
    _clock = clock


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _clock()


def today() -> date:
    """The date on the wall of the town hall."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The date that the wall of the town hall shows then."""
    return moment.astimezone(TOWN).date()


def on_the_wall(moment: datetime | None) -> datetime | None:
    """What the wall of the town hall shows at this moment, as forms ask for it: without a zone."""
    return moment.astimezone(TOWN).replace(tzinfo=None) if moment is not None else None


def from_the_wall(shown: datetime | None) -> datetime | None:
    """The moment at which the wall shows this."""
    return shown.replace(tzinfo=TOWN) if shown is not None else None


class TimeOfYear(Enum):
    SUMMER = "summer"
    WINTER = "winter"


def time_of_year(moment: datetime) -> TimeOfYear | None:
    """Which one it is of an hour that the wall shows twice, in the night in which clocks are put back; else None."""
    wall = moment.astimezone(TOWN)
    if wall.replace(fold=0).utcoffset() == wall.replace(fold=1).utcoffset():
        return None
    return TimeOfYear.WINTER if wall.fold else TimeOfYear.SUMMER


@contextmanager
def stopped(at: datetime) -> Iterator[datetime]:
    """Stands at `at` inside the block; for tests and for rows that are written as of an earlier day."""
    before = _clock
    moment = at.astimezone(UTC)
    use(lambda: moment)
    try:
        yield moment
    finally:
        use(before)
