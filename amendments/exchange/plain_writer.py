"""Contents to plain text: what was formatted, with the numbers and dots its list items carry on a page."""

from __future__ import annotations

from collections.abc import Iterable

from amendments.exchange.item_numbers import item_labels
from amendments.text.model import CELL, Content, Head, Kind


def to_plain(contents: Iterable[Content]) -> str:
    """Paragraphs parted by empty lines; cells of a row by upright strokes."""
    contents = tuple(contents)
    labels = item_labels((content.head, True) for content in contents)
    return "".join(
        f"{lead(content.head, label)}{content.text.replace(CELL, ' | ')}\n\n"
        for content, label in zip(contents, labels, strict=True)
    )


def lead(head: Head, label: str) -> str:
    """What stands before the words of a paragraph; `label` is its list number or dot, "" for what is no item."""
    if head.kind is Kind.FOOTNOTE:
        return f"[{head.attribute('label')}] "
    return f"{'  ' * (max(head.level, 1) - 1)}{label} " if label else ""
