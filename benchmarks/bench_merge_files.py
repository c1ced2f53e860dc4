"""Merging beside `git merge-file`: each proposal is a copy of the base, and the copies are folded one after the other,
a word or a paragraph a line. Samples of the public corpus; time is wall time, a process a proposal included for git.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from itertools import islice

from amendments.text import Text, apply, merge
from amendments.text.tokens import tokenise
from benchmarks import corpus
from benchmarks.bench_engine import words_of
from benchmarks.corpus import Case
from benchmarks.peers import git_merge_file

Items = Callable[[Text], list[str]]
END = "\x1e"
"""Stands for the end of a paragraph."""


def words(text: Text) -> list[str]:
    return [token for paragraph in text for token in (*tokenise(paragraph.text), END)]


def paragraphs(text: Text) -> list[str]:
    return [f"{paragraph.text}{END}" for paragraph in text]


def run() -> None:
    if not corpus.available():
        print(f"   The public corpus is not at {corpus.ROOT}: nothing measured.")
        return
    if shutil.which("git") is None:
        print("   git is not installed: nothing to compare with.")
        return
    for name, cases, items in (
        ("merge/paragraph, a word a line", islice(corpus.rows("merge/paragraph"), 0, None, 20), words),
        ("merge/document, a paragraph a line", islice(_small(), 0, None, 4), paragraphs),
        ("merge/document, a word a line", islice(_small(), 0, None, 4), words),
        ("merge/collision, a word a line", islice(corpus.rows("merge/collision"), 0, None, 10), words),
    ):
        _compare(name, cases, items)


def _small() -> Iterable[Case]:
    return (case for case in corpus.rows("merge/document") if len(case["proposals"]) <= 100)


def _compare(name: str, cases: Iterable[Case], items: Items) -> None:
    ours = theirs = 0.0
    count = right = git_right = silent = 0
    for case in cases:
        base = corpus.text_of(corpus.base_of(case))
        edits = corpus.edits_of(base, case)
        expected = corpus.result_of(case)
        clean = not case["expect"].get("conflicts")
        began = time.perf_counter()
        merged = merge(base, edits)
        text = merged.text
        ours += time.perf_counter() - began
        right += words_of(text) == expected and clean == (not merged.components)
        copies = [items(apply(base, [edit])) for edit in edits]
        plain = items(base)
        began = time.perf_counter()
        found, clashed = git_merge_file(plain, copies)
        theirs += time.perf_counter() - began
        same = "".join(found) == "".join(paragraphs(corpus.text_of(expected)))
        git_right += (same and not clashed) if clean else clashed
        silent += not clashed and not (clean and same)
        count += 1
    print(
        f"   {name:36}{count:5} cases: merge {right} right in {ours:.1f} s; git merge-file {git_right} right, "
        f"{silent} wrong in silence, in {theirs:.1f} s: {theirs / ours:.0f} x as long",
        flush=True,
    )
