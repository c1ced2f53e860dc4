"""Other people's readers of what we write: pandoc and LibreOffice, each with tracked changes accepted or rejected;
LibreOffice's spreadsheet.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

How = Literal["accept", "reject"]
SYSTEM_PYTHON = "/usr/bin/python3"
_SPACES = frozenset(("Space", "SoftBreak", "LineBreak"))


@cache
def has_pandoc() -> bool:
    return bool(shutil.which("pandoc"))


@cache
def has_office() -> bool:
    """LibreOffice with its bridge to Python."""
    if not (shutil.which("soffice") and Path(SYSTEM_PYTHON).exists()):
        return False
    command = [SYSTEM_PYTHON, "-c", "import uno"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - a fixed command


@cache
def has_calc() -> bool:
    """LibreOffice with its spreadsheet."""
    found = shutil.which("soffice")
    return bool(found) and (Path(found).resolve().parent / "libsclo.so").exists()


def by_calc(file: Path, folder: Path) -> list[list[str]]:
    """The cells of the first sheet as LibreOffice reads them, dates as its English shows them."""
    table = "Text - txt - csv (StarCalc):59,34,76"  # semicolons, double quotes, UTF-8
    said = [f"--infilter={table}"] if file.suffix == ".csv" else []
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *said]
    command += ["--convert-to", f"csv:{table}", "--outdir", str(folder / "read"), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)  # noqa: S603 - a fixed command
    with (folder / "read" / f"{file.stem}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter=";"))


# --- pandoc


def by_pandoc(file: Path, how: How) -> list[str]:
    """The words of each paragraph, cell or list item that has some, spaces as one."""
    command = ["pandoc", f"--track-changes={how}", "--to", "json", str(file)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)  # noqa: S603 - a fixed command
    return [words for words in map(one_space, _blocks(json.loads(done.stdout)["blocks"])) if words]


def one_space(text: str) -> str:
    return " ".join(text.split())


def _blocks(value: Any) -> list[str]:
    """The paragraphs in a tree of pandoc's, at whatever depth; notes are left out."""
    if isinstance(value, list):
        return [words for each in value for words in _blocks(each)]
    if not isinstance(value, dict):
        return []
    if value.get("t") in ("Para", "Plain"):
        return [_words(value["c"])]
    if value.get("t") == "Header":
        return [_words(value["c"][2])]
    return _blocks(value.get("c", []))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(_words, value))
    if not isinstance(value, dict) or value["t"] == "Note":
        return ""
    if value["t"] == "Str":
        return str(value["c"])
    return " " if value["t"] in _SPACES else _words(value.get("c", []))


# --- LibreOffice


class Office:
    """One running LibreOffice. `folder`: where its profile goes."""

    def __init__(self, folder: Path) -> None:
        command = [SYSTEM_PYTHON, str(Path(__file__).with_name("office.py")), str(folder)]
        self._process = subprocess.Popen(  # noqa: S603 - a fixed command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def read(self, file: Path, how: How) -> list[str]:
        return [words for words in map(one_space, self._ask(file, how)) if words]

    def changes(self, file: Path) -> list[tuple[str, str]]:
        """Author and kind of each tracked change."""
        return [(author, kind) for author, kind in self._ask(file, "changes")]

    def settle(
        self,
        file: Path,
        saved: Path,
        accepted: Iterable[str],
        rejected: Iterable[str],
        put_in: Iterable[tuple[str, str]] = (),
    ) -> list[tuple[str, str]]:
        """Accepts and rejects the changes of these authors, puts words into others behind their first letter without
        tracking that, and saves; what is left tracked.
        """
        plan = {"accept": [*accepted], "reject": [*rejected], "put in": [*put_in], "save": str(saved)}
        return [(author, kind) for author, kind in self._ask(file, "settle", plan)]

    def _ask(self, file: Path, what: str, *plan: dict[str, Any]) -> list[Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(file), what, *plan]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"LibreOffice is gone at {file.name}")
        return list(json.loads(answer))

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        self._process.communicate(timeout=60)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
