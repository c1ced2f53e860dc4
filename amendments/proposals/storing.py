"""Checking and storing what a proposal changes. Not a verb of its own: filing, compromises and editorial changes end
here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import func, select

from amendments import text as engine
from amendments.consultations.rules import ALWAYS, Filing, Slot
from amendments.documents.models import Version
from amendments.documents.queries import VersionPlace, current_version, load_text, lock_open_document
from amendments.documents.storing import check_characters
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.proposals.models import Edit, Hunk, Proposal, Resumption
from amendments.proposals.queries import edits_on, wording_after
from amendments.proposals.rules import Event, HunkOp, Origin, ProposalKind, State, step
from amendments.text import Misfit, MisfitError, RelationKind
from amendments.text.door import one_line
from amendments.web import clock

MOST_EDITS: Final = 500
MOST_HUNKS: Final = 2_000
MOST_NEW_CHARACTERS: Final = 200_000
MOST_REASON: Final = 10_000
MOST_TITLE: Final = 300

NOTHING_CHANGED = N_("Ihr Vorschlag ändert nichts. Bitte ändern Sie mindestens ein Wort.")
TOO_MANY_EDITS = N_("Der Vorschlag hat zu viele Änderungen. Bitte teilen Sie ihn in mehrere Vorschläge.")
TOO_MUCH_TEXT = N_(
    "Der Vorschlag fügt mehr als 200.000 Zeichen ein. Bitte bringen Sie so viel Text als neue Fassung ein."
)
REASON_TOO_LONG = N_("Die Begründung ist länger als 10.000 Zeichen. Bitte kürzen Sie sie.")
TITLE_TOO_LONG = N_("Die Überschrift ist länger als 300 Zeichen. Bitte kürzen Sie sie.")
EDITS_CLASH = N_("Zwei Ihrer Änderungen wollen dieselbe Textstelle verschieden. Bitte fassen Sie sie zusammen.")
VERSION_GONE = N_(
    "Inzwischen ist Fassung %(number)d erschienen; die Seite, die Sie vor sich hatten, galt noch für Fassung "
    "%(shown)d. Es wurde nichts gespeichert. Bitte öffnen Sie sie neu."
)
"""Of whatever was pressed on a page of a version that has gone; who wrote a proposal gets it back with the words."""
PARENT_GONE = N_("Der Vorschlag, den Sie ändern möchten, steht in dieser Fassung nicht mehr zur Beratung.")
PARENT_IS_CHILD = N_(
    "Der Vorschlag, den Sie ändern möchten, ändert selbst einen anderen, der noch nicht im Text steht. "
    "Bitte machen Sie Ihren Vorschlag zu jenem anderen."
)
WRONG_STEP = N_("Das ist im jetzigen Stand des Vorschlags nicht möglich.")

MISFITS: Final[dict[Misfit, str]] = {
    Misfit.EMPTY: NOTHING_CHANGED,
    Misfit.NO_CHANGE: NOTHING_CHANGED,
    Misfit.UNKNOWN_PARAGRAPH: N_("Der Absatz, den Sie ändern möchten, steht nicht in dieser Fassung."),
    Misfit.OUT_OF_RANGE: N_("Die gewählte Stelle liegt außerhalb des Absatzes. Bitte wählen Sie sie neu."),
    Misfit.OLD_DIFFERS: N_(
        "Der Wortlaut der Fassung ist ein anderer. Bitte laden Sie die Seite neu und ändern Sie den jetzigen."
    ),
    Misfit.NOT_NEIGHBOURS: N_("Die Absätze stehen nicht unmittelbar hintereinander."),
    Misfit.INSIDE_ITSELF: N_("Ein Absatz kann nicht in sich selbst verschoben werden."),
    Misfit.CELLS: N_(
        "Die Zahl der Tabellenspalten kann nicht geändert werden; Sie können Zeilen einfügen, ändern und streichen."
    ),
    Misfit.CONTRADICTION: N_("Ihre Änderung widerspricht sich selbst an einer Stelle. Bitte wählen Sie sie neu."),
}


@dataclass(frozen=True)
class Wording:
    """A new proposal's words, checked against `base`."""

    base: engine.Text
    edits: tuple[tuple[engine.Hunk, ...], ...]
    title: str
    reason: str


@dataclass(frozen=True)
class Source:
    """Where a new proposal comes from."""

    origin: Origin
    committee_id: UUID | None = None
    parent_id: UUID | None = None
    resumes_edit_id: UUID | None = None
    budget: bool = False
    editorial: bool = False
    slot: Slot = ALWAYS
    """Whether and in which step proposals are asked for at this moment."""


def lock_current(place: VersionPlace) -> None:
    """Take the document's lock, and Conflict when a newer version has been published. What is read afterwards stands
    still.
    """
    lock_open_document(place.document.id)
    require_current(place.version)


def require_current(version: Version) -> None:
    current = current_version(version.text_id)
    if current.id != version.id:
        numbers = {"number": current.number or 0, "shown": version.number or 0}
        details = {"current_version_id": current.id, "version_id": version.id, **numbers}
        raise Conflict(Sentence(VERSION_GONE, numbers), details=details)


def checked(
    version: Version, *, edits: Sequence[Sequence[engine.Hunk]], title: str, reason: str, parent_id: UUID | None = None
) -> Wording:
    """What was sent, within the limits and fitting the wording it speaks of; InvalidInput says what does not."""
    title, reason = as_stored(title, reason)
    if len(title) > MOST_TITLE:
        raise InvalidInput(TITLE_TOO_LONG, field="title")
    if len(reason) > MOST_REASON:
        raise InvalidInput(REASON_TOO_LONG, field="reason")
    hunks = tuple(tuple(edit) for edit in edits)
    _check_size(hunks)
    base = _base(version, parent_id)
    for edit in hunks:
        try:
            engine.check(base, edit)
        except MisfitError as error:
            raise InvalidInput(MISFITS[error.misfit], field="edits", details={"paragraph": error.paragraph}) from error
    _check_together(base, hunks)
    return Wording(base, hunks, title, reason)


def as_stored(title: str, reason: str) -> tuple[str, str]:
    return one_line(title), engine.normalise(reason).strip()


def _base(version: Version, parent_id: UUID | None) -> engine.Text:
    """The words spoken of: two layers and no more, for only these can come into a text together."""
    base = load_text(version)
    if parent_id is None:
        return base
    live = edits_on(version.id)
    own = [edit for edit in live if edit.proposal_id == parent_id]
    if not own:
        raise Conflict(PARENT_GONE, details={"parent_id": parent_id})
    if any(edit.parent_id is not None for edit in own):
        raise InvalidInput(PARENT_IS_CHILD, field="parent", details={"parent_id": parent_id})
    return wording_after(base, live, parent_id)


def _check_size(edits: tuple[tuple[engine.Hunk, ...], ...]) -> None:
    if not edits or not all(edits):
        raise InvalidInput(NOTHING_CHANGED, field="edits")
    if len(edits) > MOST_EDITS or sum(map(len, edits)) > MOST_HUNKS:
        raise InvalidInput(TOO_MANY_EDITS, field="edits")
    contents = [content for edit in edits for hunk in edit for content in _new_contents(hunk)]
    if sum(len(content.text) for content in contents) > MOST_NEW_CHARACTERS:
        raise InvalidInput(TOO_MUCH_TEXT, field="edits")
    for content in contents:
        check_characters(content)


def _new_contents(hunk: engine.Hunk) -> tuple[engine.Content, ...]:
    match hunk:
        case engine.Replace():
            kind = engine.Kind.TABLE_ROW if engine.CELL in hunk.old.text else engine.Kind.PARAGRAPH
            return (engine.Content(engine.Head(kind), hunk.new),)
        case engine.Insert():
            return hunk.contents
    return ()


def _check_together(base: engine.Text, edits: tuple[tuple[engine.Hunk, ...], ...]) -> None:
    """The edits of one proposal can all stand: its own wording must be one text."""
    if len(edits) < 2:
        return
    numbered = [engine.Edit(str(number), hunks) for number, hunks in enumerate(edits)]
    for relation in engine.relations(base, numbered):
        if relation.kind not in (RelationKind.FREE, RelationKind.SOFT):
            raise InvalidInput(EDITS_CLASH, field="edits", details={"edits": (int(relation.a), int(relation.b))})


def new_proposal(
    place: VersionPlace, wording: Wording, source: Source, *, author_id: UUID, draft: bool = False
) -> Proposal:
    """Store it, as a draft or filed and open with the next number. The caller holds the document's lock."""
    proposal = Proposal(
        id=uuid4(),
        document_id=place.document.id,
        text_id=place.text.id,
        version_id=place.version.id,
        parent_id=source.parent_id,
        number=None,
        kind=_kind(wording, editorial=source.editorial),
        origin=source.origin.value,
        state=State.DRAFT.value,
        title=wording.title,
        reason=wording.reason,
        budget=source.budget,
        author_id=author_id,
        committee_id=source.committee_id,
        filed_at=None,
        withdrawn_at=None,
        late=False,
    )
    if not draft:
        submit(proposal, source.slot)
    db.session.add(proposal)
    db.session.flush()
    if source.resumes_edit_id is not None:
        db.session.add(Resumption(proposal_id=proposal.id, edit_id=source.resumes_edit_id))
    store_edits(proposal, wording)
    return proposal


def submit(proposal: Proposal, slot: Slot) -> None:
    """Number it and open it; a submitted proposal is admitted at once. What comes too late is kept and marked."""
    if slot.window is not None:
        proposal.consultation_id, proposal.late = slot.window.consultation_id, slot.filing is Filing.LATE
    proposal.number = _next_number(proposal.document_id)
    proposal.filed_at = clock.now()
    take_step(proposal, Event.SUBMIT)
    take_step(proposal, Event.ADMIT)


def take_step(proposal: Proposal, event: Event) -> None:
    """Go on in the table of states; the caller has looked at the guard."""
    found = step(proposal.state, event)
    if found is None:
        raise Conflict(WRONG_STEP, details={"state": proposal.state, "event": event.value})
    proposal.state = found.to.value


def _next_number(document_id: UUID) -> int:
    highest = db.session.scalar(select(func.max(Proposal.number)).where(Proposal.document_id == document_id))
    return (highest or 0) + 1


def _kind(wording: Wording, *, editorial: bool) -> str:
    if editorial:
        return ProposalKind.EDITORIAL.value
    return engine.german_kind([hunk for edit in wording.edits for hunk in edit])


def store_edits(proposal: Proposal, wording: Wording) -> tuple[Edit, ...]:
    base_hash = engine.text_hash(wording.base)
    old_texts = {paragraph.identity: paragraph.text for paragraph in wording.base}
    rows = []
    for rank, hunks in enumerate(wording.edits):
        edit = Edit(id=uuid4(), proposal_id=proposal.id, rank=rank, wish_hash=engine.hunks_hash(hunks))
        edit.hunks = [_hunk_row(number, hunk, base_hash, old_texts) for number, hunk in enumerate(hunks)]
        db.session.add(edit)
        rows.append(edit)
    db.session.flush()
    return tuple(rows)


def _hunk_row(rank: int, hunk: engine.Hunk, base_hash: str, old_texts: dict[str, str]) -> Hunk:
    data = engine.hunk_to_json(hunk)
    paragraph, start, end, old_text = place_of(hunk, old_texts)
    return Hunk(
        rank=rank,
        op=HunkOp(str(data["op"])).value,
        paragraph=paragraph,
        start=start,
        end=end,
        old_text=old_text,
        data=data,
        base_hash=base_hash,
    )


def place_of(hunk: engine.Hunk, old_texts: Mapping[str, str]) -> tuple[str, int | None, int | None, str]:
    """(paragraph, start, end, old text) as the columns beside the hunk's JSON."""
    match hunk:
        case engine.Replace():
            return hunk.paragraph, hunk.start, hunk.end, hunk.old.text
        case engine.Split():
            return hunk.paragraph, hunk.offset, None, ""
        case engine.Join():
            return hunk.left, hunk.length, None, ""
        case engine.Insert():
            return hunk.gap.after, None, None, ""
        case engine.Delete():
            return hunk.paragraph, None, None, hunk.old.text
        case engine.Move():
            return (hunk.block[0], None, None, "\n".join(old_texts[identity] for identity in hunk.block))
        case engine.Retype():
            return hunk.paragraph, None, None, ""
