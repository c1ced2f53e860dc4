"""Returned files become proposals: what was read is kept until it is brought in, and a proposal knows its file."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BEFORE = ("filed", "compromise", "modification", "editorial", "oral")


def upgrade() -> None:
    _origins((*BEFORE, "returned"))
    op.create_table(
        "proposal_source",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_source_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_source")),
    )
    op.create_table(
        "returned_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("refusal", sa.JSON(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("brought_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('read', 'refused', 'booked')", name=op.f("ck_returned_file_state")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_returned_file_digest")),
        sa.CheckConstraint("state <> 'read' OR content IS NOT NULL", name=op.f("ck_returned_file_content")),
        sa.CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name=op.f("ck_returned_file_refusal")),
        sa.ForeignKeyConstraint(["text_id"], ["document_text.id"], name=op.f("fk_returned_file_text_id_document_text")),
        sa.ForeignKeyConstraint(["brought_by"], ["account.id"], name=op.f("fk_returned_file_brought_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_file")),
        sa.UniqueConstraint("text_id", "digest", name=op.f("uq_returned_file_text_id_digest")),
    )
    op.create_index("ix_returned_file_created_at", "returned_file", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_returned_file_created_at", "returned_file")
    op.drop_table("returned_file")
    op.drop_table("proposal_source")
    op.execute("UPDATE proposal SET origin = 'filed' WHERE origin = 'returned'")
    _origins(BEFORE)


def _origins(names: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{name}'" for name in names)
    with op.batch_alter_table("proposal") as batch:
        batch.drop_constraint(op.f("ck_proposal_origin"), type_="check")
        batch.create_check_constraint(op.f("ck_proposal_origin"), f"origin IN ({listed})")
