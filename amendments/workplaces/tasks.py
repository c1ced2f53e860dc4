"""What a document asks of a person now, and until when: the upper half of "Mein Schreibtisch". The choice is pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, select

from amendments.committees.queries import committees_by_id
from amendments.consensus.models import VersionStep
from amendments.consensus.rules import VERSION_PUBLISH
from amendments.consultations.models import Consultation
from amendments.consultations.queries import consultations_of
from amendments.consultations.rules import CONSULTATION_RESULT, Filing, Slot, Step, slot
from amendments.decisions.models import Decision
from amendments.decisions.queries import stage_states
from amendments.decisions.rules import Outcome, StageState
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import documents_for
from amendments.documents.rules import DOCUMENT_WORK, working_committees
from amendments.exchange.vorlage import Role as ConsultationRole
from amendments.extensions import db
from amendments.forwarding.models import Forwarding, Measure
from amendments.forwarding.queries import MeasurePlace
from amendments.forwarding.rules import FORWARD, MEASURE_REPORT, MeasureState
from amendments.meetings.models import Meeting
from amendments.proposals.models import Edit, Proposal
from amendments.proposals.rules import PROPOSAL_FILE, State
from amendments.web import clock
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.filters import day, moment

TO_DECIDE: Final = frozenset({StageState.OPEN, StageState.REFERRED})


class TaskKind(StrEnum):
    """In the order of urgency."""

    SITTING = "sitting"
    """A sitting one belongs to is running."""
    READ = "read"
    """The document was forwarded to a step in which one sits."""
    DECIDE = "decide"
    PUBLISH = "publish"
    SIGN_OFF = "sign_off"
    """A step is over; its result is to be noted and the document handed on."""
    FILE = "file"
    PREPARE = "prepare"
    ATTEND = "attend"
    REPORT = "report"
    """Measures one speaks for, of a document that is decided."""


ORDER: Final = {kind: rank for rank, kind in enumerate(TaskKind)}


@dataclass(frozen=True)
class Task:
    """Something one can do. `until`: the moment or day it ends; None for what has no end."""

    kind: TaskKind
    words: str
    href: str
    until: date | datetime | None = None

    @property
    def last_day(self) -> date:
        """To sort by: what has no end comes last."""
        if isinstance(self.until, datetime):
            return (clock.on_the_wall(self.until) or self.until).date()
        return self.until or date.max


@dataclass(frozen=True)
class Waiting:
    """A document with what it asks of this person, the most urgent first."""

    document: Document
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Facts:
    """What the tasks of one document follow from."""

    today: date
    steps: Sequence[Consultation]
    """Of the whole Beratungsfolge, in its order."""
    running: frozenset[UUID]
    """Steps whose sitting is open."""
    seats: Mapping[UUID, Collection[str]]
    """Committee -> this person's roles there; of those that work on the document."""
    may_file: bool
    may_decide: bool
    slot: Slot
    to_decide: int
    unpublished: int
    forwarded: Mapping[UUID, UUID] = field(default_factory=dict)
    """Step -> the step that has forwarded the document to it."""
    held: frozenset[UUID] = frozenset()
    """Steps whose sitting is closed."""
    signs: frozenset[UUID] = frozenset()
    """Steps whose result this person may note."""
    reports: Sequence[date | None] = ()
    """When the next report is due of each measure under way for which this person may report."""


@dataclass(frozen=True)
class Due:
    """A task before it has words."""

    kind: TaskKind
    step: Consultation | None = None
    until: date | datetime | None = None
    number: int = 0
    sender: Consultation | None = None
    """The step that has forwarded it."""


def due(facts: Facts) -> tuple[Due, ...]:
    """What is to be done, the most urgent first."""
    found: list[Due] = []
    for step in facts.steps:
        mine = [committee_id for committee_id in step.committee_ids if committee_id in facts.seats]
        if mine and step.result is None:
            found += _about(facts, step, mine)
    if facts.may_file and facts.slot.filing is Filing.OPEN:
        found.append(Due(TaskKind.FILE, until=facts.slot.window.closes if facts.slot.window else None))
    if facts.may_decide and facts.to_decide:
        found.append(Due(TaskKind.DECIDE, number=facts.to_decide))
    if facts.may_decide and facts.unpublished:
        found.append(Due(TaskKind.PUBLISH, number=facts.unpublished))
    if facts.reports:
        first = min((day for day in facts.reports if day is not None), default=None)
        found.append(Due(TaskKind.REPORT, until=first, number=len(facts.reports)))
    return tuple(sorted(found, key=lambda one: ORDER[one.kind]))


def _about(facts: Facts, step: Consultation, mine: Iterable[UUID]) -> Iterator[Due]:
    """What a step without a result asks of who sits in it. A step that is over, and neither sat here nor got the
    document, asks for nothing: results of the past may be missing.
    """
    sat = step.id in facts.held
    passed = step.day is not None and step.day < facts.today
    if step.id in facts.running:
        yield Due(TaskKind.SITTING, step, step.day)
    elif sat or (passed and step.id in facts.forwarded):
        if step.id in facts.signs:
            yield Due(TaskKind.SIGN_OFF, step, step.day)
    elif step.day is not None and not passed:
        runs = any({"chair", "clerk", "moderator"} & set(facts.seats[committee_id]) for committee_id in mine)
        yield Due(TaskKind.PREPARE if runs else TaskKind.ATTEND, step, step.day)
    if step.id in facts.forwarded and not sat:
        sender = next(one for one in facts.steps if one.id == facts.forwarded[step.id])
        yield Due(TaskKind.READ, step, step.day, sender=sender)


# --- what there is to know, in a constant number of statements


def waiting_for(actor: Actor) -> tuple[Waiting, ...]:
    """The documents on which this person works and has something to do; those that end first come first."""
    documents = [entry.document for entry in documents_for(actor) if may(actor, DOCUMENT_WORK, entry.document)]
    documents = [row for row in documents if not actor.committees.isdisjoint(working_committees(row))]
    ids = [row.id for row in documents]
    steps, forwarded, reports = consultations_of(ids), _forwarded(ids), _reports(actor, documents)
    running, held = _sittings(ids)
    led = [row.id for row in documents if _is_open(row) and actor.has_role(row.lead_committee_id, "moderator")]
    to_decide, unpublished = _to_decide(actor, led), _unpublished(actor, led)
    sitting = (committee_id for rows in steps.values() for row in rows for committee_id in row.committee_ids)
    names = {committee_id: row.name for committee_id, row in committees_by_id(sitting).items()}
    found = []
    for document in documents:
        facts = Facts(
            today=clock.today(),
            steps=steps[document.id],
            running=running,
            seats=_seats(actor, working_committees(document)),
            may_file=_is_open(document) and bool(may(actor, PROPOSAL_FILE, document)),
            may_decide=document.id in led,
            slot=_slot(actor, document, steps[document.id]),
            to_decide=to_decide[document.id],
            unpublished=unpublished[document.id] if may(actor, VERSION_PUBLISH, document) else 0,
            forwarded=forwarded if _is_open(document) else {},
            held=held,
            signs=frozenset(row.id for row in steps[document.id] if _signs(actor, document, row)),
            reports=reports[document.id],
        )
        tasks = tuple(_task(one, document, names) for one in due(facts))
        if tasks:
            found.append(Waiting(document, tasks))
    return tuple(sorted(found, key=lambda one: min(task.last_day for task in one.tasks)))


def _is_open(document: Document) -> bool:
    """Nothing has decided it yet."""
    return document.closed_at is None


def _forwarded(document_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Step -> the step that has forwarded the document to it, the latest where several have."""
    rows = db.session.execute(
        select(Forwarding.to_id, Forwarding.from_id)
        .where(Forwarding.document_id.in_(document_ids), Forwarding.taken_back_at.is_(None))
        .order_by(Forwarding.forwarded_at, Forwarding.id)
    )
    return {row.to_id: row.from_id for row in rows}


def _seats(actor: Actor, committees: Collection[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for seat in actor.seats:
        if seat.committee_id in committees:
            found.setdefault(seat.committee_id, []).append(seat.role)
    return found


def _slot(actor: Actor, document: Document, steps: Iterable[Consultation]) -> Slot:
    """As filing asks it, for all committees one could file for."""
    mine = actor.committees & working_committees(document)
    windows = [row.window for row in steps if row.window is not None and mine.intersection(row.committee_ids)]
    return slot(windows, clock.now())


def _sittings(document_ids: Collection[UUID]) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """The steps whose sitting is open, and those whose sitting is closed."""
    rows = db.session.execute(
        select(Meeting.consultation_id, Meeting.closed_at)
        .join(Consultation, Consultation.id == Meeting.consultation_id)
        .where(Consultation.document_id.in_(document_ids))
        .order_by(Meeting.id)
    ).all()
    running = frozenset(row.consultation_id for row in rows if row.closed_at is None)
    return running, frozenset(row.consultation_id for row in rows) - running


def _signs(actor: Actor, document: Document, row: Consultation) -> bool:
    """A step that decides gets its result alone; the others hand the document on with it."""
    action = CONSULTATION_RESULT if row.role == ConsultationRole.DECISION else FORWARD
    return bool(may(actor, action, Step(document, row.committee_ids)))


def _reports(actor: Actor, documents: Iterable[Document]) -> dict[UUID, list[date | None]]:
    """Document -> the next report of each measure under way that a committee of this person is in charge of."""
    by_id = {row.id: row for row in documents if not _is_open(row)}
    rows = db.session.execute(
        select(Measure, DocumentText)
        .join(Version, Version.id == Measure.version_id)
        .join(DocumentText, DocumentText.id == Version.text_id)
        .where(
            Measure.document_id.in_(by_id),
            Measure.committee_id.in_(actor.committees),
            Measure.state.in_([MeasureState.OPEN, MeasureState.IN_PROGRESS]),
        )
        .order_by(Measure.document_id, Measure.number)
    )
    found: dict[UUID, list[date | None]] = defaultdict(list)
    for measure, text in rows:
        if may(actor, MEASURE_REPORT, MeasurePlace(by_id[measure.document_id], text, measure)):
            found[measure.document_id].append(measure.next_report)
    return found


def _free(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Proposal: nothing from which this person is excluded."""
    out = actor.excluded.ids
    return Proposal.id.not_in(out), Proposal.text_id.not_in(out)


def _to_decide(actor: Actor, document_ids: Collection[UUID]) -> Counter[UUID]:
    """Proposals on which the committee in charge has the next word."""
    rows = db.session.execute(
        select(Proposal.id, Proposal.document_id)
        .where(Proposal.document_id.in_(document_ids), Proposal.state == State.OPEN, *_free(actor))
        .order_by(Proposal.id)
    ).all()
    states = stage_states([row.id for row in rows])
    return Counter(row.document_id for row in rows if states.get(row.id) in TO_DECIDE)


def _unpublished(actor: Actor, document_ids: Collection[UUID]) -> Counter[UUID]:
    """Agreed changes that are in no version yet."""
    in_text = select(VersionStep.edit_id).where(VersionStep.edit_id.is_not(None))
    rows = db.session.execute(
        select(Proposal.document_id, func.count().label("edits"))
        .join(Edit, Edit.proposal_id == Proposal.id)
        .join(Decision, Decision.edit_id == Edit.id)
        .join(Document, Document.id == Proposal.document_id)
        .where(
            Proposal.document_id.in_(document_ids),
            Decision.committee_id == Document.lead_committee_id,
            Decision.superseded_by.is_(None),
            Decision.outcome == Outcome.AGREED,
            Edit.id.not_in(in_text),
            *_free(actor),
        )
        .group_by(Proposal.document_id)
        .order_by(Proposal.document_id)
    )
    return Counter({row.document_id: row.edits for row in rows})


# --- words


def _task(one: Due, document: Document, names: Mapping[UUID, str]) -> Task:
    if one.step is not None:
        href = url_for(_page_of(one.kind, one.step), consultation_id=one.step.id)
        return Task(one.kind, _of_step(one, one.step, names), href, one.until)
    if one.kind is TaskKind.REPORT:
        return Task(one.kind, _of_measures(one), url_for("forwarding.register", document_id=document.id), one.until)
    page = "workplaces.document" if one.kind is TaskKind.FILE else "workplaces.main_desk"
    return Task(one.kind, _of_proposals(one), url_for(page, document_id=document.id), one.until)


def _page_of(kind: TaskKind, step: Consultation) -> str:
    if kind is TaskKind.READ:
        return "workplaces.changes"
    hands_on = kind is TaskKind.SIGN_OFF and step.role != ConsultationRole.DECISION
    return "workplaces.sign_off" if hands_on else "consultations.show"


def _of_step(one: Due, step: Consultation, names: Mapping[UUID, str]) -> str:
    if one.sender is not None:
        return _("Lesen, was sich geändert hat. Weitergeleitet hat: %(board)s.", board=_board(one.sender, names))
    board, at = _board(step, names), _when(one)
    if one.kind is TaskKind.SITTING:
        return _("Die Sitzung läuft: %(board)s.", board=board)
    if one.kind is TaskKind.SIGN_OFF and step.role == ConsultationRole.DECISION:
        return _("Ergebnis eintragen: %(board)s, %(at)s.", board=board, at=at)
    if one.kind is TaskKind.SIGN_OFF:
        return _("Ergebnis festhalten und weiterleiten: %(board)s, %(at)s.", board=board, at=at)
    if one.kind is TaskKind.PREPARE:
        return _("Sitzung vorbereiten und leiten: %(board)s, %(at)s.", board=board, at=at)
    return _("Vor der Sitzung lesen: %(board)s, %(at)s.", board=board, at=at)


def _of_measures(one: Due) -> str:
    words = ngettext("Über eine Maßnahme berichten.", "Über %(num)s Maßnahmen berichten.", one.number)
    at = _when(one)
    return " ".join(part for part in (words, _("Nächster Bericht: %(at)s.", at=at) if at else "") if part)


def _board(step: Consultation, names: Mapping[UUID, str]) -> str:
    board = names[step.committee_ids[0]]
    return _("gemeinsame Sitzung (%(committee)s)", committee=board) if len(step.committee_ids) > 1 else board


def _of_proposals(one: Due) -> str:
    if one.kind is TaskKind.FILE:
        at = _when(one)
        return _("Änderungen vorschlagen, bis %(at)s.", at=at) if at else _("Änderungen vorschlagen.")
    if one.kind is TaskKind.DECIDE:
        return ngettext(
            "Ein Vorschlag wartet auf Entscheidung.", "%(num)s Vorschläge warten auf Entscheidung.", one.number
        )
    return ngettext(
        "Eine angenommene Änderung steht noch in keiner Fassung.",
        "%(num)s angenommene Änderungen stehen noch in keiner Fassung.",
        one.number,
    )


def _when(one: Due) -> str:
    if isinstance(one.until, datetime):
        return moment(one.until)
    begins = one.step.begins if one.step else ""
    shown = day(one.until)
    return f"{shown}, {begins}" if shown and begins else shown
