"""What a command prints: text with colours where there is somebody to see them, notes, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

import click

from amendments.cli.speaking import speech
from amendments.exchange.redlines import Paper, to_text
from amendments.text.redline import Op

T = TypeVar("T")
_COLOURS = {Op.INSERT: "green", Op.DELETE: "red"}


def coloured(text: str, op: Op) -> str:
    return click.style(text, fg=_COLOURS[op], underline=op is Op.INSERT, strikethrough=op is Op.DELETE)


def print_redline(paper: Paper) -> None:
    """To standard output; in colour on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    click.echo(to_text(paper, coloured) if colours else to_text(paper), nl=False, color=colours)


def print_notes(sentences: Iterable[str]) -> None:
    """Notes, to standard error: what is on standard output may go into a file."""
    note = speech().gettext("Hinweis")
    for sentence in sentences:
        click.echo(f"{note}: {sentence}", err=True)


def progress(items: Sequence[T], label: str) -> AbstractContextManager[Iterable[T]]:
    """A bar on standard error while there is a terminal to see it."""
    return click.progressbar(items, label=speech().gettext(label), file=sys.stderr, hidden=not sys.stderr.isatty())


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns under one another; words to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
