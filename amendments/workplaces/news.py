"""What has happened to public documents: what everybody may know, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID, uuid5

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.consultations.models import Consultation
from amendments.consultations.queries import consultations_of
from amendments.consultations.rules import given_by, result_parts
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import DocumentEntry, documents_for
from amendments.documents.rules import VersionRole
from amendments.exchange.feed import Entry
from amendments.extensions import db
from amendments.web import clock
from amendments.web.actor import GUEST
from amendments.web.filters import moment
from amendments.web.mail import address_of
from amendments.web.posting import say

MOST: Final = 50


@dataclass(frozen=True)
class _Step:
    row: Consultation
    committees: tuple[Committee, ...]

    @property
    def name(self) -> str:
        return ", ".join(committee.name for committee in self.committees)


def news() -> tuple[Entry, ...]:
    """The newest first, at most so many; constant statements."""
    documents = documents_for(GUEST)
    versions = _versions([text.text.id for document in documents for text in document.texts])
    steps = consultations_of(entry.document.id for entry in documents)
    names = committees_by_id(one for rows in steps.values() for row in rows for one in row.committee_ids)
    found: list[Entry] = []
    for entry in documents:
        found += _of_document(entry)
        found += _of_texts(entry, versions)
        for row in steps[entry.document.id]:
            found += _of_step(entry.document, _Step(row, tuple(names[one] for one in row.committee_ids)))
    return tuple(sorted(found, key=lambda entry: (entry.at, entry.id), reverse=True)[:MOST])


def _versions(text_ids: Sequence[UUID]) -> Sequence[Version]:
    return db.session.scalars(
        select(Version)
        .where(Version.text_id.in_(text_ids), Version.role == VersionRole.PUBLISHED, Version.number > 1)
        .order_by(Version.created_at.desc(), Version.id)
        .limit(MOST)
    ).all()


def _of_document(entry: DocumentEntry) -> Iterator[Entry]:
    document = entry.document
    yield Entry(
        id=document.id.urn,
        kind="document",
        title=_("%(title)s: Vorlage veröffentlicht", title=document.title),
        words=_("Federführend: %(name)s.", name=entry.lead.name),
        address=address_of(url_for("workplaces.document", document_id=document.id)),
        at=_since(document.created_at, document),
    )


def _of_texts(entry: DocumentEntry, versions: Sequence[Version]) -> Iterator[Entry]:
    texts = {text.text.id: text.text for text in entry.texts}
    for version in versions:
        if version.text_id not in texts:
            continue
        text, document = texts[version.text_id], entry.document
        yield Entry(
            id=version.id.urn,
            kind="version",
            title=_("%(title)s: Fassung %(number)s veröffentlicht", title=document.title, number=version.number),
            words=" – ".join(part for part in (text.title, version.label, version.note) if part),
            address=address_of(
                url_for("workplaces.text", document_id=document.id, text_id=text.id, version=version.number)
            ),
            at=_since(version.created_at, document, text),
        )


def _of_step(document: Document, step: _Step) -> Iterator[Entry]:
    """A step that the printed paper names: when its time for proposals begins, and what was decided in it."""
    row = step.row
    address = address_of(url_for("consultations.show", consultation_id=row.id))
    if not row.printed:
        return
    if row.asks and row.filing_opens is not None and row.filing_opens <= clock.now():
        until = _("Bis %(moment)s.", moment=moment(row.filing_closes)) if row.filing_closes else ""
        yield Entry(
            id=uuid5(row.id, "filing").urn,
            kind="filing",
            title=_("%(title)s: Vorschläge können eingereicht werden", title=document.title),
            words=" ".join(part for part in (f"{step.name}.", until) if part),
            address=address,
            at=_since(row.filing_opens, document),
        )
    if row.closes and document.closed_at is not None and (row.public or row.announced):
        given = given_by([committee.kind for committee in step.committees], row.role)
        yield Entry(
            id=uuid5(row.id, "decision").urn,
            kind="decision",
            title=_("%(title)s: beschlossen", title=document.title),
            words=f"{step.name}: {' '.join(map(say, result_parts(row.outcome, row.vote, given)))}",
            address=address,
            at=_since(document.closed_at, document),
        )


def _since(at: datetime, *things: Document | DocumentText) -> datetime:
    """When it happened, or the later day from which it could be known."""
    days = [_midnight(thing.public_from) for thing in things if thing.public_from is not None]
    return max(at, *days) if days else at


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.TOWN)
