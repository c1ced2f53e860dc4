"""The example town: texts, people, proposals and what becomes of them as data (`*.md`, `*.toml`); `build` files them as
people would, `course` plays on from the evening of the joint session.
"""

from datetime import date
from typing import Final

FIRST_DAY: Final = date(2011, 11, 22)
LAST_DAY: Final = date(2011, 12, 13)
"""Of what `course.toml` tells."""
