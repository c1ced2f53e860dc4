"""Edited copies of a text, put together again."""

from __future__ import annotations

from collections.abc import Sequence

from amendments.exchange.returned import Consolidated, Copy, consolidate, wishes_in
from amendments.text import plain, text_of


def copies_of(*copies: Sequence[str]) -> list[Copy]:
    return [Copy(f"Kopie {number}", f"{number}.md", tuple(map(plain, words))) for number, words in enumerate(copies)]


def together(base: Sequence[str], returned: Sequence[Copy]) -> Consolidated:
    text = text_of(map(plain, base))
    return consolidate(text, returned, [wishes_in(text, copy) for copy in returned])


def merged(base: Sequence[str], *copies: Sequence[str]) -> Consolidated:
    """Paragraphs of a text and of its copies; each copy by itself has to give its own words."""
    returned = copies_of(*copies)
    for copy in returned:
        alone = together(base, [copy])
        assert [paragraph.content for paragraph in alone.merge.text] == list(copy.contents)
        assert alone.settled
    return together(base, returned)


def merged_lines(base: str, *copies: str) -> Consolidated:
    """The same for a text of one paragraph, whatever each copy gives alone."""
    return together([base], copies_of(*([words] for words in copies)))


def words(found: Consolidated) -> list[str]:
    return [paragraph.text for paragraph in found.merge.text]
