"""The way from a thing to the events that name it.

The history of a proposal searched the payloads of all events of its document. A row for every id in a payload gives it
an index. The rows follow from the payloads, so those of older events are made here and the chain is not touched;
triggers refuse to change or delete them as they do for events.
"""

import json
import re
from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

REFUSAL = "events are never changed or deleted"
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AT_ONCE = 500


def upgrade() -> None:
    subject = op.create_table(
        "event_subject",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["event.seq"], name=op.f("fk_event_subject_seq_event")),
        sa.PrimaryKeyConstraint("seq", "subject_id", name=op.f("pk_event_subject")),
    )
    op.create_index("ix_event_subject_subject_id", "event_subject", ["subject_id", "seq"])
    for rows in subjects():
        op.bulk_insert(subject, rows)
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_subject_no_{verb.lower()} BEFORE {verb} ON event_subject "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER event_subject_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event_subject "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()"
        )


def subjects() -> Iterator[list[dict[str, object]]]:
    """The rows of some hundred events at a time."""
    event = sa.table("event", sa.column("seq", sa.Integer), sa.column("payload", sa.JSON))
    last = 0
    while True:
        statement = sa.select(event).where(event.c.seq > last).order_by(event.c.seq).limit(AT_ONCE)
        events = op.get_bind().execute(statement).all()
        if not events:
            return
        yield [
            {"seq": seq, "subject_id": named}
            for seq, payload in events
            for named in sorted({UUID(text) for text in ID.findall(json.dumps(payload))})
        ]
        last = events[-1].seq


def downgrade() -> None:
    op.drop_index("ix_event_subject_subject_id", table_name="event_subject")
    op.drop_table("event_subject")
