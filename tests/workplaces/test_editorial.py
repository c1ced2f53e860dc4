"""The moderation's own control: a change without change of meaning, in the text at once."""

import re

import pytest

from amendments.proposals import queries as proposals
from amendments.proposals.models import Proposal
from tests.factories.proposals import change, filed, strike
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine

BUTTON = 'value="editorial"'
NEW = "Der Beirat berichtet alljährlich über seine Arbeit."


def passage(stage, **more):
    return {"op": "change", "paragraph": stage.words[2].identity, **more}


def typed(stage, **more):
    said = {"wording": NEW, "title": "Ein Wort", "reason": "Schreibweise", "committee_id": ""}
    return passage(stage, **said, action="editorial", **more)


def offered(person, stage, **more):
    return BUTTON in body(person.get(text_url(stage, "/propose"), query_string=passage(stage, **more)))


def assert_refused(answer, sentence):
    assert answer.status_code == 400
    shown = body(answer)
    for words in (sentence, NEW, "Ein Wort", "Schreibweise"):
        assert words in shown
    assert BUTTON not in shown


def test_the_moderator_changes_the_text_at_once(session, stage, moderator):
    page = body(moderator.get(text_url(stage, "/propose"), query_string=passage(stage)))
    assert BUTTON in page
    assert "Ohne Änderung des Sinns; steht sofort im Text und wird als redaktionell ausgewiesen." in page
    answer = moderator.send(text_url(stage, "/propose"), typed(stage))
    assert answer.status_code == 303
    shown = body(moderator.get(answer.location))
    assert "Die redaktionelle Änderung steht im Text." in shown
    assert "alljährlich" in re.sub(r"<[^>]+>", "", shown)
    made = session.query(Proposal).one()
    assert (made.origin, made.title, made.reason) == ("editorial", "Ein Wort", "Schreibweise")
    assert "Redaktionelle Änderung" in body(moderator.get(f"/proposals/{made.id}"))


def test_sent_twice_it_is_made_once(session, stage, moderator):
    sent = typed(stage, idempotency_key="the-same")
    first, second = moderator.send(text_url(stage, "/propose"), sent), moderator.send(text_url(stage, "/propose"), sent)
    assert first.location == second.location
    assert session.query(Proposal).count() == 1


def test_nobody_is_asked_for_it_as_a_sender(stage, moderator):
    answer = moderator.send(
        text_url(stage, "/propose"), typed(stage) | {"action": "submit", "committee_id": "editorial"}
    )
    assert answer.status_code == 400


def test_a_member_is_not_offered_it_and_is_refused(client, session, stage):
    member = as_(client, session, stage.member)
    assert not offered(member, stage)
    assert member.send(text_url(stage, "/propose"), typed(stage)).status_code == 403
    assert session.query(Proposal).count() == 0


def test_an_unchanged_text_is_refused_beside_its_words(session, stage, moderator):
    answer = moderator.send(text_url(stage, "/propose"), typed(stage) | {"wording": stage.words[2].text})
    assert answer.status_code == 400
    assert "noch unverändert" in body(answer)
    assert "Schreibweise" in body(answer)
    assert session.query(Proposal).count() == 0


def test_a_draft_is_no_editorial_change(session, stage, moderator):
    draft = filed(stage, strike(stage.words, 0), actor=stage.moderator, draft=True)
    session.commit()
    draft_id = draft.id
    assert not offered(moderator, stage, draft=draft_id)
    answer = moderator.send(text_url(stage, "/propose"), typed(stage, draft=str(draft_id)))
    assert_refused(answer, "Ein Entwurf kann nicht als redaktionelle Änderung in den Text kommen.")
    kept = session.query(Proposal).one()
    assert (kept.id, kept.state) == (draft_id, "draft")
    assert len(proposals.edits_of(draft_id)) == 1


def test_a_proposal_is_not_changed_editorially(session, stage, moderator):
    parent = change(stage, "jährlich", "jedes Jahr")
    session.commit()
    parent_id = parent.id
    assert not offered(moderator, stage, parent=parent_id)
    answer = moderator.send(text_url(stage, "/propose"), typed(stage, parent=str(parent_id)))
    assert_refused(answer, "Redaktionell geändert wird nur der Text selbst, nicht ein Vorschlag.")
    assert session.query(Proposal).one().id == parent_id
