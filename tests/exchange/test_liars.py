"""Files that are not what their name says, and files made to hurt: one sentence each, nothing opened, nothing
fetched.
"""

import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from amendments.errors import Refused, TooLarge, Unreadable
from amendments.exchange import archive, child, run
from amendments.exchange.archive import Archive
from amendments.exchange.readers import read, read_pasted
from amendments.exchange.run import read_in_child
from benchmarks.bad_files import overlapping

Word = Callable[..., bytes]


def zipped(**entries: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, (2011, 11, 22, 0, 0, 0))  # the same bytes in every run: they name the cases
            target.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        (overlapping(2, 100_000), Unreadable, "auffällig gepackt"),
        (overlapping(1_999, 100_000), TooLarge, "größer als 50 MB"),
        (zipped(a=bytes(range(250)) * 4 * 51_000), TooLarge, "größer als 50 MB"),
        (zipped(a=b"b")[:-5], Unreadable, "beschädigt"),
    ],
)
def test_an_archive_that_would_fill_the_memory_is_not_opened(data: bytes, kind: type[Refused], sentence: str) -> None:
    with pytest.raises(kind, match=sentence):
        Archive(data)


def test_the_archive_of_the_overlap_test_is_otherwise_sound() -> None:
    with zipfile.ZipFile(BytesIO(overlapping(1))) as sound:
        assert sound.infolist()[0].file_size == 10_000_000


def test_sizes_in_headers_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000)
    opened = Archive(zipped(a=b"x" * 600, b=b"x" * 300))
    assert len(opened.read("a")) == 600
    opened._left = 200
    with pytest.raises(TooLarge):
        opened.read("b")
    lying = bytearray(zipped(a=b"x" * 600))
    place = lying.index(b"PK\x01\x02") + 24
    lying[place : place + 4] = struct.pack("<I", 6)
    with pytest.raises(Unreadable, match="beschädigt"):
        Archive(bytes(lying)).read("a")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx"])
def test_more_than_ten_megabytes_are_refused_unread(name: str) -> None:
    with pytest.raises(TooLarge, match="größer als 10 MB"):
        read_in_child(b"x" * 10_000_001, name)


def test_the_child_reads_what_the_parent_would_read(word: Word) -> None:
    page, markdown = "<h1>Ä</h1><img src=x>„b“".encode(), b"# *a*\n\n- b"
    assert read_in_child(word(), "a.docx") == read(word(), "a.docx")
    assert read_in_child(page, "a.html") == read(page, "a.html")
    assert read_in_child(page, "a.html").notes[0] == "1 Bild oder Objekt nicht übernommen."
    assert read_in_child(markdown, "a.md", markdown=True) == read(markdown, "a.md", markdown=True)
    assert read_in_child(markdown, "a.md").literal


def test_a_child_that_needs_too_much_is_stopped_and_the_parent_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    ending = {
        "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)": "dauert zu lange",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": "dauert zu lange",
        "raise MemoryError": "dauert zu lange",
        "import sys; sys.exit(1)": "konnte nicht gelesen werden",
        "print('kein JSON')": "konnte nicht gelesen werden",
    }
    for code, sentence in ending.items():
        monkeypatch.setattr(child, "_START", code)
        with pytest.raises(Refused, match=sentence):
            read_in_child(b"<p>a", "a.html")
    monkeypatch.setattr(child, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(child, "WALL_SECONDS", 0.2)
    with pytest.raises(TooLarge, match="dauert zu lange"):
        read_in_child(b"<p>a", "a.html")


def test_the_child_limits_itself_before_it_reads() -> None:
    code = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); from amendments.exchange import child; child.limit()\n"
        "import resource as r\n"
        "print(json.dumps([r.getrlimit(x)[0] for x in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)]))\n"
        "try: x = b'x' * 10**9\n"
        "except MemoryError: print('kein Speicher')\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code, child._ROOT], capture_output=True, check=True, text=True)
    limits, said = done.stdout.splitlines()
    assert json.loads(limits) == [512 * 1024 * 1024, 20, 0, 0]
    assert said == "kein Speicher"


def test_the_child_inherits_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(child, "_START", "import os, json; print(json.dumps(dict(os.environ)))")
    assert "SECRET_KEY" not in run._ask(b"\n", child.WALL_SECONDS)


def test_a_pasted_text_is_literal_and_passes_the_door() -> None:
    found = read_pasted("# Titel\r\nU\u0308ber\x00\r\n\r\n- b\n")
    assert [c.text for c in found.contents] == ["# Titel", "Über", "- b"]
    assert found.literal
    assert found.layout is None
    assert [str(note) for note in found.notes] == [
        "1 Steuerzeichen entfernt.",
        "Zusammengesetzte Buchstaben (Unicode) wurden vereinheitlicht.",
    ]
    with pytest.raises(Unreadable, match="enthält keinen Text"):
        read_pasted(" \n\t")
    with pytest.raises(TooLarge):
        read_pasted("a\n\n" * 20_001)
    assert read_pasted("a\ud800b").contents[0].text == "ab"
