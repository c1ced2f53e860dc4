"""Documents for tests: brought in by the service, with the checks a person meets."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from amendments.committees.models import Committee
from amendments.documents import queries, services
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.services import NewText
from amendments.text import Content, Text, plain
from amendments.web.actor import Actor
from tests.factories import committees

_number = count(1)

WORDS = (
    "Die Stadt fördert den Spracherwerb von Anfang an.",
    "Sie unterstützt Vereine bei der Öffnung für alle. Dazu stellt sie Räume bereit.",
    "Der Beirat berichtet jährlich über seine Arbeit.",
    "Schulen und Kindertagesstätten arbeiten eng zusammen.",
    "Eine Beratungsstelle hilft bei Fragen zur Arbeit.",
)


@dataclass(frozen=True)
class Paper:
    """A document with one text under a lead committee, and who acts on it."""

    document: Document
    text: DocumentText
    version: Version
    lead: Committee
    participant: Committee
    moderator: Actor
    member: Actor

    @property
    def words(self) -> Text:
        return queries.load_text(self.version)


def contents(*words: str) -> tuple[Content, ...]:
    return tuple(plain(text) for text in words)


def paper(*words: str, **given: Any) -> Paper:
    lead = given.pop("lead", None) or committees.committee()
    participant = committees.committee()
    moderator = committees.somebody(lead, "moderator")
    texts = given.pop("texts", None) or [NewText("annex", "Entwurf", contents(*(words or WORDS)))]
    values: dict[str, Any] = {
        "title": f"Vorlage {next(_number)}",
        "lead_committee_id": lead.id,
        "visibility": "committee",
        "participant_ids": [participant.id],
    }
    document = services.create_document(moderator, texts=texts, **(values | given))
    text = document.texts[0]
    version = queries.current_version(text.id)
    return Paper(document, text, version, lead, participant, moderator, committees.somebody(participant))
