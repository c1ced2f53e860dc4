"""What others returned as files: kept as read, looked through, and brought in as proposals, all in one step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from amendments import text as engine
from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.consultations.rules import Slot
from amendments.documents.queries import TextPlace, VersionPlace, text_for, version_for
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.proposals.apart import require_apart
from amendments.proposals.events import FileDropped, FileKept, FilesChosen, FileSorted
from amendments.proposals.following import changed
from amendments.proposals.models import Comment, Proposal, ProposalSource, ReturnedFile
from amendments.proposals.rules import PROPOSAL_BRING, FileState, OnBehalf, Origin
from amendments.proposals.services import filed_event, slot_of
from amendments.proposals.storing import MOST_REASON, TOO_MANY_EDITS, Source, checked, lock_current, new_proposal
from amendments.web import access, clock
from amendments.web.actor import Actor

KEPT: Final = timedelta(days=14)
"""What was read and not brought in goes then."""
MOST_KEPT: Final = 60
"""Files of one text that wait."""
MOST_PROPOSALS: Final = 200
"""Brought in at once."""
NOBODY: Final = "none"
"""The choice of no committee."""
MOST_NAME: Final = 200
MOST_COMMENT: Final = 5_000

TOO_MANY_KEPT = N_(
    "Für diesen Text warten schon 60 Dateien. Bitte reichen Sie zuerst ein, was gelesen ist, oder entfernen Sie es."
)
TOO_MANY_AT_ONCE = N_("Das sind mehr als 200 Vorschläge auf einmal. Bitte reichen Sie die Dateien nach und nach ein.")
NOTHING_CHOSEN = N_("Bitte wählen Sie mindestens einen Vorschlag aus.")
FILE_CHANGED = N_(
    "An der Datei „%(name)s“ wurde inzwischen etwas anderes eingegeben, oder sie ist schon eingereicht. Es wurde nichts"
    " eingereicht; bitte sehen Sie sich den neuen Stand an."
)
TOO_MANY_BY_ONE = N_(
    "Was „%(name)s“ in „%(file)s“ möchte, sind zu viele Änderungen für einen Vorschlag. Bitte wählen Sie dort je "
    "Änderung einen, oder bringen Sie die Datei als neue Fassung ein."
)
CHOSEN_OTHERWISE = N_(
    "Zu der Datei „%(name)s“ hat inzwischen jemand anderes etwas gewählt. Das gilt; was Sie dazu gewählt haben, ist "
    "nicht gemerkt."
)


@dataclass(frozen=True)
class Choice:
    """What is to become of what one person in a file wants. `name`: who it is; `committee`: its id, NOBODY, or empty
    while none is chosen.
    """

    name: str
    committee: str = ""
    each: bool = False
    take: bool = True

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def choice_of(file: ReturnedFile, number: int, name: str) -> Choice | None:
    """What was chosen for this person; None if nothing, or if somebody else stands there now."""
    kept = file.choices.get(str(number))
    return Choice(**kept) if kept and kept["name"] == name else None


@dataclass(frozen=True)
class Wished:
    """One proposal out of a returned file. `name`: who wants it there; `comments`: what else is said about it."""

    file_id: UUID
    name: str
    committee_id: UUID | None
    edits: Sequence[Sequence[engine.Hunk]]
    reason: str = ""
    comments: Sequence[str] = ()
    changed_at: datetime | None = None


def keep_file(
    actor: Actor, *, text_id: UUID, name: str, digest: str, content: bytes | None, refusal: Sentence | None = None
) -> ReturnedFile | None:
    """Put it on the list, as read or with the sentence why it was not. None where the same file lies there already.

    One that could not be read is tried again when it comes again. What is out of date goes.
    """
    place = _place(actor, text_id)
    _forget_old()
    known = db.session.scalar(
        select(ReturnedFile).where(ReturnedFile.text_id == text_id, ReturnedFile.digest == digest)
    )
    if known is not None and known.state != FileState.REFUSED:
        return None
    row = known or _new(actor, place)
    row.name, row.digest, row.content = name[-MOST_NAME:], digest, content
    row.state = (FileState.READ if content is not None else FileState.REFUSED).value
    row.refusal = None if refusal is None else refusal.to_json()
    db.session.add(row)
    db.session.flush()
    record(actor.account_id, FileKept(row.id, text_id, digest), document_id=place.document.id)
    return row


def _new(actor: Actor, place: TextPlace) -> ReturnedFile:
    waiting = select(func.count()).where(ReturnedFile.text_id == place.text.id, ReturnedFile.state != FileState.BOOKED)
    if (db.session.scalar(waiting) or 0) >= MOST_KEPT:
        raise Conflict(TOO_MANY_KEPT)
    return ReturnedFile(
        id=uuid4(),
        text_id=place.text.id,
        answers={},
        choices={},
        numbers=[],
        brought_by=account_id_of(actor),
        created_at=clock.now(),
    )


def _forget_old() -> None:
    db.session.execute(delete(ReturnedFile).where(ReturnedFile.created_at < clock.now() - KEPT))


def sort_file(actor: Actor, *, text_id: UUID, file_id: UUID, answers: Mapping[int, str]) -> ReturnedFile:
    """A person's word on the paragraphs of which nobody could tell which they are."""
    place = _place(actor, text_id)
    row = _file(place, file_id)
    if row.state != FileState.READ:
        raise Conflict(Sentence(FILE_CHANGED, {"name": row.name}))
    row.answers = {str(number): identity for number, identity in answers.items()}
    db.session.flush()
    record(actor.account_id, FileSorted(file_id), document_id=place.document.id)
    return row


def choose(
    actor: Actor, *, text_id: UUID, shown: Mapping[UUID, int], chosen: Mapping[UUID, Mapping[int, Choice]]
) -> tuple[tuple[ReturnedFile, ...], tuple[ReturnedFile, ...]]:
    """Keep what is chosen with the files that wait, so that it is there on another day and for others. `shown`: the row
    version of each file as the page had it.

    Gives the files at which it is kept now, and those at which somebody else has chosen otherwise since: they stay as
    they are.
    """
    place = _place(actor, text_id)
    otherwise = [row for row in _waiting(place, chosen) if _as_kept(chosen[row.id]) != row.choices]
    rows = tuple(row for row in otherwise if row.row_version == shown.get(row.id))
    for committee in {choice.committee for row in rows for choice in chosen[row.id].values()} - {"", NOBODY}:
        access.require(actor, PROPOSAL_BRING, OnBehalf(place.document, UUID(committee), place.text))
    for row in rows:
        row.choices = _as_kept(chosen[row.id])
    db.session.flush()
    if rows:
        event = FilesChosen(text_id, tuple(row.id for row in rows))
        record(actor.account_id, event, document_id=place.document.id)
    return rows, tuple(row for row in otherwise if row not in rows)


def _as_kept(choices: Mapping[int, Choice]) -> dict[str, Any]:
    return {str(number): choice.to_json() for number, choice in choices.items()}


def _waiting(place: TextPlace, file_ids: Collection[UUID]) -> Sequence[ReturnedFile]:
    return db.session.scalars(
        select(ReturnedFile)
        .where(
            ReturnedFile.text_id == place.text.id,
            ReturnedFile.id.in_(list(file_ids)),
            ReturnedFile.state == FileState.READ,
        )
        .order_by(ReturnedFile.created_at, ReturnedFile.id)
        .execution_options(populate_existing=True)
    ).all()


def drop_file(actor: Actor, *, text_id: UUID, file_id: UUID) -> None:
    """Off the list; proposals it has become stay."""
    place = _place(actor, text_id)
    row = _file(place, file_id)
    db.session.delete(row)
    db.session.flush()
    record(actor.account_id, FileDropped(file_id), document_id=place.document.id)


def bring_in(
    actor: Actor, *, version_id: UUID, shown: Mapping[UUID, int], wished: Sequence[Wished]
) -> tuple[Proposal, ...]:
    """All of `wished` become proposals on the current version, or none does. `shown`: the row version of each file as
    the page had it.

    Conflict when a newer version has been published, or a file is not as it was shown.
    """
    place = version_for(actor, version_id)
    access.require(actor, PROPOSAL_BRING, OnBehalf(place.document, None, place.text))
    lock_current(place)
    files = _files(place, shown)
    if not wished:
        raise InvalidInput(NOTHING_CHOSEN)
    if len(wished) > MOST_PROPOSALS:
        raise InvalidInput(TOO_MANY_AT_ONCE)
    slots = _slots(actor, place, {each.committee_id for each in wished})
    require_apart(actor, place, [edit for each in wished for edit in each.edits], None)
    made = tuple(_bring(actor, place, each, files[each.file_id], slots[each.committee_id]) for each in wished)
    for file_id, row in files.items():
        own = [one.number for one, each in zip(made, wished, strict=True) if each.file_id == file_id]
        row.state, row.content, row.choices, row.numbers = FileState.BOOKED.value, None, {}, own
    db.session.flush()
    changed(place.document.id)
    return made


def _files(place: VersionPlace, shown: Mapping[UUID, int]) -> dict[UUID, ReturnedFile]:
    """The rows, as they were shown; in one statement."""
    rows = db.session.scalars(
        select(ReturnedFile)
        .where(ReturnedFile.text_id == place.text.id, ReturnedFile.id.in_(list(shown)))
        .execution_options(populate_existing=True)
    )
    found = {row.id: row for row in rows}
    if found.keys() != set(shown):
        raise NotFound(access.NOT_FOUND)
    for row in found.values():
        if row.state != FileState.READ or row.row_version != shown[row.id]:
            raise Conflict(Sentence(FILE_CHANGED, {"name": row.name}))
    return found


def _slots(actor: Actor, place: VersionPlace, committee_ids: Collection[UUID | None]) -> dict[UUID | None, Slot]:
    """By committee, whether the time for its proposals runs; each has to take part."""
    found = {}
    for committee_id in committee_ids:
        access.require(actor, PROPOSAL_BRING, OnBehalf(place.document, committee_id, place.text))
        found[committee_id] = slot_of(actor, place.document.id, Origin.RETURNED, committee_id)
    return found


def _bring(actor: Actor, place: VersionPlace, wish: Wished, file: ReturnedFile, slot: Slot) -> Proposal:
    reason, *more = _pieces(wish.reason, MOST_REASON)
    try:
        wording = checked(place.version, edits=wish.edits, title="", reason=reason)
    except InvalidInput as error:
        if error.message != TOO_MANY_EDITS:
            raise
        raise InvalidInput(Sentence(TOO_MANY_BY_ONE, {"name": wish.name, "file": file.name})) from error
    source = Source(Origin.RETURNED, wish.committee_id, slot=slot)
    author_id = account_id_of(actor)
    proposal = new_proposal(place, wording, source, author_id=author_id)
    db.session.add(ProposalSource(proposal_id=proposal.id, file=file.name, name=wish.name, changed_at=wish.changed_at))
    for text in [piece for said in (*more, *wish.comments) for piece in _pieces(said, MOST_COMMENT)]:
        db.session.add(Comment(proposal_id=proposal.id, author_id=author_id, text=text, created_at=clock.now()))
    wishes = tuple(engine.hunks_hash(edit) for edit in wording.edits)
    record(actor.account_id, filed_event(proposal, wishes, None), document_id=place.document.id)
    return proposal


def _pieces(said: str, most: int) -> list[str]:
    """What somebody wrote at length, in as many pieces as it takes; parted between words where there are any."""
    text, pieces = engine.normalise(said).strip(), []
    while len(text) > most:
        end = max(text.rfind(blank, most // 2, most) for blank in "\n ")
        end = end if end > 0 else most
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*pieces, text]


def _place(actor: Actor, text_id: UUID) -> TextPlace:
    place = text_for(actor, text_id)
    access.require(actor, PROPOSAL_BRING, OnBehalf(place.document, None, place.text))
    return place


def _file(place: TextPlace, file_id: UUID) -> ReturnedFile:
    row = db.session.get(ReturnedFile, file_id, populate_existing=True)
    if row is None or row.text_id != place.text.id:
        raise NotFound(access.NOT_FOUND)
    return row
