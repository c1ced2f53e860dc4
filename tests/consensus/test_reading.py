"""What has to be read together: the heaviest reason first, every sentence as it reads with all, each edit once."""

import pytest

from amendments.consensus import queries
from amendments.consensus.reading import Reading, readings
from amendments.proposals.services import take_position
from amendments.text import Grade, Op
from tests.consensus.publishing import agree
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")


def read(paper) -> tuple[Reading, ...]:
    return readings(queries.merge_desk(paper.version.id))


def numbers(reading: Reading) -> list[int]:
    return [item.edit.number for item in reading.items]


def sentences(reading: Reading) -> list[str]:
    return [excerpt.text.strip() for passage in reading.passages for excerpt in passage.excerpts]


def marks(reading: Reading) -> dict[str, int]:
    """What is struck or put in -> number of the proposal that wants it."""
    number_of = {str(edit.edit_id): edit.number for edit in (*(i.edit for i in reading.items), *reading.beside)}
    runs = [run for passage in reading.passages for excerpt in passage.excerpts for run in excerpt.node.runs]
    return {run.op.value[0] + run.rich.text: number_of[run.by[0]] for run in runs if run.op is not Op.KEEP}


def test_the_heaviest_grade_comes_first_and_then_the_text() -> None:
    paper = documents.paper(
        "Der Rat tagt oft, der Beirat berät ihn, und alle sind froh.",
        "Der Bund zahlt viel und gern mit.",
        "Das Land hilft heute und hier.",
        "Die Stadt baut.",
    )
    for old, new in (
        ("tagt", "ruht"), ("berät", "lobt"), ("viel", "wenig"), ("mit", "nie"), ("hilft", "stützt"), ("heute", "dann"),
        ("Stadt baut", "Gemeinde saniert und plant"), ("Die ", "Unsere "),
    ):  # fmt: skip
        proposals.change(paper, old, new)
    found = [(reading.grade, sorted(numbers(reading))) for reading in read(paper)]
    assert found == [
        (Grade.REWRITE, [7, 8]),
        (Grade.TOUCH, [5, 6]),
        (Grade.CLAUSE, [3, 4]),
        (Grade.SENTENCE, [1, 2]),
    ]


def test_a_sentence_is_shown_once_with_all_who_change_it() -> None:
    paper = documents.paper("Es eilt. Der Rat berät den Plan im Mai. Es dauert.")
    for old, new in (("Rat", "Beirat"), ("Plan", "Entwurf"), ("Mai", "Juni")):
        proposals.change(paper, old, new)
    (reading,) = read(paper)
    assert numbers(reading) == [1, 2, 3]
    assert sentences(reading) == ["Der Beirat berät den Entwurf im Juni."]
    assert marks(reading) == {"dRat": 1, "iBeirat": 1, "dPlan": 2, "iEntwurf": 2, "dMai": 3, "iJuni": 3}


def test_what_an_edit_changes_elsewhere_is_shown_too() -> None:
    paper = documents.paper("Der Rat berät den Plan. Es dauert.", "Der Rat dankt.")
    elsewhere = (*proposals.words(paper.words, "berät", "lobt"), *proposals.words(paper.words, "dankt", "ruht"))
    proposals.filed(paper, elsewhere)
    proposals.change(paper, "Plan", "Entwurf")
    (reading,) = read(paper)
    assert sentences(reading) == ["Der Rat lobt den Entwurf.", "Der Rat ruht."]


def test_what_was_agreed_stands_in_the_sentence_and_is_not_asked_again() -> None:
    paper = documents.paper("Der Rat berät den Plan.")
    agreed, _open = proposals.change(paper, "Rat", "Beirat"), proposals.change(paper, "Plan", "Entwurf")
    agree(paper, agreed)
    (reading,) = read(paper)
    assert (numbers(reading), [edit.number for edit in reading.beside]) == ([2], [1])
    assert sentences(reading) == ["Der Beirat berät den Entwurf."]


def test_an_amendment_and_its_proposal_are_one_reading_of_the_words_after_both() -> None:
    paper = documents.paper("Der Rat berät den Plan. Es dauert.")
    parent = proposals.change(paper, "den Plan", "den neuen Entwurf")
    proposals.change(paper, "neuen", "alten", parent_id=parent.id)
    (reading,) = read(paper)
    assert (reading.grade, sorted(numbers(reading))) == (None, [1, 2])
    assert sentences(reading) == ["Der Rat berät den alten Entwurf."]


def test_an_amendment_to_what_collides_is_read_in_the_wording_after_its_proposal() -> None:
    paper = documents.paper("Der Rat berät den Plan. Es dauert.")
    parent, _ = proposals.change(paper, "Plan", "neuen Entwurf"), proposals.change(paper, "Plan", "Haushalt")
    proposals.change(paper, "neuen", "alten", parent_id=parent.id)
    (reading,) = read(paper)
    assert (numbers(reading), [edit.number for edit in reading.beside]) == ([3], [1])
    assert [passage.parent_id for passage in reading.passages] == [parent.id]
    assert sentences(reading) == ["Der Rat berät den alten Entwurf."]


def test_an_edit_of_the_group_is_in_one_reading_and_others_are_in_none() -> None:
    paper = documents.paper("Der Rat berät den Plan. Der Beirat lobt ihn. Es dauert.", "Ende.")
    for old, new in (("berät", "prüft"), ("Plan. Der", "Plan, der"), ("lobt", "rügt"), ("dauert", "eilt")):
        proposals.change(paper, old, new)
    objected = proposals.change(paper, "Ende", "Schluss")
    take_position(paper.member, edit_id=proposals.edit_id(objected), stance="objection", reason="Nein.")
    desk = queries.merge_desk(paper.version.id)
    listed = [item.edit_id for reading in readings(desk) for item in reading.items]
    assert sorted(listed, key=str) == sorted((item.edit_id for item in desk.soft), key=str)
    assert len(listed) == 3
