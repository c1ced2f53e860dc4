"""Proposals as filed, what was said about them, and what became of them on later versions.

`position.superseded_by` has no foreign key: the older row gives way before the newer one is there (partial unique
index), and deferrable keys are not portable.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("budget", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'withdrawn' AND withdrawn_at IS NOT NULL) OR (state <> 'withdrawn' AND withdrawn_at IS NULL)",
            name=op.f("ck_proposal_state_withdrawn"),
        ),
        sa.CheckConstraint("kind IN ('change', 'supplement', 'deletion', 'editorial')", name=op.f("ck_proposal_kind")),
        sa.CheckConstraint(
            "origin IN ('filed', 'compromise', 'modification', 'editorial', 'oral')", name=op.f("ck_proposal_origin")
        ),
        sa.CheckConstraint("state <> 'draft' OR filed_at IS NULL", name=op.f("ck_proposal_state_draft")),
        sa.CheckConstraint("state <> 'void' OR parent_id IS NOT NULL", name=op.f("ck_proposal_state_void")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'open', 'withdrawn', 'void')", name=op.f("ck_proposal_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'open', 'void') OR filed_at IS NOT NULL", name=op.f("ck_proposal_state_filed")
        ),
        sa.CheckConstraint(
            "(number IS NULL AND filed_at IS NULL) OR (number IS NOT NULL AND filed_at IS NOT NULL)",
            name=op.f("ck_proposal_filed"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_proposal_number")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_proposal_parent")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_proposal_author_id_account")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_proposal_committee_id_committee")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_proposal_document_id_document")),
        sa.ForeignKeyConstraint(["parent_id"], ["proposal.id"], name=op.f("fk_proposal_parent_id_proposal")),
        sa.ForeignKeyConstraint(["text_id"], ["document_text.id"], name=op.f("fk_proposal_text_id_document_text")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_proposal_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_proposal_document_id_number")),
    )
    op.create_index("ix_proposal_author_id", "proposal", ["author_id"], unique=False)
    op.create_index("ix_proposal_parent_id", "proposal", ["parent_id"], unique=False)
    op.create_index("ix_proposal_text_id", "proposal", ["text_id"], unique=False)
    op.create_index("ix_proposal_version_id", "proposal", ["version_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_comment_said")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_comment_author_id_account")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_comment_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_proposal_id", "comment", ["proposal_id"], unique=False)
    op.create_table(
        "edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("wish_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("length(wish_hash) = 64", name=op.f("ck_edit_wish_hash")),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_edit_rank")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_edit_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit")),
        sa.UniqueConstraint("proposal_id", "rank", name=op.f("uq_edit_proposal_id_rank")),
    )
    op.create_index("ix_edit_wish_hash", "edit", ["wish_hash"], unique=False)
    op.create_table(
        "carry_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("from_version_id", sa.Uuid(), nullable=False),
        sa.Column("to_version_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=False),
        sa.Column("hunks", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'anchored' AND hunks IS NOT NULL) OR (outcome <> 'anchored' AND hunks IS NULL)",
            name=op.f("ck_carry_over_anchored"),
        ),
        sa.CheckConstraint(
            "outcome IN ('anchored', 'already_adopted', 'passage_changed', 'passage_gone')",
            name=op.f("ck_carry_over_outcome"),
        ),
        sa.CheckConstraint("from_version_id <> to_version_id", name=op.f("ck_carry_over_step")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_carry_over_edit_id_edit")),
        sa.ForeignKeyConstraint(
            ["from_version_id"], ["version.id"], name=op.f("fk_carry_over_from_version_id_version")
        ),
        sa.ForeignKeyConstraint(["to_version_id"], ["version.id"], name=op.f("fk_carry_over_to_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carry_over")),
        sa.UniqueConstraint("edit_id", "to_version_id", name=op.f("uq_carry_over_edit_id_to_version_id")),
    )
    op.create_index("ix_carry_over_to_version_id", "carry_over", ["to_version_id"], unique=False)
    op.create_table(
        "edit_replacement",
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("replaced_edit_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("edit_id <> replaced_edit_id", name=op.f("ck_edit_replacement_another")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_edit_replacement_edit_id_edit")),
        sa.ForeignKeyConstraint(
            ["replaced_edit_id"], ["edit.id"], name=op.f("fk_edit_replacement_replaced_edit_id_edit")
        ),
        sa.PrimaryKeyConstraint("edit_id", "replaced_edit_id", name=op.f("pk_edit_replacement")),
    )
    op.create_index("ix_edit_replacement_replaced_edit_id", "edit_replacement", ["replaced_edit_id"], unique=False)
    op.create_table(
        "hunk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("old_text", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("base_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "op IN ('replace', 'retype', 'split', 'join', 'insert', 'delete', 'move')", name=op.f("ck_hunk_op")
        ),
        sa.CheckConstraint(
            "(op = 'replace' AND start IS NOT NULL AND \"end\" IS NOT NULL AND start >= 0"
            ' AND start <= "end") OR (op <> \'replace\' AND "end" IS NULL)',
            name=op.f("ck_hunk_place"),
        ),
        sa.CheckConstraint("length(base_hash) = 64", name=op.f("ck_hunk_base_hash")),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_hunk_rank")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_hunk_edit_id_edit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hunk")),
        sa.UniqueConstraint("edit_id", "rank", name=op.f("uq_hunk_edit_id_rank")),
    )
    op.create_index("ix_hunk_paragraph", "hunk", ["paragraph"], unique=False)
    op.create_table(
        "position",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("stance <> 'objection' OR reason <> ''", name=op.f("ck_position_objection_reason")),
        sa.CheckConstraint("stance IN ('support', 'objection', 'abstention')", name=op.f("ck_position_stance")),
        sa.CheckConstraint("superseded_by IS NULL OR superseded_by <> id", name=op.f("ck_position_superseded")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_position_account_id_account")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_position_committee_id_committee")),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name=op.f("fk_position_edit_id_edit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    op.create_index(
        "uq_position_standing_account",
        "position",
        ["edit_id", "account_id"],
        unique=True,
        sqlite_where=sa.text("superseded_by IS NULL AND committee_id IS NULL"),
        postgresql_where=sa.text("superseded_by IS NULL AND committee_id IS NULL"),
    )
    op.create_index(
        "uq_position_standing_committee",
        "position",
        ["edit_id", "committee_id"],
        unique=True,
        sqlite_where=sa.text("superseded_by IS NULL AND committee_id IS NOT NULL"),
        postgresql_where=sa.text("superseded_by IS NULL AND committee_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("position")
    op.drop_table("hunk")
    op.drop_table("edit_replacement")
    op.drop_table("carry_over")
    op.drop_table("edit")
    op.drop_table("comment")
    op.drop_table("proposal")
