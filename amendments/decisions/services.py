"""Deciding at the desk. Every verb states what its page showed (`expected`); whoever was slower gets both states."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from amendments import text as engine
from amendments.audit.services import record
from amendments.consultations.rules import Vote
from amendments.decisions.desk import Desk, open_desk, resting_on
from amendments.decisions.events import (
    CompromiseAgreed,
    DecisionMade,
    EditorialChangeMade,
    EditsReopened,
    ModificationAgreed,
    WordingPut,
)
from amendments.decisions.models import Decision
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import AT_THE_DESK, Body, Outcome, is_open, may_follow, misfit
from amendments.documents.queries import VersionPlace
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.proposals.following import changed
from amendments.proposals.models import EditReplacement, Proposal
from amendments.proposals.queries import LiveEdit, edits_of, replacements_of
from amendments.proposals.rules import Origin, label
from amendments.proposals.storing import Source, checked, new_proposal
from amendments.text import RelationKind
from amendments.web.actor import Actor

MOST_REASON: Final = 10_000

NOTHING_CHOSEN = N_("Bitte wählen Sie mindestens eine Änderung.")
BAD_OUTCOME = N_("Bitte wählen Sie angenommen, abgelehnt, verwiesen oder erledigt.")
TWICE = N_("Dieselbe Änderung ist zweimal ausgewählt.")
OVERTAKEN = N_(
    "Inzwischen hat jemand anderes über diese Änderung entschieden. Bitte vergleichen Sie beide Entscheidungen."
)
ALREADY = N_("Über diese Änderung ist schon entschieden. Bitte rufen Sie sie zuerst wieder auf.")
NOT_DECIDED = N_("Über diese Änderung ist noch nicht entschieden.")
RIVALS = N_(
    "%(one)s und %(other)s schließen einander aus. Bitte nehmen Sie nur eine an oder schreiben Sie einen Kompromiss."
)
ORDER_MISSING = N_(
    "%(one)s und %(other)s fügen an derselben Stelle etwas ein. "
    "Bitte legen Sie unter „Kollisionen“ ihre Reihenfolge fest."
)
RANK_AGREED = N_("Eine Reihenfolge gibt es nur für angenommene Änderungen.")
REFERRAL_REASON = N_("Bitte geben Sie an, wohin und warum verwiesen wird.")
REOPEN_REASON = N_("Bitte geben Sie an, warum die Änderung wieder aufgerufen wird.")
CHANGE_REASON = N_("Bitte begründen Sie die neue Fassung.")
REASON_TOO_LONG = N_("Die Begründung ist länger als 10.000 Zeichen. Bitte kürzen Sie sie.")
MODIFIED_BY_WHAT = N_("Bitte geben Sie den neuen Wortlaut an, in dem diese Änderung angenommen ist.")
SETTLED_BY_WHAT = N_("Bitte geben Sie an, durch welche angenommene Änderung diese erledigt ist.")
ONE_PARENT = N_("Diese Änderungen beziehen sich auf verschiedene Texte; dafür gibt es keinen gemeinsamen Wortlaut.")


@dataclass(frozen=True)
class Verdict:
    """What is said about one edit. `expected`: id of the standing decision the page showed, None for none.

    `rank`: the decided order among insertions at one place. `settled_by`: the agreed edit that makes it superfluous.
    `modified_by`: the agreed wording that was put in its place (`put_wording`).
    """

    edit_id: UUID
    outcome: Outcome
    expected: UUID | None = None
    rank: int | None = None
    settled_by: UUID | None = None
    modified_by: UUID | None = None


# --- verbs


def decide_edits(
    actor: Actor,
    *,
    version_id: UUID,
    verdicts: Sequence[Verdict],
    reason: str = "",
    vote: Vote | None = None,
    consultation_id: UUID | None = None,
) -> tuple[Decision, ...]:
    """One decision about one edit or many, all or nothing. Agreed edits settle what they contain."""
    vote = vote or Vote()
    desk = open_desk(actor, version_id, consultation_id)
    said = _reason(reason)
    if not verdicts:
        raise InvalidInput(NOTHING_CHOSEN, field="edits")
    if len({verdict.edit_id for verdict in verdicts}) < len(verdicts):
        raise InvalidInput(TWICE, field="edits")
    for verdict in verdicts:
        _check_verdict(desk, verdict, said, vote)
    agreed = {verdict.edit_id for verdict in verdicts if verdict.outcome is Outcome.AGREED}
    _check_settling(desk, verdicts, agreed)
    _check_modifying(verdicts, agreed)
    ranks = {verdict.edit_id: verdict.rank for verdict in verdicts}
    found = desk.relations(desk.agreed() | agreed)
    _refuse_rivals(desk, agreed, ranks, found)
    rows = [
        desk.write(
            verdict.edit_id,
            verdict.outcome,
            said,
            vote,
            rank=verdict.rank,
            settled_by=verdict.settled_by,
            modified_by=verdict.modified_by,
        )
        for verdict in verdicts
    ]
    rows += desk.settle(agreed, {verdict.edit_id for verdict in verdicts})
    event = DecisionMade(version_id, *_body(desk), vote.kind, _votes(vote), desk.lines(rows))
    record(actor.account_id, event, document_id=desk.place.document.id)
    _tell(desk)
    return tuple(rows)


def decide_modified(
    actor: Actor,
    *,
    version_id: UUID,
    edit_id: UUID,
    hunks: Sequence[engine.Hunk],
    reason: str,
    expected: UUID | None = None,
    vote: Vote | None = None,
    consultation_id: UUID | None = None,
) -> Proposal:
    """The edit is agreed in another wording: a proposal of the moderation takes its place."""
    vote = vote or Vote()
    desk = open_desk(actor, version_id, consultation_id)
    said = _reason(reason, CHANGE_REASON)
    verdict = Verdict(edit_id, Outcome.AGREED_MODIFIED, expected)
    _check_standing(desk, verdict)
    _check_vote(desk, vote, Outcome.AGREED_MODIFIED)
    outcomes = {edit_id: Outcome.AGREED_MODIFIED}
    proposal, edit, rows = _replace(desk, Origin.MODIFICATION, outcomes, hunks, reason=said, vote=vote)
    _record_replacement(desk, ModificationAgreed, proposal, edit, rows, vote)
    return proposal


def write_compromise(
    actor: Actor,
    *,
    version_id: UUID,
    replaces: Mapping[UUID, UUID | None],
    hunks: Sequence[engine.Hunk],
    reason: str,
    title: str = "",
    settled: Collection[UUID] = (),
    vote: Vote | None = None,
    consultation_id: UUID | None = None,
) -> Proposal:
    """A wording of the moderation in place of several: it is agreed.

    `replaces`: edit -> the standing decision the page showed. They count as agreed in modified form, those in
    `settled` as settled.
    """
    vote = vote or Vote()
    desk = open_desk(actor, version_id, consultation_id)
    said = _reason(reason, CHANGE_REASON)
    if not replaces:
        raise InvalidInput(NOTHING_CHOSEN, field="edits")
    outcomes = {edit_id: Outcome.SETTLED if edit_id in settled else Outcome.AGREED_MODIFIED for edit_id in replaces}
    for edit_id, outcome in outcomes.items():
        _check_standing(desk, Verdict(edit_id, outcome, replaces[edit_id]))
    _check_vote(desk, vote, Outcome.AGREED)
    proposal, edit, rows = _replace(desk, Origin.COMPROMISE, outcomes, hunks, title=title, reason=said, vote=vote)
    _record_replacement(desk, CompromiseAgreed, proposal, edit, rows, vote)
    return proposal


def put_wording(
    actor: Actor,
    *,
    version_id: UUID,
    replaces: Collection[UUID],
    hunks: Sequence[engine.Hunk],
    reason: str,
    title: str = "",
    consultation_id: UUID | None = None,
) -> Proposal:
    """A wording of the moderation in place of one edit or several, to be voted on: nothing is decided by it.

    When it is agreed, a verdict says of each edit it replaces that it is agreed in modified form, or settled.
    """
    desk = open_desk(actor, version_id, consultation_id)
    said = _reason(reason, CHANGE_REASON)
    if not replaces:
        raise InvalidInput(NOTHING_CHOSEN, field="edits")
    if len(set(replaces)) < len(replaces):
        raise InvalidInput(TWICE, field="edits")
    for edit_id in replaces:
        desk.edit(edit_id)
        if not is_open(desk.outcome(edit_id)):
            raise Conflict(ALREADY, details={"edit_id": edit_id})
    origin = Origin.COMPROMISE if len(replaces) > 1 else Origin.MODIFICATION
    proposal, edit = _new_wording(desk, origin, replaces, hunks, title=title, reason=said)
    wish = engine.hunks_hash(edit.hunks)
    event = WordingPut(version_id, *_body(desk), proposal.id, proposal.number or 0, wish, tuple(replaces))
    record(actor.account_id, event, document_id=desk.place.document.id)
    return proposal


def editorial_change(
    actor: Actor, *, version_id: UUID, edits: Sequence[Sequence[engine.Hunk]], title: str = "", reason: str = ""
) -> Proposal:
    """A change without change of meaning: marked as such, in the text at once, not voted on (NORMS §3)."""
    desk = open_desk(actor, version_id)
    wording = checked(desk.place.version, edits=edits, title=title, reason=reason)
    source = Source(Origin.EDITORIAL, desk.body.committee_id, editorial=True)
    proposal = new_proposal(desk.place, wording, source, author_id=desk.account_id)
    mine = edits_of(proposal.id)
    desk.add(mine)
    agreed = {edit.edit_id for edit in mine}
    found = desk.relations(desk.agreed() | agreed)
    _refuse_rivals(desk, agreed, {}, found)
    rows = [desk.write(edit.edit_id, Outcome.AGREED, wording.reason, Vote()) for edit in mine]
    rows += desk.settle(agreed, agreed)
    wishes = tuple(engine.hunks_hash(edit.hunks) for edit in mine)
    event = EditorialChangeMade(version_id, *_body(desk), proposal.id, proposal.number or 0, wishes, desk.lines(rows))
    record(actor.account_id, event, document_id=desk.place.document.id)
    _tell(desk)
    return proposal


def reopen(
    actor: Actor,
    *,
    version_id: UUID,
    edit_id: UUID,
    reason: str,
    expected: UUID | None,
    consultation_id: UUID | None = None,
) -> tuple[Decision, ...]:
    """Call a decided edit again. What its decision had settled or replaced is called again with it."""
    desk = open_desk(actor, version_id, consultation_id)
    said = _reason(reason, REOPEN_REASON)
    desk.edit(edit_id)
    check_expected(desk.standing, Verdict(edit_id, Outcome.REOPENED, expected))
    if not may_follow(desk.outcome(edit_id), Outcome.REOPENED):
        raise Conflict(NOT_DECIDED, details={"edit_id": edit_id})
    modified_by = desk.standing[edit_id].modified_by_edit_id
    first = [edit_id] if modified_by is None else [edit_id, modified_by]
    rows = _reopened(desk, [*first, *resting_on(first, desk.body.committee_id)], said)
    _tell(desk)
    return rows


def call_again(place: VersionPlace, edit_ids: Sequence[UUID], actor: Actor, reason: str) -> tuple[Decision, ...]:
    """What the committee in charge decided is open again, with all that rests on it. Part of a verb that has looked at
    the rights.
    """
    called = [*edit_ids, *resting_on(edit_ids)]
    body = Body(place.document.lead_committee_id)
    desk = Desk(place, {}, standing_on(called, body.committee_id), actor, body)
    return _reopened(desk, called, reason)


def _reopened(desk: Desk, called: Sequence[UUID], reason: str) -> tuple[Decision, ...]:
    rows = [desk.write(edit_id, Outcome.REOPENED, reason, Vote()) for edit_id in called]
    event = EditsReopened(desk.place.version.id, *_body(desk), desk.lines(rows))
    record(desk.account_id, event, document_id=desk.place.document.id)
    return tuple(rows)


# --- checks


def _reason(raw: str, missing: str | None = None) -> str:
    said = engine.normalise(raw).strip()
    if missing is not None and not said:
        raise InvalidInput(missing, field="reason")
    if len(said) > MOST_REASON:
        raise InvalidInput(REASON_TOO_LONG, field="reason")
    return said


def _check_vote(desk: Desk, vote: Vote, outcome: Outcome) -> None:
    """At the desk the simple majority decides; in a sitting its chair has judged the vote by the committee's rules."""
    wrong = misfit(vote, outcome) if desk.body.consultation_id is None else None
    if wrong is not None:
        raise InvalidInput(wrong, field="vote")


def _check_verdict(desk: Desk, verdict: Verdict, reason: str, vote: Vote) -> None:
    if verdict.outcome not in AT_THE_DESK and verdict.modified_by is None:
        raise InvalidInput(BAD_OUTCOME, field="outcome")
    _check_standing(desk, verdict)
    _check_vote(desk, vote, verdict.outcome)
    if verdict.outcome is Outcome.REFERRED and not reason:
        raise InvalidInput(REFERRAL_REASON, field="reason")
    if verdict.rank is not None and verdict.outcome is not Outcome.AGREED:
        raise InvalidInput(RANK_AGREED, field="rank")


def _check_standing(desk: Desk, verdict: Verdict) -> None:
    desk.edit(verdict.edit_id)
    check_expected(desk.standing, verdict)
    standing = desk.outcome(verdict.edit_id)
    ranked_anew = verdict.rank is not None and standing is verdict.outcome is Outcome.AGREED
    if not ranked_anew and not may_follow(standing, verdict.outcome):
        raise Conflict(ALREADY, details=_both_states(desk.standing, verdict))


def check_expected(decisions: Mapping[UUID, Decision], verdict: Verdict) -> None:
    """What stands is what whoever sends this has seen; Conflict with both states else."""
    standing = decisions.get(verdict.edit_id)
    if (standing.id if standing is not None else None) != verdict.expected:
        raise Conflict(OVERTAKEN, details=_both_states(decisions, verdict))


def _both_states(decisions: Mapping[UUID, Decision], verdict: Verdict) -> dict[str, object]:
    """What stands now and what was sent, for the page that shows both."""
    standing = decisions.get(verdict.edit_id)
    stands = None
    if standing is not None:
        stands = {
            "decision_id": standing.id,
            "outcome": standing.outcome,
            "reason": standing.reason,
            "decided_by": standing.decided_by,
            "decided_at": standing.decided_at,
        }
    sent = {"outcome": verdict.outcome.value, "expected": verdict.expected, "rank": verdict.rank}
    return {"edit_id": verdict.edit_id, "standing": stands, "sent": sent}


def _check_settling(desk: Desk, verdicts: Sequence[Verdict], agreed: set[UUID]) -> None:
    for verdict in verdicts:
        if (verdict.outcome is Outcome.SETTLED) != (verdict.settled_by is not None):
            raise InvalidInput(SETTLED_BY_WHAT, field="settled_by")
        if verdict.settled_by is not None and verdict.settled_by not in agreed | desk.agreed():
            raise InvalidInput(SETTLED_BY_WHAT, field="settled_by")


def _check_modifying(verdicts: Sequence[Verdict], agreed: set[UUID]) -> None:
    """Only a wording that was put in the place of an edit, and is agreed now, can modify it."""
    replaced = replacements_of(agreed)
    for verdict in verdicts:
        by = verdict.modified_by
        if (verdict.outcome is Outcome.AGREED_MODIFIED) != (by is not None):
            raise InvalidInput(MODIFIED_BY_WHAT, field="modified_by")
        if by is not None and verdict.edit_id not in replaced.get(by, ()):
            raise InvalidInput(MODIFIED_BY_WHAT, field="modified_by")


def _refuse_rivals(
    desk: Desk, agreed: set[UUID], ranks: Mapping[UUID, int | None], found: Sequence[engine.Relation]
) -> None:
    """Two rivals cannot both be agreed; insertions at one place need an order."""

    def rank(edit_id: UUID) -> int | None:
        standing = desk.standing.get(edit_id)
        return ranks.get(edit_id) if edit_id in agreed else standing.rank if standing is not None else None

    for relation in found:
        a, b, kind = UUID(relation.a), UUID(relation.b), relation.kind
        if not {a, b} & agreed:
            continue
        first, second = sorted((desk.live[a].number or 0, desk.live[b].number or 0))
        names = {"one": label(first), "other": label(second)}
        details = {"edits": (a, b), "numbers": (first, second)}
        if kind is RelationKind.HARD:
            raise Conflict(Sentence(RIVALS, names), details=details)
        if kind is RelationKind.ORDER and (rank(a) is None or rank(b) is None or rank(a) == rank(b)):
            raise Conflict(Sentence(ORDER_MISSING, names), details=details)


# --- writing


def _replace(
    desk: Desk,
    origin: Origin,
    outcomes: Mapping[UUID, Outcome],
    hunks: Sequence[engine.Hunk],
    *,
    title: str = "",
    reason: str,
    vote: Vote,
) -> tuple[Proposal, LiveEdit, list[Decision]]:
    """A proposal of the moderation with one edit that is agreed in place of others."""
    proposal, edit = _new_wording(desk, origin, outcomes, hunks, title=title, reason=reason)
    agreed = {edit.edit_id}
    found = desk.relations(desk.agreed() | agreed)
    _refuse_rivals(desk, agreed, {}, found)
    rows = [desk.write(edit.edit_id, Outcome.AGREED, reason, vote)]
    for replaced_id, outcome in outcomes.items():
        settled_by, modified_by = (edit.edit_id, None) if outcome is Outcome.SETTLED else (None, edit.edit_id)
        row = desk.write(replaced_id, outcome, reason, vote, settled_by=settled_by, modified_by=modified_by)
        rows.append(row)
    rows += desk.settle(agreed, set(outcomes))
    return proposal, edit, rows


def _new_wording(
    desk: Desk,
    origin: Origin,
    replaces: Collection[UUID],
    hunks: Sequence[engine.Hunk],
    *,
    title: str,
    reason: str,
) -> tuple[Proposal, LiveEdit]:
    """A proposal of the moderation that names the edits in whose place it stands."""
    parents = {desk.edit(edit_id).parent_id for edit_id in replaces}
    if len(parents) > 1:
        raise InvalidInput(ONE_PARENT, field="edits")
    parent_id = parents.pop()
    wording = checked(desk.place.version, edits=[tuple(hunks)], title=title, reason=reason, parent_id=parent_id)
    source = Source(origin, desk.body.committee_id, parent_id)
    proposal = new_proposal(desk.place, wording, source, author_id=desk.account_id)
    (edit,) = edits_of(proposal.id)
    desk.add([edit])
    db.session.add_all(EditReplacement(edit_id=edit.edit_id, replaced_edit_id=replaced_id) for replaced_id in replaces)
    db.session.flush()
    return proposal, edit


def _record_replacement(
    desk: Desk,
    event: type[ModificationAgreed | CompromiseAgreed],
    proposal: Proposal,
    edit: LiveEdit,
    rows: Sequence[Decision],
    vote: Vote,
) -> None:
    """What `_replace` did, in the record."""
    made = event(
        desk.place.version.id,
        *_body(desk),
        proposal.id,
        proposal.number or 0,
        engine.hunks_hash(edit.hunks),
        vote.kind,
        _votes(vote),
        desk.lines(rows),
    )
    record(desk.account_id, made, document_id=desk.place.document.id)
    _tell(desk)


def _tell(desk: Desk) -> None:
    """Sittings follow what is decided at the desk; what a sitting decides it follows by itself."""
    if desk.body.consultation_id is None:
        changed(desk.place.document.id)


def _votes(vote: Vote) -> tuple[int | None, int | None, int | None]:
    return vote.yes, vote.no, vote.abstained


def _body(desk: Desk) -> tuple[UUID, UUID | None]:
    return desk.body.committee_id, desk.body.consultation_id
