"""Runs `golden/redlines.txt`: redlines as a careful person would draw them, readable without knowing Python."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
import regex

from amendments.text import (
    CELL,
    Content,
    Edit,
    Head,
    Kind,
    Op,
    Paragraph,
    Redline,
    Rich,
    apply_edits,
    diff_rich,
    tidy_runs,
)
from benchmarks import corpus

GOLDEN = Path(__file__).with_name("golden") / "redlines.txt"
LEFT_OUT = "…"
_MARK = re.compile(r"\[-(?P<delete>.+?)-\]|\{\+(?P<insert>.+?)\+\}")

Marks = list[tuple[int, str, str]]
"""Offset in the old wording, what is struck there, what is put in."""
Piece = tuple[Op, str]


@dataclass(frozen=True)
class Case:
    source: str
    name: str
    open: bool
    why: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def cases() -> Iterator[Case]:
    for block in re.split(r"^# ", GOLDEN.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = [line for line in block.splitlines() if line and not line.startswith("=== ")]
        source, name, *flags = title.split()
        assert flags in ([], ["open"]), title
        assert lines[0].startswith("why: "), title
        yield Case(source, name, bool(flags), lines[0].removeprefix("why: "), tuple(lines[1:]))


CASES = tuple(cases())
each_case = pytest.mark.parametrize("case", CASES, ids=str)


# --- what a case says


def pieces_of(line: str) -> list[Piece]:
    """Kept, struck and inserted stretches of a line in order."""
    line = re.sub(r"\\u([0-9A-F]{4})", lambda code: chr(int(code[1], 16)), line).replace(" | ", CELL)
    pieces: list[Piece] = []
    end = 0
    for mark in _MARK.finditer(line):
        pieces += [(Op.KEEP, line[end : mark.start()]), (Op(mark.lastgroup), mark[mark.lastgroup])]
        end = mark.end()
    pieces.append((Op.KEEP, line[end:]))
    return [(op, text) for op, text in pieces if text]


def stretches(line: str) -> Iterator[list[Piece]]:
    """The parts of a line between kept words that are left out."""
    stretch: list[Piece] = []
    for op, text in pieces_of(line):
        if op is not Op.KEEP or LEFT_OUT not in text:
            stretch.append((op, text))
            continue
        first, *others = re.split(rf"\s*{LEFT_OUT}\s*", text)
        for part, begins in [(first, False), *((other, True) for other in others)]:
            if begins and stretch:
                yield stretch
                stretch = []
            if part:
                stretch.append((Op.KEEP, part))
    if stretch:
        yield stretch


def pattern(text: str) -> str:
    """A pattern for words of which some may be left out."""
    return r".+?".join(re.escape(part) for part in re.split(rf"\s*{LEFT_OUT}\s*", text))


def place(stretch: list[Piece], old: str, start: int, *, first: bool, last: bool) -> list[tuple[Op, int, int, str]]:
    """Where the pieces of a stretch stand in the old wording, behind `start`; there is exactly one such place."""
    groups = "".join(f"({pattern(text)})" if op is not Op.INSERT else "()" for op, text in stretch)
    anchored = (r"\A" if first else "") + groups + (r"\Z" if last else "")
    found = list(re.compile(f"(?={anchored})", re.DOTALL).finditer(old, start))
    assert len(found) == 1, f"{len(found)} places for {stretch}"
    return [(op, *found[0].span(number), text) for number, (op, text) in enumerate(stretch, 1)]


def expected(case: Case, old: str, new: str) -> Marks:
    """The marks of a case in coordinates of the old wording; an error unless they lead from `old` to `new`."""
    placed: list[tuple[Op, int, int, str]] = []
    for number, line in enumerate(case.lines):
        parts = list(stretches(line))
        for rank, part in enumerate(parts):
            placed += place(
                part,
                old,
                placed[-1][2] if placed else 0,
                first=rank == 0 and not line.startswith(LEFT_OUT),
                last=rank == len(parts) - 1 and not line.endswith(LEFT_OUT),
            )
        assert number == 0 or line.startswith(LEFT_OUT), "only the first line begins with the paragraph"
        assert number == len(case.lines) - 1 or line.endswith(LEFT_OUT), "only the last line ends with it"
    return _completed([piece for piece in placed if piece[0] is not Op.KEEP], old, new)


def _completed(changes: list[tuple[Op, int, int, str]], old: str, new: str) -> Marks:
    """Marks with every word of what is put in: left out words are read from the new wording."""
    whole, end = "", 0
    for op, start, stop, text in changes:
        whole += re.escape(old[end:start]) + (f"({pattern(text)})" if op is Op.INSERT else "")
        end = stop
    matched = re.fullmatch(whole + re.escape(old[end:]), new, re.DOTALL)
    assert matched, "the marks do not make the new wording of the old one"
    inserted = iter(matched.groups())
    marks: Marks = []
    for op, start, stop, _ in changes:
        struck, added = (old[start:stop], "") if op is Op.DELETE else ("", next(inserted))
        if marks and marks[-1][0] + len(marks[-1][1]) == start:
            marks[-1] = (marks[-1][0], marks[-1][1] + struck, marks[-1][2] + added)
        else:
            marks.append((start, struck, added))
    return marks


# --- the texts and what the engine shows


@functools.cache
def _corpus_texts() -> dict[tuple[str, str], tuple[str, str]]:
    named = {(case.source, case.name) for case in CASES}
    return {
        (source, row["id"]): _both(row)
        for source in sorted({case.source for case in CASES} - {"own"})
        for row in corpus.rows(source)
        if (source, row["id"]) in named
    }


def _both(row: corpus.Case) -> tuple[str, str]:
    if "before" in row:
        return row["before"], row["after"]
    return row["base"][0], row["expect"]["result"][0]


def texts_of(case: Case) -> tuple[str, str]:
    """The old and the new wording."""
    if case.source == "own":
        pieces = pieces_of(case.lines[0])
        old, new = ("".join(text for op, text in pieces if op is not left) for left in (Op.INSERT, Op.DELETE))
        return old, new
    if not corpus.available():
        pytest.skip("the public corpus (../shared/corpus) is not there")
    return _corpus_texts()[case.source, case.name]


def shown(old: str, new: str) -> Marks:
    """What the pages show when somebody hands in `new` for `old`."""
    head = Head(Kind.TABLE_ROW, 0, (("table", "t"),)) if CELL in old else Head()
    base = (Paragraph("p", Content(head, Rich(old))),)
    (node,) = apply_edits(Redline.of(base), [Edit("e", diff_rich("p", Rich(old), Rich(new)))]).nodes
    marks: Marks = []
    offset = 0
    for kept, runs in groupby(tidy_runs(node.runs), key=lambda run: run.op is Op.KEEP):
        texts = [(run.op, run.rich.text) for run in runs]
        struck = "".join(text for op, text in texts if op is not Op.INSERT)
        if not kept:
            marks.append((offset, struck, "".join(text for op, text in texts if op is Op.INSERT)))
        offset += len(struck)
    return marks


def plain_form(marks: Marks, old: str) -> Marks:
    """Marks without white space at an edge that can as well be kept; beside words it stands in front."""
    plain: Marks = []
    for mark in marks:
        floor = plain[-1][0] + len(plain[-1][1]) if plain else 0
        plain.append(_shifted(*_trimmed(*mark), old, floor))
    return plain


def _trimmed(start: int, struck: str, added: str) -> tuple[int, str, str]:
    while struck and added and struck[-1].isspace() and struck[-1] == added[-1]:
        struck, added = struck[:-1], added[:-1]
    while struck and added and struck[0].isspace() and struck[0] == added[0]:
        start, struck, added = start + 1, struck[1:], added[1:]
    return start, struck, added


def _shifted(start: int, struck: str, added: str, old: str, floor: int) -> tuple[int, str, str]:
    if struck and added:
        return start, struck, added
    text = struck or added
    while start > floor and old[start - 1].isspace() and text[-1] == old[start - 1]:
        start, text = start - 1, text[-1] + text[:-1]
    return (start, text, "") if struck else (start, "", text)


def drawn_and_expected(case: Case) -> tuple[Marks, Marks]:
    old, new = texts_of(case)
    return plain_form(shown(old, new), old), plain_form(expected(case, old, new), old)


# --- the tests


def test_there_are_many_cases_and_no_name_twice() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    real = [case for case in CASES if case.source != "own"]
    assert len(real) >= 80
    assert all(LEFT_OUT in "".join(case.lines) for case in real), "the corpus' paragraphs are not kept here"


@each_case
def test_the_marks_lead_from_the_old_wording_to_the_new_and_each_has_one_place(case: Case) -> None:
    old, new = texts_of(case)
    marks = expected(case, old, new)
    written, end = "", 0
    for start, struck, added in marks:
        assert old[start : start + len(struck)] == struck
        assert start > end or start == 0, "two marks that touch"
        written += old[end:start] + added
        end = start + len(struck)
    assert written + old[end:] == new


@each_case
def test_no_expectation_cuts_a_number_or_a_grapheme_or_goes_over_a_cell(case: Case) -> None:
    old, new = texts_of(case)
    graphemes = {0, *(match.end() for match in regex.finditer(r"\X", old))}
    for start, struck, added in expected(case, old, new):
        assert CELL not in struck + added
        for offset in (start, start + len(struck)):
            assert offset in graphemes
            assert not re.fullmatch(r"\d\w|\w\d", old[max(offset - 1, 0) : offset + 1])


@pytest.mark.parametrize("case", [case for case in CASES if not case.open], ids=str)
def test_the_redline_is_drawn_as_a_careful_person_would(case: Case) -> None:
    drawn, wanted = drawn_and_expected(case)
    assert drawn == wanted, case.why


@pytest.mark.parametrize("case", [case for case in CASES if case.open], ids=str)
def test_an_open_case_is_still_open(case: Case) -> None:
    """A strict list of what is missing: when a case is met, its "open" goes from `redlines.txt`."""
    drawn, wanted = drawn_and_expected(case)
    assert drawn != wanted, f'met: take "open" from {case.name}'
