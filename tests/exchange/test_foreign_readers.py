"""What we write, read by other people's programs: they find the two texts in it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from amendments.exchange.odt import read_odt
from amendments.exchange.redlines import Paper
from amendments.exchange.redlines.docx import to_docx
from amendments.exchange.redlines.odt import to_odt
from amendments.text import CELL, Content, Edit, Kind, Redline, align, edits
from amendments.text.model import literal_content
from benchmarks import corpus
from benchmarks.foreign_readers import Office, by_pandoc, has_office, has_pandoc, one_space
from tests.exchange.concept import AUSSCHUSS, BASE, BEIRAT, WISHES, paper
from tests.exchange.test_tracked import bare

pandoc = pytest.mark.skipif(not has_pandoc(), reason="no pandoc: apt-get install pandoc")
soffice = pytest.mark.skipif(
    not has_office(), reason="no LibreOffice with Python: apt-get install libreoffice-writer-nogui python3-uno"
)
needs_corpus = pytest.mark.skipif(not corpus.available(), reason="no corpus beside the checkout (../shared/corpus)")
WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": to_docx, "odt": to_odt}
STATUTES = ("aeg_1994", "jgg", "ermiv", "brao_206dv")
"""Of the corpus: with splits and joins, moved paragraphs that were edited, words put in at both sides of an end."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office")) as started:
        yield started


def told(contents: Iterable[Content], note: str) -> list[str]:
    """Paragraphs and cells with words; `note`: what a reader says for the sign of a footnote."""
    cells = (cell for content in contents if content.kind is not Kind.FOOTNOTE for cell in bare(content).split(CELL))
    return [words for words in (one_space(cell.replace("[1]", note)) for cell in cells) if words]


def written(folder: Path, suffix: str, found: Paper) -> Path:
    file = folder / f"redline.{suffix}"
    file.write_bytes(WRITERS[suffix](found))
    return file


def both(found: Paper, note: str) -> tuple[list[str], list[str]]:
    redline = Redline(found.nodes)
    old, new = ([paragraph.content for paragraph in text] for text in (redline.reject(), redline.accept()))
    return told(old, note), told(new, note)


@pandoc
@pytest.mark.parametrize("name", WISHES)
def test_pandoc_reads_both_texts(name: str, tmp_path: Path) -> None:
    found = paper(BASE, [Edit("e", WISHES[name])])
    file = written(tmp_path, "docx", found)
    assert (by_pandoc(file, "reject"), by_pandoc(file, "accept")) == both(found, "")


@soffice
@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", WISHES)
def test_libreoffice_reads_both_texts(name: str, suffix: str, office: Office, tmp_path: Path) -> None:
    """Without a reason: drawing a comment needs parts of LibreOffice that are not there without a screen."""
    found = paper(BASE, [Edit("e", WISHES[name])], (AUSSCHUSS,))
    file = written(tmp_path, suffix, found)
    assert (office.read(file, "reject"), office.read(file, "accept")) == both(found, "1")
    assert {author for author, _ in office.changes(file)} == {AUSSCHUSS.name}


def moved_and_changed() -> Paper:
    """A paragraph that one person moved and another changed on the way: words struck in words that were put in."""
    moved = Edit("m", edits.move([BASE[1]], BASE[-2].identity))
    return paper(BASE, [moved, Edit("w", WISHES["words"])], (AUSSCHUSS, replace(BEIRAT, reason="")))


@pandoc
def test_pandoc_reads_what_another_changed_in_a_moved_paragraph(tmp_path: Path) -> None:
    file = written(tmp_path, "docx", moved_and_changed())
    assert (by_pandoc(file, "reject"), by_pandoc(file, "accept")) == both(moved_and_changed(), "")


@soffice
@pytest.mark.parametrize("suffix", WRITERS)
def test_libreoffice_reads_what_another_changed_in_a_moved_paragraph(
    suffix: str, office: Office, tmp_path: Path
) -> None:
    file = written(tmp_path, suffix, moved_and_changed())
    assert (office.read(file, "reject"), office.read(file, "accept")) == both(moved_and_changed(), "1")
    assert {author for author, _ in office.changes(file)} == {AUSSCHUSS.name, BEIRAT.name}


def through_libreoffice(folder: Path, suffix: str) -> dict[str, tuple[Paper, Path]]:
    """Every wish as an OpenDocument text that LibreOffice has opened and saved."""
    found = {name: paper(BASE, [Edit("e", wish)], (AUSSCHUSS,)) for name, wish in WISHES.items()}
    files = {name: folder / f"{name.replace(' ', '_')}.odt" for name in found}
    for name, file in files.items():
        file.write_bytes(to_odt(found[name]))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix,
               "--outdir", str(folder / "saved"), *map(str, files.values())]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {name: (found[name], folder / "saved" / file.with_suffix(f".{suffix}").name) for name, file in files.items()}


@soffice
@pandoc
def test_the_changes_stay_when_libreoffice_makes_a_word_file_of_it(tmp_path: Path) -> None:
    for name, (found, file) in through_libreoffice(tmp_path, "docx").items():
        assert (by_pandoc(file, "reject"), by_pandoc(file, "accept")) == both(found, ""), name


@soffice
def test_kinds_and_numbers_stay_when_libreoffice_saves_it(tmp_path: Path) -> None:
    for name, (found, file) in through_libreoffice(tmp_path, "odt").items():
        redline = Redline(found.nodes)
        for rejected, text in ((True, redline.reject()), (False, redline.accept())):
            read = read_odt(file.read_bytes(), reject_tracked=rejected)
            assert list(read.contents) == [paragraph.content for paragraph in text], name
            assert read.authors == (AUSSCHUSS.name,)


def steps(name: str) -> Iterator[Paper]:
    """The redlines between the versions of a statute."""
    found = sorted((corpus.ROOT / "documents" / name).glob("v*.md"))
    texts = [corpus.paragraphs_of(f"documents/{name}/{path.name}") for path in found]
    for old, new in pairwise(texts):
        base = corpus.text_of(old)
        yield Paper(align(base, [literal_content(each) for each in new], "new", copy=True).redline.nodes, "alt", "neu")


@needs_corpus
@pandoc
@pytest.mark.parametrize("name", STATUTES)
def test_pandoc_reads_both_versions_of_a_statute(name: str, tmp_path: Path) -> None:
    for found in steps(name):
        file = written(tmp_path, "docx", found)
        assert (by_pandoc(file, "reject"), by_pandoc(file, "accept")) == both(found, "")


@needs_corpus
@soffice
@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", STATUTES[2:])
def test_libreoffice_reads_both_versions_of_a_statute(name: str, suffix: str, office: Office, tmp_path: Path) -> None:
    for found in steps(name):
        file = written(tmp_path, suffix, found)
        assert (office.read(file, "reject"), office.read(file, "accept")) == both(found, "1")
