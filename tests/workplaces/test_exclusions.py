"""The pages about exclusions: entered where one sits, and what the person reads afterwards."""

import re

import pytest

from amendments.consultations.exclusions import exclusions_of
from amendments.documents.rules import EXCLUDED
from amendments.meetings import excluding
from amendments.people.models import Account
from tests.factories import committees, documents, proposals
from tests.factories.consultations import planned
from tests.factories.meetings import sitting
from tests.guards.statements import collected
from tests.workplaces.pages import body


@pytest.fixture
def evening(session):
    """Two rivals, called; an undisputed edit."""
    paper = documents.paper(lead=committees.committee(kind="steering_group"), visibility="public")
    near = proposals.change(paper, "Anfang an", "klein auf", title="Klein", reason="Grund Klein")
    far = proposals.change(paper, "den Spracherwerb von Anfang an", "alle", title="Alle", reason="Grund Alle")
    free = proposals.change(paper, "jährlich", "oft", title="Oft")
    found = sitting(paper)
    found.call(proposals.edit_id(near), reason="Eilig")
    session.commit()
    return found, near, far, free


@pytest.fixture
def browser(client, session):
    """The browser of whoever is asked for."""

    def of(actor):
        fresh = type(client)(client.application)
        return fresh.sign_in(session.get(Account, actor.account_id))

    return of


def form_of(page, action):
    """Hidden fields of the form that posts there."""
    form = re.search(rf'<form[^>]*action="{action}".*?</form>', page, re.DOTALL)[0]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return {name: value for name, value in fields.items() if name not in ("csrf_token", "idempotency_key")}


def test_at_the_console_it_is_entered_for_the_called_item(browser, session, evening) -> None:
    found, near, far, free = evening
    chair, member = browser(found.chair), browser(found.members[0])
    address, session_page = f"/documents/{found.paper.document.id}/exclusions", f"/meetings/{found.meeting.id}"
    assert "Grund Klein" in body(member.get(session_page))
    fields = form_of(body(chair.get(session_page)), address)
    assert fields["numbers"] == "1, 2"
    sent = chair.send(address, fields | {"account_id": str(found.members[0].account_id), "scope": "edits"})
    assert (sent.status_code, sent.headers["Location"]) == (303, session_page)
    page = body(chair.get(session_page))
    assert "Wegen Sonderinteresse nehmen nicht teil:" in page
    assert f'name="name-{found.members[0].account_id}"' not in page
    assert f'name="name-{found.members[1].account_id}"' in page
    page = body(member.get(session_page))
    assert EXCLUDED in page
    for word in ("Klein", "Alle", "klein auf", "Eilig", "Ä 1", "Ä 2"):
        assert word not in page, word
    assert "Ä 3" in page
    for row in (near, far):
        answer = member.get(f"/proposals/{row.id}")
        assert answer.status_code == 404
        assert EXCLUDED in body(answer)
    assert member.get(f"/proposals/{free.id}").status_code == 200
    for path in ("/screen", "/minutes"):
        page = body(member.get(session_page + path))
        assert "klein auf" not in page
        assert "TOP 1" in page


def test_the_minutes_name_who_was_excluded_with_the_item(browser, session, evening) -> None:
    found, near, *_ = evening
    member = found.members[0]
    given = {"scope": "edits", "text_id": found.paper.text.id, "edit_ids": [proposals.edit_id(near)]}
    row = excluding.exclude(found.chair, document_id=found.paper.document.id, account_id=member.account_id, **given)
    excluding.lift(found.chair, exclusion_id=row.id)
    session.commit()
    page = body(browser(found.chair).get(f"/meetings/{found.meeting.id}/minutes"))
    assert re.search(rf"Wegen Sonderinteresse ausgeschlossen:\s*{member.name} \(", page)


def test_somebody_says_it_of_themselves(browser, session, evening) -> None:
    found, *_ = evening
    member = browser(found.members[0])
    address, session_page = f"/documents/{found.paper.document.id}/exclusions", f"/meetings/{found.meeting.id}"
    page = body(member.get(session_page))
    assert "Ich habe ein Sonderinteresse" in page
    other = {"account_id": str(found.members[1].account_id), "scope": "document"}
    assert member.send(address, other).status_code == 403
    sent = member.send(address, form_of(page, address) | {"scope": "document"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/")
    refused = member.get(session_page)
    assert refused.status_code == 404  # as for a guest: a sitting of a steering group is not public
    assert EXCLUDED in body(refused)
    text = body(member.get(f"/documents/{found.paper.document.id}"))
    assert "wegen Sonderinteresse ausgeschlossen" in text
    assert "Ä 1" not in text


def test_the_page_of_the_document_lists_enters_and_lifts(browser, session, evening) -> None:
    found, near, *_ = evening
    document_id = found.paper.document.id
    moderator, address = browser(found.chair), f"/documents/{document_id}/exclusions"
    step = body(moderator.get(f"/consultations/{found.step.id}"))
    assert address in step
    person = found.members[0]
    form = {"account_id": str(person.account_id), "scope": "edits"}
    for numbers, words in (("99", "gibt es in dieser Vorlage nicht"), ("", "von welchen Vorschlägen")):
        answer = moderator.send(address, form | {"numbers": numbers})
        assert answer.status_code == 400
        assert words in body(answer)
    assert moderator.send(address, form | {"numbers": "Ä 1"}).status_code == 303
    assert moderator.send(address, form | {"numbers": "1"}).status_code == 409
    page = body(moderator.get(address))
    assert "von Ä 1, Ä 2 und was dazu gehört" in page
    (row,) = exclusions_of(document_id)
    assert moderator.send(f"/exclusions/{row.id}/lift").status_code == 303
    page = body(moderator.get(address))
    assert "Zurzeit ist niemand ausgeschlossen." in page
    assert person.name in page
    assert near.number == 1


def test_a_member_reads_of_no_other_exclusion(browser, session, evening) -> None:
    found, *_ = evening
    excluding.exclude(
        found.chair,
        document_id=found.paper.document.id,
        account_id=found.members[0].account_id,
        scope="document",
    )
    session.commit()
    page = body(browser(found.members[1]).get(f"/documents/{found.paper.document.id}/exclusions"))
    assert found.members[0].name not in page


def test_the_record_keeps_silent_about_the_item(browser, session, evening) -> None:
    found, near, *_ = evening
    member = browser(found.members[0])
    before = body(member.get("/audit"))
    given = {"scope": "edits", "text_id": found.paper.text.id, "edit_ids": [proposals.edit_id(near)]}
    excluding.exclude(found.chair, document_id=found.paper.document.id, account_id=found.members[0].account_id, **given)
    session.commit()
    after = body(member.get("/audit"))
    assert before.count("Vorschlag eingereicht") == 3
    assert after.count("Vorschlag eingereicht") == 1


def test_the_record_keeps_silent_about_a_text_for_few(browser, session, evening) -> None:
    found, *_ = evening
    found.paper.text.visibility = "restricted"
    session.commit()
    assert "Vorschlag eingereicht" not in body(browser(found.members[0]).get("/audit"))
    assert "Vorschlag eingereicht" in body(browser(committees_moderator(found, session)).get("/audit"))


def committees_moderator(found, session):
    """Of the committee in charge."""
    committees.membership(found.paper.lead, found.paper.moderator.account_id, "moderator")
    session.commit()
    return found.paper.moderator


def test_the_hash_of_what_is_put_is_that_of_the_whole_text(browser, session, evening) -> None:
    """A chair who is excluded from what was agreed before still states results that hold."""
    found, near, far, free = evening
    document_id = found.paper.document.id
    given = {"scope": "edits", "text_id": found.paper.text.id, "edit_ids": [proposals.edit_id(near)]}
    excluding.exclude(found.chair, document_id=document_id, account_id=found.chair.account_id, **given)
    found.state(proposals.edit_id(far), actor=found.paper.moderator, settled=[proposals.edit_id(near)])
    single = given | {"edit_ids": [proposals.edit_id(free)]}  # not in the bloc, for another's sake
    excluding.exclude(found.chair, document_id=document_id, account_id=found.members[0].account_id, **single)
    found.call(proposals.edit_id(free))
    session.commit()
    chair = browser(found.chair)
    page = body(chair.get(f"/meetings/{found.meeting.id}"))
    action = re.search(r'action="([^"]+/result)"', page)[1]
    sent = chair.send(action, form_of(page, action) | {"form": "unanimous", "outcome": "carried"})
    assert sent.status_code == 303


def test_statements_do_not_grow_with_the_exclusions(browser, session, evening) -> None:
    found, near, *_ = evening
    chair = browser(found.chair)
    text_id, paper = found.paper.text.id, found.paper
    edits = [proposals.edit_id(proposals.change(paper, word, "anders")) for word in ("Schulen", "Räume", "fördert")]

    def exclude(person, edit_id):
        given = {"scope": "edits", "text_id": text_id, "edit_ids": [edit_id]}
        excluding.exclude(found.chair, document_id=paper.document.id, account_id=person.account_id, **given)
        session.commit()

    def statements():
        sent = []
        for path in (f"/meetings/{found.meeting.id}", f"/meetings/{found.meeting.id}/minutes"):
            with collected(session.connection()) as found_here:
                chair.get(path)
            sent.append(len(found_here))
        with collected(session.connection()) as found_here:
            chair.get(f"/documents/{paper.document.id}/exclusions")
        return [*sent, len(found_here)]

    exclude(found.members[0], proposals.edit_id(near))
    before = statements()
    exclude(found.members[1], edits[1])
    exclude(found.members[2], edits[2])
    exclude(found.members[0], edits[0])
    assert statements() <= before


def test_a_step_without_a_sitting_has_the_page_too(browser, session) -> None:
    paper = documents.paper()
    step = planned(paper, paper.lead)
    committees.membership(paper.lead, paper.moderator.account_id, "moderator")
    session.commit()
    assert "Ausschluss wegen Sonderinteresse" in body(browser(paper.moderator).get(f"/consultations/{step.id}"))
