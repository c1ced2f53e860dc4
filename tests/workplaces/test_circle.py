"""Signing off, handing on, reading what changed, and a closed document: the pages, pressed as people would."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from amendments.consultations import queries as consulting
from amendments.consultations import services as consultation_services
from amendments.documents.queries import current_version
from amendments.forwarding import queries
from amendments.proposals.queries import edits_of
from amendments.web import clock
from amendments.workplaces import since
from tests.consensus.publishing import agree, publish
from tests.factories import committees, consultations, proposals
from tests.factories.documents import paper
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine


@pytest.fixture
def way(session, stage):
    """The participant has had it, the lead settles it today, the participant gets it again."""
    today = clock.today()
    steps = {
        "first": consultations.planned(stage, day=date(2011, 11, 17)),
        "joint": consultations.planned(stage, stage.lead, day=today),
        "second": consultations.planned(stage, day=date(today.year + 1, 12, 8), begins="18:00"),
    }
    mine = proposals.change(
        stage, "jährlich", "halbjährlich", committee_id=stage.participant.id, reason="Öfter ist besser", budget=True
    )
    proposals.change(stage, "eng", "enger", title="Noch offen")
    agree(stage, mine)
    publish(stage)
    session.commit()
    return steps


def sign_off(steps):
    return f"/consultations/{steps['joint'].id}/sign-off"


def vote(stage, steps, **more):
    form = {"result": "adopted", "vote": "unanimous", "to_id": steps["second"].id}
    form |= {"row_version": steps["joint"].row_version, f"version_{stage.text.id}": current_version(stage.text.id).id}
    return form | more


def test_nobody_signs_off_without_saying_how_the_vote_was_taken(client, session, stage, way) -> None:
    moderator = as_(client, session, stage.moderator)
    page = body(moderator.get(sign_off(way)))
    assert re.search(r'<select[^>]*name="vote"[^>]*>\s*<option value="">Bitte wählen</option>', page)
    answer = moderator.send(sign_off(way), vote(stage, way, vote="", note="Bitte lesen"))
    assert (answer.status_code, queries.forwardings_of(stage.document.id)) == (400, ())
    for words in ("Bitte wählen Sie hier etwas aus.", "Bitte lesen"):
        assert words in answer.text


def test_the_steering_group_reads_votes_and_hands_on(client, session, stage, way) -> None:
    steering = as_(client, session, committees.somebody(stage.lead, "steering"))
    page = body(steering.get(sign_off(way)))
    for words in ("halbjährlich", "Öfter ist besser", stage.participant.name, "angenommen", "Noch offen"):
        assert words in page
    assert "Haushaltswirksame Vorschläge" in page
    assert "Votum eintragen und weiterleiten" in page
    answer = steering.send(sign_off(way), vote(stage, way, note="Bitte lesen"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/consultations/{way['joint'].id}")
    (row,) = queries.forwardings_of(stage.document.id)
    assert row.to_id == way["second"].id
    page = body(steering.get(answer.headers["Location"]))
    assert "einstimmig" in page
    assert f"Weitergeleitet an {stage.participant.name}" in page
    assert "Bitte lesen" in page
    back = {"reason": "Falsches Gremium"}
    assert steering.send(f"/forwardings/{row.id}/take-back", back).status_code == 303
    page = body(steering.get(answer.headers["Location"]))
    assert "Falsches Gremium" in page


def test_what_a_step_that_is_over_read_stays_what_it_has_recommended(client, session, stage, way) -> None:
    steering = as_(client, session, committees.somebody(stage.lead, "steering"))
    assert steering.send(sign_off(way), vote(stage, way)).status_code == 303
    agree(stage, proposals.change(stage, "Anfang", "Ende"))
    publish(stage)
    session.commit()
    page = body(steering.get(sign_off(way)))
    put_in = re.findall(r"<ins.*?</ins>", page, re.DOTALL)
    assert [("halbjährlich" in words, "Ende" in words) for words in put_in] == [(True, False)]


def test_each_source_says_where_its_words_stand(client, session, stage, way) -> None:
    page = body(as_(client, session, stage.moderator).get(sign_off(way)))
    (card,) = re.findall(r'<li class="card" id="source-.*?</ul>', page, re.DOTALL)
    assert re.search(r"<li>Zeile \d+</li>", card), card


def test_a_member_reads_it_and_has_nothing_to_press(client, session, stage, way) -> None:
    member = as_(client, session, stage.member)
    page = body(member.get(sign_off(way)))
    assert "halbjährlich" in page
    assert "Votum eintragen und weiterleiten" not in page
    assert member.send(sign_off(way), vote(stage, way)).status_code == 403


def test_what_was_voted_wrongly_comes_back_with_what_was_typed(client, session, stage, way) -> None:
    moderator = as_(client, session, stage.moderator)
    wrong = vote(stage, way, vote="counted", yes="1", no="2", abstained="0", note="Bitte lesen")
    answer = moderator.send(sign_off(way), wrong)
    assert answer.status_code == 400
    assert "Bitte lesen" in answer.text
    assert queries.forwardings_of(stage.document.id) == ()


def test_the_second_of_two_is_shown_both_states(client, session, stage, way) -> None:
    moderator = as_(client, session, stage.moderator)
    late = vote(stage, way)
    consultations.noted(stage, way["joint"])
    later = consultations.planned(stage, day=date(2999, 1, 1))
    session.commit()
    assert moderator.send(sign_off(way), late).status_code == 303
    answer = moderator.send(sign_off(way), late | {"to_id": later.id})
    assert answer.status_code == 409
    for words in ("Jetzt gilt", "Sie wollten", stage.moderator.name, "Fassung 2"):
        assert words in body(answer)
    assert len(queries.forwardings_of(stage.document.id)) == 1


def test_a_version_that_is_no_longer_current_is_not_handed_on_by_accident(client, session, stage, way) -> None:
    moderator = as_(client, session, stage.moderator)
    shown = vote(stage, way)
    agree(stage, proposals.change(stage, "Anfang", "Beginn"))
    publish(stage)
    session.commit()
    answer = moderator.send(sign_off(way), shown)
    assert answer.status_code == 409
    assert "Fassung 2" in answer.text
    assert "Fassung 3" in answer.text
    assert way["joint"].result is None
    assert moderator.send(sign_off(way), shown | {"older": "y"}).status_code == 303


def test_the_next_committee_opens_with_what_has_changed(client, session, stage, way) -> None:
    moderator = as_(client, session, stage.moderator)
    moderator.send(sign_off(way), vote(stage, way))
    member = as_(client, session, stage.member)
    sentence = (
        "Seit Ihrer letzten Beratung am 17. November 2011 wurde eine Stelle geändert, auf Vorschlag Ihres Gremiums."
    )
    step = f"/consultations/{way['second'].id}"
    for address in (step, text_url(stage), text_url(stage, "/desk"), f"{step}/changes"):
        assert sentence in body(member.get(address)), address
    page = body(member.get(f"{step}/changes"))
    for words in ("halbjährlich", "Öfter ist besser", "angenommen"):
        assert words in page


def test_a_guest_reads_nothing_of_it(client, session, stage, way) -> None:
    stage.document.visibility = "public"
    session.commit()
    assert "Seit Ihrer letzten Beratung" not in client.get(f"/consultations/{way['second'].id}").text
    for address in (sign_off(way), f"/consultations/{way['second'].id}/changes"):
        assert client.get(address).status_code == 302


def test_the_decision_closes_the_pages_and_taking_it_back_opens_them(client, session, stage, way) -> None:
    council = committees.committee(kind="council", name="Rat der Stadt")
    step = consultations.planned(stage, council, role="decision", day=date(2011, 12, 13))
    session.commit()
    moderator = as_(client, session, stage.moderator)
    address = f"/consultations/{step.id}"
    form = {"result": "adopted", "vote": "counted", "yes": "30", "no": "2", "abstained": "1"}
    form |= {"row_version": step.row_version}
    assert "welche Fassung beschlossen" in moderator.send(f"{address}/result", form).text
    form |= {f"version_{stage.text.id}": current_version(stage.text.id).id}
    assert moderator.send(f"{address}/result", form).status_code == 303
    page = body(moderator.get(text_url(stage)))
    assert "Beschlossen am 13. Dezember 2011: Rat der Stadt, Fassung 2" in page
    assert "redline?from=1&to=2" in page
    assert 'data-module="selection' not in page
    assert "Zur Abstimmung der Vorschläge" not in page
    refused = moderator.get(text_url(stage, "/publish"))
    assert (refused.status_code, "Die Vorlage ist beschlossen" in refused.text) == (403, True)
    page = body(moderator.get(address))
    assert "abgeschlossen" in page
    assert "Ergebnis eintragen" not in page
    row = consulting.consultations_of([stage.document.id])[stage.document.id]
    version = next(one.row_version for one in row if one.id == step.id)
    back = {"row_version": version, "reason": "Niederschrift berichtigt"}
    assert moderator.send(f"{address}/result/take-back", back).status_code == 303
    page = body(moderator.get(address))
    assert "Niederschrift berichtigt" in page
    assert "mehrheitlich beschlossen (30 Ja, 2 Nein, 1 enthalten)" in page
    assert "Zur Abstimmung der Vorschläge" in body(moderator.get(text_url(stage)))


def test_another_result_of_the_council_says_what_to_do(client, session, stage, way) -> None:
    step = consultations.planned(stage, committees.committee(kind="council"), role="decision")
    consultation_services.note_result(
        stage.moderator, consultation_id=step.id, row_version=step.row_version, result="adjourned"
    )
    session.commit()
    moderator = as_(client, session, stage.moderator)
    assert "Tragen Sie den neuen Termin ein" in moderator.get(f"/consultations/{step.id}").text


def test_no_form_is_offered_where_nothing_can_be_handed_on(client, session, stage, way) -> None:
    consultations.noted(stage, way["joint"], "adjourned")
    consultations.closed(stage)
    session.commit()
    moderator = as_(client, session, stage.moderator)
    page = body(moderator.get(sign_off(way)))
    assert "Mit diesem Ergebnis wird nicht weitergeleitet" in page
    proposal_page = moderator.get(f"/proposals/{proposal_of(stage)}")
    assert "Kommentar schreiben" not in proposal_page.text


def test_the_list_of_documents_says_which_are_decided(client, session, stage) -> None:
    open_ = paper(lead=stage.lead, title="Noch in Beratung")
    consultations.closed(stage)
    session.commit()
    page = body(as_(client, session, stage.moderator).get("/"))
    cards = {
        card.count("beschlossen</span>") for card in page.split('<li class="card">')[1:] if open_.document.title in card
    }
    assert (page.count("beschlossen</span>"), cards) == (1, {0})


def proposal_of(stage):
    from amendments.proposals.queries import proposals_on

    entry = proposals_on(current_version(stage.text.id).id)[0]
    assert edits_of(entry.proposal.id)
    return entry.proposal.id


@dataclass(frozen=True)
class Reading:
    count: int
    own: int
    before: object | None


@dataclass(frozen=True)
class Before:
    day: date | None


LAST = "Seit Ihrer letzten Beratung"
THEIRS = "Seit der letzten Beratung dieses Gremiums"
FIRST = "Ihr Gremium hat die Vorlage zum ersten Mal vor sich."


@pytest.mark.parametrize(
    ("reading", "mine", "first", "then"),
    [
        (Reading(34, 3, Before(date(2011, 11, 17))), True, f"{LAST} am 17. November 2011 wurden 34 Stellen", "3 davon"),
        (Reading(34, 1, Before(None)), False, f"{THEIRS} wurden 34 Stellen", "eine davon"),
        (Reading(1, 0, Before(None)), True, f"{LAST} wurde eine Stelle", "keine davon"),
        (Reading(1, 1, Before(None)), True, f"{LAST} wurde eine Stelle", ""),
        (Reading(2, 2, None), True, f"{FIRST} Gegenüber dem Entwurf wurden 2 Stellen", "alle"),
    ],
)
def test_what_has_changed_is_said_in_one_sentence(app, reading, mine, first, then) -> None:
    whose = f"auf Vorschlag {'Ihres' if mine else 'dieses'} Gremiums"
    with app.test_request_context():
        said = since.sentence(reading, mine=mine)
    assert said == f"{first} geändert, {f'{then} {whose}'.strip()}."


@pytest.mark.parametrize(
    ("reading", "mine", "said"),
    [
        (Reading(0, 0, None), True, FIRST),
        (Reading(0, 0, None), False, "Das Gremium hat die Vorlage zum ersten Mal vor sich."),
        (Reading(0, 0, Before(None)), True, f"{LAST} hat sich am Text nichts geändert."),
    ],
)
def test_that_nothing_has_changed_is_said_too(app, reading, mine, said) -> None:
    with app.test_request_context():
        assert since.sentence(reading, mine=mine) == said
