"""What a page of ours says of itself, so that it is known when it comes back, and what to say of one with changes."""

import re

from amendments.exchange.words import N_

TEXT = "amendments: text"
"""A text as it reads, below a header that is none of its words; its headings stand one level lower."""
CHANGES = "amendments: changes"
"""A redline: struck words and labels stand between those of the text."""

SHOWS_CHANGES = N_(
    "Diese Seite zeigt Änderungen und ist selbst kein Text: Gestrichenes und Eingefügtes stehen darin nebeneinander."
    " Bitte nehmen Sie den Text ohne Änderungen oder die Word-Datei (.docx)."
)
_TAGS = re.compile(r"<(?:ins|del)[\s>]", re.IGNORECASE)


def shows_changes(text: str) -> bool:
    """Whether struck and inserted words stand side by side: in a page, or in Markdown, which takes the same tags."""
    return _TAGS.search(text) is not None
