"""A step is held as a sitting: who is there, the agenda, and each vote as its chair stated it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name=op.f("ck_meeting_closed")),
        sa.CheckConstraint("beat >= 0", name=op.f("ck_meeting_beat")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_meeting_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["chair_id"], ["account.id"], name=op.f("fk_meeting_chair_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_meeting_consultation_id")),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("came_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.CheckConstraint("left_at IS NULL OR left_at >= came_at", name=op.f("ck_attendance_stay")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_attendance_account_id_account")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_attendance_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index("ix_attendance_meeting_id", "attendance", ["meeting_id"])
    _once("uq_attendance_here", "attendance", ["meeting_id", "account_id"], "left_at IS NULL")
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('bloc', 'contested', 'single', 'notice')", name=op.f("ck_agenda_item_kind")),
        sa.CheckConstraint("state IN ('waiting', 'called', 'done')", name=op.f("ck_agenda_item_state")),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_agenda_item_rank")),
        sa.CheckConstraint("number IS NULL OR number >= 1", name=op.f("ck_agenda_item_number")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_agenda_item_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "rank", name=op.f("uq_agenda_item_meeting_id_rank")),
    )
    _once("uq_agenda_item_called", "agenda_item", ["meeting_id"], "state = 'called'")
    op.create_table(
        "agenda_edit",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_agenda_edit_rank")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_edit_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_agenda_edit_edit_id_edit")),
        sa.PrimaryKeyConstraint("item_id", "edit_id", name=op.f("pk_agenda_edit")),
        sa.UniqueConstraint("item_id", "rank", name=op.f("uq_agenda_edit_item_id_rank")),
    )
    op.create_table(
        "pulled_out",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_pulled_out_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_pulled_out_edit_id_edit")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pulled_out_account_id_account")),
        sa.PrimaryKeyConstraint("meeting_id", "edit_id", name=op.f("pk_pulled_out")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("invalid", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("wording_hash", sa.Text(), nullable=False),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "form IN ('without_objection', 'unanimous', 'majority', 'counted', 'secret', 'named')",
            name=op.f("ck_ballot_form"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_ballot_number")),
        sa.CheckConstraint("present >= 0", name=op.f("ck_ballot_present")),
        sa.CheckConstraint("length(wording_hash) = 64", name=op.f("ck_ballot_wording_hash")),
        sa.CheckConstraint(
            "(form IN ('counted', 'secret', 'named') AND yes >= 0 AND no >= 0 AND abstained >= 0 AND invalid >= 0"
            " AND yes IS NOT NULL AND no IS NOT NULL AND abstained IS NOT NULL AND invalid IS NOT NULL)"
            " OR (form NOT IN ('counted', 'secret', 'named') AND yes IS NULL AND no IS NULL AND abstained IS NULL"
            " AND invalid IS NULL)",
            name=op.f("ck_ballot_counts"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_ballot_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_ballot_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["stated_by"], ["account.id"], name=op.f("fk_ballot_stated_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_ballot_meeting_id_number")),
    )
    op.create_index("ix_ballot_item_id", "ballot", ["item_id"])
    op.create_table(
        "ballot_edit",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_edit_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_ballot_edit_edit_id_edit")),
        sa.PrimaryKeyConstraint("ballot_id", "edit_id", name=op.f("pk_ballot_edit")),
    )
    op.create_table(
        "ballot_name",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.CheckConstraint("choice IN ('yes', 'no', 'abstained')", name=op.f("ck_ballot_name_choice")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_name_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ballot_name_account_id_account")),
        sa.PrimaryKeyConstraint("ballot_id", "account_id", name=op.f("pk_ballot_name")),
    )


def downgrade() -> None:
    for table in ("ballot_name", "ballot_edit"):
        op.drop_table(table)
    op.drop_index("ix_ballot_item_id", table_name="ballot")
    for table in ("ballot", "pulled_out", "agenda_edit"):
        op.drop_table(table)
    op.drop_index("uq_agenda_item_called", table_name="agenda_item")
    op.drop_table("agenda_item")
    op.drop_index("uq_attendance_here", table_name="attendance")
    op.drop_index("ix_attendance_meeting_id", table_name="attendance")
    op.drop_table("attendance")
    op.drop_table("meeting")


def _once(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
