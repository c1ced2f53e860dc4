"""Measures the way through a Word file and an OpenDocument text: all transitions of twenty statutes as tracked changes
of one person and of three, with their reasons, read back as proposals.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

from amendments.exchange.redlines import Person
from amendments.text import Edit, Text, align, literal_content
from amendments.text.parting import part
from benchmarks import corpus
from benchmarks.bench_engine import Figures, transitions
from benchmarks.round_trip import differing

PEOPLE = {
    "0": Person("Beirat (Ä 7)", datetime(2011, 11, 17, 18, 30, tzinfo=UTC), "Damit alle es verstehen.\nAuch später."),
    "1": Person("Sozialausschuss (Ä 9)", datetime(2011, 11, 18, 9, tzinfo=UTC), "Das ist genauer."),
    "2": Person("Jugendhilfe- und Sozialausschuss (Ä 11)", datetime(2011, 11, 19, 9, tzinfo=UTC)),
}
STATUTES = 20


def changes_of_statutes(most: int) -> Iterator[tuple[str, Text, tuple[Edit, ...]]]:
    """All transitions of the first statutes: name, old text, and each change of it."""
    names: dict[str, None] = {}
    for name, old_path, new_path, _ in transitions():
        names[name.split()[0]] = None
        if len(names) > most:
            return
        base = corpus.text_of(corpus.paragraphs_of(old_path))
        new = [literal_content(text) for text in corpus.paragraphs_of(new_path)]
        yield name, base, part(base, align(base, new, "next", copy=True).edit, "w")


def of_statutes(hands: int, suffix: str, most: int = STATUTES) -> Figures:
    """All transitions of the first statutes, each change dealt in turn to `hands` people: `failed` are those of which
    not all proposals came back as they were.
    """
    figures = Figures()
    for name, base, changes in changes_of_statutes(most):
        wishes = {str(hand): changes[hand::hands] for hand in range(hands) if changes[hand::hands]}
        people = {key: PEOPLE[key] for key in wishes}
        trouble = differing(base, wishes, people, suffix)
        figures.judge(name, right=not trouble)
        figures.counts["proposals"] += len(wishes)
        figures.counts["changes"] += len(changes)
    return figures


def run() -> None:
    for suffix, hands in product((".docx", ".odt"), (1, 3)):
        figures = of_statutes(hands, suffix)
        share = 100 * (1 - len(figures.failed) / figures.cases)
        counts = figures.counts
        print(
            f"{suffix}, {hands} hands: {figures.cases} transitions, {counts['proposals']} proposals,"
            f" {counts['changes']} changes; all back as they were: {share:.0f} %;"
            f" not: {', '.join(figures.failed) or 'none'}"
        )
