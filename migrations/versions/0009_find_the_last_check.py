"""An index over the few events that tell of a check of the record.

The page of the record walks only what has come since the last check, so it has to find that one without searching.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CHECKED = sa.text("name = 'record:checked'")


def upgrade() -> None:
    op.create_index("ix_event_checked", "event", ["seq"], sqlite_where=CHECKED, postgresql_where=CHECKED)


def downgrade() -> None:
    op.drop_index("ix_event_checked", table_name="event")
