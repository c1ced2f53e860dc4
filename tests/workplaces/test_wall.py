"""What is projected while a bloc is called: few changes with their words, many in a line each."""

import re

import pytest

from amendments.people.models import Account
from tests.factories import committees, documents, proposals
from tests.factories.meetings import sitting
from tests.workplaces.pages import body

pytestmark = pytest.mark.one_engine


@pytest.fixture
def wall(client, session):
    """The wall while so many changes are put together; of each proposal but the first no title."""

    def shown(number):
        paper = documents.paper(
            *(f"Der Rat fördert den Ort {index} jährlich nach Kräften." for index in range(number)),
            lead=committees.committee(kind="steering_group"),
        )
        for index in range(number):
            old, new = f"Ort {index} jährlich", f"Ort {index} monatlich"
            row = proposals.change(paper, old, new, title="" if index else "Öfter fördern")
        found = sitting(paper)
        found.call(proposals.edit_id(row))
        session.commit()
        client.sign_in(session.get(Account, found.chair.account_id))
        return body(client.get(f"/meetings/{found.meeting.id}/screen"))

    return shown


def lines(page):
    found = re.findall(r"<li><strong>(.*?)</li>", page)
    return [" ".join(re.sub(r"<[^>]*>", " ", line).split()) for line in found]


def test_a_few_changes_stand_there_with_their_words(wall) -> None:
    page = wall(3)
    assert page.count("nach Kräften") == 3
    assert lines(page) == []


def test_of_many_each_has_a_line_with_number_place_and_what_changes(wall) -> None:
    page = wall(4)
    assert "4 Änderungen, denen niemand widerspricht, gemeinsam." in page
    assert "nach Kräften" not in page
    assert lines(page)[:2] == [
        "Ä 1 Zeile 1 Öfter fördern",
        "Ä 2 Zeile 2 [gestrichen: jährlich ] [eingefügt: monatlich ]",
    ]
    assert len(lines(page)) == 4


def test_what_finds_no_room_is_counted(wall) -> None:
    page = wall(43)
    assert len(lines(page)) == 41
    assert "43 Änderungen" in page
    assert "und 2 weitere" in page
