"""What was forwarded to whom, and what a committee had before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.consensus.provenance import Passages, passages_between
from amendments.consultations.models import Consultation
from amendments.consultations.queries import ConsultationPlace, consultations_of
from amendments.consultations.rules import Result
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import path_between, texts_for
from amendments.documents.rules import VersionRole
from amendments.errors import NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.forwarding.models import ForwardedVersion, Forwarding
from amendments.forwarding.rules import (
    Published,
    Reading,
    Waiting,
    had_before_it,
    is_asked_about,
    last_reading,
    waits_for,
)
from amendments.people.queries import names
from amendments.proposals.queries import proposals_of, replacements_of, with_authors
from amendments.web import clock
from amendments.web.actor import Actor

USED = N_("An diese Beratung oder von ihr wurde schon weitergeleitet; sie bleibt in der Beratungsfolge.")


@dataclass(frozen=True)
class ForwardingEntry:
    """A forwarding with the names of what it names; a joint session by the committee in charge."""

    row: Forwarding
    from_name: str
    to_name: str
    to_step: Consultation
    by_name: str
    taken_back_by_name: str
    versions: tuple[tuple[DocumentText, Version], ...]
    """In the order of the texts."""


def forwardings_of(document_id: UUID) -> tuple[Forwarding, ...]:
    """All of a document, the oldest first, those taken back too."""
    return tuple(
        db.session.scalars(
            select(Forwarding)
            .where(Forwarding.document_id == document_id)
            .options(selectinload(Forwarding.versions))
            .order_by(Forwarding.forwarded_at, Forwarding.taken_back_at.is_(None), Forwarding.id)
        )
    )


def standing_from(consultation_id: UUID) -> Forwarding | None:
    return db.session.scalars(
        select(Forwarding)
        .where(Forwarding.from_id == consultation_id, Forwarding.taken_back_at.is_(None))
        .options(selectinload(Forwarding.versions))
    ).one_or_none()


def handed_to(consultation_id: UUID) -> dict[UUID, UUID]:
    """Text -> the version handed on to this step; of several forwardings the last."""
    rows = db.session.execute(
        select(ForwardedVersion.text_id, ForwardedVersion.version_id)
        .join(Forwarding, Forwarding.id == ForwardedVersion.forwarding_id)
        .where(Forwarding.to_id == consultation_id, Forwarding.taken_back_at.is_(None))
        .order_by(Forwarding.forwarded_at, Forwarding.id)
    )
    return {row.text_id: row.version_id for row in rows}


def used(consultation_id: UUID) -> str | None:
    """Why the step has to stay in the Beratungsfolge, or None."""
    here = or_(Forwarding.from_id == consultation_id, Forwarding.to_id == consultation_id)
    return USED if db.session.scalar(select(Forwarding.id).where(here).limit(1)) is not None else None


def entries_of(actor: Actor, document: Document) -> tuple[ForwardingEntry, ...]:
    """In a constant number of statements; no version of a text that this person does not see."""
    texts = texts_for(actor, document)
    rows = forwardings_of(document.id)
    if not rows:
        return ()
    steps = {step.id: step for step in consultations_of([document.id])[document.id]}
    committees = committees_by_id(committee_id for step in steps.values() for committee_id in step.committee_ids)
    wanted = {version_id for row in rows for version_id in row.version_ids.values()}
    found = db.session.scalars(select(Version).where(Version.id.in_(wanted)).order_by(Version.id))
    versions = {version.id: version for version in found}
    people = names([person for row in rows for person in (row.forwarded_by, row.taken_back_by) if person])

    def name(step_id: UUID) -> str:
        return committees[steps[step_id].committee_ids[0]].name

    return tuple(
        ForwardingEntry(
            row,
            name(row.from_id),
            name(row.to_id),
            steps[row.to_id],
            people[row.forwarded_by],
            people.get(row.taken_back_by, "") if row.taken_back_by else "",
            tuple((text, versions[row.version_ids[text.id]]) for text in texts if text.id in row.version_ids),
        )
        for row in rows
    )


def later_steps(place: ConsultationPlace) -> tuple[tuple[Consultation, str], ...]:
    """The steps behind this one that have no result yet, each with its committees' names."""
    steps = consultations_of([place.document.id])[place.document.id]
    at = next(number for number, step in enumerate(steps) if step.id == place.consultation.id)
    later = [step for step in steps[at + 1 :] if step.result is None]
    committees = committees_by_id(committee_id for step in later for committee_id in step.committee_ids)
    return tuple((step, ", ".join(committees[one].name for one in step.committee_ids)) for step in later)


def moment_of(step: Consultation) -> datetime | None:
    """When it sits; at the end of its day where no hour is known."""
    if step.day is None:
        return None
    hour = time.fromisoformat(step.begins) if step.begins else time(23, 59, 59)
    return datetime.combine(step.day, hour, tzinfo=clock.TOWN)


# --- the last reading


@dataclass(frozen=True)
class TextReading:
    """A text as the committee had it, as it is asked about it, and as it stands now."""

    text: DocumentText
    older: Version
    newer: Version
    current: Version
    count: int
    """Passages that have changed."""
    own: int
    """Those that the committee asked for, in its words or in words that took their place."""


@dataclass(frozen=True)
class LastReading:
    """What a committee finds changed in a step since it had the document before it."""

    consultation: Consultation
    committee: Committee
    before: Consultation | None
    """Its earlier step; None where it has the document before it for the first time."""
    texts: tuple[TextReading, ...]
    """Those that have changed."""

    @property
    def count(self) -> int:
        return sum(text.count for text in self.texts)

    @property
    def own(self) -> int:
        return sum(text.own for text in self.texts)


def waiting_reading(actor: Actor, document: Document) -> LastReading | None:
    """For the next step in which this person sits; None where there is none."""
    if not actor.committees:
        return None
    steps = consultations_of([document.id])[document.id]
    waiting = [Waiting(step.id, step.committee_ids, step.day, step.result is not None) for step in steps]
    found = waits_for(waiting, actor.committees, clock.today())
    step = next((step for step in steps if step.id == found), None)
    return _reading(actor, document, steps, step) if step is not None else None


def last_reading_for(actor: Actor, place: ConsultationPlace) -> LastReading:
    """For the committee of this step on which the actor sits, else for the one in charge."""
    steps = consultations_of([place.document.id])[place.document.id]
    return _reading(actor, place.document, steps, place.consultation)


def _mine(actor: Actor, step: Consultation) -> UUID:
    return next((one for one in step.committee_ids if one in actor.committees), step.committee_ids[0])


def _reading(actor: Actor, document: Document, steps: Sequence[Consultation], step: Consultation) -> LastReading:
    committee_id, texts = _mine(actor, step), texts_for(actor, document)
    given = {row.to_id: row.version_ids for row in forwardings_of(document.id) if row.taken_back_at is None}
    readings = [_as_reading(each, given.get(each.id)) for each in steps]
    before = last_reading(readings, step.id, committee_id)
    here = next(each for each in readings if each.id == step.id)
    versions = _versions(text.id for text in texts)
    return LastReading(
        consultation=step,
        committee=committees_by_id([committee_id])[committee_id],
        before=next((each for each in steps if before is not None and each.id == before.id), None),
        texts=tuple(
            found
            for text in texts
            if (found := _text_reading(text, (before, here), versions[text.id], committee_id)) is not None
        ),
    )


def _text_reading(
    text: DocumentText, steps: tuple[Reading | None, Reading], versions: Sequence[Version], committee_id: UUID
) -> TextReading | None:
    """Between the committee's earlier step and this one; None for a text that stands as it did."""
    before, here = steps
    by_id = {version.id: version for version in versions}
    published = [version for version in versions if version.role == VersionRole.PUBLISHED]
    shown = [Published(version.id, version.created_at) for version in published]
    newer = by_id[is_asked_about(here, text.id, shown)]
    older = _ancestor(by_id[had_before_it(before, text.id, shown)], newer, by_id)
    if older.id == newer.id:
        return None
    passages = passages_between(older, newer)
    return TextReading(text, older, newer, published[-1], passages.count, _own(passages, committee_id))


def _own(passages: Passages, committee_id: UUID) -> int:
    edits = {source.edit_id: source for source in passages.sources if source.edit_id is not None}
    mine = {edit_id for edit_id, source in edits.items() if source.committee and source.committee.id == committee_id}
    replaced = replacements_of(edits.keys() - mine)
    of_edit = proposals_of(edit_id for found in replaced.values() for edit_id in found) if replaced else {}
    filed = {
        row.id
        for row, _, committee in with_authors(set(of_edit.values()))
        if committee and committee.id == committee_id
    }
    mine |= {edit_id for edit_id, found in replaced.items() if any(of_edit[one] in filed for one in found)}
    return len(mine)


def _ancestor(older: Version, newer: Version, by_id: dict[UUID, Version]) -> Version:
    """`older`, or what it was made of as far back as `newer` comes from it too: a committee may recommend a text that
    was not published.
    """
    while older.parent_id is not None:
        try:
            path_between(older, newer)
        except NotFound:
            older = by_id[older.parent_id]
        else:
            return older
    return older


def _as_reading(step: Consultation, forwarded: dict[UUID, UUID] | None) -> Reading:
    return Reading(
        id=step.id,
        committee_ids=step.committee_ids,
        moment=moment_of(step),
        over=step.result is not None or (step.day is not None and step.day < clock.today()),
        consulted=step.outcome is not Result.TAKEN_OFF,
        recommended={row.text_id: row.version_id for row in step.recommended},
        forwarded=forwarded,
    )


def _versions(text_ids: Iterable[UUID]) -> dict[UUID, list[Version]]:
    """Every version of each text, snapshots too, in the order they were made; one statement."""
    wanted = list(text_ids)
    rows = db.session.scalars(
        select(Version)
        .where(Version.text_id.in_(wanted))
        .order_by(Version.created_at, Version.number.is_(None).desc(), Version.number, Version.id)
    ).all()
    return {text_id: [row for row in rows if row.text_id == text_id] for text_id in wanted}
