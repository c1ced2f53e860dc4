"""The record of events and its head.

Triggers refuse to change or delete an event. They stop accidents; whoever owns the database can remove them, and that
is what the hash chain is for: it shows what triggers cannot prevent.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSAL = "events are never changed or deleted"


def upgrade() -> None:
    event = op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("prev_hash", name=op.f("uq_event_prev_hash")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    op.create_index(op.f("ix_event_document_id"), event.name, ["document_id"])
    head = op.create_table(
        "event_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_event_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_head")),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
    if op.get_bind().dialect.name == "sqlite":
        refuse_on_sqlite()
    else:
        refuse_on_postgresql()


def refuse_on_sqlite() -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()"
    )


def downgrade() -> None:
    op.drop_table("event_head")
    op.drop_index(op.f("ix_event_document_id"), table_name="event")
    op.drop_table("event")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_event_change()")
