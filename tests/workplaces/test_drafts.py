"""A draft over HTTP: one window never overwrites what another has saved, and it is discarded without a trace."""

import pytest
from lxml import html

from amendments.proposals import queries as proposals
from amendments.proposals.models import Proposal
from tests.factories.documents import paper
from tests.factories.proposals import filed, strike
from tests.workplaces.pages import as_, body, text_url

CHANGED = "Dieser Entwurf wurde inzwischen in einem anderen Fenster geändert."


@pytest.fixture
def stage(session):
    found = paper()
    session.commit()
    return found


@pytest.fixture
def member(client, session, stage):
    return as_(client, session, stage.member)


@pytest.fixture
def draft(session, stage):
    found = filed(stage, strike(stage.words, 0), title="Erster Titel", reason="Erster Grund", draft=True)
    session.commit()
    return found.id


def opened(member, stage, draft, **passage):
    """The fields of the form as a window shows them."""
    page = member.get(text_url(stage, "/propose"), query_string={"draft": str(draft), **passage})
    root = html.document_fromstring(page.get_data(as_text=True))
    (form,) = root.xpath("//main//form[@method='post']")
    return dict(form.form_values())


def saved(session, draft):
    session.expire_all()
    found = session.get(Proposal, draft)
    return found.state, found.title, found.reason


def test_an_old_window_does_not_overwrite_what_another_has_saved(session, stage, member, draft):
    old, new = (opened(member, stage, draft, op="delete", paragraph=stage.words[rank].identity) for rank in (1, 2))
    assert (
        member.send(text_url(stage, "/propose"), {**new, "title": "Zweiter Titel", "action": "more"}).status_code == 303
    )
    answer = member.send(text_url(stage, "/propose"), {**old, "reason": "Mein Grund", "action": "more"})
    assert answer.status_code == 409
    assert saved(session, draft) == ("draft", "Zweiter Titel", "Erster Grund")
    shown = body(answer)
    assert CHANGED in shown
    assert "Zweiter Titel" in shown
    root = html.document_fromstring(answer.get_data(as_text=True))
    assert root.xpath("string(//textarea[@name='reason'])").strip() == "Mein Grund"
    assert root.xpath("string(//input[@name='title']/@value)") == "Erster Titel"


def test_an_old_window_does_not_file_it_either(session, stage, member, draft):
    old, new = (opened(member, stage, draft) for _ in range(2))
    more = {**new, "title": "Zweiter Titel", "op": "delete", "paragraph": stage.words[1].identity, "action": "more"}
    member.send(text_url(stage, "/propose"), more)
    answer = member.send(text_url(stage, "/propose"), {**old, "action": "submit"})
    assert answer.status_code == 409
    assert "Zweiter Titel" in body(answer)
    assert saved(session, draft)[0] == "draft"


def test_whoever_has_compared_both_sends_the_form_again(session, stage, member, draft):
    old, new = (opened(member, stage, draft, op="delete", paragraph=stage.words[rank].identity) for rank in (1, 2))
    member.send(text_url(stage, "/propose"), {**new, "title": "Zweiter Titel", "action": "more"})
    answer = member.send(text_url(stage, "/propose"), {**old, "title": "Dritter Titel", "action": "more"})
    (form,) = html.document_fromstring(answer.get_data(as_text=True)).xpath("//main//form[@method='post']")
    assert member.send(text_url(stage, "/propose"), {**dict(form.form_values()), "action": "submit"}).status_code == 303
    assert saved(session, draft) == ("open", "Dritter Titel", "Erster Grund")
    assert len(proposals.edits_of(draft)) == 3


def test_two_windows_that_say_the_same_collect_passages_side_by_side(session, stage, member, draft):
    old, new = (opened(member, stage, draft, op="delete", paragraph=stage.words[rank].identity) for rank in (1, 2))
    for window in (new, old):
        assert member.send(text_url(stage, "/propose"), {**window, "action": "more"}).status_code == 303
    assert len(proposals.edits_of(draft)) == 3


@pytest.mark.parametrize("shown", ["", "x", "-1", "99"])
def test_a_form_that_does_not_say_what_it_showed_overwrites_nothing(session, stage, member, draft, shown):
    answer = member.send(
        text_url(stage, "/propose"), {**opened(member, stage, draft), "reason": "Anders", "row_version": shown}
    )
    assert answer.status_code == 409
    assert saved(session, draft)[2] == "Erster Grund"


def test_a_draft_is_discarded_on_its_page_and_listed_nowhere(session, stage, member, draft):
    page = body(member.get(f"/proposals/{draft}"))
    assert "Entwurf verwerfen" in page
    assert "Zurückziehen" not in page
    sent = {"idempotency_key": "the-same"}
    answers = [member.send(f"/proposals/{draft}/discard", sent) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/my-proposals")] * 2
    mine = body(member.get("/my-proposals"))
    assert "Der Entwurf ist verworfen." in mine
    assert "Erster Titel" not in mine
    assert "zurückgezogen" not in mine
    assert member.get(f"/proposals/{draft}").status_code == 404
