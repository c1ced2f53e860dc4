"""Choosing the passage: with the mouse, over two paragraphs, with a finger; the preview follows while one writes."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import COUNCIL, PHONE, SOCIAL

RENT = "Bei der Wohnungssuche berichten Betroffene"


def filed(visitor):
    """The change as the proposal's page shows it."""
    return visitor.page.get_by_role("region", name=re.compile("^Die Änderung"))


def test_words_are_drawn_with_the_mouse_and_the_preview_shows_what_changes(visit):
    council = visit(COUNCIL)
    council.select((RENT, "mancher"), (RENT, "Vermieter"))
    expect(council.page.get_by_label("So soll die Stelle lauten")).to_have_value(re.compile("^Bei der Wohnungssuche"))
    council.write("mancher Vermieter", "einzelner Vermieter")
    expect(council.preview().locator("del")).to_contain_text("mancher")
    expect(council.preview().locator("ins")).to_contain_text("einzelner")
    number = council.file("Nicht alle tun es.")
    expect(filed(council).locator("ins")).to_contain_text("einzelner")
    chip = council.read().paragraph(RENT).get_by_role("link", name=re.compile(f"^Vorschlag {number}"))
    expect(chip).to_be_visible()


def test_a_selection_over_two_paragraphs_offers_both(visit):
    council = visit(COUNCIL)
    council.select(("Der Stadtteiltreff im Horst", "immer nur"), ("Die Stadt bringt Asylbewerber", "Wohnungen"))
    council.write("immer nur für ein Jahr", "nie länger als ein Jahr", "So soll Absatz 1 lauten")
    council.write("in Wohnungen", "in eigenen Wohnungen", "So soll Absatz 2 lauten")
    expect(council.preview().locator("ins").last).to_contain_text("eigenen")
    council.file("Beides gehört zusammen.")
    expect(filed(council)).to_contain_text("nie länger als")
    expect(filed(council)).to_contain_text("eigenen")


def test_what_is_quoted_are_words_of_the_text_alone(visit):
    council = visit(COUNCIL)
    two = ("Ein großer Teil der Empfehlungen", "werden"), ("Berichtswesen und Fortschreibung", "wesen")
    council.select(*two, go=False)
    quote = council.page.locator("[data-quote]")
    expect(quote).to_contain_text("Berichtswesen")
    for other in ("Zeile", "Mehr", "Ändern:"):
        expect(quote).not_to_contain_text(other)


def test_a_phone_leads_to_ones_account_too(visit):
    council = visit(COUNCIL, **PHONE)
    council.read().page.locator(".who a").tap()
    expect(council.page.get_by_role("heading", name="Mein Konto")).to_be_visible()
    assert council.fits()


def test_a_heading_is_drawn_over_without_harm(visit):
    council = visit(COUNCIL)
    council.select(("Ein großer Teil der Empfehlungen", "werden"), ("Berichtswesen und Fortschreibung", "wesen"))
    expect(council.page.get_by_label("So soll Absatz 1 lauten")).to_have_value(re.compile("Empfehlungen"))


def test_with_a_finger_a_paragraph_is_changed_by_its_button(visit):
    social = visit(SOCIAL, **PHONE)
    words = "Hausaufgabenhilfe und Lernpatenschaften"
    social.read().paragraph(words).get_by_role("link", name=re.compile("^Ändern")).tap()
    social.write("Studierende", "Schülerinnen, Schüler und Studierende")
    expect(social.preview().locator("ins")).to_contain_text("Schülerinnen")
    social.file("Auch sie helfen gern.")

    paragraph = social.read().paragraph("Weitere Anlaufstellen")
    paragraph.get_by_role("link", name=re.compile("^Mehr …")).tap()
    paragraph.get_by_role("link", name="Absatz danach einfügen").tap()
    social.page.get_by_label("Neuer Absatz").fill("Alle Anlaufstellen sind telefonisch erreichbar.")
    expect(social.preview().locator("ins")).to_contain_text("telefonisch erreichbar")
    social.file("Nicht jeder hat Internet.")
    expect(social.read().page.get_by_text("Hierher soll etwas kommen")).not_to_have_count(0)


def test_what_was_written_before_the_script_came_is_shown_too(visit):
    council = visit(COUNCIL)
    held = []
    council.page.route("**/modules/preview.js*", lambda route: held.append(route))  # noqa: PLW0108 - a method is none to it
    council.select((RENT, "mancher"), (RENT, "Vermieter"))
    council.write("mancher Vermieter", "einzelner Vermieter")
    for route in held:
        route.continue_()
    expect(council.preview().locator("ins")).to_contain_text("einzelner")
