"""Rules of committees that differ from what is usual for their kind, and whom a deputy stands in for."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "committee_rules",
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("majority", sa.Text(), nullable=False),
        sa.Column("quorum", sa.Text(), nullable=False),
        sa.Column("quorum_number", sa.Integer(), nullable=True),
        sa.Column("tie", sa.Text(), nullable=False),
        sa.Column("vote_order", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("reason_required", sa.Boolean(), nullable=False),
        sa.Column("deadline_days", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "majority IN ('simple', 'legal_number', 'two_thirds_present', 'two_thirds_legal_number')",
            name=op.f("ck_committee_rules_majority"),
        ),
        sa.CheckConstraint("quorum IN ('half', 'own', 'none')", name=op.f("ck_committee_rules_quorum")),
        sa.CheckConstraint("tie IN ('rejected', 'chair')", name=op.f("ck_committee_rules_tie")),
        sa.CheckConstraint(
            "vote_order IN ('furthest_first', 'filed_first')", name=op.f("ck_committee_rules_vote_order")
        ),
        sa.CheckConstraint(
            "(quorum = 'own' AND quorum_number > 0) OR (quorum <> 'own' AND quorum_number IS NULL)",
            name=op.f("ck_committee_rules_quorum_number"),
        ),
        sa.CheckConstraint("deadline_days >= 0", name=op.f("ck_committee_rules_deadline_days")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_rules_committee_id_committee")
        ),
        sa.PrimaryKeyConstraint("committee_id", name=op.f("pk_committee_rules")),
    )
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("deputy_for", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_membership_deputy_for_account"), "account", ["deputy_for"], ["id"])
        table.create_check_constraint(op.f("ck_membership_deputy_for"), "deputy_for IS NULL OR role = 'deputy'")


def downgrade() -> None:
    with op.batch_alter_table("membership") as table:
        table.drop_constraint(op.f("ck_membership_deputy_for"), type_="check")
        table.drop_constraint(op.f("fk_membership_deputy_for_account"), type_="foreignkey")
        table.drop_column("deputy_for")
    op.drop_table("committee_rules")
