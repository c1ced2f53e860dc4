"""Wordings that wait for a decision, as a redline of ours tells them in comments: orders, and why they are wanted.

What a comment orders becomes a wish only where it is carried out to the letter; else it stays a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amendments.exchange.instructions import Instructions, NotUnderstood, first_outside
from amendments.exchange.remarks import Remark
from amendments.exchange.tracked import names_in
from amendments.text.checking import MisfitError, check
from amendments.text.hunks import Hunk
from amendments.text.model import Text

_HEAD = re.compile(r"(?:Widerspruch|Reihenfolge offen|Collision|Order open) \d+(?P<as_text>, (?:Wortlaut|Wording))?: ")
_ASIDE = re.compile(r"Änderung zum Vorschlag von |Amendment to the proposal of ")
"""An order on the wording of a proposal, and none in the text."""
MOST = 50_000
"""Characters of the orders of one file."""


@dataclass(frozen=True)
class Ordered:
    """What a comment orders. `reasons`: by author; every author wants what it orders."""

    remark: Remark
    hunks: tuple[Hunk, ...]
    reasons: Mapping[str, str]

    @property
    def authors(self) -> tuple[str, ...]:
        return names_in(self.remark.author)


def is_wording(remark: Remark) -> bool:
    """A redline of ours says in comments which wordings wait for a decision: that is nobody's reason."""
    return (_HEAD.match(remark.text) or _ASIDE.match(remark.text)) is not None


def ordered_in(base: Text, remarks: Iterable[Remark]) -> Iterator[Ordered]:
    """What the comments order in `base`, of those that order something."""
    waiting = [
        (remark, remark.text[head.end() :])
        for remark in remarks
        if remark.author and (head := _HEAD.match(remark.text)) and not head["as_text"]
    ]
    instructions = Instructions(base) if waiting else None
    left = MOST
    for remark, words in waiting:
        try:
            orders, reasons = _told_apart(words, names_in(remark.author))
            left -= len(orders)
            hunks = instructions.read(orders) if instructions and left >= 0 else ()
            check(base, hunks)
        except (NotUnderstood, MisfitError):
            continue
        yield Ordered(remark, hunks, reasons)


def _told_apart(words: str, names: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The orders, and the reasons by whose they are: behind "Begründung: ", of several people each behind a line that
    names them. Raises NotUnderstood.
    """
    whose = f", (?P<name>{'|'.join(map(re.escape, names))})" if len(names) > 1 else ""
    label = re.compile(f"\n(?:Begründung|Reason){whose}: ")
    first = first_outside(words, label)
    if first is None:
        return words, {}
    if not whose:
        return words[: first.start()], {names[0]: words[first.end() :]}
    waiting, heads = list(names), []
    for head in label.finditer(words, first.start()):
        if head["name"] in waiting:
            heads.append(head)
            del waiting[: waiting.index(head["name"]) + 1]
    ends = [*(head.start() for head in heads[1:]), len(words)]
    return words[: first.start()], {
        head["name"]: words[head.end() : end] for head, end in zip(heads, ends, strict=True)
    }
