"""Before a version appears its page says what becomes of everything that is open."""

from tests.consensus.test_called_again import compromise
from tests.factories import documents, proposals
from tests.workplaces.test_pages import as_, body, text_url


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
    assert "offen" in body(moderator.get(f"/proposals/{one.id}"))
