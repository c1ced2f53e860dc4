"""Who has an interest takes no part: before, while and after, in the whole document, a text, or some proposals."""

from dataclasses import replace

import pytest

from amendments.audit.models import Event
from amendments.consensus import services as publishing
from amendments.consensus.queries import consensus_text, merge_desk, preview
from amendments.consultations import excluding
from amendments.consultations.exclusions import excluded_from, excluded_of
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents import queries as documents_of
from amendments.documents.rules import DOCUMENT_WORK, EXCLUDED
from amendments.documents.services import NewText
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.proposals import queries, services
from amendments.web import access
from amendments.web.actor import GUEST
from tests.factories import committees, consultations, documents, people, proposals

pytestmark = pytest.mark.usefixtures("session")


def as_now(actor):
    """The actor as the next request makes it."""
    return replace(actor, excluded=excluded_of(actor.account_id))


def exclude(paper, person, *proposed, by=None, **given):
    """From these proposals, or from the whole document."""
    edits = [edit.edit_id for proposal in proposed for edit in queries.edits_of(proposal.id)]
    values = {"scope": "edits" if edits else "document", "text_id": paper.text.id if edits else None}
    return excluding.state_exclusion(
        by or paper.moderator,
        document_id=paper.document.id,
        account_id=person.account_id,
        edit_ids=edits,
        **(values | given),
    )


def verbs(paper, other, own, draft):
    """Everything a member does with a document; each must be allowed to somebody who is not excluded."""
    edit = proposals.edit_id(other)
    new = proposals.words(paper.words, "jährlich", "monatlich")
    return {
        "file": lambda who: services.file_proposal(who, version_id=paper.version.id, edits=[new]),
        "draft": lambda who: services.file_proposal(who, version_id=paper.version.id, edits=[new], draft=True),
        "file for": lambda who: services.file_proposal(
            who, version_id=paper.version.id, edits=[new], committee_id=paper.participant.id
        ),
        "submit": lambda who: services.submit_draft(who, proposal_id=draft.id),
        "edit draft": lambda who: services.edit_draft(
            who, proposal_id=draft.id, row_version=draft.row_version, version_id=paper.version.id, edits=[new]
        ),
        "comment": lambda who: services.add_comment(who, proposal_id=other.id, text="So."),
        "position": lambda who: services.take_position(who, edit_id=edit, stance="support"),
        "withdraw": lambda who: services.withdraw_proposal(who, proposal_id=own.id),
    }


@pytest.mark.parametrize("visibility", ["public", "committee"])
@pytest.mark.parametrize(
    "verb", ["file", "draft", "file for", "submit", "edit draft", "comment", "position", "withdraw"]
)
def test_before_while_and_after(verb: str, visibility: str) -> None:
    paper = documents.paper(visibility=visibility)
    other = proposals.change(paper, "Anfang an", "klein auf", actor=committees.somebody(paper.participant))
    own, draft = (proposals.change(paper, "eng", "gut", draft=draft) for draft in (False, True))
    do = verbs(paper, other, own, draft)[verb]

    def tried(who):
        try:
            with db.session.begin_nested() as unit:
                do(who)
                unit.rollback()
        except (NotAllowed, NotFound) as error:
            return type(error), error.message
        return None

    assert tried(as_now(paper.member)) is None
    row = exclude(paper, paper.member)
    refused = tried(as_now(paper.member))
    assert refused is not None
    assert refused[1] == EXCLUDED
    assert refused[0] is NotFound or visibility == "public"
    excluding.lift_exclusion(paper.moderator, exclusion_id=row.id)
    assert tried(as_now(paper.member)) is None


@pytest.mark.parametrize("visibility", ["public", "committee", "restricted"])
def test_of_the_document_the_person_sees_what_a_guest_sees(visibility: str) -> None:
    paper = documents.paper(visibility=visibility)
    exclude(paper, paper.member)
    who = as_now(paper.member)
    assert not access.may(who, DOCUMENT_WORK, paper.document)
    assert [e.document.id for e in documents_of.documents_for(who)] == [
        e.document.id for e in documents_of.documents_for(GUEST)
    ]


def test_one_text_leaves_the_other_open() -> None:
    texts = [NewText("annex", name, documents.contents(*documents.WORDS)) for name in ("Eins", "Zwei")]
    paper = documents.paper(texts=texts, visibility="public")
    other = replace(paper, text=paper.document.texts[1])
    there = proposals.change(paper, "eng", "gut", actor=committees.somebody(paper.participant))
    exclude(paper, paper.member, scope="text", text_id=paper.text.id)
    who = as_now(paper.member)
    assert documents_of.text_for(who, paper.text.id)  # published, as for everybody
    for refused in (
        lambda: proposals.change(paper, "eng", "gut", actor=who),
        lambda: queries.proposal_for(who, there.id),
        lambda: services.take_position(who, edit_id=proposals.edit_id(there), stance="support"),
    ):
        with pytest.raises((NotAllowed, NotFound)) as error:
            refused()
        assert error.value.message == EXCLUDED
    assert proposals.change(other, "eng", "gut", actor=who).number == 2


# --- single proposals


def board(paper, who):
    """Numbers of the proposals this person is shown."""
    texts = (entry.proposal.number for entry in consensus_text(paper.version.id, "agreed", who.excluded.ids).proposals)
    desk = merge_desk(paper.version.id, hidden=who.excluded.ids)
    assert {entry.proposal.number for entry in desk.board.proposals} == set(texts)
    return {entry.proposal.number for entry in desk.board.proposals}


def test_what_hangs_on_a_proposal_is_kept_from_the_person_with_it() -> None:
    paper = documents.paper()
    author = committees.somebody(paper.participant)
    hidden = proposals.change(paper, "Anfang an", "klein auf", actor=author)
    child = proposals.change(paper, "klein", "Kind", actor=author, parent_id=hidden.id)
    free = proposals.change(paper, "eng", "gut", actor=author)
    exclude(paper, paper.member, hidden)
    compromise = decisions.write_compromise(
        paper.moderator,
        version_id=paper.version.id,
        replaces={proposals.edit_id(hidden): None},
        hunks=proposals.words(paper.words, "von Anfang an", "sehr früh"),
        reason="Beides.",
    )
    who = as_now(paper.member)
    for row in (hidden, child, compromise):
        with pytest.raises(NotFound) as refused:
            queries.proposal_for(who, row.id)
        assert refused.value.message == EXCLUDED
    assert queries.proposal_for(who, free.id).proposal is free
    assert board(paper, paper.member) == {1, 2, 3, 4}
    assert board(paper, who) == {3}
    assert "früh" not in str([p.text for p in consensus_text(paper.version.id, "agreed", who.excluded.ids).text])


@pytest.mark.parametrize(
    ("old", "new"), [("Anfang an", "heute an"), ("Anfang", "heute"), ("den Spracherwerb", "Kunst")]
)
def test_about_the_same_words_nothing_is_filed_either(old: str, new: str) -> None:
    """Nor in the same sentence: the item would be about both."""
    paper = documents.paper()
    exclude(paper, paper.member, proposals.change(paper, "Anfang an", "klein auf", actor=paper.moderator))
    who = as_now(paper.member)
    for given in ({}, {"draft": True}, {"committee_id": paper.participant.id}):
        with pytest.raises((NotAllowed, NotFound)) as refused:
            proposals.change(paper, old, new, actor=who, **given)
        assert refused.value.message == EXCLUDED
    assert proposals.change(paper, "eng", "gut", actor=who).number == 2


def test_beside_rivals_somebody_is_excluded_from_other_words_are_free() -> None:
    paper = documents.paper()
    rivals = [proposals.change(paper, "Anfang an", new, actor=paper.moderator) for new in ("klein auf", "heute an")]
    exclude(paper, paper.member, *rivals)
    who = as_now(paper.member)
    assert proposals.change(paper, "eng", "gut", actor=who).number == 3
    with pytest.raises((NotAllowed, NotFound)):
        proposals.change(paper, "Anfang", "jeher", actor=who)


@pytest.mark.parametrize(("old", "free"), [("Anfang an", False), ("gut", True), ("Kindertagesstätten", True)])
def test_an_amendment_to_another_proposal_leaves_these_words_alone_too(old: str, *, free: bool) -> None:
    paper = documents.paper()
    exclude(paper, paper.member, proposals.change(paper, "Anfang an", "klein auf", actor=paper.moderator))
    other = proposals.change(paper, "eng", "gut", actor=paper.moderator)
    who = as_now(paper.member)
    if free:
        assert proposals.change(paper, old, "neu", actor=who, parent_id=other.id).number == 3
    else:
        with pytest.raises((NotAllowed, NotFound)) as refused:
            proposals.change(paper, old, "neu", actor=who, parent_id=other.id)
        assert refused.value.message == EXCLUDED


def test_no_amendment_to_a_rival_of_it_is_filed_either() -> None:
    paper = documents.paper()
    exclude(paper, paper.member, proposals.change(paper, "Anfang an", "klein auf", actor=paper.moderator))
    rival = proposals.change(paper, "Anfang an", "heute an", actor=paper.moderator)
    with pytest.raises((NotAllowed, NotFound)):
        proposals.change(paper, "heute", "morgen", actor=as_now(paper.member), parent_id=rival.id)


def test_no_amendment_to_it_is_filed() -> None:
    paper = documents.paper()
    hidden = proposals.change(paper, "Anfang an", "klein auf", actor=paper.moderator)
    exclude(paper, paper.member, hidden)
    with pytest.raises((NotAllowed, NotFound)):
        proposals.change(paper, "klein", "Kind", actor=as_now(paper.member), parent_id=hidden.id)


def test_a_draft_of_before_stays_the_persons_own_and_is_not_filed() -> None:
    paper = documents.paper(visibility="public")
    own = proposals.change(paper, "eng", "gut", draft=True)
    exclude(paper, paper.member)
    who = as_now(paper.member)
    assert queries.proposal_for(who, own.id).proposal is own
    for stranger in (paper.moderator, committees.somebody(paper.participant)):
        with pytest.raises(NotFound):
            queries.proposal_for(stranger, own.id)
    edit = proposals.edit_id(own)
    with pytest.raises(NotAllowed):
        services.remove_passage(who, proposal_id=own.id, edit_id=edit, row_version=own.row_version)
    services.discard_draft(who, proposal_id=own.id)


def test_a_moderator_with_an_interest_decides_nothing_about_it_and_makes_no_version() -> None:
    paper = documents.paper()
    hidden, equal, free = (
        proposals.change(paper, old, new)
        for old, new in (("Anfang an", "jetzt"), ("von Anfang an", "nun"), ("eng", "gut"))
    )
    second = committees.somebody(paper.lead, "moderator")
    exclude(paper, second, hidden)
    who = as_now(second)

    def decide(proposal, actor, outcome=Outcome.REJECTED):
        verdicts = [Verdict(proposals.edit_id(proposal), outcome)]
        return decisions.decide_edits(actor, version_id=paper.version.id, verdicts=verdicts)

    with pytest.raises(NotAllowed) as refused, db.session.begin_nested():
        decide(hidden, who)
    assert refused.value.message == EXCLUDED
    assert decide(free, who, Outcome.AGREED)
    for made in (publishing.publish, publishing.publish_import):
        given = {"expected_hash": preview(paper.version.id).hash} if made is publishing.publish else {"contents": []}
        with pytest.raises(NotAllowed):
            made(who, text_id=paper.text.id, base_version_id=paper.version.id, **given)
    assert decide(equal, paper.moderator)


def test_deciding_about_another_does_not_settle_it_either() -> None:
    """Agreeing to the larger wish would settle the one the moderator is excluded from."""
    paper = documents.paper()
    small = proposals.change(paper, "Anfang an", "klein auf")
    second = committees.somebody(paper.lead, "moderator")
    exclude(paper, second, small)
    same = proposals.change(paper, "Anfang an", "klein auf", actor=committees.somebody(paper.participant))
    verdicts = [Verdict(proposals.edit_id(same), Outcome.AGREED)]
    with pytest.raises(NotAllowed), db.session.begin_nested():
        decisions.decide_edits(as_now(second), version_id=paper.version.id, verdicts=verdicts)


# --- entering and lifting


def test_who_enters_it_for_others() -> None:
    paper = documents.paper()
    step = consultations.planned(paper)
    assert step.committee_ids == (paper.participant.id,)
    for who in (paper.moderator, *(committees.somebody(paper.participant, r) for r in ("chair", "clerk", "moderator"))):
        assert exclude(paper, people.actor(), by=who)
    for who in (paper.member, committees.somebody(paper.lead), people.actor(is_admin=True)):
        with pytest.raises(NotAllowed):
            exclude(paper, paper.moderator, by=who)
    with pytest.raises(NotFound):
        exclude(paper, paper.member, by=people.actor())


def test_everybody_says_it_of_themselves_and_nobody_takes_it_back_alone() -> None:
    paper = documents.paper()
    row = exclude(paper, paper.member, by=paper.member)
    assert row.stated_by == row.account_id
    with pytest.raises(NotFound):
        excluding.lift_exclusion(as_now(paper.member), exclusion_id=row.id)
    chief = exclude(
        paper, paper.moderator, proposals.change(paper, "eng", "gut", actor=paper.moderator), by=paper.moderator
    )
    for mine in (row, chief):
        with pytest.raises(NotAllowed):
            excluding.lift_exclusion(as_now(paper.moderator), exclusion_id=mine.id)
    excluding.lift_exclusion(committees.somebody(paper.lead, "moderator"), exclusion_id=row.id)
    assert excluded_of(paper.member.account_id).ids == frozenset()


def test_the_row_stays_and_each_verb_is_one_event() -> None:
    paper = documents.paper()
    row = exclude(paper, paper.member)
    excluding.lift_exclusion(paper.moderator, exclusion_id=row.id)
    assert (row.stated_by, row.lifted_by) == (paper.moderator.account_id, paper.moderator.account_id)
    assert row.lifted_at >= row.since
    with pytest.raises(Conflict):
        excluding.lift_exclusion(paper.moderator, exclusion_id=row.id)
    names = [event.name for event in db.session.query(Event).order_by(Event.seq).all()][-2:]
    assert names == ["exclusion:stated", "exclusion:lifted"]
    assert exclude(paper, paper.member).id != row.id


def test_nothing_is_said_twice() -> None:
    paper = documents.paper()
    one = proposals.change(paper, "eng", "gut")
    exclude(paper, paper.member, one)
    with pytest.raises(Conflict):
        exclude(paper, paper.member, one)
    exclude(paper, paper.member)
    for given in ({}, {"scope": "text", "text_id": paper.text.id}):
        with pytest.raises(Conflict):
            exclude(paper, paper.member, **given)


@pytest.mark.parametrize(
    "given", [{"scope": "nonsense"}, {"scope": "edits"}, {"scope": "text"}, {"scope": "document", "edit_ids": "own"}]
)
def test_what_says_nothing_is_refused(given: dict[str, object]) -> None:
    paper = documents.paper()
    if "edit_ids" in given:
        given = given | {"edit_ids": [proposals.edit_id(proposals.change(paper, "eng", "gut"))]}
    values = {"document_id": paper.document.id, "account_id": paper.member.account_id}
    with pytest.raises(InvalidInput):
        excluding.state_exclusion(paper.moderator, **(values | given))


def test_a_text_of_another_document_is_none_of_this_one() -> None:
    paper, other = documents.paper(), documents.paper()
    with pytest.raises(InvalidInput):
        exclude(paper, paper.member, scope="text", text_id=other.text.id)


def test_it_holds_in_its_document_alone() -> None:
    paper = documents.paper()
    other = documents.paper(lead=paper.lead)
    moderator = committees.somebody(paper.lead, "moderator")
    exclude(paper, moderator)
    who = as_now(moderator)
    assert access.may(who, DOCUMENT_WORK, other.document)
    assert excluded_from({paper.text.id, paper.document.id}, paper.document.id) == {moderator.account_id}
    assert excluded_from({other.document.id}, other.document.id) == frozenset()


def test_an_administrator_is_excluded_like_everybody() -> None:
    paper = documents.paper()
    chief = people.actor(is_admin=True)
    exclude(paper, chief)
    with pytest.raises(NotFound):
        documents_of.document_for(as_now(chief), paper.document.id)


def test_who_is_not_excluded_costs_one_statement(count_queries) -> None:
    paper = documents.paper()
    with count_queries() as sent:
        excluded_of(paper.member.account_id)
    assert len(sent) == 1
    for new in ("gut", "fest", "nah"):
        exclude(paper, paper.member, proposals.change(paper, "eng", new, actor=paper.moderator))
    with count_queries() as few:
        excluded_of(paper.member.account_id)
    for new in ("a", "b", "c", "d"):
        exclude(paper, paper.member, proposals.change(paper, "jährlich", new, actor=paper.moderator))
    with count_queries() as many:
        excluded_of(paper.member.account_id)
    assert len(few) == len(many) <= 4
