"""Edited copies that put something at one place: when its order is known, and when a person is asked."""

from __future__ import annotations

import pytest

from amendments.exchange.returned import Copy, consolidate, wishes_in
from amendments.text import plain, text_of

BASE = text_of(plain(text) for text in ("Davor.", "Der Rat tagt im Mai.", "Die Presse berichtet.", "Danach."))
BEFORE, MEETS, PRESS, BEHIND = (paragraph.text for paragraph in BASE)
HEADING, ADDED, ANOTHER = "Siehe Anlage 2", "Gäste dürfen zuhören.", "Ein Protokoll wird geführt."


@pytest.mark.parametrize(
    ("copies", "result"),
    [
        (((BEFORE, HEADING, BEHIND), (BEFORE, MEETS, PRESS, ADDED, BEHIND)), (BEFORE, HEADING, ADDED, BEHIND)),
        (((BEFORE, MEETS, PRESS, ADDED, BEHIND), (BEFORE, HEADING, BEHIND)), (BEFORE, HEADING, ADDED, BEHIND)),
        (((BEFORE, MEETS, PRESS, ADDED, BEHIND), (BEFORE, MEETS, PRESS, ANOTHER, BEHIND)), None),
        (
            ((BEFORE, HEADING, BEHIND), (BEFORE, MEETS, PRESS, ADDED, BEHIND), (BEFORE, MEETS, PRESS, ANOTHER, BEHIND)),
            None,
        ),
    ],
    ids=["instead, behind", "behind, instead", "both behind", "instead, and two behind"],
)
def test_what_stands_instead_of_a_paragraph_stands_before_what_another_adds_behind_it(
    copies: tuple[tuple[str, ...], ...], result: tuple[str, ...] | None
) -> None:
    returned = [Copy(f"Kopie {n}", f"{n}.md", tuple(map(plain, words))) for n, words in enumerate(copies)]
    wishes = [wishes_in(BASE, copy) for copy in returned]
    assert [len(found) for found in wishes] == [1] * len(copies)
    found = consolidate(BASE, returned, wishes)
    assert found.settled == (result is not None)
    assert tuple(paragraph.text for paragraph in found.merge.text) == (result or tuple(p.text for p in BASE))
    assert bool(found.entangled) == (result is not None)  # it is shown to be read
