"""People are invited: an account may wait for its first password, and links open an account once.

Who had an empty hash could not sign in before either.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OPEN = "used_at IS NULL AND revoked_at IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("account") as table:
        table.alter_column("password_hash", existing_type=sa.Text(), nullable=True)
        table.add_column(sa.Column("language", sa.Text(), nullable=False, server_default="de"))
    op.execute("UPDATE account SET password_hash = NULL WHERE password_hash = ''")
    with op.batch_alter_table("account") as table:
        table.alter_column("language", existing_type=sa.Text(), existing_nullable=False, server_default=None)
        table.create_check_constraint(op.f("ck_account_language"), "language IN ('de', 'en')")
        table.create_check_constraint(op.f("ck_account_password_hash"), "password_hash <> ''")
    op.create_table(
        "account_link",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('invitation', 'password')", name=op.f("ck_account_link_purpose")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_account_link_term")),
        sa.CheckConstraint("used_at IS NULL OR revoked_at IS NULL", name=op.f("ck_account_link_one_end")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_link_account_id_account")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_account_link_created_by_account")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_link")),
    )
    op.create_index("ix_account_link_account_id", "account_link", ["account_id"])
    op.create_index(
        "uq_account_link_open",
        "account_link",
        ["account_id", "purpose"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def downgrade() -> None:
    op.drop_table("account_link")
    op.execute("UPDATE account SET password_hash = '!' WHERE password_hash IS NULL")
    with op.batch_alter_table("account") as table:
        table.drop_constraint(op.f("ck_account_password_hash"), type_="check")
        table.drop_constraint(op.f("ck_account_language"), type_="check")
        table.drop_column("language")
        table.alter_column("password_hash", existing_type=sa.Text(), nullable=False)
