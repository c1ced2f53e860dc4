"""Who changed what: the attributes of each tracked change, and the comments that give the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from amendments.exchange.redlines.docx.xml import attribute, moment
from amendments.exchange.redlines.paper import Paper, headline
from amendments.text.merging import Alternative, Collision
from amendments.text.model import CELL
from amendments.text.redline import Op


@dataclass(frozen=True)
class Comment:
    number: int
    author: str
    at: datetime | None
    lines: tuple[str, ...]


@dataclass
class Changes:
    """Gives ids to changes and comments of one file; each reason is told once, where its first change stands."""

    paper: Paper
    comments: list[Comment] = field(default_factory=list)
    _told: set[int] = field(default_factory=set)
    _moves: dict[str, str] = field(default_factory=dict)
    _ids: count[int] = field(default_factory=lambda: count(1))
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def attributes(self, by: tuple[str, ...]) -> str:
        """`w:id`, `w:author`, `w:date` of one change. Changes of nobody known are those of the new text."""
        if by not in self._known:
            self._known[by] = self._author(by)
        return f'w:id="{next(self._ids)}" {self._known[by]}'

    def _author(self, by: Iterable[str]) -> str:
        numbers = self.paper.numbers(by)
        people = [self.paper.people[number - 1] for number in numbers]
        name = ", ".join(person.name for person in people) or self.paper.new
        dates = [person.at for person in people if person.at]
        return f"w:author={attribute(name)}" + (f' w:date="{moment(max(dates))}"' if dates else "")

    def move(self, name: str) -> str:
        """What the two places of a move are called."""
        return self._moves.setdefault(name, f"move{len(self._moves) + 1}")

    # --- comments

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
        said = self._in_words(alternative)
        lines = f"{headline(collision, self.paper.speech)} {number}: {said}".split("\n")
        lines += [line for person in people if person.reason for line in person.reason.split("\n")]
        dates = [person.at for person in people if person.at]
        return self._comment(", ".join(person.name for person in people), max(dates, default=None), lines)

    def _in_words(self, alternative: Alternative) -> str:
        """As orders, which can be carried out; else as the passage would read."""
        if all(edit in self.paper.orders for edit in alternative.edits):
            return "\n".join(self.paper.orders[edit] for edit in alternative.edits)
        words = (
            "".join(run.rich.text for run in node.runs if run.op is not Op.DELETE).replace(CELL, " | ")
            for node in alternative.nodes
            if node.has_new
        )
        return "¶ ".join(filter(None, words)) or self.paper.speech.gettext("(gestrichen)")

    def _comment(self, author: str, at: datetime | None, lines: Sequence[str]) -> int:
        self.comments.append(Comment(len(self.comments), author, at, tuple(lines)))
        return len(self.comments) - 1
