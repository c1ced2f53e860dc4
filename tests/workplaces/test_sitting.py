"""What is written and pressed in a sitting besides votes, over HTTP, by whoever runs it."""

import re

import pytest

from amendments.decisions.queries import standing_on
from amendments.meetings import queries, services
from amendments.meetings.models import Meeting
from amendments.people.models import Account
from amendments.proposals.models import Proposal
from amendments.proposals.queries import edits_of
from tests.factories import committees, documents, proposals
from tests.factories.consultations import planned
from tests.factories.meetings import outcome, proposal_of, sitting
from tests.workplaces.pages import body, sent

pytestmark = pytest.mark.one_engine


@pytest.fixture
def evening(session, evening):
    """The rivals are called."""
    found, edits = evening
    found.call(edits[0])
    session.commit()
    return evening


@pytest.fixture
def clerk(client, session, evening):
    found = evening[0]
    actor = committees.somebody(found.paper.lead, "clerk")
    committees.membership(found.paper.lead, actor.account_id, "clerk")
    session.commit()
    return client.sign_in(session.get(Account, actor.account_id))


def url(found, rest=""):
    return f"/meetings/{found.meeting.id}{rest}"


def item_url(found, edit_id, rest):
    return url(found, f"/items/{found.item(edit_id).id}{rest}")


# --- a new wording


def test_a_wording_is_written_shown_on_the_wall_with_its_checksum_and_then_voted_on(chair, evening) -> None:
    found, (near, *_) = evening
    address = item_url(found, near, f"/wording?edit={near}")
    page = body(chair.get(address))
    assert "angenommen ist damit noch nichts" in page
    form = sent(page)
    (name,) = [name for name in form if name.startswith("para-")]
    typed = form | {name: form[name].replace("klein auf", "Geburt an"), "reason": "So geht es"}
    seen = body(chair.send(address.split("?")[0], typed | {"action": "preview"}))
    assert "So liest sich die Änderung" in seen
    assert chair.send(address.split("?")[0], typed | {"action": "submit"}).status_code == 303
    new = found.item(near).edits[0].edit_id
    assert outcome(new) is None
    wall = body(chair.get(url(found, "/screen")))
    assert "Geburt" in wall
    assert found.put(new).wording_hash[:16] in wall
    console = body(chair.get(url(found)))
    form = sent(console, item_url(found, near, "/result"))
    assert form["edit"] == [str(new)]
    assert "Wovon nichts übernommen wird" in console
    answer = chair.send(item_url(found, near, "/result"), form | {"form": "unanimous", "outcome": "carried"})
    assert answer.status_code == 303
    assert (outcome(new), outcome(near)) == ("agreed", "agreed_modified")


@pytest.mark.parametrize("given", [{"reason": ""}, {"para": "unchanged"}])
def test_a_wording_that_lacks_something_comes_back_with_what_was_typed(chair, evening, given) -> None:
    found, (near, *_) = evening
    address = item_url(found, near, "/wording")
    page = body(chair.get(f"{address}?edit={near}"))
    (name,) = [name for name in sent(page) if name.startswith("para-")]
    old = found.paper.words[0].text
    typed = {"edit": str(near), "reason": "Weil es so ist", name: "Ganz anders." if "reason" in given else old}
    answer = chair.send(address, typed | {key: value for key, value in given.items() if key == "reason"})
    assert answer.status_code == 400
    assert ("Ganz anders." if "reason" in given else "Weil es so ist") in body(answer)
    assert len(found.item(near).edits) == 2


def test_a_wording_for_what_is_not_called_any_more_is_refused_with_the_words(chair, evening) -> None:
    found, (near, _, free) = evening
    address = item_url(found, near, "/wording")
    page = body(chair.get(f"{address}?edit={near}"))
    (name,) = [name for name in sent(page) if name.startswith("para-")]
    found.call(free)
    answer = chair.send(address, {"edit": str(near), name: "Ganz anders.", "reason": "Weil"})
    assert answer.status_code == 409
    assert "Ganz anders." in body(answer)


# --- orally


def oral_fields(page, **typed):
    (name,) = [name for name in sent(page) if name.startswith("para-")]
    return {name: "Die Stadt fördert Sprache.", "reason": "Kürzer", "committee": "", "at": ""} | typed


def test_what_somebody_says_is_on_the_agenda_at_once(clerk, session, evening) -> None:
    found, (near, *_) = evening
    member = found.members[0]
    page = body(clerk.get(url(found, "/oral")))
    answer = clerk.send(url(found, "/oral"), oral_fields(page, account=str(member.account_id)))
    assert answer.status_code == 303
    new = next(
        edit.edit_id
        for edit in found.item(near).edits
        if session.get(Proposal, proposal_of(edit.edit_id)).origin == "oral"
    )
    assert session.get(Proposal, proposal_of(new)).author_id == member.account_id
    assert "Mündlicher Vorschlag" in body(clerk.get(url(found, "/screen")))


def test_an_oral_proposal_without_a_person_comes_back_with_its_words(clerk, evening) -> None:
    found, (near, *_) = evening
    page = body(clerk.get(url(found, "/oral")))
    answer = clerk.send(url(found, "/oral"), oral_fields(page, account=""))
    assert answer.status_code == 400
    assert "Die Stadt fördert Sprache." in body(answer)
    assert len(found.item(near).edits) == 2


def test_elsewhere_in_the_text_a_passage_is_chosen_and_a_paragraph_put_behind_it(clerk, evening) -> None:
    found, _ = evening
    paragraph = found.paper.words[1].identity
    at = f"{found.paper.text.id}:{paragraph}"
    page = body(clerk.get(url(found, f"/oral?at={at}")))
    typed = oral_fields(page, account=str(found.members[0].account_id), at=at)
    typed[f"para-{paragraph}"] = found.paper.words[1].text
    typed[f"gap-{paragraph}"] = "Ein neuer Absatz."
    assert clerk.send(url(found, "/oral"), typed).status_code == 303
    assert found.items[-1][0] == "single"
    assert clerk.get(url(found, "/oral?at=nirgends")).status_code == 404


def test_who_keeps_no_minutes_writes_nothing_down(client, session, evening) -> None:
    found, _ = evening
    member = client.sign_in(session.get(Account, found.members[0].account_id))
    assert member.get(url(found, "/oral")).status_code == 403
    assert "Mündlicher Vorschlag" not in body(member.get(url(found)))


# --- without a vote


def test_the_ways_to_leave_an_item_are_pressed_and_undone(chair, session, evening) -> None:
    found, (near, far, free) = evening
    board = committees.committee(name="Beirat für Integration")
    session.commit()
    page = body(chair.get(url(found)))
    refer = {"committee": str(board.id), "reason": "Erst soll er sich äußern"}
    assert refer["committee"] in page
    assert chair.send(item_url(found, near, "/refer"), refer).status_code == 303
    assert (outcome(near), outcome(far)) == ("referred", "referred")
    page = body(chair.get(url(found)))
    assert "Beirat für Integration" in page
    (ending,) = queries.endings_of(found.meeting.id)
    assert chair.send(url(found, f"/endings/{ending.id}/undo"), {"reason": "Doch nicht"}).status_code == 303
    assert outcome(near) == "reopened"
    found.call(near)
    withdraw = {"proposal": str(proposal_of(near)), "reason": ""}
    assert chair.send(item_url(found, near, "/withdraw"), withdraw).status_code == 303
    form = sent(body(chair.get(url(found))), item_url(found, far, "/take-over"), by="", reason="")
    assert chair.send(item_url(found, far, "/take-over"), form).status_code == 303
    assert standing_on([far])[far].vote_kind == "none"
    found.call(free)
    assert chair.send(item_url(found, free, "/adjourn"), {"reason": "Es ist spät"}).status_code == 303
    page = body(chair.get(url(found)))
    assert "Alle Punkte sind behandelt." in page
    minutes = body(chair.get(url(found, "/minutes")))
    assert "verwiesen an Beirat für Integration: Erst soll er sich äußern" in minutes
    assert "zurückgezogen; " in minutes
    assert f"übernommen von {found.paper.lead.name}" in minutes
    assert "vertagt: Es ist spät" in minutes
    assert "Doch nicht" in minutes
    assert minutes.count("Ä 1</strong> Klein") == 2


def test_a_proposal_withdrawn_while_it_is_called_is_said_and_can_not_be_voted_on(
    chair, client, session, evening
) -> None:
    from amendments.proposals.services import withdraw_proposal

    found, (near, far, _) = evening
    form = sent(body(chair.get(url(found))), item_url(found, near, "/result"))
    put = found.put(near)
    withdraw_proposal(found.paper.member, proposal_id=proposal_of(near))
    session.commit()
    page = body(chair.get(url(found)))
    assert "Nicht mehr zur Abstimmung, denn zurückgezogen: Ä 1." in page
    vote = {"edit": str(near), f"expected-{near}": "", "checksum": put.wording_hash, "reason": "Wichtiger Grund"}
    answer = chair.send(item_url(found, near, "/result"), vote | {"form": "unanimous", "outcome": "carried"})
    assert answer.status_code == 409
    assert "Wichtiger Grund" in body(answer)
    assert form["edit"] == [str(far)]
    found.state(far)
    assert found.item(far).state == "done"


# --- the chair's order, how it is voted on


def test_the_chair_changes_the_order_by_buttons_and_says_why(chair, session, evening) -> None:
    found, (near, far, free) = evening
    forward = item_url(found, near, f"/edits/{near}/forward")
    assert forward in body(chair.get(url(found)))
    assert chair.send(forward, {"reason": "kostet mehr"}).status_code == 303
    assert [edit.edit_id for edit in found.item(near).edits] == [near, far]
    assert "Vom Vorsitz vorgezogen: kostet mehr" in body(chair.get(url(found)))
    arrange = {"by_point": "1", "majority": "two_thirds_present", "public": "no"}
    assert chair.send(item_url(found, near, "/arrange"), arrange).status_code == 303
    assert "Nötige Mehrheit: zwei Drittel der Anwesenden" in body(chair.get(url(found)))
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=free)
    other = proposals.edit_id(proposals.change(found.paper, "eng", "gut"))
    found.call(free)
    waiting = [row for row in queries.items_of(found.meeting.id) if row.state == "waiting" and row.kind != "notice"]
    session.commit()
    address = url(found, f"/items/{waiting[1].id}/move")
    page = body(chair.get(url(found)))
    form = re.search(rf'<li>((?!</li>).)*formaction="{address}".*?</li>', page, re.DOTALL)[0]
    move = {"shown": re.search(r'name="shown" value="([^"]+)"', form)[1], "reason": "Der Gast muss gehen"}
    for typed, sentence in (("99", "Unter der Nummer 99 wartet kein Punkt vor diesem."), ("vor Ä 3", "als Zahl")):
        answer = chair.send(address, move | {"before": typed})
        assert answer.status_code == 400
        assert sentence in body(answer)
        assert "Der Gast muss gehen" in body(answer)
        assert typed in body(answer)
    number = re.search(r'name="before" type="number" min="(\d+)"', form)[1]
    assert chair.send(address, move | {"before": number}).status_code == 303
    assert found.item(other).id == waiting[1].id
    rows = [row.id for row in queries.items_of(found.meeting.id)]
    assert rows.index(waiting[1].id) < rows.index(waiting[0].id)


def test_no_line_of_the_agenda_names_the_others(client, session) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    for word in ("fördert", "unterstützt", "jährlich", "Schulen", "Beratungsstelle"):
        for new in ("eins", "zwei"):
            proposals.change(paper, word, new)
    found = sitting(paper)
    session.commit()
    page = body(client.sign_in(session.get(Account, found.chair.account_id)).get(url(found)))
    lines = re.findall("<li>.*?</li>", page[page.index('<ol class="agenda">') : page.index('id="people"')], re.DOTALL)
    named = [sorted(set(re.findall(r"Ä \d+", line))) for line in lines]
    assert len(named) == 5
    assert {len(names) for names in named} == {2}


def test_passages_of_a_proposal_are_one_vote_until_the_chair_parts_them(client, session) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    base = paper.words
    row = proposals.filed(paper, proposals.words(base, "jährlich", "oft"), proposals.words(base, "eng", "gut"))
    edits = {edit.edit_id for edit in edits_of(row.id)}
    found = sitting(paper)
    for edit_id in edits:
        services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=edit_id)
    item = found.call(next(iter(edits)))
    session.commit()
    chair = client.sign_in(session.get(Account, found.chair.account_id))
    page = body(chair.get(url(found)))
    assert "Alle 2 Textstellen in einer Abstimmung." in page
    assert page.count("/result") == 2
    services.arrange_item(
        found.chair, meeting_id=found.meeting.id, item_id=item.id, by_point=True, majority=None, public=None
    )
    session.commit()
    page = body(chair.get(url(found)))
    assert page.count("/result") == 4
    services.arrange_item(
        found.chair, meeting_id=found.meeting.id, item_id=item.id, by_point=False, majority=None, public=None
    )
    found.state(*edits)
    assert {outcome(edit_id) for edit_id in edits} == {"agreed"}


def test_the_casting_vote_is_asked_for_where_it_decides(client, session) -> None:
    lead = committees.committee(kind="steering_group")
    committees.rules(lead, tie="chair")
    paper = documents.paper(lead=lead)
    edit = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    found = sitting(paper)
    found.call(edit)
    session.commit()
    chair = client.sign_in(session.get(Account, found.chair.account_id))
    page = body(chair.get(url(found)))
    form = sent(page, item_url(found, edit, "/result"))
    votes = {"form": "counted", "outcome": "carried", "yes": "2", "no": "2", "abstained": "", "invalid": ""}
    assert "chair_said_yes" in page
    assert chair.send(item_url(found, edit, "/result"), form | votes).status_code == 400
    assert chair.send(item_url(found, edit, "/result"), form | votes | {"chair_said_yes": "1"}).status_code == 303
    assert "bei Stimmengleichheit entschied die Stimme des Vorsitzes" in body(chair.get(url(found, "/minutes")))


# --- the minutes


WRITTEN = {
    "place": "Ratssaal",
    "chairs": "Eva Roth (zu TOP 1)\nJan Blum (zu TOP 2)",
    "clerk": "Ida Kern",
    "others": "Beigeordneter Klein",
    "interruptions": "Pause von 20 bis 20.15 Uhr",
    "statements": "Herr Roth: Das geht zu weit.",
    "notes": "Es hat gebrannt.",
}


def test_the_clerk_completes_the_minutes_and_they_are_printed(clerk, session, evening) -> None:
    found, _ = evening
    absent = committees.somebody(found.paper.lead, "member")
    committees.membership(found.paper.lead, absent.account_id, "member")
    lost = committees.somebody(found.paper.lead, "member")
    committees.membership(found.paper.lead, lost.account_id, "member")
    session.commit()
    page = body(clerk.get(url(found, "/minutes/write")))
    form = sent(page, excused=str(absent.account_id), **WRITTEN)
    assert clerk.send(url(found, "/minutes/write"), form).status_code == 303
    printed = body(clerk.get(url(found, "/minutes")))
    for words in WRITTEN.values():
        for line in words.splitlines():
            assert line in printed
    excused = printed[printed.index("Entschuldigt abwesend") : printed.index("<h2>Abwesend")]
    assert session.get(Account, absent.account_id).name in excused
    assert session.get(Account, lost.account_id).name not in excused
    assert printed.count('class="signatures"') == 3


def test_of_two_who_write_the_minutes_the_slower_sees_both_and_loses_nothing(clerk, evening) -> None:
    found, _ = evening
    page = body(clerk.get(url(found, "/minutes/write")))
    form = sent(page, **WRITTEN)
    words = services.Words(notes="Zuerst geschrieben.")
    services.write_minutes(found.chair, meeting_id=found.meeting.id, row_version=0, words=words)
    answer = clerk.send(url(found, "/minutes/write"), form)
    assert answer.status_code == 409
    both = body(answer)
    assert "Zuerst geschrieben." in both
    assert "Es hat gebrannt." in both
    again = sent(both, **WRITTEN)
    assert clerk.send(url(found, "/minutes/write"), again).status_code == 303
    assert queries.written_minutes(found.meeting.id).notes == "Es hat gebrannt."


def test_a_member_reads_the_minutes_and_writes_nothing(client, session, evening) -> None:
    found, _ = evening
    member = client.sign_in(session.get(Account, found.members[0].account_id))
    assert "Niederschrift ergänzen" not in body(member.get(url(found, "/minutes")))
    assert member.get(url(found, "/minutes/write")).status_code == 403


def test_a_sitting_cannot_end_before_it_begins(clerk, evening) -> None:
    found, _ = evening
    page = body(clerk.get(url(found, "/minutes/write")))
    form = sent(page, ends="2001-01-01T10:00", **WRITTEN)
    answer = clerk.send(url(found, "/minutes/write"), form)
    assert answer.status_code == 400
    assert "nicht enden, bevor sie beginnt" in body(answer)


# --- what goes wrong


def test_what_was_pressed_wrongly_leads_back_to_the_sitting_with_what_was_typed(chair, evening) -> None:
    found, (near, far, _) = evening
    form = sent(body(chair.get(url(found))), item_url(found, far, "/result"))
    votes = {"form": "counted", "outcome": "carried", "yes": "17", "no": "2", "reason": "Frau Roth kam später"}
    answer = chair.send(item_url(found, far, "/result"), form | votes)
    page = body(answer)
    assert answer.status_code == 400
    assert "Es sind mehr Stimmen als Anwesende: 19 Stimmen" in page
    assert f'<a class="button big" href="{url(found)}#now">Zurück zur Sitzung</a>' in page
    assert "Zur Übersicht der Vorlagen" not in page
    assert "Frau Roth kam später" in page
    assert form["checksum"] not in page
    stale = chair.send(item_url(found, far, "/result"), form | votes | {"checksum": "0" * 64})
    assert "Zurück zur Sitzung" in body(stale)
    assert str(near) not in body(stale)


def test_who_may_not_run_the_sitting_any_more_is_led_back_to_it(client, session, evening) -> None:
    found, (near, *_) = evening
    member = client.sign_in(session.get(Account, found.members[0].account_id))
    answer = member.send(item_url(found, near, "/adjourn"), {"reason": "Es ist spät"})
    assert answer.status_code == 403
    assert f'href="{url(found)}#now">Zurück zur Sitzung' in body(answer)
    assert "Es ist spät" in body(answer)


def test_the_chair_is_chosen_when_the_sitting_is_opened(client, session) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    people = [committees.somebody(paper.lead, role) for role in ("chair", "moderator")]
    for actor, role in zip(people, ("chair", "moderator"), strict=True):
        committees.membership(paper.lead, actor.account_id, role)
    step = planned(paper, paper.lead)
    session.commit()
    moderator = client.sign_in(session.get(Account, people[1].account_id))
    form = sent(body(moderator.get(f"/consultations/{step.id}")), f"/consultations/{step.id}/open")
    assert form["chair"] == str(people[0].account_id)
    assert moderator.send(f"/consultations/{step.id}/open", form).status_code == 303
    meeting = session.query(Meeting).one()
    assert f"______________________ {people[0].name}" in body(moderator.get(f"/meetings/{meeting.id}/minutes"))


def test_where_the_committee_in_charge_has_no_chair_nobody_is_chosen_unasked(client, session) -> None:
    lead, board = committees.committee(kind="steering_group"), committees.committee(kind="advisory_board")
    paper = documents.paper(lead=lead)
    committees.membership(board, committees.somebody(board, "chair").account_id, "chair")
    moderator = committees.somebody(lead, "moderator")
    committees.membership(lead, moderator.account_id, "moderator")
    step = planned(paper, lead, board)
    session.commit()
    page = client.sign_in(session.get(Account, moderator.account_id))
    form = sent(body(page.get(f"/consultations/{step.id}")), f"/consultations/{step.id}/open")
    assert form["chair"] == ""
    assert page.send(f"/consultations/{step.id}/open", form).status_code == 303
    assert session.query(Meeting).one().chair_id == moderator.account_id


def test_votes_by_name_that_are_refused_are_told_once_more(chair, evening) -> None:
    """Somebody left while the names were called: nobody has to call them again."""
    found, (near, *_) = evening
    console = body(chair.get(url(found)))
    motion = found.put(near)
    choices = {}
    for number, actor in enumerate((found.chair, *found.members)):
        choices[f"name-{actor.account_id}"] = ("no", "abstained")[number % 2]
        choices[f"who-{actor.account_id}"] = actor.name
        assert f'name="who-{actor.account_id}" value="{actor.name}"' in console
    gone = found.members[-1].account_id
    assert chair.send(url(found, f"/left/{gone}")).status_code == 303
    form = {"form": "named", "edit": str(near), f"expected-{near}": "", "checksum": motion.wording_hash}
    answer = chair.send(item_url(found, near, "/result"), form | choices | {"outcome": "rejected"})
    assert answer.status_code == 400
    told = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", body(answer))
    assert (found.chair.name, "Nein") in told
    assert (found.members[0].name, "Enthaltung") in told
    assert len(told) == len(found.members) + 1
