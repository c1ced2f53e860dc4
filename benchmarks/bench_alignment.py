"""Measures alignment: paragraphs that keep their identity, judged by a map made by hand, and how time and memory grow.

`identity_map.txt` beside this file says how 300 edited paragraphs were read.
"""

from __future__ import annotations

import gc
import hashlib
import math
import statistics
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from amendments.text import Alignment, Content, Text, align, literal_content, text_of
from benchmarks import corpus
from benchmarks.bench_engine import Figures, transitions

MAP = Path(__file__).with_name("identity_map.txt")
BECAME = "ems"
"""Kinds of the map for which one paragraph carries the old one on."""
SIZES = (500, 2_000, 8_000)


@dataclass(frozen=True)
class Judged:
    """One line of the map: paragraph `old` of the first version became one of `new` of the second."""

    step: tuple[str, str, str]
    old: int
    kind: str
    new: tuple[int, ...]
    hashes: tuple[str, ...]


def judged() -> Iterator[Judged]:
    for line in MAP.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, one, other, rank, mark, kind, became = line.split()
            pairs = [pair.split(":") for pair in became.split(",")] if became != "-" else []
            ranks, marks = tuple(int(pair[0]) for pair in pairs), tuple(pair[1] for pair in pairs)
            yield Judged((name, one, other), int(rank), kind, ranks, (mark, *marks))


def marked(text: str) -> str:
    """A text as the map names it."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def versions(step: tuple[str, str, str]) -> tuple[list[str], list[str]]:
    name, one, other = step
    old, new = (corpus.paragraphs_of(f"documents/{name}/{version}.md") for version in (one, other))
    return old, new


def aligned(old: list[str], new: list[str]) -> tuple[Text, Alignment]:
    base = corpus.text_of(old)
    return base, align(base, [literal_content(text) for text in new], "import")


# --- the map


def identities(cases: Iterable[Judged]) -> Figures:
    """`failed`: became another paragraph than a reader says. `counts`: of those that live on, how many are `right`,
    listed as `unsure`, or `lost` (struck here, new there).
    """
    figures = Figures()
    by_step: dict[tuple[str, str, str], list[Judged]] = defaultdict(list)
    for case in cases:
        by_step[case.step].append(case)
    for step, found in by_step.items():
        base, alignment = aligned(*versions(step))
        asked = {name for unsure in alignment.unsure for name, _ in unsure.candidates}
        for case in found:
            identity = base[case.old].identity
            became = alignment.pairs.get(identity)
            allowed = case.new if case.kind != "g" else ()
            figures.judge(f"{' '.join(step)} {case.old}", right=became is None or became in allowed)
            if case.kind in BECAME:
                figures.counts["live on"] += 1
                figures.counts[kept(became, case.new, asked=identity in asked)] += 1
    return figures


def kept(became: int | None, allowed: tuple[int, ...], *, asked: bool) -> str:
    if became is None:
        return "unsure" if asked else "lost"
    return "right" if became in allowed else "wrong"


# --- what stands once in both versions


def unchanged(steps: Iterable[tuple[str, str, str]]) -> Figures:
    """Every paragraph whose text stands once in both versions keeps its identity."""
    figures = Figures()
    for step in steps:
        old, new = versions(step)
        base, alignment = aligned(old, new)
        once_old, once_new = Counter(old), Counter(new)
        places = {text: rank for rank, text in enumerate(new)}
        for rank, text in enumerate(old):
            if once_old[text] == 1 == once_new[text]:
                right = alignment.pairs.get(base[rank].identity) == places[text]
                figures.judge(f"{' '.join(step)} {rank}", right=right)
    return figures


def steps() -> Iterator[tuple[str, str, str]]:
    for name, *_ in transitions():
        statute, one, _, other = name.split()
        yield statute, one, other


# --- time and memory


def grown(paragraphs: int) -> tuple[Text, list[Content]]:
    """A made-up document of so many paragraphs and its next version, in which every twentieth one is changed."""
    dice = Random(22112011)
    words = ["".join(dice.choices("abdefgiklmnorstu", k=dice.randint(3, 9))) for _ in range(4_000)]
    old = [f"({rank % 7 + 1}) {' '.join(dice.choices(words, k=dice.randint(8, 40)))}." for rank in range(paragraphs)]
    new = list(old)
    for number, rank in enumerate(range(0, paragraphs, 20)):
        parts = old[rank].split()
        parts[len(parts) // 2] = dice.choice(words)
        new[rank] = " ".join(parts)
        if number % 4 == 0:
            new[rank] += "\n\n" + " ".join(dice.choices(words, k=12))
    contents = [literal_content(part) for text in new for part in text.split("\n\n")]
    return text_of(map(literal_content, old)), contents


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median of the processor's seconds, collector off."""
    taken = []
    for _ in range(times):
        gc.collect()
        gc.disable()
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
        gc.enable()
    return statistics.median(taken)


def peak(work: Callable[[], object]) -> int:
    """Bytes at the highest."""
    gc.collect()
    tracemalloc.start()
    work()
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest


def growth(sizes: tuple[int, ...] = SIZES, times: int = 5) -> dict[str, float]:
    """`exponent` of the time from the smallest to the largest size; `memory`: peak over what is linear."""
    works = {size: _work(size) for size in sizes}
    taken = {size: seconds(work, times) for size, work in works.items()}
    first, last = sizes[0], sizes[-1]
    memory = {size: peak(works[size]) for size in (first, last)}
    return {
        **{f"{size} paragraphs": taken[size] for size in sizes},
        "exponent": math.log(taken[last] / taken[first]) / math.log(last / first),
        "memory": memory[last] / memory[first] / (last / first),
    }


def _work(size: int) -> Callable[[], object]:
    old, new = grown(size)
    return lambda: align(old, new, "import")


# --- the report


def run() -> None:
    figures = growth()
    print(", ".join(f"{key} {value:.3f}" for key, value in figures.items()))
    if not corpus.available():
        print(f"The public corpus is not at {corpus.ROOT}: nothing else measured.")
        return
    found = identities(judged())
    counts = found.counts
    shares = ", ".join(f"{key} {counts[key]}" for key in ("right", "unsure", "lost", "wrong"))
    print(f"identity map: {counts['live on']} of {found.cases} paragraphs live on: {shares}")
    print(f"  taken for another paragraph: {len(found.failed)} of {found.cases}: {', '.join(found.failed)}")
    once = unchanged(steps())
    print(f"stand once in both versions: {once.cases}, of these with another identity: {len(once.failed)}")
    old, new = versions(("bgb", "v6", "v7"))
    base, contents = corpus.text_of(old), [literal_content(text) for text in new]
    print(f"BGB v6 -> v7: {seconds(lambda: align(base, contents, 'import'), 3):.2f} s")
