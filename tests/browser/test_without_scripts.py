"""With scripts switched off everything works but selecting words: propose, decide, publish, read."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import COUNCIL, MODERATION

SCHOOL = "Das Bildungs- und Teilhabepaket wird seit"
RENT = "Bei der Wohnungssuche berichten Betroffene"


def test_the_way_goes_without_scripts(visit):
    council = visit(COUNCIL, java_script_enabled=False)
    council.change(RENT)
    council.write("mancher Vermieter", "einzelner Vermieter")
    council.press("Vorschau")
    expect(council.preview().locator("ins")).to_contain_text("einzelner")
    changed = council.file("Nicht alle tun es.")
    council.choose(SCHOOL, "Absatz teilen")
    council.page.get_by_role("radio", name=re.compile("Die Zahl der Anträge")).check()
    split = council.file("Zwei Gedanken.")
    council.choose("Streitigkeiten in der Nachbarschaft", "Absatz streichen")
    struck = council.file("Steht schon an anderer Stelle.")

    moderation = visit(MODERATION, java_script_enabled=False)
    moderation.open_desk("Unstrittig")
    for number in (changed, split, struck):
        moderation.page.get_by_label(f"Auswählen: {number}", exact=True).check()
    moderation.press("Ausgewählte annehmen")
    expect(moderation.page.get_by_text("3 Änderungen sind entschieden.")).to_be_visible()
    moderation.follow("Nächste Fassung veröffentlichen")
    moderation.page.get_by_label("Bemerkung").fill("Ohne Skripte beschlossen.")
    moderation.press("Fassung 2 veröffentlichen")

    expect(moderation.page.get_by_text("Die neue Fassung ist veröffentlicht.")).to_be_visible()
    expect(moderation.page.get_by_text("Ohne Skripte beschlossen.")).to_be_visible()
    expect(moderation.page.get_by_text("Hier beginnt ein neuer Absatz")).to_contain_text(split)
    cards = moderation.page.get_by_role("region", name="Woher die Änderungen kommen").get_by_role("heading", level=3)
    assert sorted(cards.all_inner_texts()) == sorted([changed, split, struck])
    expect(council.read().paragraph(RENT)).to_contain_text("einzelner Vermieter")
