"""The pages of a sitting, pressed as its chair and followed as its members would."""

import re

import pytest

from amendments.decisions.queries import outcome_of, standing_on
from amendments.meetings import queries, services
from amendments.people.models import Account
from amendments.proposals.services import withdraw_proposal
from tests.factories import committees, documents, proposals
from tests.factories.meetings import count, proposal_of, sitting
from tests.guards.statements import collected
from tests.workplaces.pages import body

pytestmark = pytest.mark.one_engine


def url(found, rest=""):
    return f"/meetings/{found.meeting.id}{rest}"


def called(page):
    """Hidden fields of the first form that states a result."""
    form = re.search(r'<form[^>]*action="([^"]+/result)".*?</form>', page, re.DOTALL)
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    fields += re.findall(r'type="checkbox"[^>]*name="(settled)" value="([^"]+)" checked', form[0])
    sent: dict[str, list[str]] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    return form[1], {name: values for name, values in sent.items() if name not in ("csrf_token", "idempotency_key")}


def said(edit_id):
    return outcome_of(standing_on([edit_id]).get(edit_id))


def press(client, page, text):
    action = re.search(r'<form method="post" action="([^"]+/call)">(?:(?!</form>).)*?' + text, page, re.DOTALL)
    return client.send(action[1])


def test_the_chair_goes_through_the_evening(chair, evening) -> None:
    found, (near, far, free) = evening
    page = body(chair.get(url(found)))
    assert "Als Nächstes" in page
    assert press(chair, page, "Diesen Punkt aufrufen").status_code == 303
    page = body(chair.get(url(found)))
    assert "TOP 1: Unstrittige Änderung<" in page
    action, form = called(page)
    assert chair.send(action, form | {"form": "without_objection", "outcome": "carried"}).status_code == 303
    assert said(free) == "agreed"
    press(chair, body(chair.get(url(found))), "Diesen Punkt aufrufen")
    page = body(chair.get(url(found)))
    assert "Bei Annahme von Ä 2 neu zu fassen: Ä 1." in page
    assert "Was nicht angekreuzt ist, bleibt offen" in page
    action, form = called(page)
    assert "settled" not in form
    form["settled"] = [str(near)]
    votes = {"form": "counted", "outcome": "carried", "yes": "3", "no": "1", "abstained": ""}
    assert chair.send(action, form | votes).status_code == 303
    assert (said(far), said(near)) == ("agreed", "settled")
    page = body(chair.get(url(found)))
    assert "(3 Ja, 1 Nein, 0 Enthaltungen)" in page
    assert chair.send(url(found, "/close")).status_code == 303
    page = body(chair.get(url(found)))
    assert "Die Sitzung ist geschlossen." in page
    assert "Wer wann da war, steht in der Niederschrift." in page
    assert "0 stimmberechtigte" not in page


@pytest.mark.parametrize(("more", "headed"), [(0, "Unstrittige Änderung"), (1, "Unstrittige Änderungen gemeinsam")])
def test_one_undisputed_change_is_not_headed_as_several(client, session, more, headed) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    rows = [proposals.change(paper, old, new) for old, new in (("jährlich", "oft"), ("Räume", "Säle"))[: 1 + more]]
    edits = [proposals.edit_id(row) for row in rows]
    found = sitting(paper)
    session.commit()
    chair = client.sign_in(session.get(Account, found.chair.account_id))
    assert f"<p><strong>{headed}</strong>" in body(chair.get(url(found)))
    found.call(edits[0])
    session.commit()
    for rest in ("", "/screen"):
        assert f"TOP 1: {headed}<" in body(chair.get(url(found, rest)))
    assert f"<strong>{headed}</strong>: Ä 1" in body(chair.get(url(found)))
    found.state(*edits)
    session.commit()
    minutes = body(chair.get(url(found, "/minutes")))
    assert f"TOP 1: {headed}, Ä 1" in minutes
    assert f"<h2>TOP 1: {headed}</h2>" in minutes


def test_what_can_stand_behind_at_the_same_place_is_not_said_to_fall(client, session) -> None:
    paper = documents.paper("Eins.", "Zwei.", lead=committees.committee(kind="steering_group"))
    ends = ("Ein längerer Absatz.", "Kurz.")
    long, short = (proposals.filed(paper, proposals.insert(paper.words, 0, end)) for end in ends)
    found = sitting(paper)
    found.call(proposals.edit_id(long))
    session.commit()
    client.sign_in(session.get(Account, found.chair.account_id))
    page = body(client.get(url(found)))
    assert "neu zu fassen" not in page
    action, form = called(page)
    assert "settled" not in form
    for row in (long, short):
        action, form = called(body(client.get(url(found))))
        assert form["edit"] == [str(proposals.edit_id(row))]
        assert client.send(action, form | {"form": "unanimous", "outcome": "carried"}).status_code == 303
    assert {said(proposals.edit_id(row)) for row in (long, short)} == {"agreed"}


def test_what_cannot_be_right_is_said_and_nothing_is_written(chair, evening) -> None:
    found, (_, _, free) = evening
    press(chair, body(chair.get(url(found))), "Diesen Punkt aufrufen")
    action, form = called(body(chair.get(url(found))))
    answer = chair.send(action, form | {"form": "counted", "outcome": "carried", "yes": "9", "no": "0"})
    assert answer.status_code == 400
    assert "Es sind mehr Stimmen als Anwesende: 9 Stimmen" in body(answer)
    assert said(free) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"form": "without_objection", "yes": "1", "no": "3"}, "aber keine Form, in der gezählt wird"),
        ({"form": "unanimous"}, "Dieselbe Änderung ist zweimal ausgewählt"),
    ],
)
def test_nothing_that_was_typed_is_dropped_and_nothing_is_put_twice(chair, evening, typed, sentence) -> None:
    found, (_, _, free) = evening
    press(chair, body(chair.get(url(found))), "Diesen Punkt aufrufen")
    action, form = called(body(chair.get(url(found))))
    twice = {} if "yes" in typed else {"edit": form["edit"] * 2}
    answer = chair.send(action, form | twice | {"outcome": "carried", "reason": "Nach langer Aussprache"} | typed)
    assert answer.status_code == 400
    assert sentence in body(answer)
    assert "Nach langer Aussprache" in body(answer)
    assert (said(free), queries.ballots_of(found.meeting.id)) == (None, ())


def test_who_is_slower_sees_both_decisions_and_the_way_back(chair, evening) -> None:
    """Also when the other one's has ended the item."""
    found, (_, _, free) = evening
    press(chair, body(chair.get(url(found))), "Diesen Punkt aufrufen")
    action, form = called(body(chair.get(url(found))))
    first = {"form": "majority", "outcome": "rejected", "reason": "Zu teuer"}
    assert chair.send(action, form | first).status_code == 303
    answer = chair.send(action, form | {"form": "unanimous", "outcome": "carried", "reason": "Nach langer Aussprache"})
    assert answer.status_code == 409
    page = body(answer)
    for words in ("jemand anderes über diese Änderung entschieden", "Zu teuer", "Nach langer Aussprache"):
        assert words in page
    now, wanted = page.split("Sie wollten")
    assert ("abgelehnt" in now.split("Jetzt gilt")[1], "angenommen" in wanted) == (True, True)
    assert f'href="{url(found)}#now"' in page
    assert (said(free), len(queries.ballots_of(found.meeting.id))) == ("rejected", 1)


def test_a_member_follows_and_pulls_one_out(client, session, evening) -> None:
    found, (_, _, free) = evening
    member = client.sign_in(session.get(Account, found.members[0].account_id))
    page = body(member.get(url(found)))
    assert "Anwesenheit" in page
    assert "Sitzung schließen" not in page
    assert member.send(url(found, f"/edits/{free}/pull")).status_code == 303
    assert "Unstrittige" not in body(member.get(url(found)))
    assert member.send(url(found, "/close")).status_code == 403


def test_the_beat_is_asked_for_again_only_when_it_has_changed(chair, evening) -> None:
    found, _ = evening
    first = chair.get(url(found, "/beat"))
    same = chair.get(url(found, "/beat"), headers={"If-None-Match": first.headers["ETag"]})
    assert (first.json, same.status_code) == ({"beat": found.meeting.beat}, 304)
    press(chair, body(chair.get(url(found))), "Diesen Punkt aufrufen")
    assert chair.get(url(found, "/beat"), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_wall_shows_the_item_and_nothing_to_press(chair, evening) -> None:
    found, (near, *_) = evening
    found.call(near)
    wall = body(chair.get(url(found, "/screen")))
    assert "Ä 1" in wall
    assert "outcome" not in wall


def test_the_number_of_statements_does_not_grow_with_the_proposals(chair, session, evening) -> None:
    found, (near, *_) = evening
    found.call(near)
    session.commit()
    with collected(session.connection()) as few:
        chair.get(url(found))
    for words in ("fördert", "unterstützt", "Räume", "Schulen", "Beratungsstelle"):
        proposals.change(found.paper, words, f"{words} stets")
    session.commit()
    with collected(session.connection()) as many:
        chair.get(url(found))
    assert len(many) <= len(few)


def test_the_minutes_say_who_was_there_what_was_put_and_what_came_of_it(chair, evening) -> None:
    found, (near, far, free) = evening
    found.call(free)
    found.state(free, form="without_objection")
    found.call(far)
    names = {actor.account_id: "yes" for actor in (found.chair, *found.members)}
    names[found.members[0].account_id] = "no"
    ballot = found.state(far, form="named", names=names, settled=[near])
    services.undo_ballot(found.chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="Falsch verlesen")
    services.leave(found.chair, meeting_id=found.meeting.id, account_id=found.members[2].account_id)
    words = services.Words(notes="Pause um acht.")
    services.write_minutes(found.chair, meeting_id=found.meeting.id, row_version=0, words=words)
    page = body(chair.get(url(found, "/minutes")))
    assert "wird das Wort „jährlich“ durch das Wort „oft“ ersetzt." in page
    assert "angenommen, ohne Widerspruch; 4 stimmberechtigte Mitglieder anwesend" in page
    assert "(3 Ja, 1 Nein, 0 Enthaltungen)" in page
    assert "Falsch verlesen" in page
    assert f"{found.members[0].name}: Nein" in page
    assert "Pause um acht." in page
    assert ballot.wording_hash not in page


def test_the_minutes_name_what_was_adopted_at_once_by_number(client, session) -> None:
    words = ("Eins", "Zwei", "Drei", "Vier", "Fünf", "Sechs", "Sieben")
    paper = documents.paper(*(f"{word}." for word in words), lead=committees.committee(kind="steering_group"))
    rows = [proposals.change(paper, word, f"{word} mehr") for word in words]
    found = sitting(paper)
    found.call(proposals.edit_id(rows[0]))
    found.state(*(proposals.edit_id(row) for row in reversed(rows)), form="without_objection")
    session.commit()
    client.sign_in(session.get(Account, found.chair.account_id))
    said = re.findall(r"<p><strong>(Ä [0-9]+)</strong>", body(client.get(url(found, "/minutes"))))
    assert said == [f"Ä {number}" for number in range(1, 8)]


def test_a_secret_vote_names_nobody(chair, evening) -> None:
    found, (_, _, free) = evening
    found.call(free)
    found.state(free, form="secret", count=count(3, 1))
    page = body(chair.get(url(found, "/minutes")))
    assert "angenommen, geheim (3 Ja, 1 Nein, 0 Enthaltungen)" in page
    assert ": Ja<" not in page


def test_the_minutes_tell_what_an_adoption_settled_from_what_was_left_open(chair, evening) -> None:
    found, (near, far, _) = evening
    found.call(far)
    found.state(far, settled=[near])
    page = body(chair.get(url(found, "/minutes")))
    assert "Ä 1: erledigt durch Ä 2" in page
    assert "Ohne Beschluss geblieben" not in page
    ballot = next(iter(queries.ballots_of(found.meeting.id)))
    services.undo_ballot(found.chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="Falsch verlesen")
    page = body(chair.get(url(found, "/minutes")))
    assert "erledigt durch" not in page
    assert "Ohne Beschluss geblieben: Ä 2, Ä 1" in page


def test_the_minutes_say_what_was_withdrawn_while_the_sitting_ran(chair, session, evening) -> None:
    found, (near, far, free) = evening
    member = found.paper.member
    found.call(far)
    withdraw_proposal(member, proposal_id=proposal_of(near))
    withdraw_proposal(member, proposal_id=proposal_of(free))
    session.commit()
    before = body(chair.get(url(found, "/minutes")))
    found.state(far)
    page = body(chair.get(url(found, "/minutes")))
    for words in (before, page):
        assert "<p>Zurückgezogen: Ä 1</p>" in words
        assert "<li>Zurückgezogen: Ä 3</li>" in words
        assert "Nicht aufgerufen" not in words
    assert "Ohne Beschluss geblieben" not in page


def test_only_what_an_adoption_makes_void_is_ticked_as_settled(client, session) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    void = proposals.edit_id(proposals.change(paper, "Anfang", "Geburt"))
    struck = proposals.edit_id(proposals.filed(paper, proposals.strike(paper.words, 0)))
    found = sitting(paper)
    found.call(struck)
    session.commit()
    page = body(client.sign_in(session.get(Account, found.chair.account_id)).get(url(found)))
    assert "Bei Annahme von Ä 2 erledigt: Ä 1." in page
    _, form = called(page)
    assert form["settled"] == [str(void)]
    assert "Bei Annahme von Ä 1 neu zu fassen: Ä 2." in page


def test_the_wall_shows_the_words_of_what_is_put_together_and_no_menu(chair, evening) -> None:
    found, (near, _, free) = evening
    found.call(free)
    page = body(chair.get(url(found, "/screen")))
    assert "Ä 3: Oft" in page
    assert re.search("<del[^>]*>.*jährlich.*</del>", page)
    for words in ("Abmelden", "Mein Schreibtisch", "Protokoll der Vorgänge"):
        assert words not in page
    found.call(near)
    for address in ("", "/screen"):
        page = body(chair.get(url(found, address)))
        rivals = page[page.index('<div class="rivals">') :]
        assert rivals.index("Ä 2: Alle") < rivals.index("Ä 1: Klein")


def test_without_a_quorum_there_is_the_sentence_and_no_form(chair, session, evening) -> None:
    found, (near, far, free) = evening
    for member in (*found.members, found.chair):
        services.leave(found.chair, meeting_id=found.meeting.id, account_id=member.account_id)
    for edit_id in (free, near):
        found.call(edit_id)
        session.commit()
        page = body(chair.get(url(found)))
        assert "/result" not in page
        assert page.count("Es ist niemand anwesend, der abstimmen darf.") == 1
        assert '<a href="#people">Zur Anwesenheit</a>' in page
        assert "Vertagen oder verweisen" in page
    for edit_id in (near, far):
        form = page[page.index(f'<select id="by-{edit_id}"') :]
        form = form[: form.index("</select>")]
        assert "dem federführenden Gremium" not in form
        assert "Bitte wählen" in form
    assert "Solange das Gremium nichts beschließen kann, wird auch durch Übernahme nichts angenommen." in page


def test_without_a_quorum_an_amendment_is_not_taken_over(chair, session, evening) -> None:
    found, (*_, free) = evening
    child = proposals.edit_id(proposals.change(found.paper, "oft", "sehr oft", parent_id=proposal_of(free)))
    found.call(free)
    found.call(child)
    session.commit()
    assert "/take-over" in body(chair.get(url(found)))
    for member in (*found.members, found.chair):
        services.leave(found.chair, meeting_id=found.meeting.id, account_id=member.account_id)
    session.commit()
    page = body(chair.get(url(found)))
    assert "/take-over" not in page
    assert "Solange das Gremium nichts beschließen kann" in page
