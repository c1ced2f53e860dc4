"""The database refuses what the rules refuse, and the map has a sentence for what people can cause."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from amendments.committees.models import Committee, Membership
from amendments.consensus.models import VersionStep
from amendments.decisions.models import Decision
from amendments.documents.models import Document, ParagraphContent, Version, VersionParagraph
from amendments.extensions import db
from amendments.proposals.models import CarryOver, Comment, Edit, EditReplacement, Hunk, Position, Proposal
from amendments.web import constraints
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")

NOW = datetime(2011, 11, 22, 18, 30, tzinfo=UTC)


def case():
    paper = documents.paper("Eins.", "Zwei.")
    proposal = proposals.change(paper, "Eins", "Uno")
    return paper, proposal, proposals.edit_id(proposal)


def refused(row: object) -> str | None:
    """The name of the constraint that refuses the row."""
    db.session.add(row)
    with pytest.raises(IntegrityError) as error:
        db.session.flush()
    return constraints.name_of(error.value)


def changed(model: type, row_id: object, **values: object) -> str | None:
    with pytest.raises(IntegrityError) as error:
        db.session.execute(update(model).where(model.id == row_id).values(**values))
    return constraints.name_of(error.value)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "sleeping"}, "ck_proposal_state"),
        ({"kind": "other"}, "ck_proposal_kind"),
        ({"origin": "other"}, "ck_proposal_origin"),
        ({"state": "withdrawn"}, "ck_proposal_state_withdrawn"),
        ({"withdrawn_at": NOW}, "ck_proposal_state_withdrawn"),
        ({"state": "draft"}, "ck_proposal_state_draft"),
        ({"state": "void"}, "ck_proposal_state_void"),
        ({"state": "withdrawn", "withdrawn_at": NOW, "filed_at": None}, "ck_proposal_filed"),
        ({"number": None}, "ck_proposal_filed"),
        ({"number": None, "filed_at": None}, "ck_proposal_state_filed"),
        ({"number": 0}, "ck_proposal_number"),
    ],
)
def test_a_proposals_state_is_tied_to_its_evidence(values, name: str) -> None:
    _, proposal, _ = case()
    assert changed(Proposal, proposal.id, **values) == name


def test_a_number_is_given_once_per_document() -> None:
    paper, one, _ = case()
    two = proposals.change(paper, "Zwei", "Due")
    assert changed(Proposal, two.id, number=one.number) == "uq_proposal_document_id_number"


def decision(paper, edit_id, **given) -> Decision:
    values = {
        "id": uuid4(),
        "edit_id": edit_id,
        "committee_id": paper.lead.id,
        "outcome": "agreed",
        "vote_kind": "none",
        "reason": "",
        "decided_by": paper.moderator.account_id,
        "decided_at": NOW,
    }
    return Decision(**(values | given))


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"outcome": "perhaps"}, "ck_decision_outcome"),
        ({"vote_kind": "dice"}, "ck_decision_vote_kind"),
        ({"outcome": "agreed_modified"}, "ck_decision_modified_by"),
        ({"outcome": "settled"}, "ck_decision_settled_by"),
        ({"outcome": "rejected", "rank": 1}, "ck_decision_rank"),
        ({"rank": -1}, "ck_decision_rank"),
        ({"vote_kind": "counted"}, "ck_decision_counts"),
        ({"vote_kind": "counted", "yes": 3, "no": 1}, "ck_decision_counts"),
        ({"vote_kind": "counted", "yes": 3, "no": -1, "abstained": 0}, "ck_decision_counts"),
        ({"yes": 3}, "ck_decision_counts"),
    ],
)
def test_a_decision_is_tied_to_its_evidence(values, name: str) -> None:
    paper, _, edit_id = case()
    assert refused(decision(paper, edit_id, **values)) == name


def test_an_edit_is_neither_settled_nor_modified_by_itself() -> None:
    paper, _, edit_id = case()
    row = decision(paper, edit_id, outcome="settled", settled_by_edit_id=edit_id)
    assert refused(row) == "ck_decision_another"


def test_one_decision_stands_per_edit_and_committee() -> None:
    paper, _, edit_id = case()
    first = decision(paper, edit_id)
    db.session.add(first)
    db.session.flush()
    second = decision(paper, edit_id, outcome="rejected", superseded_by=first.id)
    other_body = decision(paper, edit_id, committee_id=paper.participant.id)
    db.session.add_all([second, other_body])
    db.session.flush()
    assert refused(decision(paper, edit_id, outcome="rejected")) == "uq_decision_standing"


def position(paper, edit_id, **given) -> Position:
    values = {
        "id": uuid4(),
        "edit_id": edit_id,
        "account_id": paper.member.account_id,
        "stance": "support",
        "reason": "",
        "created_at": NOW,
    }
    return Position(**(values | given))


@pytest.mark.parametrize(
    ("values", "name"),
    [({"stance": "maybe"}, "ck_position_stance"), ({"stance": "objection"}, "ck_position_objection_reason")],
)
def test_a_position_is_tied_to_its_evidence(values, name: str) -> None:
    paper, _, edit_id = case()
    assert refused(position(paper, edit_id, **values)) == name


def test_one_position_stands_per_person_and_per_committee() -> None:
    paper, _, edit_id = case()
    db.session.add_all([position(paper, edit_id), position(paper, edit_id, committee_id=paper.participant.id)])
    db.session.flush()
    with db.session.begin_nested() as savepoint:
        assert refused(position(paper, edit_id)) == "uq_position_standing_account"
        savepoint.rollback()
    other = position(paper, edit_id, committee_id=paper.participant.id, account_id=paper.moderator.account_id)
    assert refused(other) == "uq_position_standing_committee"


def test_an_anchored_edit_has_hunks_and_no_other_has() -> None:
    paper, _, edit_id = case()
    values = {
        "edit_id": edit_id,
        "from_version_id": paper.version.id,
        "to_version_id": documents.paper().version.id,
        "paragraph": "",
    }
    with db.session.begin_nested() as savepoint:
        assert refused(CarryOver(**values, outcome="anchored", hunks=None)) == "ck_carry_over_anchored"
        savepoint.rollback()
    assert refused(CarryOver(**values, outcome="passage_gone", hunks=[])) == "ck_carry_over_anchored"


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (
            lambda p, e: Comment(proposal_id=proposal_of(e), author_id=p.member.account_id, text="", created_at=NOW),
            "ck_comment_said",
        ),
        (lambda p, e: EditReplacement(edit_id=e, replaced_edit_id=e), "ck_edit_replacement_another"),
        (lambda p, e: Edit(proposal_id=proposal_of(e), rank=0, wish_hash="a" * 64), "uq_edit_proposal_id_rank"),
        (lambda p, e: Edit(proposal_id=proposal_of(e), rank=7, wish_hash="short"), "ck_edit_wish_hash"),
        (
            lambda p, e: Hunk(
                edit_id=e, rank=5, op="replace", paragraph="p", start=3, end=1, old_text="", data={}, base_hash="a" * 64
            ),
            "ck_hunk_place",
        ),
        (
            lambda p, e: Hunk(edit_id=e, rank=5, op="replace", paragraph="p", old_text="", data={}, base_hash="a" * 64),
            "ck_hunk_place",
        ),
        (
            lambda p, e: Hunk(edit_id=e, rank=5, op="shake", paragraph="p", old_text="", data={}, base_hash="a" * 64),
            "ck_hunk_op",
        ),
        (
            lambda p, e: VersionStep(version_id=p.version.id, rank=0, edit_id=e, origin="import", hunk={}),
            "ck_version_step_source",
        ),
        (
            lambda p, e: VersionStep(version_id=p.version.id, rank=0, edit_id=None, origin="proposal", hunk={}),
            "ck_version_step_source",
        ),
        (lambda p, e: version(p, role="published", number=None), "ck_version_numbered"),
        (lambda p, e: version(p, role="snapshot", number=7), "ck_version_numbered"),
        (lambda p, e: version(p, role="published", number=1), "uq_version_text_id_number"),
        (lambda p, e: version(p, role="published", number=2, hash="short"), "ck_version_hash"),
        (
            lambda p, e: VersionParagraph(
                version_id=p.version.id, rank=9, identity=p.words[0].identity, content_hash=p.words[0].content.hash
            ),
            "uq_version_paragraph_version_id_identity",
        ),
        (
            lambda p, e: ParagraphContent(hash="b" * 64, kind="poem", level=0, attributes={}, text="", marks=[]),
            "ck_paragraph_content_kind",
        ),
        (
            lambda p, e: Document(
                title="",
                reference="",
                office="",
                offices="",
                subject="",
                visibility="public",
                lead_committee_id=p.lead.id,
                created_by=p.moderator.account_id,
                created_at=NOW,
            ),
            "ck_document_titled",
        ),
        (
            lambda p, e: Document(
                title="x",
                reference="",
                office="",
                offices="",
                subject="",
                visibility="hidden",
                lead_committee_id=p.lead.id,
                created_by=p.moderator.account_id,
                created_at=NOW,
            ),
            "ck_document_visibility",
        ),
        (
            lambda p, e: Membership(
                committee_id=p.lead.id, account_id=p.member.account_id, role="king", valid_from=date(2011, 1, 1)
            ),
            "ck_membership_role",
        ),
        (
            lambda p, e: Membership(
                committee_id=p.lead.id,
                account_id=p.member.account_id,
                role="chair",
                valid_from=date(2011, 1, 2),
                valid_to=date(2011, 1, 1),
            ),
            "ck_membership_term",
        ),
        (lambda p, e: Committee(key=p.lead.key, name="x", short_name="x", kind="council"), "uq_committee_key"),
        (lambda p, e: Committee(key="x", name="x", short_name="x", kind="club"), "ck_committee_kind"),
    ],
)
def test_no_row_contradicts_itself(make, name: str) -> None:
    paper, _, edit_id = case()
    assert refused(make(paper, edit_id)) == name


def proposal_of(edit_id):
    return db.session.get(Edit, edit_id).proposal_id


def version(paper, **given) -> Version:
    values = {
        "text_id": paper.text.id,
        "label": "",
        "hash": "a" * 64,
        "note": "",
        "created_by": paper.moderator.account_id,
        "created_at": NOW,
    }
    return Version(**(values | given))


@pytest.mark.parametrize(
    "name",
    [
        "uq_proposal_document_id_number",
        "uq_decision_standing",
        "uq_position_standing_account",
        "uq_version_text_id_number",
        "pk_paragraph_content",
    ],
)
def test_a_lost_race_is_known_as_one(name: str) -> None:
    assert constraints._known[name].race


@pytest.mark.parametrize(
    "name",
    [
        "ck_comment_said",
        "ck_position_objection_reason",
        "uq_committee_key",
        "uq_committee_name",
        "ck_membership_term",
        "ck_document_titled",
    ],
)
def test_what_a_person_can_cause_has_a_sentence(name: str) -> None:
    assert constraints._known[name].message.endswith(".")
    assert not constraints._known[name].race
