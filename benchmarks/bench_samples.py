"""Word and OpenDocument files from elsewhere (packages, their test suites): is every one read, or refused with a
sentence? Folders are named on the command line (`python -m benchmarks.bench_samples FOLDER …`).

Without any, those inside installed packages and the office program are read.
"""

from __future__ import annotations

import statistics
import sys
import sysconfig
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from amendments.errors import TooLarge, Unreadable
from amendments.exchange import run as reading
from amendments.exchange.run import read_in_child

INSTALLED = (Path(sysconfig.get_path("purelib")), Path("/usr/lib/libreoffice/share"))
SUFFIXES = (".docx", ".odt", ".ott", ".dotx")
_READ_AS = {".ott": ".odt", ".dotx": ".docx"}
"""Templates, which nobody may hand in, have the same inside."""
_NO_SENTENCE = str(reading.FAILED)


@dataclass(frozen=True)
class Outcome:
    """What became of a file: `said` is the refusal, empty when it was read; `crashed` when no reader answered."""

    path: Path
    seconds: float
    paragraphs: int = 0
    said: str = ""
    notes: tuple[str, ...] = ()

    @property
    def crashed(self) -> bool:
        return self.said in (_NO_SENTENCE, str(reading.TOO_SLOW)) or self.said.startswith("!")


def samples(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def read_as(path: Path) -> str:
    return path.stem + _READ_AS.get(path.suffix.lower(), path.suffix)


def outcome(path: Path) -> Outcome:
    name = read_as(path)
    began = time.perf_counter()
    try:
        found = read_in_child(path.read_bytes(), name)
    except (Unreadable, TooLarge) as error:
        return Outcome(path, time.perf_counter() - began, said=str(error.message))
    except Exception as error:  # noqa: BLE001 - every other one is what is looked for
        return Outcome(path, time.perf_counter() - began, said=f"! {error!r}")
    return Outcome(path, time.perf_counter() - began, len(found.contents), notes=tuple(map(str, found.notes)))


def report(folders: Iterable[Path]) -> list[Outcome]:
    found = [outcome(path) for path in samples(folders)]
    if not found:
        print("   There is no Word or OpenDocument file.")
        return []
    seconds = [each.seconds for each in found]
    print(
        f"   {len(found)} files: {sum(not each.said for each in found)} read with"
        f" {sum(each.paragraphs for each in found)} paragraphs, {sum(bool(each.said) for each in found)} refused,"
        f" {sum(each.crashed for each in found)} crashed; median {statistics.median(seconds):.2f} s,"
        f" at most {max(seconds):.2f} s with a process each"
    )
    for said, count in Counter(each.said for each in found if each.said).most_common():
        print(f"   {count:4} {said}")
    for each in found:
        if each.crashed:
            print(f"   CRASHED {each.path}: {each.said}")
    return found


def run() -> None:
    report(INSTALLED)


if __name__ == "__main__":
    if any(each.crashed for each in report([Path(name) for name in sys.argv[1:]] or INSTALLED)):
        sys.exit(1)
