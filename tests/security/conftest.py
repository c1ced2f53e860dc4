"""A town built once for each module of this folder; every test starts from the same rows."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.security.stage import Stage, staged
from tests.security.world import build


@pytest.fixture(scope="module")
def town(app: Flask) -> Iterator[Stage]:
    with staged(app, build) as stage:
        yield stage


@pytest.fixture
def stage(town: Stage) -> Iterator[Stage]:
    with town.scene():
        yield town
