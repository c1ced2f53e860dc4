"""Each change of a redline names its proposal, committee, reason and decision, across all versions."""

import pytest

from amendments import text as engine
from amendments.consensus import queries
from amendments.consensus.provenance import passages_between
from amendments.consensus.rules import View
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on as decisions_of
from amendments.documents.models import Version
from amendments.documents.queries import memory
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.proposals.queries import history_of
from tests.consensus.publishing import agree, publish
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")


def test_a_proposals_history_ends_in_the_version_it_came_into() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agreed, undecided = proposals.change(paper, "Eins", "Uno"), proposals.change(paper, "Zwei", "Due")
    agree(paper, agreed)
    publish(paper)
    names = [[entry.name for entry in history_of(proposal.id)] for proposal in (agreed, undecided)]
    assert names == [["proposal:filed", "decision:made", "version:published"], ["proposal:filed", "version:published"]]


def test_the_origin_of_words_reaches_across_versions() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier.")
    for old, new in (("zwei", "2"), ("drei", "3"), ("Vier", "4")):
        agree(paper, proposals.change(paper, old, new, reason=f"wegen {old}", committee_id=paper.participant.id))
        version = publish(paper)
    found = queries.redline_between(paper.version.id, version.id)
    told = {}
    for node in found.redline.nodes:
        for run in node.runs:
            if run.op is engine.Op.INSERT:
                (source,) = [found.sources[name] for name in run.by]
                told[run.rich.text] = (
                    source.proposal.number,
                    source.proposal.reason,
                    source.committee,
                    source.decision.outcome,
                    source.version.number,
                )
    assert told == {
        "2": (1, "wegen zwei", paper.participant, "agreed", 2),
        "3": (2, "wegen drei", paper.participant, "agreed", 3),
        "4": (3, "wegen Vier", paper.participant, "agreed", 4),
    }


def test_words_that_came_in_two_layers_name_the_version_that_was_published_then() -> None:
    """What amends an amendment is laid over it by a snapshot of its own; nobody has published that one."""
    paper = documents.paper("Eins zwei drei.", "Vier.")
    parent = proposals.change(paper, "zwei", "zwei und noch etwas")
    agree(paper, parent, proposals.change(paper, "noch", "mehr", parent_id=parent.id))
    publish(paper)
    agree(paper, proposals.change(paper, "Vier", "4"))
    newest = publish(paper)
    sources = queries.redline_between(paper.version.id, newest.id).sources.values()
    counted = passages_between(paper.version, newest).sources
    for found in (sources, counted):
        assert sorted((source.proposal.number, source.version.number) for source in found) == [(1, 2), (2, 2), (3, 3)]


def test_two_texts_have_no_redline_between_them() -> None:
    one, other = documents.paper(), documents.paper()
    with pytest.raises(NotFound):
        queries.redline_between(one.version.id, other.version.id)


def test_a_redline_takes_as_many_statements_over_four_versions_as_over_one(count_queries) -> None:
    paper = documents.paper(*[f"Absatz {n}." for n in range(6)])

    def statements(version: Version) -> int:
        db.session.expunge_all()
        memory.clear()
        with count_queries() as sent:
            queries.redline_between(paper.version.id, version.id)
        return len(sent)

    counted = []
    for number in range(4):
        agree(
            paper,
            proposals.change(paper, f"Absatz {number}", f"Punkt {number}"),
            proposals.change(paper, f"{number}.", f"{number}!"),
        )
        counted.append(statements(publish(paper)))
    assert len(set(counted)) == 1


def test_the_same_wish_of_two_keeps_both_names_when_one_is_agreed() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    first, second = (proposals.change(paper, "Eins", "Uno") for _ in range(2))
    agree(paper, second)
    version = publish(paper)
    shown = queries.redline_between(paper.version.id, version.id)
    names = {name for node in shown.redline.nodes for run in node.runs for name in run.by}
    assert {shown.sources[name].proposal.id for name in names} == {first.id, second.id}


def test_the_same_wish_goes_when_its_decision_is_reopened() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    _, second = (proposals.change(paper, "Eins", "Uno") for _ in range(2))
    agree(paper, second)
    standing = decisions_of([proposals.edit_id(second)])[proposals.edit_id(second)]
    decisions.reopen(
        paper.moderator,
        version_id=paper.version.id,
        edit_id=proposals.edit_id(second),
        reason="Noch einmal beraten.",
        expected=standing.id,
    )
    assert queries.consensus_text(paper.version.id, View.AGREED).hash == paper.version.hash
