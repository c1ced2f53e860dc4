"""Handing a document on: what is refused, what is kept, what the next committee finds changed."""

from datetime import date, datetime

import pytest

from amendments.audit.models import Event
from amendments.consultations import services as consulting
from amendments.consultations.queries import consultation_for
from amendments.consultations.rules import Vote, VoteKind
from amendments.decisions.services import write_compromise
from amendments.documents.queries import current_version
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.forwarding import queries, services
from amendments.forwarding.services import Signed
from amendments.web import clock
from tests.consensus.publishing import agree, publish
from tests.factories import committees, consultations, meetings, proposals
from tests.factories.documents import paper
from tests.guards.statements import collected

pytestmark = pytest.mark.usefixtures("session")


def on(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2011, month, day, hour, tzinfo=clock.TOWN)


@pytest.fixture
def case():
    """A paper on its way: the participant on the 17th, the lead on the 22nd, the participant again on 8 December."""
    with clock.stopped(on(1)):
        made = paper()
        steps = {
            "first": consultations.planned(made, day=date(2011, 11, 17), begins="18:00"),
            "joint": consultations.planned(made, made.lead, day=date(2011, 11, 22), begins="18:30"),
            "second": consultations.planned(made, day=date(2011, 12, 8), begins="18:00"),
        }
    with clock.stopped(on(22, 22)):
        yield made, steps


def current(made):
    return {text.id: current_version(text.id).id for text in made.document.texts}


def hand_on(made, steps, start="joint", end="second", **given):
    values = {"versions": current(made), "actor": made.moderator} | given
    actor = values.pop("actor")
    return services.forward(actor, consultation_id=steps[start].id, to_id=steps[end].id, **values)


def changed(made, old, new, **given):
    """Proposed, agreed, published."""
    proposal = proposals.change(made, old, new, **given)
    agree(made, proposal)
    return proposal, publish(made)


# --- forwarding


def test_a_forwarding_keeps_what_went_where_and_says_it_once(case, session) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    before = session.query(Event).count()
    row = hand_on(made, steps, note="  Bitte bis Dezember.  ")
    (entry,) = queries.entries_of(made.member, made.document)
    assert (entry.row.id, entry.from_name, entry.to_name) == (row.id, made.lead.name, made.participant.name)
    assert [(text.id, version.number) for text, version in entry.versions] == [(made.text.id, 1)]
    assert entry.row.note == "Bitte bis Dezember."
    (event,) = session.query(Event).order_by(Event.seq).offset(before)
    assert (event.name, event.payload["older"]) == ("forwarding:forwarded", False)


def test_signing_off_is_the_vote_and_handing_on_in_one(case, session) -> None:
    made, steps = case
    steering = committees.somebody(made.lead, "steering")
    services.sign_off(
        steering,
        consultation_id=steps["joint"].id,
        row_version=steps["joint"].row_version,
        signed=Signed("adopted", Vote(VoteKind.UNANIMOUS)),
        to_id=steps["second"].id,
        versions=current(made),
    )
    assert (steps["joint"].result, steps["joint"].vote_kind) == ("adopted", "unanimous")
    assert [row.version_id for row in steps["joint"].recommended] == [made.version.id]
    names = [row.name for row in session.query(Event).order_by(Event.seq)]
    assert names[-2:] == ["consultation:result", "forwarding:forwarded"]


@pytest.mark.parametrize(("result", "said"), [("", "zuerst das Ergebnis"), ("adjourned", "bleibt die Vorlage")])
def test_without_a_result_that_goes_on_nothing_is_signed(case, result, said) -> None:
    made, steps = case
    with pytest.raises(InvalidInput, match=said) as refused:
        services.sign_off(
            made.moderator,
            consultation_id=steps["joint"].id,
            row_version=steps["joint"].row_version,
            signed=Signed(result, Vote()),
            to_id=steps["second"].id,
            versions=current(made),
        )
    assert (refused.value.field, steps["joint"].result) == ("result", None)


def test_open_proposals_travel_along(case) -> None:
    made, steps = case
    proposals.change(made, "Anfang", "Beginn")
    consultations.noted(made, steps["joint"])
    assert hand_on(made, steps).taken_back_at is None


@pytest.mark.parametrize("result", ["adjourned", "taken_off"])
def test_with_some_results_it_stays(case, result) -> None:
    made, steps = case
    with pytest.raises(Conflict, match="zuerst das Ergebnis"):
        hand_on(made, steps)
    consultations.noted(made, steps["joint"], result)
    with pytest.raises(Conflict, match="bleibt die Vorlage bei diesem Gremium"):
        hand_on(made, steps)


def test_it_goes_to_a_later_step_of_this_document_that_has_no_result(case) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    elsewhere = {"other": consultations.planned(paper(), day=date(2011, 12, 24))}
    for end in ("first", "joint", "other"):
        with pytest.raises(InvalidInput, match="spätere Beratung"):
            hand_on(made, steps | elsewhere, end=end)
    with clock.stopped(on(8, 20, 12)):
        consultations.noted(made, steps["second"], "noted")
        with pytest.raises(InvalidInput, match="spätere Beratung"):
            hand_on(made, steps)


def test_an_older_version_goes_only_if_it_is_said(case) -> None:
    made, steps = case
    old = current(made)
    _, newer = changed(made, "jährlich", "halbjährlich")
    consultations.noted(made, steps["joint"])
    with pytest.raises(Conflict, match="nicht die jetzige Fassung") as refused:
        hand_on(made, steps, versions=old)
    assert refused.value.details["standing"]["versions"] == {made.text.id: newer.id}
    assert refused.value.details["sent"]["versions"] == old
    assert hand_on(made, steps, versions=old, older=True).version_ids == old


def test_every_text_goes_in_a_version_of_its_own(case) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    with pytest.raises(InvalidInput, match="für jeden Text"):
        hand_on(made, steps, versions={})
    with pytest.raises(InvalidInput, match="gehört nicht zu dieser Vorlage"):
        hand_on(made, steps, versions={made.text.id: paper().version.id}, older=True)


def test_it_goes_once_and_the_second_is_shown_both_states(case) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    row = hand_on(made, steps)
    later = {"later": consultations.planned(made, day=date(2011, 12, 13))}
    with pytest.raises(Conflict) as refused:
        hand_on(made, steps | later, end="later")
    details = refused.value.details
    assert details["standing"]["to_id"] == steps["second"].id
    assert details["standing"]["by"] == made.moderator.account_id
    assert details["sent"] == {"to_id": later["later"].id, "versions": current(made)}
    signed = Signed("adopted", Vote())
    with pytest.raises(Conflict) as refused:  # the second of two who sign off at once
        services.sign_off(
            made.moderator,
            consultation_id=steps["joint"].id,
            row_version=0,
            signed=signed,
            to_id=later["later"].id,
            versions=current(made),
        )
    assert refused.value.details["standing"]["to_id"] == row.to_id


def test_nobody_else_hands_it_on(case) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    for actor in (made.member, committees.somebody(made.participant, "chair"), committees.somebody(made.lead)):
        with pytest.raises(NotAllowed):
            hand_on(made, steps, actor=actor)
    with pytest.raises(NotFound):
        hand_on(made, steps, actor=committees.somebody(None))
    hand_on(made, steps, actor=committees.somebody(made.lead, "chair"))


# --- taking back


def test_it_is_taken_back_with_a_reason_while_nothing_has_begun(case) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    row = hand_on(made, steps)
    with pytest.raises(InvalidInput):
        services.take_back(made.moderator, forwarding_id=row.id, reason=" ")
    services.take_back(made.moderator, forwarding_id=row.id, reason="Falsches Gremium")
    assert row.taken_back_reason == "Falsches Gremium"
    with pytest.raises(Conflict, match="schon zurückgenommen"):
        services.take_back(made.moderator, forwarding_id=row.id, reason="Noch einmal")
    hand_on(made, steps)
    assert [entry.row.taken_back_at is None for entry in queries.entries_of(made.member, made.document)] == [
        False,
        True,
    ]


@pytest.mark.parametrize("begun", ["hour", "result", "sitting"])
def test_once_the_next_step_has_begun_it_stays(case, begun) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    row = hand_on(made, steps)
    moment = on(8, 18, 12) if begun == "hour" else clock.now()
    if begun == "result":
        consulting.change_consultation(
            made.moderator,
            consultation_id=steps["second"].id,
            row_version=steps["second"].row_version,
            plan=consulting.Plan([made.participant.id], "preparation"),
        )
        consultations.noted(made, steps["second"], "noted")
    if begun == "sitting":
        meetings.services.open_meeting(
            committees.somebody(made.participant, "chair"), consultation_id=steps["second"].id, other_day=True
        )
    with clock.stopped(moment), pytest.raises(Conflict, match="schon begonnen"):
        services.take_back(made.moderator, forwarding_id=row.id, reason="Zu spät")


def test_only_who_hands_on_takes_back(case) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    row = hand_on(made, steps)
    with pytest.raises(NotAllowed):
        services.take_back(made.member, forwarding_id=row.id, reason="Nein")
    with pytest.raises(NotFound):
        services.take_back(committees.somebody(None), forwarding_id=row.id, reason="Nein")


def test_a_step_that_something_rests_on_stays_in_the_sequence(case) -> None:
    made, steps = case
    consultations.noted(made, steps["joint"])
    row = hand_on(made, steps)
    services.take_back(made.moderator, forwarding_id=row.id, reason="Falsches Gremium")
    for name in ("second",):
        with pytest.raises(Conflict, match="schon weitergeleitet"):
            drop(made, steps[name])
    sitting = consultations.planned(made, made.lead)
    meetings.services.open_meeting(committees.somebody(made.lead, "chair"), consultation_id=sitting.id)
    with pytest.raises(Conflict, match="schon eine Sitzung"):
        drop(made, sitting)


def drop(made, step):
    consulting.drop_consultation(made.moderator, consultation_id=step.id, row_version=step.row_version)


# --- what has changed since the last reading


def reading(made, step, actor=None):
    return queries.last_reading_for(actor or made.member, place_of(made, step))


def place_of(made, step):
    return consultation_for(made.moderator, step.id)


def test_the_second_round_reads_what_changed_since_the_first(case) -> None:
    made, steps = case
    changed(made, "jährlich", "halbjährlich", committee_id=made.participant.id)
    changed(made, "Anfang", "Beginn")
    consultations.noted(made, steps["joint"])
    hand_on(made, steps)
    with clock.stopped(on(1, month=12)):
        changed(made, "eng", "enger")  # after it was handed on: not what the committee is asked about
        found = reading(made, steps["second"])
    (text,) = found.texts
    assert (found.before.id, found.committee.id) == (steps["first"].id, made.participant.id)
    assert (text.older.number, text.newer.number, text.current.number) == (1, 3, 4)
    assert (found.count, found.own) == (2, 1)


def test_a_wording_in_place_of_ones_own_counts_as_ones_own(case) -> None:
    made, steps = case
    mine = proposals.change(made, "jährlich", "halbjährlich", committee_id=made.participant.id)
    write_compromise(
        made.moderator,
        version_id=made.version.id,
        replaces={proposals.edit_id(mine): None},
        hunks=proposals.words(made.words, "jährlich", "alle neun Monate"),
        reason="So geht es",
    )
    publish(made)
    found = reading(made, steps["second"])
    assert (found.count, found.own) == (1, 1)


def test_who_has_it_for_the_first_time_compares_with_the_draft(case) -> None:
    made, _ = case
    changed(made, "jährlich", "halbjährlich")
    council = consultations.planned(made, committees.committee(), day=date(2011, 12, 13))
    found = reading(made, council)
    assert found.before is None
    assert [(text.older.number, text.newer.number) for text in found.texts] == [(1, 2)]


def test_where_nothing_has_changed_nothing_is_listed(case) -> None:
    made, steps = case
    found = reading(made, steps["second"])
    assert (found.before.id, found.texts, found.count) == (steps["first"].id, (), 0)


def test_the_next_step_of_ones_committee_is_what_waits(case) -> None:
    made, steps = case
    assert queries.waiting_reading(made.member, made.document).consultation.id == steps["second"].id
    assert queries.waiting_reading(made.moderator, made.document).consultation.id == steps["joint"].id
    assert queries.waiting_reading(committees.somebody(committees.committee()), made.document) is None


def test_statements_do_not_grow_with_what_has_changed(case, session) -> None:
    made, steps = case
    proposals.change(made, "Schulen", "Alle Schulen", budget=True)
    changed(made, "jährlich", "halbjährlich", committee_id=made.participant.id)
    changed(made, "Fragen", "allen Fragen")
    consultations.noted(made, steps["joint"])
    services.take_back(made.moderator, forwarding_id=hand_on(made, steps).id, reason="Neu")
    hand_on(made, steps)

    def needed():
        found = []
        for _ in range(2):  # the first time reads versions that are not in memory
            session.expunge_all()
            with collected(session.connection()) as statements:
                place = place_of(made, steps["second"])
                queries.last_reading_for(made.member, place)
                queries.entries_of(made.member, place.document)
                queries.budget_lines(made.member, place.document)
            found.append(len(statements))
        return found[1]

    few = needed()
    changed(made, "Anfang", "Beginn", committee_id=made.participant.id, budget=True)
    changed(made, "eng", "enger", budget=True)
    for row in queries.forwardings_of(made.document.id):
        if row.taken_back_at is None:
            services.take_back(made.moderator, forwarding_id=row.id, reason="Neu")
    hand_on(made, steps)
    for word in ("Verein", "Räume"):
        proposals.change(made, word, f"{word}x", budget=True)
    assert needed() == few
