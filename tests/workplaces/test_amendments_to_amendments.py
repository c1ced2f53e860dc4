"""Pages about an amendment to an amendment show the words it spoke of, whatever became of its parent."""

import re

import pytest

from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import current_version, load_text
from amendments.proposals.queries import wording_base
from tests.consensus.publishing import agree, publish
from tests.factories import documents, proposals
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine


def family(added="Ein neuer Absatz."):
    """A new paragraph somebody wants, and two rival amendments to it."""
    paper = documents.paper("Eins.", "Vier.")
    parent = proposals.filed(paper, proposals.insert(paper.words, 0, added))
    children = [proposals.change(paper, "neuer", new, parent_id=parent.id) for new in ("alter", "frischer")]
    return paper, parent, *children


def reject(paper, made):
    verdicts = [Verdict(proposals.edit_id(made), Outcome.REJECTED)]
    decisions.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=verdicts)


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
    session.commit()
    member = as_(client, session, paper.member)
    member.send(f"/proposals/{parent.id}/withdraw", {})
    assert parent.state == "withdrawn"
    page = member.get(f"/proposals/{child.id}")
    assert page.status_code == 200
    assert "neuer" in body(page)


def test_it_cannot_be_amended_itself(client, session):
    paper, parent, child, _ = family()
    session.commit()
    member = as_(client, session, paper.member)
    assert "Dazu etwas vorschlagen" in body(member.get(f"/proposals/{parent.id}"))
    assert "Dazu etwas vorschlagen" not in body(member.get(f"/proposals/{child.id}"))
    given = {"parent": str(child.id), "paragraph": paper.words[0].identity, "op": "delete", "action": "submit"}
    answer = member.send(text_url(paper, "/propose"), given | {"committee_id": "", "reason": "getippt"})
    assert answer.status_code == 400
    assert "ändert selbst einen anderen" in body(answer)
    assert "getippt" in body(answer)


def test_what_waits_for_its_parent_is_announced_before_publishing(client, session):
    paper, parent, child, _ = family()
    agree(paper, child, proposals.change(paper, "Vier", "4"))
    session.commit()
    moderator = as_(client, session, paper.moderator)
    shown = body(moderator.get(text_url(paper, "/publish")))
    assert "Angenommen, aber noch nicht im Text" in shown
    assert f"Ändert Ä {parent.number}; dieser Vorschlag kommt mit dieser Fassung nicht" in shown
    on_the_desk = body(moderator.get(text_url(paper, "/desk?group=decided")))
    assert on_the_desk.count("kommt so aber noch nicht in den Text") == 1
    reject(paper, parent)
    session.commit()
    assert f"Ändert Ä {parent.number}; dieser Vorschlag ist abgelehnt." in body(
        moderator.get(text_url(paper, "/publish"))
    )


@pytest.mark.parametrize(("new", "announced"), [("Fünf", True), ("4", False)])
def test_one_whose_place_another_agreed_change_took_is_announced_unless_it_wants_the_same(
    client, session, new, announced
):
    paper, parent, *_ = family()
    child = proposals.change(paper, "Vier", "4", parent_id=parent.id)
    agree(paper, parent, child)
    session.commit()
    moderator = as_(client, session, paper.moderator)
    assert "Angenommen, aber noch nicht im Text" not in body(moderator.get(text_url(paper, "/publish")))
    agree(paper, proposals.change(paper, "Vier", new))
    session.commit()
    shown = body(moderator.get(text_url(paper, "/publish")))
    assert ("Angenommen, aber noch nicht im Text" in shown) == announced
    assert (f"Ändert Ä {parent.number} an einer Stelle, an der eine andere" in shown) == announced


def test_with_nothing_but_waiting_edits_the_page_does_not_say_that_nothing_was_agreed(client, session):
    paper, _, child, _ = family()
    agree(paper, child)
    session.commit()
    shown = body(as_(client, session, paper.moderator).get(text_url(paper, "/publish")))
    assert "Noch kommt nichts davon in den Text." in shown
    assert "Noch ist nichts angenommen." not in shown


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


def test_rivals_stand_side_by_side_and_a_compromise_between_them_comes_into_the_text(client, session):
    paper, parent, one, other = family()
    session.commit()
    moderator = as_(client, session, paper.moderator)
    shown = body(moderator.get(text_url(paper, "/desk?group=collisions")))
    assert "Diese Wortlaute schließen einander aus" in shown
    assert f"Wortlaut nach Ä {parent.number}" in shown
    edits = [str(proposals.edit_id(made)) for made in (one, other)]
    reword = text_url(paper, "/reword?" + "&".join(f"edit={edit}" for edit in edits))
    page = body(moderator.get(reword))
    assert "Ein alter Absatz." not in page  # shown as a redline against the parent's wording
    (field,) = re.findall(r'name="(para-[^"]+)"', page)
    given = {"edit": edits, field: "Ein guter Absatz.", "reason": "Beiden recht.", "action": "submit"}
    assert moderator.send(text_url(paper, "/reword"), given).status_code == 303
    agree(paper, parent)
    version = publish(paper)
    assert [paragraph.text for paragraph in load_text(version)] == ["Eins.", "Ein guter Absatz.", "Vier."]


def test_wordings_of_different_texts_have_no_compromise(client, session):
    paper, parent, one, _ = family()
    session.commit()
    moderator = as_(client, session, paper.moderator)
    edits = "&".join(f"edit={proposals.edit_id(made)}" for made in (parent, one))
    answer = moderator.get(text_url(paper, f"/reword?{edits}"))
    assert answer.status_code == 400
    assert "beziehen sich auf verschiedene Texte" in body(answer)


def test_whoever_amends_a_proposal_sees_who_else_does(client, session):
    paper, parent, one, other = family()
    session.commit()
    place = wording_base(current_version(paper.text.id).id, parent.id)[1].identity
    page = as_(client, session, paper.member).get(
        text_url(paper, f"/propose?op=change&parent={parent.id}&paragraph={place}")
    )
    assert f"Ä {one.number}" in body(page)
    assert f"Ä {other.number}" in body(page)
