"""What was chosen for the people in a returned file is kept with it until it is brought in."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("returned_file") as batch:
        batch.add_column(sa.Column("choices", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("returned_file") as batch:
        batch.alter_column("choices", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("returned_file") as batch:
        batch.drop_column("choices")
