"""Where the words of a version come from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "version_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("hunk", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(origin = 'import' AND edit_id IS NULL) OR (origin <> 'import' AND edit_id IS NOT NULL)",
            name=op.f("ck_version_step_source"),
        ),
        sa.CheckConstraint("origin IN ('proposal', 'editorial', 'import')", name=op.f("ck_version_step_origin")),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_version_step_rank")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_version_step_edit_id_edit")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_version_step_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_step")),
        sa.UniqueConstraint("version_id", "rank", name=op.f("uq_version_step_version_id_rank")),
    )
    op.create_index("ix_version_step_edit_id", "version_step", ["edit_id"], unique=False)


def downgrade() -> None:
    op.drop_table("version_step")
