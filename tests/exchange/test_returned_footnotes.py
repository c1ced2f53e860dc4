"""A footnote that somebody puts in or strikes is one wish; what follows from counting is nobody's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from amendments.exchange.imported import Imported
from amendments.exchange.readers import read_returned
from amendments.exchange.redlines import Paper, write
from amendments.exchange.remarks import Hand
from amendments.exchange.returned import Alone, Found, Returned, wanted_in
from amendments.text import (
    Content,
    Edit,
    Head,
    Kind,
    Mark,
    MarkName,
    Redline,
    Rich,
    Text,
    apply,
    plain,
    relations,
    text_of,
)
from tests.exchange.concept import paper

Said = tuple[str, str]
"""Words of a paragraph and of the footnote behind the first of them; "" for none."""
SAID = tuple((f"Absatz{n} steht hier mit weiteren Worten.", f"Quelle Nummer {n}.") for n in range(1, 5))
FIRST, SECOND = ("Anfang des Textes.", ""), ("Zweiter Absatz davor.", "")
NEW, OTHER = (FIRST[0], "Neue Quelle."), (SECOND[0], "Andere Quelle.")


def contents_of(said: Sequence[Said]) -> tuple[Content, ...]:
    """As a word processor counts them."""
    body: list[Content] = []
    notes: list[Content] = []
    for words, note in said:
        if not note:
            body.append(plain(words))
            continue
        label = str(len(notes) + 1)
        first, _, rest = words.partition(" ")
        sign = Mark(len(first), len(first) + len(label) + 2, MarkName.FOOTNOTE_REF, label)
        body.append(Content(Head(), Rich.of(f"{first}[{label}] {rest}", [sign])))
        notes.append(plain(note, Kind.FOOTNOTE, label=label))
    return (*body, *notes)


BASE_SAID = (FIRST, SECOND, *SAID)
BASE = text_of(contents_of(BASE_SAID), "base")


def wanted(**people: Sequence[Said]) -> Found:
    before = contents_of(BASE_SAID)
    read = Imported(before, format="docx", hands=tuple(Hand(name, 1) for name in people))
    alone = tuple(Alone(name, contents_of(said)) for name, said in people.items())
    return wanted_in(BASE, Returned(read, before, alone), "a.docx")


def edits_of(found: Found, seed: str = "") -> list[Edit]:
    return [Edit(f"{seed}{each.name} {n}", wish.hunks) for each in found.wanted for n, wish in enumerate(each.wishes)]


def read_in(text: Text) -> list[Said]:
    """Each paragraph with the note its sign leads to."""
    notes = {each.head.attribute("label"): each.text for each in text if each.head.kind is Kind.FOOTNOTE}
    assert len(notes) == sum(each.head.kind is Kind.FOOTNOTE for each in text)
    said = []
    for each in text:
        signs = [mark for mark in each.content.rich.marks if mark.name is MarkName.FOOTNOTE_REF]
        assert all(each.text[mark.start : mark.end] == f"[{mark.target}]" for mark in signs)
        words = each.text
        for mark in reversed(signs):
            words = words[: mark.start] + words[mark.end :]
        if each.head.kind is not Kind.FOOTNOTE:
            said.append((words, " ".join(notes[mark.target] for mark in signs)))
    return said


def test_one_put_in_before_others_is_one_wish_with_its_note() -> None:
    said = (NEW, SECOND, *SAID)
    found = wanted(Beirat=said)
    (edit,) = edits_of(found)
    assert len(edit.hunks) == 2
    assert read_in(apply(BASE, [edit])) == list(said)


def test_one_struck_before_others_is_one_wish_with_its_note() -> None:
    said = (FIRST, SECOND, (SAID[0][0], ""), *SAID[1:])
    (edit,) = edits_of(wanted(Beirat=said))
    assert len(edit.hunks) == 2
    assert read_in(apply(BASE, [edit])) == list(said)


def test_two_struck_are_two_wishes() -> None:
    said = (FIRST, SECOND, (SAID[0][0], ""), (SAID[1][0], ""), *SAID[2:])
    found = edits_of(wanted(Beirat=said))
    assert [len(edit.hunks) for edit in found] == [2, 2]
    assert read_in(apply(BASE, found)) == list(said)


def test_words_of_a_note_are_a_wish_of_their_own_beside_a_new_one() -> None:
    said = (NEW, SECOND, (SAID[0][0], "Quelle Nummer 17."), *SAID[1:])
    found = edits_of(wanted(Beirat=said))
    assert sorted(len(edit.hunks) for edit in found) == [1, 2]
    assert read_in(apply(BASE, found)) == list(said)


def test_two_people_with_a_footnote_each_do_not_meet_and_each_sign_leads_to_its_note() -> None:
    """In two files, so that neither knows of the other; both notes before the first one."""
    mine = edits_of(wanted(Beirat=(NEW, SECOND, *SAID)))
    theirs = edits_of(wanted(Amt=(FIRST, OTHER, *SAID)))
    assert relations(BASE, [*mine, *theirs]) == ()
    assert read_in(apply(BASE, [*mine, *theirs])) == [NEW, OTHER, *SAID]


def test_two_people_who_put_in_the_same_footnote_wish_for_the_same() -> None:
    """Of two files."""
    mine, theirs = (edits_of(wanted(**{name: (NEW, SECOND, *SAID)}))[0] for name in ("Beirat", "Amt"))
    assert mine.hunks == theirs.hunks


def test_two_people_in_one_file_put_in_and_strike() -> None:
    found = wanted(Beirat=(NEW, SECOND, *SAID), Amt=(FIRST, SECOND, (SAID[0][0], ""), *SAID[1:]))
    assert [len(each.wishes) for each in found.wanted] == [1, 1]
    assert read_in(apply(BASE, edits_of(found))) == [NEW, SECOND, (SAID[0][0], ""), *SAID[1:]]


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".md", ".html", ".txt"])
def test_a_text_with_a_new_footnote_among_counted_ones_comes_back_untouched(suffix: str) -> None:
    text = apply(BASE, edits_of(wanted(Beirat=(NEW, SECOND, *SAID))))
    data = write(Paper(Redline.of(text).nodes, "a", "a"), suffix)
    found = wanted_in(text, read_returned(data, f"a{suffix}", markdown=True), f"a{suffix}")
    assert [each.wishes for each in found.wanted] in ([], [()])


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
@pytest.mark.parametrize("said", [(NEW, SECOND, *SAID), (FIRST, SECOND, (SAID[0][0], ""), *SAID[1:])])
def test_a_redline_of_it_brings_the_same_wish(said: Sequence[Said], suffix: str) -> None:
    (edit,) = edits_of(wanted(Beirat=said))
    data = write(paper(BASE, [edit]), suffix)
    found = wanted_in(BASE, read_returned(data, f"a{suffix}"), f"a{suffix}")
    assert [set(each.hunks) for each in edits_of(found)] == [set(edit.hunks)]


def test_footnotes_with_the_same_words_are_told_apart_by_their_places() -> None:
    said = [(f"Satz{n} mit Worten, die anderswo nicht stehen.", "Ebd.") for n in range(3)]
    base = text_of(contents_of(said), "base")
    new = contents_of([(said[0][0], ""), *said[1:]])
    found = wanted_in(base, Returned(Imported(new, format="docx"), new), "a.docx")
    assert read_in(apply(base, edits_of(found))) == [(said[0][0], ""), *said[1:]]
    assert len(edits_of(found)) == 1
