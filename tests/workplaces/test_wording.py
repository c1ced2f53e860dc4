"""From what was typed to hunks."""

import pytest

from amendments.errors import InvalidInput
from amendments.proposals import wording
from amendments.proposals.asking import Ask, hunks_of, number, split_places
from amendments.text import Content, Delete, Edit, Head, Kind, Mark, MarkName, Paragraph, Rich, apply, plain, text_of
from amendments.text.model import CELL

BASE = text_of(
    [
        plain("Sprache", Kind.HEADING, 1),
        plain("Die Stadt fördert den Erwerb. Sie stellt Räume bereit."),
        plain("Der Beirat berichtet."),
        plain(f"Kurse{CELL}12", Kind.TABLE_ROW, table="t"),
    ]
)
HEADING, FIRST, SECOND, ROW = (paragraph.identity for paragraph in BASE)


def after(**values: str) -> list[str]:
    hunks = hunks_of(BASE, Ask.of(values))
    return [paragraph.text for paragraph in apply(BASE, [Edit("own", hunks)])]


def test_a_rewritten_paragraph_reads_as_typed():
    assert (
        after(op="change", paragraph=SECOND, wording="Der Beirat berichtet jährlich.")[2]
        == "Der Beirat berichtet jährlich."
    )


def test_an_emptied_paragraph_is_struck():
    hunks = hunks_of(BASE, Ask.of({"op": "change", "paragraph": SECOND, "wording": "  \r\n"}))
    assert hunks == (Delete(SECOND, BASE[2].content),)


def test_nothing_typed_is_refused_beside_its_field():
    with pytest.raises(InvalidInput) as refused:
        after(op="change", paragraph=SECOND, wording="Der Beirat berichtet.")
    assert refused.value.field == "wording"


def test_line_breaks_of_a_text_area_are_no_change():
    with pytest.raises(InvalidInput):
        after(op="change", paragraph=SECOND, wording="Der Beirat\r\nberichtet.\r\n")


def test_a_blank_line_in_a_paragraph_is_explained():
    with pytest.raises(InvalidInput, match="Leerzeilen"):
        after(op="change", paragraph=SECOND, wording="Der Beirat.\n\nBerichtet.")


def test_only_the_sentences_that_were_chosen_are_offered_of_a_long_paragraph():
    long = Paragraph("p", Content(Head(), Rich("Ein Satz mit Worten. " * 60)))
    part = wording.stretch(long, 25, 30)
    assert long.text[part.start : part.end] == "Ein Satz mit Worten. "


def test_the_blank_behind_a_chosen_sentence_stays():
    paragraph = BASE[1]
    part = wording.Stretch(FIRST, 0, len("Die Stadt fördert den Erwerb. "))
    hunks = wording.rewritten(paragraph, part, "Die Stadt fördert Sprachen.")
    assert apply(BASE, [Edit("own", hunks)])[1].text == "Die Stadt fördert Sprachen. Sie stellt Räume bereit."


def test_new_words_inside_strong_words_are_strong():
    rich = Rich.of("Ein wichtiger Satz.", [Mark(0, 19, MarkName.STRONG)])
    base = (Paragraph("p", Content(Head(), rich)),)
    hunks = wording.change(base, wording.Stretch("p", 0, 19), "Ein sehr wichtiger Satz.")
    assert apply(base, [Edit("own", hunks)])[0].content.rich.marks == (Mark(0, 24, MarkName.STRONG),)


def test_a_row_is_changed_cell_by_cell():
    assert after(op="change", paragraph=ROW, **{"cell-0": "Kurse", "cell-1": "14"})[3] == f"Kurse{CELL}14"


def test_new_paragraphs_are_parted_by_blank_lines():
    assert after(op="insert", paragraph=SECOND, wording="Eins.\r\n\r\nZwei.")[3:5] == ["Eins.", "Zwei."]


def test_before_the_first_paragraph_is_a_place():
    assert after(op="insert", paragraph="", wording="Vorab.")[0] == "Vorab."


def test_a_split_leaves_no_blank_at_the_edge():
    offset = BASE[1].text.index("Sie")
    assert after(op="split", paragraph=FIRST, offset=str(offset))[1:3] == [
        "Die Stadt fördert den Erwerb.",
        "Sie stellt Räume bereit.",
    ]


def test_places_to_split_are_named_by_what_follows():
    assert split_places(BASE[1]) == ((30, "Sie stellt Räume bereit."),)


def test_joining_puts_a_blank_between():
    assert (
        after(op="join", paragraph=FIRST)[1]
        == "Die Stadt fördert den Erwerb. Sie stellt Räume bereit. Der Beirat berichtet."
    )


def test_the_last_paragraph_joins_with_nothing():
    with pytest.raises(InvalidInput, match="keiner"):
        after(op="join", paragraph=ROW)


def test_a_paragraph_moves_behind_another():
    assert after(op="move", paragraph=FIRST, after=SECOND)[1:3] == [BASE[2].text, BASE[1].text]


def test_two_paragraphs_become_one_with_both_rewritten():
    found = after(
        op="span",
        paragraph=FIRST,
        last=SECOND,
        together="1",
        **{"wording-0": "Die Stadt hilft.", "wording-1": "Er sagt es."},
    )
    assert found[1] == "Die Stadt hilft. Er sagt es."


def test_an_unknown_paragraph_is_a_sentence_and_not_an_error():
    with pytest.raises(InvalidInput, match="gibt es in dieser Fassung nicht"):
        after(op="delete", paragraph="nowhere")


@pytest.mark.parametrize("raw", [None, "", "-1", "1e3", "²", "9" * 30])
def test_odd_numbers_are_none(raw):
    assert number(raw) is None


def test_a_new_item_of_a_numbered_list_is_numbered_too():
    base = text_of([plain("Der Beirat berät.", Kind.LIST_ITEM, 2, list="ordered", number="3."), plain("Ende.")])
    asked = Ask.of({"op": "insert", "paragraph": base[0].identity, "wording": "Er berichtet.", "kind": "list_item"})
    found = apply(base, [Edit("own", hunks_of(base, asked))])
    assert found[1].content == plain("Er berichtet.", Kind.LIST_ITEM, 2, list="ordered")
