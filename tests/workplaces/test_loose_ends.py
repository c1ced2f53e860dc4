"""What may have to change too, on the pages of who publishes."""

import pytest

from amendments.text import edits
from tests.consensus.publishing import agree, publish
from tests.factories import documents, proposals
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine

TITLE = "Folgeänderungen prüfen"


@pytest.fixture
def paper(session):
    words = ("Der Beirat (im Folgenden: Beirat) berät.", "Das Gremium heißt Beirat.", "Sonst gilt nichts.")
    paper = documents.paper(*words)
    made = proposals.change(paper, "(im Folgenden: Beirat)", "(im Folgenden: Gremium)")
    agree(paper, made)
    session.commit()
    return paper


def test_before_publishing_each_place_leads_to_its_paragraph(client, session, paper) -> None:
    page = body(as_(client, session, paper.moderator).get(text_url(paper, "/publish")))
    assert TITLE in page
    assert "Das Gremium heißt <mark>Beirat</mark>." in page
    assert "Der Begriff ist jetzt anders bestimmt: „Gremium“." in page
    assert "wegen Ä 1" in page
    identity = paper.words[1].identity
    assert f"/propose?op=change&amp;paragraph={identity}" in client.get(text_url(paper, "/publish")).text


def test_after_publishing_the_redline_lists_them_for_who_decides(client, session, paper) -> None:
    publish(paper)
    session.commit()
    assert TITLE in body(as_(client, session, paper.moderator).get(text_url(paper, "/redline")))
    assert TITLE not in body(as_(client, session, paper.member).get(text_url(paper, "/redline")))


def test_what_was_followed_up_is_listed_no_more(client, session, paper) -> None:
    agree(paper, proposals.change(paper, "heißt Beirat", "heißt Gremium"))
    session.commit()
    assert TITLE not in body(as_(client, session, paper.moderator).get(text_url(paper, "/publish")))


def test_a_place_in_a_new_paragraph_waits_for_the_version(client, session) -> None:
    paper = documents.paper("Der Beirat (im Folgenden: Beirat) berät. Dort tagt der Beirat.", "Ende.")
    agree(paper, proposals.change(paper, "(im Folgenden: Beirat)", "(im Folgenden: Gremium)"))
    text = paper.words
    agree(paper, proposals.filed(paper, edits.split(text[0], text[0].text.index("Dort"))))
    session.commit()
    page = body(as_(client, session, paper.moderator).get(text_url(paper, "/publish")))
    assert "Der Absatz ist neu; er lässt sich nach dem Veröffentlichen ändern." in page
