"""What was agreed, and finds its words in neither text when the next version appears, is open again with all on it."""

import pytest

from amendments.consensus import services
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.models import Version
from amendments.documents.queries import current_version, load_text
from amendments.proposals.models import Proposal
from amendments.proposals.queries import edits_on, handed_back, history_of
from amendments.text import Edit, apply
from tests.factories import documents, proposals
from tests.factories.documents import Paper

pytestmark = pytest.mark.usefixtures("session")

WORDS = ("Der Beirat berichtet jährlich über seine Arbeit.", "Schulen und Vereine helfen.")


def compromise(paper: Paper, *rivals: Proposal, new: str) -> Proposal:
    return decisions.write_compromise(
        paper.moderator,
        version_id=current_version(paper.text.id).id,
        replaces={proposals.edit_id(rival): None for rival in rivals},
        hunks=proposals.words(load_text(current_version(paper.text.id)), "jährlich", new),
        reason="Beiden recht.",
    )


def import_words(paper: Paper, *words: str) -> Version:
    version = current_version(paper.text.id)
    return services.publish_import(
        paper.moderator,
        text_id=paper.text.id,
        base_version_id=version.id,
        contents=documents.contents(*words),
    )


def outcome(proposal: Proposal) -> str | None:
    row = standing_on([proposals.edit_id(proposal)]).get(proposals.edit_id(proposal))
    return row.outcome if row else None


@pytest.fixture
def settled() -> tuple[Paper, Proposal, Proposal, Proposal]:
    """Two rivals with an agreed compromise in their place."""
    paper = documents.paper(*WORDS)
    one, other = (proposals.change(paper, "jährlich", new) for new in ("oft", "selten"))
    return paper, one, other, compromise(paper, one, other, new="alle zwei Jahre")


def test_a_compromise_whose_passage_the_file_has_changed_is_open_again_with_what_it_replaced(settled) -> None:
    paper, *made = settled
    version = import_words(paper, "Der Beirat berichtet monatlich über seine Arbeit.", WORDS[1])
    assert [outcome(proposal) for proposal in made] == [Outcome.REOPENED] * 3
    assert {item.proposal.id for item in handed_back(version.id)} == {proposal.id for proposal in made}
    assert edits_on(version.id) == ()


def test_the_record_says_that_they_were_called_again(settled) -> None:
    paper, one, *_ = settled
    import_words(paper, "Der Beirat berichtet monatlich über seine Arbeit.", WORDS[1])
    assert "decision:reopened" in [entry.name for entry in history_of(one.id)]


def test_a_compromise_that_finds_its_passage_takes_along_what_it_replaced(settled) -> None:
    paper, one, other, compromised = settled
    version = import_words(paper, WORDS[0], "Schulen helfen.")
    assert {edit.proposal_id for edit in edits_on(version.id)} == {one.id, other.id, compromised.id}
    assert (outcome(one), outcome(compromised)) == (Outcome.AGREED_MODIFIED, Outcome.AGREED)
    standing = standing_on([proposals.edit_id(compromised)])[proposals.edit_id(compromised)]
    decisions.reopen(
        paper.moderator,
        version_id=version.id,
        edit_id=standing.edit_id,
        reason="Neu beraten.",
        expected=standing.id,
    )
    assert outcome(one) == Outcome.REOPENED


def test_a_compromise_the_file_already_has_stays_agreed_and_leaves_nothing_open(settled) -> None:
    paper, one, other, compromised = settled
    (edit,) = [live for live in edits_on(paper.version.id) if live.proposal_id == compromised.id]
    version = import_words(paper, *(p.text for p in apply(paper.words, [Edit("c", edit.hunks)])))
    assert [outcome(proposal) for proposal in (one, other, compromised)] == [
        Outcome.AGREED_MODIFIED,
        Outcome.AGREED_MODIFIED,
        Outcome.AGREED,
    ]
    assert [(item.proposal.id, item.outcome) for item in handed_back(version.id)] == [
        (compromised.id, "already_adopted")
    ]


def test_an_agreed_amendment_that_another_agreed_one_left_no_place_is_open_again() -> None:
    paper = documents.paper("Eins zwei.", "Drei.")
    first = proposals.change(paper, "zwei", "zwei und drei und vier")
    one, other = (proposals.change(paper, "drei", new, parent_id=first.id) for new in ("3", "III"))
    verdicts = [Verdict(proposals.edit_id(made), Outcome.AGREED) for made in (first, one)]
    decisions.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=verdicts)
    version = import_words(paper, "Ganz anders und neu formuliert.", "Drei.")
    assert [outcome(made) for made in (first, one)] == [Outcome.REOPENED] * 2
    assert outcome(other) is None
    assert {item.proposal.id for item in handed_back(version.id)} == {first.id, one.id, other.id}
