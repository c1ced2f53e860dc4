"""Where a modified wording or a compromise is written: nothing that was typed is lost, nothing is struck by itself."""

import re

import pytest

from amendments.decisions.queries import standing_on
from amendments.documents.queries import current_version
from amendments.proposals.queries import edits_on
from amendments.text import Content, Head, Kind, Rich, edits
from tests.factories.proposals import change, edit_id, filed
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine


def fields(page: str) -> dict[str, str]:
    """Field -> the words it begins with."""
    found = re.findall(r'<textarea class="wording"[^>]*name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    return dict(found)


def test_a_vote_that_was_counted_comes_back_when_the_reason_is_missing(client, session, stage):
    edit = str(edit_id(change(stage, "jährlich", "oft")))
    moderator = as_(client, session, stage.moderator)
    sent = {"edit": edit, "vote": "counted", "yes": "30", "no": "5", "abstained": "0", "action": "submit"}
    answer = moderator.send(text_url(stage, "/reword"), sent)
    assert answer.status_code == 400
    page = body(answer)
    assert '<option value="counted" selected>' in page
    assert re.search(r'name="yes"[^>]*value="30"', page)


def test_to_modify_a_split_begins_with_the_whole_paragraph(client, session, stage):
    paragraph = stage.words[1]
    split = filed(stage, edits.split(paragraph, paragraph.text.index("Dazu")))
    moderator = as_(client, session, stage.moderator)
    page = body(moderator.get(text_url(stage, f"/reword?edit={edit_id(split)}")))
    assert fields(page) == {f"para-{paragraph.identity}": paragraph.text}


def test_a_list_item_stays_one_in_another_wording(client, session, stage):
    item = Content(Head(Kind.LIST_ITEM, 1, (("list", "bullet"),)), Rich("Ein Punkt."))
    wish = filed(stage, edits.insert(stage.words[0].identity, [item]))
    moderator = as_(client, session, stage.moderator)
    (name,) = fields(body(moderator.get(text_url(stage, f"/reword?edit={edit_id(wish)}"))))
    sent = {"edit": str(edit_id(wish)), name: "Ein anderer Punkt.", "reason": "Klarer.", "action": "submit"}
    assert moderator.send(text_url(stage, "/reword"), sent).status_code == 303
    (modified,) = [live for live in edits_on(current_version(stage.text.id).id) if live.proposal_id != wish.id]
    assert modified.hunks[0].contents[0].head.kind is Kind.LIST_ITEM


def test_a_compromise_begins_with_a_rival_and_settles_what_it_leaves_out(client, session, stage):
    one, other = (change(stage, "jährlich", new) for new in ("oft", "selten"))
    ids = [str(edit_id(made)) for made in (one, other)]
    moderator = as_(client, session, stage.moderator)
    page = body(moderator.get(text_url(stage, "/reword"), query_string={"edit": ids, "start": ids[1]}))
    ((name, words),) = fields(page).items()
    assert "berichtet selten über" in words
    sent = {"edit": ids, "settled": ids[0], name: words.replace("selten", "seltener"), "reason": "So."}
    assert moderator.send(text_url(stage, "/reword"), {**sent, "action": "submit"}).status_code == 303
    outcomes = {edit: row.outcome for edit, row in standing_on([edit_id(one), edit_id(other)]).items()}
    assert outcomes == {edit_id(one): "settled", edit_id(other): "agreed_modified"}


def test_looking_at_a_preview_does_not_take_over_what_somebody_else_decided(client, session, stage):
    edit = change(stage, "jährlich", "oft")
    moderator = as_(client, session, stage.moderator)
    page = body(moderator.get(text_url(stage, f"/reword?edit={edit_id(edit)}")))
    ((name, words),) = fields(page).items()
    decide = f"/versions/{stage.version.id}/decide"
    moderator.send(decide, {"edit": str(edit_id(edit)), "outcome": "referred", "reason": "An den Rat."})
    sent = {"edit": str(edit_id(edit)), f"expected-{edit_id(edit)}": "", name: words.replace("oft", "öfter")}
    preview = body(moderator.send(text_url(stage, "/reword"), {**sent, "reason": "So.", "action": "preview"}))
    assert f'name="expected-{edit_id(edit)}" value=""' in preview
    answer = moderator.send(text_url(stage, "/reword"), {**sent, "reason": "So.", "action": "submit"})
    assert answer.status_code == 409
