"""A sitting is led to its end: what ends without a vote, the chair's order, how it is voted, the clerk's words."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
MAJORITIES = "majority IN ('simple', 'legal_number', 'two_thirds_present', 'two_thirds_legal_number')"
WRITTEN = ("place", "chairs", "clerk", "others", "interruptions", "statements", "notes")


def upgrade() -> None:
    _endings()
    _minutes()
    op.execute(
        f"INSERT INTO minutes (meeting_id, {', '.join(WRITTEN)}, row_version)"  # noqa: S608 - names of columns
        f" SELECT id, {', '.join(_empty_but('notes'))}, 1 FROM meeting WHERE notes <> ''"
    )
    with op.batch_alter_table("meeting") as batch:
        batch.drop_column("notes")
        batch.add_column(sa.Column("second_invitation", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("agenda_item") as batch:
        batch.add_column(sa.Column("order_reason", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("by_point", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("majority", sa.Text(), nullable=True))
        batch.add_column(sa.Column("public", sa.Boolean(), nullable=True))
        batch.create_check_constraint(op.f("ck_agenda_item_majority"), MAJORITIES)
    _remarks_apart()
    with op.batch_alter_table("ballot") as batch:
        batch.add_column(sa.Column("majority", sa.Text(), nullable=False, server_default="simple"))
        batch.add_column(sa.Column("casting", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_check_constraint(op.f("ck_ballot_majority"), MAJORITIES)
    for table, columns in (
        ("meeting", ["second_invitation"]),
        ("agenda_item", ["order_reason", "by_point"]),
        ("ballot", ["majority", "casting"]),
    ):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.alter_column(column, server_default=None)


def _remarks_apart() -> None:
    """A remark was the chair's reason for another order, or how an item ended without a vote: now an ending."""
    op.execute(
        "UPDATE agenda_item SET order_reason = remark WHERE state <> 'done'"
        " OR EXISTS (SELECT 1 FROM ballot WHERE ballot.item_id = agenda_item.id)"
    )
    op.execute(
        "INSERT INTO ending (id, meeting_id, item_id, kind, reason, stated_by, ended_at, undone_reason)"
        " SELECT agenda_item.id, meeting_id, agenda_item.id, 'adjourned', remark, meeting.chair_id,"
        " COALESCE(meeting.closed_at, meeting.opened_at), ''"
        " FROM agenda_item JOIN meeting ON meeting.id = agenda_item.meeting_id"
        " WHERE state = 'done' AND remark <> '' AND order_reason = ''"
    )
    op.execute(
        "INSERT INTO ending_edit (ending_id, edit_id)"
        " SELECT ending.id, edit_id FROM ending JOIN agenda_edit ON agenda_edit.item_id = ending.item_id"
    )
    with op.batch_alter_table("agenda_item") as batch:
        batch.drop_column("remark")


def _endings() -> None:
    op.create_table(
        "ending",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=True),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('adjourned', 'referred', 'withdrawn', 'taken_over')", name=op.f("ck_ending_kind")),
        sa.CheckConstraint("kind <> 'referred' OR committee_id IS NOT NULL", name=op.f("ck_ending_referred")),
        sa.CheckConstraint("kind <> 'withdrawn' OR proposal_id IS NOT NULL", name=op.f("ck_ending_withdrawn")),
        sa.CheckConstraint(
            "kind <> 'taken_over' OR (committee_id IS NULL) <> (proposal_id IS NULL)",
            name=op.f("ck_ending_taken_over"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_ending_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_ending_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_ending_committee_id_committee")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_ending_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["stated_by"], ["account.id"], name=op.f("fk_ending_stated_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending")),
    )
    op.create_index("ix_ending_meeting_id", "ending", ["meeting_id"])
    op.create_table(
        "ending_edit",
        sa.Column("ending_id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["ending_id"], ["ending.id"], name=op.f("fk_ending_edit_ending_id_ending")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_ending_edit_edit_id_edit")),
        sa.PrimaryKeyConstraint("ending_id", "edit_id", name=op.f("pk_ending_edit")),
    )


def _minutes() -> None:
    op.create_table(
        "minutes",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("begins", MOMENT, nullable=True),
        sa.Column("ends", MOMENT, nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WRITTEN),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends IS NULL OR begins IS NULL OR ends >= begins", name=op.f("ck_minutes_ends")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes")),
    )
    op.create_table(
        "excused",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["minutes.meeting_id"], name=op.f("fk_excused_meeting_id_minutes")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_excused_account_id_account")),
        sa.PrimaryKeyConstraint("meeting_id", "account_id", name=op.f("pk_excused")),
    )


def _empty_but(kept: str) -> list[str]:
    return [name if name == kept else "''" for name in WRITTEN]


def downgrade() -> None:
    with op.batch_alter_table("ballot") as batch:
        batch.drop_constraint(op.f("ck_ballot_majority"), type_="check")
        batch.drop_column("majority")
        batch.drop_column("casting")
    with op.batch_alter_table("agenda_item") as batch:
        batch.add_column(sa.Column("remark", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE agenda_item SET remark = order_reason")
    op.execute(
        "UPDATE agenda_item SET remark = (SELECT MIN(reason) FROM ending WHERE item_id = agenda_item.id)"
        " WHERE state = 'done' AND EXISTS (SELECT 1 FROM ending WHERE item_id = agenda_item.id)"
    )
    with op.batch_alter_table("agenda_item") as batch:
        batch.alter_column("remark", server_default=None)
        batch.drop_constraint(op.f("ck_agenda_item_majority"), type_="check")
        for column in ("order_reason", "by_point", "majority", "public"):
            batch.drop_column(column)
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(sa.Column("notes", sa.Text(), nullable=False, server_default=""))
        batch.drop_column("second_invitation")
    op.execute(
        "UPDATE meeting SET notes = (SELECT notes FROM minutes WHERE meeting_id = meeting.id)"
        " WHERE EXISTS (SELECT 1 FROM minutes WHERE meeting_id = meeting.id)"
    )
    with op.batch_alter_table("meeting") as batch:
        batch.alter_column("notes", server_default=None)
    for table in ("excused", "minutes", "ending_edit"):
        op.drop_table(table)
    op.drop_index("ix_ending_meeting_id", table_name="ending")
    op.drop_table("ending")
