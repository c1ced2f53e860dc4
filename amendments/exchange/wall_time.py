"""Moments as office programs write them: the clock on the wall, which they show as it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

TOWN: Final = ZoneInfo("Europe/Berlin")


def wall_time(at: datetime) -> str:
    """To the second. In the hour that an autumn night has twice the second one says its offset."""
    wall = at.astimezone(TOWN)
    return (wall if wall.fold else wall.replace(tzinfo=None)).isoformat(timespec="seconds")
