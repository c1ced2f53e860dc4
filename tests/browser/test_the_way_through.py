"""The main job in a browser, by the page's own controls: file, decide, publish, read, and be refused."""


def test_the_way_through(visitor):
    member, moderator = visitor("beirat"), visitor("moderation")
    other = visitor("sozialausschuss")
    member.open_concept()
    places = member.untouched(9)

    # File each kind of change.
    numbers = file_every_kind(member, places)

    # Rivals: one will be struck away, one changed; and twins, of which one is agreed.
    gone = other.rewrite(places[1], " ", " ganz ")  # places[1] is to be struck
    word = places[5].split()[1]
    winner, loser = member.rewrite(places[5], word, "mehr"), other.rewrite(places[5], word, "weniger")
    twin, echo = member.rewrite(places[6], ".", " gemeinsam."), other.rewrite(places[6], ".", " gemeinsam.")
    anchored = other.rewrite(places[7], ".", " weiterhin.")

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
    other.open_concept()
    assert other.page.locator(f"a.chip:has-text('{anchored}')").count(), "carried over"

    # The author files anew what was handed back.
    file_anew(other, loser)

    # Refused what one may not.
    url = moderator.page.url.split("/handed-back")[0]
    answer = other.page.goto(f"{url}/publish")
    assert answer.status == 403
    assert "Nicht erlaubt" in other.page.title()


def file_every_kind(member, places):
    numbers = {"change": member.rewrite(places[0], ".", ", heute und morgen.")}
    member.choose(places[1], "Absatz streichen")
    numbers["delete"] = member.submit()
    member.choose(places[2], "Absatz teilen")
    member.page.locator(".split-word").nth(5).click()
    member.page.get_by_text("Hier beginnt ein neuer Absatz").wait_for()  # the live preview
    numbers["split"] = member.submit()
    member.choose(places[3], "Mit nächstem zusammenfassen")
    numbers["join"] = member.submit()
    member.choose(places[8], "Verschieben")
    member.page.get_by_label("Wohin?").select_option(index=2)
    numbers["move"] = member.submit()
    member.choose(places[4], "Wortlaut ändern")
    member.page.get_by_role("link", name="Auch den nächsten Absatz ändern").click()
    for number in (1, 2):
        field = member.page.get_by_label(f"So soll Absatz {number} lauten")
        field.fill(field.input_value() + " Das gilt überall.")
    numbers["span"] = member.submit()
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
    moderator.page.get_by_role("link", name="Nächste Fassung veröffentlichen").click()
    moderator.page.get_by_label("Bezeichnung").fill("Fassung nach der Sitzung")
    moderator.press("Fassung 2 veröffentlichen")
    assert "Die neue Fassung ist veröffentlicht." in moderator.notices(), moderator.words()


def outcomes(moderator):
    """Number -> what became of it, from the page of what was handed back."""
    moderator.open_desk()
    moderator.page.get_by_role("link", name="Zurückgegebene Vorschläge").click()
    moderator.page.wait_for_load_state()
    found = {}
    for card in moderator.page.locator("section.card").all():
        number = card.locator("h2").inner_text().split(":")[0].strip()
        found[number] = card.locator(".badge").first.inner_text()
    return found


def file_anew(person, number):
    person.open_concept()
    person.page.get_by_role("link", name="Stand der Vorschläge").click()
    person.page.get_by_role("link", name="Zurückgegebene Vorschläge").click()
    card = person.page.locator("section.card", has=person.page.locator(f"h2:has-text('{number}')")).first
    card.get_by_role("button").click()
    person.page.wait_for_load_state()
    person.submit("Immer noch nötig")


def test_selected_words_lead_to_a_proposal_for_them(visitor):
    member = visitor("beirat")
    member.open_concept()
    words = member.untouched(1)[-1]
    member.paragraph(words).locator("p.words").click(click_count=3)
    member.page.get_by_role("link", name="Hierzu etwas vorschlagen").click()
    member.page.wait_for_load_state()
    assert "op=change" in member.page.url
    assert words[:30] in member.page.get_by_label("So soll die Stelle lauten").input_value()


def test_everything_fits_a_narrow_phone(visitor):
    member = visitor("beirat", width=320)
    member.open_concept()
    assert member.fits()
    member.page.get_by_role("link", name="Stand der Vorschläge").click()
    for group in ("Unstrittig", "Kollisionen"):
        member.page.get_by_label("Gruppen").get_by_role("link", name=group).click()
        member.page.wait_for_load_state()
        assert member.fits(), group
    member.open_concept()
    member.page.get_by_role("link", name="Ändern").first.click()
    assert member.fits()


def test_words_can_be_changed_without_scripts(chromium, town):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(f"{town}/sign-in")
    page.get_by_label("E-Mail").fill("beirat@landau.example")
    page.get_by_label("Passwort").fill("gemeinsam-abstimmen-2011")
    page.locator("main").get_by_role("button", name="Anmelden").click()
    page.get_by_role("link", name="Integrationskonzept").first.click()
    page.get_by_role("link", name="Ändern").nth(3).click()
    field = page.get_by_label("So soll die Stelle lauten")
    field.fill(field.input_value() + " Ohne Skript.")
    page.get_by_role("button", name="Vorschau").click()
    assert "Ohne Skript." in page.locator("#preview-words ins").inner_text()
    page.get_by_role("button", name="Vorschlag einreichen").click()
    assert "Ihr Vorschlag ist eingereicht." in page.locator(".notice").first.inner_text()
    context.close()
