"""The verbs of a proposal: file, draft, withdraw, take a position, comment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm.attributes import flag_modified

from amendments import text as engine
from amendments.audit.services import record
from amendments.committees.queries import committee, rules_of
from amendments.committees.rules import account_id_of
from amendments.consultations.queries import slot_for
from amendments.consultations.rules import ALWAYS, Filing, Slot
from amendments.documents.queries import VersionPlace, lock_document, lock_open_document, version_for
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.proposals.apart import require_apart, require_free_speaker
from amendments.proposals.events import (
    CommentAdded,
    DraftDiscarded,
    DraftEdited,
    PositionTaken,
    ProposalDrafted,
    ProposalFiled,
    ProposalRestored,
    ProposalWithdrawn,
)
from amendments.proposals.following import changed
from amendments.proposals.models import Comment, Edit, Hunk, Position, Proposal, Resumption
from amendments.proposals.queries import (
    ProposalPlace,
    children_of,
    edits_of,
    fates_of,
    place_of_edit,
    proposal_for,
    resumed_by,
)
from amendments.proposals.rules import (
    PROPOSAL_COMMENT,
    PROPOSAL_DISCARD,
    PROPOSAL_EDIT_DRAFT,
    PROPOSAL_FILE,
    PROPOSAL_FILE_FOR,
    PROPOSAL_FILE_ORAL,
    PROPOSAL_POSITION,
    PROPOSAL_POSITION_FOR,
    PROPOSAL_RESUME,
    PROPOSAL_WITHDRAW,
    Event,
    Fate,
    Guard,
    OnBehalf,
    Origin,
    Stance,
    State,
    step,
)
from amendments.proposals.storing import (
    WRONG_STEP,
    Source,
    checked,
    lock_current,
    new_proposal,
    require_current,
    store_edits,
    submit,
    take_step,
)
from amendments.web import access, clock
from amendments.web.actor import Actor

MOST_COMMENT: Final = 5_000
"""What has not been filed has no id yet."""

BAD_ORIGIN = N_("Ein Vorschlag wird schriftlich oder mündlich gestellt.")
DECIDED = N_("Über diesen Vorschlag ist schon entschieden; er kann nicht mehr zurückgezogen werden.")
DRAFT_CHANGED = N_(
    "Dieser Entwurf wurde inzwischen in einem anderen Fenster geändert. Bitte vergleichen Sie beides. Wenn Sie noch "
    "einmal absenden, gilt, was Sie hier geschrieben haben."
)
PASSAGES_CHANGED = N_(
    "Dieser Entwurf wurde inzwischen in einem anderen Fenster geändert. Es wurde nichts entfernt: Bitte öffnen Sie den "
    "Entwurf neu und sehen Sie nach, was jetzt darin steht."
)
TOO_EARLY = N_(
    "Vorschläge können ab dem %(day)s Uhr eingereicht werden. Bis dahin können Sie einen Entwurf aufheben: "
    "Wählen Sie „Weitere Textstelle hinzufügen“, bei einer E-Mail „Als Entwurf aufheben“."
)
TOO_EARLY_FOR_OTHERS = N_(
    "Vorschläge dieses Gremiums können ab dem %(day)s Uhr eingereicht werden. Es wurde nichts eingereicht; bitte "
    "bringen Sie sie dann ein."
)
NOT_HANDED_BACK = N_(
    "Dieser Vorschlag wartet nicht darauf, neu eingereicht zu werden: Er ist nicht zurückgegeben, oder es ist schon "
    "geschehen."
)
BAD_STANCE = N_("Bitte wählen Sie Zustimmung, Einwand oder Enthaltung.")
REASON_REQUIRED = N_("Dieses Gremium verlangt zu jedem Vorschlag eine Begründung.")
OBJECTION_REASON = N_("Bitte begründen Sie den Einwand.")
REASON_TOO_LONG = N_("Die Begründung ist länger als 5.000 Zeichen. Bitte kürzen Sie sie.")
POSITION_TOO_LATE = N_("Über diese Änderung ist schon entschieden; Haltungen werden nicht mehr festgehalten.")
NOT_OPEN = N_("Dieser Vorschlag steht nicht mehr zur Beratung.")
COMMENT_EMPTY = N_("Bitte schreiben Sie etwas in den Kommentar.")
COMMENT_TOO_LONG = N_("Der Kommentar ist länger als 5.000 Zeichen. Bitte kürzen Sie ihn.")

DecidedLookup = Callable[[Sequence[UUID]], frozenset[UUID]]


def _not_registered(_edit_ids: Sequence[UUID]) -> frozenset[UUID]:
    raise RuntimeError("no room has said how to learn what has been decided")


_decided: DecidedLookup = _not_registered


def register_decided(lookup: DecidedLookup) -> None:
    """Called once at start-up by the room that keeps decisions: which of these edits have been decided?"""
    global _decided  # noqa: PLW0603 - one process has one source of decisions, set at start-up
    _decided = lookup


# --- filing


def file_proposal(
    actor: Actor,
    *,
    version_id: UUID,
    edits: Sequence[Sequence[engine.Hunk]],
    title: str = "",
    reason: str = "",
    committee_id: UUID | None = None,
    budget: bool = False,
    editorial: bool = False,
    parent_id: UUID | None = None,
    resumes_edit_id: UUID | None = None,
    origin: str = Origin.FILED,
    author_id: UUID | None = None,
    draft: bool = False,
) -> Proposal:
    """One or more edits on the current version, or (`parent_id`) on its wording after that proposal alone.

    `resumes_edit_id`: the edit this takes up again, which a version had handed back. `author_id`: who put orally what
    the actor writes down; it is theirs.

    Conflict when a newer version has been published or the parent has gone, InvalidInput when the parent itself speaks
    of another proposal's wording; nothing is stored then.
    """
    place = version_for(actor, version_id)
    _require_filing(actor, place, origin, committee_id)
    lock_current(place)
    slot = ALWAYS if draft else slot_of(actor, place.document.id, origin, committee_id)
    resumed = _resumed(actor, place.text.id, resumes_edit_id)
    wording = checked(place.version, edits=edits, title=title, reason=reason, parent_id=parent_id)
    require_apart(actor, place, wording.edits, parent_id)
    if not draft:
        _require_reason(place.document.lead_committee_id, origin, wording.reason)
    source = Source(Origin(origin), committee_id, parent_id, resumes_edit_id, budget, editorial, slot)
    author = account_id_of(actor)
    if origin == Origin.ORAL and author_id is not None:
        require_free_speaker(author_id, place, wording.edits, parent_id)
        author = author_id
    proposal = new_proposal(place, wording, source, author_id=author, draft=draft)
    wishes = tuple(engine.hunks_hash(edit) for edit in wording.edits)
    if draft:
        record(actor.account_id, ProposalDrafted(proposal.id, version_id, wishes), document_id=place.document.id)
    else:
        record(actor.account_id, filed_event(proposal, wishes, resumed), document_id=place.document.id)
    if not draft and origin != Origin.ORAL:  # what is put orally is put by the sitting itself
        changed(place.document.id)
    return proposal


def slot_of(actor: Actor, document_id: UUID, origin: str, committee_id: UUID | None) -> Slot:
    """Whether the time for proposals runs: that of the committee one files for, or of any on which one sits.

    What is put orally is put in a sitting: that is its time.
    """
    if origin == Origin.ORAL:
        return ALWAYS
    found = slot_for(document_id, actor.committees if committee_id is None else [committee_id])
    if found.filing is Filing.TOO_EARLY and found.window is not None and found.window.opens is not None:
        words = TOO_EARLY_FOR_OTHERS if origin == Origin.RETURNED else TOO_EARLY
        raise Conflict(Sentence(words, {"day": f"{found.window.opens.astimezone(clock.TOWN):%d.%m.%Y, %H:%M}"}))
    return found


def _resumed(actor: Actor, text_id: UUID, edit_id: UUID | None) -> tuple[UUID, UUID] | None:
    """(proposal, edit) that is filed anew, for whoever may do so; Conflict when it is not waiting for that."""
    if edit_id is None:
        return None
    older = place_of_edit(actor, edit_id)
    access.require(actor, PROPOSAL_RESUME, older)
    if older.text.id != text_id or fates_of([edit_id]).get(edit_id) is not Fate.HANDED_BACK:
        raise Conflict(NOT_HANDED_BACK, details={"edit_id": edit_id})
    return older.proposal.id, edit_id


def filed_event(proposal: Proposal, wishes: tuple[str, ...], resumed: tuple[UUID, UUID] | None) -> ProposalFiled:
    return ProposalFiled(
        proposal.id,
        proposal.number or 0,
        proposal.version_id,
        proposal.kind,
        proposal.origin,
        proposal.committee_id,
        proposal.parent_id,
        wishes,
        resumed,
    )


def _require_reason(lead_committee_id: UUID, origin: str, reason: str) -> None:
    """The committee in charge may ask for reasons; what is put on record for others, or by the chair, needs none."""
    if origin == Origin.FILED and not reason.strip() and rules_of(committee(lead_committee_id)).reason_required:
        raise InvalidInput(REASON_REQUIRED, field="reason")


def _require_filing(
    actor: Actor,
    place: VersionPlace | ProposalPlace,
    origin: str,
    committee_id: UUID | None,
    touched: frozenset[UUID] = frozenset(),
) -> None:
    """`touched`: edits of others that are about the same words."""
    behalf = OnBehalf(place.document, committee_id, place.text, touched)
    if origin in (Origin.ORAL, Origin.RETURNED):
        access.require(actor, PROPOSAL_FILE_ORAL, behalf)
        return
    if origin != Origin.FILED:
        raise InvalidInput(BAD_ORIGIN, field="origin")
    if committee_id is None:
        access.require(actor, PROPOSAL_FILE, behalf)
    else:
        access.require(actor, PROPOSAL_FILE_FOR, behalf)


def edit_draft(
    actor: Actor,
    *,
    proposal_id: UUID,
    row_version: int,
    version_id: UUID,
    edits: Sequence[Sequence[engine.Hunk]],
    title: str = "",
    reason: str = "",
    committee_id: UUID | None = None,
    budget: bool = False,
    editorial: bool = False,
) -> Proposal:
    """Everything the draft says, anew; also on a newer version. Conflict when `row_version` is not the one that
    stands.
    """
    place = proposal_for(actor, proposal_id)
    access.require(actor, PROPOSAL_EDIT_DRAFT, place)
    _require_filing(actor, place, place.proposal.origin, committee_id)
    on = version_for(actor, version_id)
    lock_current(on)
    proposal = _fresh(place)
    if proposal.state != State.DRAFT or on.text.id != proposal.text_id:
        raise Conflict(WRONG_STEP, details={"state": proposal.state})
    if proposal.row_version != row_version:
        raise Conflict(DRAFT_CHANGED, details={"standing": proposal.row_version, "sent": row_version})
    wording = checked(on.version, edits=edits, title=title, reason=reason, parent_id=proposal.parent_id)
    require_apart(actor, on, wording.edits, proposal.parent_id)
    _forget_edits(proposal.id)
    proposal.version_id, proposal.title, proposal.reason = (on.version.id, wording.title, wording.reason)
    proposal.committee_id, proposal.budget = committee_id, budget
    proposal.kind = "editorial" if editorial else engine.german_kind([hunk for edit in wording.edits for hunk in edit])
    flag_modified(proposal, "title")  # counts up `row_version` also when only the wording has changed
    db.session.flush()
    store_edits(proposal, wording)
    wishes = tuple(engine.hunks_hash(edit) for edit in wording.edits)
    record(actor.account_id, DraftEdited(proposal.id, on.version.id, wishes), document_id=place.document.id)
    return proposal


def remove_passage(actor: Actor, *, proposal_id: UUID, edit_id: UUID, row_version: int) -> Proposal:
    """Take one passage out of a draft, also when its version has gone. Conflict when `row_version` is not the one that
    stands.
    """
    place = _own_draft(actor, proposal_id)
    proposal = place.proposal
    edits = {live.edit_id: live.hunks for live in edits_of(proposal.id)}
    if proposal.row_version != row_version or edits.pop(edit_id, None) is None:
        raise Conflict(PASSAGES_CHANGED, details={"standing": proposal.row_version, "sent": row_version})
    _forget_edits(proposal.id, edit_id)
    if edits:
        proposal.kind = engine.german_kind([hunk for hunks in edits.values() for hunk in hunks])
    flag_modified(proposal, "title")  # counts up `row_version`
    db.session.flush()
    wishes = tuple(engine.hunks_hash(hunks) for hunks in edits.values())
    record(actor.account_id, DraftEdited(proposal.id, proposal.version_id, wishes), document_id=place.document.id)
    return proposal


def _forget_edits(proposal_id: UUID, edit_id: UUID | None = None) -> None:
    """All or one of them. A draft has not been filed: nobody has seen its edits, so they may go."""
    here = (Edit.proposal_id == proposal_id) if edit_id is None else (Edit.id == edit_id)
    db.session.execute(delete(Hunk).where(Hunk.edit_id.in_(select(Edit.id).where(here))))
    db.session.execute(delete(Edit).where(here))


def submit_draft(actor: Actor, *, proposal_id: UUID) -> Proposal:
    """File it as it stands. Conflict when a newer version has been published; the draft stays."""
    place = proposal_for(actor, proposal_id)
    access.require(actor, PROPOSAL_EDIT_DRAFT, place)
    _require_filing(actor, place, place.proposal.origin, place.proposal.committee_id)
    lock_open_document(place.document.id)
    proposal = _fresh(place)
    if step(proposal.state, Event.SUBMIT) is None:
        raise Conflict(WRONG_STEP, details={"state": proposal.state, "event": Event.SUBMIT.value})
    require_current(place.version)
    edits = [live.hunks for live in edits_of(proposal.id)]
    checked(place.version, edits=edits, title=proposal.title, reason=proposal.reason, parent_id=proposal.parent_id)
    require_apart(actor, VersionPlace(place.document, place.text, place.version), edits, proposal.parent_id)
    _require_reason(place.document.lead_committee_id, proposal.origin, proposal.reason)
    slot = slot_of(actor, place.document.id, proposal.origin, proposal.committee_id)
    resumed = _resumed(actor, place.text.id, resumed_by(proposal.id))
    submit(proposal, slot)
    db.session.flush()
    wishes = tuple(engine.hunks_hash(hunks) for hunks in edits)
    record(actor.account_id, filed_event(proposal, wishes, resumed), document_id=place.document.id)
    changed(place.document.id)
    return proposal


def discard_draft(actor: Actor, *, proposal_id: UUID) -> None:
    """Nobody else has seen it: it goes with all that is in it, and only its author finds in the record that it was."""
    place = _own_draft(actor, proposal_id, PROPOSAL_DISCARD)
    proposal = place.proposal
    _forget_edits(proposal_id)
    for model in (Comment, Resumption):
        db.session.execute(delete(model).where(model.proposal_id == proposal_id))
    db.session.execute(delete(Proposal).where(Proposal.id == proposal_id))
    db.session.expunge(proposal)
    record(actor.account_id, DraftDiscarded(proposal_id), document_id=place.document.id)


def withdraw_proposal(actor: Actor, *, proposal_id: UUID) -> Proposal:
    """Take it back while nothing is decided; what spoke of its wording becomes void."""
    place = proposal_for(actor, proposal_id)
    access.require(actor, PROPOSAL_WITHDRAW, place)
    proposal = withdraw_stated(actor, proposal_id=proposal_id)
    changed(place.document.id)
    return proposal


def withdraw_stated(actor: Actor, *, proposal_id: UUID) -> Proposal:
    """It is withdrawn by whoever put it, and the actor puts that down. Part of a verb that has looked at the rights."""
    place = proposal_for(actor, proposal_id)
    lock_open_document(place.document.id)
    proposal = _fresh(place)
    found = step(proposal.state, Event.WITHDRAW)
    if found is None:
        sentence = WRONG_STEP if proposal.state == State.DRAFT else NOT_OPEN
        raise Conflict(sentence, details={"state": proposal.state, "event": Event.WITHDRAW.value})
    if found.guard is Guard.UNDECIDED and _decided([edit.edit_id for edit in edits_of(proposal.id)]):
        raise Conflict(DECIDED, details={"state": proposal.state})
    proposal.withdrawn_at = clock.now()
    take_step(proposal, Event.WITHDRAW)
    voided = void_children([proposal.id])
    db.session.flush()
    record(actor.account_id, ProposalWithdrawn(proposal.id, voided), document_id=place.document.id)
    return proposal


def restore_stated(actor: Actor, *, proposal_id: UUID) -> Proposal:
    """It was not withdrawn after all, and what fell with it stands again. Part of a verb that has looked at the rights,
    and seen that the version it speaks of is still the current one.
    """
    place = proposal_for(actor, proposal_id)
    lock_document(place.document.id)
    proposal = _fresh(place)
    take_step(proposal, Event.RESTORE)
    proposal.withdrawn_at = None
    fallen = children_of([proposal_id], State.VOID)
    for child in fallen:
        take_step(child, Event.RESTORE)
    db.session.flush()
    event = ProposalRestored(proposal_id, tuple(child.id for child in fallen))
    record(actor.account_id, event, document_id=place.document.id)
    return proposal


def void_children(proposal_ids: Sequence[UUID]) -> tuple[UUID, ...]:
    """These proposals have fallen: whatever speaks of their wording is void. Part of a verb, records nothing itself."""
    children = children_of(proposal_ids)
    for child in children:
        take_step(child, Event.VOID)
    db.session.flush()
    return tuple(child.id for child in children)


def _own_draft(actor: Actor, proposal_id: UUID, action: access.Action = PROPOSAL_EDIT_DRAFT) -> ProposalPlace:
    """The actor's draft as it stands, with the document's lock held; Conflict when it is none any more."""
    place = proposal_for(actor, proposal_id)
    access.require(actor, action, place)
    lock_document(place.document.id)
    proposal = _fresh(place)
    if proposal.state != State.DRAFT:
        raise Conflict(WRONG_STEP, details={"state": proposal.state})
    return place


def _fresh(place: ProposalPlace) -> Proposal:
    """The row as it stands now that the lock is held."""
    db.session.refresh(place.proposal)
    return place.proposal


# --- saying something about it


def take_position(
    actor: Actor, *, edit_id: UUID, stance: str, reason: str = "", committee_id: UUID | None = None
) -> Position:
    """One's own stance on an edit, or (`committee_id`) that of the committee one speaks for. It supersedes the older
    one.
    """
    place = place_of_edit(actor, edit_id)
    if committee_id is None:
        access.require(actor, PROPOSAL_POSITION, place)
    else:
        access.require(actor, PROPOSAL_POSITION_FOR, OnBehalf(place.document, committee_id, place.text))
    account_id = account_id_of(actor)
    if stance not in list(Stance):
        raise InvalidInput(BAD_STANCE, field="stance")
    said = _said(reason, MOST_COMMENT, REASON_TOO_LONG, "reason")
    if stance == Stance.OBJECTION and not said:
        raise InvalidInput(OBJECTION_REASON, field="reason")
    if place.proposal.state != State.OPEN or fates_of([edit_id]):
        raise Conflict(NOT_OPEN, details={"state": place.proposal.state})
    if _decided([edit_id]):
        raise Conflict(POSITION_TOO_LATE, details={"edit_id": edit_id})
    position = Position(
        id=uuid4(),
        edit_id=edit_id,
        account_id=account_id,
        committee_id=committee_id,
        stance=stance,
        reason=said,
        created_at=clock.now(),
    )
    _supersede(position)
    db.session.add(position)
    db.session.flush()
    event = PositionTaken(place.proposal.id, edit_id, committee_id, stance)
    record(actor.account_id, event, document_id=place.document.id)
    return position


def _supersede(position: Position) -> None:
    """A committee has one stance, whoever stated it; a person has one of their own."""
    mine = (
        (Position.committee_id.is_(None)) & (Position.account_id == position.account_id)
        if position.committee_id is None
        else Position.committee_id == position.committee_id
    )
    db.session.execute(
        update(Position)
        .where(Position.edit_id == position.edit_id, mine, Position.superseded_by.is_(None))
        .values(superseded_by=position.id)
    )


def add_comment(actor: Actor, *, proposal_id: UUID, text: str) -> Comment:
    place = proposal_for(actor, proposal_id)
    access.require(actor, PROPOSAL_COMMENT, place)
    account_id = account_id_of(actor)
    said = _said(text, MOST_COMMENT, COMMENT_TOO_LONG, "text")
    if not said:
        raise InvalidInput(COMMENT_EMPTY, field="text")
    comment = Comment(proposal_id=proposal_id, author_id=account_id, text=said, created_at=clock.now())
    db.session.add(comment)
    db.session.flush()
    record(actor.account_id, CommentAdded(proposal_id, comment.id), document_id=place.document.id)
    return comment


def _said(raw: str, most: int, sentence: str, field: str) -> str:
    said = engine.normalise(raw).strip()
    if len(said) > most:
        raise InvalidInput(sentence, field=field)
    return said
