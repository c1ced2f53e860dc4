"""A paper and who sits in front of it; a module that needs another one makes its own."""

import pytest

from tests.factories.documents import paper
from tests.workplaces.pages import as_


@pytest.fixture
def stage(session):
    """A paper, and the addresses of its text."""
    found = paper()
    session.commit()
    return found


@pytest.fixture
def member(client, session, stage):
    return as_(client, session, stage.member)


@pytest.fixture
def moderator(client, session, stage):
    return as_(client, session, stage.moderator)
