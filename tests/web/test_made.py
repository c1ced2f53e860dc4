"""Files that are made once."""

import os
import threading
import time

import pytest

from amendments.errors import Unavailable
from amendments.web import made
from amendments.web.made import Maker


def test_whoever_asks_while_it_is_made_gets_that_one(tmp_path):
    maker, calls, go = Maker(tmp_path), [], threading.Event()

    def make():
        calls.append(1)
        go.wait(10)
        return b"x"

    assert maker.get("a.txt", make, patience=0.01) is None
    assert maker.get("a.txt", make, patience=0.01) is None
    go.set()
    assert maker.get("a.txt", make, patience=10).read_bytes() == b"x"
    assert len(calls) == 1


def test_another_process_that_is_at_it_is_waited_for(tmp_path):
    """Two makers on one folder are as two processes."""
    go = threading.Event()
    first, second = Maker(tmp_path), Maker(tmp_path)
    assert first.get("a.txt", lambda: go.wait(10) and b"x", patience=0.2) is None
    assert second.get("a.txt", lambda: b"never", patience=2) is None
    go.set()
    assert first.get("a.txt", lambda: b"never", patience=10).read_bytes() == b"x"


def test_a_failure_is_told_and_leaves_nothing(tmp_path):
    maker = Maker(tmp_path)

    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        maker.get("a.txt", fail)
    assert not list(tmp_path.glob("a.txt*part"))
    assert maker.get("a.txt", lambda: b"x").read_bytes() == b"x"


def test_only_the_owner_reads_what_was_made(tmp_path):
    path = Maker(tmp_path / "made").get("a.txt", lambda: b"x")
    assert (path.parent.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_what_nobody_asks_for_goes(tmp_path, monkeypatch):
    maker = Maker(tmp_path)
    old = maker.get("old.txt", lambda: b"x")
    long_ago = time.time() - made.KEPT_SECONDS - 1
    os.utime(old, (long_ago, long_ago))
    monkeypatch.setattr(made, "KEPT_BYTES", 25)
    for name in ("b.txt", "c.txt", "d.txt"):
        maker.get(name, lambda: b"0123456789")
        time.sleep(0.01)
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == ["c.txt", "d.txt"]


def test_few_wait_and_the_others_are_told_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "SEATS", 1)
    maker, go = Maker(tmp_path), threading.Event()
    first = threading.Thread(target=lambda: maker.get("a.txt", lambda: go.wait(20) and b"x", patience=20))
    first.start()
    while "a.txt" not in maker._running:
        time.sleep(0.01)
    began = time.monotonic()
    assert maker.get("b.txt", lambda: go.wait(20) and b"x", patience=20) is None
    assert time.monotonic() - began < 10
    go.set()
    first.join()


def test_so_many_and_no_more_wait_for_their_turn(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "WAITING", 1)
    maker, go = Maker(tmp_path), threading.Event()
    for number in range(made.AT_ONCE + 1):
        assert maker.get(f"{number}.txt", lambda: go.wait(20) and b"x", patience=0.01) is None
    with pytest.raises(Unavailable):
        maker.get("one more.txt", lambda: b"x")
    assert maker.get("0.txt", lambda: b"x", patience=0.01) is None
    go.set()
    assert maker.get("0.txt", lambda: b"x", patience=20)
    assert maker.get("one more.txt", lambda: b"x", patience=20)


def test_who_may_not_have_one_made_is_told_before_it_is_begun(tmp_path):
    def refuse():
        raise ValueError("too often")

    maker = Maker(tmp_path)
    with pytest.raises(ValueError, match="too often"):
        maker.get("a.txt", lambda: b"x", first=refuse)
    assert maker.get("a.txt", lambda: b"x")
    assert maker.get("a.txt", lambda: b"x", first=refuse), "what is kept is nobody's work"
