"""The moderator drops returned files: a bar while they are read one after the other, then all is filed in one step."""

import re

import pytest
from playwright.sync_api import expect

from amendments.exchange.readers import read
from amendments.exchange.redlines import Person, write
from amendments.text import Edit, Kind, Rich, edits, text_of
from amendments.web import clock
from benchmarks.round_trip import paper_of
from tests.browser.visitor import MODERATION, PHONE

FILES = {
    "Rückmeldung Beirat für Migration und Integration.docx": ("Beirat für Migration und Integration", 3),
    "Anna Beispiel.docx": ("Anna Beispiel", 1),
}


def export(visitor):
    """Our version as a file, read back."""
    visitor.read()
    link = visitor.page.get_by_role("main").get_by_role("link", name="Herunterladen").get_attribute("href")
    text = re.match(r"/documents/[^/]+/texts/[^/?]+", link)
    answer = visitor.page.request.get(f"{text[0]}/versions/1/export")
    return text_of(read(answer.body(), "text.md", markdown=True).contents)


def redline(base, author, places):
    """A Word file in which this person struck the last word of paragraphs, with a reason."""
    wishes = [
        Edit(f"{author} {rank}", edits.replace_words(base[rank], 0, len(base[rank].text.split()[0]), Rich("Hier")))
        for rank in places
    ]
    person = Person(author, clock.now(), "Damit es alle verstehen.")
    return write(paper_of(base, {author: wishes}, {author: person}), ".docx")


@pytest.fixture
def files(visit, tmp_path):
    """Paths of what comes back, a broken file among it."""
    base = export(visit(MODERATION))
    plain = [rank for rank, one in enumerate(base) if one.head.kind is Kind.PARAGRAPH and len(one.text) > 80]
    found = []
    for name, (author, number) in FILES.items():
        path = tmp_path / name
        path.write_bytes(redline(base, author, [plain.pop(5) for _ in range(number)]))
        found.append(path)
    (tmp_path / "kaputt.docx").write_bytes(b"PK\x03\x04 kaputt")
    return [found[0], tmp_path / "kaputt.docx", found[1]]


def open_page(visitor):
    visitor.open_desk("Unstrittig")
    visitor.follow("Zurückgegebene Dateien einlesen")
    return visitor.page


@pytest.mark.parametrize("scripts", [False, True])
def test_files_are_read_and_filed_in_one_step(visit, files, scripts):
    moderation = visit(MODERATION, java_script_enabled=scripts)
    page = open_page(moderation)
    page.get_by_label(re.compile("^Dateien")).set_input_files(files)
    moderation.press("Dateien lesen")
    expect(page.get_by_role("heading", name="Gelesen", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="kaputt.docx")).to_be_visible()
    if scripts:  # the two files lie there already
        return
    expect(page.get_by_text("3 Änderungen", exact=True)).to_be_visible()
    assert moderation.fits()
    phone = visit(MODERATION, **PHONE)
    open_page(phone)
    assert phone.fits()
    for choice in page.get_by_label("Für welches Gremium?").all():
        choice.select_option("Kein Gremium: nur für diese Person")
    moderation.press("Ausgewählte einreichen")
    expect(page.get_by_text("2 Vorschläge sind eingereicht.")).to_be_visible()
    page.get_by_text("2 Dateien sind eingereicht").click()
    page.get_by_role("main").get_by_role("link", name=re.compile(r"^Ä \d+$")).first.click()
    expect(page.get_by_role("main")).to_contain_text("Damit es alle verstehen.")


def test_what_was_chosen_is_there_in_another_browser(visit, files):
    moderation = visit(MODERATION)
    page = open_page(moderation)
    page.get_by_label(re.compile("^Dateien")).set_input_files(files)
    with page.expect_navigation():
        moderation.press("Dateien lesen")
    expect(page.get_by_role("button", name="Auswahl merken")).to_be_hidden()
    anna = page.get_by_role("group", name=re.compile("^Anna Beispiel")).last
    with page.expect_response(re.compile("/choices$")):
        anna.get_by_label("Für welches Gremium?").select_option("Sozialausschuss")
    with page.expect_response(re.compile("/choices$")):
        anna.get_by_label("Einreichen").uncheck()
    expect(page.get_by_text("Ihre Auswahl ist gemerkt.")).to_be_visible()
    other = open_page(visit(MODERATION)).get_by_role("group", name=re.compile("^Anna Beispiel")).last
    expect(other.get_by_label("Für welches Gremium?").locator("option:checked")).to_have_text("Sozialausschuss")
    expect(other.get_by_label("Einreichen")).not_to_be_checked()
