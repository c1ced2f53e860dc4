"""The only module that knows typst: a paper's values to the bytes of a PDF.

What people wrote is handed over as JSON and read by the templates as strings. Typst takes strings for words, never for
markup or code, so that nothing in them can do anything. The templates read no file but each other: `root` is their
folder, and no package is fetched. Fonts are those that typst brings along.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from amendments.exchange.pdf.signs import PRINTABLE, Signs

TEMPLATES = Path(__file__).with_name("templates")
_STANDARD: Final = "ua-1"
_UNDISPLAYED = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 6


def to_pdf(paper: dict[str, Any]) -> bytes:
    """A PDF/UA-1 with tags, bookmarks and title. The same paper gives the same bytes."""
    signs = PRINTABLE
    for _ in range(_TRIES):
        try:
            return _compiled(paper, signs)
        except typst.TypstError as error:
            found = _UNDISPLAYED.search(str(error))
            if found is None:
                raise
            signs = signs.without(_unescaped(found[1]))
    return _compiled(paper, signs.usual())


def _compiled(paper: dict[str, Any], signs: Signs) -> bytes:
    return typst.compile(
        str(TEMPLATES / "paper.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=str(TEMPLATES / "none"),
        package_cache_path=str(TEMPLATES / "none"),
        sys_inputs={"paper": json.dumps(signs.printable(paper), ensure_ascii=False)},
        format="pdf",
        pdf_standards=[_STANDARD],
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _unescaped(quoted: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), quoted)
