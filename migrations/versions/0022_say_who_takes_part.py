"""Who is excluded for a conflict of interest, from when on documents and texts are public, and texts for few."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("document") as batch:
        batch.add_column(sa.Column("public_from", sa.Date(), nullable=True))
        batch.add_column(sa.Column("row_version", sa.Integer(), nullable=False, server_default="1"))
        batch.create_check_constraint(op.f("ck_document_public_from"), "visibility <> 'public' OR public_from IS NULL")
    with op.batch_alter_table("document_text") as batch:
        batch.add_column(sa.Column("visibility", sa.Text(), nullable=False, server_default="public"))
        batch.add_column(sa.Column("public_from", sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_document_text_visibility"), "visibility IN ('public', 'committee', 'restricted')"
        )
        batch.create_check_constraint(
            op.f("ck_document_text_public_from"), "visibility <> 'public' OR public_from IS NULL"
        )
    with op.batch_alter_table("document") as batch:
        batch.alter_column("row_version", server_default=None)
    with op.batch_alter_table("document_text") as batch:
        batch.alter_column("visibility", server_default=None)
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("scope IN ('document', 'text', 'edits')", name=op.f("ck_exclusion_scope")),
        sa.CheckConstraint("(scope = 'document') = (text_id IS NULL)", name=op.f("ck_exclusion_text")),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name=op.f("ck_exclusion_lifted")),
        sa.CheckConstraint("lifted_at IS NULL OR lifted_at >= since", name=op.f("ck_exclusion_order")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_exclusion_document_id_document")),
        sa.ForeignKeyConstraint(["text_id"], ["document_text.id"], name=op.f("fk_exclusion_text_id_document_text")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_exclusion_account_id_account")),
        sa.ForeignKeyConstraint(["stated_by"], ["account.id"], name=op.f("fk_exclusion_stated_by_account")),
        sa.ForeignKeyConstraint(["lifted_by"], ["account.id"], name=op.f("fk_exclusion_lifted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
    )
    op.create_index("ix_exclusion_document_id", "exclusion", ["document_id"])
    op.create_index("ix_exclusion_account_id", "exclusion", ["account_id"])
    whole = sa.text("scope = 'document' AND lifted_at IS NULL")
    op.create_index(
        "uq_exclusion_document",
        "exclusion",
        ["document_id", "account_id"],
        unique=True,
        sqlite_where=whole,
        postgresql_where=whole,
    )
    op.create_table(
        "exclusion_edit",
        sa.Column("exclusion_id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exclusion_id"], ["exclusion.id"], name=op.f("fk_exclusion_edit_exclusion_id_exclusion")
        ),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_exclusion_edit_edit_id_edit")),
        sa.PrimaryKeyConstraint("exclusion_id", "edit_id", name=op.f("pk_exclusion_edit")),
    )
    op.create_index("ix_exclusion_edit_edit_id", "exclusion_edit", ["edit_id"])


def downgrade() -> None:
    op.drop_table("exclusion_edit")
    op.drop_table("exclusion")
    with op.batch_alter_table("document_text") as batch:
        batch.drop_constraint(op.f("ck_document_text_public_from"), type_="check")
        batch.drop_constraint(op.f("ck_document_text_visibility"), type_="check")
        batch.drop_column("public_from")
        batch.drop_column("visibility")
    with op.batch_alter_table("document") as batch:
        batch.drop_constraint(op.f("ck_document_public_from"), type_="check")
        batch.drop_column("row_version")
        batch.drop_column("public_from")
