"""Compiling the English words at start-up, where `messages.po` is newer than what was compiled of it."""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def compile_all(folder: Path = TRANSLATIONS) -> None:
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compile_one(source, target)


def compile_one(source: Path, target: Path) -> None:
    """Written beside and moved into place: another process may be reading."""
    with source.open("rb") as words:
        catalog = read_po(words, locale=source.parent.parent.name)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent)
    except PermissionError:  # an installation that must not write; it was compiled when it was installed
        return
    with os.fdopen(handle, "wb") as compiled:
        write_mo(compiled, catalog)
    Path(name).replace(target)
