"""Decisions, append-only: one standing row per edit, deciding body and stage."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("modified_by_edit_id", sa.Uuid(), nullable=True),
        sa.Column("settled_by_edit_id", sa.Uuid(), nullable=True),
        sa.Column("vote_kind", sa.Text(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'agreed_modified' AND modified_by_edit_id IS NOT NULL)"
            " OR (outcome <> 'agreed_modified' AND modified_by_edit_id IS NULL)",
            name=op.f("ck_decision_modified_by"),
        ),
        sa.CheckConstraint(
            "(outcome = 'settled' AND settled_by_edit_id IS NOT NULL)"
            " OR (outcome <> 'settled' AND settled_by_edit_id IS NULL)",
            name=op.f("ck_decision_settled_by"),
        ),
        sa.CheckConstraint(
            "(vote_kind = 'counted' AND yes >= 0 AND no >= 0 AND abstained >= 0 AND yes IS NOT NULL"
            " AND no IS NOT NULL AND abstained IS NOT NULL)"
            " OR (vote_kind <> 'counted' AND yes IS NULL AND no IS NULL AND abstained IS NULL)",
            name=op.f("ck_decision_counts"),
        ),
        sa.CheckConstraint(
            "outcome IN ('agreed', 'agreed_modified', 'rejected', 'referred', 'settled', 'reopened')",
            name=op.f("ck_decision_outcome"),
        ),
        sa.CheckConstraint("rank IS NULL OR (rank >= 0 AND outcome = 'agreed')", name=op.f("ck_decision_rank")),
        sa.CheckConstraint("stage IN ('desk')", name=op.f("ck_decision_stage")),
        sa.CheckConstraint(
            "vote_kind IN ('none', 'without_objection', 'unanimous', 'majority', 'counted')",
            name=op.f("ck_decision_vote_kind"),
        ),
        sa.CheckConstraint(
            "modified_by_edit_id <> edit_id AND settled_by_edit_id <> edit_id", name=op.f("ck_decision_another")
        ),
        sa.CheckConstraint("superseded_by IS NULL OR superseded_by <> id", name=op.f("ck_decision_superseded")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_decision_committee_id_committee")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_decision_decided_by_account")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_decision_edit_id_edit")),
        sa.ForeignKeyConstraint(
            ["modified_by_edit_id"], ["edit.id"], name=op.f("fk_decision_modified_by_edit_id_edit")
        ),
        sa.ForeignKeyConstraint(["settled_by_edit_id"], ["edit.id"], name=op.f("fk_decision_settled_by_edit_id_edit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(
        "uq_decision_standing",
        "decision",
        ["edit_id", "committee_id", "stage"],
        unique=True,
        sqlite_where=sa.text("superseded_by IS NULL"),
        postgresql_where=sa.text("superseded_by IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("decision")
