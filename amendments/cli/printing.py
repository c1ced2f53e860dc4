"""What a command prints: text with colours where there is somebody to see them, notes, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

import click

from amendments.cli.speaking import say, speech
from amendments.exchange.redlines import Paper, to_text
from amendments.exchange.words import N_
from amendments.text.redline import Op

T = TypeVar("T")
NO_OUTPUT = N_("Die Standardausgabe ist geschlossen. Bitte nennen Sie mit -o eine Datei.")
_COLOURS = {Op.INSERT: "green", Op.DELETE: "red"}


def coloured(text: str, op: Op) -> str:
    return click.style(text, fg=_COLOURS[op], underline=op is Op.INSERT, strikethrough=op is Op.DELETE)


def check_terminal() -> None:
    """Refuses before the work what nobody would see after it."""
    if sys.stdout is None:
        raise click.ClickException(say(NO_OUTPUT))


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


@contextmanager
def steps(names: Sequence[str]) -> Iterator[Callable[[], None]]:
    """The same bar over steps of different length, without a guess when they end: the name of the one under way stands
    before it. What is handed out is called at the end of each.
    """
    said = [speech().gettext(name) for name in names]
    width = max(map(len, said))
    labels = [label.ljust(width) for label in (*said, said[-1])]
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=len(names), label=labels[0], file=sys.stderr, hidden=hidden, show_pos=True, show_eta=False
    ) as bar:

        def done() -> None:
            bar.label = labels[bar.pos + 1]
            bar.update(1)

        yield done


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns under one another; words to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
