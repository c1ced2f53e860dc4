"""Proposing over HTTP, control by control, and the page of a proposal."""

import pytest
from lxml import html

from amendments.proposals import queries as proposals
from amendments.proposals.models import Proposal
from tests.factories.proposals import change, edit_id
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine


def filed_by(client, stage, **values):
    """Propose over HTTP; the response."""
    return client.send(text_url(stage, "/propose"), {"action": "submit", "committee_id": "", **values})


def only(session):
    return session.query(Proposal).one()


def test_proposing_by_typing(client, session, stage):
    member = as_(client, session, stage.member)
    paragraph = stage.words[2].identity
    page = body(member.get(text_url(stage, f"/propose?op=change&paragraph={paragraph}")))
    assert "Der Beirat berichtet jährlich über seine Arbeit." in page
    answer = filed_by(
        member,
        stage,
        op="change",
        paragraph=paragraph,
        wording="Der Beirat berichtet halbjährlich über seine Arbeit.",
        reason="öfter",
    )
    assert answer.status_code == 303
    shown = body(member.get(answer.location))
    assert "halbjährlich" in shown
    assert "öfter" in shown


@pytest.mark.parametrize("op", ["change", "delete", "insert", "split", "join", "move", "retype", "span", ""])
@pytest.mark.parametrize("rank", [1, 2], ids=["of two sentences", "of one sentence"])
def test_every_control_has_its_page(client, session, stage, op, rank):
    member = as_(client, session, stage.member)
    assert member.get(text_url(stage, f"/propose?op={op}&paragraph={stage.words[rank].identity}")).status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {"op": "delete"},
        {"op": "insert", "wording": "Neu.\r\n\r\nUnd mehr."},
        {"op": "split", "offset": "50"},
        {"op": "join"},
        {"op": "move", "after": ""},
        {"op": "retype", "kind": "heading-2"},
    ],
    ids=lambda values: values["op"],
)
def test_every_control_files(client, session, stage, values):
    member = as_(client, session, stage.member)
    assert filed_by(member, stage, paragraph=stage.words[1].identity, **values).status_code == 303
    assert only(session).number == 1


def test_what_was_typed_survives_a_refusal(client, session, stage):
    member = as_(client, session, stage.member)
    answer = filed_by(
        member,
        stage,
        op="change",
        paragraph=stage.words[2].identity,
        wording=stage.words[2].text,
        reason="Meine lange Begründung",
        title="Mein Titel",
    )
    shown = body(answer)
    assert answer.status_code == 400
    assert "noch unverändert" in shown
    assert "Meine lange Begründung" in shown
    assert "Mein Titel" in shown
    assert session.query(Proposal).count() == 0


def test_the_preview_writes_nothing(client, session, stage):
    member = as_(client, session, stage.member)
    values = {
        "op": "change",
        "paragraph": stage.words[2].identity,
        "wording": "Der Beirat <b>schweigt</b>.",
        "action": "preview",
    }
    shown = member.send(text_url(stage, "/propose"), values).get_data(as_text=True)
    assert "&lt;b&gt;schweigt" in shown
    data = member.send(text_url(stage, "/propose/preview"), values, headers={"Accept": "application/json"}).get_json()
    pieces = data["blocks"][0]["cells"][0]
    assert "".join(piece["text"] for piece in pieces if piece["op"] != "delete") == "Der Beirat <b>schweigt</b>."
    assert session.query(Proposal).count() == 0


def test_sending_twice_files_once(client, session, stage):
    member = as_(client, session, stage.member)
    values = {"op": "delete", "paragraph": stage.words[1].identity, "idempotency_key": "the-same"}
    first, second = filed_by(member, stage, **values), filed_by(member, stage, **values)
    assert first.location == second.location
    assert only(session)


def test_several_passages_are_collected_in_a_draft(client, session, stage):
    member = as_(client, session, stage.member)
    values = {"op": "delete", "committee_id": "", "title": "Zwei"}
    answer = member.send(
        text_url(stage, "/propose"), {**values, "paragraph": stage.words[0].identity, "action": "more"}
    )
    draft = only(session)
    assert draft.state == "draft"
    assert f"draft={draft.id}" in answer.location
    assert "Zurück zum Entwurf" in body(member.get(answer.location))
    assert "Schon in diesem Vorschlag" in body(member.get(text_url(stage, f"/propose?draft={draft.id}")))
    filed_by(member, stage, **values, paragraph=stage.words[3].identity, draft=str(draft.id))
    assert only(session).state == "open"
    assert len(proposals.edits_of(draft.id)) == 2


def test_who_else_wants_these_words_is_seen_while_writing(client, session, stage):
    change(stage, "jährlich", "jedes Jahr", reason="Verständlicher")
    member = as_(client, session, stage.member)
    shown = body(member.get(text_url(stage, f"/propose?op=change&paragraph={stage.words[2].identity}")))
    assert "Verständlicher" in shown
    assert "Darauf aufbauen" in shown
    shown = body(
        member.send(
            text_url(stage, "/propose"),
            {
                "op": "change",
                "paragraph": stage.words[2].identity,
                "wording": "Der Beirat berichtet nie.",
                "action": "preview",
            },
        )
    )
    assert "Ä 1 will dieselbe Stelle anders" in shown


def test_an_amendment_to_an_amendment_speaks_of_the_parents_wording(client, session, stage):
    parent = change(stage, "jährlich", "jedes Jahr")
    member = as_(client, session, stage.member)
    query = f"/propose?op=change&paragraph={stage.words[2].identity}&parent={parent.id}"
    assert "jedes Jahr" in body(member.get(text_url(stage, query)))
    answer = filed_by(
        member,
        stage,
        op="change",
        paragraph=stage.words[2].identity,
        parent=str(parent.id),
        wording="Der Beirat berichtet jedes halbe Jahr über seine Arbeit.",
    )
    assert "Ändert den Vorschlag" in body(member.get(answer.location))


@pytest.mark.parametrize("paragraph", ["nowhere", "'\"><script>"])
def test_a_place_that_is_not_there_is_one_sentence(client, session, stage, paragraph):
    member = as_(client, session, stage.member)
    answer = member.get(text_url(stage, "/propose"), query_string={"op": "change", "paragraph": paragraph})
    assert answer.status_code == 400
    assert "gibt es in dieser Fassung nicht" in body(answer)


# --- the proposal


def test_a_position_and_a_comment_are_said_on_the_page(client, session, stage):
    proposal = change(stage, "jährlich", "jedes Jahr")
    member = as_(client, session, stage.member)
    member.send(f"/edits/{edit_id(proposal)}/position", {"stance": "objection", "reason": "Zu oft."})
    member.send(f"/proposals/{proposal.id}/comments", {"text": "Ein Wort <i>dazu</i>."})
    shown = body(member.get(f"/proposals/{proposal.id}"))
    assert "Zu oft." in shown
    assert "Ein Wort <i>dazu</i>." in shown


def test_the_author_withdraws(client, session, stage):
    proposal = change(stage, "jährlich", "jedes Jahr")
    member = as_(client, session, stage.member)
    page = html.document_fromstring(body(member.get(f"/proposals/{proposal.id}")))
    (asked,) = page.xpath("//details[summary='Zurückziehen']")
    assert "nicht rückgängig machen" in asked.text_content()
    assert asked.xpath(".//form/@action") == [f"/proposals/{proposal.id}/withdraw"]
    member.send(f"/proposals/{proposal.id}/withdraw")
    assert "zurückgezogen" in body(member.get(f"/proposals/{proposal.id}"))


def test_what_may_be_left_empty_says_so(client, session, stage):
    member = as_(client, session, stage.member)
    page = member.get(text_url(stage, f"/propose?op=change&paragraph={stage.words[2].identity}"))
    labels = html.document_fromstring(body(page)).xpath("//label[contains(., '(freiwillig)')]/@for")
    assert labels == ["title", "reason"]


def test_where_to_move_is_named_by_line_and_words(client, session, stage):
    member = as_(client, session, stage.member)
    page = member.get(text_url(stage, f"/propose?op=move&paragraph={stage.words[0].identity}"))
    options = html.document_fromstring(body(page)).xpath("//select[@name='after']/option")
    assert [option.text_content().strip()[:13] for option in options[1:3]] == ["2: Sie unters", "3: Der Beirat"]
