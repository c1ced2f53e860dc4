"""Files that are made once: kept by what they are made of, and made beside the request.

Who asks gets the file or, when it takes longer than PATIENCE, nothing yet: the page that says so asks again. Of all
processes one makes it, which a lock of the operating system sees to.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Lock

from flask import Flask, current_app

from amendments.config import Settings
from amendments.errors import Unavailable
from amendments.web.limits import Limit, spend_here
from amendments.web.turns import COME_AGAIN, FULL, turn

PATIENCE = 4.0
"""Seconds a request waits."""
AT_ONCE, WAITING = 2, 20
"""Files made at one time on this machine, and files that wait for their turn in a process."""
SEATS = 6
"""Requests of a process that wait for a file at one time; every other one is told at once that it is being made: so
threads are left for everybody else.
"""
KEPT_SECONDS = 7 * 24 * 3600
"""A file nobody asked for this long goes."""
KEPT_BYTES = 500_000_000
"""Of all files together; the longest unused goes first."""


@dataclass
class Maker:
    """Of one process. `folder`: where the files lie."""

    folder: Path
    _running: dict[str, Future[None]] = field(default_factory=dict)
    _seats: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(SEATS))
    _lock: Lock = field(default_factory=Lock)
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="made")
    )

    def get(
        self,
        name: str,
        make: Callable[[], bytes],
        patience: float | None = None,
        first: Callable[[], None] = lambda: None,
    ) -> Path | None:
        """The file of that name, or None while it is being made. `first` is called before one is begun, and may refuse.

        Raises what `make` raises, which knows no request; Unavailable where too many wait.
        """
        path = self.folder / name
        if not path.exists():
            work = self._begun(path, make, first)
            try:
                self._wait(work, PATIENCE if patience is None else patience)
            except NotYet:
                return None
            finally:
                if work.done():
                    self._forget(name)
        if not path.exists():  # another process is at it
            return None
        path.touch()
        return path

    def _begun(self, path: Path, make: Callable[[], bytes], first: Callable[[], None]) -> Future[None]:
        with self._lock:
            known = self._running.get(path.name)
            if known is not None:
                return known
            self._running = {name: work for name, work in self._running.items() if not work.done()}
            if len(self._running) >= AT_ONCE + WAITING:
                raise Unavailable(FULL, retry_after=COME_AGAIN)
            first()
            self._running[path.name] = self._threads.submit(_make, path, make)
            return self._running[path.name]

    def _wait(self, work: Future[None], patience: float) -> None:
        seat = self._seats.acquire(blocking=False)
        try:
            work.result(timeout=patience if seat else 0)
        finally:
            if seat:
                self._seats.release()

    def _forget(self, name: str) -> None:
        with self._lock:
            self._running.pop(name, None)


def _make(path: Path, make: Callable[[], bytes]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if path.exists():
            return
        with turn(path.parent / "turns", at_once=AT_ONCE, waiting=WAITING):
            data = make()
        part = path.with_name(f"{path.name}.part")
        part.touch(mode=0o600)
        part.write_bytes(data)
        part.replace(path)
        _tidy(path.parent, path)


def _tidy(folder: Path, newest: Path) -> None:
    """Drop what nobody asked for any more; another process may do the same at the same time."""
    now, total = newest.stat().st_mtime, 0
    files = [(file.stat(), file) for file in folder.iterdir() if file.is_file()]
    for state, file in sorted(files, key=lambda each: each[0].st_mtime, reverse=True):
        total += state.st_size
        if file != newest and (now - state.st_mtime > KEPT_SECONDS or total > KEPT_BYTES):
            file.unlink(missing_ok=True)


def made(name: str, make: Callable[[], bytes]) -> Path | None:
    """As `Maker.get`, of this application; each file somebody has made counts for them."""
    return _maker().get(name, make, first=lambda: spend_here(Limit.DOWNLOADS))


def worked_out(name: str, make: Callable[[], bytes]) -> Path | None:
    """As `made`, for what a page needs and nobody downloads."""
    return _maker().get(name, make)


def _maker() -> Maker:
    maker: Maker = current_app.extensions["made"]
    return maker


def init_app(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    app.extensions["made"] = Maker(settings.data_dir / "made")
