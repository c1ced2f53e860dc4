"""A proposal that files anew what a version handed back names the edit it takes up.

A table of its own: a column in `proposal` would close a circle between proposals and their edits.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resumption",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_resumption_edit_id_edit")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_resumption_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_resumption")),
    )
    op.create_index("ix_resumption_edit_id", "resumption", ["edit_id"])


def downgrade() -> None:
    op.drop_index("ix_resumption_edit_id", table_name="resumption")
    op.drop_table("resumption")
