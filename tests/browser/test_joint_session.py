"""The joint session of the example town at the console: bloc, collisions, a new wording, an oral proposal, a referral,
closing, minutes. And how little it takes to write down what somebody says.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import CONCEPT, MODERATION, PHONE

STEPS = "Steuerungsgruppe Integration"
MOST_TURNS = 5
"""Inputs and presses from the called item until an oral proposal is on the agenda."""

COUNTING = """
const count = () => { sessionStorage.turns = Number(sessionStorage.turns || 0) + 1; };
document.addEventListener("change", count, true);
document.addEventListener("click", (event) => { if (event.target.closest("a, button, summary")) count(); }, true);
"""


@pytest.fixture(scope="module")
def session():
    """Address of the sitting, once it is open; the tests of this file go through one evening."""
    return {}


@pytest.fixture
def chair(visit, session):
    visitor = visit(MODERATION)
    if session:
        visitor.page.goto(session["url"])
        return visitor
    visitor.page.goto("/")
    visitor.page.get_by_role("heading", name=CONCEPT, exact=True).get_by_role("link").click()
    document = re.search(r"/documents/[0-9a-f-]+", visitor.page.url)[0]
    visitor.page.goto(f"{document}/consultations")
    visitor.follow(re.compile(f"^{STEPS}"))
    visitor.press("Sitzung eröffnen")
    session["url"] = visitor.page.url.split("#")[0]
    return visitor


def step(chair):
    """What is voted on next."""
    return chair.page.locator(".card.step").first


def state(chair, form, outcome="Angenommen"):
    form_field = step(chair).get_by_label("Abstimmung", exact=True).first
    form_field.select_option(label=form)
    chair.press(outcome, within=step(chair))
    assert "Das Ergebnis ist festgestellt." in chair.notices(), chair.words()


def called(chair):
    return chair.page.get_by_role("heading", level=2, name=re.compile(r"^TOP \d+: "))


def to_the_next(chair, kind="Strittige Stelle"):
    """Through the evening until an item of that kind is called; what is open before it is rejected or adjourned."""
    for _ in range(200):
        if called(chair).count():
            if step(chair).count():
                state(chair, "mit Mehrheit", "Abgelehnt")
            else:
                chair.page.get_by_text("Vertagen oder verweisen").click()
                chair.page.locator("#adjourn-reason").fill("Es ist spät")
                chair.press("Vertagen")
            continue
        chair.press("Diesen Punkt aufrufen")
        if kind in called(chair).inner_text():
            return
    raise AssertionError("no such item")


def test_the_bloc_is_adopted_in_three_presses(chair):
    assert "Es ist niemand anwesend" in chair.words()
    chair.press("Angekreuzte sind da")
    chair.press("Diesen Punkt aufrufen")
    assert called(chair).inner_text().endswith("Unstrittige Änderungen gemeinsam")
    state(chair, "ohne Widerspruch")
    assert "Als Nächstes" in chair.words()


def test_of_two_collisions_the_further_reaching_wish_is_voted_on_first(chair):
    for _ in range(2):
        to_the_next(chair)
        assert "Vor dem nächsten, denn er" in step(chair).inner_text()
        first = step(chair).get_by_role("heading").inner_text()
        state(chair, "einstimmig")
        latest = chair.page.locator("#stated article").first
        assert latest.inner_text().startswith(first.split(":")[0])
        assert "angenommen" in latest.inner_text()


def test_a_new_wording_is_on_the_wall_before_it_is_voted_on(chair, visit):
    to_the_next(chair)
    step(chair).get_by_role("link", name=re.compile("^In anderem Wortlaut")).click()
    box = chair.page.locator("textarea.wording").first
    box.fill(f"{box.input_value().rstrip('.')} und darüber hinaus.")
    chair.page.get_by_label("Begründung").fill("So kann es jeder mittragen.")
    chair.press("Zur Abstimmung stellen")
    assert "Der neue Wortlaut steht zur Abstimmung." in chair.notices()
    shown = step(chair).locator("code.hash").inner_text()
    wall = visit(MODERATION)
    wall.page.goto(chair.page.url.split("#")[0] + "/screen")
    assert "darüber hinaus" in wall.words()
    expect(wall.page.locator(".card.step code.hash")).to_have_text(shown)
    number = step(chair).get_by_role("heading").inner_text()
    state(chair, "mit Mehrheit")
    latest = chair.page.locator("#stated article").first.inner_text()
    assert latest.startswith(number)
    assert "angenommen" in latest


def test_what_somebody_says_is_written_down_in_five_turns(chair):
    to_the_next(chair)
    chair.page.add_init_script(COUNTING)
    chair.page.reload()
    chair.page.get_by_role("link", name="Mündlicher Vorschlag").first.click()
    chair.page.get_by_label("Wer schlägt das vor?").select_option(index=1)
    box = chair.page.locator("textarea.wording").first
    box.fill(f"{box.input_value()} Das ist jährlich zu prüfen.")
    chair.page.get_by_label(re.compile("^Begründung")).fill("Sonst vergessen wir es.")
    chair.press("Auf die Tagesordnung")
    assert "Der Vorschlag steht auf der Tagesordnung." in chair.notices()
    assert chair.page.locator("#now article", has_text="Mündlicher Vorschlag").count() == 1
    assert int(chair.page.evaluate("sessionStorage.turns")) == MOST_TURNS


def test_the_item_is_referred_the_sitting_closed_and_the_minutes_say_all_of_it(chair):
    chair.page.get_by_text("Vertagen oder verweisen").click()
    chair.page.get_by_label("Verweisen an").select_option(label="Beirat für Migration und Integration")
    chair.page.locator("#refer-reason").fill("Erst soll er sich äußern.")
    chair.press("Verweisen")
    chair.press("Sitzung schließen")
    assert "Die Sitzung ist geschlossen." in chair.words()
    chair.follow("Niederschrift ergänzen")
    chair.page.get_by_label("Schriftführung").fill("Ida Kern")
    chair.page.get_by_label("Unterbrechungen").fill("Pause von 20 Uhr bis 20.15 Uhr.")
    chair.press("Niederschrift speichern")
    words = chair.words()
    for said in (
        "Schriftführung ______________________ Ida Kern",
        "Pause von 20 Uhr bis 20.15 Uhr.",
        "verwiesen an Beirat für Migration und Integration: Erst soll er sich äußern.",
        "Mündlicher Vorschlag",
        "Geänderter Wortlaut",
        "ohne Widerspruch",
        "22. November 2011",
    ):
        assert said in words, said


def test_console_wall_and_minutes_fit_a_phone(visit, chair, session):
    phone = visit(MODERATION, **PHONE)
    for page in ("", "/screen", "/minutes", "/minutes/write"):
        phone.page.goto(session["url"] + page)
        assert phone.fits(), page
