"""What is in a file: a redline of the text with everybody whose changes are in it, their reasons and their dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from amendments.committees.models import Committee
from amendments.consensus.board import Board, compose, load_board
from amendments.consensus.named import Named
from amendments.consensus.queries import as_if_all
from amendments.consensus.synopsis import column_of, text_of
from amendments.documents.models import Version
from amendments.errors import NotFound
from amendments.exchange.akoma import Edition
from amendments.exchange.instructions import Instructions
from amendments.exchange.redlines import Aside, Paper, Person
from amendments.proposals.queries import proposals_of, with_authors
from amendments.proposals.rules import label
from amendments.text.applying import apply_edits
from amendments.text.model import Rich
from amendments.text.redline import Redline
from amendments.web.access import NOT_FOUND
from amendments.web.languages import speech
from amendments.workplaces.interchange import edition_of
from amendments.workplaces.reader import Place
from amendments.workplaces.wordings import Wordings, published_value


class View(StrEnum):
    """What a file shows. The first five are papers (`paper_of`), the others have a form of their own (`sheets`)."""

    TEXT = "text"
    REDLINE = "redline"
    CONSENSUS = "consensus"
    PROPOSALS = "proposals"
    PROPOSAL = "proposal"
    SYNOPSIS = "synopsis"
    BOOK = "book"
    TABLE = "table"
    PAPER = "paper"
    VOTING_ORDER = "voting-order"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Asked:
    """What somebody wants to have: `older` and `newer` are names of wordings (`wordings.Wordings`), `number` that of a
    proposal. Of the consensus without names: the way from the version to what was adopted.
    """

    view: View
    older: str = ""
    newer: str = ""
    number: int | None = None


def paper_of(place: Place, asked: Asked, *, sees_work: bool) -> Paper:
    """NotFound for what is not there, or not for this person."""
    wordings = Wordings(place, place.version, sees_work)
    match asked.view:
        case View.TEXT:
            return _text(wordings, asked.newer or published_value(place.version))
        case View.REDLINE:
            return _redline(wordings, asked.older, asked.newer)
        case View.CONSENSUS if sees_work:
            return _redline(wordings, asked.older or published_value(place.version), asked.newer or "kf")
        case View.PROPOSALS if sees_work:
            return _proposals(place)
        case View.PROPOSAL if sees_work:
            return _proposal(place, asked.number)
    raise NotFound(NOT_FOUND)


def _text(wordings: Wordings, name: str) -> Paper:
    """A wording without any change."""
    place, wording = wordings.place, wordings.read(name)
    words = f"{place.text.title}, {_label(wordings, name)}"
    nodes = Redline.of(text_of(wording)).nodes
    return Paper(nodes, words, words, speech=speech(), editions=_editions(place, wording, wording))


def _redline(wordings: Wordings, older: str, newer: str) -> Paper:
    place = wordings.place
    left, right = wordings.read(older), wordings.read(newer)
    column = column_of(left, right)
    people, by = people_of(column.edit_ids, place.hidden) if wordings.sees_work else ((), {})
    old, new = (_label(wordings, name) for name in (older, newer))
    return Paper(
        nodes=column.redline.nodes,
        old=old,
        new=new,
        people=people,
        by=by,
        speech=speech(),
        name=f"{place.text.title}: {old} → {new}",
        editions=_editions(place, left, right),
    )


def _editions(place: Place, older: Version | Named, newer: Version | Named) -> tuple[Edition, Edition] | None:
    """What programs call them; None where one was not published, or they stand the wrong way round."""
    if isinstance(older, Named) or isinstance(newer, Named) or older.number is None or newer.number is None:
        return None
    if older.number > newer.number:
        return None
    old, new = (edition_of(place.document, place.text, version) for version in (older, newer))
    return old, new


def _label(wordings: Wordings, name: str) -> str:
    title = next((option.title for option in wordings.options() if option.value == name), None)
    if title is None:
        raise NotFound(NOT_FOUND)
    return title


def _proposals(place: Place) -> Paper:
    """All that was agreed, and of what is open all that can stand beside it; rivals wait as collisions."""
    board = load_board(place.version.id, hidden=place.hidden)
    composed = compose(board, as_if_all(board))
    people, by = people_of(board.live, place.hidden)
    asides = _asides(board, composed.waiting, by)
    return Paper(
        nodes=composed.redline.nodes,
        old=_version_name(place),
        new=_("mit allen Vorschlägen"),
        name=_("%(title)s, Fassung %(number)s mit allen Vorschlägen", **_names(place)),
        people=people,
        by=by,
        collisions=composed.merge.collisions,
        speech=speech(),
        orders=_orders(board, composed.merge.contested),
        asides=asides,
        notes=tuple(
            _(
                "%(name)s möchte %(parent)s ändern und steht nicht im Text: %(order)s",
                name=people[aside.person].name,
                parent=people[rank].name,
                order=aside.order.text,
            )
            for rank, beside in asides.items()
            for aside in beside
        ),
    )


def _asides(board: Board, waiting: Iterable[UUID], by: Mapping[str, int]) -> dict[int, tuple[Aside, ...]]:
    """Amendments that wait with the proposal they amend, in words about its wording."""
    found: dict[int, list[Aside]] = {}
    for edit in (board.live[edit_id] for edit_id in waiting):
        if edit.parent_id in board.by_proposal:
            rank = by[str(board.by_proposal[edit.parent_id].edits[0].edit_id)]
            order = Instructions(board.grounds[edit.parent_id].wording).say(edit.hunks)
            found.setdefault(rank, []).append(Aside(by[str(edit.edit_id)], order))
    return {rank: tuple(asides) for rank, asides in found.items()}


def _orders(board: Board, contested: Iterable[str]) -> dict[str, Rich]:
    """What waits for a decision in words that can be carried out, as a file cannot show rivals in one place."""
    said = Instructions(board.base)
    return {edit_id: said.say(board.live[UUID(edit_id)].hunks) for edit_id in contested}


def _proposal(place: Place, number: int | None) -> Paper:
    """One proposal alone, against the wording it speaks of."""
    board = load_board(place.version.id, hidden=place.hidden)
    entry = next((row for row in board.proposals if row.proposal.number == number and number), None)
    if entry is None:
        raise NotFound(NOT_FOUND)
    ground = board.grounds[entry.proposal.parent_id].wording
    edits = [edit.edit for edit in entry.edits]
    people, by = people_of((edit.edit_id for edit in entry.edits), place.hidden)
    return Paper(
        nodes=apply_edits(Redline.of(ground), edits).nodes,
        old=_version_name(place),
        new=_("mit %(label)s", label=label(number)),
        name=_("%(title)s, Fassung %(number)s mit %(label)s", label=label(number), **_names(place)),
        people=people,
        by=by,
        speech=speech(),
    )


def _version_name(place: Place) -> str:
    return _("Fassung %(number)s", number=place.version.number)


def _names(place: Place) -> dict[str, Any]:
    return {"title": place.text.title, "number": place.version.number}


def called(author: str, committee: Committee | None, number: int | None) -> str:
    """Who wants a proposal, as files name them: "Beirat (Ä 7)"."""
    return f"{committee.name if committee else author} ({label(number)})"


def people_of(edit_ids: Iterable[UUID], hidden: frozenset[UUID]) -> tuple[tuple[Person, ...], dict[str, int]]:
    """Each proposal as somebody whose changes are shown, in the order of their numbers; two statements. `hidden`: what
    is not for the person who reads; its words were published, who asked for them and why was not.
    """
    of_edit = {
        edit_id: proposal_id for edit_id, proposal_id in proposals_of(edit_ids).items() if proposal_id not in hidden
    }
    found = with_authors(set(of_edit.values()))
    people = tuple(
        Person(called(author, committee, proposal.number), proposal.filed_at, proposal.reason)
        for proposal, author, committee in found
    )
    rank = {proposal.id: number for number, (proposal, _, _) in enumerate(found)}
    return people, {str(edit_id): rank[proposal_id] for edit_id, proposal_id in of_edit.items()}
