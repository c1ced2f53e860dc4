"""The steering group's reading: what has changed against the draft, what is open, what costs money, and its vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import format_datetime
from flask_babel import gettext as _
from sqlalchemy import exists, select

from amendments.committees.models import Committee
from amendments.consensus.models import VersionStep
from amendments.consultations.models import Consultation, RecommendedVersion
from amendments.consultations.queries import ConsultationPlace, sequence_for
from amendments.consultations.rules import closes, given_by, result_parts
from amendments.decisions.models import Decision
from amendments.decisions.queries import stage_states
from amendments.decisions.rules import Outcome, StageState
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import current_versions, texts_for, versions_of
from amendments.documents.rules import DOCUMENT_WORK
from amendments.exchange.vorlage import Role as ConsultationRole
from amendments.extensions import db
from amendments.forwarding.queries import BudgetLine, budget_lines, later_steps, standing_from
from amendments.forwarding.rules import FORWARD, OPEN_STATES, goes_on
from amendments.people.queries import names
from amendments.proposals.models import Edit, Proposal
from amendments.proposals.queries import for_reader, with_authors
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.current import current_actor
from amendments.web.posting import say
from amendments.workplaces.comparing import Note, RedlinePage, redline_page
from amendments.workplaces.labels import kind_name
from amendments.workplaces.reader import Place


@dataclass(frozen=True)
class OpenProposal:
    """A proposal that travels along."""

    proposal: Proposal
    who: str
    state: StageState


@dataclass(frozen=True)
class SignOffPage:
    """What "Abschließend lesen" shows."""

    place: ConsultationPlace
    committee: Committee
    texts: tuple[RedlinePage, ...]
    """Those that have changed against the draft."""
    current: tuple[tuple[DocumentText, Version], ...]
    """The version of each text that is read: the newest, of a step that is over the one it recommended."""
    open: tuple[OpenProposal, ...]
    agreed_beside: tuple[Proposal, ...]
    """Agreed, and in no version yet."""
    budget: tuple[BudgetLine, ...]
    later: tuple[tuple[Consultation, str], ...]
    """Steps it can be handed on to, with the names of their committees."""
    result: str
    """What the step came to, in words; empty while there is none."""
    forwarded: bool
    may_forward: bool

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(note for text in self.texts for note in text.notes)

    @property
    def by_kind(self) -> tuple[tuple[str, int], ...]:
        return tuple(Counter(_kind(note) for note in self.notes).most_common())

    @property
    def by_committee(self) -> tuple[tuple[str, int], ...]:
        counted: Counter[str] = Counter()
        for text in self.texts:
            counted.update(dict(text.by_committee))
        return tuple(counted.most_common())

    @property
    def decides(self) -> bool:
        """The step decides the document: its result is noted, and then there is nobody to hand it on to."""
        return self.place.consultation.role == ConsultationRole.DECISION

    @property
    def stays(self) -> bool:
        """With this result the document stays with the committee."""
        outcome = self.place.consultation.outcome
        return outcome is not None and (not goes_on(outcome) or closes(self.place.consultation.role, outcome))


def sign_off_page(actor: Actor, place: ConsultationPlace, committees: Mapping[UUID, Committee]) -> SignOffPage:
    document, step = place.document, place.consultation
    texts = texts_for(actor, document)
    read = current_versions(text.id for text in texts) | _recommended(step, [text.id for text in texts])
    gives = given_by([committees[committee_id].kind for committee_id in step.committee_ids], step.role)
    return SignOffPage(
        place=place,
        committee=committees[step.committee_ids[0]],
        texts=tuple(
            _against_draft(actor, document, text, read[text.id]) for text in texts if (read[text.id].number or 1) > 1
        ),
        current=tuple((text, read[text.id]) for text in texts),
        open=_open(actor, document),
        agreed_beside=_agreed_beside(actor, document),
        budget=budget_lines(actor, document),
        later=later_steps(place),
        result=" ".join(say(part) for part in result_parts(step.outcome, step.vote, gives)),
        forwarded=standing_from(step.id) is not None,
        may_forward=bool(may(actor, FORWARD, place.step)),
    )


def _recommended(step: Consultation, text_ids: Sequence[UUID]) -> dict[UUID, Version]:
    """What a step that is over has recommended: that is what was read then, whatever came of it."""
    rows = db.session.execute(
        select(RecommendedVersion.text_id, Version)
        .join(Version, Version.id == RecommendedVersion.version_id)
        .where(RecommendedVersion.consultation_id == step.id, RecommendedVersion.text_id.in_(text_ids))
    )
    return {row.text_id: row.Version for row in rows}


def _against_draft(actor: Actor, document: Document, text: DocumentText, read: Version) -> RedlinePage:
    versions = versions_of(text.id)
    place = Place(document, text, read, versions[0], actor.excluded.ids)
    return redline_page(place, (versions[-1], read), sees_work=bool(may(actor, DOCUMENT_WORK, place)))


def _kind(note: Note) -> str:
    proposal = note.source.proposal
    return kind_name(proposal.kind, proposal.origin) if proposal is not None else _("Eingelesene Datei")


def _open(actor: Actor, document: Document) -> tuple[OpenProposal, ...]:
    ids = db.session.scalars(
        select(Proposal.id).where(*for_reader(actor, document), Proposal.number.is_not(None))
    ).all()
    states = {key: state for key, state in stage_states(ids).items() if state in OPEN_STATES}
    return tuple(
        OpenProposal(proposal, committee.name if committee else author_name, states[proposal.id])
        for proposal, author_name, committee in with_authors(states)
    )


def _agreed_beside(actor: Actor, document: Document) -> tuple[Proposal, ...]:
    """What the committee in charge has agreed and no version holds yet."""
    in_text = exists().where(VersionStep.edit_id == Edit.id)
    rows = db.session.scalars(
        select(Proposal)
        .join(Edit, Edit.proposal_id == Proposal.id)
        .join(Decision, Decision.edit_id == Edit.id)
        .where(
            *for_reader(actor, document),
            Decision.committee_id == document.lead_committee_id,
            Decision.outcome == Outcome.AGREED,
            Decision.superseded_by.is_(None),
            ~in_text,
        )
        .order_by(Proposal.number)
        .distinct()
    )
    return tuple(rows)


# --- for whoever was slower

State = tuple[str, tuple[str, ...]]


def both_states(details: Mapping[str, Any], document: Document) -> tuple[State, ...]:
    """What stands now and what was sent, to be shown side by side."""
    standing, sent = details.get("standing"), details.get("sent")
    if standing is None or sent is None:
        return ()
    return ((_("Jetzt gilt"), _lines(standing, document)), (_("Sie wollten"), _lines(sent, document)))


def _lines(said: Mapping[str, Any], document: Document) -> tuple[str, ...]:
    lines = []
    if "to_id" in said:
        steps = {entry.consultation.id: entry for entry in sequence_for(current_actor(), document)}
        step = steps.get(said["to_id"])
        lines.append(_("weiterleiten an: %(name)s", name=step.name if step else ""))
    if "by" in said:
        who = names([said["by"]]).get(said["by"], "")
        lines.append(", ".join(part for part in (who, format_datetime(said["at"])) if part))
    wanted = set(said["versions"].values())
    rows = db.session.scalars(select(Version).where(Version.id.in_(wanted)).order_by(Version.id))
    numbers = {row.text_id: row.number for row in rows}
    lines += [
        f"{text.title}: " + _("Fassung %(number)s", number=numbers[text.id])
        for text in texts_for(current_actor(), document)
        if text.id in numbers
    ]
    return tuple(lines)
