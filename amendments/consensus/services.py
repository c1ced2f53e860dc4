"""Publishing the next version, from what was agreed or from a file. No open edit is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID, uuid4

from amendments import text as engine
from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.consensus.board import Board, Composition, Layer, load_board
from amendments.consensus.carrying import Carriage, carry_all, import_step
from amendments.consensus.events import ConsensusKept, VersionImported, VersionPublished
from amendments.consensus.models import ConsensusVersion, VersionStep
from amendments.consensus.named import choices_of, kept_versions, same_kept
from amendments.consensus.provenance import import_name
from amendments.consensus.queries import Preview, preview_of
from amendments.consensus.rules import CONSENSUS_FREEZE, VERSION_PUBLISH, ConsensusKind, StepOrigin
from amendments.decisions.services import call_again
from amendments.documents.models import Version
from amendments.documents.queries import (
    TextPlace,
    VersionPlace,
    lock_document,
    lock_open_document,
    text_for,
    version_for,
)
from amendments.documents.rules import DOCUMENT_IMPORT_VERSION, VersionRole
from amendments.documents.storing import check_stored, store_version
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.layout import Layout
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.proposals.models import CarryOver, Proposal
from amendments.proposals.rules import Event, Origin
from amendments.proposals.storing import require_current, take_step
from amendments.text import Outcome as Carry
from amendments.text.door import one_line
from amendments.web import access
from amendments.web.access import Action
from amendments.web.actor import Actor

MOST_NOTE: Final = 2_000
MOST_LABEL: Final = 200

NOTHING_AGREED = N_("Es ist noch keine Änderung angenommen; die neue Fassung wäre dieselbe.")
AGREED_COLLIDE = N_("Zwei angenommene Änderungen schließen einander aus. Bitte rufen Sie eine davon wieder auf.")
PREVIEW_OUTDATED = N_("Seit Ihrer Vorschau wurde weiter entschieden. Bitte sehen Sie sich die neue Vorschau an.")
NO_PLACE_LEFT = "Mit Fassung %(number)d hat sich die Stelle geändert; das Angenommene ist nicht im Text."
"""Kept with the decision, in the language of the paper."""
CONSENSUS_OUTDATED = N_(
    "Inzwischen hat sich geändert, was in dieser Fassung steht. Bitte sehen Sie sie noch einmal an."
)
NOTHING_TO_KEEP = N_("Dieser Text ist derselbe wie die Fassung, auf die er sich bezieht; es gibt nichts festzuhalten.")
KEPT_ALREADY = N_("Dieser Text ist mit demselben Wortlaut schon festgehalten.")
SAME_TEXT = N_("Die Datei hat denselben Text wie die jetzige Fassung.")
ANSWERED_TWICE = N_(
    "Ein Absatz der Fassung ist für mehrere Absätze der Datei gewählt. Bitte wählen Sie ihn nur einmal."
)
NOTE_TOO_LONG = N_("Die Anmerkung ist länger als 2.000 Zeichen. Bitte kürzen Sie sie.")
LABEL_TOO_LONG = N_("Die Bezeichnung ist länger als 200 Zeichen. Bitte kürzen Sie sie.")


ITEM_CALLED = N_(
    "In der Sitzung ist gerade ein Punkt aufgerufen. Wenn Sie trotzdem veröffentlichen, wird er neu aufgerufen; "
    "bestätigen Sie das bitte."
)


def _nobody_waits(_document_id: UUID) -> None: ...


def _nobody_sits(_document_id: UUID) -> bool:
    return False


_published: Callable[[UUID], None] = _nobody_waits
_called: Callable[[UUID], bool] = _nobody_sits


def register_published(follow: Callable[[UUID], None], called: Callable[[UUID], bool]) -> None:
    """Called once at start-up by the room that holds sittings, which go on with a new version of the document.

    `called`: an item of a sitting about this document is being dealt with.
    """
    global _published, _called
    _published, _called = follow, called


def publish(
    actor: Actor,
    *,
    text_id: UUID,
    base_version_id: UUID,
    expected_hash: str,
    note: str = "",
    label: str = "",
    anyway: bool = False,
) -> Version:
    """The next version, with everything agreed in it. `expected_hash`: that of the preview somebody has read.

    `anyway`: also while an item of a sitting about the document is called.
    """
    place, board = _locked(actor, text_id, base_version_id, VERSION_PUBLISH, anyway=anyway)
    account_id = account_id_of(actor)
    plan = preview_of(board)
    _check_plan(board, plan, expected_hash)
    note, label = _words(note, label)
    version = _store_layers(place, board, plan.composition, account_id, VersionRole.PUBLISHED, note=note, label=label)
    carried, voided = _store_carriage(board.version, version, plan.carriage)
    _call_again(place, actor, version, plan.carriage)
    _published(place.document.id)
    event = VersionPublished(
        text_id, version.id, board.version.id, version.number or 0, version.hash, plan.applied, carried, voided
    )
    record(account_id, event, document_id=place.document.id)
    return version


def publish_import(
    actor: Actor,
    *,
    text_id: UUID,
    base_version_id: UUID,
    contents: Sequence[engine.Content],
    layout: Layout | None = None,
    answers: Mapping[int, str] | None = None,
    note: str = "",
    label: str = "",
    anyway: bool = False,
) -> Version:
    """A new file becomes the next version. What was agreed but not published is carried over too."""
    place, board = _locked(actor, text_id, base_version_id, DOCUMENT_IMPORT_VERSION, anyway=anyway)
    account_id = account_id_of(actor)
    check_stored(contents)
    chosen = [identity for identity in (answers or {}).values() if identity]
    if len(set(chosen)) < len(chosen):
        raise InvalidInput(ANSWERED_TWICE, field="answers")
    note, label = _words(note, label)
    version_id = uuid4()
    alignment = engine.align(board.base, contents, import_name(version_id), answers)
    if engine.text_hash(alignment.text) == board.version.hash:
        raise InvalidInput(SAME_TEXT, field="text")
    version = store_version(
        place.text,
        alignment.text,
        parent=board.version,
        created_by=account_id,
        layout=layout,
        note=note,
        label=label,
        version_id=version_id,
    )
    _store_step_rows(version, [(None, StepOrigin.IMPORT, hunk) for hunk in alignment.edit.hunks])
    carriage = carry_all(board, import_step(alignment))
    carried, voided = _store_carriage(board.version, version, carriage)
    _call_again(place, actor, version, carriage)
    _published(place.document.id)
    event = VersionImported(text_id, version.id, board.version.id, version.number or 0, version.hash, carried, voided)
    record(account_id, event, document_id=place.document.id)
    return version


def keep_consensus(
    actor: Actor,
    *,
    version_id: UUID,
    kind: str,
    expected_hash: str,
    committee_id: UUID | None = None,
    label: str = "",
) -> Version:
    """Keep a consensus version as it reads now: a snapshot that never changes. `expected_hash`: of what was shown."""
    found = version_for(actor, version_id)
    access.require(actor, CONSENSUS_FREEZE, found)
    if kind not in list(ConsensusKind):
        raise NotFound(access.NOT_FOUND)
    lock_document(found.document.id)
    named = choices_of(version_id, found.document.lead_committee_id).named(ConsensusKind(kind), committee_id)
    if named.hash != expected_hash:
        raise Conflict(CONSENSUS_OUTDATED, details={"standing": named.hash, "sent": expected_hash})
    if named.hash == found.version.hash:
        raise InvalidInput(NOTHING_TO_KEEP)
    if same_kept(kept_versions(found.text.id), named) is not None:
        raise Conflict(KEPT_ALREADY)
    _, label = _words("", label)
    place = TextPlace(found.document, found.text)
    board = named.board
    version = _store_layers(place, board, named.composition, account_id_of(actor), VersionRole.SNAPSHOT, label=label)
    db.session.add(ConsensusVersion(version_id=version.id, kind=named.kind.value, committee_id=committee_id))
    db.session.flush()
    applied = named.composition.applied
    event = ConsensusKept(found.text.id, version.id, version_id, kind, committee_id, version.hash, applied)
    record(actor.account_id, event, document_id=found.document.id)
    return version


def _locked(
    actor: Actor, text_id: UUID, base_version_id: UUID, action: Action, *, anyway: bool
) -> tuple[TextPlace, Board]:
    """The text's place and all that lies on its current version, with the document's lock held."""
    place = text_for(actor, text_id)
    access.require(actor, action, place)
    lock_open_document(place.document.id)
    board = load_board(base_version_id)
    if board.version.text_id != text_id:
        raise NotFound(access.NOT_FOUND)
    require_current(board.version)
    if not anyway and _called(place.document.id):
        raise InvalidInput(ITEM_CALLED, field="anyway")
    return place, board


def _check_plan(board: Board, plan: Preview, expected_hash: str) -> None:
    if plan.collisions:
        raise Conflict(AGREED_COLLIDE, details={"edits": [collision.edits for collision in plan.collisions]})
    if plan.hash != expected_hash:
        raise Conflict(PREVIEW_OUTDATED, details={"standing": plan.hash, "sent": expected_hash})
    if not plan.applied or plan.hash == board.version.hash:
        raise InvalidInput(NOTHING_AGREED)


def _words(note: str, label: str) -> tuple[str, str]:
    note = engine.normalise(note).strip()
    label = one_line(label)
    if len(note) > MOST_NOTE:
        raise InvalidInput(NOTE_TOO_LONG, field="note")
    if len(label) > MOST_LABEL:
        raise InvalidInput(LABEL_TOO_LONG, field="label")
    return note, label


def _store_layers(
    place: TextPlace,
    board: Board,
    composition: Composition,
    account_id: UUID,
    role: VersionRole,
    *,
    note: str = "",
    label: str = "",
) -> Version:
    """A version for each layer, the last one in this role; those before it are snapshots on the way."""
    version, text = board.version, board.base
    for layer in composition.layers:
        last = layer is composition.layers[-1]
        text = engine.apply(text, layer.edits, layer.order)
        version = store_version(
            place.text,
            text,
            parent=version,
            created_by=account_id,
            note=note if last else "",
            label=label if last else "",
            role=role if last else VersionRole.SNAPSHOT,
        )
        _store_steps(version, layer, board)
    return version


def _store_steps(version: Version, layer: Layer, board: Board) -> None:
    """The layer's edits, those with a decided order first and in that order, so that they can be applied again."""
    rank = {edit_id: number for number, edit_id in enumerate(layer.order)}
    rows: list[tuple[UUID | None, StepOrigin, engine.Hunk]] = []
    for edit in sorted(layer.edits, key=lambda edit: (rank.get(edit.id, len(rank)), edit.id)):
        proposal = board.proposal_of(UUID(edit.id)).proposal
        origin = StepOrigin.EDITORIAL if proposal.origin == Origin.EDITORIAL else StepOrigin.PROPOSAL
        rows += [(UUID(edit.id), origin, hunk) for hunk in edit.hunks]
    _store_step_rows(version, rows)


def _store_step_rows(version: Version, rows: Iterable[tuple[UUID | None, StepOrigin, engine.Hunk]]) -> None:
    db.session.add_all(
        VersionStep(
            version_id=version.id, rank=rank, edit_id=edit_id, origin=origin.value, hunk=engine.hunk_to_json(hunk)
        )
        for rank, (edit_id, origin, hunk) in enumerate(rows)
    )
    db.session.flush()


def _call_again(place: TextPlace, actor: Actor, version: Version, carriage: Carriage) -> None:
    """What was agreed, and cannot come into the text any more as it was agreed, is open again."""
    if carriage.called_again:
        reason = NO_PLACE_LEFT % {"number": version.number}
        call_again(VersionPlace(place.document, place.text, version), carriage.called_again, actor, reason)


def _store_carriage(
    before: Version, version: Version, carriage: Carriage
) -> tuple[tuple[tuple[UUID, str], ...], tuple[UUID, ...]]:
    rows = []
    for item in carriage.carried:
        anchored = item.carried.outcome is Carry.ANCHORED
        rows.append(
            CarryOver(
                edit_id=item.live.edit_id,
                from_version_id=before.id,
                to_version_id=version.id,
                outcome=item.carried.outcome.value,
                paragraph=item.carried.paragraph,
                hunks=[engine.hunk_to_json(hunk) for hunk in item.carried.hunks] if anchored else None,
            )
        )
    db.session.add_all(rows)
    for proposal_id in carriage.void:
        take_step(db.session.get_one(Proposal, proposal_id), Event.VOID)
    db.session.flush()
    return tuple((row.edit_id, row.outcome) for row in rows), carriage.void
