"""The documents of the town that files are put into, looked at before the first visitor asks for one."""

from __future__ import annotations

from pathlib import Path

from amendments.config import SettingError, Settings
from amendments.errors import Refused
from amendments.exchange.redlines import Paper, write


def letterhead(settings: Settings, suffix: str) -> bytes | None:
    """Of the town for files of this kind, "docx" or "odt"."""
    path: Path | None = {"docx": settings.letterhead_docx, "odt": settings.letterhead_odt}.get(suffix)
    return path.read_bytes() if path else None


def check(settings: Settings) -> None:
    """Raises SettingError for one that no file can be put into."""
    for suffix in ("docx", "odt"):
        if data := letterhead(settings, suffix):
            try:
                write(Paper((), "", ""), f".{suffix}", data)
            except Refused as error:
                raise SettingError(f"LETTERHEAD_{suffix.upper()} cannot be used: {error.message}") from error
