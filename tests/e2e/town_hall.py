"""The acts of the example town's course, pressed on the pages as people would: each verb opens a page, finds the form
by what it says, and sends it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from amendments.cli.example_town.acting import Row
from amendments.cli.example_town.build import PASSWORD
from amendments.cli.example_town.course import Act
from amendments.web import clock
from tests.e2e.browser import Browser, Element, Page, Visitor

EXPECTED = Path(__file__).parent / "end_of_the_example_town.txt"


def how_it_ended(who: Browser, document: str, text: str) -> str:
    """The printed paper and the register of measures, a line for each row of a table and each paragraph, and the
    checksum of the decided version as a file.
    """
    paper = who.open(f"{document}/paper").one("//div[@class='paper']")
    register = who.open(f"{document}/measures").one("//main//table")
    lines = [_line(part) for part in paper.xpath(".//tr | .//h2 | .//h3 | .//p")]
    lines += [_line(part) for part in register.iter("tr")]
    decided = who.open(f"{text}/versions/3/export").data
    return "\n".join([*lines, hashlib.sha256(decided).hexdigest(), ""])


def _line(part: Element) -> str:
    cells = part.xpath("./th | ./td") or [part]
    return " | ".join(" ".join(cell.text_content().split()) for cell in cells).rstrip()


class TownHall:
    """`document` and `text`: the addresses of the document and of its annex."""

    def __init__(self, app: Any, document: str, text: str, accounts: dict[str, str]) -> None:
        self.app, self.document, self.text, self.accounts = app, document, text, accounts
        self.numbers: dict[str, str] = {}
        """Key of a proposal -> what it is called on pages, beyond those of `proposals.toml`."""
        self.signed_in: dict[tuple[str, date], Browser] = {}
        self.session = ""
        """Address of the console, once the sitting is open."""
        self.visited: set[str] = set()
        """Every address somebody has opened so far."""
        app.test_client_class = Visitor

    def play(self, act: Act) -> None:
        """Whoever acts twice on a day stays signed in."""
        with clock.stopped(act.at):
            who = (act.by, act.at.date())
            if who not in self.signed_in:
                self.signed_in[who] = Browser(self.app.test_client()).sign_in(act.by, PASSWORD)
            self.by, self.who = act.by, self.signed_in[who]
            getattr(self, act.row["do"])(act.row)

    def guest(self) -> Browser:
        return Browser(self.app.test_client())

    def open(self, address: str) -> Page:
        self.visited.add(address)
        return self.who.open(address)

    def send(self, page: Page, form: Element, /, **typed: Any) -> Page:
        return self.who.send(page, form, typed)

    # --- the sitting

    def open_step(self, day: date) -> Page:
        """The page of the step of that day, from the table of consultations."""
        table = self.open(f"{self.document}/consultations")
        return self.open(table.one(f"//tr[contains(., '{_day(day)}')]//a").get("href"))

    def open_sitting(self, row: Row) -> None:
        step = self.open_step(row["day"])
        self.session = urlsplit(self.send(step, _form(step, "/open")).headers["Location"]).path

    def come(self, _row: Row) -> None:
        page = self.open(self.session)
        people = [box.get("value") for box in page.all("//input[@name='account'][@form='came']")]
        self.send(page, page.one("//form[@id='came']"), account=people)

    def call(self, row: Row) -> None:
        page = self.open(self.session)
        next_up = page.one("//section[@id='now']//div[contains(@class, 'step')]")
        assert self.number(row["proposal"]) in _listed(next_up) or "weitere" in next_up.text_content(), row
        self.send(page, next_up.xpath(".//form")[0])

    def pull(self, row: Row) -> None:
        page = self.open(self.session)
        self.send(page, _form(self.motion(page, row), "/pull"))

    def disclose(self, _row: Row) -> None:
        """From then on the page of the sitting says no more than that the item was called."""
        page = self.open(self.session)
        names = _listed(page.one("//section[@id='now']"))
        assert names
        form = _form(page.one("//section[@id='now']"), "/exclusions")
        me = _option(form.xpath(".//select[@name='account_id']")[0], self.accounts[self.by])
        self.send(page, form, account_id=me, scope="edits")
        after = self.who.open(self.session)
        assert not names & _listed(after.one("//section[@id='now']"))
        assert not after.all("//section[@id='now']//form[contains(@action, '/result')]")

    def adopt_bloc(self, row: Row) -> None:
        page = self.open(self.session)
        assert re.search(r"Änderung(en)?, de(r|nen) niemand widerspricht", " ".join(page.words("//section[@id='now']")))
        self.state(page, page.one("//section[@id='now']"), row)

    def arrange(self, row: Row) -> None:
        page = self.open(self.session)
        self.send(page, _form(page.root, "/arrange"), by_point="1" if row["by_point"] else [])

    def vote(self, row: Row) -> None:
        page = self.open(self.session)
        self.state(page, self.motion(page, row), row)

    def word(self, row: Row) -> None:
        console = self.open(self.session)
        page = self.open(console.one("//a[contains(., 'Kompromiss schreiben')]").get("href"))
        field = page.one("//textarea[starts-with(@name, 'para-')]")
        old = page.one("//h3[contains(., 'Bisher')]/following-sibling::div[1]").text_content()
        edit = row["edit"]
        self.send(
            page,
            page.form("*[@name='reason']"),
            **{field.get("name"): _changed(old, edit), "title": row["title"], "reason": row["reason"]},
            order="first",
            action="submit",
        )
        self.numbers[row["key"]] = self.newest(row["title"])

    def put_orally(self, row: Row) -> None:
        console = self.open(self.session)
        form = self.open(console.one("//a[contains(@href, '/oral')]").get("href"))
        choice = _option(form.one("//select[@id='at']"), row["edit"]["in"])
        page = self.open(f"{form.address}?at={choice}")
        field = page.one("//textarea[starts-with(@name, 'para-')]")
        answer = self.send(
            page,
            page.form("*[@name='reason']"),
            **{field.get("name"): _changed(field.text_content().strip(), row["edit"])},
            account=_option(page.one("//select[@name='account']"), self.accounts[row["who"]]),
            committee=_option(page.one("//select[@name='committee']"), "Arbeitsgruppe Kultur"),
            reason=row["reason"],
        )
        self.numbers[row["key"]] = max(
            _listed(self.who.follow(answer).one("//section[@id='agenda']")), key=lambda name: int(name[2:])
        )

    def withdraw(self, row: Row) -> None:
        page = self.open(self.session)
        self.send(page, _form(self.motion(page, row), "/withdraw"), reason=row["reason"])

    def take_over(self, row: Row) -> None:
        page = self.open(self.session)
        form = _form(self.motion(page, row), "/take-over")
        taker = _option(form.xpath(".//select[@name='by']")[0], f"{self.number(row['taker'])} ")
        self.send(page, form, by=taker, reason=row["reason"])

    def close(self, _row: Row) -> None:
        page = self.open(self.session)
        assert page.words("//h2[@id='now-title']") == ["Alle Punkte sind behandelt."]
        self.send(page, _form(page.one("//section[@id='now']"), "/close"))

    def write_minutes(self, row: Row) -> None:
        page = self.open(f"{self.session}/minutes/write")
        self.send(page, page.form("*[@name='notes']"), **row["words"])

    # --- the way

    def change_editorially(self, row: Row) -> None:
        self._propose(row, row["edit"], action="editorial")

    def propose(self, row: Row) -> None:
        (edit,) = row["edit"]
        answer = self._propose(row, edit, committee_id="Beirat für Migration und Integration", action="submit")
        self.numbers[row["key"]] = self.who.follow(answer).words("//h1")[0].split(":")[0]

    def support(self, row: Row) -> None:
        desk = self.open(f"{self.text}/desk?group=undisputed")
        page = self.open(desk.one(f"//a[contains(@class, 'number')][. = '{self.number(row['proposal'])}']").get("href"))
        self.send(page, page.form("*[@name='stance']"), stance="support")

    def agree(self, row: Row) -> None:
        page = self.open(f"{self.text}/desk?group=undisputed")
        wanted = {self.number(key) for key in row["proposals"]}
        rows = page.all("//article[contains(@class, 'edit-row')]")
        assert {one.xpath(".//a[contains(@class, 'number')]")[0].text_content() for one in rows} == wanted
        edits = [box.get("value") for box in page.all("//input[@name='edit'][@form='many']")]
        form = page.one("//form[@id='many']")
        self.send(page, form, edit=edits, outcome="agreed", vote=row["form"], reason=row["reason"])

    def publish(self, row: Row) -> None:
        page = self.open(f"{self.text}/publish")
        self.send(page, page.form("*[@name='expected_hash']"), label=row["label"], note=row["note"])

    def sign_off(self, row: Row) -> None:
        step = self.open_step(row["day"])
        page = self.open(step.one("//a[contains(@href, '/sign-off')]").get("href"))
        form = page.form("*[@name='to_id']")
        to = _option(form.xpath(".//select[@name='to_id']")[0], _day(row["to"]))
        self.send(page, form, result="adopted", to_id=to, note=row.get("note", ""), **_votes(row, "vote"))

    def decide(self, row: Row) -> None:
        page = self.open_step(row["day"])
        form = page.form("select[@name='result']")
        self.send(page, form, result="adopted", **_votes(row, "vote"), **_newest(form))

    def take_up(self, row: Row) -> None:
        page = self.open(f"{self.document}/measures/choose")
        boxes = page.all("//label[input[@name='paragraphs']]")
        chosen = [
            box.xpath("./input")[0].get("value")
            for box in boxes
            if any(box.text_content().strip().startswith(words) for words in row["passages"])
        ]
        assert len(chosen) == len(row["passages"])
        committee = _option(page.one("//select[@name='committee_id']"), COMMITTEES[row["committee"]])
        self.send(page, page.form("*[@name='committee_id']"), paragraphs=chosen, committee_id=committee)

    def plan(self, row: Row) -> None:
        page = self._measure(row["measure"])
        to = _option(page.one("//select[@name='proposed_to_id']"), COMMITTEES[row["proposed_to"]])
        budget = {"budget": "1"} if row["budget"] else {}
        form = page.form("*[@name='rating']")
        self.send(page, form, proposed_to_id=to, rating=row["rating"], rating_words=row.get("words", ""), **budget)

    def report(self, row: Row) -> None:
        page = self._measure(row["measure"])
        form = page.form("*[@name='next_report']")
        self.send(page, form, state=row["state"], text=row["text"], next_report=str(row["next"]))

    def make_public(self, _row: Row) -> None:
        page = self.open(f"{self.document}/change")
        self.send(page, page.form("*[@name='visibility']"), visibility="public")

    # --- what stands on the pages

    def number(self, key: str) -> str:
        """What a proposal is called: those of `proposals.toml` were filed in its order."""
        return self.numbers[key] if key in self.numbers else f"Ä {int(key.removeprefix('ae-'))}"

    def newest(self, title: str) -> str:
        """The proposal of that title on the console."""
        (heading,) = (words for words in self.open(self.session).words("//h3") if words.endswith(title))
        return heading.split(":")[0]

    def motion(self, page: Page, row: Row) -> Element:
        """The card of the called item on which this is put to the vote."""
        wanted = self.number(row["proposal"])
        cards = page.all("//section[@id='now']//article[.//h3]")
        mine = [card for card in cards if card.xpath(".//h3")[0].text_content().strip().split(":")[0] == wanted]
        return mine[row.get("passage", 0)]

    def state(self, page: Page, where: Element, row: Row) -> None:
        """State the result by the first form there that asks for it."""
        form = where.xpath(".//form[contains(@action, '/result')][.//select[@name='form']]")[0]
        outcome = "carried" if row["carried"] else "rejected"
        self.send(page, form, outcome=outcome, reason=row.get("reason", ""), **_votes(row, "form"))

    def _propose(self, row: Row, edit: Row, **typed: str) -> Page:
        reader = self.open(self.text)
        found = [one for one in reader.all("//*[@data-paragraph]") if edit["in"] in _plain(one)]
        assert len(found) == 1, edit
        page = self.open(f"{self.text}/propose?op=change&paragraph={found[0].get('data-paragraph')}")
        old = page.one("//textarea[@name='wording']").text_content().strip()
        form = page.form("*[@name='reason']")
        if "committee_id" in typed:
            typed["committee_id"] = _option(form.xpath(".//select[@name='committee_id']")[0], typed["committee_id"])
        budget = {"budget": "1"} if row.get("budget") else {}
        written = {"wording": _changed(old, edit), "title": row["title"], "reason": row["reason"]}
        return self.send(page, form, **written, **budget, **typed)

    def _measure(self, words: str) -> Page:
        register = self.open(f"{self.document}/measures")
        return self.open(register.one(f"//td//a[contains(., '{words}')] | //th//a[contains(., '{words}')]").get("href"))


COMMITTEES = {
    "ag-sprache": "Arbeitsgruppe Sprache und Bildung",
    "ag-arbeit": "Arbeitsgruppe Arbeit und Wohnen",
    "ag-gesundheit": "Arbeitsgruppe Gesundheit und Alter",
    "ag-beteiligung": "Arbeitsgruppe Beteiligung und Verwaltung",
    "hauptausschuss": "Hauptausschuss",
    "jugendhilfe": "Jugendhilfe- und Sozialausschuss",
    "sozialausschuss": "Sozialausschuss",
}
MONTHS = {11: "November", 12: "Dezember"}


def _day(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month]} {day.year}"


def _form(where: Any, verb: str) -> Element:
    """The first form there whose address ends so."""
    root = where.root if isinstance(where, Page) else where
    return next(form for form in root.xpath(".//form[@method='post']") if form.get("action", "").endswith(verb))


def _option(select: Element, words: str) -> str:
    """The value of the only option that begins with these words, or else holds them."""
    options = [(option.get("value"), " ".join(option.text_content().split())) for option in select.iter("option")]
    exact = [value for value, shown in options if shown == words]
    found = exact or [value for value, shown in options if words.strip() in shown]
    assert len(found) == 1, (words, options)
    return str(found[0])


def _votes(row: Row, name: str) -> dict[str, str]:
    if "count" not in row:
        return {name: row["form"]}
    return {name: "counted"} | dict(zip(("yes", "no", "abstained"), map(str, row["count"]), strict=True))


def _newest(form: Element) -> dict[str, str]:
    """Of every text the version that is offered first."""
    selects = form.xpath(".//select[starts-with(@name, 'version_')]")
    return {
        select.get("name"): next(option.get("value") for option in select.iter("option") if option.get("value"))
        for select in selects
    }


def _changed(old: str, edit: Row) -> str:
    """The words as somebody would type them who wants this edit."""
    before = edit["old"] or edit["after"]
    after = edit["new"] if edit["old"] else before + edit["new"]
    assert old.count(before) == 1, (old, edit)
    return old.replace(before, after)


def _listed(element: Element) -> set[str]:
    return set(re.findall("Ä [0-9]+", element.text_content()))


def _plain(element: Element) -> str:
    return " ".join(element.text_content().replace("\u00ad", "").split())
