"""Several people in one passage: what each wants alone, and on what of the others' it is built."""

from __future__ import annotations

import pytest

from amendments.exchange.readers import read_returned
from amendments.exchange.returned import proposals_of, wanted_in
from amendments.exchange.returned.lost import TAKEN_BACK
from amendments.text import CELL, Edit, apply, text_of
from tests.exchange.changing import Line, Row, open_file, word_file

FIRST, LAST = "Der Rat beschließt.", "Die Stadt berichtet."
FILES = pytest.mark.parametrize(("write", "name"), [(word_file, "a.docx"), (open_file, "a.odt")], ids=["Word", "Open"])


def row(*cells: Line, changes: str = "") -> Row:
    return Row(cells, changes)


CASES: dict[str, tuple[list[Line | Row], dict[str, list[str]]]] = {
    "struck with all around it": (
        [["Er ", ("tagt ", "-K"), ("stets ", "+S -K"), ("im Rathaus ", "-K"), "in Landau."]],
        {"": ["Er tagt im Rathaus in Landau."], "S": ["Er tagt stets im Rathaus in Landau."], "K": ["Er in Landau."]},
    ),
    "put in between struck words": (
        [["Er ", ("tagt ", "-S"), ("und berät ", "+K"), ("im Rathaus ", "-S"), "in Landau."]],
        {
            "": ["Er tagt im Rathaus in Landau."],
            "S": ["Er in Landau."],
            "K": ["Er tagt und berät im Rathaus in Landau."],
        },
    ),
    "put in into a struck paragraph": (
        [[FIRST], [("Er tagt ", "-S"), ("oft ", "+K"), ("im Rathaus.", "-S"), ("", "-S")], [LAST]],
        {
            "": [FIRST, "Er tagt im Rathaus.", LAST],
            "S": [FIRST, LAST],
            "K": [FIRST, "Er tagt oft im Rathaus.", LAST],
        },
    ),
    "built on what is built": (
        [
            [
                "Er tagt ",
                ("im Mai", "+A"),
                (" und Juni", "+A -B"),
                (" und ", "+B"),
                ("Juli", "+B -C"),
                ("August", "+C"),
                ".",
            ]
        ],
        {
            "": ["Er tagt ."],
            "A": ["Er tagt im Mai und Juni."],
            "B": ["Er tagt im Mai und Juli."],
            "C": ["Er tagt im Mai und August."],
        },
    ),
    "struck later by whom it was written into": (
        [["Er tagt ", ("im Mai", "+A"), (" sehr", "+B -A"), (" gern", "+A"), "."]],
        {"": ["Er tagt ."], "A": ["Er tagt im Mai gern."], "B": ["Er tagt im Mai sehr gern."]},
    ),
    "a word in a new row": (
        [
            [FIRST],
            row(["Art"], ["Zahl"]),
            row([("Alte", "+S -K"), ("Neue", "+K")], [("120", "+S")], changes="+S"),
            [LAST],
        ],
        {
            "": [FIRST, f"Art{CELL}Zahl", LAST],
            "S": [FIRST, f"Art{CELL}Zahl", f"Alte{CELL}120", LAST],
            "K": [FIRST, f"Art{CELL}Zahl", f"Neue{CELL}120", LAST],
        },
    ),
    "a word in a new row that is not said to be new": (
        [[FIRST], row(["Art"], ["Zahl"]), row([("Alte", "+S")], [("12", "+S")], [("0", "+K")]), [LAST]],
        {
            "": [FIRST, f"Art{CELL}Zahl", LAST],
            "S": [FIRST, f"Art{CELL}Zahl", f"Alte{CELL}12{CELL}", LAST],
            "K": [FIRST, f"Art{CELL}Zahl", f"Alte{CELL}12{CELL}0", LAST],
        },
    ),
    "at the end of a new paragraph": (
        [[FIRST, ("", "+S")], [("Neu.", "+S"), (" Und mehr.", "+K")], [LAST]],
        {"": [FIRST, LAST], "S": [FIRST, "Neu.", LAST], "K": [FIRST, "Neu. Und mehr.", LAST]},
    ),
    "at the beginning of a new paragraph": (
        [[FIRST], [("Und mehr. ", "+K"), ("Neu.", "+S"), ("", "+S")], [LAST]],
        {"": [FIRST, LAST], "S": [FIRST, "Neu.", LAST], "K": [FIRST, "Und mehr. Neu.", LAST]},
    ),
    "a new paragraph behind another's": (
        [[FIRST, ("", "+S")], [("Neu.", "+S"), ("", "+K")], [("Eigenes.", "+K")], [LAST]],
        {"": [FIRST, LAST], "S": [FIRST, "Neu.", LAST], "K": [FIRST, "Eigenes.", LAST]},
    ),
    "a split beside new words": (
        [["Er tagt.", (" Oft.", "+K"), ("", "+S")], ["Er berät."]],
        {"": ["Er tagt.Er berät."], "S": ["Er tagt.", "Er berät."], "K": ["Er tagt. Oft.Er berät."]},
    ),
}


@FILES
@pytest.mark.parametrize("case", CASES)
def test_what_each_person_wants(write, name: str, case: str) -> None:
    parts, expected = CASES[case]
    read = read_returned(write(*parts), name)
    base = text_of(read.before.contents)
    assert [paragraph.text for paragraph in base] == expected[""]
    for wanted in wanted_in(base, read, name).wanted:
        (proposal,) = proposals_of(wanted, each_change=False)
        text = apply(base, [Edit(f"e{rank}", hunks) for rank, hunks in enumerate(proposal.edits)])
        assert [paragraph.text for paragraph in text] == expected[wanted.author], wanted.author


TAKEN: dict[str, tuple[list[Line | Row], list[str], list[str]]] = {
    "a new paragraph": ([[FIRST], [("Neu.", "+S -K"), ("", "+S -K")], [LAST]], ["Neu."], []),
    "one of two new paragraphs": (
        [[FIRST], [("Neu.", "+S -K"), ("", "+S -K")], [("Auch.", "+S"), ("", "+S")], [LAST]],
        ["Neu."],
        [],
    ),
    "new words": ([["Er ", ("stets ", "+S -K"), "tagt."]], ["stets"], []),
    "a new row": (
        [row(["Art"], ["Zahl"]), row([("Alte", "+S -K")], [("12", "+S -K")], changes="+S -K"), [LAST]],
        ["Alte | 12"],
        [],
    ),
    "new words, and something else": (
        [["Er ", ("stets ", "+S -K"), "tagt."], ["Sie ", ("berät", "-K"), ("berichtet", "+K"), "."]],
        ["stets"],
        ["Er tagt.", "Sie berichtet."],
    ),
}


@FILES
@pytest.mark.parametrize("case", TAKEN)
def test_who_strikes_what_another_wants_to_put_in_is_told_so(write, name: str, case: str) -> None:
    """And not that their proposal has both in it."""
    parts, words, expected = TAKEN[case]
    read = read_returned(write(*parts), name)
    base = text_of(read.before.contents)
    found = wanted_in(base, read, name)
    (wanted,) = [each for each in found.wanted if each.author == "K"]
    assert [(each.words, str(each.why)) for each in wanted.lost] == [(each, TAKEN_BACK) for each in words]
    proposals = proposals_of(wanted, each_change=False)
    hunks = [hunks for proposal in proposals for hunks in proposal.edits]
    text = apply(base, [Edit(f"e{rank}", each) for rank, each in enumerate(hunks)])
    assert [paragraph.text for paragraph in text if hunks] == expected
    assert found.notes == ()
