"""A text on its way in: uploaded or pasted, read, shown, and carried along in the form until it is confirmed."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, TextAreaField

from amendments.errors import AmendmentsError, InvalidInput, TooLarge, TooManyTries, Unavailable, Unreadable
from amendments.exchange.imported import Imported
from amendments.exchange.limits import MAX_BYTES
from amendments.exchange.readers import read_pasted
from amendments.exchange.run import read_in_child
from amendments.exchange.words import N_
from amendments.text.door import one_line
from amendments.web import turns
from amendments.web.forms import WritingForm
from amendments.web.limits import Limit, spend
from amendments.web.posting import refuse
from amendments.web.transaction import write

NOTHING = N_("Bitte wählen Sie eine Datei oder fügen Sie den Text ein.")
SPOILT = N_("Die Datei ist unterwegs verloren gegangen. Bitte wählen Sie sie noch einmal aus.")

FAR_BETTER = 0.25
"""Share of a text's paragraphs by which another reading of a file must match more of them to be pointed out."""
MOST_CARRIED = 1_500_000
"""Characters a form carries along; a larger file is chosen again when it is confirmed."""


class IncomingForm(WritingForm):
    """The fields by which a text comes in. `carried` holds the file of the preview, packed: it is chosen once."""

    file = FileField(_("Datei (.docx, .odt, .html, .md, .txt)"))
    pasted = TextAreaField(_("Oder den Text hier einfügen"))
    markdown = BooleanField(
        _("Markdown-Zeichen einer .md-Datei oder des eingefügten Textes als Gliederung und Formatierung lesen")
    )
    carried = HiddenField()
    carried_name = HiddenField()


@dataclass(frozen=True)
class Incoming:
    """What was read. `suffix` is how it is written back."""

    imported: Imported
    carried: str
    name: str

    @property
    def suffix(self) -> str:
        return self.imported.format or "txt"


COME_AGAIN = (TooManyTries, Unavailable)
REFUSED = (InvalidInput, Unreadable, TooLarge, *COME_AGAIN)
"""What `incoming` raises."""


def incoming(form: IncomingForm) -> Incoming:
    """A new file goes before the carried one, both before pasted text.

    It is counted first, which ends the transaction of the page: what was read for it before has to be read anew.
    """
    write(lambda: spend(Limit.UPLOADS))
    upload = form.file.data
    if upload and upload.filename:
        data, name = upload.read(MAX_BYTES + 1), one_line(PurePath(str(upload.filename)).name)[-200:]
        return _file(form, data, name)
    if form.carried.data:
        return _file(form, unpacked(form.carried.data), form.carried_name.data or "")
    if (form.pasted.data or "").strip():
        return Incoming(_pasted(form.pasted.data, markdown=bool(form.markdown.data)), "", "")
    raise InvalidInput(NOTHING, field="file")


def _file(form: IncomingForm, data: bytes, name: str) -> Incoming:
    try:
        imported = _read(data, name, markdown=bool(form.markdown.data))
    except Unavailable:  # nothing is wrong with the file: it is kept for the next try
        form.carried.data, form.carried_name.data = _carried(data), name
        raise
    return Incoming(imported, _carried(data), name)


def _pasted(text: str, *, markdown: bool) -> Imported:
    return _read(text.encode(errors="replace"), "pasted.md", markdown=True) if markdown else read_pasted(text)


def _read(data: bytes, name: str, *, markdown: bool) -> Imported:
    return read_in_child(data, name, markdown=markdown, turn=turns.reading())


@dataclass(frozen=True)
class Otherwise:
    """How many paragraphs of a text a file has as they stand there, and how many if it is read the other way: its
    Markdown signs as structure instead of characters, or the reverse.
    """

    here: int
    there: int


def far_better_otherwise(form: IncomingForm, found: Incoming, standing: Collection[str]) -> Otherwise | None:
    """Where reading Markdown the other way finds many more of the `standing` paragraphs (hashes). Reads a file again
    only if few were found, and outside of a transaction.
    """
    here = _as_they_stand(found.imported, standing)
    pasted = not found.name
    if here * 2 > len(standing) or (found.imported.format != "md" and not pasted):
        return None
    markdown = not form.markdown.data
    try:
        if pasted:
            other = _pasted(form.pasted.data or "", markdown=markdown)
        elif found.carried:
            other = _read(unpacked(found.carried), found.name, markdown=markdown)
        else:
            return None
    except REFUSED:  # then there is no other way to read it
        return None
    there = _as_they_stand(other, standing)
    return Otherwise(here, there) if there - here > len(standing) * FAR_BETTER else None


def _as_they_stand(imported: Imported, standing: Collection[str]) -> int:
    return (Counter(content.hash for content in imported.contents) & Counter(standing)).total()


def _carried(data: bytes) -> str:
    carried = packed(data)
    return carried if len(carried) <= MOST_CARRIED else ""


def refused(form: IncomingForm, error: AmendmentsError) -> IncomingForm:
    """The form with the refusal beside the file. One that cannot be read is not carried along any further."""
    later = isinstance(error, COME_AGAIN)
    if not later:
        form.carried.data = form.carried_name.data = ""
    refuse(form, error, field=None if later else "file")
    return form


def packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


def unpacked(carried: str) -> bytes:
    """The inverse of `packed`, never more than a file may have."""
    try:
        reader = zlib.decompressobj()
        data = reader.decompress(base64.b64decode(carried, validate=True), MAX_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise InvalidInput(SPOILT, field="file") from None
    return data
