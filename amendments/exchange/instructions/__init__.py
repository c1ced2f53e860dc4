"""Instruction sentences (Änderungsbefehle): what an edit does to a text, said in German and read back.

`Instructions(base).say(hunks)` and `.read(sentences)`. Sentences are rich strings: what they quote keeps its marks.
"""

from amendments.exchange.instructions.quoting import first_outside
from amendments.exchange.instructions.reading import Instructions
from amendments.exchange.instructions.trouble import NotUnderstood

__all__ = ["Instructions", "NotUnderstood", "first_outside"]
