"""How many were there when a committee voted on a step."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("consultation") as batch:
        batch.add_column(sa.Column("present", sa.Integer(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_consultation_present"), "present IS NULL OR (vote_kind = 'counted' AND present >= 0)"
        )
    with op.batch_alter_table("result_taken_back") as batch:
        batch.add_column(sa.Column("present", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("result_taken_back") as batch:
        batch.drop_column("present")
    with op.batch_alter_table("consultation") as batch:
        batch.drop_constraint(op.f("ck_consultation_present"), type_="check")
        batch.drop_column("present")
