"""The text page: a version with its line numbers, its outline and the proposals at their passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from amendments.committees.queries import committees_by_id
from amendments.consensus.queries import consensus_text
from amendments.consensus.rules import View
from amendments.decisions.rules import DECIDE
from amendments.documents import queries as documents
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.rules import DOCUMENT_WORK, TextRole
from amendments.errors import NotFound
from amendments.proposals.queries import ProposalOn
from amendments.text.hunks import START
from amendments.text.model import Kind, Text
from amendments.text.redline import Redline
from amendments.web.access import NOT_FOUND, may
from amendments.web.actor import Actor
from amendments.web.reading import Block, Group, groups
from amendments.workplaces.passages import Marks, blocks_of, lengths_of
from amendments.workplaces.sources import Chip, Sources, chip, sources_of


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of the text: where it stands and how many proposals speak of what follows it."""

    anchor: str
    level: int
    words: str
    count: int


@dataclass(frozen=True)
class Place:
    """A document, one of its texts and the version looked at; `current` is the newest published one."""

    document: Document
    text: DocumentText
    version: Version
    current: Version
    hidden: frozenset[UUID] = frozenset()
    """What is not for the person who reads: proposals they are excluded from."""

    @property
    def is_current(self) -> bool:
        return self.version.id == self.current.id

    @property
    def ids(self) -> dict[str, Any]:
        """The parts of this text's addresses."""
        return {"document_id": self.document.id, "text_id": self.text.id}


@dataclass(frozen=True)
class TextPage:
    """What the text page shows."""

    place: Place
    view: View
    lead_name: str
    """The committee in charge."""
    versions: tuple[Version, ...]
    """All published versions, newest first."""
    groups: tuple[Group, ...]
    """The paragraphs in printable form, neighbours that belong together in one group."""
    outline: tuple[OutlineEntry, ...]
    beside: Mapping[str, tuple[Chip, ...]]
    """By identity: proposals that change this paragraph."""
    gaps: Mapping[str, tuple[Chip, ...]]
    """By identity ("" = before the first): proposals that put something behind this paragraph."""
    sources: Sources
    """Names the proposals behind inserted and struck words."""
    collision_count: int
    """Places where not all wishes can stand, in the view "as if all"."""
    sees_work: bool
    """Whether this person sees what lies between the published versions."""
    may_decide: bool
    texts: tuple[DocumentText, ...]
    """Of the document, as far as this person sees them."""
    kept_out: bool
    """Excluded from the document or a part of it for a conflict of interest."""


def place_for(actor: Actor, document_id: UUID, text_id: UUID | None = None, number: int | None = None) -> Place:
    """NotFound for what is not there, not for this person, or does not belong together."""
    document = documents.document_for(actor, document_id)
    texts = documents.texts_for(actor, document)
    text = next((row for row in texts if row.id == text_id), None) if text_id else _main_text(texts)
    if text is None:
        raise NotFound(NOT_FOUND)
    current = documents.current_version(text.id)
    version = current
    if number is not None and number != current.number:
        found = next((row for row in documents.versions_of(text.id) if row.number == number), None)
        if found is None:
            raise NotFound(NOT_FOUND)
        version = found
    return Place(document, text, version, current, actor.excluded.ids)


def _main_text(texts: Sequence[DocumentText]) -> DocumentText | None:
    """What people come to read: the annex that is consulted about, else the first text."""
    return next((row for row in texts if row.role == TextRole.ANNEX), next(iter(texts), None))


def text_page(actor: Actor, document_id: UUID, text_id: UUID | None, number: int | None, view: View | None) -> TextPage:
    """Without a view: with proposals. Whoever does not see the work gets the draft, whatever was asked."""
    place = place_for(actor, document_id, text_id, number)
    sees_work = bool(may(actor, DOCUMENT_WORK, place))
    view = (view or View.WITH_PROPOSALS) if sees_work else View.DRAFT
    shown = consensus_text(place.version.id, view, place.hidden) if sees_work else None
    base = shown.base if shown else documents.load_text(place.version)
    on_version = shown.proposals if shown else ()
    contested = shown.contested if shown else frozenset()
    marks = _marks(base, on_version, contested, view)
    redline = shown.redline if shown and shown.redline else Redline.of(base)
    blocks = blocks_of(redline, marks.spans)
    chips = {
        str(edit.edit_id): chip(entry, edit, clash=str(edit.edit_id) in contested)
        for entry in on_version
        for edit in entry.edits
    }
    lead = committees_by_id([place.document.lead_committee_id]).get(place.document.lead_committee_id)
    return TextPage(
        place=place,
        view=view,
        lead_name=lead.name if lead else "",
        versions=documents.versions_of(place.text.id),
        groups=groups(blocks),
        outline=_outline(blocks, marks),
        beside={identity: _chips(edits, chips) for identity, edits in marks.beside.items()},
        gaps={identity: _chips(edits, chips) for identity, edits in marks.gaps.items()},
        sources=sources_of(on_version),
        collision_count=shown.places if shown else 0,
        sees_work=sees_work,
        may_decide=bool(may(actor, DECIDE, place)),
        texts=documents.texts_for(actor, place.document),
        kept_out=place.document.id in actor.excluded.documents,
    )


def _marks(base: Text, on_version: tuple[ProposalOn, ...], contested: frozenset[str], view: View) -> Marks:
    """All wishes at their passages; in the view "as if all" those that are not in it because they collide."""
    lengths = lengths_of(base)
    marks = Marks()
    for entry in on_version:
        for edit in entry.edits:
            key = str(edit.edit_id)
            if view is not View.WITH_PROPOSALS and not (view is View.ALL and key in contested):
                continue
            known = [h for h in edit.hunks if edit.parent_id is None]
            marks.add(key, known, lengths, clash=key in contested)
            if edit.parent_id is not None:
                _beside_parent(marks, key, edit.parent_id, on_version, lengths)
    return marks


def _beside_parent(
    marks: Marks, key: str, parent_id: UUID, on_version: tuple[ProposalOn, ...], lengths: Mapping[str, int]
) -> None:
    """An amendment to an amendment speaks of the parent's wording: its label stands where the parent's stands."""
    parent = next((entry for entry in on_version if entry.proposal.id == parent_id), None)
    if parent is None:
        return
    borrowed = Marks()
    borrowed.add(key, (hunk for edit in parent.edits for hunk in edit.hunks), lengths, clash=False)
    for identity in borrowed.beside:
        marks.beside.setdefault(identity, []).append(key)
    for identity in borrowed.gaps:
        marks.gaps.setdefault(identity, []).append(key)


def _chips(edits: list[str], chips: Mapping[str, Chip]) -> tuple[Chip, ...]:
    return tuple(dict.fromkeys(chips[edit] for edit in edits if edit in chips))


def _outline(blocks: tuple[Block, ...], marks: Marks) -> tuple[OutlineEntry, ...]:
    entries: list[tuple[Block, set[str]]] = []
    early: set[str] = set(marks.gaps.get(START, ()))
    for block in blocks:
        here = {*marks.beside.get(block.identity, ()), *marks.gaps.get(block.identity, ())}
        if block.kind == Kind.HEADING and block.anchor and block.words.strip():
            entries.append((block, here))
        else:
            (entries[-1][1] if entries else early).update(here)
    return tuple(
        OutlineEntry(f"p-{block.identity}", block.level, block.words.lstrip("# "), len(edits))
        for block, edits in entries
    )
