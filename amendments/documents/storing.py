"""Storing versions. Not a verb of its own: `create_document`, publishing and import end here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select

from amendments.documents.models import DocumentText, ParagraphContent, Version, VersionParagraph
from amendments.documents.queries import memory
from amendments.documents.rules import VersionRole
from amendments.errors import InvalidInput
from amendments.exchange.layout import Layout, bind
from amendments.exchange.limits import check_contents
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.text.door import normalise
from amendments.text.model import CELL, Content, Kind, Text, content_to_json, text_hash
from amendments.web import clock

T = TypeVar("T")

ROWS_AT_ONCE: Final = 500
"""SQLite and PostgreSQL both take some 32,000 parameters; shorter statements are parsed faster."""

EMPTY_TEXT = N_("Der Text ist leer. Bitte laden Sie eine Datei mit Text hoch oder fügen Sie ihn ein.")
NOT_NORMAL = N_("Der Text enthält Zeichen, die nicht gespeichert werden können. Bitte fügen Sie ihn noch einmal ein.")


def check_stored(contents: Sequence[Content]) -> None:
    """What must hold of every text that is stored: not empty, within the limits, normalised."""
    if not contents or not any(content.text.strip() for content in contents):
        raise InvalidInput(EMPTY_TEXT, field="text")
    check_contents(contents)
    for content in contents:
        check_characters(content)


def check_characters(content: Content) -> None:
    """Only what passed the door; the sign that parts cells stands in table rows alone."""
    text = content.text.replace(CELL, "") if content.kind is Kind.TABLE_ROW else content.text
    if normalise(text) != text:
        raise InvalidInput(NOT_NORMAL, field="text")


def store_version(
    text_row: DocumentText,
    text: Text,
    *,
    parent: Version | None,
    created_by: UUID,
    layout: Layout | None = None,
    note: str = "",
    label: str = "",
    role: VersionRole = VersionRole.PUBLISHED,
    version_id: UUID | None = None,
) -> Version:
    """A new version with these paragraphs; equal ones are shared. The caller holds the document's lock.

    Without `layout` a literal version is written as its parent was.
    """
    version = Version(
        id=version_id or uuid4(),
        text_id=text_row.id,
        parent_id=parent.id if parent is not None else None,
        role=role.value,
        number=_next_number(text_row.id) if role is VersionRole.PUBLISHED else None,
        label=label,
        hash=text_hash(text),
        note=note,
        layout=_layout(text_row, text, parent, layout),
        created_by=created_by,
        created_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    _store_contents({paragraph.content.hash: paragraph.content for paragraph in text})
    rows = (
        {"version_id": version.id, "rank": rank, "identity": paragraph.identity, "content_hash": paragraph.content.hash}
        for rank, paragraph in enumerate(text)
    )
    for chunk in _chunks(rows):
        db.session.execute(insert(VersionParagraph), chunk)
    memory.put(version.id, text)
    return version


def _layout(
    text_row: DocumentText, text: Text, parent: Version | None, layout: Layout | None
) -> dict[str, object] | None:
    if not text_row.literal:
        return None
    if layout is not None:
        return bind(layout, [paragraph.identity for paragraph in text]).to_json()
    return parent.layout if parent is not None else Layout(bound=True).to_json()


def _next_number(text_id: UUID) -> int:
    highest = db.session.scalar(select(func.max(Version.number)).where(Version.text_id == text_id))
    return (highest or 0) + 1


def _store_contents(contents: dict[str, Content]) -> None:
    known: set[str] = set()
    for hashes in _chunks(contents):
        known.update(db.session.scalars(select(ParagraphContent.hash).where(ParagraphContent.hash.in_(hashes))))
    rows = ({"hash": key, **_columns(content)} for key, content in contents.items() if key not in known)
    for chunk in _chunks(rows):
        db.session.execute(insert(ParagraphContent), chunk)


def _columns(content: Content) -> dict[str, object]:
    data = content_to_json(content)
    return {**data, "marks": data.get("marks", [])}


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, ROWS_AT_ONCE)):
        yield chunk
