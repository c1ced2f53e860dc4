"""Nothing sticks out sideways on a phone, however long the words are that somebody has given a document."""

from tests.browser.visitor import MODERATION, PHONE

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftssatzung"
PAGES = ("", "/paper", "/consultations", "/measures", "/change", "/exclusions")


def test_a_very_long_word_in_the_head_keeps_within_the_screen(visit):
    phone = visit(MODERATION, **PHONE)
    document = phone.read().page.get_by_role("link", name="Kopf und Sichtbarkeit").get_attribute("href")
    address = document.removesuffix("/change")
    phone.page.goto(document)
    form = phone.page.locator("form", has=phone.page.locator("[name='reference']"))
    for name in ("title", "reference", "subject"):
        form.locator(f"[name='{name}']").fill(f"Satzung {LONG}")
    form.get_by_role("button").first.click()
    phone.page.wait_for_load_state()
    wide = []
    for page in ("/", "/my-desk", *(address + page for page in PAGES)):
        phone.page.goto(page)
        if not phone.fits():
            wide.append(page)
    assert wide == []
