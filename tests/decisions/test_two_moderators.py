"""Two moderators at once, on a database of their own where everybody really commits."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select

from amendments.app import create_app
from amendments.audit.models import Event, EventHead
from amendments.cli import schema
from amendments.decisions import services
from amendments.decisions.models import Decision
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.errors import Conflict
from amendments.extensions import db
from amendments.proposals.models import Proposal
from amendments.web.transaction import write
from tests.factories import documents, proposals

ROUNDS = 8
_number = count(1)


@pytest.fixture
def town(engine_name, make_database, tmp_path: Path):
    """An application whose sessions commit."""
    address = make_database(engine_name, f"moderators{next(_number)}")
    app = create_app({"data_dir": tmp_path, "database_url": address, "secret_key": b"s" * 40, "testing": True})
    with app.app_context():
        schema.upgrade(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


def together(town, works) -> list[str]:
    """Each work in a thread of its own, all beginning at once."""
    barrier = Barrier(len(works))

    def run(work) -> str:
        with town.app_context():
            barrier.wait()
            try:
                write(work)
            except Conflict:
                return "conflict"
            return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_one_decides_and_the_other_is_told(town) -> None:
    with town.app_context():
        paper = write(lambda: documents.paper(*[f"Absatz {n}." for n in range(ROUNDS)]))
        version_id, moderator = paper.version.id, paper.moderator
        made = [write(lambda n=n: proposals.change(paper, f"Absatz {n}", f"Punkt {n}")) for n in range(ROUNDS)]
        edit_ids = [proposals.edit_id(proposal) for proposal in made]
    for edit_id in edit_ids:
        verdicts = [[Verdict(edit_id, outcome)] for outcome in (Outcome.AGREED, Outcome.REJECTED)]
        works = [
            lambda said=said: services.decide_edits(moderator, version_id=version_id, verdicts=said)
            for said in verdicts
        ]
        assert sorted(together(town, works)) == ["conflict", "done"]
    with town.app_context():
        assert db.session.scalar(select(func.count()).select_from(Decision)) == ROUNDS
        assert db.session.scalar(select(func.count()).where(Event.name == "decision:made")) == ROUNDS
        assert db.session.scalar(select(func.count(Event.seq))) == db.session.scalar(select(EventHead.seq))


def test_many_file_at_once_and_no_number_is_missing(town) -> None:
    with town.app_context():
        paper = write(lambda: documents.paper(*[f"Absatz {n}." for n in range(ROUNDS)]))
        wishes = [proposals.words(paper.words, f"Absatz {n}", f"Punkt {n}") for n in range(ROUNDS)]
        member, version = paper.member, paper.version
        version_id = version.id

    def file(wish):
        from amendments.proposals.services import file_proposal

        return lambda: file_proposal(member, version_id=version_id, edits=[wish])

    assert together(town, [file(wish) for wish in wishes]) == ["done"] * ROUNDS
    with town.app_context():
        assert sorted(db.session.scalars(select(Proposal.number))) == list(range(1, ROUNDS + 1))
