"""A file is read the way its text was read, so that a version taken home and brought back changes nothing."""

from io import BytesIO

import pytest
from lxml import html

from amendments.consensus.services import SAME_TEXT
from amendments.documents.services import NewText
from amendments.exchange.commonmark import read_commonmark
from amendments.exchange.literal import read_literal
from tests.factories import documents
from tests.workplaces.pages import as_, body, text_url

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
