"""Measures the installed commands: what `redline` costs and where, and that no bad file costs more than it may."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.bad_files import BAD_FILES, TEXT, put

SCRIPT = Path(sys.executable).with_name("amendments")
MOST_MEMORY = 512
"""Megabytes of one process."""
MOST_SECONDS = 20
ROUNDS = 5


@dataclass(frozen=True)
class Ran:
    """`seconds` on the clock, `cpu` of the command and its children, `memory` of the largest of them in megabytes."""

    code: int
    out: str
    err: str
    seconds: float
    cpu: float
    memory: float


WAITER = """
import json, os, sys
report, *command = sys.argv[1:]
_, status, used = os.wait4(os.posix_spawn(command[0], command, os.environ), 0)
with open(report, "w") as stream:
    json.dump([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024], stream)
"""
"""Starts a command and waits for it. A process counts what the one that started it held, so this one is small."""


def ran(*arguments: str | Path, folder: Path | None = None) -> Ran:
    """One run of the console script."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryDirectory() as there:
        report = Path(there) / "report.json"
        waiter = [sys.executable, "-I", "-S", "-c", WAITER, report, SCRIPT]
        began = time.perf_counter()
        subprocess.run([*waiter, *arguments], stdout=out, stderr=err, cwd=folder, env=environment(), check=True)  # noqa: S603 - the project's own script
        seconds = time.perf_counter() - began
        code, cpu, memory = json.loads(report.read_text(encoding="ascii"))
        out.seek(0)
        err.seek(0)
        said = [stream.read().decode() for stream in (out, err)]
    return Ran(code, *said, seconds, cpu, memory)


def environment() -> dict[str, str]:
    """German, whatever the machine speaks."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LANG", "LC_"))}
    return {**kept, "LC_ALL": "C.UTF-8"}


def refused(folder: Path, name: str) -> list[Ran]:
    """A bad file compared, as a copy and as the base."""
    (folder / "entwurf.md").write_text(TEXT * 5)
    pairs = [("merge", "entwurf.md", name), ("redline", "entwurf.md", name), ("merge", name, "entwurf.md")]
    return [ran(*pair, "-o", "heraus.html", folder=folder) for pair in pairs]


def bad_files() -> None:
    worst: list[Ran] = []
    for what, bad in BAD_FILES.items():
        if not bad.name or bad.markdown or bad.stopped:  # bench_hostile measures those
            continue
        with tempfile.TemporaryDirectory() as there:
            folder = Path(there)
            put(folder, what)
            runs = refused(folder, bad.name)
            clean = {path.name for path in folder.iterdir()} == {"entwurf.md", Path(bad.name).name}
        fine = clean and all(
            run.code == 2 and run.err.count("\n") == 1 and bad.said in run.err and not run.out for run in runs
        )
        memory, seconds = max(run.memory for run in runs), max(run.seconds for run in runs)
        print(f"  {what:34} {seconds:5.2f} s {memory:4.0f} MB {'ok' if fine else 'WRONG: ' + runs[0].err.strip()}")
        worst += runs
    memory, seconds = max(run.memory for run in worst), max(run.seconds for run in worst)
    verdict = "kept" if memory < MOST_MEMORY and seconds < MOST_SECONDS else "BROKEN"
    print(
        f"bad files: at most {seconds:.2f} s and {memory:.0f} MB (limits {MOST_SECONDS} s, {MOST_MEMORY} MB: {verdict})"
    )


def civil_code() -> None:
    """Median of some runs, whole command; bare is what starting and `--help` cost."""
    if not corpus.available():
        print(f"The public corpus is not at {corpus.ROOT}: the Civil Code is not compared.")
        return
    old, new = (corpus.ROOT / "documents" / "bgb" / f"v{number}.md" for number in (6, 7))
    with tempfile.TemporaryDirectory() as there:
        bare = [ran("redline", "--help") for _ in range(ROUNDS)]
        whole = [ran("redline", old, new, "-o", Path(there) / f"{number}.html") for number in range(ROUNDS)]
    cpu = statistics.median(run.cpu for run in whole)
    start = statistics.median(run.cpu for run in bare)
    print(
        f"redline of the Civil Code, v6 to v7, .md to .html: {cpu:.2f} s of processor time"
        f" (of that {start:.2f} s to start), {max(run.memory for run in whole):.0f} MB"
    )


def run() -> None:
    civil_code()
    bad_files()
