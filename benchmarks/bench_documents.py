"""Whole documents: how time and memory grow, the Civil Code from file to redline, one changed proposal on it, a paper
of 60 paragraphs to a page. Times are of the processor, medians, with the collector off.
"""

from __future__ import annotations

import gc
import json
import math
import re
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from amendments.exchange.redlines.page import to_html
from amendments.exchange.redlines.paper import Paper, Person
from amendments.text import (
    Content,
    Edit,
    Redline,
    Replace,
    Rich,
    Text,
    align,
    apply_edits,
    edits,
    literal_content,
    merge,
    plain,
    text_hash,
    text_of,
    tidy_runs,
)
from benchmarks import corpus

SIZES, CHANGED = (500, 2000, 8000), 0.05
PROPOSALS, PARAGRAPHS, HOT = (20, 200, 2000), 2000, 12
TIMES = 9
ANTRAGSGRUEN = 0.9
"""Seconds it takes for a motion of 60 paragraphs with 20 amendments (issue 3)."""

Task = Callable[[], object]


def run() -> None:
    print(f"   growth from {SIZES[0]} to {SIZES[-1]} paragraphs, {CHANGED:.0%} of them changed")
    for name, prepare in DOCUMENTS.items():
        _grow(name, [lambda size=size, prepare=prepare: prepare(size) for size in SIZES], SIZES)
    print(f"   growth from {PROPOSALS[0]} to {PROPOSALS[-1]} proposals on {PARAGRAPHS} paragraphs")
    base = document(Random(1), PARAGRAPHS)
    for title, passages in (
        ("merge, anywhere", (0, 0, 0)),
        ("merge, half in passages of 20 proposals", tuple(count // 20 for count in PROPOSALS)),
        (f"merge, half in {HOT} passages", (HOT, HOT, HOT)),
    ):
        sets = [proposals(Random(2), base, *each) for each in zip(PROPOSALS, passages, strict=True)]
        _grow(title, [lambda found=found: lambda: _merged(base, found) for found in sets], PROPOSALS)
        pairs = [len(merge(base, found).relations) for found in sets]
        print(f"      pairs listed: {', '.join(map(str, pairs))}")
    _paper()
    if corpus.available():
        _statute()
        _again()
    else:
        print(f"   The public corpus is not at {corpus.ROOT}: the Civil Code was not measured.")


# --- growth


def _grow(name: str, prepare: list[Callable[[], Task]], sizes: tuple[int, ...]) -> None:
    seconds = [measured(task) for task in prepare]
    peaks = [peak(task()) for task in prepare]
    span = sizes[-1] / sizes[0]
    print(
        f"   {name:44}{' '.join(f'{1000 * each:8.1f}' for each in seconds)} ms, exponent "
        f"{math.log(seconds[-1] / seconds[0], span):.2f}; memory {peaks[-1] / 1e6:.1f} MB, "
        f"{peaks[-1] / peaks[0] / span:.2f} x linear",
        flush=True,
    )


def measured(prepare: Callable[[], Task], times: int = TIMES) -> float:
    """Median of the seconds of each fresh task."""
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            task = prepare()
            began = time.process_time()
            task()
            taken.append(time.process_time() - began)
    finally:
        gc.enable()
    return statistics.median(taken)


def peak(task: Task) -> int:
    """Bytes at most in use while the task runs, beyond those before it."""
    gc.collect()
    tracemalloc.start()
    try:
        task()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def document(random: Random, size: int) -> Text:
    return text_of(plain(_sentence(random)) for _ in range(size))


def _sentence(random: Random) -> str:
    return " ".join(f"Wort{random.randrange(3000)}" for _ in range(random.randrange(15, 40))) + "."


def changed(random: Random, base: Text) -> list[Content]:
    """As a file that comes back: of the changed paragraphs three fifths read otherwise, the others came or went."""
    found = []
    for paragraph in base:
        dice = random.random() / CHANGED
        if dice < 0.2:
            continue
        if dice < 0.4:
            found.append(plain(_sentence(random)))
        words = paragraph.text.split(" ")
        if 0.4 <= dice < 1:
            words[random.randrange(len(words) - 1)] = "anders"
        found.append(plain(" ".join(words)))
    return found


def _fresh(base: Text) -> Text:
    """The same text, nothing of it remembered."""
    return text_of(plain(paragraph.text) for paragraph in base)


def _pair(size: int) -> tuple[Text, list[Content], list[Edit]]:
    base = document(Random(size), size)
    new = changed(Random(size + 1), base)
    wishes = [Edit(f"e{number:05}", (hunk,)) for number, hunk in enumerate(align(base, new, "file").edit.hunks)]
    return base, new, wishes


_known: dict[int, tuple[Text, list[Content], list[Edit]]] = {}


def _of(size: int) -> tuple[Text, list[Content], list[Edit]]:
    if size not in _known:
        _known[size] = _pair(size)
    return _known[size]


def _aligning(size: int) -> Task:
    base, new, _ = _of(size)
    return lambda: align(base, new, "file")


def _merging(size: int) -> Task:
    base, _, wishes = _of(size)
    return lambda: _merged(base, wishes)


def _merged(base: Text, wishes: list[Edit]) -> object:
    merged = merge(base, wishes)
    return merged.text, merged.redline


def _applying(size: int) -> Task:
    base, _, wishes = _of(size)
    return lambda: apply_edits(Redline.of(base), wishes).accept()


def _hashing(size: int) -> Task:
    base = _fresh(_of(size)[0])
    return lambda: text_hash(base)


def _tidying(size: int) -> Task:
    base, _, wishes = _of(size)
    redline = merge(base, wishes).redline
    return lambda: [tidy_runs(node.runs) for node in redline.nodes]


DOCUMENTS: dict[str, Callable[[int], Task]] = {
    "align a new file": _aligning,
    "merge: text and redline": _merging,
    "apply_edits": _applying,
    "text_hash, nothing remembered": _hashing,
    "tidy_runs over the document": _tidying,
}


def proposals(random: Random, base: Text, count: int, passages: int) -> list[Edit]:
    """Words replaced; half of them, if there are `passages`, within ten words of these."""
    found = []
    for number in range(count):
        hot = passages and random.random() < 0.5
        paragraph = base[random.randrange(passages) if hot else random.randrange(passages, len(base))]
        words = paragraph.text.split(" ")
        first = random.randrange(min(10, len(words) - 3) if hot else len(words) - 3)
        start = sum(len(word) + 1 for word in words[:first])
        end = start + len(" ".join(words[first : first + random.randrange(1, 4)]))
        new = Rich(f"neu {number}")
        found.append(
            Edit(f"e{number:05}", (Replace(paragraph.identity, start, end, Rich(paragraph.text[start:end]), new),))
        )
    return found


# --- a paper as a page


def _paper() -> None:
    random = Random(3)
    base = document(random, 60)
    wishes = proposals(random, base, 20, 3)
    owner = {edit.id: number for number, edit in enumerate(wishes)}

    def page() -> str:
        merged = merge(base, wishes)
        people = tuple(map(Person, owner))
        return to_html(Paper(merged.redline.nodes, "alt", "neu", people, owner, merged.collisions, (), (), ()))

    seconds = measured(lambda: page)
    print(
        f"   60 paragraphs, 20 amendments, to the finished page: {1000 * seconds:.1f} ms, "
        f"{ANTRAGSGRUEN / seconds:.0f} x as fast as Antragsgrün's {ANTRAGSGRUEN} s"
    )


# --- the Civil Code


def statute() -> dict[str, Any]:
    """Version 6 against version 7, from the files' paragraphs to runs that are drawn, in this process."""
    old, new = (corpus.paragraphs_of(f"documents/bgb/v{number}.md") for number in (6, 7))
    began = time.process_time()
    base = corpus.text_of(old)
    found = align(base, [literal_content(text) for text in new], "file")
    drawn = [tidy_runs(node.runs) for node in found.redline.nodes]
    seconds = time.process_time() - began
    return {
        "seconds": seconds,
        "megabytes": _most_memory(),
        "nodes": len(drawn),
        "characters": sum(map(len, new)),
    }


def _most_memory() -> float:
    """Megabytes this process has held at most. `ru_maxrss` counts the parent's before the start, so Linux is asked."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else math.nan


def _statute() -> None:
    code = "import json; from benchmarks import bench_documents; print(json.dumps(bench_documents.statute()))"
    found = [
        json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)  # noqa: S603
        for _ in range(3)
    ]
    print(
        f"   Civil Code ({found[0]['characters'] / 1e6:.1f} M characters) v6 -> v7, contents to drawn runs: "
        f"{statistics.median(each['seconds'] for each in found):.2f} s, at most "
        f"{max(each['megabytes'] for each in found):.0f} MB in a process of its own"
    )


def _again() -> None:
    """One proposal on the Civil Code changes: text and hash of the consensus version, from the merge before."""
    base = corpus.text_of(corpus.paragraphs_of("documents/bgb/v6.md"))
    new = [literal_content(text) for text in corpus.paragraphs_of("documents/bgb/v7.md")]
    wishes = [Edit(f"e{number:05}", (hunk,)) for number, hunk in enumerate(align(base, new, "file").edit.hunks)]
    began = time.process_time()
    before = merge(base, wishes)
    text_hash(before.text)
    whole = time.process_time() - began
    random = Random(4)
    taken = []
    for _ in range(TIMES):
        place = random.randrange(len(wishes))
        paragraph = base[random.randrange(len(base))]
        now = list(wishes)
        now[place] = Edit(wishes[place].id, edits.replace_words(paragraph, 0, 1, Rich("Neu")))
        gc.collect()
        gc.disable()
        began = time.process_time()
        merged = merge(base, now, previous=before)
        found = text_hash(merged.text)
        taken.append(time.process_time() - began)
        gc.enable()
        assert found == text_hash(merge(base, now).text)
    print(
        f"   Civil Code with {len(wishes)} proposals, one of them changed: text and hash again in "
        f"{1000 * statistics.median(taken):.1f} ms, at most {1000 * max(taken):.1f} ms; "
        f"from the beginning {1000 * whole:.0f} ms"
    )
