"""The papers of the example town with all its proposals: other people's checkers pass every PDF."""

import subprocess
import sys
from pathlib import Path

import outloud
import pytest
from pypdf import PdfReader

from amendments.consultations.queries import consultation_for, consultations_of
from amendments.meetings.queries import chairs_of
from amendments.meetings.services import open_meeting
from amendments.people.queries import actor_for
from amendments.proposals.rules import label
from amendments.web.transaction import write
from amendments.workplaces.downloads.exports import EXPORTS, Wanted
from amendments.workplaces.downloads.papers import Asked, View
from amendments.workplaces.filings import filings_for
from tests.exchange.pdf_reading import out_of_order, outside_of_margins, read
from tests.workplaces.town import documents, places

pytestmark = pytest.mark.one_engine

OF_A_VERSION = (View.TEXT, View.PROPOSALS, View.CONSENSUS, View.SYNOPSIS, View.BOOK)
GUESSED = {"ORD-001", "PAG-001"}
"""What outloud guesses by counting (words beside a span in a paragraph; words near the edge of several pages): what it
means is looked at exactly below.
"""


@pytest.fixture(scope="module")
def papers(town, tmp_path_factory):
    """By view, the files."""
    folder = tmp_path_factory.mktemp("papers")
    concept = next(document for document in documents(town) if filings_for(town, document))
    opened(town, concept)
    wanted = [(place, view) for place in places(town) for view in OF_A_VERSION]
    first = {place.document.id: place for place in places(town)}
    wanted += [(place, View.PAPER) for place in first.values()]
    wanted.append((first[concept.id], View.VOTING_ORDER))
    found = {}
    for number, (place, view) in enumerate(wanted):
        sheet = EXPORTS[view].sheet(Wanted(town, place, Asked(view), ".pdf"))
        path = folder / f"{number}-{view}.pdf"
        path.write_bytes(sheet.written())
        found.setdefault(view, []).append(path)
    return found


def opened(town, document):
    """The sitting of the first step whose committee has a chair."""
    steps = consultations_of([document.id])[document.id]
    chairs = {step.id: chairs_of(consultation_for(town, step.id)) for step in steps}
    step_id = next(step.id for step in steps if chairs[step.id])
    chair = actor_for(chairs[step_id][0].account_id)
    write(lambda: open_meeting(chair, consultation_id=step_id, other_day=True))


def every(papers):
    return [path for paths in papers.values() for path in paths]


def test_both_checkers_pass_every_paper_of_the_town(papers):
    results = [outloud.check(str(path)) for path in every(papers)]
    assert [result.error for result in results if result.error] == []
    findings = [(Path(result.path).name, found.rule, found.message) for result in results for found in result.findings]
    assert [each for each in findings if each[1] not in GUESSED] == []
    script = Path(sys.executable).with_name("pdfua")
    done = subprocess.run([script, "check", *every(papers)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_paper_is_painted_in_the_order_in_which_it_is_read_and_its_margins_are_silent(papers):
    for path in every(papers):
        data = path.read_bytes()
        assert out_of_order(data) == [], path.name
        assert outside_of_margins(data) == [], path.name


def test_the_book_has_every_proposal_and_says_in_which_version_its_lines_are(town, papers):
    text = "".join(read(path.read_bytes()).text.replace("\u00ad", "") for path in papers[View.BOOK])
    filings = [filing for document in documents(town) for filing in filings_for(town, document)]
    assert len(filings) > 60
    assert [
        label(filing.proposal.number) for filing in filings if f"{label(filing.proposal.number)}, " not in text
    ] == []
    assert text.count(" der Fassung 1") >= len(filings) - 5


def test_a_row_in_the_book_stands_below_the_names_of_its_columns(papers):
    found = [block.text for path in papers[View.BOOK] for block in read(path.read_bytes()).blocks]
    at = next(rank for rank, text in enumerate(found) if text.startswith("davon aus Staaten"))
    assert found[at - 3 : at] == ["Personengruppe", "Anzahl", "Anteil in Prozent"]


def test_the_order_of_votes_has_boxes_for_rivals_of_the_town(papers):
    (path,) = papers[View.VOTING_ORDER]
    assert read(path.read_bytes()).text.count("Enthaltung") > 10


def test_a_synopsis_has_the_chapters_of_its_changes_as_bookmarks(papers):
    longest = max((PdfReader(path) for path in papers[View.SYNOPSIS]), key=lambda found: len(found.pages))
    (_all, chapters) = longest.outline
    assert len(chapters) > 5
