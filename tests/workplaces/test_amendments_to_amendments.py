"""Pages about an amendment to an amendment show the words it spoke of, whatever became of its parent."""

from tests.consensus.test_publishing import agree, publish
from tests.factories import documents, proposals
from tests.workplaces.test_pages import as_, body, text_url


def family(added="Ein neuer Absatz."):
    """A new paragraph somebody wants, and two rival amendments to it."""
    paper = documents.paper("Eins.", "Vier.")
    parent = proposals.filed(paper, proposals.insert(paper.words, 0, added))
    children = [proposals.change(paper, "neuer", new, parent_id=parent.id) for new in ("alter", "frischer")]
    return paper, parent, *children


def test_one_that_was_overtaken_is_handed_back_with_its_three_wordings(client, session):
    paper, parent, winner, loser = family()
    agree(paper, parent)
    agree(paper, winner)
    publish(paper)
    session.commit()
    shown = body(as_(client, session, paper.member).get(text_url(paper, "/handed-back")))
    assert f"Ä {loser.number}" in shown
    assert "Ein neuer Absatz." in shown
    assert "Ein alter Absatz." in shown
    assert 'value="Ein frischer Absatz."' in shown


def test_its_page_is_there_when_the_proposal_it_amends_was_withdrawn(client, session):
    paper, parent, child, _ = family()
    grandchild = proposals.change(paper, "alter", "uralter", parent_id=child.id)
    session.commit()
    member = as_(client, session, paper.member)
    member.send(f"/proposals/{parent.id}/withdraw", {})
    assert parent.state == "withdrawn"
    for proposal, word in ((child, "neuer"), (grandchild, "alter")):
        page = member.get(f"/proposals/{proposal.id}")
        assert page.status_code == 200
        assert word in body(page)


def test_its_page_shows_the_words_of_a_parent_that_was_carried_over(client, session):
    paper = documents.paper("Eins zwei drei.")
    parent = proposals.change(paper, "drei", "dreimal so viel")
    agree(paper, proposals.change(paper, "Eins", "Uno und noch mehr"))
    publish(paper)
    child = proposals.change(paper, "viel", "wenig", parent_id=parent.id)
    session.commit()
    shown = body(as_(client, session, paper.member).get(f"/proposals/{child.id}"))
    assert "Uno und noch mehr zwei dreimal so " in shown


def test_the_desk_asks_no_more_of_the_database_for_more_of_them(client, session, count_queries):
    paper, parent, *_ = family()
    session.commit()
    moderator = as_(client, session, paper.moderator)
    desk = text_url(paper, "/desk?group=blocked")
    moderator.get(desk)
    with count_queries() as few:
        moderator.get(desk)
    for word in "abcdef":
        proposals.change(paper, "Absatz", word, parent_id=parent.id)
    session.commit()
    with count_queries() as many:
        moderator.get(desk)
    assert len(many) == len(few)
