"""The main job by the controls of the pages: propose in every manner, decide, publish, read what became of it."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import PHONE, Visitor

COUNCIL, SOCIAL, MODERATION = "beirat@landau.example", "sozialausschuss@landau.example", "moderation@landau.example"

RENT = "Bei der Wohnungssuche berichten Betroffene"
QUARREL = "Streitigkeiten in der Nachbarschaft"
HALLS = "Städtische Räume können Migrantenvereinen"
PROGRAMME = "Die kulturelle Vielfalt ist im Veranstaltungsprogramm"
DIALOGUE = "Die Religionsgemeinschaften stehen in einem regelmäßigen Dialog"


def file_in_every_manner(council: Visitor, phone: Visitor) -> dict[str, str]:
    """What can be asked for a passage, each by its own control; the numbers the proposals got."""
    found = {}
    council.select((RENT, "mancher"), (RENT, "Vermieter"))
    expect(council.page.get_by_label("So soll die Stelle lauten")).to_have_value(re.compile("^Bei der Wohnungssuche"))
    council.write("mancher Vermieter", "einzelner Vermieter")
    expect(council.preview().locator("ins")).to_contain_text("einzelner")
    expect(council.preview().locator("del")).to_contain_text("mancher")
    found["change"] = council.file("Nicht alle tun es.")

    council.choose(QUARREL, "Absatz streichen")
    found["delete"] = council.file("Steht schon an anderer Stelle.")

    council.choose("Das Bildungs- und Teilhabepaket wird seit", "Absatz teilen")
    council.press("Die")
    expect(council.preview()).to_contain_text("Absatz geteilt")
    found["split"] = council.file("Zwei Gedanken.")

    council.choose("Migrantenvereine pflegen die Kultur", "Mit nächstem zusammenfassen")
    found["join"] = council.file("Ein Gedanke.")

    council.choose("Die Stadtbibliothek erweitert ihren Bestand", "Verschieben")
    target = council.page.get_by_role("option").filter(has_text="Die Stadt richtet gemeinsam mit den Vereinen")
    council.page.get_by_label("Wohin?").select_option(target.get_attribute("value"))
    expect(council.preview()).to_contain_text("Hierher verschoben")
    found["move"] = council.file("Bücher zuerst.")

    council.choose("Weitere Anlaufstellen", "Absatz danach einfügen")
    council.page.get_by_label("Neuer Absatz").fill("Alle Anlaufstellen sind telefonisch erreichbar.")
    expect(council.preview().locator("ins")).to_contain_text("telefonisch erreichbar")
    found["insert"] = council.file("Nicht jeder hat Internet.")

    council.select(("Der Stadtteiltreff im Horst", "immer nur"), ("Die Stadt bringt Asylbewerber", "Wohnungen"))
    council.write("immer nur für ein Jahr", "nie länger als ein Jahr", "So soll Absatz 1 lauten")
    council.write("in Wohnungen", "in eigenen Wohnungen", "So soll Absatz 2 lauten")
    expect(council.preview().locator("ins").last).to_contain_text("eigenen")
    found["span"] = council.file("Beides gehört zusammen.")

    phone.change("Hausaufgabenhilfe und Lernpatenschaften")
    phone.write("Studierende", "Schülerinnen, Schüler und Studierende")
    expect(phone.preview().locator("ins")).to_contain_text("Schülerinnen")
    found["phone"] = phone.file("Auch sie helfen gern.")
    return found


def test_a_town_agrees_on_its_concept(visit):
    council, phone = visit(COUNCIL), visit(SOCIAL, **PHONE)
    numbers = file_in_every_manner(council, phone)
    print(numbers)
