import pytest
from sqlalchemy import func, select

from amendments import text as engine
from amendments.audit.models import Event
from amendments.committees.queries import committee as committee_of
from amendments.committees.rules import Rules
from amendments.committees.services import change_committee
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound, SignInRequired
from amendments.extensions import db
from amendments.proposals import queries, services
from amendments.proposals.models import Comment, Edit, Hunk, Proposal, Resumption
from amendments.text import edits as controls
from amendments.web.actor import GUEST
from amendments.workplaces.record import record_page
from tests.factories import committees, documents, people, proposals

pytestmark = pytest.mark.usefixtures("session")


def test_a_filed_proposal_is_open_and_has_a_number() -> None:
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "halbjährlich", reason="Öfter ist besser.")
    assert (proposal.number, proposal.state, proposal.kind) == (1, "open", "change")
    assert proposal.filed_at is not None


def test_numbers_have_no_gap_within_a_document() -> None:
    one, other = documents.paper(), documents.paper()
    numbers = [proposals.change(paper, "Die Stadt", "Unsere Stadt").number for paper in (one, other, one, one, other)]
    assert numbers == [1, 1, 2, 3, 2]


def test_the_committee_in_charge_may_ask_for_reasons() -> None:
    paper = documents.paper()
    lead = committee_of(paper.document.lead_committee_id)
    given = {"name": lead.name, "short_name": lead.short_name, "kind": lead.kind, "legal_number": 9}
    change_committee(people.actor(is_admin=True), lead.id, **given, rules=Rules(reason_required=True))
    draft = proposals.change(paper, "jährlich", "oft", draft=True)
    for file in (
        lambda: proposals.change(paper, "jährlich", "halbjährlich", reason="  "),
        lambda: services.submit_draft(paper.member, proposal_id=draft.id),
    ):
        with pytest.raises(InvalidInput) as refused:
            file()
        assert refused.value.field == "reason"
    assert proposals.change(paper, "jährlich", "halbjährlich", reason="Öfter ist besser.").state == "open"


def test_drafts_take_no_number() -> None:
    paper = documents.paper()
    draft = proposals.change(paper, "jährlich", "oft", draft=True)
    assert (draft.number, draft.state) == (None, "draft")
    assert proposals.change(paper, "jährlich", "halbjährlich").number == 1
    assert services.submit_draft(paper.member, proposal_id=draft.id).number == 2


def every_operation(text: engine.Text) -> list[tuple[engine.Hunk, ...]]:
    return [
        proposals.words(text, "jährlich", "halbjährlich"),
        proposals.strike(text, 4),
        proposals.insert(text, 0, "Ein neuer Absatz.", "Und noch einer."),
        controls.split(text[1], text[1].text.index("Dazu")),
        controls.join(text[2], text[3]),
        controls.move([text[3]], text[0].identity),
        controls.retype(text[0], engine.Head(engine.Kind.HEADING, 2)),
        controls.span(text[0], 10, text[1], 5, engine.Rich("neu")),
    ]


@pytest.mark.parametrize("number", range(8))
def test_every_kind_of_hunk_comes_back_as_it_was_filed(number: int) -> None:
    paper = documents.paper()
    hunks = every_operation(paper.words)[number]
    proposal = proposals.filed(paper, hunks)
    db.session.expire_all()
    assert queries.edits_of(proposal.id)[0].hunks == hunks
    assert queries.edits_on(paper.version.id)[0].hunks == hunks


def test_several_edits_keep_their_order() -> None:
    paper = documents.paper()
    first, second = proposals.words(paper.words, "jährlich", "oft"), proposals.strike(paper.words, 4)
    proposal = proposals.filed(paper, first, second)
    assert [edit.hunks for edit in queries.edits_of(proposal.id)] == [first, second]


def test_the_place_stands_beside_the_hunk() -> None:
    paper = documents.paper()
    proposals.change(paper, "jährlich", "halbjährlich")
    row = db.session.scalars(select(Hunk)).one()
    assert (row.op, row.paragraph, row.old_text, row.base_hash) == (
        "replace",
        paper.words[2].identity,
        "jährlich",
        paper.version.hash,
    )
    assert paper.words[2].text[row.start : row.end] == "jährlich"


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda text: proposals.words(text, "jährlich", "oft"), "change"),
        (lambda text: proposals.insert(text, 1, "Neu."), "supplement"),
        (lambda text: proposals.strike(text, 1), "deletion"),
    ],
)
def test_the_german_kind_is_derived(make, kind: str) -> None:
    paper = documents.paper()
    assert proposals.filed(paper, make(paper.words)).kind == kind


def test_filing_is_recorded_once_without_free_text() -> None:
    paper = documents.paper()
    proposals.change(paper, "jährlich", "halbjährlich", reason="Geheim.", title="Titel")
    (event,) = db.session.scalars(select(Event).where(Event.name.like("proposal:%"))).all()
    assert event.name == "proposal:filed"
    assert "Geheim" not in str(event.payload)
    assert "halbjährlich" not in str(event.payload)


def everything() -> int:
    return db.session.scalar(select(func.count()).select_from(Proposal))


def refusal(paper, hunks, **given) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        proposals.filed(paper, hunks, **given)
    assert everything() == 0
    return refused.value


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda text: (), "nothing"),
        (lambda text: (engine.Replace("nowhere", 0, 1, engine.Rich("a"), engine.Rich("b")),), "an unknown paragraph"),
        (
            lambda text: (engine.Replace(text[0].identity, 0, 3, engine.Rich("Das"), engine.Rich("Die")),),
            "an old wording that is not there",
        ),
        (
            lambda text: (engine.Replace(text[0].identity, 0, 900, engine.Rich("x"), engine.Rich("y")),),
            "beyond the end",
        ),
        (lambda text: (engine.Replace(text[0].identity, 0, 3, engine.Rich("Die"), engine.Rich("Die")),), "no change"),
        (lambda text: (engine.Join(text[0].identity, text[2].identity, len(text[0].text)),), "not neighbours"),
        (lambda text: (engine.Insert(engine.Gap("nowhere"), (engine.plain("x"),)),), "an unknown gap"),
        (lambda text: (engine.Insert(engine.Gap(""), ()),), "no paragraph"),
        (lambda text: (engine.Insert(engine.Gap(""), (engine.plain("A\u0308"),)),), "not normalised"),
        (lambda text: (engine.Insert(engine.Gap(""), (engine.plain("a\x00b"),)),), "a control character"),
        (
            lambda text: (*controls.delete(text[0]), *controls.retype(text[0], engine.Head(engine.Kind.HEADING, 1))),
            "a contradiction",
        ),
    ],
)
def test_what_does_not_fit_the_version_is_refused(make, reason: str) -> None:
    paper = documents.paper()
    assert refusal(paper, make(paper.words)).field in {"edits", "text"}, reason


@pytest.mark.parametrize(
    ("given", "field"),
    [({"reason": "x" * 10_001}, "reason"), ({"title": "x" * 301}, "title"), ({"origin": "compromise"}, "origin")],
)
def test_too_much_is_refused_and_names_its_field(given, field: str) -> None:
    paper = documents.paper()
    assert refusal(paper, proposals.strike(paper.words, 0), **given).field == field


def test_two_edits_that_clash_are_one_proposal_too_many() -> None:
    paper = documents.paper()
    with pytest.raises(InvalidInput):
        proposals.filed(paper, proposals.strike(paper.words, 2), proposals.words(paper.words, "jährlich", "oft"))


def test_a_text_of_megabytes_is_refused() -> None:
    paper = documents.paper()
    refusal(paper, proposals.insert(paper.words, 0, "x" * 200_001))


def test_a_stranger_does_not_find_the_version() -> None:
    paper = documents.paper()
    with pytest.raises(NotFound):
        proposals.filed(paper, proposals.strike(paper.words, 0), actor=people.actor())


def test_a_guest_is_asked_to_sign_in_on_a_public_document() -> None:
    paper = documents.paper(visibility="public")
    with pytest.raises(SignInRequired):
        proposals.filed(paper, proposals.strike(paper.words, 0), actor=GUEST)


def test_a_clerk_files_what_was_said_but_nothing_of_their_own() -> None:
    paper = documents.paper()
    clerk = committees.somebody(paper.participant, "clerk")
    with pytest.raises(NotAllowed):
        proposals.filed(paper, proposals.strike(paper.words, 0), actor=clerk)
    said = proposals.filed(
        paper, proposals.strike(paper.words, 0), actor=clerk, origin="oral", committee_id=paper.lead.id
    )
    assert (said.origin, said.committee_id) == ("oral", paper.lead.id)


def test_nobody_files_for_a_committee_they_do_not_sit_on() -> None:
    paper = documents.paper()
    with pytest.raises(NotAllowed):
        proposals.filed(paper, proposals.strike(paper.words, 0), committee_id=paper.lead.id)


# --- amendments to an amendment


def test_an_amendment_to_a_proposal_speaks_of_its_wording() -> None:
    paper = documents.paper()
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    child = proposals.change(paper, "zwei", "drei", parent_id=parent.id)
    live = {edit.proposal_id: edit for edit in queries.edits_on(paper.version.id)}
    assert live[child.id].parent_id == parent.id
    wording = queries.wording_base(paper.version.id, parent.id)
    assert (
        engine.apply(wording, [live[child.id].edit])[2].text
        == "Der Beirat berichtet alle drei Jahre über seine Arbeit."
    )


def test_a_withdrawn_proposal_takes_its_amendments_with_it() -> None:
    paper = documents.paper()
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    child = proposals.change(paper, "zwei", "drei", parent_id=parent.id)
    services.withdraw_proposal(paper.member, proposal_id=parent.id)
    assert [parent.state, child.state] == ["withdrawn", "void"]
    assert queries.edits_on(paper.version.id) == ()


@pytest.mark.parametrize("draft", [False, True])
def test_a_proposal_that_amends_another_cannot_be_amended_for_it_would_never_come_into_the_text(draft) -> None:
    paper = documents.paper()
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    child = proposals.change(paper, "zwei", "drei", parent_id=parent.id)
    with pytest.raises(InvalidInput, match="zu jenem anderen"):
        proposals.change(paper, "drei", "vier", parent_id=child.id, draft=draft)


def test_a_proposal_that_has_gone_cannot_be_amended() -> None:
    paper = documents.paper()
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    services.withdraw_proposal(paper.member, proposal_id=parent.id)
    with pytest.raises(Conflict):
        proposals.filed(paper, proposals.strike(paper.words, 0), parent_id=parent.id)


# --- drafts


def test_a_draft_is_edited_and_filed() -> None:
    paper = documents.paper()
    draft = proposals.change(paper, "jährlich", "oft", draft=True)
    changed = proposals.words(paper.words, "jährlich", "halbjährlich")
    services.edit_draft(
        paper.member,
        proposal_id=draft.id,
        row_version=draft.row_version,
        version_id=paper.version.id,
        edits=[changed],
        title="Neu",
    )
    filed = services.submit_draft(paper.member, proposal_id=draft.id)
    assert (filed.state, filed.title, queries.edits_of(filed.id)[0].hunks) == ("open", "Neu", changed)


def test_a_draft_edited_elsewhere_is_not_overwritten() -> None:
    paper = documents.paper()
    draft = proposals.change(paper, "jährlich", "oft", draft=True)
    hunks = proposals.words(paper.words, "jährlich", "selten")
    services.edit_draft(paper.member, proposal_id=draft.id, row_version=1, version_id=paper.version.id, edits=[hunks])
    with pytest.raises(Conflict) as refused:
        services.edit_draft(
            paper.member, proposal_id=draft.id, row_version=1, version_id=paper.version.id, edits=[hunks]
        )
    assert refused.value.details == {"standing": 2, "sent": 1}


def test_others_do_not_find_a_draft() -> None:
    paper = documents.paper()
    draft = proposals.change(paper, "jährlich", "oft", draft=True)
    for actor in (paper.moderator, committees.somebody(paper.participant, "chair"), people.actor(is_admin=True)):
        with pytest.raises(NotFound):
            queries.proposal_for(actor, draft.id)
    assert queries.edits_on(paper.version.id) == ()
    assert queries.proposal_for(paper.member, draft.id).proposal is draft


def test_a_filed_proposal_is_no_draft_any_more() -> None:
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "oft")
    for verb in (
        lambda: services.submit_draft(paper.member, proposal_id=proposal.id),
        lambda: services.edit_draft(
            paper.member,
            proposal_id=proposal.id,
            row_version=1,
            version_id=paper.version.id,
            edits=[proposals.strike(paper.words, 0)],
        ),
    ):
        with pytest.raises(Conflict):
            verb()


def test_a_discarded_draft_leaves_nothing_behind_but_a_line_for_its_author() -> None:
    paper = documents.paper()
    draft = proposals.filed(paper, proposals.strike(paper.words, 0), proposals.strike(paper.words, 1), draft=True)
    services.add_comment(paper.member, proposal_id=draft.id, text="Noch einmal überlegen")
    services.discard_draft(paper.member, proposal_id=draft.id)
    for model in (Proposal, Edit, Hunk, Comment):
        assert db.session.scalars(select(model)).all() == []
    with pytest.raises(NotFound):
        queries.proposal_for(paper.member, draft.id)
    names = [event.name for event in db.session.scalars(select(Event).order_by(Event.seq))]
    assert names[-1] == "proposal:draft_discarded"
    for actor, seen in ((paper.member, True), (paper.moderator, False), (people.actor(is_admin=True), False)):
        shown = {event.name for event in record_page(actor, None).events}
        assert ("proposal:draft_discarded" in shown) is seen, actor


def test_a_draft_that_takes_up_an_older_edit_is_discarded_too() -> None:
    paper = documents.paper()
    older = proposals.change(paper, "jährlich", "oft")
    draft = proposals.change(paper, "Spracherwerb", "Erwerb", draft=True)
    db.session.add(Resumption(proposal_id=draft.id, edit_id=proposals.edit_id(older)))
    services.discard_draft(paper.member, proposal_id=draft.id)
    assert db.session.scalars(select(Proposal.id)).all() == [older.id]


def test_a_draft_is_discarded_and_a_proposal_withdrawn() -> None:
    paper = documents.paper()
    draft = proposals.change(paper, "jährlich", "oft", draft=True)
    filed = proposals.change(paper, "jährlich", "oft")
    with pytest.raises(Conflict):
        services.withdraw_proposal(paper.member, proposal_id=draft.id)
    with pytest.raises(Conflict):
        services.discard_draft(paper.member, proposal_id=filed.id)
    assert [draft.state, filed.state] == ["draft", "open"]


# --- withdrawing


def test_the_author_withdraws_and_nobody_else_of_the_committee_but_the_chair() -> None:
    paper = documents.paper()
    for actor, may in (
        (paper.member, True),
        (committees.somebody(paper.participant, "chair"), True),
        (committees.somebody(paper.participant, "clerk"), False),
        (paper.moderator, False),
    ):
        proposal = proposals.change(paper, "jährlich", "oft", committee_id=paper.participant.id)
        if may:
            assert services.withdraw_proposal(actor, proposal_id=proposal.id).withdrawn_at is not None
        else:
            with pytest.raises(NotAllowed):
                services.withdraw_proposal(actor, proposal_id=proposal.id)


def test_what_was_withdrawn_cannot_be_withdrawn_again() -> None:
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "oft")
    services.withdraw_proposal(paper.member, proposal_id=proposal.id)
    with pytest.raises(Conflict):
        services.withdraw_proposal(paper.member, proposal_id=proposal.id)


# --- queries


def test_a_version_is_read_in_as_many_statements_for_one_proposal_as_for_twelve(count_queries) -> None:
    paper = documents.paper(*[f"Absatz {n} wird jährlich geprüft." for n in range(12)])

    def statements() -> int:
        db.session.expire_all()
        with count_queries() as sent:
            for entry in queries.proposals_on(paper.version.id):
                assert entry.author_name
                assert entry.edits
                assert entry.committee is None or entry.committee.name
            queries.position_counts(edit.edit_id for edit in queries.edits_on(paper.version.id))
        return len(sent)

    proposals.change(paper, "Absatz 0 wird", "Absatz 0 würde", committee_id=paper.participant.id)
    before = statements()
    for number in range(1, 12):
        proposals.change(paper, f"Absatz {number} wird", f"Absatz {number} würde", committee_id=paper.participant.id)
    assert statements() == before


def test_the_history_tells_what_happened_in_order() -> None:
    paper = documents.paper()
    proposal, other = proposals.change(paper, "jährlich", "oft"), proposals.change(paper, "jährlich", "selten")
    services.add_comment(paper.moderator, proposal_id=proposal.id, text="Gut.")
    services.add_comment(paper.moderator, proposal_id=other.id, text="Schlecht.")
    services.take_position(paper.member, edit_id=proposals.edit_id(proposal), stance="support")
    services.withdraw_proposal(paper.member, proposal_id=proposal.id)
    names = [entry.name for entry in queries.history_of(proposal.id)]
    assert names == ["proposal:filed", "proposal:commented", "proposal:position_taken", "proposal:withdrawn"]


def test_a_history_is_read_in_as_many_statements_for_one_event_as_for_twenty(count_queries) -> None:
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "oft")

    def told() -> tuple[int, int]:
        db.session.expire_all()
        with count_queries() as sent:
            entries = [entry for entry in queries.history_of(proposal.id) if entry.actor_name]
        return len(entries), len(sent)

    _, before = told()
    for number in range(19):
        services.add_comment(paper.moderator, proposal_id=proposal.id, text=f"Beitrag {number}")
    assert told() == (20, before)
