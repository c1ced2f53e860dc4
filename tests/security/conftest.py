"""A town built once for each engine, on a database of its own; every test starts from the same rows."""

from collections.abc import Iterator
from typing import Any

import pytest

from amendments.app import create_app
from amendments.cli import schema
from amendments.extensions import db
from tests.security.stage import Stage, staged
from tests.security.world import build


@pytest.fixture(scope="session")
def town(engine_name: str, make_database: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    config = {"data_dir": tmp_path_factory.mktemp("town"), "secret_key": b"s" * 40, "testing": True}
    app = create_app(config | {"database_url": make_database(engine_name, "town")})
    with app.app_context():
        schema.upgrade(db.engine)
    with staged(app, build) as stage:
        yield stage
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def stage(town: Stage) -> Iterator[Stage]:
    with town.scene():
        yield town
