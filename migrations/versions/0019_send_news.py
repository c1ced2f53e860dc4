"""Mails about what became of one's proposals: what waits, what somebody does without, how far the record was read."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KINDS = "kind IN ('decided', 'handed_back', 'called_next')"
WAITING = sa.text("sent_at IS NULL AND dropped_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("dropped_at", MOMENT, nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_notice_kind")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_notice_tries")),
        sa.CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name=op.f("ck_notice_one_end")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id_account")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_notice_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "event_seq",
            "account_id",
            "kind",
            "proposal_id",
            name=op.f("uq_notice_event_seq_account_id_kind_proposal_id"),
        ),
    )
    op.create_index("ix_notice_waiting", "notice", ["account_id"], sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index("ix_notice_account_id", "notice", ["account_id", "sent_at"])
    op.create_table(
        "mail_refused",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_mail_refused_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mail_refused_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_mail_refused")),
    )
    op.create_table(
        "mail_progress",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_mail_progress_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_progress")),
    )


def downgrade() -> None:
    op.drop_table("mail_progress")
    op.drop_table("mail_refused")
    op.drop_table("notice")
