"""A step forwards to the next one, a decision closes the document, and adopted recommendations become measures."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
RESULTS = "'adopted', 'rejected', 'noted', 'adjourned', 'referred', 'taken_off'"
VOTES = "'none', 'without_objection', 'unanimous', 'majority', 'counted'"
STATES = "'open', 'in_progress', 'done', 'deferred'"


def upgrade() -> None:
    with op.batch_alter_table("document") as batch:
        batch.add_column(sa.Column("closed_at", MOMENT, nullable=True))
    _results()
    _forwardings()
    _measures()


def downgrade() -> None:
    op.drop_table("measure_report")
    op.drop_index("ix_measure_committee_id", table_name="measure")
    op.drop_table("measure")
    op.drop_table("forwarded_version")
    for name in ("uq_forwarding_standing", "ix_forwarding_document_id", "ix_forwarding_to_id"):
        op.drop_index(name, table_name="forwarding")
    op.drop_table("forwarding")
    op.drop_index("ix_result_taken_back_consultation_id", table_name="result_taken_back")
    op.drop_table("result_taken_back")
    with op.batch_alter_table("document") as batch:
        batch.drop_column("closed_at")


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _results() -> None:
    table = "result_taken_back"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("vote_kind", sa.Text(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_back_by", sa.Uuid(), nullable=False),
        sa.Column("taken_back_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"result IN ({RESULTS})", name=op.f("ck_result_taken_back_result")),
        sa.CheckConstraint(f"vote_kind IN ({VOTES})", name=op.f("ck_result_taken_back_vote_kind")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_result_taken_back_reason")),
        _to(table, "consultation_id", "consultation"),
        _to(table, "taken_back_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_taken_back")),
    )
    op.create_index("ix_result_taken_back_consultation_id", table, ["consultation_id"])


def _forwardings() -> None:
    table = "forwarding"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("forwarded_by", sa.Uuid(), nullable=False),
        sa.Column("forwarded_at", MOMENT, nullable=False),
        sa.Column("taken_back_by", sa.Uuid(), nullable=True),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        sa.Column("taken_back_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_forwarding_onward")),
        sa.CheckConstraint(
            "(taken_back_at IS NULL AND taken_back_by IS NULL AND taken_back_reason = '')"
            " OR (taken_back_at IS NOT NULL AND taken_back_by IS NOT NULL AND taken_back_reason <> '')",
            name=op.f("ck_forwarding_taken_back"),
        ),
        _to(table, "document_id", "document"),
        _to(table, "from_id", "consultation"),
        _to(table, "to_id", "consultation"),
        _to(table, "forwarded_by", "account"),
        _to(table, "taken_back_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forwarding")),
    )
    standing = sa.text("taken_back_at IS NULL")
    op.create_index(
        "uq_forwarding_standing", table, ["from_id"], unique=True, sqlite_where=standing, postgresql_where=standing
    )
    op.create_index("ix_forwarding_document_id", table, ["document_id"])
    op.create_index("ix_forwarding_to_id", table, ["to_id"])
    op.create_table(
        "forwarded_version",
        sa.Column("forwarding_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        _to("forwarded_version", "forwarding_id", "forwarding"),
        _to("forwarded_version", "text_id", "document_text"),
        _to("forwarded_version", "version_id", "version"),
        sa.PrimaryKeyConstraint("forwarding_id", "text_id", name=op.f("pk_forwarded_version")),
    )


def _measures() -> None:
    table = "measure"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_to_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("budget", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("rating_words", sa.Text(), nullable=False),
        sa.Column("next_report", sa.Date(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_measure_state")),
        sa.CheckConstraint("rating IN ('first', 'important', 'later')", name=op.f("ck_measure_rating")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_measure_number")),
        sa.CheckConstraint("rating IS NOT NULL OR rating_words = ''", name=op.f("ck_measure_rated")),
        _to(table, "document_id", "document"),
        _to(table, "version_id", "version"),
        _to(table, "committee_id", "committee"),
        _to(table, "proposed_to_id", "committee"),
        _to(table, "created_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_measure_document_id_number")),
        sa.UniqueConstraint("version_id", "paragraph", name=op.f("uq_measure_version_id_paragraph")),
    )
    op.create_index("ix_measure_committee_id", table, ["committee_id"])
    op.create_table(
        "measure_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("next_report", sa.Date(), nullable=True),
        sa.Column("reported_by", sa.Uuid(), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_measure_report_state")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_measure_report_number")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_measure_report_text")),
        _to("measure_report", "measure_id", "measure"),
        _to("measure_report", "reported_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_report")),
        sa.UniqueConstraint("measure_id", "number", name=op.f("uq_measure_report_measure_id_number")),
    )
