"""Documents, their texts and versions.

Paragraphs are stored once by hash: most of a version is equal to its parent. The layout of a literal file belongs to
the version, so that an older file is written back as it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paragraph_content",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('heading', 'paragraph', 'list_item', 'table_row', 'footnote')",
            name=op.f("ck_paragraph_content_kind"),
        ),
        sa.CheckConstraint("level >= 0", name=op.f("ck_paragraph_content_level")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_paragraph_content")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("lead_committee_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_document_titled")),
        sa.CheckConstraint("visibility IN ('public', 'committee', 'restricted')", name=op.f("ck_document_visibility")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_document_created_by_account")),
        sa.ForeignKeyConstraint(
            ["lead_committee_id"], ["committee.id"], name=op.f("fk_document_lead_committee_id_committee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_lead_committee_id", "document", ["lead_committee_id"], unique=False)
    op.create_table(
        "document_participant",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_document_participant_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_participant_document_id_document")
        ),
        sa.PrimaryKeyConstraint("document_id", "committee_id", name=op.f("pk_document_participant")),
    )
    op.create_index("ix_document_participant_committee_id", "document_participant", ["committee_id"], unique=False)
    op.create_table(
        "document_reader",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_document_reader_account_id_account")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_reader_document_id_document")),
        sa.PrimaryKeyConstraint("document_id", "account_id", name=op.f("pk_document_reader")),
    )
    op.create_index("ix_document_reader_account_id", "document_reader", ["account_id"], unique=False)
    op.create_table(
        "document_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("literal", sa.Boolean(), nullable=False),
        sa.Column("file_suffix", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('resolution', 'annex')", name=op.f("ck_document_text_role")),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_document_text_rank")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_text_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_text")),
        sa.UniqueConstraint("document_id", "rank", name=op.f("uq_document_text_document_id_rank")),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(role = 'published' AND number IS NOT NULL) OR (role <> 'published' AND number IS NULL)",
            name=op.f("ck_version_numbered"),
        ),
        sa.CheckConstraint("role IN ('published', 'snapshot')", name=op.f("ck_version_role")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_version_hash")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_version_number")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_version_parent")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_version_created_by_account")),
        sa.ForeignKeyConstraint(["parent_id"], ["version.id"], name=op.f("fk_version_parent_id_version")),
        sa.ForeignKeyConstraint(["text_id"], ["document_text.id"], name=op.f("fk_version_text_id_document_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("text_id", "number", name=op.f("uq_version_text_id_number")),
    )
    op.create_index("ix_version_parent_id", "version", ["parent_id"], unique=False)
    op.create_table(
        "version_paragraph",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_version_paragraph_rank")),
        sa.ForeignKeyConstraint(
            ["content_hash"],
            ["paragraph_content.hash"],
            name=op.f("fk_version_paragraph_content_hash_paragraph_content"),
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_version_paragraph_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", "rank", name=op.f("pk_version_paragraph")),
        sa.UniqueConstraint("version_id", "identity", name=op.f("uq_version_paragraph_version_id_identity")),
    )
    op.create_index("ix_version_paragraph_content_hash", "version_paragraph", ["content_hash"], unique=False)


def downgrade() -> None:
    op.drop_table("version_paragraph")
    op.drop_table("version")
    op.drop_table("document_text")
    op.drop_table("document_reader")
    op.drop_table("document_participant")
    op.drop_table("document")
    op.drop_table("paragraph_content")
