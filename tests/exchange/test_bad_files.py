"""Files made to hurt and files that lead elsewhere: one sentence each, nothing fetched, little spent."""

from __future__ import annotations

import http.server
import os
import threading
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.readers import read
from amendments.exchange.redlines.docx import to_docx
from amendments.exchange.redlines.paper import Paper
from amendments.exchange.run import read_in_child
from amendments.text import Redline, plain, text_of
from benchmarks.bad_files import BAD_FILES, LURES, SECRET, overlapping

NOT_STOPPED = [what for what, bad in BAD_FILES.items() if not bad.stopped and not bad.size]
STOPPED = [what for what, bad in BAD_FILES.items() if bad.stopped]
MOST = 0.1
"""Seconds of processor time that a file may cost this process; the child's are its own."""


def test_the_bombs_are_as_small_as_they_say() -> None:
    assert len(overlapping()) < 20_000
    assert len(BAD_FILES) + len(LURES) > 100


@pytest.mark.parametrize("what", NOT_STOPPED)
def test_a_bad_file_is_refused_with_a_sentence(what: str) -> None:
    bad = BAD_FILES[what]
    data = bad.data()
    began = time.process_time()
    with pytest.raises((Unreadable, TooLarge), match=bad.said):
        read_in_child(data, bad.name, markdown=bad.markdown)
    assert time.process_time() - began < 10 * MOST, "what it costs is measured by the benchmark; here nothing hangs"


@pytest.mark.parametrize("what", STOPPED)
def test_what_no_check_finds_the_limits_stop(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amendments.exchange.child.WALL_SECONDS", 2)
    bad = BAD_FILES[what]
    data = bad.data()
    began = time.process_time()
    with pytest.raises(TooLarge, match=bad.said):
        read_in_child(data, bad.name, markdown=bad.markdown)
    assert time.process_time() - began < 3 * MOST


class Canary:
    """A server that must not be called, and a file that must not be opened."""

    def __init__(self, folder: Path) -> None:
        self.called: list[str] = []
        self.marker = folder / "marker.txt"
        self.marker.write_text(SECRET)
        os.utime(self.marker, (0, 0))
        canary = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                canary.called.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/canary"

    def addresses(self) -> list[str]:
        return [self.address, self.marker.as_uri(), str(self.marker), "marker.txt", f"//127.0.0.1/{self.marker.name}"]

    @property
    def opened(self) -> bool:
        """File systems note the first time something is read, if not every one."""
        return self.marker.stat().st_atime > 0


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Canary]:
    monkeypatch.chdir(tmp_path)
    made = Canary(tmp_path)
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_canary_sings_and_the_marker_tells(canary: Canary) -> None:
    with pytest.raises(OSError, match="404"):
        urllib.request.urlopen(canary.address)
    assert canary.called == ["/canary"]
    assert not canary.opened
    canary.marker.read_text()
    if not os.statvfs(canary.marker).f_flag & os.ST_NOATIME:
        assert canary.opened


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("what", LURES)
def test_a_lure_is_not_followed(what: str, canary: Canary) -> None:
    lure = LURES[what]
    for address in canary.addresses():
        with suppress(Unreadable):  # a document type is refused
            found = read(lure.made(address), lure.name, markdown=lure.markdown)
            assert found.contents
            assert not any(SECRET in content.text for content in found.contents)
    assert canary.called == []
    assert not canary.opened


WORD = [what for what in NOT_STOPPED if BAD_FILES[what].name.endswith(".docx")]
NO_FAULT = ("enthält keinen Text", "mehr als 20.000 Absätze", BAD_FILES["a template"].said)
"""Of a letterhead: it may be without words, and a template."""


def written(template: bytes) -> bytes:
    return to_docx(Paper(Redline.of(text_of([plain("Text")])).nodes, "Titel", "Titel"), template)


@pytest.mark.parametrize("what", WORD)
def test_a_bad_letterhead_is_refused_with_the_same_sentence(what: str) -> None:
    bad = BAD_FILES[what]
    if bad.said in NO_FAULT:
        with suppress(Unreadable, TooLarge):
            written(bad.data())
        return
    with pytest.raises((Unreadable, TooLarge), match=bad.said):
        written(bad.data())


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("what", [what for what, lure in LURES.items() if lure.name == "a.docx"])
def test_a_letterhead_leads_nobody_elsewhere(what: str, canary: Canary) -> None:
    """Neither this server nor the programs of those who get what is written."""
    for address in canary.addresses():
        with suppress(Unreadable):
            made = written(LURES[what].made(address))
            with zipfile.ZipFile(BytesIO(made)) as parts:
                inside = {name: parts.read(name) for name in parts.namelist()}
            related = [data for name, data in inside.items() if name.endswith(".rels")]
            assert what == "Word: a link" or not any(b'TargetMode="External"' in data for data in related)
            assert not any(code in inside["word/document.xml"] for code in (b"INCLUDE", b"DDEAUTO"))
    assert canary.called == []
    assert not canary.opened


NAMES = ["Entwurf.TXT", "../../etc/passwd.txt", "C:\\Dokumente\\a.md", "a\x00b.txt", "x" * 300 + ".txt", "a.docx.txt",
         "CON.txt", "\u202etxt.exe\u202c.txt", "🏛️ 📄.txt", "a\nb.txt", " .txt", "'; rm -rf.txt"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_of_a_name_only_the_suffix_matters(name: str) -> None:
    assert read_in_child(b"Text", name).contents[0].text == "Text"
