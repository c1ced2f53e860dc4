"""From the evening of the joint session to the council's decision, over HTTP: every act of the example town's course is
pressed on the pages by the person who does it, and what is printed in the end reads as expected.
"""

import re

import pytest
from sqlalchemy import select

from amendments.cli.example_town.build import PASSWORD, build
from amendments.cli.example_town.course import acts
from amendments.documents.models import Document, DocumentText
from amendments.people.models import Account
from amendments.web import clock
from tests.e2e.browser import Browser
from tests.e2e.town_hall import EXPECTED, TownHall, how_it_ended

pytestmark = pytest.mark.one_engine  # half a minute
TITLE = "Integrationskonzept"


@pytest.fixture
def hall(app, session):
    build(app)
    document = session.scalars(select(Document).where(Document.reference == "500-Integrationskonzept")).one().id
    annex = select(DocumentText).where(DocumentText.document_id == document, DocumentText.role == "annex")
    accounts = {row.email: row.name for row in session.scalars(select(Account))}
    address = f"/documents/{document}"
    return TownHall(app, address, f"{address}/texts/{session.scalars(annex).one().id}", accounts)


def test_the_way_is_played_on_the_pages_and_the_paper_says_what_came_of_it(hall) -> None:
    days = sorted({act.at.date() for act in acts()})
    for day in days:
        told = [act for act in acts() if act.at.date() == day]
        for act in told:
            if act.row["do"] == "make_public":
                with clock.stopped(act.at):
                    nothing_internal_is_shown(hall)
            hall.play(act)
        if told[-1].row["do"] != "make_public":
            with clock.stopped(told[-1].at):
                nothing_internal_is_shown(hall)
    with clock.stopped(acts()[-1].at):
        council = Browser(hall.app.test_client()).sign_in("stadtrat@landau.example", PASSWORD)
        assert how_it_ended(council, hall.document, hall.text) == EXPECTED.read_text(encoding="utf-8")
        what_was_decided_is_there_for_everybody(hall)


def nothing_internal_is_shown(hall) -> None:
    """A guest finds none of the addresses that were opened so far, and reads nothing of it on the first page."""
    guest = hall.guest()
    assert TITLE not in " ".join(guest.open("/").words("//main"))
    for address in sorted(hall.visited):
        answer = guest.client.get(address)
        asked_to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in")
        assert answer.status_code == 404 or asked_to_sign_in, (address, answer.status_code)


def what_was_decided_is_there_for_everybody(hall) -> None:
    """The texts, the paper with its results and the measures; of the proposals still nothing, wherever one looks."""
    guest = hall.guest()
    assert TITLE in " ".join(guest.open("/").words("//main"))
    for address in (hall.document, f"{hall.document}/paper", f"{hall.document}/measures"):
        assert "Integration" in " ".join(guest.open(address).words("//main"))
    assert "mehrheitlich beschlossen" in " ".join(guest.open(f"{hall.document}/paper").words("//main"))
    for address in sorted(hall.visited):
        answer = guest.client.get(address)
        assert answer.status_code in {200, 302, 404}, (address, answer.status_code)
        assert re.search(r"Ä \d", answer.get_data(as_text=True)) is None, address
