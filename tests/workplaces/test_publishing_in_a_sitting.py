"""Publishing while a sitting about the document runs: it is said beforehand, and what became a version stays."""

import pytest

from amendments.documents.queries import current_version
from amendments.meetings import services
from amendments.people.models import Account
from tests.factories.meetings import case
from tests.workplaces.pages import as_, body, sent, text_url

pytestmark = pytest.mark.one_engine


def test_it_is_said_and_asked_for_while_an_item_is_called(client, session) -> None:
    found, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=two)
    found.call(one)
    found.state(one)
    paper = found.paper
    session.commit()
    chair = client.sign_in(session.get(Account, found.chair.account_id))
    console = f"/meetings/{found.meeting.id}"
    assert "Feststellung aufheben" in body(chair.get(console))
    moderator = as_(client, session, paper.moderator)
    page = text_url(paper, "/publish")
    quiet = body(moderator.get(page))
    assert f"Die Sitzung „{paper.lead.name}“ läuft" in quiet
    assert "Trotzdem veröffentlichen" not in quiet
    found.call(two)
    session.commit()
    shown = body(moderator.get(page))
    assert "Trotzdem veröffentlichen" in shown
    fields = sent(shown) | {"note": "Nach der Pause"}
    answer = moderator.send(page, fields)
    assert answer.status_code == 400
    for words in ("gerade ein Punkt aufgerufen", "Nach der Pause"):
        assert words in body(answer)
    assert current_version(paper.text.id).id == paper.version.id
    assert moderator.send(page, fields | {"anyway": "y"}).status_code == 303
    chair = client.sign_in(session.get(Account, found.chair.account_id))
    after = body(chair.get(console))
    assert "Festgestellte Ergebnisse" in after
    assert "Feststellung aufheben" not in after


def test_a_new_file_is_asked_about_too_and_keeps_what_was_given(client, session) -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    paper = found.paper
    session.commit()
    moderator = as_(client, session, paper.moderator)
    page = text_url(paper, "/import")
    words = "Der Beirat berichtet monatlich.\n\nGanz neu."
    shown = body(moderator.send(page, {"pasted": words, "action": "preview"}))
    assert f"Die Sitzung „{paper.lead.name}“ läuft" in shown
    fields = sent(shown) | {"note": "Aus dem Amt", "label": "Zweite Lesung", "action": "create"}
    answer = moderator.send(page, fields)
    assert answer.status_code == 400
    assert "gerade ein Punkt aufgerufen" in body(answer)
    kept = sent(body(answer))
    assert (kept["note"], kept["label"], kept["pasted"].strip()) == ("Aus dem Amt", "Zweite Lesung", words)
    assert current_version(paper.text.id).id == paper.version.id
    assert moderator.send(page, kept | {"anyway": "y", "action": "create"}).status_code == 303
    assert current_version(paper.text.id).label == "Zweite Lesung"


def test_a_new_file_asks_nothing_while_no_item_is_called(client, session) -> None:
    found, _one = case(("jährlich", "oft"))
    paper = found.paper
    session.commit()
    moderator = as_(client, session, paper.moderator)
    given = {"pasted": "Ganz neu.", "action": "preview"}
    shown = body(moderator.send(text_url(paper, "/import"), given))
    assert f"Die Sitzung „{paper.lead.name}“ läuft" in shown
    assert "Trotzdem veröffentlichen" not in shown
    assert moderator.send(text_url(paper, "/import"), given | {"action": "create"}).status_code == 303
