"""Packages that compare two wordings, each on the same tokens as the engine where it takes tokens.

Each function takes an old and a new wording and returns the marks it would draw, as (start and end in the old wording,
start and end in the new one), in code points.
"""

from __future__ import annotations

import difflib
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from pathlib import Path

import cydifflib
from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel
from redlines import Redlines

from amendments.text.tokens import tokenise
from benchmarks.optimum import HUNK

Marks = list[tuple[int, int, int, int]]
SURROGATES = 0xD800, 0xE000


def cydifflib_raw(old: str, new: str) -> Marks:
    ours, theirs = tokenise(old), tokenise(new)
    opcodes = cydifflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return _in_characters(ours, theirs, [tuple(opcode[1:]) for opcode in opcodes if opcode[0] != "equal"])


def cydifflib_joined(old: str, new: str) -> Marks:
    """Short gaps joined: the best package so far."""
    return _joined(cydifflib_raw(old, new))


def difflib_joined(old: str, new: str) -> Marks:
    ours, theirs = tokenise(old), tokenise(new)
    opcodes = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return _joined(_in_characters(ours, theirs, [opcode[1:] for opcode in opcodes if opcode[0] != "equal"]))


def rapidfuzz_joined(old: str, new: str) -> Marks:
    ours, theirs = tokenise(old), tokenise(new)
    opcodes = [
        (code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Indel.opcodes(ours, theirs)
        if code.tag != "equal"
    ]
    return _joined(_in_characters(ours, theirs, opcodes))


def diff_match_patch_on_tokens(old: str, new: str) -> Marks:
    """Each token a character of its own; its semantic clean-up; no clock."""
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    codes: dict[str, str] = {}
    texts = ["".join(codes.setdefault(token, _code(len(codes))) for token in tokenise(text)) for text in (old, new)]
    pieces = engine.diff_main(*texts, False)
    engine.diff_cleanupSemantic(pieces)
    lengths = {code: len(token) for token, code in codes.items()}
    marks: Marks = []
    here = there = 0
    for op, piece in pieces:
        length = sum(lengths[code] for code in piece)
        if op == 0:
            here, there = here + length, there + length
            continue
        if not marks or (marks[-1][1], marks[-1][3]) != (here, there):
            marks.append((here, here, there, there))
        start, _, new_start, _ = marks[-1]
        here, there = (here + length, there) if op < 0 else (here, there + length)
        marks[-1] = (start, here, new_start, there)
    return marks


def _code(number: int) -> str:
    number += 1
    return chr(number if number < SURROGATES[0] else number + SURROGATES[1] - SURROGATES[0])


def redlines_rendered(old: str, new: str) -> str:
    """Its tokens carry their white space; what it marks is not comparable, what it costs is."""
    return Redlines(old, new).output_markdown


GIT_WORDS = {"words by white space": (), "words and signs": ("--word-diff-regex=[[:alnum:]]+|[^[:space:]]",)}
"""What `git diff --word-diff` compares, and the option that says so."""


def git_word_diff(pairs: Sequence[tuple[str, str]], options: Sequence[str] = ()) -> float | None:
    """Processor seconds of git for all pairs at once, each in a line of its own; None where git is missing."""
    git = shutil.which("git")
    if git is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for side in (0, 1):
            lines = "".join(f"== {number}\n{pair[side]}\n" for number, pair in enumerate(pairs))
            files.append(Path(folder, str(side)))
            files[-1].write_text(lines, encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(  # noqa: S603
            [git, "diff", "--no-index", "--unified=0", "--word-diff=porcelain", *options, *map(str, files)],
            capture_output=True,
            check=False,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 1:  # what it says when the files differ
        raise RuntimeError(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _in_characters(old: list[str], new: list[str], opcodes: Iterable[tuple[int, ...]]) -> Marks:
    here = list(accumulate(map(len, old), initial=0))
    there = list(accumulate(map(len, new), initial=0))
    return [(here[a], here[b], there[c], there[d]) for a, b, c, d in opcodes]


def _joined(marks: Marks) -> Marks:
    joined: Marks = []
    for mark in marks:
        if joined and 2 * (mark[0] - joined[-1][1]) <= HUNK:
            joined[-1] = (joined[-1][0], mark[1], joined[-1][2], mark[3])
        else:
            joined.append(mark)
    return joined


BREAK = "\x1d"
"""Stands for a line break inside an item."""


def git_merge_file(base: list[str], copies: Iterable[list[str]]) -> tuple[list[str], bool]:
    """The copies folded one after the other onto the first, a line for each item; and whether it ever marked a
    conflict.
    """
    merged, *others = copies
    clashed = False
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        paths[1].write_text(_lines(base), encoding="utf-8")
        for other in others:
            paths[0].write_text(_lines(merged), encoding="utf-8")
            paths[2].write_text(_lines(other), encoding="utf-8")
            found = subprocess.run(["git", "merge-file", "-p", *paths], capture_output=True, check=False)  # noqa: S603, S607
            clashed = clashed or found.returncode != 0
            merged = [line.replace(BREAK, "\n") for line in found.stdout.decode().split("\n")[:-1]]
    return merged, clashed


def _lines(items: Iterable[str]) -> str:
    return "".join(f"{item}\n".replace("\n", BREAK, item.count("\n")) for item in items)


DRAWING: dict[str, Callable[[str, str], Marks]] = {
    "cydifflib, short gaps joined": cydifflib_joined,
    "rapidfuzz, short gaps joined": rapidfuzz_joined,
    "diff-match-patch on tokens": diff_match_patch_on_tokens,
    "difflib, short gaps joined": difflib_joined,
}
