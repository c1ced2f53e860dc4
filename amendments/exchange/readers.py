"""One door for every file: what does it hold? The reader of a format is loaded when the first file of it comes."""

from __future__ import annotations

from amendments.errors import TooLarge, Unreadable
from amendments.exchange import own_page
from amendments.exchange.encoding import decode
from amendments.exchange.formats import format_of
from amendments.exchange.imported import Imported
from amendments.exchange.limits import check_size
from amendments.exchange.literal import door_notes, literal_contents, read_literal
from amendments.exchange.returned.file import Alone, Returned
from amendments.exchange.returned.letterhead import without_letterhead
from amendments.exchange.words import N_, Sentence
from amendments.text.door import normalise

MOST_AUTHORS = 200
"""Of one file; it is read once for each. In a file of all proposals each of these is one."""
MOST_CHARACTERS = 20_000_000
"""Of all these readings together."""
MOST_READ = 60_000
"""Paragraphs of all these readings together: each is compared with ours, in some 80 µs."""
TOO_MANY_AUTHORS = N_(
    "In der Datei haben mehr als %(most)d Personen geändert. Bitte teilen Sie sie, oder nehmen Sie in Ihrem"
    " Schreibprogramm an, was schon entschieden ist."
)
TOO_MUCH_BY_AUTHORS = N_(
    "Für so viele Verfasser ist der Text zu lang. Bitte teilen Sie die Datei, oder nehmen Sie in Ihrem Schreibprogramm"
    " an, was schon entschieden ist."
)
EMPTY = N_("Die Datei enthält keinen Text.")


def read(
    data: bytes, filename: str, *, markdown: bool = False, reject_tracked: bool = False, author: str | None = None
) -> Imported:
    """The contents of a file, read in this process; for strangers' files see `run.read_in_child`.

    `.md` and `.txt` are literal; `markdown` reads the signs of `.md` instead. `reject_tracked`: tracked changes are
    undone instead of taken, but for those of `author`. Raises Unreadable or TooLarge.
    """
    check_size(data)
    imported = _read_as(format_of(data, filename), data, markdown, reject_tracked, author)
    if not imported.contents:
        raise Unreadable(Sentence(EMPTY))
    return imported


def read_returned(data: bytes, filename: str, *, markdown: bool = False) -> Returned:
    """A file that comes back from somebody, with each person's tracked changes alone. Raises Unreadable or TooLarge."""
    before = read(data, filename, markdown=markdown, reject_tracked=True)
    if before.format in ("html", "md") and not before.literal and own_page.shows_changes(decode(data).text):
        raise Unreadable(Sentence(own_page.SHOWS_CHANGES))
    if len(before.authors) > MOST_AUTHORS:
        raise TooLarge(Sentence(TOO_MANY_AUTHORS, {"most": MOST_AUTHORS}))
    people, contents = len(before.authors), before.contents
    if people * len(contents) > MOST_READ or people * sum(len(each.text) for each in contents) > MOST_CHARACTERS:
        raise TooLarge(Sentence(TOO_MUCH_BY_AUTHORS))
    name = format_of(data, filename)
    whole = _read_as(name, data, markdown, False, None).contents if before.authors else before.contents
    alone = []
    for author in before.authors:  # nothing is left where somebody wants all of it struck
        found = _read_as(name, data, markdown, True, author)
        alone.append(Alone(author, found.contents, found.ground))
    return without_letterhead(Returned(before, whole, tuple(alone)))


def _read_as(found: str, data: bytes, markdown: bool, reject_tracked: bool, author: str | None) -> Imported:  # noqa: FBT001 - handed on
    match found:
        case "html":
            from amendments.exchange.html import read_html

            return read_html(data)
        case "docx":
            from amendments.exchange.docx import read_docx

            return read_docx(data, reject_tracked=reject_tracked, author=author)
        case "odt":
            from amendments.exchange.odt import read_odt

            return read_odt(data, reject_tracked=reject_tracked, author=author)
        case "md" if markdown:
            from amendments.exchange.commonmark import read_commonmark

            return read_commonmark(data)
        case _:
            return read_literal(data, found)


def read_pasted(text: str) -> Imported:
    """A text that was typed or pasted into a field: literal, without a file's layout. Raises TooLarge or Unreadable
    (empty).
    """
    check_size(text.encode(errors="replace"))
    clean = normalise(text)
    contents = literal_contents(clean)
    if not contents:
        raise Unreadable(Sentence(EMPTY))
    return Imported(contents, literal=True, format="txt", notes=door_notes(text, clean))
