"""Too often in a quarter of an hour: one sentence, the time to come again, and what was typed is still there."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from amendments.audit.models import Event
from amendments.config import Settings
from amendments.proposals.models import Comment, Position, Proposal
from amendments.web import clock, limits
from amendments.web.models import RateLimit
from tests.factories.proposals import change, edit_id
from tests.workplaces.pages import as_, text_url

SENTENCE = "Das war zu oft in kurzer Zeit."
QUARTER = timedelta(minutes=15)


@pytest.fixture
def at_most(app, monkeypatch):
    """`at_most(filings=2)`: the limits of the test."""

    def set_limits(**given):
        settings = replace(app.extensions["settings"], **{f"limit_{name}": most for name, most in given.items()})
        monkeypatch.setitem(app.extensions, "settings", settings)

    monkeypatch.setattr(limits, "_here", limits._Tally())
    with clock.stopped(clock.now()):
        yield set_limits


def wish(stage, **more):
    first = next(paragraph for paragraph in stage.words if "jährlich" in paragraph.text)
    wording = first.text.replace("jährlich", "jedes Jahr")
    return {"op": "change", "paragraph": first.identity, "version": 1, "wording": wording, "committee_id": ""} | more


def propose(client, stage, **more):
    return client.send(text_url(stage, "/propose"), wish(stage, action="submit", reason="Zehn Minuten Arbeit") | more)


def number_of(session, model):
    return session.scalar(select(func.count()).select_from(model))


def is_refusal(response):
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= QUARTER.total_seconds()
    assert SENTENCE in unescape(response.text)
    return True


def test_filing(client, session, stage, at_most):
    at_most(filings=2)
    member = as_(client, session, stage.member)
    assert [propose(member, stage).status_code for _ in range(2)] == [303, 303]
    refused = propose(member, stage)
    assert is_refusal(refused)
    assert "Zehn Minuten Arbeit</textarea>" in refused.text
    assert "jedes Jahr" in unescape(refused.text)
    assert number_of(session, Proposal) == 2
    with clock.stopped(clock.now() + QUARTER):
        assert propose(member, stage).status_code == 303


def test_a_draft_counts_and_so_does_submitting_it(client, session, stage, at_most):
    at_most(filings=2)
    member = as_(client, session, stage.member)
    assert propose(member, stage, action="more").status_code == 303
    draft = session.scalars(select(Proposal)).one()
    assert propose(member, stage, op="", draft=str(draft.id)).status_code == 303
    assert is_refusal(propose(member, stage, action="more"))


def test_what_was_refused_or_sent_twice_does_not_count(client, session, stage, at_most):
    at_most(filings=1, remarks=1)
    member = as_(client, session, stage.member)
    assert propose(member, stage, title="x" * 500).status_code == 400
    for _again in range(3):
        assert propose(member, stage, idempotency_key="the same form").status_code == 303
    assert is_refusal(propose(member, stage))
    here = f"/edits/{edit_id(session.scalars(select(Proposal)).one())}/position"
    assert member.send(here, {"stance": "objection"}).status_code == 400, "a reason is missing"
    assert member.send(here, {"stance": "objection", "reason": "Zu teuer"}).status_code == 303


def test_everybody_has_a_count_of_their_own(app, client, session, stage, at_most):
    at_most(filings=1)
    member = as_(client, session, stage.member)
    propose(member, stage)
    assert is_refusal(propose(member, stage))
    assert propose(as_(app.test_client(), session, stage.moderator), stage).status_code == 303


def test_positions_and_comments_count_together(client, session, stage, at_most):
    at_most(remarks=2)
    proposal = change(stage, "jährlich", "oft")
    member = as_(client, session, stage.member)
    position = {"stance": "objection", "reason": "Das kostet zu viel"}
    assert member.send(f"/proposals/{proposal.id}/comments", {"text": "Gut so"}).status_code == 303
    assert member.send(f"/edits/{edit_id(proposal)}/position", position).status_code == 303
    for path, values, typed in (
        (f"/proposals/{proposal.id}/comments", {"text": "Noch ein Gedanke"}, "Noch ein Gedanke"),
        (f"/edits/{edit_id(proposal)}/position", position, "Das kostet zu viel"),
    ):
        refused = member.send(path, values)
        assert is_refusal(refused)
        assert typed in refused.text
    assert (number_of(session, Comment), number_of(session, Position)) == (1, 1)


def test_the_preview_is_counted_without_writing(client, session, stage, at_most, count_queries):
    at_most(previews=2)
    member = as_(client, session, stage.member)
    member.send(text_url(stage, "/propose"), wish(stage, action="preview"))
    with count_queries() as sent:
        answer = member.send(text_url(stage, "/propose/preview"), wish(stage), headers={"Accept": "application/json"})
    assert answer.get_json()["blocks"]
    assert [statement for statement in sent if not statement.startswith(("SELECT", "PRAGMA"))] == []
    refused = member.send(text_url(stage, "/propose/preview"), wish(stage), headers={"Accept": "application/json"})
    assert refused.get_json()["error"]["message"].startswith(SENTENCE)
    assert is_refusal(refused)
    page = member.send(text_url(stage, "/propose"), wish(stage, action="preview", reason="Zehn Minuten Arbeit"))
    assert is_refusal(page)
    assert "Zehn Minuten Arbeit</textarea>" in page.text
    with clock.stopped(clock.now() + QUARTER):
        assert member.send(text_url(stage, "/propose"), wish(stage, action="preview")).status_code == 200


@pytest.mark.parametrize("rest", ["/import", "new"])
def test_texts_that_are_brought_in(client, session, stage, at_most, rest):
    at_most(uploads=1)
    moderator = as_(client, session, stage.moderator)
    path = text_url(stage, rest) if rest.startswith("/") else f"/documents/{stage.document.id}/texts/new"
    values = {"pasted": "Ein langer Absatz.", "text_title": "Anlage 2", "role": "annex", "note": "Aus dem Ausschuss"}
    assert moderator.send(path, values | {"action": "preview"}).status_code == 200
    refused = moderator.send(path, values | {"action": "create", "answer-3": "new"})
    assert is_refusal(refused)
    assert "Ein langer Absatz.</textarea>" in refused.text
    for kept in ("Aus dem Ausschuss", 'name="answer-3"') if rest == "/import" else ("Anlage 2",):
        assert kept in refused.text


def test_checks_of_the_record(client, session, stage, at_most):
    at_most(checks=1)
    member = as_(client, session, stage.member)
    assert member.send("/audit/check").status_code == 303
    before = number_of(session, Event)
    assert is_refusal(member.send("/audit/check"))
    assert number_of(session, Event) == before


def test_zero_is_no_limit(client, session, stage, at_most):
    at_most(filings=0)
    member = as_(client, session, stage.member)
    assert {propose(member, stage).status_code for _ in range(3)} == {303}
    assert not [key for key in session.scalars(select(RateLimit.key)) if key.startswith("limit_filings")]


def test_an_evening_with_three_hundred_proposals_meets_no_limit():
    assert Settings.limit_filings >= 2 * 300
    assert Settings.limit_remarks >= 300
    assert Settings.limit_previews >= 2 * 900, "two a second, as fast as the page asks while somebody writes"
