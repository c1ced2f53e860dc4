"""Sittings: attendance, agenda, ballots. What was said stays; a ballot that is undone is marked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from amendments.committees.rules import Majority
from amendments.extensions import Base, UuidKey, one_of
from amendments.meetings.rules import BallotForm, Choice, EndingKind, ItemKind, ItemState
from amendments.web import constraints


class Meeting(Base):
    """The sitting of one step. Every writer locks the document's row first, as all who decide about it do."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("consultation_id"),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed"),
        CheckConstraint("beat >= 0", name="beat"),
    )

    id: Mapped[UuidKey]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    chair_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    second_invitation: Mapped[bool]
    """It was invited a second time, to what it could not decide for want of members."""
    beat: Mapped[int]
    """Counts every change of the sitting; what follows it asks for this number alone."""


class Attendance(Base):
    """Somebody was in the room from one moment to another."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR left_at >= came_at", name="stay"),
        Index("ix_attendance_meeting_id", "meeting_id"),
        Index(
            "uq_attendance_here",
            "meeting_id",
            "account_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"))
    """For which committee."""
    votes: Mapped[bool]
    came_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class AgendaItem(Base):
    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "rank"),
        one_of("kind", ItemKind),
        one_of("state", ItemState),
        one_of("majority", Majority),
        CheckConstraint("rank >= 0", name="rank"),
        CheckConstraint("number IS NULL OR number >= 1", name="number"),
        Index(
            "uq_agenda_item_called",
            "meeting_id",
            unique=True,
            sqlite_where=text("state = 'called'"),
            postgresql_where=text("state = 'called'"),
        ),
    )

    id: Mapped[UuidKey]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    rank: Mapped[int]
    number: Mapped[int | None]
    """In the order of calling; None until it is called."""
    kind: Mapped[str]
    state: Mapped[str]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    order_reason: Mapped[str]
    """Why the chair put it elsewhere; empty where it stands in the order of the agenda."""
    by_point: Mapped[bool]
    """Each passage of a proposal is voted on alone; else all those of one proposal together."""
    majority: Mapped[str | None]
    """Which it asks for; None: the committee's."""
    public: Mapped[bool | None]
    """None: as the sitting is."""

    edits: Mapped[list[AgendaEdit]] = relationship(
        lazy="raise", order_by="AgendaEdit.rank", cascade="all, delete-orphan"
    )


class AgendaEdit(Base):
    __tablename__ = "agenda_edit"
    __table_args__ = (UniqueConstraint("item_id", "rank"), CheckConstraint("rank >= 0", name="rank"))

    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"), primary_key=True)
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"), primary_key=True)
    rank: Mapped[int]
    reason: Mapped[str]
    """Why it comes before the next: `text.agenda.Reason`, `rules.PUT_FIRST` or the chair's words; empty if not said."""


class PulledOut(Base):
    """Somebody wants to talk about this edit before it is adopted en bloc."""

    __tablename__ = "pulled_out"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class Ballot(Base):
    """A vote as the chair stated it: who could vote, how, on which words, with what result."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        one_of("form", BallotForm),
        one_of("majority", Majority),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("present >= 0", name="present"),
        CheckConstraint("length(wording_hash) = 64", name="wording_hash"),
        CheckConstraint(
            "(form IN ('counted', 'secret', 'named') AND yes >= 0 AND no >= 0 AND abstained >= 0 AND invalid >= 0"
            " AND yes IS NOT NULL AND no IS NOT NULL AND abstained IS NOT NULL AND invalid IS NOT NULL)"
            " OR (form NOT IN ('counted', 'secret', 'named') AND yes IS NULL AND no IS NULL AND abstained IS NULL"
            " AND invalid IS NULL)",
            name="counts",
        ),
        Index("ix_ballot_item_id", "item_id"),
    )

    id: Mapped[UuidKey]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    number: Mapped[int]
    form: Mapped[str]
    carried: Mapped[bool]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstained: Mapped[int | None]
    invalid: Mapped[int | None]
    present: Mapped[int]
    """Entitled and in the room."""
    majority: Mapped[str]
    """That which it needed."""
    casting: Mapped[bool]
    """The votes were equal, and the chair's decided."""
    wording_hash: Mapped[str]
    """`text_hash` of the text with what was put to the vote: the wording that was read out."""
    held_at: Mapped[datetime]
    stated_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str]

    edits: Mapped[list[BallotEdit]] = relationship(lazy="raise", order_by="BallotEdit.edit_id")
    names: Mapped[list[BallotName]] = relationship(lazy="raise", order_by="BallotName.account_id")


class BallotEdit(Base):
    """What was put to the vote."""

    __tablename__ = "ballot_edit"

    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"), primary_key=True)


class BallotName(Base):
    """Who voted how, of a vote by name; of no other."""

    __tablename__ = "ballot_name"
    __table_args__ = (one_of("choice", Choice),)

    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    choice: Mapped[str]


class Ending(Base):
    """How an item, or some of its edits, ended without a vote, as the chair stated it."""

    __tablename__ = "ending"
    __table_args__ = (
        one_of("kind", EndingKind),
        CheckConstraint("kind <> 'referred' OR committee_id IS NOT NULL", name="referred"),
        CheckConstraint("kind <> 'withdrawn' OR proposal_id IS NOT NULL", name="withdrawn"),
        CheckConstraint("kind <> 'taken_over' OR (committee_id IS NULL) <> (proposal_id IS NULL)", name="taken_over"),
        Index("ix_ending_meeting_id", "meeting_id"),
    )

    id: Mapped[UuidKey]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    kind: Mapped[str]
    committee_id: Mapped[UUID | None] = mapped_column(ForeignKey("committee.id"))
    """To which it is referred, or which takes it over."""
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    """Which is withdrawn, or whose proposer takes another wish over."""
    reason: Mapped[str]
    stated_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str]

    edits: Mapped[list[EndingEdit]] = relationship(lazy="raise", order_by="EndingEdit.edit_id")


class EndingEdit(Base):
    __tablename__ = "ending_edit"

    ending_id: Mapped[UUID] = mapped_column(ForeignKey("ending.id"), primary_key=True)
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"), primary_key=True)


class Minutes(Base):
    """What the clerk completes (NORMS §10); everything else of the minutes is made from what was recorded."""

    __tablename__ = "minutes"
    __table_args__ = (CheckConstraint("ends IS NULL OR begins IS NULL OR ends >= begins", name="ends"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    begins: Mapped[datetime | None]
    """None: when it was opened here."""
    ends: Mapped[datetime | None]
    place: Mapped[str]
    chairs: Mapped[str]
    """A line each, for which items; empty: whoever chaired it, one after the other."""
    clerk: Mapped[str]
    others: Mapped[str]
    """Who else was there."""
    interruptions: Mapped[str]
    statements: Mapped[str]
    """Dissenting opinions and personal statements, voiced before the vote."""
    notes: Mapped[str]
    row_version: Mapped[int] = mapped_column()

    excused: Mapped[list[Excused]] = relationship(
        lazy="raise", order_by="Excused.account_id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": row_version}


class Excused(Base):
    """Absent with an excuse; who is absent and not here is so without."""

    __tablename__ = "excused"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.meeting_id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)


constraints.register("uq_meeting_consultation_id", "Diese Sitzung ist schon eröffnet.", race=True)
constraints.register("pk_minutes", "Gerade hat jemand anderes an der Niederschrift geschrieben.", race=True)
constraints.register("uq_attendance_here", "Diese Person ist schon als anwesend eingetragen.", race=True)
constraints.register("uq_agenda_item_called", "Gerade wurde ein anderer Punkt aufgerufen.", race=True)
constraints.register("uq_agenda_item_meeting_id_rank", "Die Tagesordnung wurde gerade geändert.", race=True)
constraints.register("uq_ballot_meeting_id_number", "Gerade wurde ein anderes Ergebnis festgestellt.", race=True)
