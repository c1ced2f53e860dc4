"""Word files: what writing and reading them costs beside pandoc, and whether other readers find both texts in them."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from amendments.exchange import making
from amendments.exchange.docx import read_docx
from amendments.exchange.redlines import Paper
from amendments.exchange.redlines.writing import write
from amendments.text import CELL, Redline, align
from amendments.text.model import Content, Kind, literal_content
from benchmarks import corpus
from benchmarks.foreign_readers import Office, by_pandoc, has_office, has_pandoc, one_space

STATUTES = 20
"""Of which every step is written and read; AMENDMENTS_STATUTES=63 takes all, the Civil Code last."""
ROUNDS = 5
LONG, CONCEPT = "bgb", "aufenthg_2004"
"""The Civil Code, and a statute of some 190 pages; of each its last step."""
SUFFIXES = ("docx",)


def run() -> None:
    if not corpus.available():
        print("   no corpus beside the checkout (../shared/corpus)")
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in (CONCEPT, LONG):
            _costs(Path(folder), name)
        _readers(Path(folder))


# --- what it costs


def _costs(folder: Path, name: str) -> None:
    paper = step(name, *texts_of(name)[-2:])
    data = write(paper, ".docx")
    file = folder / f"{name}.docx"
    file.write_bytes(data)
    writing = _median(lambda: write(paper, ".docx"))
    child = _median(lambda: making.make_in_child(making.order(write, paper, ".docx")))
    reading = _median(lambda: read_docx(data))
    pages = sum(len(run.rich.text) for node in paper.nodes for run in node.runs) // 3000
    print(f"   {name}, {pages} pages, {len(data) // 1024} kB: written in {writing:.2f} s", end="")
    print(f" ({child:.2f} s with a process of its own), read in {reading:.2f} s", end="")
    if has_pandoc():
        theirs = _median(lambda: subprocess.run(["pandoc", "--to", "json", "-o", os.devnull, str(file)], check=True))  # noqa: S603, S607 - a fixed command
        print(f"; pandoc reads it in {theirs:.2f} s, {theirs / reading:.1f} x as long", end="")
    print()


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# --- whether it is read


def _readers(folder: Path) -> None:
    names = sorted(path.name for path in (corpus.ROOT / "documents").iterdir() if path.is_dir() and path.name != "bgb")
    wanted = int(os.environ.get("AMENDMENTS_STATUTES", STATUTES))
    chosen = [*names[:: max(1, len(names) // wanted)][:wanted], *(["bgb"] if wanted > len(names) else [])]
    readers: dict[str, Callable[[Path, bool], list[str]]] = {"ours": _ours}
    if has_pandoc():
        readers["pandoc"] = lambda file, rejected: by_pandoc(file, "reject" if rejected else "accept")
    office = Office(folder) if has_office() else None
    if office:
        readers["LibreOffice"] = lambda file, rejected: office.read(file, "reject" if rejected else "accept")
    for suffix in SUFFIXES:
        right, steps = dict.fromkeys(readers, 0), 0
        for name in chosen:
            for paper in steps_of(name):
                steps += 1
                file = folder / f"step.{suffix}"
                file.write_bytes(write(paper, f".{suffix}"))
                for reader, read in readers.items():
                    right[reader] += both(paper) == (read(file, True), read(file, False))
        said = ", ".join(f"{reader} {number} of {steps}" for reader, number in right.items())
        print(f"   .{suffix}, {len(chosen)} statutes, both texts paragraph by paragraph: {said}")
    if office:
        office.close()


def _ours(file: Path, rejected: bool) -> list[str]:  # noqa: FBT001 - as the others
    return told(read_docx(file.read_bytes(), reject_tracked=rejected).contents)


def both(paper: Paper) -> tuple[list[str], list[str]]:
    redline = Redline(paper.nodes)
    return told([p.content for p in redline.reject()]), told([p.content for p in redline.accept()])


def told(contents: tuple[Content, ...] | list[Content]) -> list[str]:
    """Paragraphs and cells with words, headings without the signs of a literal file."""
    cells = (cell for content in contents for cell in _bare(content).split(CELL))
    return [words for words in map(one_space, cells) if words]


def _bare(content: Content) -> str:
    is_sign = content.head.kind is Kind.HEADING and content.head.attribute("literal")
    return content.text[content.head.level + 1 :] if is_sign else content.text


def texts_of(name: str) -> list[list[str]]:
    found = sorted((corpus.ROOT / "documents" / name).glob("v*.md"), key=lambda path: int(path.stem[1:]))
    return [corpus.paragraphs_of(f"documents/{name}/{path.name}") for path in found]


def steps_of(name: str) -> Iterator[Paper]:
    """The redlines between the versions of a statute."""
    for old, new in pairwise(texts_of(name)):
        yield step(name, old, new)


def step(name: str, old: list[str], new: list[str]) -> Paper:
    base = corpus.text_of(old)
    return Paper(align(base, [literal_content(each) for each in new], "new", copy=True).redline.nodes, name, "neu")
