"""A record begun by an older version: what its events name is looked up when the tables are brought forward."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa

from amendments.audit import chain, queries
from amendments.audit.models import GENESIS
from amendments.cli import schema

BEFORE = "0007"


@pytest.fixture
def house(engine_name, make_database, tmp_path):
    """An application of its own whose database stands where the older version left it."""
    from amendments.app import create_app
    from amendments.extensions import db

    url = make_database(engine_name, "older")
    app = create_app({"data_dir": tmp_path, "database_url": url, "secret_key": b"s" * 40, "testing": True})
    with app.app_context():
        schema.upgrade(db.engine, BEFORE)
        yield db.engine
        db.session.remove()
        db.engine.dispose()


def write_events(engine, payloads):
    """As the older version did."""
    at, previous = datetime(2011, 11, 22, 17, 30, tzinfo=UTC), GENESIS
    event = sa.table("event", *map(sa.column, ("seq", "at", "name", "payload", "prev_hash", "hash")))
    head = sa.table("event_head", sa.column("seq"), sa.column("hash"))
    with engine.connect().execution_options(write=True) as connection:
        for seq, payload in enumerate(payloads, 1):
            values = {"seq": seq, "at": at, "name": "proposal:filed", "payload": payload}
            digest = chain.link(previous, actor_id=None, document_id=None, **values)
            stored = values | {"payload": json.dumps(payload), "at": stored_time(engine, at)}
            statement = sa.insert(event).values(prev_hash=previous, hash=digest, **stored)
            connection.execute(statement)
            previous = digest
        connection.execute(sa.update(head).values(seq=len(payloads), hash=previous))
        connection.commit()


def stored_time(engine, at):
    return at if engine.dialect.name == "postgresql" else at.replace(tzinfo=None).isoformat(" ") + ".000000"


def test_the_chain_stays_whole_and_the_events_are_found(house):
    from amendments.extensions import db

    proposal, edit = uuid4(), uuid4()
    lines = [[str(proposal), str(edit), "agreed"], [str(proposal), str(uuid4()), "settled"]]
    payloads = [{"proposal_id": str(proposal), "number": 1}, {"rank": 3}, {"lines": lines, "hash": "a" * 64}]
    write_events(house, payloads + [{"proposal_id": str(uuid4())}] * 600 + [{"edit_id": str(edit)}])
    schema.upgrade(house)
    assert queries.verify() == queries.Verdict(604, None)
    assert sorted(db.session.scalars(queries.naming([proposal]))) == [1, 3]
    assert sorted(db.session.scalars(queries.naming([edit]))) == [3, 604]
