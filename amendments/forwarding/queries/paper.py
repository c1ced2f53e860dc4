"""The paper of a document as it stands: head, Beratungsfolge, resolution, reasons, what costs money, annexes."""

from __future__ import annotations

from collections.abc import Iterator

from amendments.consultations.queries import ConsultationEntry, sequence_for
from amendments.consultations.rules import result_parts
from amendments.documents.models import Document
from amendments.documents.queries import current_versions, load_text, texts_for
from amendments.documents.rules import TextRole, sees_work
from amendments.exchange.vorlage import Paper, PlannedConsultation, Role, Section
from amendments.forwarding.queries.budget import BudgetLine, budget_lines
from amendments.forwarding.queries.measures import decided_versions
from amendments.forwarding.rules import BUDGET_STATES
from amendments.proposals.rules import label
from amendments.text.model import Content, plain
from amendments.web.actor import Actor

BUDGET = "Haushaltswirksame Vorschläge:"


def paper_of(actor: Actor, document: Document) -> Paper:
    """In the language of the paper, with no text, no result and no proposal this person may not know. Once the document
    is decided, in the decided version.
    """
    entries = sequence_for(actor, document)
    texts = texts_for(actor, document)
    shown = current_versions(text.id for text in texts) | decided_versions(document)
    contents: dict[str, list[Content]] = {TextRole.RESOLUTION: [], TextRole.REASONS: []}
    for text in texts:
        if text.role in contents:
            contents[text.role] += [paragraph.content for paragraph in load_text(shown[text.id])]
    annexes = [text for text in texts if text.role == TextRole.ANNEX]
    several = len(annexes) > 1
    return Paper(
        kind="Sitzungsvorlage",
        office=document.office,
        reference=document.reference,
        dated=document.dated,
        consultations=tuple(_planned(entry, several=several) for entry in entries if entry.consultation.printed),
        subject=document.subject or document.title,
        resolution=tuple(contents[TextRole.RESOLUTION]),
        reasons=(Section(contents=tuple(contents[TextRole.REASONS])),) if contents[TextRole.REASONS] else (),
        finances=tuple(_costly(actor, document)) if sees_work(actor, document) else (),
        annexes=tuple(f"{text.title} (Fassung {shown[text.id].number})" for text in annexes),
        offices=tuple(part.strip() for part in document.offices.split(",") if part.strip()),
    )


def _planned(entry: ConsultationEntry, *, several: bool) -> PlannedConsultation:
    """A row of the table: the result in words, and the version of each annex that it is about."""
    row = entry.consultation
    if not entry.shows_result:
        return PlannedConsultation(entry.name, row.day, Role(row.role))
    said = " ".join(result_parts(row.outcome, row.vote, entry.gives))
    annexes = [item for item in entry.recommended if item.text.role == TextRole.ANNEX]
    versions = [
        (f"{item.text.title}: " if several else "")
        + (f"Fassung {item.version.number}" if item.version.number else item.version.label)
        for item in annexes
    ]
    return PlannedConsultation(
        entry.name, row.day, Role(row.role), ", ".join(part for part in (said, *versions) if part)
    )


def _costly(actor: Actor, document: Document) -> Iterator[Content]:
    """Proposals that cost money, numbered, each with its place and how it stands."""
    for number, line in enumerate(budget_lines(actor, document), 1):
        if number == 1:
            yield plain(BUDGET)
        yield plain(f"{number}. {_words(line)}")


def _words(line: BudgetLine) -> str:
    title = f" „{line.proposal.title}“" if line.proposal.title else ""
    place = [line.place.heading] if line.place.heading else []
    place += [f"Zeile {line.place.line} der Fassung {line.version_number}"] if line.place.line else []
    where = f" ({', '.join(place)})" if place else ""
    amends = f" zu {label(line.amends)}" if line.amends else ""
    return f"{label(line.proposal.number)}{amends}{title}, {line.who}{where}: {BUDGET_STATES[line.state]}"
