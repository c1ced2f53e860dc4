"""What somebody puts orally, as the minutes take it down: at the called item, or anywhere in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.consensus.board import load_board
from amendments.decisions.rules import is_open
from amendments.documents.models import DocumentText
from amendments.documents.queries import current_versions, load_text, texts_at_work
from amendments.errors import NotFound
from amendments.meetings import queries
from amendments.meetings.models import AgendaItem
from amendments.meetings.queries import MeetingPlace, Seated
from amendments.meetings.rules import MEETING_RUN, ItemKind
from amendments.text.model import CELL, Head, Kind, Text
from amendments.text.whereabouts import whereabouts
from amendments.web.access import NOT_FOUND, may
from amendments.web.actor import Actor
from amendments.workplaces.reader import place_for
from amendments.workplaces.rewording import CELL_SIGN, PlaceField, RewordPage, reword_page

SHOWN = 70
"""Characters of a paragraph in the list of passages."""


@dataclass(frozen=True)
class Passages:
    """The paragraphs of a text, to choose from: (where, words)."""

    text: DocumentText
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OralPage:
    place: MeetingPlace
    words: RewordPage | None
    """The passage to be written anew; None while none is chosen."""
    at: str
    """Where it is, if it is not that of the called item: text and paragraph."""
    passages: tuple[Passages, ...]
    present: tuple[Seated, ...]
    committees: tuple[Committee, ...]

    @property
    def beside(self) -> bool:
        """It belongs to the called item."""
        return self.words is not None and not self.at


def oral_page(actor: Actor, meeting_id: UUID, at: str, typed: Mapping[str, str]) -> OralPage:
    place = queries.meeting_for(actor, meeting_id)
    item = queries.called_item(queries.items_of(meeting_id))
    words = _at(actor, place, at, typed) if at else _of_item(actor, place, item, typed)
    ids = [place.document.lead_committee_id, *place.document.participant_ids]
    return OralPage(
        place,
        words,
        at,
        _passages(actor, place),
        tuple(one for one in queries.seated(place) if one.attendance is not None),
        tuple(sorted(committees_by_id(ids).values(), key=lambda row: row.name)),
    )


def _of_item(actor: Actor, place: MeetingPlace, item: AgendaItem | None, typed: Mapping[str, str]) -> RewordPage | None:
    """The passage of the called item, as it reads now."""
    if item is None or item.kind == ItemKind.BLOC or not may(actor, MEETING_RUN, place.step_of(item)):
        return None
    board = load_board(item.version_id, place.committee_id, actor.excluded.ids)
    found = [board.live[edit.edit_id] for edit in item.edits if edit.edit_id in board.live]
    found = [edit for edit in found if is_open(board.outcome(edit.edit_id))]
    same = [edit.edit_id for edit in found if edit.parent_id == found[0].parent_id]
    if not same:
        return None
    where = place_for(actor, place.document.id, board.version.text_id)
    return reword_page(where, same, typed, start=None, from_base=True)


def _at(actor: Actor, place: MeetingPlace, at: str, typed: Mapping[str, str]) -> RewordPage:
    """A paragraph of a text, and the gap behind it."""
    text_id, _colon, paragraph = at.partition(":")
    try:
        where = place_for(actor, place.document.id, UUID(text_id))
    except ValueError:
        raise NotFound(NOT_FOUND) from None
    base = load_text(where.version)
    found = next((one for one in base if one.identity == paragraph), None)
    if found is None:
        raise NotFound(NOT_FOUND)
    old = found.text.replace(CELL, CELL_SIGN)
    head = Head() if found.head.kind is Kind.HEADING else found.head
    fields = (
        PlaceField(f"para-{paragraph}", paragraph, False, old, typed.get(f"para-{paragraph}", old), found.head),
        PlaceField(f"gap-{paragraph}", paragraph, True, "", typed.get(f"gap-{paragraph}", ""), head),
    )
    return RewordPage(where, base, None, (), fields, ())


def _passages(actor: Actor, place: MeetingPlace) -> tuple[Passages, ...]:
    texts = texts_at_work(actor, place.document)
    current = current_versions(text.id for text in texts)
    return tuple(Passages(text, _options(text.id, load_text(current[text.id]))) for text in texts)


def _options(text_id: UUID, base: Text) -> tuple[tuple[str, str], ...]:
    where = whereabouts(base)
    return tuple(
        (
            f"{text_id}:{one.identity}",
            _("Zeile %(line)s: %(words)s", line=where[one.identity].line, words=_short(one.text)),
        )
        for one in base
        if one.text.strip()
    )


def _short(words: str) -> str:
    plain = " ".join(words.replace(CELL, CELL_SIGN).split())
    return plain if len(plain) <= SHOWN else f"{plain[: SHOWN - 1]}…"
