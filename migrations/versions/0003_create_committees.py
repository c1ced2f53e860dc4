"""Committees and who sits on them.

Seats end on a day and are never deleted, so that an old decision keeps its deciding body.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "committee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("legal_number", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('council', 'committee', 'advisory_board', 'working_group', 'steering_group',"
            " 'executive', 'office')",
            name=op.f("ck_committee_kind"),
        ),
        sa.CheckConstraint("name <> '' AND short_name <> '' AND key <> ''", name=op.f("ck_committee_named")),
        sa.CheckConstraint("legal_number > 0", name=op.f("ck_committee_legal_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("key", name=op.f("uq_committee_key")),
        sa.UniqueConstraint("name", name=op.f("uq_committee_name")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('member', 'deputy', 'chair', 'clerk', 'moderator', 'steering')", name=op.f("ck_membership_role")
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_membership_term")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_membership_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "committee_id",
            "account_id",
            "role",
            "valid_from",
            name=op.f("uq_membership_committee_id_account_id_role_valid_from"),
        ),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("membership")
    op.drop_table("committee")
