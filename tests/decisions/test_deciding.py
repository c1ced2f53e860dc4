import pytest
from sqlalchemy import select

from amendments.audit.models import Event
from amendments.consultations.rules import Vote, VoteKind
from amendments.decisions import queries, services
from amendments.decisions.models import Decision
from amendments.decisions.rules import Outcome, StageState
from amendments.decisions.services import Verdict
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.proposals.queries import edits_of, replacements_of
from amendments.proposals.services import take_position, withdraw_proposal
from amendments.web.actor import ROLES
from tests.factories import committees, documents, people, proposals

pytestmark = pytest.mark.usefixtures("session")


def decide(paper, *edit_ids, outcome=Outcome.AGREED, actor=None, **given):
    expected = given.pop("expected", None)
    verdicts = [Verdict(edit_id, outcome, expected, given.get("rank")) for edit_id in edit_ids]
    given.pop("rank", None)
    return services.decide_edits(actor or paper.moderator, version_id=paper.version.id, verdicts=verdicts, **given)


def standing(edit_id) -> Outcome | None:
    return queries.outcome_of(queries.standing_on([edit_id]).get(edit_id))


def state(proposal) -> StageState:
    return queries.stage_states([proposal.id])[proposal.id]


def case(*changes):
    """A paper, and one filed proposal for each (old, new)."""
    paper = documents.paper()
    return paper, *[proposals.change(paper, old, new) for old, new in changes]


def test_an_agreed_edit_stands_with_its_vote() -> None:
    paper, proposal = case(("jährlich", "oft"))
    (row,) = decide(paper, proposals.edit_id(proposal), vote=Vote(VoteKind.COUNTED, 7, 2, 1), reason="So.")
    assert (row.outcome, row.yes, row.no, row.abstained, row.committee_id) == ("agreed", 7, 2, 1, paper.lead.id)
    assert state(proposal) is StageState.AGREED


def test_many_are_decided_at_once_and_recorded_once() -> None:
    paper, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    decide(paper, proposals.edit_id(one), proposals.edit_id(two))
    (event,) = db.session.scalars(select(Event).where(Event.name.like("decision:%"))).all()
    assert [line[2] for line in event.payload["lines"]] == ["agreed", "agreed"]


def test_edits_of_one_proposal_are_decided_apart() -> None:
    paper = documents.paper()
    proposal = proposals.filed(paper, proposals.words(paper.words, "jährlich", "oft"), proposals.strike(paper.words, 4))
    decide(paper, proposals.edit_id(proposal, 0))
    assert state(proposal) is StageState.OPEN
    decide(paper, proposals.edit_id(proposal, 1), outcome=Outcome.REJECTED)
    assert state(proposal) is StageState.AGREED_IN_PART


@pytest.mark.parametrize("role", [role for role in ROLES if role != "moderator"])
def test_no_other_role_decides(role: str) -> None:
    paper, proposal = case(("jährlich", "oft"))
    with pytest.raises(NotAllowed):
        decide(paper, proposals.edit_id(proposal), actor=committees.somebody(paper.lead, role))


def test_the_moderator_of_a_participating_committee_does_not_decide() -> None:
    paper, proposal = case(("jährlich", "oft"))
    with pytest.raises(NotAllowed):
        decide(paper, proposals.edit_id(proposal), actor=committees.somebody(paper.participant, "moderator"))


def test_an_administrator_does_not_decide() -> None:
    paper, proposal = case(("jährlich", "oft"))
    with pytest.raises(NotAllowed):
        decide(paper, proposals.edit_id(proposal), actor=people.actor(is_admin=True))


def test_a_stranger_does_not_find_the_version() -> None:
    paper, proposal = case(("jährlich", "oft"))
    with pytest.raises(NotFound):
        decide(paper, proposals.edit_id(proposal), actor=people.actor())


# --- two moderators


def test_of_two_moderators_the_slower_one_gets_both_states() -> None:
    paper, proposal = case(("jährlich", "oft"))
    edit_id = proposals.edit_id(proposal)
    (row,) = decide(paper, edit_id, outcome=Outcome.REJECTED, reason="Nein.")
    with pytest.raises(Conflict) as refused:
        decide(paper, edit_id, actor=committees.somebody(paper.lead, "moderator"))
    details = refused.value.details
    assert (details["edit_id"], details["standing"]["decision_id"], details["standing"]["outcome"]) == (
        edit_id,
        row.id,
        "rejected",
    )
    assert details["sent"] == {"outcome": "agreed", "expected": None, "rank": None}
    assert standing(edit_id) is Outcome.REJECTED


def test_one_stale_edit_among_many_leaves_all_undecided() -> None:
    paper, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    decide(paper, proposals.edit_id(two))
    with pytest.raises(Conflict):
        decide(paper, proposals.edit_id(one), proposals.edit_id(two))
    assert standing(proposals.edit_id(one)) is None


def test_what_was_decided_is_called_again_before_it_is_decided_otherwise() -> None:
    paper, proposal = case(("jährlich", "oft"))
    edit_id = proposals.edit_id(proposal)
    (first,) = decide(paper, edit_id)
    with pytest.raises(Conflict):
        decide(paper, edit_id, outcome=Outcome.REJECTED, expected=first.id)
    (second,) = services.reopen(
        paper.moderator, version_id=paper.version.id, edit_id=edit_id, reason="Irrtum.", expected=first.id
    )
    decide(paper, edit_id, outcome=Outcome.REJECTED, expected=second.id)
    outcomes = [entry.decision.outcome for entry in queries.decisions_of(proposal.id)]
    assert outcomes == ["agreed", "reopened", "rejected"]
    assert sum(row.superseded_by is None for row in db.session.scalars(select(Decision))) == 1


def test_what_is_undecided_cannot_be_called_again() -> None:
    paper, proposal = case(("jährlich", "oft"))
    with pytest.raises(Conflict):
        services.reopen(
            paper.moderator, version_id=paper.version.id, edit_id=proposals.edit_id(proposal), reason="x", expected=None
        )


def test_a_withdrawn_proposal_is_not_decided() -> None:
    paper, proposal = case(("jährlich", "oft"))
    edit_id = proposals.edit_id(proposal)
    withdraw_proposal(paper.member, proposal_id=proposal.id)
    with pytest.raises(Conflict):
        decide(paper, edit_id)


def test_a_decided_proposal_is_not_withdrawn() -> None:
    paper, proposal = case(("jährlich", "oft"))
    (row,) = decide(paper, proposals.edit_id(proposal))
    with pytest.raises(Conflict):
        withdraw_proposal(paper.member, proposal_id=proposal.id)
    services.reopen(
        paper.moderator, version_id=paper.version.id, edit_id=proposals.edit_id(proposal), reason="x", expected=row.id
    )
    assert withdraw_proposal(paper.member, proposal_id=proposal.id).state == "withdrawn"


def test_a_referred_proposal_can_still_be_withdrawn() -> None:
    paper, proposal = case(("jährlich", "oft"))
    decide(paper, proposals.edit_id(proposal), outcome=Outcome.REFERRED, reason="An den Hauptausschuss.")
    assert withdraw_proposal(paper.member, proposal_id=proposal.id).state == "withdrawn"


# --- what goes together


def test_two_rivals_cannot_both_be_agreed() -> None:
    paper, one, two = case(("jährlich", "oft"), ("jährlich", "selten"))
    with pytest.raises(Conflict) as refused:
        decide(paper, proposals.edit_id(one), proposals.edit_id(two))
    assert set(refused.value.details["numbers"]) == {1, 2}
    decide(paper, proposals.edit_id(one))
    with pytest.raises(Conflict):
        decide(paper, proposals.edit_id(two))
    assert standing(proposals.edit_id(two)) is None, "a rival stays open"


def test_two_insertions_at_one_place_need_an_order() -> None:
    paper = documents.paper()
    one, two = (proposals.filed(paper, proposals.insert(paper.words, 1, text)) for text in ("Eins.", "Zwei."))
    first, second = proposals.edit_id(one), proposals.edit_id(two)
    decide(paper, first)
    with pytest.raises(Conflict):
        decide(paper, second)
    services.reopen(
        paper.moderator,
        version_id=paper.version.id,
        edit_id=first,
        reason="Reihenfolge",
        expected=queries.standing_on([first])[first].id,
    )
    again = queries.standing_on([first])[first].id
    verdicts = [Verdict(first, Outcome.AGREED, again, rank=1), Verdict(second, Outcome.AGREED, None, rank=0)]
    services.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=verdicts)
    assert (standing(first), standing(second)) == (Outcome.AGREED, Outcome.AGREED)


def test_an_agreed_edit_settles_what_it_contains_and_the_same_wish() -> None:
    paper = documents.paper()
    small = proposals.words(paper.words, "jährlich", "oft")
    large = (*small, *proposals.words(paper.words, "seine Arbeit", "alles"))
    inside, same, whole = (proposals.filed(paper, hunks) for hunks in (small, large, large))
    decide(paper, proposals.edit_id(whole))
    for proposal in (inside, same):
        row = queries.standing_on([proposals.edit_id(proposal)])[proposals.edit_id(proposal)]
        assert (row.outcome, row.settled_by_edit_id) == ("settled", proposals.edit_id(whole))


def test_the_larger_wish_stays_open_when_the_smaller_is_agreed() -> None:
    paper = documents.paper()
    small = proposals.words(paper.words, "jährlich", "oft")
    large = (*small, *proposals.words(paper.words, "seine Arbeit", "alles"))
    inside, whole = (proposals.filed(paper, hunks) for hunks in (small, large))
    decide(paper, proposals.edit_id(inside))
    assert standing(proposals.edit_id(whole)) is None


def test_what_was_settled_opens_again_with_what_settled_it() -> None:
    paper = documents.paper()
    small = proposals.words(paper.words, "jährlich", "oft")
    inside = proposals.filed(paper, small)
    whole = proposals.filed(paper, (*small, *proposals.words(paper.words, "seine Arbeit", "alles")))
    (row, _) = decide(paper, proposals.edit_id(whole))
    services.reopen(
        paper.moderator, version_id=paper.version.id, edit_id=proposals.edit_id(whole), reason="x", expected=row.id
    )
    assert standing(proposals.edit_id(inside)) is Outcome.REOPENED


def test_an_edit_is_settled_by_hand_through_an_agreed_one() -> None:
    paper, one, two = case(("jährlich", "oft"), ("jährlich", "selten"))
    verdicts = [
        Verdict(proposals.edit_id(one), Outcome.AGREED),
        Verdict(proposals.edit_id(two), Outcome.SETTLED, settled_by=proposals.edit_id(one)),
    ]
    services.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=verdicts)
    assert state(two) is StageState.SETTLED


@pytest.mark.parametrize(
    ("verdict", "given", "field"),
    [
        (lambda e, f: [], {}, "edits"),
        (lambda e, f: [Verdict(e, Outcome.AGREED)] * 2, {}, "edits"),
        (lambda e, f: [Verdict(e, Outcome.REOPENED)], {}, "outcome"),
        (lambda e, f: [Verdict(e, Outcome.AGREED_MODIFIED)], {}, "outcome"),
        (lambda e, f: [Verdict(e, Outcome.REFERRED)], {}, "reason"),
        (lambda e, f: [Verdict(e, Outcome.REJECTED, rank=1)], {}, "rank"),
        (lambda e, f: [Verdict(e, Outcome.SETTLED)], {}, "settled_by"),
        (lambda e, f: [Verdict(e, Outcome.SETTLED, settled_by=f)], {}, "settled_by"),
        (lambda e, f: [Verdict(e, Outcome.AGREED)], {"vote": Vote(VoteKind.COUNTED, 1, 2, 0)}, "vote"),
        (lambda e, f: [Verdict(e, Outcome.AGREED)], {"reason": "x" * 10_001}, "reason"),
    ],
)
def test_a_wrong_verdict_is_refused_and_nothing_written(verdict, given, field: str) -> None:
    paper, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    verdicts = verdict(proposals.edit_id(one), proposals.edit_id(two))
    with pytest.raises(InvalidInput) as refused:
        services.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=verdicts, **given)
    assert refused.value.field == field
    assert db.session.scalars(select(Decision)).all() == []


# --- the moderation's own wordings


def test_a_modified_edit_is_replaced_by_a_proposal_of_the_moderation() -> None:
    paper, proposal = case(("jährlich", "oft"))
    hunks = proposals.words(paper.words, "jährlich", "halbjährlich")
    made = services.decide_modified(
        paper.moderator, version_id=paper.version.id, edit_id=proposals.edit_id(proposal), hunks=hunks, reason="Klarer."
    )
    assert (made.origin, made.number, state(made), state(proposal)) == (
        "modification",
        2,
        StageState.AGREED,
        StageState.AGREED_MODIFIED,
    )
    assert replacements_of([proposals.edit_id(made)]) == {proposals.edit_id(made): (proposals.edit_id(proposal),)}


def test_a_compromise_takes_the_place_of_rivals() -> None:
    paper, one, two, three = case(("jährlich", "oft"), ("jährlich", "selten"), ("jährlich", "nie"))
    ids = [proposals.edit_id(proposal) for proposal in (one, two, three)]
    made = services.write_compromise(
        paper.moderator,
        version_id=paper.version.id,
        replaces=dict.fromkeys(ids),
        settled=[ids[2]],
        hunks=proposals.words(paper.words, "jährlich", "alle zwei Jahre"),
        reason="Einigung in der Sitzung.",
    )
    assert [state(proposal) for proposal in (made, one, two, three)] == [
        StageState.AGREED,
        StageState.AGREED_MODIFIED,
        StageState.AGREED_MODIFIED,
        StageState.SETTLED,
    ]
    assert edits_of(made.id)[0].hunks == proposals.words(paper.words, "jährlich", "alle zwei Jahre")


def test_a_compromise_beside_an_agreed_rival_is_refused() -> None:
    paper, one, two = case(("jährlich", "oft"), ("jährlich", "selten"))
    decide(paper, proposals.edit_id(one))
    with pytest.raises(Conflict):
        services.write_compromise(
            paper.moderator,
            version_id=paper.version.id,
            replaces={proposals.edit_id(two): None},
            hunks=proposals.words(paper.words, "jährlich", "nie"),
            reason="x",
        )


def test_calling_a_replaced_edit_again_calls_the_compromise_and_its_other_half() -> None:
    paper, one, two = case(("jährlich", "oft"), ("jährlich", "selten"))
    ids = [proposals.edit_id(one), proposals.edit_id(two)]
    made = services.write_compromise(
        paper.moderator,
        version_id=paper.version.id,
        replaces=dict.fromkeys(ids),
        hunks=proposals.words(paper.words, "jährlich", "nie"),
        reason="x",
    )
    row = queries.standing_on(ids)[ids[0]]
    services.reopen(paper.moderator, version_id=paper.version.id, edit_id=ids[0], reason="Doch nicht.", expected=row.id)
    assert [standing(edit_id) for edit_id in (*ids, proposals.edit_id(made))] == [Outcome.REOPENED] * 3


def test_a_new_wording_needs_a_reason() -> None:
    paper, proposal = case(("jährlich", "oft"))
    with pytest.raises(InvalidInput) as refused:
        services.decide_modified(
            paper.moderator,
            version_id=paper.version.id,
            edit_id=proposals.edit_id(proposal),
            hunks=proposals.strike(paper.words, 2),
            reason=" ",
        )
    assert refused.value.field == "reason"


def test_an_editorial_change_is_agreed_at_once_and_marked() -> None:
    paper = documents.paper()
    made = services.editorial_change(
        paper.moderator,
        version_id=paper.version.id,
        edits=[proposals.words(paper.words, "eng", "eng,")],
        title="Zeichen",
        reason="Komma",
    )
    assert (made.title, made.reason) == ("Zeichen", "Komma")
    assert (made.kind, made.origin, state(made)) == ("editorial", "editorial", StageState.AGREED)


def test_an_editorial_change_does_not_overrule_an_agreed_edit() -> None:
    paper, proposal = case(("jährlich", "oft"))
    decide(paper, proposals.edit_id(proposal))
    with pytest.raises(Conflict):
        services.editorial_change(
            paper.moderator, version_id=paper.version.id, edits=[proposals.words(paper.words, "jährlich", "Jährlich")]
        )


@pytest.mark.parametrize("verb", ["decide_modified", "write_compromise", "editorial_change", "reopen"])
def test_each_verb_of_the_desk_is_recorded_once(verb: str) -> None:
    paper, proposal = case(("jährlich", "oft"))
    edit_id, hunks = proposals.edit_id(proposal), proposals.words(paper.words, "jährlich", "nie")
    common = {"version_id": paper.version.id, "reason": "x"}
    if verb == "reopen":
        (row,) = decide(paper, edit_id)
    before = len(db.session.scalars(select(Event.seq)).all())
    match verb:
        case "decide_modified":
            services.decide_modified(paper.moderator, edit_id=edit_id, hunks=hunks, **common)
        case "write_compromise":
            services.write_compromise(paper.moderator, replaces={edit_id: None}, hunks=hunks, **common)
        case "editorial_change":
            services.editorial_change(paper.moderator, edits=[hunks], **common)
        case _:
            services.reopen(paper.moderator, edit_id=edit_id, expected=row.id, **common)
    assert len(db.session.scalars(select(Event.seq)).all()) == before + 1


@pytest.mark.parametrize("verb", ["decide_modified", "write_compromise", "editorial_change", "reopen"])
@pytest.mark.parametrize("role", [role for role in ROLES if role != "moderator"])
def test_no_other_role_uses_the_verbs_of_the_desk(verb: str, role: str) -> None:
    paper, proposal = case(("jährlich", "oft"))
    actor, edit_id = committees.somebody(paper.lead, role), proposals.edit_id(proposal)
    given = {
        "decide_modified": {"edit_id": edit_id, "hunks": proposals.strike(paper.words, 2)},
        "write_compromise": {"replaces": {edit_id: None}, "hunks": proposals.strike(paper.words, 2)},
        "editorial_change": {"edits": [proposals.strike(paper.words, 2)]},
        "reopen": {"edit_id": edit_id, "expected": None},
    }[verb]
    with pytest.raises(NotAllowed):
        getattr(services, verb)(actor, version_id=paper.version.id, reason="x", **given)


def test_an_order_can_still_be_decided_when_one_was_agreed_alone() -> None:
    paper = documents.paper()
    first, second = (
        proposals.edit_id(proposals.filed(paper, proposals.insert(paper.words, 0, new))) for new in ("Eins.", "Zwei.")
    )
    (row,) = decide(paper, first)
    verdicts = [Verdict(first, Outcome.AGREED, row.id, rank=2), Verdict(second, Outcome.AGREED, rank=1)]
    services.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=verdicts)
    assert [queries.standing_on([edit])[edit].rank for edit in (first, second)] == [2, 1]


def test_what_cannot_stand_together_is_named() -> None:
    paper, *made = case(("jährlich", "oft"), ("jährlich", "selten"))
    with pytest.raises(Conflict, match="Ä 1 und Ä 2"):
        decide(paper, *map(proposals.edit_id, made))


def test_no_position_is_taken_on_what_is_decided() -> None:
    paper, made = case(("jährlich", "oft"))
    decide(paper, proposals.edit_id(made))
    with pytest.raises(Conflict, match="schon entschieden"):
        take_position(paper.member, edit_id=proposals.edit_id(made), stance="support")
