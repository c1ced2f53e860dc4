"""The next version: what comes into it, who publishes it, and what is refused afterwards."""

import pytest
from sqlalchemy import select

from amendments.consensus import queries, services
from amendments.consensus.models import VersionStep
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import load_text
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.proposals.queries import edits_on
from amendments.web.actor import ROLES
from tests.consensus.publishing import agree, publish, words_of
from tests.factories import committees, documents, people, proposals

pytestmark = pytest.mark.usefixtures("session")


def test_the_next_version_has_what_was_agreed_and_nothing_else() -> None:
    paper = documents.paper("Eins.", "Zwei.", "Drei.")
    agreed, rejected, undecided = (
        proposals.change(paper, old, new) for old, new in (("Eins", "Uno"), ("Zwei", "Due"), ("Drei", "Tre"))
    )
    agree(paper, agreed)
    decisions.decide_edits(
        paper.moderator, version_id=paper.version.id, verdicts=[Verdict(proposals.edit_id(rejected), Outcome.REJECTED)]
    )
    version = publish(paper, note="Stand der Sitzung", label="Konsens")
    assert words_of(version) == ["Uno.", "Zwei.", "Drei."]
    assert (version.number, version.parent_id, version.note, version.label) == (
        2,
        paper.version.id,
        "Stand der Sitzung",
        "Konsens",
    )
    assert {edit.proposal_id for edit in edits_on(version.id)} == {undecided.id}


def test_paragraphs_keep_their_identity() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agree(
        paper, proposals.change(paper, "Eins", "Uno"), proposals.filed(paper, proposals.insert(paper.words, 0, "Neu."))
    )
    text = load_text(publish(paper))
    assert [text[0].identity, text[2].identity] == [paragraph.identity for paragraph in paper.words]


def test_steps_name_the_edit_of_every_change() -> None:
    paper = documents.paper("Eins.", "Zwei.", "Drei.")
    proposal = proposals.change(paper, "Eins", "Uno")
    agree(paper, proposal)
    editorial = decisions.editorial_change(
        paper.moderator, version_id=paper.version.id, edits=[proposals.words(paper.words, "Zwei", "Zwo")]
    )
    version = publish(paper)
    steps = db.session.scalars(select(VersionStep).where(VersionStep.version_id == version.id)).all()
    assert {(step.edit_id, step.origin) for step in steps} == {
        (proposals.edit_id(proposal), "proposal"),
        (proposals.edit_id(editorial), "editorial"),
    }


def test_a_decided_order_is_kept_in_the_text_and_when_read_again() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    one, two, three = (proposals.filed(paper, proposals.insert(paper.words, 0, text)) for text in ("A.", "B.", "C."))
    agree(paper, three, one, two, ordered=True)
    version = publish(paper)
    assert words_of(version) == ["Eins.", "C.", "A.", "B.", "Zwei."]
    redline = queries.redline_between(paper.version.id, version.id).redline
    assert [p.text for p in redline.accept()] == words_of(version)


# --- refusals


def test_a_preview_that_is_out_of_date_is_refused_with_both_hashes() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agree(paper, proposals.change(paper, "Eins", "Uno"))
    seen = queries.preview(paper.version.id).hash
    agree(paper, proposals.change(paper, "Zwei", "Due"))
    with pytest.raises(Conflict) as refused:
        publish(paper, expected_hash=seen)
    assert refused.value.details == {"sent": seen, "standing": queries.preview(paper.version.id).hash}


def test_publishing_without_an_agreed_edit_is_refused() -> None:
    paper = documents.paper()
    proposals.change(paper, "jährlich", "oft")
    with pytest.raises(InvalidInput):
        publish(paper)


def test_an_older_version_is_not_published_from() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agree(paper, proposals.change(paper, "Eins", "Uno"))
    publish(paper)
    with pytest.raises(Conflict):
        services.publish(paper.moderator, text_id=paper.text.id, base_version_id=paper.version.id, expected_hash="x")


def test_a_version_of_another_text_is_not_found() -> None:
    paper, other = documents.paper(), documents.paper()
    with pytest.raises(NotFound):
        services.publish(paper.moderator, text_id=paper.text.id, base_version_id=other.version.id, expected_hash="x")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "moderator"])
def test_no_other_role_publishes(role: str) -> None:
    paper = documents.paper()
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    with pytest.raises(NotAllowed):
        publish(paper, committees.somebody(paper.lead, role))


def test_an_administrator_does_not_publish() -> None:
    paper = documents.paper()
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    with pytest.raises(NotAllowed):
        publish(paper, people.actor(is_admin=True))


@pytest.mark.parametrize(("given", "field"), [({"note": "x" * 2001}, "note"), ({"label": "x" * 201}, "label")])
def test_too_long_words_are_refused(given, field: str) -> None:
    paper = documents.paper()
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    with pytest.raises(InvalidInput) as refused:
        publish(paper, **given)
    assert refused.value.field == field


def test_filing_on_the_version_before_is_refused_with_both_numbers() -> None:
    paper = documents.paper()
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    publish(paper)
    with pytest.raises(Conflict) as refused:
        proposals.filed(paper, proposals.strike(paper.words, 0), version=paper.version)
    assert (refused.value.details["number"], refused.value.details["shown"]) == (2, 1)
    assert "Fassung 2" in refused.value.message


def test_deciding_on_the_version_before_is_refused() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    undecided = proposals.change(paper, "Zwei", "Due")
    agree(paper, proposals.change(paper, "Eins", "Uno"))
    publish(paper)
    with pytest.raises(Conflict):
        decisions.decide_edits(
            paper.moderator,
            version_id=paper.version.id,
            verdicts=[Verdict(proposals.edit_id(undecided), Outcome.AGREED)],
        )
