"""Files that are not what their name says, and files made to hurt: one sentence each, nothing opened, nothing
fetched.
"""

import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from amendments.errors import Refused, TooLarge, Unreadable
from amendments.exchange import archive, child, run
from amendments.exchange.archive import Archive
from amendments.exchange.readers import read, read_pasted
from amendments.exchange.run import read_in_child

Word = Callable[..., bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def zipped(**entries: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, (2011, 11, 22, 0, 0, 0))  # the same bytes in every run: they name the cases
            target.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.docx", b"%PDF-1.7 ...", "ist eine PDF-Datei"),
        ("a.txt", b"%PDF-1.7 ...", "ist eine PDF-Datei"),
        ("a.pdf", b"%PDF-1.7 ...", "ist eine PDF-Datei"),
        ("a.doc", OLE, "altes? Word-Format"),
        ("a.docx", OLE, "alte Word-Format"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "mit einem Kennwort geschützt"),
        ("a.docm", b"PK", "enthält Makros"),
        ("a.odt", ODT, "kein OpenDocument-Text"),
        ("a.odt", zipped(a=b"b"), "kein OpenDocument-Text"),
        ("a.odt", b"Nur Text", "kein OpenDocument-Text"),
        ("a.rtf", b"{\\rtf1 Text}", "ist eine RTF-Datei"),
        ("a.md", b"{\\rtf1 Text}", "ist eine RTF-Datei"),
        ("a.docx", b"Nur Text", "kein Word-Dokument"),
        ("a.docx", b"", "kein Word-Dokument"),
        ("a.docx", zipped(a=b"b"), "kein Word-Dokument"),
        ("a.txt", zipped(a=b"b"), "Archiv, heißt aber anders"),
        ("a.html", zipped(a=b"b"), "Archiv, heißt aber anders"),
        ("a.txt", b"\n<!DOCTYPE HTML>\n<p>Text", "HTML-Seite, heißt aber anders"),
        ("a.md", b"\xef\xbb\xbf<!-- x --><html lang=de>", "HTML-Seite, heißt aber anders"),
        ("a.html", b"Nur Text, 3 < 4", "enthält aber kein HTML"),
        ("a.html", b"<p>a\x00b", "keinen lesbaren Text"),
        ("a.png", b"", "ist ein Bild"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "ist ein Bild"),
        ("a.txt", b"a\x00b", "keinen lesbaren Text"),
        ("a.exe", b"MZ", "kann nicht gelesen werden"),
        ("a", b"Text", "keine Endung"),
        ("", b"Text", "keine Endung"),
        ("../docx/a", b"Text", "keine Endung"),
        ("a.txt", b" \n\n", "enthält keinen Text"),
        ("a.html", b"<p><img src=x></p>", "enthält keinen Text"),
    ],
)
def test_a_liar_is_refused_with_a_sentence_that_says_what_to_do(name: str, data: bytes, sentence: str) -> None:
    for reader in (read, read_in_child):
        with pytest.raises(Unreadable, match=sentence.replace("altes?", "alte")):
            reader(data, name)


@pytest.mark.parametrize(
    "name",
    [
        "Entwurf.TXT",
        "../../etc/passwd.txt",
        "C:\\Dokumente\\a.md",
        "a\x00b.txt",
        "x" * 300 + ".txt",
        "a.docx.txt",
        "CON.txt",
    ],
)
def test_of_a_name_only_the_suffix_matters(name: str) -> None:
    assert read_in_child(b"Text", name).contents[0].text == "Text"


DOCUMENT = "word/document.xml"
RELATIONS = "_rels/.rels"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [%s]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
LAUGHS = b'<!ENTITY a "haha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))


LAUGHING = b"<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"


def typed(kind: bytes) -> dict[str, object]:
    return {"[Content_Types].xml": lambda xml: xml.replace(b"wordprocessingml.document.main", kind)}


def in_utf_16(xml: bytes) -> bytes:
    return xml.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({DOCUMENT: None}, "beschädigt"),
        ({"[Content_Types].xml": None}, "kein Word-Dokument"),
        ({RELATIONS: None}, "kein Word-Dokument"),
        ({RELATIONS: b"<a/>"}, "kein Word-Dokument"),
        ({DOCUMENT: b"<w:document"}, "beschädigt"),
        ({DOCUMENT: b""}, "beschädigt"),
        ({DOCUMENT: b"<a/>"}, "enthält keinen Text"),
        ({"word/styles.xml": b"kein XML"}, "beschädigt"),
        ({"word/vbaProject.bin": b"x"}, "enthält Makros"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "eingebettete Objekte"),
        ({"word/activeX/activeX1.xml": b"x"}, "eingebettete Objekte"),
        (typed(b"ms-word.document.macroEnabled.main"), "enthält Makros"),
        (typed(b"wordprocessingml.template.main"), "Dokumentvorlage"),
        (typed(b"spreadsheetml.sheet.main"), "kein Word-Dokument"),
        ({DOCUMENT: (DOCTYPE % LAUGHS) + LAUGHING}, "Dokumenttyp-Angabe"),
        ({DOCUMENT: (DOCTYPE % b"") + b"<w:body/></w:document>"}, "Dokumenttyp-Angabe"),
        ({DOCUMENT: in_utf_16((DOCTYPE % b"") + b"<w:body/></w:document>")}, "Dokumenttyp-Angabe"),
        ({DOCUMENT: b"<a>" * 5_000 + b"</a>" * 5_000}, "beschädigt"),
        ({"../../evil.txt": b"x"}, "auffällig gepackt"),
        ({"WORD/document.xml": b"x"}, "auffällig gepackt"),
        ({"word/a.xml": b" " * 3_000_000}, "auffällig gepackt"),
        ({f"word/{n}": b"" for n in range(2_001)}, "auffällig gepackt"),
    ],
)
def test_a_word_document_that_was_tampered_with_is_refused(
    word: Word, repacked: Word, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(repacked(word(), changes), "a.docx")


def test_an_external_entity_is_not_read(word: Word, repacked: Word, tmp_path: Path) -> None:
    marker = tmp_path / "marker.txt"
    marker.write_text("GEHEIM")
    entity = b'<!ENTITY e SYSTEM "file://%s">' % os.fsencode(marker)
    document = (DOCTYPE % entity) + b"<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    with pytest.raises(Unreadable) as refused:
        read(repacked(word(), {DOCUMENT: document}), "a.docx")
    assert "GEHEIM" not in str(refused.value)


def test_pictures_from_elsewhere_are_not_fetched(word: Word, repacked: Word, tmp_path: Path) -> None:
    relation = (
        b'<Relationship Id="rId99" Type="x/header" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    changed = repacked(
        word(), {"word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation)}
    )  # fmt: skip
    assert [c.text for c in read(changed, "a.docx").contents] == ["Text"]


def overlapping(copies: int) -> bytes:
    """One packed megabyte that many entries of the directory point to (CVE-2024-0450)."""
    name, body = b"a", zlib.compress(b" " * 100_000, 9)[2:-4]
    crc = zlib.crc32(b" " * 100_000)
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(body), 100_000, 1, 0)
    local = b"PK\x03\x04" + fields + name + body
    directory = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + fields[:-4] + struct.pack("<HHHHHII", 5, 0, 0, 0, 0, 0, 0) + b"%05d" % n
        for n in range(copies)
    )
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, copies, copies, len(directory), len(local), 0)
    return local + directory + end


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        (overlapping(2), Unreadable, "auffällig gepackt"),
        (overlapping(400), Unreadable, "auffällig gepackt"),
        (overlapping(1_999), TooLarge, "größer als 50 MB"),
        (zipped(a=bytes(range(250)) * 4 * 51_000), TooLarge, "größer als 50 MB"),
        (b"PK\x03\x04" + b"x" * 100, Unreadable, "beschädigt"),
        (zipped(a=b"b")[:-5], Unreadable, "beschädigt"),
    ],
)
def test_an_archive_that_would_fill_the_memory_is_not_opened(data: bytes, kind: type[Refused], sentence: str) -> None:
    with pytest.raises(kind, match=sentence):
        Archive(data)


def test_the_archive_of_the_overlap_test_is_otherwise_sound() -> None:
    assert overlapping(1)[:4] == b"PK\x03\x04"
    with zipfile.ZipFile(BytesIO(overlapping(1))) as sound:
        assert sound.infolist()[0].file_size == 100_000


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


def test_a_protected_entry_is_refused() -> None:
    data = bytearray(zipped(a=b"x"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="Kennwort"):
        Archive(bytes(data))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx"])
def test_more_than_ten_megabytes_are_refused_unread(name: str) -> None:
    with pytest.raises(TooLarge, match="größer als 10 MB"):
        read_in_child(b"x" * 10_000_001, name)


def test_a_million_elements_are_refused_before_a_tree_is_built(word: Word, repacked: Word) -> None:
    def stuffed(xml: bytes) -> bytes:
        return xml.replace(b"<w:body>", b"<w:body>" + (b"<w:p/>" * 37 + os.urandom(2).hex().encode()) * 41_000)

    data = repacked(word(), {DOCUMENT: stuffed})
    with pytest.raises(TooLarge, match="zu umfangreich"):
        read_in_child(data, "a.docx")


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
