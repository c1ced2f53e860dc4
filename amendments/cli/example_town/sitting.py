"""The joint session as `course.toml` tells it: what is said there is done to the item that is called, as its page shows
it.
"""

from __future__ import annotations

from uuid import UUID

from amendments.cli.example_town.acting import Row, Town
from amendments.cli.example_town.reading import hunks_of
from amendments.committees.rules import account_id_of
from amendments.consultations.rules import Scope
from amendments.documents.queries import current_version, load_text
from amendments.meetings import services
from amendments.meetings.excluding import exclude
from amendments.meetings.models import AgendaItem
from amendments.meetings.queries import called_item, items_of, meeting_for, next_item, seated
from amendments.meetings.rules import Count
from amendments.meetings.services import Put, Words
from amendments.proposals.queries import edits_of
from amendments.web.actor import Actor
from amendments.workplaces.motions import Motion
from amendments.workplaces.session import SessionPage, session_page


class Sitting:
    """Each verb is one act: `verb(actor, row)`."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.id = UUID(int=0)

    def open_sitting(self, actor: Actor, row: Row) -> None:
        step = self.town.step(row["day"])
        self.id = services.open_meeting(actor, consultation_id=step.id).id

    def come(self, actor: Actor, _row: Row) -> None:
        everybody = [one.account_id for one in seated(meeting_for(actor, self.id))]
        services.come(actor, meeting_id=self.id, account_ids=everybody)

    def pull(self, actor: Actor, row: Row) -> None:
        for edit_id in self._edits(row):
            services.pull_out(actor, meeting_id=self.id, edit_id=edit_id)

    def call(self, actor: Actor, row: Row) -> None:
        """The next item; it has to be the one that holds this proposal."""
        item = next_item(items_of(self.id))
        if item is None or not self._holds(item, row):
            raise LookupError(f"{row['proposal']} does not come next")
        services.call_item(actor, meeting_id=self.id, item_id=item.id)

    def arrange(self, actor: Actor, row: Row) -> None:
        item = self._called()
        services.arrange_item(
            actor, meeting_id=self.id, item_id=item.id, by_point=row["by_point"], majority=None, public=None
        )

    def disclose(self, actor: Actor, _row: Row) -> None:
        """A conflict of interest in what is called."""
        exclude(
            actor,
            document_id=self.town.document,
            account_id=account_id_of(actor),
            scope=Scope.EDITS,
            text_id=self.town.concept,
            edit_ids=[edit.edit_id for edit in self._called().edits],
        )

    def adopt_bloc(self, actor: Actor, row: Row) -> None:
        page = session_page(actor, self.id)
        edits = [motion.key for motion in page.motions]
        self._state(actor, row, Put(edits, dict.fromkeys(edits), page.bloc_hash))

    def vote(self, actor: Actor, row: Row) -> None:
        """What cannot stand beside it counts as settled."""
        self._state(actor, row, _put(self._motion(session_page(actor, self.id), row)))

    def word(self, actor: Actor, row: Row) -> None:
        item = self._called()
        self.town.filed[row["key"]] = services.put_wording(
            actor,
            meeting_id=self.id,
            item_id=item.id,
            replaces=[edit_id for key in row["replaces"] for edit_id in self._edits({"proposal": key})],
            hunks=hunks_of(load_text(item.version_id), row["edit"]),
            title=row["title"],
            reason=row["reason"],
        ).id

    def put_orally(self, actor: Actor, row: Row) -> None:
        version = current_version(self.town.concept)
        self.town.filed[row["key"]] = services.file_oral(
            actor,
            meeting_id=self.id,
            version_id=version.id,
            account_id=self.town.accounts[row["who"]],
            committee_id=self.town.committees[row["committee"]],
            hunks=hunks_of(load_text(version), row["edit"]),
            reason=row["reason"],
        ).id

    def withdraw(self, actor: Actor, row: Row) -> None:
        proposal_id = self.town.filed[row["proposal"]]
        services.withdraw(
            actor, meeting_id=self.id, item_id=self._called().id, proposal_id=proposal_id, reason=row["reason"]
        )

    def take_over(self, actor: Actor, row: Row) -> None:
        put = _put(self._motion(session_page(actor, self.id), row))
        services.take_over(
            actor,
            meeting_id=self.id,
            item_id=self._called().id,
            put=put,
            by_proposal_id=self.town.filed[row["taker"]],
            reason=row["reason"],
        )

    def close(self, actor: Actor, _row: Row) -> None:
        if next_item(items_of(self.id)) is not None:
            raise LookupError("the agenda has not come to its end")
        services.close_meeting(actor, meeting_id=self.id)

    def write_minutes(self, actor: Actor, row: Row) -> None:
        services.write_minutes(actor, meeting_id=self.id, row_version=0, words=Words(**row["words"]))

    # --- what the verbs speak of

    def _edits(self, row: Row) -> list[UUID]:
        """The passages of the proposal, or that one of them."""
        edits = [edit.edit_id for edit in edits_of(self.town.filed[row["proposal"]])]
        return [edits[row["passage"]]] if "passage" in row else edits

    def _holds(self, item: AgendaItem, row: Row) -> bool:
        return not {edit.edit_id for edit in item.edits}.isdisjoint(self._edits(row))

    def _called(self) -> AgendaItem:
        item = called_item(items_of(self.id))
        if item is None:
            raise LookupError("no item is called")
        return item

    def _motion(self, page: SessionPage, row: Row) -> Motion:
        wanted = set(self._edits(row))
        found = next((motion for motion in page.votable if wanted & set(motion.edit_ids)), None)
        if found is None:
            raise LookupError(f"{row['proposal']} is not put to the vote now")
        return found

    def _state(self, actor: Actor, row: Row, put: Put) -> None:
        count = Count(*row["count"]) if "count" in row else None
        services.state_result(
            actor,
            meeting_id=self.id,
            item_id=self._called().id,
            put=put,
            carried=row["carried"],
            form=row["form"] if count is None else "counted",
            count=count,
            reason=row.get("reason", ""),
        )


def _put(motion: Motion) -> Put:
    """As the form of the motion sends it."""
    shown = {row.edit.edit_id: row.expected for row in motion.rows}
    shown |= {other.edit_id: other.expected for other in (*motion.settles, *motion.replaces)}
    expected = {edit_id: UUID(raw) if raw else None for edit_id, raw in shown.items()}
    return Put(motion.edit_ids, expected, motion.hash, [other.edit_id for other in motion.settles])
