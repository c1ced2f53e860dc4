"""Reading documents, texts and versions; nothing that the actor may not see."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Final, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.interfaces import LoaderOption

from amendments.committees.models import Committee
from amendments.committees.queries import office_ids
from amendments.documents.models import (
    Document,
    DocumentParticipant,
    DocumentReader,
    DocumentText,
    ParagraphContent,
    Version,
    VersionParagraph,
)
from amendments.documents.rules import CLOSED, DOCUMENT_SEE, DOCUMENT_WORK, NewDocument, VersionRole, Visibility
from amendments.errors import Conflict, NotFound
from amendments.extensions import db
from amendments.text.model import Content, Head, Kind, Mark, MarkName, Paragraph, Rich, Text, text_hash
from amendments.web import access, clock
from amendments.web.actor import Actor

TEXTS_IN_MEMORY: Final = 24
"""Versions whose paragraphs are kept; the largest statute takes some 10 MB."""

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class TextEntry:
    """A text in a list, with its newest published version."""

    text: DocumentText
    version: Version


@dataclass(frozen=True)
class DocumentEntry:
    document: Document
    lead: Committee
    texts: tuple[TextEntry, ...]


@dataclass(frozen=True)
class TextPlace:
    document: Document
    text: DocumentText


@dataclass(frozen=True)
class VersionPlace:
    document: Document
    text: DocumentText
    version: Version


def _parts() -> tuple[LoaderOption, ...]:
    return (selectinload(Document.participants), selectinload(Document.readers), selectinload(Document.texts))


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    """DOCUMENT_SEE as SQL, so that lists need not load what they do not show; a test compares the two."""
    public = or_(Document.visibility == Visibility.PUBLIC, Document.public_from <= clock.today())
    return or_(public, and_(Document.id.not_in(actor.excluded.ids), _inside(actor)))


def _inside(actor: Actor) -> ColumnElement[bool]:
    if actor.is_admin:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if actor.account_id is not None:
        ways.append(
            exists().where(DocumentReader.document_id == Document.id, DocumentReader.account_id == actor.account_id)
        )
        if any(seat.role == "clerk" for seat in actor.seats):
            ways.append(Document.created_by == actor.account_id)
        moderated = [seat.committee_id for seat in actor.seats if seat.role == "moderator"]
        ways.append(Document.lead_committee_id.in_(moderated))
        participates = exists().where(
            DocumentParticipant.document_id == Document.id, DocumentParticipant.committee_id.in_(actor.committees)
        )
        sits = or_(Document.lead_committee_id.in_(actor.committees), participates)
        ways.append(and_(Document.visibility != Visibility.RESTRICTED, sits))
    return or_(*ways)


def documents_for(actor: Actor) -> tuple[DocumentEntry, ...]:
    """Every document the actor may see, newest first."""
    rows = db.session.execute(
        select(Document, Committee)
        .join(Committee, Committee.id == Document.lead_committee_id)
        .where(_visible_to(actor))
        .options(*_parts())
        .order_by(Document.created_at.desc(), Document.id)
    ).all()
    current = current_versions(text.id for document, _ in rows for text in document.texts)
    return tuple(
        DocumentEntry(document, lead, tuple(TextEntry(text, current[text.id]) for text in texts_for(actor, document)))
        for document, lead in rows
    )


def document_for(actor: Actor, document_id: UUID) -> Document:
    found = db.session.scalars(select(Document).where(Document.id == document_id).options(*_parts())).one_or_none()
    if found is None:
        raise NotFound(access.NOT_FOUND)
    if not access.may(actor, DOCUMENT_SEE, found):
        raise access.not_found(actor, found)
    return found


def texts_for(actor: Actor, document: Document) -> tuple[DocumentText, ...]:
    """The texts of a document that this person may see, in their order."""
    return tuple(text for text in document.texts if access.may(actor, DOCUMENT_SEE, TextPlace(document, text)))


def texts_at_work(actor: Actor, document: Document) -> tuple[DocumentText, ...]:
    """Those of which this person sees what lies between the published versions."""
    return tuple(text for text in document.texts if access.may(actor, DOCUMENT_WORK, TextPlace(document, text)))


def text_for(actor: Actor, text_id: UUID) -> TextPlace:
    found = db.session.get(DocumentText, text_id)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    place = TextPlace(document_for(actor, found.document_id), found)
    if not access.may(actor, DOCUMENT_SEE, place):
        raise access.not_found(actor, place)
    return place


def version_for(actor: Actor, version_id: UUID) -> VersionPlace:
    """A published version; snapshots are found by the pages that made them."""
    found = db.session.get(Version, version_id)
    if found is None or found.role != VersionRole.PUBLISHED:
        raise NotFound(access.NOT_FOUND)
    place = text_for(actor, found.text_id)
    return VersionPlace(place.document, place.text, found)


def creation_place(lead_committee_id: UUID | None = None) -> NewDocument:
    """The thing DOCUMENT_CREATE is asked about."""
    return NewDocument(lead_committee_id, office_ids())


def lock_document(document_id: UUID) -> None:
    """Every writer of a document's texts, proposals and decisions waits here for the others."""
    db.session.execute(select(Document.id).where(Document.id == document_id).with_for_update())


def lock_open_document(document_id: UUID) -> None:
    """The same for what a decision ends; Conflict for whoever waited while it was noted."""
    lock_document(document_id)
    if db.session.scalar(select(Document.closed_at).where(Document.id == document_id)) is not None:
        raise Conflict(CLOSED)


def versions_of(text_id: UUID) -> tuple[Version, ...]:
    """The published versions, newest first."""
    return tuple(
        db.session.scalars(
            select(Version)
            .where(Version.text_id == text_id, Version.role == VersionRole.PUBLISHED)
            .order_by(Version.number.desc())
        )
    )


def current_version(text_id: UUID) -> Version:
    found = current_versions([text_id])
    if text_id not in found:
        raise NotFound(access.NOT_FOUND)
    return found[text_id]


def current_versions(text_ids: Iterable[UUID]) -> dict[UUID, Version]:
    """The newest published version of each text, in one statement."""
    wanted = set(text_ids)
    if not wanted:
        return {}
    rows = db.session.scalars(
        select(Version)
        .where(Version.text_id.in_(wanted), Version.role == VersionRole.PUBLISHED)
        .order_by(Version.text_id, Version.number)
    )
    return {row.text_id: row for row in rows}


def path_between(older: Version, newer: Version) -> tuple[Version, ...]:
    """The versions after `older` up to `newer`, snapshots included, oldest first; NotFound if that is no ancestor."""
    of_text: dict[UUID, Version] = {
        row.id: row
        for row in db.session.scalars(select(Version).where(Version.text_id == older.text_id).order_by(Version.id))
    }
    path: list[Version] = []
    current: Version | None = of_text.get(newer.id)
    while current is not None and current.id != older.id:
        path.append(current)
        current = of_text.get(current.parent_id) if current.parent_id is not None else None
    if current is None:
        raise NotFound(access.NOT_FOUND)
    return tuple(reversed(path))


class Memory(Generic[Key, Value]):
    """What was used last, at most so much of it: values that follow from what never changes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


memory: Final[Memory[UUID, Text]] = Memory(TEXTS_IN_MEMORY)


def load_text(version: Version | UUID) -> Text:
    """The paragraphs of a version, in one statement or none."""
    version_id = version.id if isinstance(version, Version) else version
    text = memory.get(version_id)
    if text is None:
        text = _read_text(version_id)
        memory.put(version_id, text)
    return text


def damaged_versions() -> Iterator[Version]:
    """Versions whose stored paragraphs do not give the hash they were published with; a statement each."""
    for version in db.session.scalars(select(Version).order_by(Version.created_at, Version.id)).all():
        if text_hash(_read_text(version.id)) != version.hash:
            yield version


def _read_text(version_id: UUID) -> Text:
    content = ParagraphContent
    rows = db.session.execute(
        select(
            VersionParagraph.identity,
            content.hash,
            content.kind,
            content.level,
            content.attributes,
            content.text,
            content.marks,
        )
        .join(content, content.hash == VersionParagraph.content_hash)
        .where(VersionParagraph.version_id == version_id)
        .order_by(VersionParagraph.rank)
    )
    shared: dict[str, Content] = {}
    paragraphs = []
    for identity, key, kind, level, attributes, text, marks in rows:
        if key not in shared:
            head = Head(Kind(kind), level, tuple(sorted(attributes.items())))
            shared[key] = Content(
                head, Rich(text, tuple(Mark(s, e, MarkName(name), target) for s, e, name, target in marks))
            )
        paragraphs.append(Paragraph(identity, shared[key]))
    return tuple(paragraphs)
