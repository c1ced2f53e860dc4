"""A paper and who sits in front of it; a module that needs another one makes its own."""

import shutil

import pytest
from sqlalchemy import select

from amendments.app import create_app
from amendments.extensions import db
from amendments.people.models import Account
from amendments.people.queries import actor_for
from tests.factories import committees, proposals
from tests.factories.documents import paper
from tests.factories.meetings import sitting
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


@pytest.fixture
def evening(session):
    """A sitting in which two rivals and an undisputed edit wait."""
    found = paper(lead=committees.committee(kind="steering_group"))
    near = proposals.change(found, "Anfang an", "klein auf", title="Klein")
    far = proposals.change(found, "den Spracherwerb von Anfang an", "alle", title="Alle")
    free = proposals.change(found, "jährlich", "oft", title="Oft")
    opened = sitting(found)
    session.commit()
    return opened, [proposals.edit_id(row) for row in (near, far, free)]


@pytest.fixture
def chair(client, session, evening):
    return client.sign_in(session.get(Account, evening[0].chair.account_id))


@pytest.fixture(scope="module")
def town(example_town, tmp_path_factory):
    """Its administrator, in a copy of the example town that the tests of a module share."""
    data = shutil.copytree(example_town, tmp_path_factory.mktemp("town") / "demo")
    app = create_app({"data_dir": data, "secret_key": b"a key for tests that nobody else uses.", "testing": True})
    with app.test_request_context():
        yield actor_for(db.session.scalars(select(Account.id).where(Account.is_admin)).first())
        db.session.remove()
        db.engine.dispose()
