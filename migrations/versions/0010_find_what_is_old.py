"""Indexes over the age of receipts and counters.

Both are rows for a while only; signing in removes the old ones and should not walk through the others for it.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_form_receipt_created_at", "form_receipt", ["created_at"])
    op.create_index("ix_rate_limit_window_start", "rate_limit", ["window_start"])


def downgrade() -> None:
    op.drop_index("ix_rate_limit_window_start", table_name="rate_limit")
    op.drop_index("ix_form_receipt_created_at", table_name="form_receipt")
