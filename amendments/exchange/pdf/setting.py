"""A paper: what stands on every page, and its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from amendments.exchange.pdf.blocks import Block
from amendments.exchange.words import Speech

SIZE: Final = 11.0
"""Points of the letters where nothing else is said."""
LINE_SIZE: Final = 10.5
"""Where 90 characters stand on a line: of the 21,455 lines of the Civil Code all have room, at 11 points two do not."""


def printed(
    title: str,
    blocks: Sequence[Block],
    speech: Speech,
    *,
    size: float = SIZE,
    wide: bool = False,
    large: bool = False,
    numbered: bool = False,
    printed_title: str = "",
) -> bytes:
    """The file. `wide`: on paper laid across; `large`: on A3; `numbered`: with room for numbers of lines;
    `printed_title`: what stands on the first page, where that is not the title of the file.
    """
    from amendments.exchange.pdf._typst import to_pdf

    before, _, behind = speech.gettext("Seite %(page)s von %(pages)s").partition("%(page)s")
    title = " ".join(title.split()) or speech.gettext("Ohne Titel")
    paper = {
        "title": title,
        "printed_title": printed_title or title,
        "language": speech.language,
        "size": size,
        "wide": wide,
        "large": large,
        "numbered": numbered,
        "page": [before, behind.partition("%(pages)s")[0]],
        "blocks": list(blocks),
    }
    return to_pdf(paper)
