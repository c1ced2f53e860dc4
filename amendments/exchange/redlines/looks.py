"""What changed where only the look of words did: "fett: „Rat“"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from amendments.exchange.words import N_, Speech
from amendments.text.model import CELL, MarkName, Rich
from amendments.text.redline import Op, Run

LOOKS = {
    MarkName.STRONG: (N_("fett"), N_("nicht mehr fett")),
    MarkName.EM: (N_("kursiv"), N_("nicht mehr kursiv")),
    MarkName.UNDERLINE: (N_("unterstrichen"), N_("nicht mehr unterstrichen")),
    MarkName.STRIKE: (N_("durchgestrichen"), N_("nicht mehr durchgestrichen")),
    MarkName.SUP: (N_("hochgestellt"), N_("nicht mehr hochgestellt")),
    MarkName.SUB: (N_("tiefgestellt"), N_("nicht mehr tiefgestellt")),
    MarkName.CODE: (N_("Schreibmaschinenschrift"), N_("keine Schreibmaschinenschrift mehr")),
    MarkName.LINK: (N_("Link"), N_("kein Link mehr")),
    MarkName.FOOTNOTE_REF: (N_("Fußnotenzeichen"), N_("kein Fußnotenzeichen mehr")),
}
"""What words have become and what they have ceased to be."""
ANOTHER_LINK = N_("anderer Link")
_LONGEST = 40
"""Characters of the words that are named."""


def looks(runs: Sequence[Run], speech: Speech) -> str:
    """For each stretch whose words stay and whose marks do not, what they are now; empty where there is none."""
    found: dict[str, dict[str, None]] = {}
    for before, after in pairwise(runs):
        if (before.op, after.op) == (Op.DELETE, Op.INSERT) and before.rich.text == after.rich.text:
            for look, words in _differing(before.rich, after.rich):
                found.setdefault(speech.gettext(look), {})[f"„{_short(words)}“"] = None
    return "; ".join(f"{look}: {', '.join(words)}" for look, words in found.items())


def _differing(old: Rich, new: Rich) -> Iterator[tuple[str, str]]:
    for name, (become, ceased) in LOOKS.items():
        before, after = _targets(old, name), _targets(new, name)
        for look, wanted in (
            (become, [not one and bool(other) for one, other in zip(before, after, strict=True)]),
            (ceased, [bool(one) and not other for one, other in zip(before, after, strict=True)]),
            (ANOTHER_LINK, [bool(one and other) and one != other for one, other in zip(before, after, strict=True)]),
        ):
            yield from ((look, words) for words in _stretches(new.text, wanted))


def _targets(rich: Rich, name: MarkName) -> list[str]:
    """For each character where a mark of this name leads, or only that it has one; "" where it has none."""
    found = [""] * len(rich)
    for mark in rich.marks:
        if mark.name is name:
            found[mark.start : mark.end] = [f"to {mark.target}"] * (mark.end - mark.start)
    return found


def _stretches(text: str, wanted: Sequence[bool]) -> Iterator[str]:
    for is_wanted, group in groupby(zip(text, wanted, strict=True), lambda each: each[1]):
        words = "".join(sign for sign, _ in group).replace(CELL, " | ").strip()
        if is_wanted and words:
            yield words


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
