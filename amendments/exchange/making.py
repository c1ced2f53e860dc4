"""Writers in a process of their own (`child`): a large paper takes no memory from the pages, and has its limits."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable
from typing import cast

from amendments.errors import TooLarge, Unreadable
from amendments.exchange import child
from amendments.exchange.words import N_, Sentence

SECONDS = 60
"""On the clock and of processor time."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space; setting a long PDF maps more than it uses."""

REFUSED = 3
"""How the child ends when it answers with a sentence instead of a file."""

TOO_MUCH = N_(
    "Diese Datei zu erstellen dauert zu lange oder braucht zu viel Speicher. Bitte wählen Sie ein anderes Format"
    " oder weniger Text."
)
FAILED = N_("Diese Datei konnte nicht erstellt werden. Bitte wählen Sie ein anderes Format.")


def order(writer: Callable[..., bytes], *values: object) -> bytes:
    """What is to be made, for `make_in_child`: a writer of ours and what it is given. Equal ones make equal files."""
    return pickle.dumps((writer, values))


def as_bytes(value: object) -> bytes:
    """What a child answers that makes no file but a value of ours."""
    return pickle.dumps(value)


def value_of(made: bytes) -> object:
    """The value again; only of what `as_bytes` made in a child of ours."""
    return pickle.loads(made)  # noqa: S301 - from our own process


def make_in_child(order: bytes, seconds: float = SECONDS) -> bytes:
    """The file. Raises TooLarge, or Unreadable for a template that is none and for
    whatever else failed.
    """
    done = child.ask(__name__, order, seconds, Sentence(TOO_MUCH))
    if done.returncode == REFUSED:
        raise Unreadable(Sentence.from_json(json.loads(done.stdout)))
    if done.returncode or not done.stdout:
        said = done.stderr[-2000:].decode(errors="replace")
        raise Unreadable(Sentence(FAILED), details={"returncode": done.returncode, "said": said})
    return done.stdout


def main() -> None:
    """The child's side. What it reads was made by the parent."""
    child.limit(MEMORY, SECONDS)
    writer, values = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from our own process
    try:
        sys.stdout.buffer.write(writer(*values))
    except (Unreadable, TooLarge) as error:
        sys.stdout.write(json.dumps(cast("Sentence", error.message).to_json()))
        raise SystemExit(REFUSED) from error
    except MemoryError:
        sys.stdout.write(json.dumps(Sentence(TOO_MUCH).to_json()))
        raise SystemExit(REFUSED) from None
