"""A file that left with our proposals comes back: what became of them, and what is wanted besides."""

import re
from datetime import UTC, datetime

import pytest

from amendments.exchange.redlines import Person, write
from amendments.proposals.queries import proposals_on
from amendments.text import Edit
from amendments.workplaces import comparing_files
from benchmarks.round_trip import paper_of
from tests.factories import proposals
from tests.workplaces.pages import body, text_url
from tests.workplaces.test_bringing_pages import book, drop, page_url, redline

pytestmark = pytest.mark.one_engine

AMT = Person("Amt für Soziales", datetime(2011, 11, 17, tzinfo=UTC))


def downloaded(moderator, stage):
    return moderator.get(text_url(stage, "/download?view=proposals&format=docx")).data


def told(page):
    """What the page says became of which proposals."""
    (listed,) = re.findall(r'<ul class="fates">(.*?)</ul>', page, re.DOTALL)
    found = re.findall(r"<li><strong>([^<]*)</strong>(.*?)</li>", listed, re.DOTALL)
    return [(words, re.findall(r"Ä \d+", names)) for words, names in found]


def filed(stage):
    """Two proposals, as they are called in a file."""
    for old, new in (("von Anfang an", "früh"), ("jährlich", "oft")):
        proposals.change(stage, old, new)
    return [f"{entry.author_name} (Ä {entry.proposal.number})" for entry in proposals_on(stage.version.id)]


def test_nothing_new_is_in_a_file_that_comes_back_as_it_left(moderator, stage):
    filed(stage)
    drop(moderator, stage, alle_docx=downloaded(moderator, stage))
    page = body(moderator.get(page_url(stage)))
    assert told(page) == [("Steht noch als Änderung darin (2):", ["Ä 1", "Ä 2"])]
    assert "Mehr ist in der Datei nicht geändert." in page
    assert 'name="take"' not in page


def test_only_what_was_put_in_besides_can_be_filed(moderator, stage):
    first, second = filed(stage)
    wishes = {
        name: entry.edits[0].edit for name, entry in zip((first, second), proposals_on(stage.version.id), strict=True)
    }
    people = {name: Person(name, AMT.at) for name in wishes}
    kept = {second: [wishes[second]], AMT.name: [Edit("new", proposals.words(stage.words, "eng ", ""))]}
    paper = paper_of(stage.words, kept, people | {AMT.name: AMT})
    drop(moderator, stage, amt_docx=write(paper, ".docx"))
    page = body(moderator.get(page_url(stage)))
    assert told(page) == [("Steht noch als Änderung darin (1):", ["Ä 2"]), ("In der Datei verworfen (1):", ["Ä 1"])]
    assert len(re.findall('name="take"', page)) == 1
    assert book(moderator, stage).status_code == 303
    (new,) = [entry for entry in proposals_on(stage.version.id) if entry.author_name == AMT.name]
    assert [hunk.old.text for edit in new.edits for hunk in edit.hunks] == ["eng "]
    assert len(proposals_on(stage.version.id)) == 3


def test_a_long_file_is_compared_beside_the_page(moderator, stage, monkeypatch):
    """As large ones are: in a process of its own, whose result is kept."""
    monkeypatch.setattr(comparing_files, "MOST_AT_ONCE", 0)
    drop(moderator, stage, amt_docx=redline(stage, {AMT: [("jährlich", "oft")]}))
    for _ in range(50):
        page = body(moderator.get(page_url(stage)))
        if "wird verglichen" not in page:
            break
    assert "Ohne die Änderungen ist die Datei genau unsere Fassung 1." in page
    assert len(re.findall('name="take"', page)) == 1


def test_one_that_takes_too_long_is_said_and_can_be_taken_off_the_list(moderator, stage, monkeypatch):
    monkeypatch.setattr(comparing_files, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(comparing_files, "wanted_as_bytes", len)  # takes other values: it fails in the child
    drop(moderator, stage, amt_docx=redline(stage, {AMT: [("jährlich", "oft")]}))
    page = body(moderator.get(page_url(stage)))
    assert "dauert zu lange" in page
    assert "Aus der Liste entfernen" in page
    assert 'name="take"' not in page
