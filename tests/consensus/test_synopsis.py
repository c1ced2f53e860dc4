"""Rows of a synopsis: what stands where in each column."""

import pytest

from amendments.consensus.named import choices_of
from amendments.consensus.rules import ConsensusKind
from amendments.consensus.synopsis import column_of, rows_of
from amendments.documents.queries import current_version, load_text
from amendments.text import edits as controls
from amendments.text.redline import Op
from tests.consensus.publishing import agree, publish
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")


def rows(paper, base, *others) -> list[tuple[int, bool, tuple[str, ...]]]:
    """(rank, behind, the new words of each column) of the rows that are not as on the left."""
    columns = [column_of(base, other) for other in others]

    def new(column, cell) -> str:
        runs = [run for index in cell for run in column.redline.nodes[index].runs if column.redline.nodes[index].in_new]
        return "".join(run.rich.text for run in runs if run.op is not Op.DELETE)

    return [
        (row.base, row.behind, tuple(new(column, cell) for column, cell in zip(columns, row.cells, strict=True)))
        for row in rows_of(load_text(base), columns)
        if row.changed
    ]


def test_each_column_has_its_own_words_in_the_same_row() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    agree(paper, proposals.change(paper, "zwei", "2"))
    made = choices_of(paper.version.id, paper.lead.id).named(ConsensusKind.ADOPTED)
    second = publish(paper)
    proposals.change(paper, "fünf", "5")
    assert rows(paper, paper.version, made, second) == [(0, False, ("Eins 2 drei.", "Eins 2 drei."))]


def test_what_is_put_behind_a_paragraph_is_a_row_of_its_own() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agree(paper, proposals.filed(paper, proposals.insert(paper.words, -1, "Null.")))
    agree(paper, proposals.filed(paper, proposals.insert(paper.words, 1, "Drei.", "Vier.")))
    made = choices_of(paper.version.id, paper.lead.id).named(ConsensusKind.ADOPTED)
    assert rows(paper, paper.version, made) == [(-1, True, ("Null.",)), (1, True, ("Drei.Vier.",))]


def test_the_halves_of_a_split_stay_in_the_row_of_their_paragraph() -> None:
    paper = documents.paper("Eins zwei. Drei vier.", "Fünf.")
    agree(paper, proposals.filed(paper, controls.split(paper.words[0], 11)))
    made = choices_of(paper.version.id, paper.lead.id).named(ConsensusKind.ADOPTED)
    found = rows(paper, paper.version, made)
    assert [(rank, behind) for rank, behind, _ in found] == [(0, False)]


def test_a_moved_paragraph_leaves_its_row_and_arrives_behind_another() -> None:
    paper = documents.paper("Eins.", "Zwei.", "Drei.")
    text = paper.words
    agree(paper, proposals.filed(paper, controls.move([text[0]], text[2].identity)))
    made = choices_of(paper.version.id, paper.lead.id).named(ConsensusKind.ADOPTED)
    assert rows(paper, paper.version, made) == [(0, False, ("",)), (2, True, ("Eins.",))]


def test_two_versions_of_which_neither_came_from_the_other_are_compared_by_their_paragraphs() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.", "Sechs.")
    agree(paper, proposals.change(paper, "zwei", "2"))
    second = publish(paper)
    assert rows(paper, second, paper.version) == [(0, False, ("Eins zwei drei.",))]
    third = proposals.change(paper, "fünf", "5")
    agree(paper, third)
    live = choices_of(current_version(paper.text.id).id, paper.lead.id).named(ConsensusKind.ADOPTED)
    assert rows(paper, paper.version, live) == [
        (0, False, ("Eins 2 drei.",)),
        (1, False, ("Vier 5.",)),
    ]


def test_every_column_gives_its_whole_text_back() -> None:
    paper = documents.paper("Eins zwei. Drei vier.", "Fünf.", "Sechs.")
    text = paper.words
    for edit in (
        controls.split(text[0], 11),
        controls.move([text[1]], text[2].identity),
        proposals.insert(text, 0, "Neu."),
    ):
        agree(paper, proposals.filed(paper, edit))
    made = choices_of(paper.version.id, paper.lead.id).named(ConsensusKind.ADOPTED)
    column = column_of(paper.version, made)
    told = [index for row in rows_of(paper.words, [column]) for index in row.cells[0]]
    assert sorted(told) == list(range(len(column.redline.nodes)))
