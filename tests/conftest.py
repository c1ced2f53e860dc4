"""Fixtures for tests that need the application. Tests of text, exchange and rules ask for none of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from amendments.extensions import Base, db


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    from amendments.app import create_app

    folder: Path = tmp_path_factory.mktemp("data")
    app = create_app(
        {"data_dir": folder, "database_url": f"sqlite:///{folder / 'test.db'}", "secret_key": b"s" * 32, "testing": True}
    )
    with app.app_context(), db.engine.connect().execution_options(write=True) as connection, connection.begin():
        Base.metadata.create_all(connection)
    return app


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The session of a test: commits end a savepoint, everything is rolled back in the end."""
    with app.app_context():
        connection = db.engine.connect().execution_options(write=True)
        outer = connection.begin()
        db.connection = connection
        yield db.session
        db.session.remove()
        db.connection = None
        outer.rollback()
        connection.close()
