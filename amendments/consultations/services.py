"""Planning the steps of a document's way and noting what came of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import func, select

from amendments import text as engine
from amendments.audit.services import record
from amendments.committees.queries import committees_by_id, rules_by_id
from amendments.committees.rules import account_id_of
from amendments.consultations.events import (
    ConsultationChanged,
    ConsultationDropped,
    ConsultationPlanned,
    DocumentClosed,
    DocumentReopened,
    ResultNoted,
)
from amendments.consultations.models import Consultation, ConsultationCommittee, RecommendedVersion, ResultTakenBack
from amendments.consultations.queries import ConsultationPlace, consultation_for, taken_back
from amendments.consultations.rules import (
    CONSULTATION_PLAN,
    CONSULTATION_RESULT,
    Body,
    Gathering,
    Result,
    Vote,
    VoteKind,
    closes,
    printed_by_default,
    step_misfit,
)
from amendments.documents.models import Document, Version
from amendments.documents.queries import current_versions, document_for, lock_document, texts_for
from amendments.documents.rules import TextRole
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.vorlage import Role as ConsultationRole
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.text.door import one_line
from amendments.web import access, clock
from amendments.web.actor import Actor

MOST_STEPS: Final = 50
MOST_LETTERS: Final = 200
MOST_REMARK: Final = 2_000
CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

NOBODY_SITS = N_("Bitte wählen Sie das Gremium, das berät.")
NO_COMMITTEE = N_("Eines der gewählten Gremien gibt es nicht.")
BAD_ROLE = N_("Bitte wählen Sie Anhörung, Kenntnisnahme, Vorberatung oder Entscheidung.")
BAD_TIME = N_("Bitte geben Sie die Uhrzeit als Stunden und Minuten an, etwa 18:30.")
TOO_MANY = N_("Eine Vorlage hat höchstens 50 Beratungen.")
PLACE_TOO_LONG = N_("Der Ort ist länger als 200 Zeichen. Bitte kürzen Sie ihn.")
REMARK_TOO_LONG = N_("Die Bemerkung ist länger als 2.000 Zeichen. Bitte kürzen Sie sie.")
FILING_WRONG = N_("Die Frist für Vorschläge endet, bevor sie beginnt.")
HAS_RESULT = N_("Diese Beratung hat oder hatte schon ein Ergebnis; sie bleibt in der Beratungsfolge.")
BAD_RESULT = N_("Bitte wählen Sie ein Ergebnis.")
TOO_EARLY = N_("Diese Beratung ist erst am %(day)s; vorher kann sie kein Ergebnis haben.")
VOTE_WITHOUT_RESULT = N_("Stimmen gibt es nur zu einem Ergebnis.")
OTHER_TEXT = N_("Diese Fassung gehört nicht zu dieser Vorlage.")
VERSION_MISSING = N_("Bitte geben Sie an, welche Fassung beschlossen wurde.")
NO_VERSION_NAMED = N_("Damit wäre die Vorlage beschlossen, und welche Fassung, steht nicht dabei.")
HAS_DECIDED = N_(
    "Mit dieser Beratung ist die Vorlage beschlossen. Nehmen Sie das Ergebnis zuerst mit einem Grund zurück."
)
DECIDED_ELSEWHERE = N_("Die Vorlage ist schon in einer anderen Beratung beschlossen.")
NOT_DECIDED = N_("Mit dieser Beratung ist die Vorlage nicht beschlossen; es gibt nichts zurückzunehmen.")
TAKE_BACK_REASON = N_("Bitte geben Sie an, warum das Ergebnis zurückgenommen wird.")
CHANGED_MEANWHILE = N_("Inzwischen hat jemand anderes diese Beratung geändert. Bitte sehen Sie nach, was jetzt gilt.")


InUse = Callable[[UUID], str | None]
"""Why a step cannot be taken out of the Beratungsfolge, or None."""
_uses: list[InUse] = []


def register_use(lookup: InUse) -> None:
    """Called once at start-up by every room in which something can rest on a step."""
    if lookup not in _uses:
        _uses.append(lookup)


Gathered = Callable[[ConsultationPlace], Gathering | None]
"""Who was there when the step was held, or None where no sitting was held."""
_gathered: list[Gathered] = []


def register_gathered(lookup: Gathered) -> None:
    """Called once at start-up by the room that keeps who was there."""
    if lookup not in _gathered:
        _gathered.append(lookup)


HandedOn = Callable[[UUID], Mapping[UUID, UUID]]
"""Text -> the version that was handed on to a step."""
_handed_on: list[HandedOn] = []


def register_handed_on(lookup: HandedOn) -> None:
    """Called once at start-up by the room that hands documents on."""
    if lookup not in _handed_on:
        _handed_on.append(lookup)


@dataclass(frozen=True)
class Plan:
    """What is planned for a step. `printed` None: as the kinds of committees suggest."""

    committee_ids: Sequence[UUID]
    role: str
    day: date | None = None
    begins: str = ""
    place: str = ""
    public: bool = True
    printed: bool | None = None
    announced: bool = False
    asks: bool = False
    filing_opens: datetime | None = None
    filing_closes: datetime | None = None


@dataclass(frozen=True)
class Told:
    """What somebody else's paper says came of a step that is to be planned."""

    plan: Plan
    result: Result | None
    vote: Vote


def unfit(told: Sequence[Told]) -> tuple[object | None, ...]:
    """Of each: why `note_result` would refuse it once the step is planned, or None. Two statements for all."""
    bodies = _bodies([one.plan.committee_ids for one in told])
    return tuple(_unfit(one, body) for one, body in zip(told, bodies, strict=True))


def _unfit(told: Told, body: Body) -> object | None:
    try:
        _check_vote(told.plan.day, body, told.result, told.vote)
    except InvalidInput as refused:
        return refused.message
    return NO_VERSION_NAMED if closes(told.plan.role, told.result) else None


def plan_consultation(actor: Actor, *, document_id: UUID, plan: Plan, remark: str = "") -> Consultation:
    """One more step of the document, behind those of the same day. `remark`: what is known of its result in words."""
    lock_document(document_id)
    document = document_for(actor, document_id)
    access.require(actor, CONSULTATION_PLAN, document)
    last = db.session.scalar(select(func.max(Consultation.rank)).where(Consultation.document_id == document_id))
    rank = 0 if last is None else last + 1
    if rank >= MOST_STEPS:
        raise InvalidInput(TOO_MANY)
    row = Consultation(
        id=uuid4(),
        document_id=document_id,
        rank=rank,
        result=None,
        vote_kind=VoteKind.NONE.value,
        remark=_remark(remark),
    )
    _enter(row, plan)
    db.session.add(row)
    db.session.flush()
    event = ConsultationPlanned(row.id, tuple(plan.committee_ids), row.day, row.role)
    record(actor.account_id, event, document_id=document_id)
    return row


def change_consultation(actor: Actor, *, consultation_id: UUID, row_version: int, plan: Plan) -> Consultation:
    """Who sits when and where. `row_version`: that of the page; Conflict when somebody was quicker."""
    place = _locked(actor, consultation_id, row_version)
    access.require(actor, CONSULTATION_PLAN, place.document)
    row = place.consultation
    if row.closes and plan.role != row.role:
        raise Conflict(HAS_DECIDED)
    row.seats.clear()
    db.session.flush()
    _enter(row, plan)
    db.session.flush()
    event = ConsultationChanged(row.id, tuple(plan.committee_ids), row.day, row.role)
    record(actor.account_id, event, document_id=place.document.id)
    return row


def drop_consultation(actor: Actor, *, consultation_id: UUID, row_version: int) -> None:
    """Take a step out that was planned by mistake."""
    place = _locked(actor, consultation_id, row_version)
    access.require(actor, CONSULTATION_PLAN, place.document)
    row = place.consultation
    if row.result is not None or taken_back(row.id):
        raise Conflict(HAS_RESULT)
    for lookup in _uses:
        why = lookup(row.id)
        if why is not None:
            raise Conflict(why)
    event = ConsultationDropped(row.id, row.committee_ids, row.day)
    row.seats.clear()
    db.session.flush()
    db.session.delete(row)
    db.session.flush()
    record(actor.account_id, event, document_id=place.document.id)


def note_result(
    actor: Actor,
    *,
    consultation_id: UUID,
    row_version: int,
    result: str | None,
    vote: Vote | None = None,
    chair_said_yes: bool = False,
    remark: str = "",
    announced: bool = False,
    versions: Mapping[UUID, UUID] | None = None,
) -> Consultation:
    """What the step came to. `versions`: text -> the version it recommends, or has decided. Without a result: there
    is none (yet). When a deciding step has adopted the document, that closes it. `chair_said_yes`: how the chair voted,
    where the committee has that decide between equal numbers.
    """
    place = _locked(actor, consultation_id, row_version)
    access.require(actor, CONSULTATION_RESULT, place.step)
    vote = vote or Vote()
    outcome = _result(result, vote)
    row = place.consultation
    _check_vote(row.day, _body(place), outcome, vote, chair_said_yes=chair_said_yes)
    closing = closes(row.role, outcome)
    if row.closes:
        raise Conflict(HAS_DECIDED)
    chosen = _chosen(actor, place, versions or {}, closing=closing)
    if closing:
        _check_closing(place.document, chosen)
    row.result = outcome.value if outcome is not None else None
    row.vote = vote
    row.remark = _remark(remark)
    row.announced = announced
    _check_versions(place, chosen.values())
    row.recommended.clear()
    db.session.flush()
    row.recommended.extend(RecommendedVersion(text_id=text, version_id=version) for text, version in chosen.items())
    db.session.flush()
    votes = (vote.yes, vote.no, vote.abstained)
    if closing:
        place.document.closed_at = clock.now()
    noted = DocumentClosed if closing else ResultNoted
    event = noted(row.id, row.result, row.vote_kind, votes, tuple(sorted(chosen.items())), vote.present)
    db.session.flush()
    record(actor.account_id, event, document_id=place.document.id)
    return row


def take_back_result(actor: Actor, *, consultation_id: UUID, row_version: int, reason: str) -> ResultTakenBack:
    """The decision was noted wrongly, or does not hold: the document is open again. The result is kept beside."""
    place = _locked(actor, consultation_id, row_version)
    access.require(actor, CONSULTATION_RESULT, place.step)
    row, said = place.consultation, _remark(reason)
    if not row.closes or row.result is None:
        raise Conflict(NOT_DECIDED)
    if not said:
        raise InvalidInput(TAKE_BACK_REASON, field="reason")
    kept = ResultTakenBack(
        id=uuid4(),
        consultation_id=row.id,
        result=row.result,
        vote_kind=row.vote_kind,
        yes=row.yes,
        no=row.no,
        abstained=row.abstained,
        present=row.present,
        reason=said,
        taken_back_by=account_id_of(actor),
        taken_back_at=clock.now(),
    )
    db.session.add(kept)
    row.result, row.vote = None, Vote()
    row.recommended.clear()
    place.document.closed_at = None
    db.session.flush()
    record(actor.account_id, DocumentReopened(row.id, kept.id), document_id=place.document.id)
    return kept


def _chosen(
    actor: Actor, place: ConsultationPlace, versions: Mapping[UUID, UUID], *, closing: bool
) -> dict[UUID, UUID]:
    """What is said of each text. Of those this person does not see stays what was said; a decision takes them in the
    version the step was asked about, so that nobody has to know of them who only notes it.
    """
    seen = {text.id for text in texts_for(actor, place.document)}
    hidden = {text.id for text in place.document.texts} - seen
    stands = {item.text_id: item.version_id for item in place.consultation.recommended}
    if closing and hidden:
        newest = {text_id: version.id for text_id, version in current_versions(hidden).items()}
        stands = newest | _asked_about(place) | stands
    said = {text_id: version_id for text_id, version_id in versions.items() if text_id not in hidden}
    return said | {text_id: stands[text_id] for text_id in hidden & stands.keys()}


def _asked_about(place: ConsultationPlace) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for lookup in _handed_on:
        found |= lookup(place.consultation.id)
    return found


def _check_closing(document: Document, chosen: Mapping[UUID, UUID]) -> None:
    """Nothing else has decided it, and it is said which version of what was consulted about is decided."""
    if document.closed_at is not None:
        raise Conflict(DECIDED_ELSEWHERE)
    annexes = [text.id for text in document.texts if text.role == TextRole.ANNEX]
    for text_id in annexes or [text.id for text in document.texts]:
        if text_id not in chosen:
            raise InvalidInput(VERSION_MISSING, field=f"version_{text_id}")


def _locked(actor: Actor, consultation_id: UUID, row_version: int) -> ConsultationPlace:
    place = consultation_for(actor, consultation_id)
    lock_document(place.document.id)
    db.session.refresh(place.consultation, ["row_version"])
    db.session.refresh(place.document, ["closed_at"])
    if place.consultation.row_version != row_version:
        raise Conflict(CHANGED_MEANWHILE)
    return place


def _enter(row: Consultation, plan: Plan) -> None:
    """The plan's values, checked; the session is still clean when one of them is refused."""
    committee_ids = list(dict.fromkeys(plan.committee_ids))
    if not committee_ids:
        raise InvalidInput(NOBODY_SITS, field="committee_ids")
    committees = committees_by_id(committee_ids)
    if committees.keys() != set(committee_ids):
        raise InvalidInput(NO_COMMITTEE, field="committee_ids")
    if plan.role not in list(ConsultationRole):
        raise InvalidInput(BAD_ROLE, field="role")
    begins, place = plan.begins.strip(), one_line(plan.place)
    if begins and not CLOCK.fullmatch(begins):
        raise InvalidInput(BAD_TIME, field="begins")
    if len(place) > MOST_LETTERS:
        raise InvalidInput(PLACE_TOO_LONG, field="place")
    if plan.filing_opens and plan.filing_closes and plan.filing_opens >= plan.filing_closes:
        raise InvalidInput(FILING_WRONG, field="filing_closes")
    kinds = [committee.kind for committee in committees.values()]
    row.role, row.day, row.begins, row.place = plan.role, plan.day, begins, place
    row.public, row.announced = plan.public, plan.announced
    row.printed = printed_by_default(kinds) if plan.printed is None else plan.printed
    row.asks = plan.asks
    row.filing_opens, row.filing_closes = (plan.filing_opens, plan.filing_closes) if plan.asks else (None, None)
    row.seats.extend(
        ConsultationCommittee(committee_id=committee_id, rank=rank) for rank, committee_id in enumerate(committee_ids)
    )


def _result(raw: str | None, vote: Vote) -> Result | None:
    if not raw:
        if vote.kind is not VoteKind.NONE:
            raise InvalidInput(VOTE_WITHOUT_RESULT, field="vote")
        return None
    if raw not in list(Result):
        raise InvalidInput(BAD_RESULT, field="result")
    return Result(raw)


def _check_vote(
    day: date | None, body: Body, outcome: Result | None, vote: Vote, *, chair_said_yes: bool = False
) -> None:
    """The day has come, and the committee can have voted like that."""
    if outcome is None:
        return
    if day is not None and day > clock.today():
        raise InvalidInput(Sentence(TOO_EARLY, {"day": f"{day:%d.%m.%Y}"}), field="result")
    adopted = {Result.ADOPTED: True, Result.REJECTED: False}.get(outcome)
    misfit = step_misfit(vote, body, adopted=adopted, chair_said_yes=chair_said_yes)
    if misfit is not None:
        raise InvalidInput(misfit, field="vote")


def _body(place: ConsultationPlace) -> Body:
    gathering = next((found for lookup in _gathered if (found := lookup(place)) is not None), None)
    return replace(_bodies([place.consultation.committee_ids])[0], gathering=gathering)


def _bodies(steps: Sequence[Sequence[UUID]]) -> list[Body]:
    """Who votes in each, by the committees that sit there, the one in charge first."""
    committees = committees_by_id(committee_id for ids in steps for committee_id in ids)
    rules = rules_by_id(committees.values())
    bodies = []
    for ids in steps:
        numbers = [committees[committee_id].legal_number for committee_id in ids]
        known = [number for number in numbers if number is not None]
        bodies.append(Body(rules[ids[0]], numbers[0], sum(known) if len(known) == len(numbers) else None))
    return bodies


def _remark(raw: str) -> str:
    remark = engine.normalise(raw).strip()
    if len(remark) > MOST_REMARK:
        raise InvalidInput(REMARK_TOO_LONG, field="remark")
    return remark


def _check_versions(place: ConsultationPlace, version_ids: Collection[UUID]) -> None:
    texts = {row.id for row in place.document.texts}
    for version_id in version_ids:
        version = db.session.get(Version, version_id)
        if version is None or version.text_id not in texts:
            raise InvalidInput(OTHER_TEXT, field="versions")
