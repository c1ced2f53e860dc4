"""The example town's texts and proposals in every format: valid, whole, for each of its documents."""

import csv
import io
from datetime import date

import pytest

from amendments.consensus.board import load_board
from amendments.consensus.queries import consensus_text
from amendments.consensus.rules import View
from amendments.documents.queries import load_text
from amendments.exchange.akoma import Edition, Work, to_akoma
from amendments.exchange.proposal_table import to_csv
from amendments.exchange.redlines import write
from amendments.text import Op
from amendments.workplaces.downloads.papers import Asked, paper_of
from amendments.workplaces.downloads.papers import View as Shown
from amendments.workplaces.downloads.sheets import list_of
from amendments.workplaces.filings import filings_for
from amendments.workplaces.table import table_rows
from benchmarks.akoma_reader import bare, faults, read
from benchmarks.round_trip import differing_in
from tests.workplaces.town import documents, places

pytestmark = pytest.mark.one_engine


def told(text):
    return [(paragraph.identity, bare(paragraph.content)) for paragraph in text]


def akoma_ntoso(place):
    asked = Asked(Shown.TEXT, newer=f"v{place.version.number}")
    return write(paper_of(place, asked, sees_work=True), ".xml")


def test_every_version_is_valid_and_reads_as_it_is(town):
    texts = [(akoma_ntoso(place), load_text(place.version)) for place in places(town)]
    assert [faults(data) for data, _ in texts] == [[]] * len(texts)
    assert [read(data) for data, _ in texts] == [told(text) for _, text in texts]
    assert max(len(text) for _, text in texts) > 100


def test_a_redline_of_all_that_is_wished_for_is_valid_and_is_both_texts(town):
    changed = 0
    for place in places(town):
        redline = consensus_text(place.version.id, View.ALL).redline
        work = Work(str(place.text.id), place.text.title, place.document.dated or date(2011, 11, 2), "Rat")
        older, newer = (Edition(work, number, place.version.created_at) for number in (1, 2))
        data = to_akoma(redline.nodes, newer, older)
        assert faults(data) == []
        assert read(data, Op.DELETE) == told(redline.accept())
        assert read(data, Op.INSERT) == told(redline.reject())
        changed += redline.changed
    assert changed


def test_every_proposal_is_in_the_table_and_in_a_valid_list(town):
    passages = 0
    for document in documents(town):
        filings = filings_for(town, document)
        assert faults(list_of(town, document).written()) == []
        lines = list(csv.reader(io.StringIO(to_csv(table_rows(filings), str).decode("utf-8-sig")), delimiter=";"))
        assert len(lines) - 1 == sum(len(filing.edits) for filing in filings)
        passages += len(lines) - 1
    assert passages > 10


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_one_file_of_all_proposals_read_back_is_every_proposal_on_the_version(town, suffix):
    """Rivals too, with their reasons. Who amends another's proposal wants both in such a file."""
    proposals = 0
    for place in places(town):
        board = load_board(place.version.id)
        paper = paper_of(place, Asked(Shown.PROPOSALS), sees_work=True)
        wishes, people, others = {}, {}, []
        for number, entry in enumerate(board.proposals):
            (name,) = {paper.people[paper.by[str(edit.edit_id)]] for edit in entry.edits}
            if any(edit.parent_id for edit in entry.edits):
                others.append(f"{name.name}: nobody")
            else:
                wishes[number], people[number] = [edit.edit for edit in entry.edits], name
        trouble = differing_in(write(paper, suffix), board.base, wishes, people, suffix)
        assert [each for each in trouble if each not in others] == []
        proposals += len(wishes)
    assert proposals == 69
