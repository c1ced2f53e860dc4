"""A proposal names the step in whose time it was filed, and whether that time was over."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposal") as batch:
        batch.add_column(sa.Column("consultation_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_foreign_key(
            op.f("fk_proposal_consultation_id_consultation"), "consultation", ["consultation_id"], ["id"]
        )
        batch.create_check_constraint(
            op.f("ck_proposal_late"), "NOT late OR (filed_at IS NOT NULL AND consultation_id IS NOT NULL)"
        )
    with op.batch_alter_table("proposal") as batch:
        batch.alter_column("late", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("proposal") as batch:
        batch.drop_constraint(op.f("ck_proposal_late"), type_="check")
        batch.drop_constraint(op.f("fk_proposal_consultation_id_consultation"), type_="foreignkey")
        batch.drop_column("late")
        batch.drop_column("consultation_id")
