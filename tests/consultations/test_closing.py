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
from amendments.documents.models import Version
from amendments.documents.queries import current_version
from amendments.documents.rules import CLOSED
from amendments.documents.services import NewText
from amendments.errors import Conflict, InvalidInput, NotAllowed, SignInRequired
from amendments.extensions import db
from amendments.forwarding.services import forward
from amendments.meetings import services as meetings
from amendments.proposals import services as proposing
from amendments.proposals.queries import edits_of
from amendments.web import access
from amendments.web.actor import GUEST
from tests.consensus.publishing import agree, publish
from tests.factories import committees, consultations, proposals
from tests.factories.documents import contents, paper
from tests.workplaces.pages import as_, body, sent

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


# --- with an annex that whoever notes the decision does not see


@pytest.fixture
def narrow():
    """A paper with an annex for nobody but named readers, and the chair of a council who is none of them."""
    texts = [NewText("annex", title, contents(f"{title} gilt.")) for title in ("Entwurf", "Zweiter", "Vertraulich")]
    made = paper(texts=texts)
    seen, also, hidden = (text.id for text in made.document.texts)
    made.document.texts[2].visibility = "restricted"
    db.session.flush()
    return made, committees.somebody(made.participant, "chair"), (seen, also, hidden)


def decided(actor, row, versions):
    return services.note_result(
        actor, consultation_id=row.id, row_version=row.row_version, result="adopted", versions=versions
    )


def test_who_does_not_see_an_annex_notes_the_decision_about_it_too(narrow) -> None:
    made, chair, (seen, also, hidden) = narrow
    row = consultations.planned(made, role="decision")
    versions = {text_id: current_version(text_id).id for text_id in (seen, also)}
    with pytest.raises(InvalidInput) as refused:
        decided(chair, row, {seen: versions[seen]})
    assert refused.value.field == f"version_{also}"
    decided(chair, row, versions)
    assert made.document.closed_at is not None
    found = {item.text_id: item.version_id for item in row.recommended}
    assert found == versions | {hidden: current_version(hidden).id}


def test_no_version_is_said_of_a_text_that_is_not_seen(narrow) -> None:
    made, chair, (seen, also, hidden) = narrow
    row = consultations.planned(made)
    said = {text_id: current_version(text_id).id for text_id in (seen, hidden)}
    decided(chair, row, said)
    assert [item.text_id for item in row.recommended] == [seen]
    made.document.texts[2].visibility = "public"
    db.session.flush()
    decided(chair, row, said)
    made.document.texts[2].visibility = "restricted"
    db.session.flush()
    decided(chair, row, {also: current_version(also).id})
    assert {item.text_id for item in row.recommended} == {also, hidden}


def test_an_unseen_annex_is_decided_as_it_was_handed_on(narrow) -> None:
    made, chair, (seen, also, hidden) = narrow
    first, council = consultations.planned(made, made.lead), consultations.planned(made, role="decision")
    before = current_version(hidden)
    consultations.noted(made, first, versions={})
    versions = {text_id: current_version(text_id).id for text_id in (seen, also, hidden)}
    forward(made.moderator, consultation_id=first.id, to_id=council.id, versions=versions)
    later = Version(
        text_id=hidden, parent_id=before.id, role="published", number=2, hash=before.hash, layout=before.layout,
        label="", note="", created_by=before.created_by, created_at=before.created_at,
    )  # fmt: skip
    db.session.add(later)
    db.session.flush()
    assert current_version(hidden).id == later.id
    decided(chair, council, {text_id: versions[text_id] for text_id in (seen, also)})
    assert {item.text_id: item.version_id for item in council.recommended} == versions


def test_the_page_on_which_the_decision_is_noted_names_no_such_annex(client, session, narrow) -> None:
    made, chair, (seen, also, hidden) = narrow
    row = consultations.planned(made, role="decision")
    session.commit()
    page, address = as_(client, session, chair), f"/consultations/{row.id}"
    form = sent(body(page.get(address)), f"{address}/result") | {"result": "adopted", "vote": "none"}
    chosen = {f"version_{text_id}": str(current_version(text_id).id) for text_id in (seen, also)}
    refused = page.send(f"{address}/result", form | dict.fromkeys(chosen, ""))
    assert refused.status_code == 400
    assert page.send(f"{address}/result", form | chosen).status_code == 303
    for shown in (refused, page.get(address), page.get(f"/documents/{made.document.id}")):
        assert "Vertraulich" not in body(shown)
        assert str(hidden) not in body(shown)
    assert "Vertraulich, Fassung 1" in body(as_(client, session, made.moderator).get(address))
