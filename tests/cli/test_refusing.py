"""What `redline` and `merge` refuse: one sentence, and nothing written or lost."""

import os
import re

import pytest

from tests.factories.commands import DRAFT, put, run


def refused(capsys, *arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("amendments: ")
    assert err.count("\n") == 1
    return err


def test_another_document_is_refused_with_a_figure(desk, capsys):
    put(desk, entwurf=DRAFT, fremd="Wer Hunde hält, führt sie an der Leine und zahlt jedes Quartal Steuer.")
    err = refused(capsys, "merge", "entwurf.md", "fremd.md", "-o", "o.md")
    assert re.search(r"fremd\.md: Das ist nicht dasselbe Dokument wie entwurf\.md: nur \d+ %", err)
    assert not (desk / "o.md").exists()


def test_two_long_texts_that_are_no_versions_of_one_are_not_compared(desk, capsys):
    for name, word in (("eins", "hier"), ("zwei", "dort")):
        put(desk, **{name: "\n\n".join(f"{word}{number} " * 60 for number in range(1_500))})
    assert "nur 0 % der Wortfolgen" in refused(capsys, "redline", "eins.md", "zwei.md", "-o", "o.html")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("bild.md", b"\x89PNG\r\n\x1a\n\x00\x00", "ist ein Bild"),
        ("a.exe", b"MZ\x00", "kann nicht gelesen werden"),
        ("ohne", b"Text", "keine Endung"),
        ("nul.txt", b"Text\x00Text", "keinen lesbaren Text"),
        ("leer.txt", b" \n", "enthält keinen Text"),
        ("kaputt.docx", b"PK\x03\x04" + b"x" * 99, "beschädigt"),
        ("a.pdf", b"%PDF-1.7", "PDF-Datei"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(desk, capsys, name, data, sentence):
    put(desk, entwurf=DRAFT)
    (desk / name).write_bytes(data)
    for arguments in (("redline", "entwurf.md", name), ("merge", "entwurf.md", name), ("merge", name, "entwurf.md")):
        err = refused(capsys, *arguments, "-o", "o.html")
        assert f"{name}: " in err
        assert sentence in err
        assert sorted(path.name for path in desk.iterdir()) == sorted(["entwurf.md", name])


def test_what_is_not_there_or_no_file_is_refused(desk, capsys):
    put(desk, entwurf=DRAFT)
    (desk / "ordner.md").mkdir()
    assert "gibt es nicht" in refused(capsys, "redline", "entwurf.md", "nirgends.md")
    assert "ist ein Ordner" in refused(capsys, "redline", "entwurf.md", "ordner.md")


def test_a_huge_file_is_refused_before_it_is_read(desk, capsys):
    put(desk, entwurf=DRAFT)
    with (desk / "riesig.md").open("wb") as handle:
        handle.truncate(200_000_000)
    assert "größer als 10 MB" in refused(capsys, "merge", "entwurf.md", "riesig.md")


def test_other_encodings_are_recognised_and_said(desk, capsys):
    put(desk, entwurf="Die Straße führt über Überlingen.")
    (desk / "alt.md").write_bytes("Die Straße führt über Ulm.".encode("cp1252"))
    (desk / "breit.md").write_bytes("Die Straße führt über Ulm.".encode("utf-16"))
    code, out, err = run(capsys, "redline", "entwurf.md", "alt.md")
    assert code == 0
    assert "{+Ulm+}" in out
    assert "Hinweis: alt.md: Die Datei ist nicht in UTF-8 gespeichert; sie wurde als Windows-1252 gelesen." in err
    assert "breit.md: Die Datei war in UTF-16" in run(capsys, "redline", "entwurf.md", "breit.md")[2]


def test_what_is_there_is_kept_unless_forced(desk, capsys):
    put(desk, alt="Eins.", neu="Zwei.")
    (desk / "o.html").write_text("mein Text")
    assert "bleibt, wie sie ist" in refused(capsys, "redline", "alt.md", "neu.md", "-o", "o.html")
    assert (desk / "o.html").read_text() == "mein Text"
    assert run(capsys, "redline", "alt.md", "neu.md", "-o", "o.html", "--force")[0] == 0
    assert "<ins>" in (desk / "o.html").read_text()
    assert "gelesenen Dateien" in refused(capsys, "redline", "alt.md", "neu.md", "-o", "neu.md", "--force")


def test_where_nothing_can_be_written_nothing_is_begun(desk, capsys):
    put(desk, alt="Eins.", neu="Zwei.")
    assert "Den Ordner gibt es nicht" in refused(capsys, "redline", "alt.md", "neu.md", "-o", "dort/o.html")
    assert "kann nicht geschrieben werden" in refused(capsys, "redline", "alt.md", "neu.md", "-o", "o.xyz")
    (desk / "o.html").mkdir()
    assert "ist ein Ordner" in refused(capsys, "redline", "alt.md", "neu.md", "-o", "o.html", "--force")
    assert sorted(path.name for path in desk.iterdir()) == ["alt.md", "neu.md", "o.html"]


def test_a_write_that_fails_leaves_neither_file_behind(desk, capsys, monkeypatch):
    put(desk, alt="Eins.", neu="Eins, zwei.")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "No space left" in refused(capsys, "merge", "alt.md", "neu.md", "-o", "o.md", "--report", "r.json")
    assert sorted(path.name for path in desk.iterdir()) == ["alt.md", "neu.md"]
