"""Heavy work takes turns: so much at once on this machine, so much waiting, and the rest is told to come again.

A place is a file the operating system locks: it counts for all processes, and the kernel frees it when one is killed.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import IO

from flask import current_app

from amendments.config import Settings
from amendments.errors import Unavailable

PATIENCE = 15.0
"""Seconds one waits for a place."""
PAUSE = 0.05
COME_AGAIN = 30
"""Seconds after which to try again: the longest one turn may take."""

FULL = "Der Server arbeitet gerade schon an anderen Dateien. Bitte versuchen Sie es in einer halben Minute noch einmal."


@contextmanager
def turn(folder: Path, *, at_once: int, waiting: int) -> Iterator[None]:
    """One of `at_once` places, for the time of the block. Raises Unavailable when `waiting` others wait for one, or
    after PATIENCE.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _place(folder, "door", at_once + waiting, patience=0), _place(folder, "place", at_once, patience=PATIENCE):
        yield


def reading() -> AbstractContextManager[None]:
    """The turn of a file that is read, as many at once as the settings say."""
    settings: Settings = current_app.extensions["settings"]
    return turn(settings.data_dir / "turns", at_once=settings.imports_at_once, waiting=settings.imports_waiting)


@contextmanager
def _place(folder: Path, name: str, number: int, *, patience: float) -> Iterator[None]:
    until = time.monotonic() + patience
    with ExitStack() as opened:
        files = [opened.enter_context((folder / f"{name}-{index}").open("ab")) for index in range(number)]
        while not any(_locked(file) for file in files):
            if time.monotonic() >= until:
                raise Unavailable(FULL, retry_after=COME_AGAIN)
            time.sleep(PAUSE)
        yield  # closing the file gives the place back


def _locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
