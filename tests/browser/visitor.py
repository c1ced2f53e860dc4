"""Somebody who sits in front of the example town: what they see, select, press and type."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from amendments.cli.example_town.build import PASSWORD

MODERATION, COUNCIL, SOCIAL, READER = (
    f"{name}@landau.example" for name in ("moderation", "beirat", "sozialausschuss", "stadtrat")
)
CONCEPT = "Integrationskonzept der Stadt Landau in der Pfalz"
DESK = {"width": 1280, "height": 900}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

PATIENCE = 20_000
"""Milliseconds that a busy machine may take for an answer."""
expect.set_options(timeout=PATIENCE)

WHERE = """([element, words, end]) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const index = node.parentElement.closest("[data-s]") ? node.data.indexOf(words) : -1;
    if (index < 0) continue;
    const range = document.createRange();
    range.setStart(node, end ? index + words.length - 1 : index);
    range.setEnd(node, end ? index + words.length : index + 1);
    const box = range.getBoundingClientRect();
    return [end ? box.right - 0.5 : box.left + 0.5, box.top + box.height / 2];
  }
  return null;
}"""
"""The point on the screen where words of a paragraph begin or end."""

UNTOUCHED = """() => {
  const paras = [...document.querySelectorAll("div.para[data-paragraph]")];
  const free = (para) => para && para.querySelector("p.words") && !para.querySelector(".chip")
    && !para.nextElementSibling?.classList.contains("gap-mark");
  const sentences = (para) => /\\. \\p{Lu}/u.test(para.querySelector("p.words").textContent);
  return paras.filter((para) => free(para) && free(para.nextElementSibling) && sentences(para))
    .map((para) => para.querySelector("p.words").textContent.slice(0, 60));
}"""
"""How plain paragraphs begin that nobody has proposed anything for, each followed by another such one."""


class Visitor:
    """`faults` collects what no page may do: errors, blocked content, failed answers, calls to other hosts."""

    def __init__(self, browser: Browser, town: str, **options: Any) -> None:
        self.town = town
        self.faults: list[str] = []
        self.expected: set[int] = set()
        """Statuses of refusals this person asks for."""
        self.context = browser.new_context(base_url=town, locale="de-DE", **({"viewport": DESK} | options))
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.page: Page = self.context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.town:
            self.faults.append(f"another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.url}")

    # --- going

    def sign_in(self, email: str) -> Visitor:
        self.page.goto("/sign-in")
        self.page.get_by_label("E-Mail").fill(email)
        self.page.get_by_label("Passwort").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Anmelden").click()
        expect(self.page.get_by_role("button", name="Abmelden")).to_be_visible()
        return self

    def press(self, name: str | re.Pattern[str], role: Any = "button", within: Locator | None = None) -> None:
        (within or self.page.get_by_role("main")).get_by_role(role, name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.press(name, "link")

    def read(self) -> Visitor:
        """The text of the concept."""
        self.page.goto("/")
        self.page.get_by_role("heading", name=CONCEPT, exact=True).get_by_role("link").click()
        self.page.wait_for_load_state()
        return self

    def paragraph(self, words: str) -> Locator:
        found = self.page.locator("[data-paragraph]").filter(has_text=words)
        expect(found).to_have_count(1)
        return found

    def untouched(self, count: int) -> list[str]:
        """Beginnings of paragraphs nobody has asked anything of."""
        found = self.read().page.evaluate(UNTOUCHED)
        assert len(found) >= count, found
        return found

    def notices(self) -> str:
        return " ".join(self.page.locator(".notice").all_inner_texts())

    def words(self) -> str:
        return self.page.get_by_role("main").inner_text()

    def fits(self) -> bool:
        """Whether nothing sticks out sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    # --- proposing

    def change(self, words: str) -> Visitor:
        """The button beside a paragraph."""
        self.read().paragraph(words).get_by_role("link", name=re.compile("^Ändern")).click()
        return self

    def choose(self, words: str, what: str) -> Visitor:
        """From the menu of a paragraph."""
        self.read().paragraph(words).get_by_role("link", name=re.compile("^Mehr …")).click()
        self.follow(what)
        return self

    def select(self, first: tuple[str, str], last: tuple[str, str], *, go: bool = True) -> Visitor:
        """Draw with the mouse from words to words; each (paragraph, words). And `go` where that leads."""
        self.read()
        paragraph = self.paragraph(first[0])
        paragraph.evaluate("element => element.scrollIntoView({block: 'center', behavior: 'instant'})")
        begin, end = self._point(*first, end=False), self._point(*last, end=True)
        self.page.mouse.move(*begin)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=5)
        self.page.mouse.up()
        if go:
            self.follow("Hierzu etwas vorschlagen")
        return self

    def _point(self, paragraph: str, words: str, *, end: bool) -> tuple[float, float]:
        handle = self.paragraph(paragraph).element_handle()
        x, y = self.page.evaluate(WHERE, [handle, words, end])
        return x, y

    def write(self, old: str, new: str, field: str = "So soll die Stelle lauten") -> Visitor:
        """Change words in the field; the preview follows by itself."""
        box = self.page.get_by_label(field)
        assert old in box.input_value()
        box.fill(box.input_value().replace(old, new, 1))
        return self

    def preview(self) -> Locator:
        return self.page.get_by_role("region", name="So liest sich die Änderung")

    def file(self, reason: str = "Das ist nötig.") -> str:
        """Submit; the number the proposal got."""
        self.page.get_by_label("Begründung").fill(reason)
        self.press("Vorschlag einreichen")
        expect(self.page.get_by_role("status").filter(has_text="Ihr Vorschlag ist eingereicht.")).to_be_visible()
        return self.page.get_by_role("heading", level=1).inner_text().split(":")[0]

    # --- the desk

    def open_desk(self, group: str = "") -> Visitor:
        self.read().page.get_by_role("link", name=re.compile("(Stand|Abstimmung) der Vorschläge$")).click()
        if group:
            self.page.get_by_role("navigation", name="Gruppen").get_by_role("link", name=group).click()
        self.page.wait_for_load_state()
        return self

    def find_on_desk(self, group: str, number: str) -> Locator:
        """The box of a proposal in a group, on whichever page it stands."""
        self.open_desk(group)
        while True:
            box = self.page.locator(
                "article.edit-row, .alternative > div", has=self.page.locator(f"a.number:text-is('{number}')")
            )
            if box.count():
                return box.first
            self.page.get_by_role("link", name="Nächste Seite").click()
            self.page.wait_for_load_state()

    def decide(self, group: str, number: str, verdict: str) -> None:
        box = self.find_on_desk(group, number)
        box.locator("summary", has_text="Entscheiden").click()
        self.press(verdict, within=box)
        assert "entschieden" in self.notices(), self.words()
