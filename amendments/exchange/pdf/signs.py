"""Which signs can be printed. PDF/UA refuses a file with a sign that no font has, so such a sign is written out: an
emoji becomes "[U+1F600]". `signs.txt` holds what the fonts that typst brings along have; a test sets every one of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from amendments.text.door import BIDI_CONTROLS

_INVISIBLE = "\t\n\u00ad\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff"
"""Has no picture and needs none."""
_USUAL = "\t\n -~\u00a0-\u024f\u0370-\u03ff\u0400-\u045f\u05d0-\u05ea\u2010-\u2027\u2030-\u203e\u20ac"
_TURNING = "".join(BIDI_CONTROLS)


def _from_file() -> str:
    """The signs that have a picture, as they stand in the brackets of a regular expression."""
    ranges = Path(__file__).with_name("signs.txt").read_text(encoding="ascii").split()
    return "".join("-".join(re.escape(chr(int(end, 16))) for end in each.split("-")) for each in ranges)


@dataclass(frozen=True)
class Signs:
    """`known`: signs and ranges as in the brackets of a regular expression; `written_out`: those of them that cannot
    stand where they stand.
    """

    known: str
    written_out: str = field(default=_TURNING)

    def without(self, signs: str) -> Signs:
        """Nothing that stands in ordinary words is ever taken out."""
        return Signs(self.known, self.written_out + re.sub(f"[{_USUAL}]", "", signs))

    def usual(self) -> Signs:
        return Signs(_USUAL)

    def printable(self, value: Any) -> Any:
        """JSON values with every string of them printable."""
        match value:
            case str():
                return self._unprintable.sub(lambda found: f"[U+{ord(found[0]):04X}]", value)
            case dict():
                return {key: self.printable(each) for key, each in value.items()}
            case list() | tuple():
                return [self.printable(each) for each in value]
        return value

    @cached_property
    def _unprintable(self) -> re.Pattern[str]:
        return re.compile(f"[^{self.known}]|[{re.escape(self.written_out)}]")


PRINTABLE = Signs(_from_file() + _INVISIBLE)
