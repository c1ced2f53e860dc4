"""The main job in a browser, by the page's own controls: file, decide, publish, read, and be refused."""

import re

from playwright.sync_api import expect

from amendments.cli.example_town.build import PASSWORD
from tests.browser.visitor import COUNCIL, MODERATION, SOCIAL

HANDED_BACK = re.compile("^Zurückgegebene Vorschläge")


def test_the_way_through(visit):
    member, moderator, other = visit(COUNCIL), visit(MODERATION), visit(SOCIAL)
    places = member.untouched(9)

    # File each kind of change.
    numbers = file_every_kind(member, places)

    # Rivals: one will be struck away, one changed; and twins, of which one is agreed.
    gone = rewrite(other, places[1], " ", " ganz ")  # places[1] is to be struck
    word = places[5].split()[1]
    winner, loser = rewrite(member, places[5], word, "mehr"), rewrite(other, places[5], word, "weniger")
    twin, echo = rewrite(member, places[6], ".", " gemeinsam."), rewrite(other, places[6], ".", " gemeinsam.")
    anchored = rewrite(other, places[7], ".", " weiterhin.")

    # Decide.
    moderator.decide("Kollisionen", numbers["delete"], "Annehmen")
    moderator.decide("Kollisionen", winner, "Annehmen")
    moderator.decide("Unstrittig", twin, "Annehmen")
    agree_the_rest_at_once(moderator, but={anchored})
    write_a_compromise(moderator)
    agree_modified(moderator)
    call_again(moderator, echo)  # its twin's decision had settled it

    # Publish, and see what became of what was open.
    publish(moderator)
    assert "Woher die Änderungen kommen" in moderator.words()
    for number in (numbers["delete"], winner, twin, numbers["span"]):
        assert moderator.page.locator(f"h3 a:text-matches('^{number}(:|$)')").count(), number
    became = outcomes(moderator)
    assert became[loser] == "Textstelle geändert"
    assert became[gone] == "Textstelle entfallen"
    assert became[echo] == "schon im Text"
    other.read()
    assert other.page.locator(f"a.chip:has-text('{anchored}')").count(), "carried over"

    # The author files anew what was handed back.
    file_anew(other, loser)

    # Refused what one may not.
    url = moderator.page.url.split("/handed-back")[0]
    other.expected.add(403)
    answer = other.page.goto(f"{url}/publish")
    assert answer.status == 403
    assert "Nicht erlaubt" in other.page.title()


def rewrite(person, words, old, new):
    """The number of the proposal."""
    return person.change(words).write(old, new).file()


def file_every_kind(member, places):
    numbers = {"change": rewrite(member, places[0], ".", ", heute und morgen.")}
    member.choose(places[1], "Absatz streichen")
    numbers["delete"] = member.file()
    member.choose(places[2], "Absatz teilen")
    member.page.locator(".split-word").nth(5).click()
    member.page.get_by_text("Hier beginnt ein neuer Absatz").wait_for()  # the live preview
    numbers["split"] = member.file()
    member.choose(places[3], "Mit nächstem zusammenfassen")
    numbers["join"] = member.file()
    member.choose(places[8], "Verschieben")
    member.page.get_by_label("Wohin?").select_option(index=2)
    numbers["move"] = member.file()
    member.change(places[4])
    member.follow("Auch den nächsten Absatz ändern")
    for number in (1, 2):
        field = member.page.get_by_label(f"So soll Absatz {number} lauten")
        field.fill(field.input_value() + " Das gilt überall.")
    numbers["span"] = member.file()
    return numbers


def agree_the_rest_at_once(moderator, but):
    moderator.open_desk("Unstrittig")
    while True:
        moderator.page.get_by_label("Alle auswählen").check()
        for row in moderator.page.locator("article.edit-row").all():
            if row.locator("a.number").inner_text() in but:
                row.get_by_role("checkbox").uncheck()
        if moderator.page.locator("[data-count]").inner_text() == "0":
            return
        moderator.page.locator("#many").get_by_label("Abstimmung").select_option(label="ohne Widerspruch")
        moderator.press("Ausgewählte annehmen")
        assert "entschieden" in moderator.notices(), moderator.words()
        moderator.open_desk("Unstrittig")


def write_a_compromise(moderator):
    moderator.open_desk("Kollisionen")
    moderator.page.get_by_role("link", name="Kompromiss schreiben").first.click()
    field = moderator.page.locator("textarea.wording").first
    field.fill(field.input_value() + " So ist es vereinbart.")
    moderator.page.get_by_label("Begründung").first.fill("Beide Anliegen sind aufgenommen.")
    moderator.press("Diesen Wortlaut annehmen")
    assert "Der neue Wortlaut ist angenommen." in moderator.notices(), moderator.words()


def agree_modified(moderator):
    moderator.open_desk("Gemeinsam lesen")
    moderator.page.locator("summary", has_text="Entscheiden").first.click()
    moderator.page.get_by_role("link", name="In geändertem Wortlaut …").first.click()
    field = moderator.page.locator("textarea.wording").first
    field.fill(field.input_value() + " Mit einer Änderung.")
    moderator.page.get_by_label("Begründung").first.fill("Klarer.")
    moderator.press("Diesen Wortlaut annehmen")
    assert "Der neue Wortlaut ist angenommen." in moderator.notices(), moderator.words()


def call_again(moderator, number):
    box = moderator.find_on_desk("Entschieden", number)
    box.locator("summary", has_text="Wieder aufrufen").click()
    box.get_by_label("Warum?").fill("Das Gremium will selbst abstimmen.")
    box.get_by_role("button", name="Wieder aufrufen").click()
    moderator.page.wait_for_load_state()
    assert "Die Änderung ist wieder offen." in moderator.notices(), moderator.words()


def publish(moderator):
    moderator.open_desk()
    moderator.follow("Nächste Fassung veröffentlichen")
    moderator.page.get_by_label("Bezeichnung").fill("Fassung nach der Sitzung")
    moderator.press("Fassung 2 veröffentlichen")
    assert "Die neue Fassung ist veröffentlicht." in moderator.notices(), moderator.words()


def outcomes(moderator):
    """Number -> what became of it, from the page of what was handed back."""
    moderator.open_desk()
    moderator.follow(HANDED_BACK)
    found = {}
    for card in moderator.page.locator("section.card").all():
        number = card.locator("h2").inner_text().split(":")[0].strip()
        found[number] = card.locator(".badge").first.inner_text()
    return found


def file_anew(person, number):
    person.open_desk().follow(HANDED_BACK)
    card = person.page.locator("section.card", has=person.page.locator(f"h2:has-text('{number}')")).first
    card.get_by_role("button").click()
    person.page.wait_for_load_state()
    person.file("Immer noch nötig")


def test_selected_words_lead_to_a_proposal_for_them(visit):
    member = visit(COUNCIL)
    words = member.untouched(1)[-1]
    member.paragraph(words).locator("p.words").click(click_count=3)
    member.follow("Hierzu etwas vorschlagen")
    assert "op=change" in member.page.url
    assert words[:30] in member.page.get_by_label("So soll die Stelle lauten").input_value()


def test_everything_fits_a_narrow_phone(visit):
    member = visit(COUNCIL, viewport={"width": 320, "height": 900})
    assert member.read().fits()
    for group in ("", "Unstrittig", "Kollisionen"):
        assert member.open_desk(group).fits(), group
    member.read().page.get_by_role("link", name="Ändern").first.click()
    assert member.fits()


def test_a_press_fills_in_an_account_of_the_example_town(visit):
    guest = visit()
    guest.page.goto("/sign-in")
    card = guest.page.locator("li", has=guest.page.locator(f"code:text-is('{COUNCIL}')"))
    card.get_by_role("button").click()
    expect(guest.page.get_by_label("Passwort")).to_have_value(PASSWORD)
    guest.press("Anmelden")
    expect(guest.page.get_by_role("button", name="Abmelden")).to_be_visible()
