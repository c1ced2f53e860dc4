"""Runs migrations on the connection it is handed; `amendments.cli.schema` makes it. One transaction per migration."""

from alembic import context

from amendments.app import load_models
from amendments.extensions import Base

load_models()


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
