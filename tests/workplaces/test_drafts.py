"""A draft over HTTP: one window never overwrites what another has saved, and it is discarded without a trace."""

from uuid import uuid4

import pytest
from lxml import html

from amendments.proposals import queries as proposals
from amendments.proposals.models import Proposal
from tests.consensus.publishing import agree, publish
from tests.factories.proposals import change, filed, strike, words
from tests.workplaces.pages import body, text_url

pytestmark = pytest.mark.one_engine

CHANGED = "Dieser Entwurf wurde inzwischen in einem anderen Fenster geändert."


@pytest.fixture
def draft(session, stage):
    found = filed(stage, strike(stage.words, 0), title="Erster Titel", reason="Erster Grund", draft=True)
    session.commit()
    return found.id


def opened(member, stage, draft, **passage):
    """The fields of the form as a window shows them."""
    page = member.get(text_url(stage, "/propose"), query_string={"draft": str(draft), **passage})
    root = html.document_fromstring(page.get_data(as_text=True))
    (form,) = root.xpath("//main//form[@method='post'][.//*[@name='title']]")
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
    (form,) = html.document_fromstring(answer.get_data(as_text=True)).xpath(
        "//main//form[@method='post'][.//*[@name='title']]"
    )
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
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/my-desk")] * 2
    mine = body(member.get("/my-desk"))
    assert "Der Entwurf ist verworfen." in mine
    assert "Erster Titel" not in mine
    assert "zurückgezogen" not in mine
    assert member.get(f"/proposals/{draft}").status_code == 404


# --- its passages


def texts_of(draft):
    return ["".join(hunk.new.text for hunk in edit.hunks) for edit in proposals.edits_of(draft)]


@pytest.fixture
def collected(session, stage):
    """A draft of two passages; the version that follows changes the words of the first and the place of the second."""
    old = [words(stage.words, "jährlich", "monatlich"), words(stage.words, "Anfang", "kleinauf")]
    found = filed(stage, *old, title="Titel", draft=True).id
    session.commit()
    return found


@pytest.fixture
def published(session, stage, collected):
    agree(stage, change(stage, "jährlich", "oft"), change(stage, "Die Stadt", "Die Gemeinde Stadt"))
    publish(stage)
    session.commit()


def shown(member, stage, draft, **passage):
    return body(member.get(text_url(stage, "/propose"), query_string={"draft": str(draft), **passage}))


def remove(member, draft, rank, row_version=1):
    edit = proposals.edits_of(draft)[rank].edit_id
    return member.send(f"/proposals/{draft}/passages/{edit}/remove", {"row_version": str(row_version)})


def test_a_passage_is_removed_from_a_draft(session, stage, member, collected):
    assert "Passt nicht mehr" not in shown(member, stage, collected)
    answer = remove(member, collected, 0)
    assert answer.status_code == 303
    assert "Die Textstelle ist entfernt." in body(member.get(answer.location))
    assert texts_of(collected) == ["kleinauf"]
    assert remove(member, collected, 0, row_version=2).status_code == 303
    answer = member.send(text_url(stage, "/propose"), {**opened(member, stage, collected), "action": "submit"})
    assert "Ihr Vorschlag ändert nichts." in body(answer)


def test_an_old_window_removes_nothing(session, stage, member, collected):
    old = proposals.edits_of(collected)[1].edit_id
    remove(member, collected, 0)
    for edit, row_version in ((old, 1), (old, ""), (uuid4(), 2)):
        answer = member.send(f"/proposals/{collected}/passages/{edit}/remove", {"row_version": str(row_version)})
        assert answer.status_code == 409
        assert "Es wurde nichts entfernt" in body(answer)
    assert texts_of(collected) == ["kleinauf"]


@pytest.mark.usefixtures("published")
def test_a_draft_shows_its_passages_as_written_when_the_text_has_changed(stage, member, collected):
    page = shown(member, stage, collected)
    assert "Der Text hat sich geändert, seit Sie das geschrieben haben." in page
    assert "monatlich" in page
    assert page.count("Passt nicht mehr") == 1
    assert page.count("Steht noch so im Text.") == 1


@pytest.mark.usefixtures("published")
def test_what_fits_no_more_is_removed_before_the_draft_goes_on(session, stage, member, collected):
    more = {"op": "delete", "paragraph": stage.words[1].identity}
    form = {**opened(member, stage, collected, **more), "reason": "Mein Grund", "action": "more"}
    answer = member.send(text_url(stage, "/propose"), form)
    assert answer.status_code == 409
    assert "nicht alle vorgemerkten Textstellen passen noch" in body(answer)
    assert "Mein Grund" in body(answer)
    assert remove(member, collected, 0).status_code == 303
    form = {**opened(member, stage, collected, **more), "action": "more"}
    assert member.send(text_url(stage, "/propose"), form).status_code == 303
    assert len(proposals.edits_of(collected)) == 2
    assert "Der Text hat sich geändert" not in shown(member, stage, collected)
    answer = member.send(text_url(stage, "/propose"), {**opened(member, stage, collected), "action": "submit"})
    assert answer.status_code == 303
    assert saved(session, collected)[0] == "open"


def test_a_draft_to_another_proposal_keeps_what_is_untouched(session, stage, member):
    parent = change(stage, "jährlich", "jedes Jahr")
    base = proposals.wording_base(proposals.edits_of(parent.id)[0].filed_on_id, parent.id)
    passages = [words(base, "jedes Jahr", "jeden Tag"), words(base, "Anfang", "kleinauf")]
    draft = filed(stage, *passages, parent_id=parent.id, draft=True).id
    agree(stage, change(stage, "Die Stadt", "Die Gemeinde Stadt"))
    publish(stage)
    session.commit()
    page = shown(member, stage, draft)
    assert (page.count("Passt nicht mehr"), page.count("Steht noch so im Text.")) == (1, 1)
