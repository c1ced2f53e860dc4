"""PDF of real statutes: what a paper costs a process of its own, and how much memory that must be allowed."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from amendments.exchange.pdf.clean import CleanText, clean_pdf
from amendments.exchange.pdf.redline import redline_pdf
from amendments.exchange.redlines import Paper
from amendments.text import align, literal_content
from benchmarks import corpus

TIMES = 5
MOST_SECONDS = 3.0
"""Of the processor, for some 130 pages with numbers of lines (issue 5)."""
STATUTES = {
    "130 pages": ("aufenthg_2004", "v7", "v8"),
    "the Civil Code": ("bgb", "v7", "v9"),
}
LIMITS = (384, 512, 768, 1024, 1536, 2048)
"""Megabytes of address space that are tried."""


def run() -> None:
    if not corpus.available():
        print(f"   The public corpus is not at {corpus.ROOT}: nothing was measured.")
        return
    for title, (name, old, new) in STATUTES.items():
        for kind in PAPERS:
            found = [_child(kind, name, old, new) for _ in range(TIMES)]
            seconds, cpu = (statistics.median(each[clock] for each in found) for clock in ("seconds", "cpu"))
            first = found[0]
            least = next((each for each in LIMITS if _child(kind, name, old, new, limit=each)), None)
            memory = max(each["memory"] for each in found)
            print(
                f"   {title:16}{kind:10}{first['pages']:5} pages {first['kilobytes']:6} kB {seconds:6.2f} s "
                f"({cpu:.2f} of the processor), {memory} MB in use; under {least} MB of address space",
                flush=True,
            )
            if (title, kind) == ("130 pages", "clean"):
                assert cpu < MOST_SECONDS


def _child(kind: str, *statute: str, limit: int = 0) -> dict[str, float] | None:
    """What the child measured; None for one that its limit ended."""
    command = [sys.executable, "-m", "benchmarks.bench_papers", kind, *statute, str(limit)]
    done = subprocess.run(  # noqa: S603 - this very module
        command, capture_output=True, text=True, cwd=Path(__file__).parents[1], check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def measure(kind: str, name: str, old: str, new: str, limit: int) -> None:
    """In the child: one paper, with its limits. What it is made of is read before the clock starts."""
    make = PAPERS[kind](*(corpus.paragraphs_of(f"documents/{name}/{version}.md") for version in (old, new)))
    if limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit << 20, limit << 20))
    began, used = time.perf_counter(), time.process_time()
    data = make()
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        json.dumps(
            {"seconds": seconds, "cpu": cpu, "memory": memory, "kilobytes": len(data) >> 10, "pages": _pages(data)}
        )
    )


def _pages(data: bytes) -> int:
    return int(data.partition(b"/Type/Pages/Count ")[2].partition(b"/")[0])


def _clean(_old: list[str], new: list[str]) -> Callable[[], bytes]:
    text = CleanText("Gesetz", tuple(map(literal_content, new)), ("Fassung vom 1. März 2012",))
    return lambda: clean_pdf(text)


def _redline(old: list[str], new: list[str]) -> Callable[[], bytes]:
    nodes = align(corpus.text_of(old), [literal_content(text) for text in new], "new", copy=True).redline.nodes
    return lambda: redline_pdf(Paper(nodes, "alt", "neu"))


PAPERS = {"clean": _clean, "redline": _redline}

if __name__ == "__main__":
    kind, *statute, limit = sys.argv[1:]
    measure(kind, statute[0], statute[1], statute[2], int(limit))
