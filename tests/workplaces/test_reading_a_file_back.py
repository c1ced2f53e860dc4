"""A file is read the way its text was read, so that a version taken home and brought back changes nothing."""

import re
from io import BytesIO

import pytest
from lxml import html

from amendments.consensus.services import SAME_TEXT
from amendments.documents.services import NewText
from amendments.exchange.commonmark import read_commonmark
from amendments.exchange.literal import read_literal
from amendments.web.reading import MOST_SHOWN
from tests.factories import documents
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine

FILE = """# Satzung

**Alle** Sitzungen sind *öffentlich*.

1. Der Beirat tagt.
2. Er berichtet.

| Amt | Raum |
|-----|------|
| Bau | 1    |
""".encode()
BETTER = "Anders gelesen passt die Datei besser"


@pytest.fixture(params=[True, False], ids=["literal", "formatted"])
def stage(request, client, session):
    """(browser of the moderation, paper, whether its text is literal)."""
    found = read_literal(FILE, "md") if request.param else read_commonmark(FILE)
    text = NewText("annex", "Entwurf", found.contents, literal=found.literal, layout=found.layout)
    paper = documents.paper(texts=[text])
    session.commit()
    return as_(client, session, paper.moderator), paper, request.param


def fields(page):
    """What a browser sends of the form as it stands."""
    (form,) = html.document_fromstring(page.text).xpath("//main//form[@enctype]")
    return {name: value for name, value in form.form_values() if name not in ("action", "file")}


def look(moderator, paper, data, **changed):
    path = text_url(paper, "/import")
    sent = fields(moderator.get(path)) | changed | {"action": "preview", "file": (BytesIO(data), "Entwurf.md")}
    form = {name: value for name, value in sent.items() if value is not None}
    return moderator.send(path, form, content_type="multipart/form-data")


def test_a_version_taken_home_and_brought_back_changes_nothing(stage):
    moderator, paper, _literal = stage
    taken = moderator.get(text_url(paper, "/versions/1/export")).data
    page = look(moderator, paper, taken)
    assert SAME_TEXT in body(page)
    assert BETTER not in body(page)
    assert 'value="create"' not in page.text
    refused = moderator.send(text_url(paper, "/import"), fields(page) | {"action": "create"})
    assert (refused.status_code, SAME_TEXT in body(refused)) == (400, True)


def test_a_pasted_text_is_read_the_same_way(stage):
    moderator, paper, _literal = stage
    taken = moderator.get(text_url(paper, "/versions/1/export")).data
    path = text_url(paper, "/import")
    page = moderator.send(path, fields(moderator.get(path)) | {"pasted": taken.decode(), "action": "preview"})
    assert SAME_TEXT in body(page)


def test_the_preview_says_when_another_reading_would_match_far_better(stage):
    moderator, paper, literal = stage
    page = look(moderator, paper, FILE, markdown="y" if literal else None)
    assert BETTER in body(page)
    assert SAME_TEXT not in body(page)


def test_a_file_that_is_another_text_either_way_says_nothing_of_it(stage):
    moderator, paper, literal = stage
    page = look(moderator, paper, b"# Haushalt\n\nDas **Geld** ist knapp.\n", markdown="y" if literal else None)
    assert BETTER not in body(page)


@pytest.fixture
def browser(client, session):
    paper = documents.paper("Ein Absatz.")
    session.commit()
    moderator = as_(client, session, paper.moderator)
    return lambda path, words: body(moderator.send(path(paper), {"pasted": words, "action": "preview"}))


@pytest.mark.parametrize(
    "path",
    [
        lambda _paper: "/documents/new",
        lambda paper: f"/documents/{paper.document.id}/texts/new",
        lambda paper: text_url(paper, "/import"),
    ],
    ids=["document", "text", "version"],
)
def test_a_preview_shows_the_first_paragraphs_and_counts_the_rest(browser, path):
    numbers = range(MOST_SHOWN + 2)
    page = browser(path, "\n\n".join(f"Satz {number} steht hier." for number in numbers))
    shown = html.document_fromstring(page).xpath("//main//p[contains(@class, 'words')]")
    assert len(shown) == MOST_SHOWN
    assert re.search(r"Noch \d+ Absätze, hier nicht gezeigt\.", page)


@pytest.mark.parametrize(
    "path", [lambda paper: f"/documents/{paper.document.id}/texts/new", lambda paper: text_url(paper, "/import")]
)
def test_a_text_that_is_too_long_is_refused_with_the_figure(browser, path):
    paragraph = "Wort " * 19_000
    assert "Der Text hat mehr als 3.000.000 Zeichen." in browser(path, "\n\n".join([paragraph] * 33))
