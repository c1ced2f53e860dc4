"""Somebody in front of the example town: only what a page's own controls allow."""

PASSWORD = "gemeinsam-abstimmen-2011"
CONCEPT = "Integrationskonzept"


class Person:
    def __init__(self, browser, town, width=1280):
        self.town = town
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE")
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message):
        refused = message.text.startswith("Failed to load resource")  # a refusal this very test asks for
        if message.type in {"error", "warning"} and not refused:
            self.complaints.append(message.text)

    def sign_in(self, role):
        self.page.goto(f"{self.town}/sign-in")
        card = self.page.locator("li", has=self.page.locator(f"code:text-is('{role}@landau.example')"))
        card.get_by_role("button").click()
        self.press("Anmelden")

    # --- moving about

    def press(self, name):
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def open_concept(self):
        self.page.goto(self.town)
        self.page.get_by_role("link", name=CONCEPT).first.click()
        self.page.wait_for_load_state()

    def notices(self):
        return " ".join(self.page.locator(".notice").all_inner_texts())

    def words(self, selector="main"):
        return self.page.locator(selector).inner_text()

    def fits(self):
        """Whether nothing sticks out sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    # --- the text

    def paragraph(self, words):
        return self.page.locator(".para", has_text=words).first

    def untouched(self, count):
        """Beginnings of plain paragraphs that nobody has proposed anything for, each followed by another such one."""
        found = self.page.evaluate(
            """() => {
                const paras = [...document.querySelectorAll("div.para[data-paragraph]")];
                const free = (para) => para && para.querySelector("p.words") && !para.querySelector(".chip")
                    && !para.nextElementSibling?.classList.contains("gap-mark");
                const sentences = (para) => /\\. \\p{Lu}/u.test(para.querySelector("p.words").textContent);
                return paras.filter((para) => free(para) && free(para.nextElementSibling) && sentences(para))
                    .map((para) => para.querySelector("p.words").textContent.slice(0, 60));
            }"""
        )
        assert len(found) >= count, found
        return found

    def choose(self, words, control):
        """Open a paragraph's menu and press a control in it."""
        self.open_concept()
        self.paragraph(words).get_by_role("link", name="Mehr …").click()
        self.page.locator(".menu-panel").get_by_role("link", name=control).click()
        self.page.wait_for_load_state()

    def submit(self, reason="Begründung"):
        """File what stands in the form; the number of the proposal."""
        self.page.get_by_label("Begründung").first.fill(reason)
        self.press("Vorschlag einreichen")
        assert "Ihr Vorschlag ist eingereicht." in self.notices(), self.words()
        return self.page.locator("h1").inner_text().split(":")[0].strip()

    def rewrite(self, words, old, new):
        """Change `old` to `new` in the paragraph beginning with `words`; the number of the proposal."""
        self.choose(words, "Wortlaut ändern")
        field = self.page.get_by_label("So soll die Stelle lauten")
        assert old in field.input_value()
        field.fill(field.input_value().replace(old, new, 1))
        return self.submit()

    # --- the desk

    def open_desk(self, group=""):
        self.open_concept()
        self.page.get_by_role("link", name="Abstimmung der Vorschläge").click()
        self.page.wait_for_load_state()
        if group:
            self.page.get_by_label("Gruppen").get_by_role("link", name=group).click()
            self.page.wait_for_load_state()

    def find_on_desk(self, group, number):
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

    def decide(self, group, number, verdict):
        box = self.find_on_desk(group, number)
        box.locator("summary", has_text="Entscheiden").click()
        box.get_by_role("button", name=verdict, exact=True).click()
        self.page.wait_for_load_state()
        assert "entschieden" in self.notices(), self.words()
