"""A consensus version can be kept: a snapshot of the text, and what it is."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consensus_version",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('draft', 'undisputed', 'widest', 'committee', 'adopted')",
            name=op.f("ck_consensus_version_kind"),
        ),
        sa.CheckConstraint(
            "(kind = 'committee' AND committee_id IS NOT NULL) OR (kind <> 'committee' AND committee_id IS NULL)",
            name=op.f("ck_consensus_version_committee"),
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_consensus_version_version_id_version")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_consensus_version_committee_id_committee")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_consensus_version")),
    )


def downgrade() -> None:
    op.drop_table("consensus_version")
