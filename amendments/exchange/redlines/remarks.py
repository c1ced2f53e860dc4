"""Who wants a tracked change, and the comments beside the text: reasons, and the wordings that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from amendments.exchange.redlines.paper import Aside, Paper, headline
from amendments.exchange.words import N_
from amendments.text.merging import Alternative, Collision
from amendments.text.model import CELL, Rich
from amendments.text.redline import Op

UNSEEN = N_("Hervorhebungen, Verweise und Fußnoten der neuen Wörter sind hier nicht zu sehen.")
"""Behind orders that a comment cannot hold whole: so nobody carries them out without."""

AMENDS = N_("Änderung zum Vorschlag von %(name)s, der noch nicht entschieden ist")
"""Before what an amendment to a proposal orders: no order in the text (`returned.ordered` tells it by these words)."""


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
    _asides_of: set[int] = field(default_factory=set)

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
        reasons = [
            self._comment(person.name, person.at, person.reason.split("\n")) for person in people if person.reason
        ]
        return [*reasons, *self._asides(numbers)]

    def alternatives(self, collisions: Sequence[tuple[int, Collision]]) -> list[int]:
        """A comment for each wording that waits for a decision."""
        return [
            comment
            for number, collision in collisions
            for alternative in sorted(collision.alternatives, key=lambda each: self.paper.numbers(each.edits))
            for comment in (
                self._alternative(number, collision, alternative),
                *self._asides(self.paper.numbers(alternative.edits)),
            )
        ]

    def _asides(self, numbers: Iterable[int]) -> list[int]:
        """Comments for amendments to what these people want, once."""
        new = [number for number in numbers if number not in self._asides_of]
        self._asides_of.update(new)
        return [
            self._aside(self.paper.people[number - 1].name, each)
            for number in new
            for each in self.paper.asides.get(number - 1, ())
        ]

    def _aside(self, name: str, aside: Aside) -> int:
        person, speech = self.paper.people[aside.person], self.paper.speech
        lines = [f"{speech.gettext(AMENDS) % {'name': name}}{self._ordered(aside.order)}"]
        lines += [f"{speech.gettext('Begründung')}: {person.reason}"] if person.reason else []
        return self._comment(person.name, person.at, "\n".join(lines).split("\n"))

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
            return self._ordered(order)
        words = (
            "".join(run.rich.text for run in node.runs if run.op is not Op.DELETE).replace(CELL, " | ")
            for node in alternative.nodes
            if node.has_new
        )
        return f", {speech.gettext('Wortlaut')}: " + ("¶ ".join(filter(None, words)) or speech.gettext("(gestrichen)"))

    def _ordered(self, order: Rich) -> str:
        return f": {order.text}" + (f"\n{self.paper.speech.gettext(UNSEEN)}" if order.marks else "")

    def _comment(self, author: str, at: datetime | None, lines: Sequence[str]) -> int:
        self.comments.append(Comment(self.first + len(self.comments), author, at, tuple(lines)))
        return self.comments[-1].number
