"""The Beratungsfolge; a decision names its committee and, if made in one, the step: there is no "stage" any more."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("printed", sa.Boolean(), nullable=False),
        sa.Column("filing_opens", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filing_closes", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("vote_kind", sa.Text(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_consultation_rank")),
        sa.CheckConstraint(
            "role IN ('hearing', 'notice', 'preparation', 'decision')", name=op.f("ck_consultation_role")
        ),
        sa.CheckConstraint(
            "result IN ('adopted', 'rejected', 'noted', 'adjourned', 'referred', 'taken_off')",
            name=op.f("ck_consultation_result"),
        ),
        sa.CheckConstraint(
            "vote_kind IN ('none', 'without_objection', 'unanimous', 'majority', 'counted')",
            name=op.f("ck_consultation_vote_kind"),
        ),
        sa.CheckConstraint(
            "filing_opens IS NULL OR filing_closes IS NULL OR filing_opens < filing_closes",
            name=op.f("ck_consultation_filing"),
        ),
        sa.CheckConstraint(
            "(vote_kind = 'counted' AND yes >= 0 AND no >= 0 AND abstained >= 0 AND yes IS NOT NULL"
            " AND no IS NOT NULL AND abstained IS NOT NULL)"
            " OR (vote_kind <> 'counted' AND yes IS NULL AND no IS NULL AND abstained IS NULL)",
            name=op.f("ck_consultation_counts"),
        ),
        sa.CheckConstraint("result IS NOT NULL OR vote_kind = 'none'", name=op.f("ck_consultation_no_vote")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_consultation_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("document_id", "rank", name=op.f("uq_consultation_document_id_rank")),
    )
    op.create_table(
        "consultation_committee",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_consultation_committee_rank")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_committee_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_consultation_committee_committee_id_committee")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "committee_id", name=op.f("pk_consultation_committee")),
        sa.UniqueConstraint("consultation_id", "rank", name=op.f("uq_consultation_committee_consultation_id_rank")),
    )
    op.create_index("ix_consultation_committee_committee_id", "consultation_committee", ["committee_id"])
    op.create_table(
        "recommended_version",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_recommended_version_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["document_text.id"], name=op.f("fk_recommended_version_text_id_document_text")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_recommended_version_version_id_version")),
        sa.PrimaryKeyConstraint("consultation_id", "text_id", name=op.f("pk_recommended_version")),
    )
    op.drop_index("uq_decision_standing", table_name="decision")
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f("ck_decision_stage"), type_="check")
        batch.drop_column("stage")
        batch.add_column(sa.Column("consultation_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_decision_consultation_id_consultation"), "consultation", ["consultation_id"], ["id"]
        )
    _standing_once("edit_id", "committee_id")


def downgrade() -> None:
    op.drop_index("uq_decision_standing", table_name="decision")
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f("fk_decision_consultation_id_consultation"), type_="foreignkey")
        batch.drop_column("consultation_id")
        batch.add_column(sa.Column("stage", sa.Text(), nullable=False, server_default="desk"))
        batch.create_check_constraint(op.f("ck_decision_stage"), "stage IN ('desk')")
    with op.batch_alter_table("decision") as batch:
        batch.alter_column("stage", server_default=None)
    _standing_once("edit_id", "committee_id", "stage")
    op.drop_table("recommended_version")
    op.drop_index("ix_consultation_committee_committee_id", table_name="consultation_committee")
    op.drop_table("consultation_committee")
    op.drop_table("consultation")


def _standing_once(*columns: str) -> None:
    op.create_index(
        "uq_decision_standing",
        "decision",
        list(columns),
        unique=True,
        sqlite_where=sa.text("superseded_by IS NULL"),
        postgresql_where=sa.text("superseded_by IS NULL"),
    )
