"""What a version reads like with a named set of its edits, and keeping such a text."""

import pytest
import sqlalchemy as sa

from amendments.audit.queries import verify
from amendments.consensus import services
from amendments.consensus.checking import differences
from amendments.consensus.models import ConsensusVersion
from amendments.consensus.named import choices_of, kept_versions
from amendments.consensus.provenance import redline_between
from amendments.consensus.rules import ConsensusKind
from amendments.consultations.services import Plan, plan_consultation
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.models import Version
from amendments.documents.queries import current_version, load_text, memory, versions_of
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.proposals.services import take_position
from tests.consensus.publishing import agree, publish
from tests.factories import committees, documents, proposals
from tests.guards.statements import collected

pytestmark = pytest.mark.usefixtures("session")


def choices(paper, version=None):
    return choices_of((version or paper.version).id, paper.lead.id)


def words(named) -> str:
    return " ".join(paragraph.text for paragraph in named.text)


def read(paper, kind, committee=None, version=None) -> str:
    return words(choices(paper, version).named(kind, committee.id if committee else None))


def object_to(paper, proposal, actor=None):
    actor = actor or committees.somebody(paper.participant)
    take_position(actor, edit_id=proposals.edit_id(proposal), stance="objection", reason="Zu viel.")


def support(paper, proposal, actor=None, committee=None):
    actor = actor or committees.somebody(paper.participant)
    take_position(actor, edit_id=proposals.edit_id(proposal), stance="support", committee_id=committee)


def test_undisputed_holds_what_nobody_speaks_against_and_nothing_that_collides() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.", "Sechs sieben.")
    proposals.change(paper, "zwei", "2")
    object_to(paper, proposals.change(paper, "fünf", "5"))
    proposals.change(paper, "sieben", "7")
    proposals.change(paper, "sieben", "VII")
    assert read(paper, ConsensusKind.UNDISPUTED) == "Eins 2 drei. Vier fünf. Sechs sieben."


def test_what_has_to_be_read_together_is_undisputed_once_it_was_agreed() -> None:
    paper = documents.paper("Eins zwei drei vier fünf.")
    made = [proposals.change(paper, "zwei", "2"), proposals.change(paper, "fünf", "5")]
    assert read(paper, ConsensusKind.UNDISPUTED) == "Eins zwei drei vier fünf."
    agree(paper, *made)
    assert read(paper, ConsensusKind.UNDISPUTED) == "Eins 2 drei vier 5."


def test_the_widest_support_chooses_among_rivals_and_leaves_out_what_more_object_to() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.", "Sechs sieben.")
    proposals.change(paper, "zwei", "2")
    support(paper, proposals.change(paper, "zwei", "II"))
    refused = proposals.change(paper, "fünf", "5")
    object_to(paper, refused)
    object_to(paper, refused)
    object_to(paper, proposals.change(paper, "Sechs", "6"))
    assert read(paper, ConsensusKind.WIDEST) == "Eins II drei. Vier fünf. Sechs sieben."


def test_a_committee_wants_what_it_agreed_filed_or_supports_and_nothing_it_rejected() -> None:
    lead = committees.committee()
    paper = documents.paper("Eins zwei drei.", "Vier fünf.", "Sechs sieben.", "Acht neun.", lead=lead)
    board = paper.participant
    speaker = committees.somebody(board, "chair")
    rejected = proposals.change(paper, "zwei", "2", committee_id=board.id, actor=speaker)
    proposals.change(paper, "fünf", "5", committee_id=board.id, actor=speaker)
    support(paper, proposals.change(paper, "sieben", "7"), speaker, board.id)
    proposals.change(paper, "neun", "9")
    other = [row for row in choices(paper).committees.values() if row.id != board.id]
    assert other == []
    assert read(paper, ConsensusKind.COMMITTEE, board) == "Eins 2 drei. Vier 5. Sechs 7. Acht neun."
    standing = {proposals.edit_id(rejected): Outcome.REJECTED}
    decide_as(paper, board, standing)
    assert read(paper, ConsensusKind.COMMITTEE, board) == "Eins zwei drei. Vier 5. Sechs 7. Acht neun."


def decide_as(paper, committee, outcomes) -> None:
    """The committee decides in a step of its own."""
    step = plan_consultation(paper.moderator, document_id=paper.document.id, plan=Plan([committee.id], "preparation"))
    decisions.decide_edits(
        committees.somebody(committee, "chair"),
        version_id=paper.version.id,
        verdicts=[Verdict(edit_id, outcome) for edit_id, outcome in outcomes.items()],
        consultation_id=step.id,
    )


def test_adopted_is_what_publishing_makes() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    agree(paper, proposals.change(paper, "zwei", "2"))
    proposals.change(paper, "fünf", "5")
    named = choices(paper).named(ConsensusKind.ADOPTED)
    assert words(named) == "Eins 2 drei. Vier fünf."
    assert publish(paper).hash == named.hash


def test_the_sets_of_an_older_version_can_still_be_read() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    speaker = committees.somebody(paper.participant, "chair")
    made = proposals.change(paper, "zwei", "2", committee_id=paper.participant.id, actor=speaker)
    agree(paper, made)
    publish(paper)
    assert read(paper, ConsensusKind.COMMITTEE, paper.participant) == "Eins 2 drei. Vier fünf."
    assert choices(paper, current_version(paper.text.id)).committees == {}


def test_a_committee_that_wants_nothing_has_no_version() -> None:
    paper = documents.paper()
    with pytest.raises(NotFound):
        choices(paper).named(ConsensusKind.COMMITTEE, paper.participant.id)


def test_the_number_of_statements_does_not_grow_with_committees_and_proposals() -> None:
    paper = documents.paper()

    def statements() -> int:
        with collected(db.session.connection()) as found:
            list(choices(paper).every())
        return len(found)

    proposals.change(paper, "jährlich", "oft")
    statements()
    few = statements()
    for new in ("selten", "nie"):
        proposals.change(paper, "Anfang", new)
    support(
        paper,
        proposals.change(paper, "eng", "gut"),
        committees.somebody(paper.participant, "chair"),
        paper.participant.id,
    )
    many = statements()
    assert many <= few + 1  # the committees' names, once there are any


def keep(paper, kind=ConsensusKind.UNDISPUTED, actor=None, **given):
    named = choices(paper).named(kind, given.get("committee_id"))
    values = {"version_id": paper.version.id, "kind": kind.value, "expected_hash": named.hash} | given
    return services.keep_consensus(actor or paper.moderator, **values)


def test_a_kept_text_stays_whatever_is_decided_later() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    made = proposals.change(paper, "zwei", "2")
    kept = keep(paper)
    decisions.decide_edits(
        paper.moderator,
        version_id=paper.version.id,
        verdicts=[Verdict(proposals.edit_id(made), Outcome.REJECTED)],
    )
    memory.clear()
    assert [paragraph.text for paragraph in load_text(kept)] == ["Eins 2 drei.", "Vier fünf."]
    (entry,) = kept_versions(paper.text.id)
    assert (entry.kind, entry.base.id, entry.version.id) == (ConsensusKind.UNDISPUTED, paper.version.id, kept.id)


def test_a_kept_text_is_no_version_that_anybody_files_on_and_knows_its_sources() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    made = proposals.change(paper, "zwei", "2")
    kept = keep(paper)
    assert versions_of(paper.text.id) == (paper.version,)
    found = redline_between(paper.version.id, kept.id)
    assert set(found.sources) == {str(proposals.edit_id(made))}


def test_a_kept_text_passes_the_check_of_the_record() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    proposals.change(paper, "zwei", "2")
    kept = keep(paper)
    assert verify().broken_at is None
    assert differences().versions == ()
    db.session.execute(sa.update(Version).where(Version.id == kept.id).values(hash="0" * 64))
    assert differences().versions == (f"kept {kept.id}",)
    db.session.execute(sa.delete(ConsensusVersion))
    assert differences().versions == (f"kept {kept.id}",)


def test_keeping_refuses_what_was_not_shown_what_is_nothing_and_what_is_kept() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    with pytest.raises(InvalidInput, match="nichts festzuhalten"):
        keep(paper)
    proposals.change(paper, "zwei", "2")
    with pytest.raises(Conflict, match="Inzwischen hat sich geändert"):
        keep(paper, expected_hash=paper.version.hash)
    keep(paper)
    with pytest.raises(Conflict, match="schon festgehalten"):
        keep(paper)


@pytest.mark.parametrize("role", ["member", "deputy", "chair", "clerk", "steering"])
def test_only_the_moderation_keeps(role) -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    proposals.change(paper, "zwei", "2")
    with pytest.raises(NotAllowed):
        keep(paper, actor=committees.somebody(paper.lead, role))
