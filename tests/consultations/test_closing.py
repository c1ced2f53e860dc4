"""The council's decision closes a document: nothing is filed, decided or published any more, until it is taken back."""

import pytest

from amendments.audit.models import Event
from amendments.consensus import services as consensus
from amendments.consultations import queries, rules, services
from amendments.consultations.rules import Result
from amendments.consultations.services import Plan
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents import services as documents
from amendments.documents.queries import current_version
from amendments.documents.rules import CLOSED
from amendments.documents.services import NewText
from amendments.errors import Conflict, InvalidInput, NotAllowed, SignInRequired
from amendments.extensions import db
from amendments.meetings import services as meetings
from amendments.proposals import services as proposing
from amendments.proposals.queries import edits_of
from amendments.web import access
from amendments.web.actor import GUEST
from tests.consensus.publishing import agree, publish
from tests.factories import committees, consultations, proposals
from tests.factories.documents import contents, paper

pytestmark = pytest.mark.usefixtures("session")


@pytest.mark.parametrize("result", list(Result))
@pytest.mark.parametrize("role", ["hearing", "notice", "preparation", "decision"])
def test_a_deciding_step_that_adopts_closes_and_nothing_else_does(role, result) -> None:
    assert rules.closes(role, result) is (role == "decision" and result is Result.ADOPTED)
    assert (rules.consequence(role, result) is None) is (role != "decision")


def test_every_result_of_a_decision_says_what_follows() -> None:
    assert set(rules.AFTER_DECISION) == set(Result)
    assert len({found.sentence for found in rules.AFTER_DECISION.values()}) == len(Result)
    assert rules.consequence("decision", None) is None


@pytest.fixture
def case():
    made = paper()
    made_open = proposals.change(made, "Anfang", "Beginn")
    agreed = proposals.change(made, "jährlich", "halbjährlich")
    agree(made, agreed)
    return made, made_open, agreed


def verbs(made, proposal):
    """Every verb that changes a document's text or what is asked of it."""
    version, edit = current_version(made.text.id), edits_of(proposal.id)[0].edit_id
    hunks = proposals.words(made.words, "eng", "enger")
    step = consultations.planned(made, made.lead)
    verdict = [Verdict(edit, Outcome.REJECTED)]
    common = {"version_id": version.id}
    return {
        "file": lambda: proposing.file_proposal(made.member, edits=[hunks], **common),
        "file for": lambda: proposing.file_proposal(
            made.member, edits=[hunks], committee_id=made.participant.id, **common
        ),
        "file orally": lambda: proposing.file_proposal(made.moderator, edits=[hunks], origin="oral", **common),
        "withdraw": lambda: proposing.withdraw_proposal(made.member, proposal_id=proposal.id),
        "position": lambda: proposing.take_position(made.member, edit_id=edit, stance="support"),
        "comment": lambda: proposing.add_comment(made.member, proposal_id=proposal.id, text="Noch etwas"),
        "decide": lambda: decisions.decide_edits(made.moderator, verdicts=verdict, **common),
        "decide in a step": lambda: decisions.decide_edits(
            committees.somebody(made.lead, "chair"), verdicts=verdict, consultation_id=step.id, **common
        ),
        "editorial": lambda: decisions.editorial_change(made.moderator, edits=[hunks], **common),
        "publish": lambda: publish(made),
        "import": lambda: consensus.publish_import(
            made.moderator, text_id=made.text.id, base_version_id=version.id, contents=contents("Neu.")
        ),
        "add a text": lambda: documents.add_text(
            made.moderator, document_id=made.document.id, text=NewText("annex", "Noch einer", contents("Neu."))
        ),
    }


NAMES = (
    "file",
    "file for",
    "file orally",
    "withdraw",
    "position",
    "comment",
    "decide",
    "decide in a step",
    "editorial",
    "publish",
    "import",
    "add a text",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_closed_document_refuses_by_one_sentence(case, name) -> None:
    made, proposal, _ = case
    verb = verbs(made, proposal)[name]
    consultations.closed(made)
    with pytest.raises(NotAllowed) as refused:
        verb()
    assert refused.value.message == CLOSED


@pytest.mark.parametrize("name", NAMES)
def test_what_a_closed_document_refuses_an_open_one_takes(case, name) -> None:
    made, proposal, _ = case
    verbs(made, proposal)[name]()


def test_no_sitting_is_opened_about_it(case) -> None:
    made, _, _ = case
    chair = committees.somebody(made.lead, "chair")
    step = consultations.planned(made, made.lead)
    consultations.closed(made)
    with pytest.raises(NotAllowed) as refused:
        meetings.open_meeting(chair, consultation_id=step.id)
    assert refused.value.message == CLOSED


def test_only_who_could_do_it_otherwise_is_told_that_it_is_closed(case) -> None:
    made, _, _ = case
    consultations.closed(made)
    told = access.may(made.moderator, "version.publish", made.document)
    other = access.may(made.member, "version.publish", made.document)
    assert (told.reason, other.reason) == (CLOSED, access.NOT_ALLOWED)
    made.document.visibility = "public"
    with pytest.raises(SignInRequired):
        access.require(GUEST, "proposal.file", made.document)


def test_who_waited_for_the_lock_while_it_was_decided_is_refused_too(case, monkeypatch) -> None:
    made, _, _ = case
    consultations.closed(made)
    db.session.flush()
    monkeypatch.setattr("amendments.proposals.services._require_filing", lambda *_: None)  # was asked before
    with pytest.raises(Conflict) as refused:
        proposals.change(made, "eng", "enger")
    assert refused.value.message == CLOSED


def test_the_decided_version_has_to_be_named(case) -> None:
    made, _, _ = case
    row = consultations.planned(made, role="decision")
    with pytest.raises(InvalidInput) as refused:
        consultations.noted(made, row, versions={})
    assert refused.value.field == f"version_{made.text.id}"
    assert made.document.closed_at is None


@pytest.mark.parametrize("result", [result for result in Result if result is not Result.ADOPTED])
def test_another_result_leaves_it_open(case, result) -> None:
    made, _, _ = case
    consultations.noted(made, consultations.planned(made, role="decision"), result)
    assert made.document.closed_at is None
    proposals.change(made, "eng", "enger")


def test_it_is_decided_once(case) -> None:
    made, _, _ = case
    row = consultations.closed(made)
    again = consultations.planned(made, role="decision")
    with pytest.raises(Conflict, match="in einer anderen Beratung"):
        consultations.noted(made, again)
    with pytest.raises(Conflict, match="zuerst mit einem Grund zurück"):
        consultations.noted(made, row, "adjourned")
    plan = Plan(row.committee_ids, "preparation")
    with pytest.raises(Conflict, match="zuerst mit einem Grund zurück"):
        services.change_consultation(made.moderator, consultation_id=row.id, row_version=row.row_version, plan=plan)


def test_taking_the_result_back_opens_it_and_keeps_what_was(case) -> None:
    made, _, _ = case
    row = consultations.closed(made)
    with pytest.raises(InvalidInput):
        take_back(made, row, "  ")
    kept = take_back(made, row, "Falsche Fassung genannt")
    assert (row.result, row.recommended, made.document.closed_at) == (None, [], None)
    assert (kept.result, kept.reason) == ("adopted", "Falsche Fassung genannt")
    assert queries.taken_back(row.id) == (kept,)
    proposals.change(made, "eng", "enger")
    with pytest.raises(Conflict, match="nicht beschlossen"):
        take_back(made, row, "Noch einmal")
    with pytest.raises(Conflict):
        services.drop_consultation(made.moderator, consultation_id=row.id, row_version=row.row_version)


def test_only_who_notes_results_takes_them_back(case) -> None:
    made, _, _ = case
    row = consultations.closed(made)
    with pytest.raises(NotAllowed):
        services.take_back_result(made.member, consultation_id=row.id, row_version=row.row_version, reason="Doch nicht")


def test_closing_and_reopening_are_one_event_each(case, session) -> None:
    made, _, _ = case
    row = consultations.planned(made, role="decision")
    before = events(session)
    consultations.noted(made, row)
    take_back(made, row, "Falsch gezählt")
    assert events(session)[len(before) :] == ["document:closed", "document:reopened"]


def take_back(made, row, reason):
    return services.take_back_result(made.moderator, consultation_id=row.id, row_version=row.row_version, reason=reason)


def events(session):
    return [row.name for row in session.query(Event).order_by(Event.seq)]
