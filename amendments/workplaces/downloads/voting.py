"""The sheet from which the chair calls the votes: agenda and order of votes as the page of the sitting has them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask_babel import gettext as _

from amendments.committees.queries import committees_by_id
from amendments.committees.rules import MAJORITY_LABELS, Majority
from amendments.consensus.board import Board
from amendments.decisions.rules import is_open
from amendments.exchange.pdf.voting import Rival, VotingItem, VotingOrder, voting_pdf
from amendments.meetings.agenda import boards_of
from amendments.meetings.queries import MeetingPlace, items_of
from amendments.meetings.rules import ItemKind, ItemState
from amendments.proposals.queries import numbers_of
from amendments.proposals.rules import Origin, label
from amendments.web.actor import Actor
from amendments.web.filters import day
from amendments.web.languages import speech
from amendments.web.posting import say
from amendments.workplaces.downloads.sheets import Sheet, passage_of
from amendments.workplaces.labels import kind_name, state_name
from amendments.workplaces.motions import Question, questions_of
from amendments.workplaces.session import ItemView, agenda_views
from amendments.workplaces.table import Ground


def voting_order_of(actor: Actor, place: MeetingPlace) -> Sheet:
    """As much of it as this person sees; a constant number of statements."""
    rows = items_of(place.meeting.id)
    boards = {version: board.without(actor.excluded.ids) for version, board in boards_of(place, rows).items()}
    views = agenda_views(actor, place, rows, numbers_of(edit.edit_id for row in rows for edit in row.edits))
    printers = {version: _Printer(place, board) for version, board in boards.items()}
    committees = committees_by_id(place.consultation.committee_ids)
    bodies = ", ".join(committees[committee_id].name for committee_id in place.consultation.committee_ids)
    where = [place.consultation.place] if place.consultation.place else []
    order = VotingOrder(
        title=_("Abstimmungsfolge: %(title)s", title=place.document.title),
        items=tuple(printers[view.item.version_id].item(view) for view in views),
        lines=(bodies, ", ".join([day(place.meeting.opened_at), *where])),
        speech=speech(),
    )
    return Sheet(order.title, voting_pdf, (order,))


class _Printer:
    """Prints the items about one version; names and lines of a wording are found once."""

    def __init__(self, place: MeetingPlace, board: Board) -> None:
        self.board = board
        self.grounds: dict[UUID | None, Ground] = {}
        text = next(row for row in place.document.texts if row.id == board.version.text_id)
        self.about = _("%(title)s, Fassung %(number)s", title=text.title, number=board.version.number)

    def item(self, view: ItemView) -> VotingItem:
        number = f"{view.number}."
        if view.closed:
            return VotingItem(number, view.title, (), (view.closed,))
        item = view.item
        is_put = item.kind != ItemKind.NOTICE and item.state != ItemState.DONE
        return VotingItem(
            number=number,
            title=f"{view.title}: {view.names}",
            rivals=tuple(map(self._rival, questions_of(self.board, item))) if is_put else (),
            hints=(self.about, *_hints(view)),
            together=item.kind == ItemKind.BLOC,
        )

    def _rival(self, question: Question) -> Rival:
        board = self.board
        edits = [board.live[edit_id] for edit_id in question.edit_ids]
        entry = board.proposal_of(question.edit_ids[0])
        proposal = entry.proposal
        facts = [kind_name(proposal.kind, proposal.origin)] if proposal.origin != Origin.FILED else []
        if edits[0].parent_id is not None:
            amended = label(board.by_proposal[edits[0].parent_id].proposal.number)
            facts.append(_("zum Wortlaut von %(number)s", number=amended))
        facts += [_("haushaltswirksam")] if proposal.budget else []
        return Rival(
            number=label(proposal.number),
            who=entry.committee.name if entry.committee else entry.author_name,
            passages=tuple(passage_of(edit.hunks, self._ground(edit.parent_id)) for edit in edits),
            title=proposal.title,
            facts=tuple(facts),
            reason=question.reason,
            state=self._state(question),
        )

    def _ground(self, parent_id: UUID | None) -> Ground:
        if parent_id not in self.grounds:
            self.grounds[parent_id] = Ground(self.board.grounds[parent_id].wording)
        return self.grounds[parent_id]

    def _state(self, question: Question) -> str:
        """What stands about it instead of a vote."""
        if question.votable:
            return ""
        outcome = self.board.outcome(question.edit_ids[0])
        if outcome is not None and not is_open(outcome):
            return state_name(outcome)
        return _("Kann so nicht mehr neben dem Angenommenen stehen: bitte neu fassen oder vertagen.")


def _hints(view: ItemView) -> Iterator[str]:
    item = view.item
    if item.state == ItemState.DONE:
        yield _("behandelt")
    if item.order_reason:
        yield _("Vom Vorsitz vorgezogen: %(reason)s", reason=item.order_reason)
    if item.majority:
        yield f"{_('Nötige Mehrheit')}: {say(MAJORITY_LABELS[Majority(item.majority)])}"
