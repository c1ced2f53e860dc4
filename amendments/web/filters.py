"""How values read on a page, and what every template may ask."""

import re
import secrets
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from flask_babel import format_date, format_datetime, format_time, get_locale
from flask_babel import gettext as _
from jinja2 import StrictUndefined

from amendments.config import Settings
from amendments.text.door import BIDI_CONTROLS
from amendments.web import access, clock
from amendments.web.access import Action, Allowed, Refused
from amendments.web.current import current_actor

_TURNS = frozenset(BIDI_CONTROLS)
_TURNING = re.compile(f"([{BIDI_CONTROLS}])")


def day(value: date | datetime | None, style: str = "long") -> str:
    """22. November 2011"""
    return "" if value is None else format_date(_in_a_calendar(value) if isinstance(value, datetime) else value, style)


def moment(value: datetime | None, style: str = "long") -> str:
    """22. November 2011, 18:30, on the town's wall clock; an hour that comes twice says which one it is."""
    if value is None:
        return ""
    value = _in_a_calendar(value)
    shown = f"{format_date(value, style)}, {format_time(value, 'short')}"
    match clock.time_of_year(value):
        case clock.TimeOfYear.SUMMER:
            return str(_("%(moment)s (Sommerzeit)", moment=shown))
        case clock.TimeOfYear.WINTER:
            return str(_("%(moment)s (Winterzeit)", moment=shown))
    return shown


def until(value: datetime, begun: datetime) -> str:
    """The end of what began then: of the same day only the time."""
    same_day = value.astimezone(clock.TOWN).date() == begun.astimezone(clock.TOWN).date()
    return format_time(value, "short") if same_day and clock.time_of_year(value) is None else moment(value)


def _in_a_calendar(value: datetime) -> datetime:
    """The first and the last day of all have no other time zones; whatever is stored, a page must not fail."""
    first, last = datetime(1, 1, 2, tzinfo=value.tzinfo), datetime(9999, 12, 30, tzinfo=value.tzinfo)
    return min(max(value, first), last)


def machine_time(value: date | datetime) -> str:
    """For the attribute `datetime` of <time>."""
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def may(action: str, thing: object = None) -> Allowed | Refused:
    """Whether the person in front of this page may do it; pages show or hide buttons by it."""
    return access.may(current_actor(), Action(action), thing)


def form_key() -> str:
    """A fresh idempotency key, for forms written without WTForms."""
    return secrets.token_urlsafe(24)


def turning(text: str) -> list[tuple[str, str]]:
    """The text in parts; an invisible character that turns the direction of writing is one of its own, with its code.

    The page draws the code and keeps the turn inside that one part, so that nothing reads otherwise than it is.
    """
    parts = [(part, "") for part in _TURNING.split(text)]
    if len(parts) == 1:
        return parts
    return [(part, _code(part) if part in _TURNS else "") for part, _ in parts if part]


def spelled(text: str) -> str:
    """The text where nothing can be drawn, as in a list to choose from: the code in place of the character."""
    return _TURNING.sub(lambda found: f"[{_code(found[0])}]", text)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def init_app(app: Flask, settings: Settings) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        until=until,
        machine_time=machine_time,
        datetime=format_datetime,
        spelled=spelled,
        turning=turning,
    )
    app.jinja_env.globals.update(
        may=may,
        form_key=form_key,
        get_locale=get_locale,
        town_name=settings.town_name,
        plain_http=settings.plain_http,
    )

    @app.context_processor
    def who() -> dict[str, Any]:
        return {"actor": current_actor()}
