"""Before a version appears its page says what becomes of everything that is open."""

import re

import pytest
from lxml import html

from amendments.text.edits import move
from tests.consensus.publishing import agree, publish
from tests.consensus.test_called_again import compromise
from tests.factories import documents, proposals
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine


def test_a_file_that_leaves_an_agreed_change_no_place_says_so_beforehand(client, session):
    paper = documents.paper("Der Beirat berichtet jährlich über seine Arbeit.", "Schulen und Vereine helfen.")
    one, other = (proposals.change(paper, "jährlich", new) for new in ("oft", "selten"))
    made = compromise(paper, one, other, new="alle zwei Jahre")
    session.commit()
    words = "Der Beirat berichtet monatlich über seine Arbeit.\n\nSchulen und Vereine helfen."
    moderator = as_(client, session, paper.moderator)
    page = body(moderator.send(text_url(paper, "/import"), {"pasted": words, "action": "preview"}))
    assert "Was aus den offenen Vorschlägen wird" in page
    assert f"Ä {made.number}" in page
    assert "war angenommen und ist wieder offen" in page
    answer = moderator.send(text_url(paper, "/import"), {"pasted": words, "action": "create"})
    assert answer.status_code == 303
    assert "zurückgegeben: Stelle geändert" in body(moderator.get(f"/proposals/{one.id}"))


def test_what_was_handed_back_is_filed_anew_by_its_button_and_both_pages_say_so(client, session):
    paper = documents.paper("Eins zwei drei.", "Vier.")
    older = proposals.change(paper, "zwei drei", "2 3")
    agree(paper, proposals.change(paper, "drei", "III"))
    publish(paper)
    session.commit()
    member = as_(client, session, paper.member)
    page = body(member.get(text_url(paper, "/handed-back")))
    form = page[page.index('name="resumes"') - 400 :]
    given = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")]))
    again = body(member.send(text_url(paper, "/propose"), {**given, "action": "preview"}))
    assert f"Sie reichen Ä {older.number} neu ein." in again
    assert f'name="resumes" value="{given["resumes"]}"' in again
    answer = member.send(text_url(paper, "/propose"), {**given, "wording": "Eins 2 3.", "action": "submit"})
    assert answer.status_code == 303
    assert f"Ä {older.number}" in body(member.get(answer.location))
    assert "neu eingereicht als" in body(member.get(f"/proposals/{older.id}"))
    assert "neu eingereicht als" in body(member.get(text_url(paper, "/handed-back")))


def test_only_the_author_and_the_committee_are_offered_to_file_anew(client, session):
    paper = documents.paper("Eins zwei drei.", "Vier.")
    proposals.change(paper, "zwei drei", "2 3")
    agree(paper, proposals.change(paper, "drei", "III"))
    publish(paper)
    session.commit()
    page = body(as_(client, session, paper.moderator).get(text_url(paper, "/handed-back")))
    assert "Textstelle geändert" in page
    assert "Neu einreichen" not in page


def test_a_redline_names_each_source_once_for_each_change_of_a_moved_paragraph(client, session):
    paper = documents.paper("Der Beirat berichtet jährlich über seine Arbeit und mehr.", "Zwei.", "Drei.")
    moved = proposals.filed(paper, move([paper.words[0]], paper.words[1].identity))
    reworded = [proposals.change(paper, *words) for words in (("jährlich", "oft"), ("Arbeit", "Tätigkeit"))]
    agree(paper, moved, *reworded)
    publish(paper)
    session.commit()
    page = as_(client, session, paper.member).get(text_url(paper, "/redline?from=1&to=2"))
    (redline,) = html.document_fromstring(page.text).xpath("//div[@class='redline']")
    named = [" ".join(source.text_content().split()) for source in redline.xpath(".//*[@class='source']")]
    assert named == [f"Ä {proposal.number}" for proposal in (moved, moved, *reworded)]  # the move at either end


def test_the_redline_names_whose_wishes_a_compromise_stands_for(client, session):
    paper = documents.paper("Der Beirat berichtet jährlich über seine Arbeit.", "Schulen und Vereine helfen.")
    one, other = (proposals.change(paper, "jährlich", new) for new in ("oft", "selten"))
    one.committee_id = paper.participant.id
    compromise(paper, one, other, new="alle zwei Jahre")
    publish(paper)
    session.commit()
    shown = body(as_(client, session, paper.member).get(text_url(paper, "/redline")))
    assert f"An Stelle von Ä 1 ({paper.participant.name}), Ä 2 (" in shown
