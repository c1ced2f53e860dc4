"""Files that people hand to a command and get from it: a refusal is one sentence, nothing is half written."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from amendments.cli.speaking import say, speech
from amendments.errors import Refused
from amendments.exchange import run
from amendments.exchange.formats import format_of
from amendments.exchange.imported import Imported
from amendments.exchange.limits import FILE_TOO_LARGE, MAX_BYTES
from amendments.exchange.literal import without_sign
from amendments.exchange.words import N_
from amendments.text.door import one_line

TERMINAL = "-"
NO_PLACE = N_("Dort kann keine Datei stehen (%(reason)s).")
NO_FORMAT = N_("In dieses Format kann nicht geschrieben werden. Möglich sind %(known)s.")
NOT_WRITTEN = N_("Die Datei lässt sich nicht schreiben (%(reason)s).")


ENDLESS_LINK = N_("Das ist ein Verweis, der nur zu sich selbst führt. Bitte nennen Sie die Datei, die gemeint ist.")

READING_SECONDS = 3
"""What reading one file may take: the Civil Code takes one."""
READING_RESERVE = 12
"""Seconds by which all files of a command together may take longer, so that several bad ones do not add up."""


class FileRefused(click.ClickException):
    """A sentence that names the file and says what to do."""

    def __init__(self, path: Path, sentence: object) -> None:
        super().__init__(f"{one_line(str(path))}: {speech().said(sentence)}")


@dataclass(frozen=True)
class Source:
    """A file that was read once from the disk. `name` is what people call it: with its folder where `namesake`, another
    file of the same name beside which it is shown.
    """

    path: Path
    data: bytes
    namesake: bool = False

    @property
    def name(self) -> str:
        return one_line(str(self.path) if self.namesake else self.path.name)

    def read(
        self, *, literal: bool, markdown: bool = False, reject_tracked: bool = False, author: str | None = None
    ) -> Imported:
        """What it holds. Where not `literal` the signs of a text file become what they mean, so that it can be
        compared with a formatted one. Raises FileRefused.
        """
        signs = markdown or not literal
        try:
            with _patience().reading() as seconds:
                found = run.read_in_child(
                    self.data, self.name, markdown=signs, reject_tracked=reject_tracked, author=author, seconds=seconds
                )
        except Refused as error:
            raise FileRefused(self.path, error.message) from error
        return _without_signs(found) if found.literal and not literal else found


@dataclass
class _Patience:
    """Of one command with the files it reads."""

    reserve: float = field(default_factory=lambda: READING_RESERVE)

    @contextlib.contextmanager
    def reading(self) -> Iterator[float]:
        """The seconds this file may take; what it takes beyond its own comes out of the reserve."""
        began = time.monotonic()
        yield READING_SECONDS + self.reserve
        self.reserve -= max(0.0, time.monotonic() - began - READING_SECONDS)


def _patience() -> _Patience:
    context = click.get_current_context(silent=True)
    found: _Patience = context.meta.setdefault(__name__, _Patience()) if context else _Patience()
    return found


def _without_signs(found: Imported) -> Imported:
    contents = tuple(map(without_sign, found.contents))
    return Imported(contents, format=found.format, notes=found.notes)


def all_literal(sources: Iterable[Source], *, markdown: bool) -> bool:
    """Whether all of them can be read literally; else none is, or every paragraph would seem to be of another kind."""
    signs = {"txt"} if markdown else {"txt", "md"}
    return all(format_of(source.data, source.name) in signs for source in sources)


def open_source(path: Path, known_as: str = "") -> Source:
    """Raises FileRefused before anything large is read. `known_as`: the name whose suffix tells what it should be."""
    try:
        if path.is_dir():
            raise FileRefused(path, N_("Das ist ein Ordner. Bitte nennen Sie eine Datei."))
        if path.exists() and not path.is_file():  # a pipe may never end, a device never say anything
            raise FileRefused(path, N_("Das ist keine Datei. Bitte speichern Sie den Text in einer Datei."))
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FileRefused(path, N_("Die Datei gibt es nicht.")) from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise FileRefused(path, ENDLESS_LINK) from error
        raise FileRefused(path, N_("Die Datei lässt sich nicht öffnen. Bitte prüfen Sie die Rechte.")) from error
    if len(data) > MAX_BYTES:
        raise FileRefused(path, FILE_TOO_LARGE)
    try:
        format_of(data, known_as or path.name)
    except Refused as error:
        raise FileRefused(path, error.message) from error
    return Source(path, data)


def same_place(one: Path, other: Path) -> bool:
    """Links are followed; `Path.resolve` breaks on one that leads to itself."""
    return os.path.realpath(one) == os.path.realpath(other)


def check_out(path: Path, inputs: Iterable[Path], suffixes: Iterable[str], *, force: bool) -> None:
    """Refuses before the work what could not be written after it."""
    try:
        _check_out(path, inputs, suffixes, force=force)
    except OSError as error:
        raise FileRefused(path, say(NO_PLACE, reason=str(error.strerror))) from error


def _check_out(path: Path, inputs: Iterable[Path], suffixes: Iterable[str], *, force: bool) -> None:
    if path.suffix.lower() not in suffixes:
        known = ", ".join(sorted(suffixes))
        raise FileRefused(path, say(NO_FORMAT, known=known))
    if any(same_place(path, each) for each in inputs):
        raise FileRefused(path, N_("Das ist eine der gelesenen Dateien. Bitte nennen Sie einen anderen Namen."))
    if path.is_dir():
        raise FileRefused(path, N_("Das ist ein Ordner. Bitte nennen Sie eine Datei."))
    if os.path.lexists(path) and not force:
        raise FileRefused(path, N_("Die Datei gibt es schon; sie bleibt, wie sie ist. Mit --force wird sie ersetzt."))
    if not path.parent.is_dir():
        raise FileRefused(path, N_("Den Ordner gibt es nicht."))
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise FileRefused(path, N_("In diesem Ordner darf nicht geschrieben werden."))


def write_all(files: Mapping[Path, bytes]) -> None:
    """All of them or none: each is written beside its place, and moved there when all are whole."""
    waiting = {path: path.with_name(f".{number}-{os.getpid()}.part") for number, path in enumerate(files)}
    try:
        for path, data in files.items():
            with waiting[path].open("xb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
        for path, part in waiting.items():
            part.replace(path)
    except OSError as error:
        where = next(iter(files))
        raise FileRefused(where, say(NOT_WRITTEN, reason=str(error.strerror))) from error
    finally:
        for part in waiting.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
