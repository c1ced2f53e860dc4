"""Migrations go up, down and up again, and end equal to the models, on both engines."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from amendments.cli import schema


@pytest.fixture
def engine(engine_name, make_database):
    from amendments.app import load_models
    from amendments.web import engines

    load_models()
    engine = engines.create(make_database(engine_name, "migrations"))
    yield engine
    engine.dispose()


def test_up_down_and_up_again_ends_equal_to_the_models(engine):
    from amendments.extensions import Base

    schema.upgrade(engine)
    first = tables(engine)
    schema.downgrade(engine)
    assert set(tables(engine)) <= {"alembic_version"}
    schema.upgrade(engine)
    assert tables(engine) == first
    assert schema.current(engine) == schema.newest()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    assert checks(engine) == {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }


ACCOUNT = """INSERT INTO account (id, email, name, description, password_hash, is_admin, active, created_at)
VALUES ('7d4448409dc041d1b2455ffdce74fad2', 'ada@town.example', 'Ada', '', 'hash', TRUE, TRUE, '2011-11-22 18:30:00')"""
SESSION = """INSERT INTO login_session (token_hash, account_id, created_at, last_seen_at, user_agent)
VALUES ('token', '7d4448409dc041d1b2455ffdce74fad2', '2011-11-22 18:30:00', '2011-11-22 18:30:00', '')"""


def test_a_table_that_others_point_to_is_changed_with_its_rows(engine):
    """On SQLite it is built anew, and nothing that points to it may go with the old one."""
    schema.upgrade(engine, "0011")
    with engine.connect().execution_options(write=True) as connection:
        for statement in (ACCOUNT, SESSION):
            connection.execute(sa.text(statement))
        connection.commit()
    schema.upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT email, password_hash, language FROM account")).all()
        assert rows == [("ada@town.example", "hash", "de")]
        assert connection.scalar(sa.text("SELECT count(*) FROM login_session")) == 1
    schema.downgrade(engine, "0011")
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT email, password_hash FROM account")).all() == [rows[0][:2]]
        assert connection.scalar(sa.text("SELECT count(*) FROM login_session")) == 1
    with engine.connect().execution_options(write=True) as connection:  # foreign keys hold again
        with pytest.raises(sa.exc.IntegrityError):
            connection.execute(sa.text("DELETE FROM account"))
        connection.rollback()


def tables(engine):
    inspector = sa.inspect(engine)
    return {
        name: sorted(
            (column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)
        )
        for name in inspector.get_table_names()
    }


def checks(engine):
    """Names of CHECK constraints, which the comparison does not look at."""
    inspector = sa.inspect(engine)
    return {check["name"] for name in inspector.get_table_names() for check in inspector.get_check_constraints(name)}


def test_the_head_is_written_down():
    assert (schema.MIGRATIONS / ".current-alembic-head").read_text().strip() == schema.newest()


def test_migrations_are_numbered_without_gaps_and_say_why():
    files = sorted((schema.MIGRATIONS / "versions").glob("*.py"))
    assert [path.name[:4] for path in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    for path in files:
        docstring = Path(path).read_text(encoding="utf-8").split('"""')[1]
        assert len(docstring.split()) > 5, f"{path.name} does not say why"
