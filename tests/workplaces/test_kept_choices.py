"""What the moderation chose for the people in returned files is kept, for another day and for the others."""

import pytest

from amendments.proposals.queries import proposals_on, returned_files
from tests.factories import committees
from tests.workplaces.pages import as_, body, sent
from tests.workplaces.test_bringing_pages import AMT, BEIRAT, CHANGES, booking, drop, page_url, redline

pytestmark = pytest.mark.one_engine


def choose(browser, stage, form, **headers):
    return browser.send(page_url(stage, "/choices"), form, **headers)


def test_what_was_chosen_is_there_on_another_day_and_for_the_others(client, session, stage):
    browser = as_(client, session, stage.moderator)
    drop(browser, stage, b_docx=redline(stage, {BEIRAT: CHANGES, AMT: [("eng ", "")]}))
    form = booking(browser, stage)
    first, second = form["take"]
    answer = choose(browser, stage, form | {"take": [second], f"as-{first}": "each", f"for-{second}": "none"})
    assert answer.location == page_url(stage)
    other = as_(client, session, committees.somebody(stage.lead, "moderator"))
    page = body(other.get(page_url(stage)))
    assert f'value="{first}" checked' not in page
    assert f'value="{second}" checked' in page
    assert f'value="{stage.participant.id}" selected' in page
    assert page.count('<option value="each" selected>') == 1
    assert page.count('<option value="none" selected>') == 1
    book = sent(page, page_url(stage, "/book"))
    assert other.send(page_url(stage, "/book"), book).status_code == 303
    assert [(entry.author_name, entry.committee) for entry in proposals_on(stage.version.id)] == [("Amt", None)]


def test_a_script_is_told_the_numbers_with_which_it_goes_on(moderator, stage):
    drop(moderator, stage, b_docx=redline(stage, {BEIRAT: CHANGES}))
    form = booking(moderator, stage)
    (row,) = returned_files(stage.text.id)
    json = {"Accept": "application/json"}
    answer = choose(moderator, stage, form, headers=json)
    assert answer.json["message"] == ""
    assert list(answer.json["seen"]) == [str(row.id)]
    assert choose(moderator, stage, form, headers=json).json["seen"] == {}
    late = choose(moderator, stage, form | {"take": []}, headers=json)
    assert "jemand anderes" in late.json["message"]
    assert moderator.send(page_url(stage, "/book"), form).status_code == 409
    form[f"seen-{row.id}"] = str(answer.json["seen"][str(row.id)])
    assert moderator.send(page_url(stage, "/book"), form).status_code == 303


def test_a_choice_of_words_that_are_none_is_no_choice(moderator, stage):
    drop(moderator, stage, b_docx=redline(stage, {BEIRAT: CHANGES}))
    form = booking(moderator, stage)
    (key,) = form["take"]
    assert choose(moderator, stage, form | {f"for-{key}": "x", f"as-{key}": "x"}).status_code == 303
    (row,) = returned_files(stage.text.id)
    assert row.choices == {"0": {"name": BEIRAT.name, "committee": "", "each": False, "take": True}}


def test_when_somebody_else_was_faster_the_list_stands_there_with_what_was_chosen(moderator, stage):
    drop(moderator, stage, a_docx=redline(stage, {BEIRAT: CHANGES}), b_docx=redline(stage, {AMT: [("eng ", "")]}))
    form = booking(moderator, stage)
    _first, second = form["take"]
    gone, _there = returned_files(stage.text.id)
    moderator.send(page_url(stage, f"/{gone.id}"), {"action": "drop"})
    answer = moderator.send(page_url(stage, "/book"), form | {f"for-{second}": "none"})
    assert answer.status_code == 409
    assert "aus der Liste entfernt" in body(answer)
    assert '<option value="none" selected>' in body(answer)
    assert proposals_on(stage.version.id) == ()
    again = sent(body(answer), page_url(stage, "/book"))
    assert moderator.send(page_url(stage, "/book"), again).status_code == 303
    assert len(proposals_on(stage.version.id)) == 1
