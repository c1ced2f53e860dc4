"""Word documents from other people's programs: pandoc and LibreOffice write, we read the same paragraphs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from amendments.exchange.commonmark import read_commonmark
from amendments.exchange.docx import read_docx
from amendments.exchange.html import read_html
from amendments.exchange.imported import Imported

SOURCE = """\
# Integrationskonzept

## § 1 Ziele „der Stadt“

Die Stadt fördert **Sprachkurse** und *Begegnung*, siehe [Satzung](https://example.org/s) – ohne ~~Gebühr~~.

- Beratung
  - in Kitas
  - in Schulen
- Träger

1. erstens
2. zweitens

Zwischentext mit Fußnote[^1].

| Jahr | Euro  |
|------|-------|
| 2011 | 5 000 |
| 2012 | 6 000 |

Letzter Absatz.

[^1]: Stand: November 2011.
"""

pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="no pandoc: apt-get install pandoc")
soffice = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pandoc")),
    reason="no LibreOffice or pandoc: apt-get install libreoffice-writer-nogui pandoc",
)


def told(found: Imported) -> list[tuple[str, int, str, str]]:
    return [(c.kind.value, c.head.level, c.head.attribute("list"), c.text) for c in found.contents]


def marked(found: Imported) -> list[tuple[str, str, str]]:
    return sorted((c.text[m.start : m.end], m.name.value, m.target) for c in found.contents for m in c.rich.marks)


def by_pandoc(folder: Path, suffix: str) -> bytes:
    source, target = folder / "text.md", folder / f"text.{suffix}"
    source.write_text(SOURCE)
    command = ["pandoc", "--from", "commonmark_x", "--standalone", "--output", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target.read_bytes()


def by_soffice(folder: Path, suffix: str) -> bytes:
    """pandoc writes OpenDocument, LibreOffice makes it another format."""
    by_pandoc(folder, "odt")
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix,
               "--outdir", str(folder), str(folder / "text.odt")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / f"text.{suffix}").read_bytes()


@pandoc
def test_what_pandoc_writes_is_read_like_its_source(tmp_path: Path) -> None:
    found, source = read_docx(by_pandoc(tmp_path, "docx")), read_commonmark(SOURCE.encode())
    assert told(found) == told(source)
    assert marked(found) == marked(source)
    assert [c.head.attributes for c in found.contents] == [c.head.attributes for c in source.contents]


@soffice
def test_what_libreoffice_writes_is_read_like_its_source(tmp_path: Path) -> None:
    found, source = read_docx(by_soffice(tmp_path, "docx")), read_commonmark(SOURCE.encode())
    assert told(found) == told(source)
    assert marked(found) == marked(source)


@pandoc
def test_html_of_pandoc_is_read_like_its_source_but_for_footnotes(tmp_path: Path) -> None:
    found, source = read_html(by_pandoc(tmp_path, "html")), read_commonmark(SOURCE.encode())
    assert told(found)[:13] == [
        *told(source)[:9],
        ("paragraph", 0, "", "Zwischentext mit Fußnote1."),
        *told(source)[10:13],
    ]
    assert told(found)[14:] == [("list_item", 1, "ordered", "Stand: November 2011.")]
