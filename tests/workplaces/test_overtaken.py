"""A version appears while somebody writes: their words come back, and go on in the newest version."""

import pytest
from lxml import html

from amendments.proposals import queries as proposals
from amendments.proposals.models import Proposal
from tests.consensus.publishing import agree, publish
from tests.factories.documents import paper
from tests.factories.proposals import change, filed, strike
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine

REASON = "Weil es\r\nzu selten ist"


def appears(session, stage, *made):
    agree(stage, *made)
    publish(stage)
    session.commit()


def wish(stage, **more):
    said = {"version": 1, "op": "change", "paragraph": stage.words[2].identity, "committee_id": "", "action": "submit"}
    said |= {"wording": "Der Beirat berichtet monatlich über seine Arbeit.", "title": "Öfter", "reason": REASON}
    return said | more


def onward(answer):
    """The fields of the form that goes on."""
    (form,) = html.document_fromstring(answer.get_data(as_text=True)).xpath("//main//form")
    return dict(form.form_values())


def goes_on(member, stage, **more):
    """(the page that says so, the page of the newest version with what was typed)"""
    answer = member.send(text_url(stage, "/propose"), wish(stage, **more))
    assert answer.status_code == 409
    return answer, member.send(text_url(stage, "/propose"), {**onward(answer), "action": "preview"})


def written(page, name="wording"):
    return html.document_fromstring(page.get_data(as_text=True)).xpath(f"string(//textarea[@name='{name}'])").strip()


def test_what_was_typed_comes_back_in_words_of_people(session, stage, member):
    appears(session, stage, change(stage, "Die Stadt", "Die Gemeinde"))
    answer, _ = goes_on(member, stage)
    page = body(answer)
    shown = html.document_fromstring(answer.get_data(as_text=True)).xpath("//main//dl")[0].text_content()
    assert "Inzwischen ist Fassung 2 erschienen" in page
    assert [name in shown for name in ("So soll die Stelle lauten", "Kurzer Titel", "Begründung")] == [True] * 3
    assert "Weil es\nzu selten ist" in shown.replace("\r", "")
    assert stage.words[2].identity not in shown
    assert "herauskopieren" not in page


def test_it_goes_on_in_the_newest_version_and_is_filed(session, stage, member):
    appears(session, stage, change(stage, "Die Stadt", "Die Gemeinde"))
    _, page = goes_on(member, stage)
    assert page.status_code == 200
    assert written(page) == "Der Beirat berichtet monatlich über seine Arbeit."
    assert written(page, "reason").split() == REASON.split()
    forms = html.document_fromstring(page.get_data(as_text=True)).xpath("//form[.//textarea]")
    answer = member.send(text_url(stage, "/propose"), {**dict(forms[0].form_values()), "action": "submit"})
    assert answer.status_code == 303
    assert "monatlich" in body(member.get(answer.location))


def test_what_was_published_at_the_same_passage_stays(session, stage, member):
    appears(session, stage, change(stage, "seine Arbeit", "seine Vorhaben"))
    answer, page = goes_on(member, stage)
    assert "Der Beirat berichtet monatlich über seine Arbeit." in body(answer)
    assert written(page) == "Der Beirat berichtet monatlich über seine Vorhaben."


SENTENCE = "Der Beirat berichtet jährlich."
MORE = "Er tagt im Rathaus und lädt dazu alle ein. " * 30


@pytest.mark.parametrize(
    ("published", "first"),
    [
        (("im Saal", "im großen Saal"), "Der Beirat berichtet monatlich. Er tagt im großen Saal."),
        (("jährlich", "oft"), "Der Beirat berichtet monatlich. Er tagt im Saal."),
    ],
    ids=["both stand", "both cannot be had: the typed words stand alone"],
)
def test_of_a_sentence_the_whole_paragraph_goes_on_when_it_has_changed(client, session, published, first):
    stage = paper("Eins.", "Zwei.", f"{SENTENCE} Er tagt im Saal. {MORE}".strip())
    member = as_(client, session, stage.member)
    appears(session, stage, change(stage, *published))
    answer, page = goes_on(member, stage, start=21, end=29, wording="Der Beirat berichtet monatlich.")
    assert "start" not in onward(answer)
    assert written(page) == f"{first} {MORE}".strip()


def test_a_passage_that_has_gone_leads_nowhere_but_the_words_are_there(session, stage, member):
    appears(session, stage, filed(stage, strike(stage.words, 2)))
    answer = member.send(text_url(stage, "/propose"), wish(stage))
    assert answer.status_code == 409
    assert "Die Stelle steht nicht mehr in Fassung 2." in body(answer)
    assert "monatlich" in body(answer)
    assert not html.document_fromstring(answer.get_data(as_text=True)).xpath("//main//form")


@pytest.mark.parametrize("op", ["delete", "insert", "split", "join", "move", "retype", "span"])
def test_every_control_goes_on(session, stage, member, op):
    appears(session, stage, change(stage, "Die Stadt", "Die Gemeinde"))
    paragraph = stage.words[1].identity
    more = {
        "offset": 50,
        "after": stage.words[2].identity,
        "kind": "heading-2",
        "wording-0": "Eins.",
        "wording-1": "Z.",
    }
    _, page = goes_on(member, stage, op=op, paragraph=paragraph, **more)
    assert page.status_code == 200


def test_a_draft_goes_on_too(session, stage, member):
    draft = filed(stage, strike(stage.words, 0), title="Titel", draft=True).id
    appears(session, stage, change(stage, "jährlich", "oft"))
    session.expire_all()
    sent = {"version": 1, "draft": draft, "row_version": 1, "title": "Neuer", "committee_id": "", "action": "submit"}
    answer = member.send(text_url(stage, "/propose"), sent)
    assert answer.status_code == 409
    page = member.send(text_url(stage, "/propose"), {**onward(answer), "action": "preview"})
    assert "Steht noch so im Text." in body(page)
    answer = member.send(text_url(stage, "/propose"), {**onward_of_draft(page), "action": "submit"})
    assert answer.status_code == 303
    session.expire_all()
    assert (session.get(Proposal, draft).state, session.get(Proposal, draft).title) == ("open", "Neuer")
    assert len(proposals.edits_of(draft)) == 1


def onward_of_draft(page):
    (form,) = html.document_fromstring(page.get_data(as_text=True)).xpath("//main//form[.//*[@name='title']]")
    return dict(form.form_values())
