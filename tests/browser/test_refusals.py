"""Whoever may not do a thing sees no button for it, and is told so in one sentence when they ask by address."""

import re

import pytest
from playwright.sync_api import expect

from amendments.cli.example_town.build import PASSWORD
from tests.browser.visitor import CONCEPT, MODERATION, READER

CLERK, ADMIN = "verwaltung@landau.example", "admin@landau.example"
NOTE = "Vermerk zur Nachfolge der Gemeinschaftsunterkunft"


def asked(visitor, address, status):
    visitor.expected.add(status)
    answer = visitor.page.goto(address)
    assert answer.status == status
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    return visitor.page.get_by_role("main").inner_text()


def test_a_member_decides_nothing(visit):
    member = visit(READER).read()
    text = member.page.url
    member.follow("Stand der Vorschläge")
    desk = member.page.url.split("?")[0]
    main = member.page.get_by_role("main")
    expect(main.get_by_role("heading", name="Stand der Vorschläge")).to_be_visible()
    for name in ("Annehmen", "Ausgewählte annehmen", "Ablehnen"):
        expect(main.get_by_role("button", name=name)).to_have_count(0)
    expect(main.get_by_role("link", name="Nächste Fassung veröffentlichen")).to_have_count(0)
    for page in ("publish", "import"):
        assert "Nicht erlaubt" in asked(member, desk.replace("/desk", f"/{page}"), 403)
    asked(member, "/accounts", 403)
    asked(member, "/documents/new", 403)
    assert member.page.goto(text).ok


def test_a_restricted_note_is_not_there_for_others(visit):
    moderation, member = visit(MODERATION), visit(READER)
    moderation.page.goto("/")
    address = moderation.page.get_by_role("heading", name=NOTE).get_by_role("link").get_attribute("href")
    member.page.goto("/")
    expect(member.page.get_by_role("heading", name=NOTE)).to_have_count(0)
    assert "Gemeinschaftsunterkunft" not in asked(member, address, 404)
    assert "Gemeinschaftsunterkunft" not in asked(member, f"{address}/desk", 404)


@pytest.mark.parametrize("who", ["", READER, CLERK, ADMIN])
def test_everybody_reads_the_public_statute(visit, who):
    somebody = visit(who)
    somebody.page.goto("/")
    somebody.page.get_by_role("heading", name="Satzung über den Seniorenbeirat").get_by_role("link").click()
    expect(somebody.page.get_by_role("link", name="Herunterladen")).to_be_visible()
    if not who:
        expect(somebody.page.get_by_role("link", name="Ändern")).to_have_count(0)


def test_a_guest_is_asked_to_sign_in_and_comes_back(visit):
    guest = visit()
    guest.page.goto("/")
    expect(guest.page.get_by_role("heading", name=CONCEPT, exact=True)).to_have_count(0)
    guest.page.goto("/my-desk")
    expect(guest.page).to_have_url(re.compile(r"/sign-in\?next="))
    guest.page.get_by_label("E-Mail").fill(READER)
    guest.page.get_by_label("Passwort").fill(PASSWORD)
    guest.press("Anmelden")
    expect(guest.page).to_have_url(re.compile("/my-desk$"))
