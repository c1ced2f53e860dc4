"""Whoever changes a version, a proposal's changes or a decision by SQL is found, for the record says otherwise."""

import json

import pytest
import sqlalchemy as sa

from amendments.consensus.checking import Differences, differences
from amendments.consultations.rules import Vote, VoteKind
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import current_version
from amendments.extensions import db
from amendments.proposals import services as proposal_services
from amendments.proposals.models import Hunk
from tests.consensus.publishing import agree, publish
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")

NOTHING = Differences((), (), (), ())
COUNTED = Vote(VoteKind.COUNTED, 7, 2, 1)


@pytest.fixture
def paper():
    """Everything that is compared has happened: filing, drafts, all ways to decide, calling again, a new version."""
    paper = documents.paper()
    version_id = paper.version.id
    first, second = proposals.change(paper, "jährlich", "oft"), proposals.change(paper, "jährlich", "oft")
    third = proposals.filed(paper, proposals.words(paper.words, "eng", "gut"), proposals.strike(paper.words, 4))
    draft = proposals.change(paper, "Vereine", "Gruppen", draft=True)
    gone = proposals.change(paper, "Räume", "Säle", draft=True)
    proposal_services.discard_draft(paper.member, proposal_id=gone.id)
    proposals.filed(paper, proposals.insert(paper.words, 0, "Neu."), draft=False)
    decisions.editorial_change(
        paper.moderator, version_id=version_id, edits=[proposals.words(paper.words, "hilft", "half")]
    )
    agree(paper, first)  # settles the second, which wants the same
    edit = proposals.edit_id(first)
    expected = standing_on([edit])[edit].id
    decisions.reopen(paper.moderator, version_id=version_id, edit_id=edit, reason="Noch einmal.", expected=expected)
    verdict = Verdict(edit, Outcome.AGREED, standing_on([edit])[edit].id)
    decisions.decide_edits(paper.moderator, version_id=version_id, verdicts=[verdict], vote=COUNTED)
    decisions.decide_modified(
        paper.moderator,
        version_id=version_id,
        edit_id=proposals.edit_id(third),
        hunks=proposals.words(paper.words, "eng", "sehr eng"),
        reason="Genauer.",
    )
    proposal_services.submit_draft(paper.member, proposal_id=draft.id)
    publish(paper)
    assert second.number == 2
    db.session.flush()
    return paper


def by_sql(statement, **values):
    """What the owner of the database can do."""
    assert db.session.execute(sa.text(statement), values).rowcount > 0
    db.session.expire_all()


def test_what_was_done_by_its_verbs_differs_nowhere(paper) -> None:
    assert differences() == NOTHING


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decision SET outcome = 'rejected' WHERE superseded_by IS NULL AND vote_kind = 'counted'",
        "UPDATE decision SET yes = 70 WHERE vote_kind = 'counted'",
        "UPDATE decision SET superseded_by = NULL, vote_kind = 'majority' WHERE outcome = 'agreed_modified' AND 1 = 1",
        "DELETE FROM decision WHERE superseded_by IS NULL AND vote_kind = 'counted'",
        "DELETE FROM decision WHERE outcome = 'agreed_modified'",
    ],
    ids=["outcome", "votes", "kind of vote", "deleted", "the only one deleted"],
)
def test_another_decision_is_found(paper, statement) -> None:
    by_sql(statement)
    found = differences()
    assert len(found.decisions) == 1
    assert found == Differences((), (), (), found.decisions)


def test_a_decision_about_what_nobody_decided_is_found(paper) -> None:
    (free,) = [edit for edit in db.session.scalars(sa.select(Hunk).where(Hunk.old_text == "")) if edit.op == "insert"]
    columns = "committee_id, outcome, vote_kind, reason, decided_by, decided_at"
    by_sql(
        f"INSERT INTO decision (id, edit_id, {columns}) SELECT :id, :edit, committee_id, 'rejected', 'none', '',"
        " decided_by, decided_at FROM decision WHERE vote_kind = 'counted'",
        id=_key("0" * 31 + "1"),
        edit=_key(free.edit_id.hex),
    )
    assert len(differences().decisions) == 1


def test_other_words_of_a_change_are_found(paper) -> None:
    hunk = db.session.scalars(sa.select(Hunk).where(Hunk.op == "replace").order_by(Hunk.id)).first()
    other = hunk.data | {"new": {"text": "nie"}}
    by_sql("UPDATE hunk SET data = :data WHERE id = :id", data=json.dumps(other), id=_key(hunk.id.hex))
    found = differences()
    assert (len(found.edits), found.proposals) == (1, ())


def test_what_is_printed_beside_a_change_is_compared_too(paper) -> None:
    by_sql("UPDATE hunk SET old_text = 'immer' WHERE old_text = 'hilft'")
    assert len(differences().edits) == 1


def test_other_words_with_a_hash_of_their_own_are_found_by_the_record(paper) -> None:
    by_sql("UPDATE edit SET wish_hash = :hash WHERE id = (SELECT edit_id FROM hunk WHERE op = 'insert')", hash="a" * 64)
    found = differences()
    assert (len(found.edits), len(found.proposals)) == (1, 1)


def test_a_change_that_was_taken_out_of_its_proposal_is_found(paper) -> None:
    by_sql("DELETE FROM hunk WHERE op = 'insert'")
    assert len(differences().edits) == 1


def test_a_version_with_another_hash_than_recorded_is_found(paper) -> None:
    version = current_version(paper.text.id)
    by_sql("UPDATE version SET hash = :hash WHERE id = :id", hash="b" * 64, id=_key(version.id.hex))
    assert differences().versions == (f"{version.number} of text {paper.text.id}",)


def test_comparing_sends_as_many_statements_for_one_paper_as_for_two(paper, count_queries) -> None:
    with count_queries() as first:
        differences()
    other = documents.paper()
    agree(other, proposals.change(other, "jährlich", "oft"))
    with count_queries() as second:
        differences()
    assert len(first) == len(second)


def _key(digits):
    """An id as the engine at hand stores it."""
    from uuid import UUID

    return digits if db.engine.dialect.name == "sqlite" else UUID(digits)
