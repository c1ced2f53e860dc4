"""What turns the direction of writing is drawn wherever somebody's words stand, so that nothing reads otherwise."""

import pytest
from lxml import html

from amendments.consensus import queries, services
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.proposals import services as saying
from amendments.text.door import BIDI_CONTROLS
from tests.factories.documents import WORDS, paper
from tests.factories.proposals import change, edit_id
from tests.workplaces.pages import as_, text_url

pytestmark = pytest.mark.one_engine

TURN = "\u202e"
FIELDS = "ancestor-or-self::textarea"
"""What somebody writes in holds the characters themselves."""


def hidden(response) -> list[str]:
    """Words in which something turns the direction of writing without being drawn."""
    root = html.document_fromstring(response.get_data(as_text=True))
    drawn = "ancestor-or-self::bdi[@class='turning']"
    return [words for words in root.xpath(f"//text()[not({drawn}) and not({FIELDS})]") if set(words) & {*BIDI_CONTROLS}]


def counted(response) -> int:
    return response.get_data(as_text=True).count(f'<bdi class="turning" data-code="U+202E">{TURN}</bdi>')


@pytest.fixture
def stage(session):
    found = paper(f"Einmal {TURN}gewendet und noch mehr.", *WORDS)
    session.commit()
    return found


def agree(stage, proposal, **given):
    verdict = Verdict(edit_id(proposal), Outcome.AGREED)
    decisions.decide_edits(stage.moderator, version_id=stage.version.id, verdicts=[verdict], **given)


def publish(stage, **given):
    services.publish(
        stage.moderator,
        text_id=stage.text.id,
        base_version_id=stage.version.id,
        expected_hash=queries.preview(stage.version.id).hash,
        **given,
    )


def test_on_a_proposals_page_reason_objection_comment_and_decision(stage, member):
    proposal = change(stage, "jährlich", "oft", reason=f"weil {TURN}so")
    saying.take_position(stage.member, edit_id=edit_id(proposal), stance="objection", reason=f"nein {TURN}so")
    saying.add_comment(stage.member, proposal_id=proposal.id, text=f"und {TURN}so")
    agree(stage, proposal, reason=f"ja {TURN}so")
    shown = member.get(f"/proposals/{proposal.id}")
    assert (hidden(shown), counted(shown)) == ([], 4)


def test_in_a_redline_the_note_the_reason_and_the_decision(stage, member):
    proposal = change(stage, "jährlich", "oft", reason=f"weil {TURN}so")
    agree(stage, proposal, reason=f"ja {TURN}so")
    publish(stage, note=f"Stand {TURN}so")
    shown = member.get(text_url(stage, "/redline?from=1&to=2"))
    assert (hidden(shown), counted(shown)) == ([], 3)


@pytest.mark.parametrize("op", ["", "change", "delete", "insert", "split", "join", "move", "span"])
def test_while_proposing_the_old_wording_and_the_reasons_of_others(stage, member, op):
    change(stage, "gewendet", "gedreht", reason=f"weil {TURN}so")
    shown = member.get(text_url(stage, f"/propose?op={op}&paragraph={stage.words[0].identity}"))
    assert shown.status_code == 200
    assert hidden(shown) == []
    assert counted(shown) >= (2 if op else 1)


def test_where_a_paragraph_is_chosen_from_a_list_the_code_is_spelled(stage, member):
    shown = member.get(text_url(stage, f"/propose?op=move&paragraph={stage.words[1].identity}"))
    assert "Einmal [U+202E]gewendet" in shown.get_data(as_text=True)


def test_where_a_proposal_is_handed_back_the_wordings(stage, member):
    change(stage, "gewendet", "gedreht")
    agree(stage, change(stage, "gewendet", "gestellt"))
    publish(stage)
    shown = member.get(text_url(stage, "/handed-back"))
    assert (hidden(shown), counted(shown)) == ([], 3)


def test_a_title_loses_them_at_the_door(stage, member):
    proposal = change(stage, "jährlich", "oft", title=f"Kurz {TURN}gesagt")
    assert proposal.title == "Kurz gesagt"


def test_on_the_desk_and_where_a_compromise_is_written(client, session, stage):
    made = [change(stage, "jährlich", new, reason=f"weil {TURN}so") for new in ("oft", "selten")]
    rivals = [change(stage, "Einmal", new) for new in ("Zweimal", "Dreimal")]
    session.commit()
    moderator = as_(client, session, stage.moderator)
    desk = moderator.get(text_url(stage, "/desk?group=collisions"))
    assert hidden(desk) == []
    assert counted(desk) >= 3  # two reasons and the text in question
    edits = "&".join(f"edit={edit_id(one)}" for one in made)
    assert (hidden(moderator.get(text_url(stage, f"/reword?{edits}")))) == []
    edits = "&".join(f"edit={edit_id(one)}" for one in rivals)
    assert (hidden(moderator.get(text_url(stage, f"/reword?{edits}")))) == []
