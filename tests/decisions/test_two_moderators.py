"""Two moderators at once, on a database of their own where everybody really commits."""

from itertools import count

from sqlalchemy import func, select

from amendments.audit.models import Event, EventHead
from amendments.decisions import services
from amendments.decisions.models import Decision
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.extensions import db
from amendments.proposals.models import Proposal
from amendments.web.transaction import write
from tests.at_once import together
from tests.factories import documents, proposals

ROUNDS = 8
_number = count(1)


def test_one_decides_and_the_other_is_told(committing_app) -> None:
    with committing_app.app_context():
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
        assert sorted(together(committing_app, works)) == ["conflict", "done"]
    with committing_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Decision)) == ROUNDS
        assert db.session.scalar(select(func.count()).where(Event.name == "decision:made")) == ROUNDS
        assert db.session.scalar(select(func.count(Event.seq))) == db.session.scalar(select(EventHead.seq))


def test_many_file_at_once_and_no_number_is_missing(committing_app) -> None:
    with committing_app.app_context():
        paper = write(lambda: documents.paper(*[f"Absatz {n}." for n in range(ROUNDS)]))
        wishes = [proposals.words(paper.words, f"Absatz {n}", f"Punkt {n}") for n in range(ROUNDS)]
        member, version = paper.member, paper.version
        version_id = version.id

    def file(wish):
        from amendments.proposals.services import file_proposal

        return lambda: file_proposal(member, version_id=version_id, edits=[wish])

    assert together(committing_app, [file(wish) for wish in wishes]) == ["done"] * ROUNDS
    with committing_app.app_context():
        assert sorted(db.session.scalars(select(Proposal.number))) == list(range(1, ROUNDS + 1))
