"""The paper of a document as it stands: head, Beratungsfolge, resolution, reasons, annexes."""

from __future__ import annotations

from amendments.consultations.queries import ConsultationEntry, sequence_for
from amendments.consultations.rules import result_parts
from amendments.documents.models import Document
from amendments.documents.queries import current_versions, load_text
from amendments.documents.rules import TextRole
from amendments.exchange.vorlage import Paper, PlannedConsultation, Role, Section
from amendments.text.model import Content
from amendments.web.actor import Actor


def paper_of(actor: Actor, document: Document) -> Paper:
    """In the language of the paper, and with no result this person may not know."""
    entries = sequence_for(actor, document)
    current = current_versions(text.id for text in document.texts)
    contents: dict[str, list[Content]] = {TextRole.RESOLUTION: [], TextRole.REASONS: []}
    for text in document.texts:
        if text.role in contents:
            contents[text.role] += [paragraph.content for paragraph in load_text(current[text.id])]
    annexes = [text for text in document.texts if text.role == TextRole.ANNEX]
    return Paper(
        kind="Sitzungsvorlage",
        office=document.office,
        reference=document.reference,
        dated=document.dated,
        consultations=tuple(_planned(entry) for entry in entries if entry.consultation.printed),
        subject=document.subject or document.title,
        resolution=tuple(contents[TextRole.RESOLUTION]),
        reasons=(Section(contents=tuple(contents[TextRole.REASONS])),) if contents[TextRole.REASONS] else (),
        annexes=tuple(f"{text.title} (Fassung {current[text.id].number})" for text in annexes),
        offices=tuple(part.strip() for part in document.offices.split(",") if part.strip()),
    )


def _planned(entry: ConsultationEntry) -> PlannedConsultation:
    row = entry.consultation
    said = " ".join(result_parts(row.outcome, row.vote, entry.gives)) if entry.shows_result else ""
    versions = [f"Fassung {item.version.number}" for item in entry.recommended if item.text.role == TextRole.ANNEX]
    parts = [part for part in (said, *(versions if entry.shows_result else ())) if part]
    return PlannedConsultation(entry.name, row.day, Role(row.role), ", ".join(parts))
