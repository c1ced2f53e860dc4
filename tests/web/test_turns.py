"""Places for heavy work: for all processes together, given back whatever happens, never waited for without end."""

import subprocess
import sys
import threading
import time
from contextlib import ExitStack

import pytest

from amendments.errors import Unavailable
from amendments.web import turns


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "turns"


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.15)


def busy(folder, number, **given):
    """A stack that holds so many places until it is closed."""
    held = ExitStack()
    for _ in range(number):
        held.enter_context(turns.turn(folder, **given))
    return held


def test_there_are_so_many_places_and_no_more(folder, impatient):
    with busy(folder, 2, at_once=2, waiting=1), pytest.raises(Unavailable) as refused:
        busy(folder, 1, at_once=2, waiting=1)
    assert refused.value.retry_after == turns.COME_AGAIN
    busy(folder, 2, at_once=2, waiting=1).close()


def test_who_fails_gives_the_place_back(folder, impatient):
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn(folder, at_once=1, waiting=0):
            1 / 0  # noqa: B018


def test_the_next_gets_a_place_as_soon_as_one_is_free(folder):
    held = busy(folder, 1, at_once=1, waiting=1)
    done = threading.Event()

    def wait():
        with turns.turn(folder, at_once=1, waiting=1):
            done.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not done.wait(0.2)
    held.close()
    assert done.wait(5)
    waiting.join()


def test_when_enough_are_waiting_one_is_told_at_once(folder):
    began = time.monotonic()
    with (
        busy(folder, 1, at_once=1, waiting=1),
        turns._place(folder, "door", 2, patience=0),  # where one who waits stands
        pytest.raises(Unavailable),
    ):
        busy(folder, 1, at_once=1, waiting=1)
    assert time.monotonic() - began < turns.PATIENCE / 3


HOLD = """
import sys, time
from pathlib import Path
from amendments.web.turns import turn
with turn(Path(sys.argv[1]), at_once=1, waiting=0):
    print("here", flush=True)
    time.sleep(60)
"""


def test_places_count_for_all_processes_and_are_free_when_one_is_killed(folder, impatient):
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "here\n"
        with pytest.raises(Unavailable):
            busy(folder, 1, at_once=1, waiting=0)
        other.kill()
        other.wait()
    busy(folder, 1, at_once=1, waiting=0).close()
