"""Readers in a process of their own (`child`), so that a hostile file can hurt nothing but that process.

It gets the file on standard input and answers with JSON on standard output; a refusal comes back as the same error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

from amendments.errors import Refused, TooLarge, Unreadable
from amendments.exchange import child, readers
from amendments.exchange.formats import format_of
from amendments.exchange.imported import Imported, imported_from_json, imported_to_json
from amendments.exchange.limits import check_size
from amendments.exchange.returned.file import Returned, returned_from_json, returned_to_json
from amendments.exchange.words import N_, Sentence

TOO_SLOW = N_(
    "Das Lesen der Datei dauert zu lange oder braucht zu viel Speicher. Bitte teilen Sie sie in mehrere Texte."
)
FAILED = N_("Die Datei konnte nicht gelesen werden. Bitte speichern Sie sie in Ihrem Schreibprogramm neu.")

_ERRORS: dict[str, type[Refused]] = {error.code: error for error in (Unreadable, TooLarge)}


def read_in_child(
    data: bytes,
    filename: str,
    *,
    markdown: bool = False,
    reject_tracked: bool = False,
    author: str | None = None,
    turn: AbstractContextManager[object] | None = None,
    seconds: float | None = None,
) -> Imported:
    """As `readers.read`, with everything but literal text read in a child process. Raises Unreadable or TooLarge.

    The child lives inside `turn`, by which a caller bounds how many there are, and at most `seconds` on the clock
    (`child.WALL_SECONDS`).
    """
    check_size(data)
    found = format_of(data, filename)
    if found == "txt" or (found == "md" and not markdown):
        return readers.read(data, filename)
    order = {"filename": f"file.{found}", "markdown": markdown, "reject_tracked": reject_tracked, "author": author}
    with turn or nullcontext():
        answer = _ask(json.dumps(order).encode() + b"\n" + data, child.WALL_SECONDS if seconds is None else seconds)
    _raise_refusal(answer)
    return imported_from_json(answer)


def read_returned_in_child(
    data: bytes, filename: str, *, markdown: bool = False, turn: AbstractContextManager[object] | None = None
) -> Returned:
    """As `readers.read_returned`, in a child process whatever the format. Raises Unreadable or TooLarge."""
    check_size(data)
    found = format_of(data, filename)
    order = {"returned": True, "filename": f"file.{found}", "markdown": markdown}
    with turn or nullcontext():
        answer = _ask(json.dumps(order).encode() + b"\n" + data, child.WALL_SECONDS)
    _raise_refusal(answer)
    return returned_from_json(answer)


def _raise_refusal(answer: Mapping[str, Any]) -> None:
    if "error" in answer:
        raise _ERRORS[answer["error"]](Sentence.from_json(answer["sentence"]))


def _ask(order: bytes, seconds: float) -> Mapping[str, Any]:
    """What the child answers."""
    done = child.ask(__name__, order, seconds, Sentence(TOO_SLOW))
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        if done.returncode < 0 or b"MemoryError" in done.stderr:  # no memory was left to say so
            raise TooLarge(Sentence(TOO_SLOW)) from error
        raise Unreadable(Sentence(FAILED), details={"returncode": done.returncode}) from error
    return answer if isinstance(answer, dict) else {}


def main() -> None:
    """The child's side."""
    child.limit()
    answer = _answer(sys.stdin.buffer.readline(), sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _answer(order: bytes, data: bytes) -> dict[str, object]:
    """`order` is a line of JSON that says how to read `data`."""
    try:
        how = json.loads(order)
        if how.pop("returned", False):
            return returned_to_json(readers.read_returned(data, **how))
        return imported_to_json(readers.read(data, **how))
    except (Unreadable, TooLarge) as error:
        return {"error": error.code, "sentence": cast("Sentence", error.message).to_json()}
    except (MemoryError, RecursionError):
        return {"error": TooLarge.code, "sentence": Sentence(TOO_SLOW).to_json()}


if __name__ == "__main__":
    main()
