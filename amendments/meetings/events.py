"""What is recorded about sittings. No names of those who voted: they stand in the ballot alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class MeetingOpened:
    name: ClassVar[str] = "meeting:opened"
    meeting_id: UUID
    consultation_id: UUID
    chair_id: UUID


@dataclass(frozen=True)
class MeetingClosed:
    name: ClassVar[str] = "meeting:closed"
    meeting_id: UUID
    consultation_id: UUID
    undecided: int
    """Edits of the agenda about which nothing was said."""


@dataclass(frozen=True)
class MeetingReopened:
    name: ClassVar[str] = "meeting:reopened"
    meeting_id: UUID
    consultation_id: UUID
    reason: str


@dataclass(frozen=True)
class InvitationCorrected:
    """Whether it was invited a second time."""

    name: ClassVar[str] = "meeting:invitation"
    meeting_id: UUID
    second_invitation: bool


@dataclass(frozen=True)
class ChairHandedOver:
    """Somebody else chairs the sitting from now on; minutes name both and the moment."""

    name: ClassVar[str] = "meeting:chair"
    meeting_id: UUID
    before_id: UUID
    chair_id: UUID


@dataclass(frozen=True)
class PeopleCame:
    name: ClassVar[str] = "meeting:came"
    meeting_id: UUID
    account_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class PersonLeft:
    name: ClassVar[str] = "meeting:left"
    meeting_id: UUID
    account_id: UUID


@dataclass(frozen=True)
class ItemCalled:
    name: ClassVar[str] = "meeting:called"
    meeting_id: UUID
    item_id: UUID
    number: int
    out_of_order: bool


@dataclass(frozen=True)
class ItemMoved:
    """The chair put it before another; the reason stands with the item."""

    name: ClassVar[str] = "meeting:item_moved"
    meeting_id: UUID
    item_id: UUID
    before_id: UUID


@dataclass(frozen=True)
class WishMoved:
    """The chair put these before others of their item."""

    name: ClassVar[str] = "meeting:wish_moved"
    meeting_id: UUID
    item_id: UUID
    edit_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class ItemArranged:
    """How an item is voted on: point by point or not, with which majority, in public or not."""

    name: ClassVar[str] = "meeting:item_arranged"
    meeting_id: UUID
    item_id: UUID
    by_point: bool
    majority: str | None
    public: bool | None


@dataclass(frozen=True)
class ItemClosed:
    """Without a vote: `kind` is adjourned, referred, withdrawn or taken_over."""

    name: ClassVar[str] = "meeting:item_closed"
    meeting_id: UUID
    item_id: UUID
    ending_id: UUID
    kind: str
    edit_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class EndingUndone:
    name: ClassVar[str] = "meeting:ending_undone"
    meeting_id: UUID
    ending_id: UUID


@dataclass(frozen=True)
class WishAdded:
    """A new wording, or what somebody put orally, is on the agenda."""

    name: ClassVar[str] = "meeting:wish_added"
    meeting_id: UUID
    proposal_id: UUID
    item_id: UUID | None
    """The called item it belongs to; None: an item of its own."""


@dataclass(frozen=True)
class MinutesWritten:
    name: ClassVar[str] = "meeting:minutes_written"
    meeting_id: UUID


@dataclass(frozen=True)
class PulledFromBloc:
    name: ClassVar[str] = "meeting:pulled_out"
    meeting_id: UUID
    edit_id: UUID


@dataclass(frozen=True)
class ResultStated:
    """`wording_hash`: of the text with what was put to the vote."""

    name: ClassVar[str] = "meeting:result"
    meeting_id: UUID
    ballot_id: UUID
    number: int
    form: str
    carried: bool
    present: int
    wording_hash: str
    edit_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class BallotUndone:
    name: ClassVar[str] = "meeting:ballot_undone"
    meeting_id: UUID
    ballot_id: UUID
    number: int
