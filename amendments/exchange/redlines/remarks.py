"""Who wants a tracked change, and the comments beside the text: reasons, and the wordings that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from amendments.exchange.redlines.paper import Paper, headline
from amendments.exchange.words import N_
from amendments.text.merging import Alternative, Collision
from amendments.text.model import CELL
from amendments.text.redline import Op

UNSEEN = N_("Hervorhebungen, Verweise und Fußnoten der neuen Wörter sind hier nicht zu sehen.")
"""Behind orders that a comment cannot hold whole: so nobody carries them out without."""


@dataclass(frozen=True)
class Comment:
    number: int
    author: str
    at: datetime | None
    lines: tuple[str, ...]


@dataclass
class Remarks:
    """Of one file; each reason is told once, where its first change stands. `first`: number of the first comment."""

    paper: Paper
    first: int = 0
    comments: list[Comment] = field(default_factory=list)
    _told: set[int] = field(default_factory=set)

    def author(self, by: Iterable[str]) -> tuple[str, datetime | None]:
        """Name and date of a change. Those of nobody known are changes of the new text."""
        people = [self.paper.people[number - 1] for number in self.paper.numbers(by)]
        name = ", ".join(person.name for person in people) or self.paper.new
        return name, max((person.at for person in people if person.at), default=None)

    def reasons(self, by: Iterable[str]) -> list[int]:
        """Comments for the reasons of those who are named here for the first time."""
        numbers = [number for number in self.paper.numbers(by) if number not in self._told]
        self._told.update(numbers)
        people = [self.paper.people[number - 1] for number in numbers]
        return [self._comment(person.name, person.at, person.reason.split("\n")) for person in people if person.reason]

    def alternatives(self, collisions: Sequence[tuple[int, Collision]]) -> list[int]:
        """A comment for each wording that waits for a decision."""
        return [
            self._alternative(number, collision, alternative)
            for number, collision in collisions
            for alternative in sorted(collision.alternatives, key=lambda each: self.paper.numbers(each.edits))
        ]

    def _alternative(self, number: int, collision: Collision, alternative: Alternative) -> int:
        people = [self.paper.people[each - 1] for each in self.paper.numbers(alternative.edits)]
        speech = self.paper.speech
        lines = [f"{headline(collision, speech)} {number}{self._in_words(alternative)}"]
        for person in people:
            whose = f", {person.name}" if len(people) > 1 else ""
            lines += [f"{speech.gettext('Begründung')}{whose}: {person.reason}"] if person.reason else []
        return self._comment(*self.author(alternative.edits), "\n".join(lines).split("\n"))

    def _in_words(self, alternative: Alternative) -> str:
        """As orders, which can be carried out; else as the passage would read (`returned.ordered` reads both)."""
        speech = self.paper.speech
        order = self.paper.orders.get(alternative.edits[0])
        if order is not None:
            return f": {order.text}" + (f"\n{speech.gettext(UNSEEN)}" if order.marks else "")
        words = (
            "".join(run.rich.text for run in node.runs if run.op is not Op.DELETE).replace(CELL, " | ")
            for node in alternative.nodes
            if node.has_new
        )
        return f", {speech.gettext('Wortlaut')}: " + ("¶ ".join(filter(None, words)) or speech.gettext("(gestrichen)"))

    def _comment(self, author: str, at: datetime | None, lines: Sequence[str]) -> int:
        self.comments.append(Comment(self.first + len(self.comments), author, at, tuple(lines)))
        return self.comments[-1].number
