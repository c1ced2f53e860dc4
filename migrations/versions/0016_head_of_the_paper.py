"""The paper's head: the other offices that took part; reasons are a text of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document") as batch:
        batch.add_column(sa.Column("offices", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("document") as batch:
        batch.alter_column("offices", server_default=None)
    _roles("resolution", "reasons", "annex")


def downgrade() -> None:
    op.execute("UPDATE document_text SET role = 'annex' WHERE role = 'reasons'")
    _roles("resolution", "annex")
    with op.batch_alter_table("document") as batch:
        batch.drop_column("offices")


def _roles(*roles: str) -> None:
    listed = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("document_text") as batch:
        batch.drop_constraint(op.f("ck_document_text_role"), type_="check")
        batch.create_check_constraint(op.f("ck_document_text_role"), f"role IN ({listed})")
