"""Everything that `amendments export` writes, by what it shows; the pages put the same sheets together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from amendments.documents.models import Document
from amendments.errors import InvalidInput
from amendments.exchange.redlines import OF_EDITIONS, SUFFIXES, write
from amendments.exchange.words import N_
from amendments.meetings.queries import running_of
from amendments.web.actor import Actor
from amendments.workplaces.downloads.papers import Asked, View, paper_of
from amendments.workplaces.downloads.sheets import Sheet, book_of, dates_of, form_of, list_of, synopsis_of, table_of
from amendments.workplaces.downloads.voting import voting_order_of
from amendments.workplaces.reader import Place

NOT_PUBLISHED = N_("Als .xml gibt es nur veröffentlichte Fassungen, die ältere zuerst.")
NO_SITTING = N_("Zu dieser Vorlage ist keine Sitzung eröffnet.")


@dataclass(frozen=True)
class Wanted:
    """By somebody who sees all that the place speaks of. `template`: the letterhead."""

    actor: Actor
    place: Place
    asked: Asked
    suffix: str
    template: bytes | None = None


@dataclass(frozen=True)
class Export:
    suffixes: frozenset[str]
    sheet: Callable[[Wanted], Sheet]


def _paper(wanted: Wanted) -> Sheet:
    paper = paper_of(wanted.place, wanted.asked, sees_work=True)
    if wanted.suffix in OF_EDITIONS and paper.editions is None:
        raise InvalidInput(NOT_PUBLISHED)
    return Sheet(paper.title, write, (paper, wanted.suffix, wanted.template))


def _proposals(wanted: Wanted) -> Sheet:
    """For programs the list of all on the document; they put them into the text themselves."""
    if wanted.suffix in OF_EDITIONS:
        return list_of(wanted.actor, wanted.place.document)
    return _paper(wanted)


def _synopsis(wanted: Wanted) -> Sheet:
    columns = [wanted.asked.newer] if wanted.asked.newer else []
    return synopsis_of(wanted.place, wanted.asked.older, columns, whole=False, sees_work=True)


def _voting_order(wanted: Wanted) -> Sheet:
    """Of the sitting that is open; of several the one opened last."""
    places = running_of(wanted.place.document.id)
    if not places:
        raise InvalidInput(NO_SITTING)
    return voting_order_of(wanted.actor, max(places, key=lambda place: place.meeting.opened_at))


def _of_document(sheet: Callable[[Actor, Document], Sheet]) -> Callable[[Wanted], Sheet]:
    return lambda wanted: sheet(wanted.actor, wanted.place.document)


_PDF = frozenset((".pdf",))
_TABLES = frozenset((".csv", ".xlsx"))
EXPORTS: dict[View, Export] = {
    View.TEXT: Export(SUFFIXES, _paper),
    View.REDLINE: Export(SUFFIXES, _paper),
    View.CONSENSUS: Export(SUFFIXES - OF_EDITIONS, _paper),
    View.PROPOSALS: Export(SUFFIXES, _proposals),
    View.PROPOSAL: Export(SUFFIXES - OF_EDITIONS, _paper),
    View.SYNOPSIS: Export(_PDF, _synopsis),
    View.BOOK: Export(_PDF, lambda wanted: book_of(wanted.actor, wanted.place)),
    View.TABLE: Export(_TABLES, lambda wanted: table_of(wanted.actor, wanted.place.document, wanted.suffix)),
    View.PAPER: Export(_PDF, _of_document(form_of)),
    View.VOTING_ORDER: Export(_PDF, _voting_order),
    View.CALENDAR: Export(frozenset((".ics",)), _of_document(dates_of)),
}
"""The formats of each view, and how it is put together."""
