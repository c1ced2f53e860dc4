"""Bringing a document in. Later versions are made by `consensus.services`, which knows where their words come from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from amendments.audit.services import record
from amendments.committees.queries import committees_by_id
from amendments.committees.rules import account_id_of
from amendments.documents import queries
from amendments.documents.events import DocumentChanged, DocumentCreated, TextAdded
from amendments.documents.models import Document, DocumentParticipant, DocumentReader, DocumentText
from amendments.documents.rules import DOCUMENT_CHANGE, DOCUMENT_CREATE, DOCUMENT_IMPORT_VERSION, TextRole, Visibility
from amendments.documents.storing import check_stored, store_version
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.layout import Layout
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.people.models import Account
from amendments.text.door import one_line
from amendments.text.model import Content, text_of
from amendments.web import access, clock
from amendments.web.actor import Actor

MOST_LETTERS: Final = 500
MOST_TEXTS: Final = 20

TITLE_MISSING = N_("Bitte geben Sie der Vorlage einen Titel von höchstens 500 Zeichen.")
TOO_LONG = N_("Diese Angabe ist länger als 500 Zeichen. Bitte kürzen Sie sie.")
BAD_VISIBILITY = N_("Bitte wählen Sie, wer die Vorlage sehen darf.")
BAD_ROLE = N_("Ein Text ist Beschlussvorschlag, Begründung oder Anlage.")
OTHER_TEXT = N_("Dieser Text gehört nicht zu dieser Vorlage.")
NO_TEXT = N_("Bitte fügen Sie der Vorlage mindestens einen Text bei.")
TOO_MANY_TEXTS = N_("Eine Vorlage hat höchstens 20 Texte.")
NO_COMMITTEE = N_("Eines der gewählten Gremien gibt es nicht.")
CHANGED_MEANWHILE = N_("Inzwischen hat jemand anderes diese Vorlage geändert. Bitte sehen Sie nach, was jetzt gilt.")
NO_READER = N_("Eine der genannten Personen hat kein Konto.")


@dataclass(frozen=True)
class NewText:
    """One text to bring in, as a reader of `exchange` found it. `suffix` without the dot: how it is written back."""

    role: str
    title: str
    contents: Sequence[Content]
    literal: bool = False
    layout: Layout | None = None
    suffix: str = "md"


def create_document(
    actor: Actor,
    *,
    title: str,
    lead_committee_id: UUID,
    visibility: str,
    texts: Sequence[NewText],
    reference: str = "",
    office: str = "",
    subject: str = "",
    offices: str = "",
    dated: date | None = None,
    participant_ids: Collection[UUID] = (),
    reader_ids: Collection[UUID] = (),
) -> Document:
    """A document with version 1 of each of its texts, published."""
    access.require(actor, DOCUMENT_CREATE, queries.creation_place(lead_committee_id))
    account_id = account_id_of(actor)
    if visibility not in list(Visibility):
        raise InvalidInput(BAD_VISIBILITY, field="visibility")
    _check_texts(texts)
    participants = set(participant_ids) - {lead_committee_id}
    _check_people(participants | {lead_committee_id}, set(reader_ids))
    document = Document(
        title=_line(title, "title", required=True),
        reference=_line(reference, "reference"),
        office=_line(office, "office"),
        subject=_line(subject, "subject"),
        offices=_line(offices, "offices"),
        dated=dated,
        visibility=visibility,
        lead_committee_id=lead_committee_id,
        created_by=account_id,
        created_at=clock.now(),
        closed_at=None,
        participants=[DocumentParticipant(committee_id=committee_id) for committee_id in sorted(participants)],
        readers=[DocumentReader(account_id=account_id) for account_id in sorted(set(reader_ids))],
        texts=[_text_row(rank, text) for rank, text in enumerate(texts)],
    )
    db.session.add(document)
    db.session.flush()
    hashes = _first_versions(document, texts, account_id)
    text_ids = tuple(row.id for row in document.texts)
    record(
        actor.account_id,
        DocumentCreated(document.id, lead_committee_id, visibility, text_ids, hashes),
        document_id=document.id,
    )
    return document


@dataclass(frozen=True)
class Sight:
    """Who sees a document or a text, and from which day on everybody (a text: whoever sees the document)."""

    visibility: str
    public_from: date | None = None


@dataclass(frozen=True)
class Changes:
    """What a document's head and circle shall be. `texts`: who sees each; a text that is not named stays as it is."""

    title: str
    sight: Sight
    reference: str = ""
    office: str = ""
    subject: str = ""
    offices: str = ""
    dated: date | None = None
    participant_ids: Collection[UUID] = ()
    reader_ids: Collection[UUID] = ()
    texts: Mapping[UUID, Sight] = field(default_factory=dict)


def change_document(actor: Actor, *, document_id: UUID, row_version: int, changes: Changes) -> Document:
    """Head, participating committees, readers, and who sees the document and each of its texts.

    `row_version`: that of the page; Conflict when somebody was quicker.
    """
    document = queries.document_for(actor, document_id)
    access.require(actor, DOCUMENT_CHANGE, document)
    queries.lock_document(document_id)
    db.session.refresh(document, ["row_version"])
    if document.row_version != row_version:
        raise Conflict(CHANGED_MEANWHILE)
    participants = set(changes.participant_ids) - {document.lead_committee_id}
    readers = set(changes.reader_ids)
    new_people = (participants - document.participant_ids, readers - document.reader_ids)
    _check_people(*new_people)
    _check_sights(document, changes)
    head = {name: _line(getattr(changes, name), name) for name in ("reference", "office", "subject", "offices")}
    head |= {"title": _line(changes.title, "title", required=True), "dated": changes.dated}  # type: ignore[dict-item]
    changed = tuple(sorted(name for name, value in head.items() if getattr(document, name) != value))
    for name, value in head.items():
        setattr(document, name, value)
    document.visibility, document.public_from = _stored(changes.sight)
    for text in document.texts:
        if text.id in changes.texts:
            text.visibility, text.public_from = _stored(changes.texts[text.id])
    _set_circle(document, participants, readers)
    flag_modified(document, "title")  # counts up `row_version` also when only others have changed
    db.session.flush()
    record(actor.account_id, _changed_event(document, changed), document_id=document_id)
    return document


def _check_sights(document: Document, changes: Changes) -> None:
    if not changes.texts.keys() <= {text.id for text in document.texts}:
        raise InvalidInput(OTHER_TEXT, field="texts")
    for sight in (changes.sight, *changes.texts.values()):
        if sight.visibility not in list(Visibility):
            raise InvalidInput(BAD_VISIBILITY, field="visibility")


def _stored(sight: Sight) -> tuple[str, date | None]:
    """What is public has no day from which on it is so."""
    return sight.visibility, None if sight.visibility == Visibility.PUBLIC else sight.public_from


def _set_circle(document: Document, participants: set[UUID], readers: set[UUID]) -> None:
    document.participants = [
        *(row for row in document.participants if row.committee_id in participants),
        *(DocumentParticipant(committee_id=one) for one in sorted(participants - document.participant_ids)),
    ]
    document.readers = [
        *(row for row in document.readers if row.account_id in readers),
        *(DocumentReader(account_id=one) for one in sorted(readers - document.reader_ids)),
    ]


def _changed_event(document: Document, changed: tuple[str, ...]) -> DocumentChanged:
    return DocumentChanged(
        document.id,
        changed,
        document.visibility,
        document.public_from,
        tuple(sorted(document.participant_ids)),
        tuple(sorted(document.reader_ids)),
        tuple((text.id, text.visibility, text.public_from) for text in document.texts),
    )


def add_text(actor: Actor, *, document_id: UUID, text: NewText) -> DocumentText:
    """One more amendable text for a document, with its version 1, published."""
    queries.lock_document(document_id)
    document = queries.document_for(actor, document_id)
    access.require(actor, DOCUMENT_IMPORT_VERSION, document)
    account_id = account_id_of(actor)
    _check_texts([text])
    ranks = [row.rank for row in document.texts]
    if len(ranks) >= MOST_TEXTS:
        raise InvalidInput(TOO_MANY_TEXTS, field="texts")
    row = _text_row(max(ranks, default=-1) + 1, text)
    document.texts.append(row)
    db.session.flush()
    paragraphs = text_of(text.contents, seed=str(row.id))
    version = store_version(row, paragraphs, parent=None, created_by=account_id, layout=text.layout)
    record(account_id, TextAdded(document_id, row.id, version.hash), document_id=document_id)
    return row


def _text_row(rank: int, text: NewText) -> DocumentText:
    return DocumentText(
        id=uuid4(),
        rank=rank,
        role=text.role,
        title=_line(text.title, "title", required=True),
        literal=text.literal,
        file_suffix=text.suffix,
    )


def _first_versions(document: Document, texts: Sequence[NewText], account_id: UUID) -> tuple[str, ...]:
    hashes = []
    for row, text in zip(document.texts, texts, strict=True):
        paragraphs = text_of(text.contents, seed=str(row.id))
        version = store_version(row, paragraphs, parent=None, created_by=account_id, layout=text.layout)
        hashes.append(version.hash)
    return tuple(hashes)


def _check_texts(texts: Sequence[NewText]) -> None:
    if not texts:
        raise InvalidInput(NO_TEXT, field="texts")
    if len(texts) > MOST_TEXTS:
        raise InvalidInput(TOO_MANY_TEXTS, field="texts")
    for text in texts:
        if text.role not in list(TextRole):
            raise InvalidInput(BAD_ROLE, field="role")
        check_stored(text.contents)


def _check_people(committee_ids: set[UUID], reader_ids: set[UUID]) -> None:
    if committees_by_id(committee_ids).keys() != committee_ids:
        raise InvalidInput(NO_COMMITTEE, field="participant_ids")
    if reader_ids:
        known = set(db.session.scalars(select(Account.id).where(Account.id.in_(reader_ids), Account.active)))
        if known != reader_ids:
            raise InvalidInput(NO_READER, field="reader_ids")


def _line(raw: str, field: str, *, required: bool = False) -> str:
    text = one_line(raw)
    if required and not 0 < len(text) <= MOST_LETTERS:
        raise InvalidInput(TITLE_MISSING, field=field)
    if len(text) > MOST_LETTERS:
        raise InvalidInput(TOO_LONG, field=field)
    return text
