"""Rivals that a redline tells in comments are read back as what their people want, each with their reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from babel.messages.pofile import read_po
from hypothesis import assume, given

from amendments.exchange.readers import read_returned
from amendments.exchange.redlines import Person, write
from amendments.exchange.remarks import Remark
from amendments.exchange.returned import Fate, Found, account, proposals_of, wanted_in
from amendments.exchange.words import GERMAN, Speech
from amendments.text import Edit, Kind, Mark, MarkName, Rich, Text, apply, edits, merge, plain, text_of
from amendments.web.catalog import TRANSLATIONS
from benchmarks.round_trip import differing, paper_of
from tests.exchange.concept import BASE as TOWN
from tests.exchange.concept import item
from tests.text.strategies import PROMISE, bases_and_edits

WHEN = datetime(2011, 11, 17, 18, 30, tzinfo=UTC)
BASE = text_of(
    (
        plain("Ziele", Kind.HEADING, 1),
        plain("Der Rat beschließt das Konzept noch in diesem Jahr. Es gilt für fünf Jahre."),
        plain("Die Stadt fördert Sprachkurse in allen Ortsteilen."),
        item("Teilhabe"),
        item("Wohnen"),
        plain("Der Beirat berichtet jährlich."),
    ),
    "base",
)
PEOPLE = {
    "a": Person("Beirat (Ä 7)", WHEN, "Damit alle es verstehen.\n\nBegründung: „Es eilt, sagt der Rat.\nAuch später."),
    "b": Person("Amt für Jugend, Soziales (Ä 11)", WHEN),
    "c": Person("Sozialausschuss (Ä 9)", WHEN, "In Absatz 3 wird das Wort „Stadt“ gestrichen."),
}


def english() -> Speech:
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as words:
        catalogue = {message.id: message.string for message in read_po(words)}
    return Speech("en", lambda words: str(catalogue[words]))


def swap(old: str, new: str, base: Text = BASE) -> tuple[edits.Hunk, ...]:
    paragraph = next(each for each in base if old in each.text)
    start = paragraph.text.index(old)
    return edits.replace_words(paragraph, start, start + len(old), Rich(new))


def wished(**hunks: tuple[edits.Hunk, ...]) -> dict[str, list[Edit]]:
    """One edit of each person; several of one by a number behind the person's letter."""
    found: dict[str, list[Edit]] = {}
    for name, each in hunks.items():
        found.setdefault(name[0], []).append(Edit(name, each))
    return found


STRUCK, NEW = edits.delete(BASE[2]), edits.insert(BASE[2].identity, [plain("Neu: „was\n\nBegründung: fehlt“  steht.")])
RIVALS = {
    "two that cannot both stand": wished(a=swap("fünf", "zehn"), b=swap("fünf", "zwei")),
    "three": wished(a=swap("fünf", "zehn"), b=swap("fünf", "zwei"), c=swap("fünf Jahre", "immer")),
    "an order that is open": wished(a=NEW, c=edits.insert(BASE[2].identity, [plain("Anders.")])),
    "beside what is in the text": wished(
        a1=swap("fünf", "zehn"), a2=swap("jährlich", "oft"), a3=swap("Rat", "Stadtrat"), b=swap("fünf", "zwei")
    ),
    "two of one person at two places": wished(
        a1=swap("fünf", "zehn"), a2=STRUCK, b=swap("fünf", "zwei"), c=swap("fördert", "bezahlt")
    ),
    "one at two places": wished(
        a=(*swap("fünf", "zehn"), *STRUCK), b=swap("fünf", "zwei"), c=swap("fördert", "bezahlt")
    ),
    "two want the same, the third does not": wished(
        a=swap("fünf", "zehn"), c=swap("fünf", "zehn"), b=swap("fünf", "zwei")
    ),
    "a sentence said anew": wished(
        a=swap("Es gilt für fünf Jahre.", "„Immer“ gilt es - oder nie: Begründung: keine."), b=swap("fünf", "zwei")
    ),
    "struck, split, moved, of another kind": wished(
        a=edits.delete(BASE[1]), b=edits.split(BASE[1], BASE[1].text.index("Es gilt")), c=swap("fünf", "zwei")
    ),
    "moves": wished(a=edits.move([BASE[1]], BASE[5].identity), b=edits.move([BASE[1]], BASE[2].identity)),
    "kinds": wished(a=edits.retype(BASE[4], plain("").head), b=edits.retype(BASE[4], item("", 2).head)),
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", RIVALS)
def test_rivals_come_back_as_what_they_are(name: str, language: str, suffix: str) -> None:
    wishes = RIVALS[name]
    assert merge(BASE, [edit for own in wishes.values() for edit in own]).collisions
    people = {key: PEOPLE[key] for key in wishes}
    assert differing(BASE, wishes, people, suffix, GERMAN if language == "de" else english()) == []


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_rivals_that_come_back_as_they_left_still_wait(suffix: str) -> None:
    wishes = RIVALS["two of one person at two places"]
    data = write(paper_of(BASE, wishes, {key: PEOPLE[key] for key in wishes}), suffix)
    filed = {PEOPLE[key].name: own for key, own in wishes.items()}
    settled = account(BASE, filed, wanted_in(BASE, read_returned(data, f"a{suffix}"), f"a{suffix}"))
    assert {each.fate for each in settled.accounts} == {Fate.OPEN}
    assert not any(each.wishes or each.comments for each in settled.left)


@PROMISE
@given(bases_and_edits(fewest=2))
def test_whatever_collides_nobody_is_said_to_want_anything_else(case: tuple[Text, list[Edit]]) -> None:
    base, made = case
    assume(any(paragraph.text.strip(" #\n") for paragraph in base if paragraph.head.kind is not Kind.FOOTNOTE))
    people = {edit.id: Person(f"Gremium (Ä {rank})", WHEN, f"Grund {rank}") for rank, edit in enumerate(made, 1)}
    wishes = {edit.id: [edit] for edit in made}
    paper = paper_of(base, wishes, people)
    for suffix in (".docx", ".odt"):
        found = wanted_in(base, read_returned(write(paper, suffix), f"a{suffix}"), f"a{suffix}")
        if any(not each.tracked for each in found.wanted):
            continue  # read, the text is another one: then orders are carried out nowhere
        by_author = {each.author: each for each in found.wanted}
        for name in paper.orders:
            person = by_author.get(people[name].name)
            if person is not None and person.wishes:
                (proposal,) = proposals_of(person, each_change=False)
                got = apply(base, [Edit(f"n{rank}", hunks) for rank, hunks in enumerate(proposal.edits)])
                assert got == apply(base, wishes[name])
                assert proposal.reason == people[name].reason


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_rivals_about_a_footnote_are_told_and_come_back(suffix: str) -> None:
    wishes = wished(a=swap("vom Mai", "vom Juni", TOWN), b=swap("vom Mai", "vom März", TOWN))
    assert differing(TOWN, wishes, {key: PEOPLE[key] for key in wishes}, suffix) == []


ORDER = "Widerspruch 1: In Abschnitt „Ziele“ Absatz 1 Satz 2 wird das Wort „fünf“ durch das Wort „zehn“ ersetzt."


def found_in(*texts: str, base: Text = BASE, of: Text = BASE, author: str = "Beirat (Ä 7)") -> Found:
    """What is found against `base` in a file that holds the text `of`, the Beirat's tracked change in Absatz 3 and
    these comments.
    """
    tracked = {"a": [Edit("t", swap("jährlich", "oft", of))]}
    read = read_returned(write(paper_of(of, tracked, {"a": Person("Beirat (Ä 7)", WHEN)}), ".docx"), "a.docx")
    remarks = tuple(Remark(author, WHEN, text, 1, 0, 5) for text in texts)
    return wanted_in(base, replace(read, before=replace(read.before, remarks=remarks)), "a.docx")


def told(found: Found) -> tuple[list[list[str]], list[str], list[str]]:
    """What our version reads with each person's wishes, where that is otherwise; reasons; and comments."""
    proposals = [proposal for each in found.wanted for proposal in proposals_of(each, each_change=False)]
    read = []
    for proposal in proposals:
        new = apply(BASE, [Edit(f"n{rank}", hunks) for rank, hunks in enumerate(proposal.edits)])
        read.append([paragraph.text for paragraph in new if paragraph not in BASE])
    said = [remark.text for proposal in proposals for remark in proposal.comments]
    return read, [proposal.reason for proposal in proposals], said + [remark.text for remark in found.said]


OFT, TEN = "Der Beirat berichtet oft.", "Der Rat beschließt das Konzept noch in diesem Jahr. Es gilt für zehn Jahre."


def test_what_is_ordered_joins_what_the_same_person_wants_elsewhere_or_is_a_wish_of_its_own() -> None:
    assert told(found_in(f"{ORDER}\nBegründung: Es eilt.")) == ([[TEN, OFT]], ["Es eilt."], [])
    other = found_in(f"{ORDER}\nReason: Es eilt.", author="Seniorenbeirat")
    assert told(other) == ([[OFT], [TEN]], ["", "Es eilt."], [])
    assert [(each.name, each.hand.last) for each in other.wanted if each.hand][1] == ("Seniorenbeirat", WHEN)


@pytest.mark.parametrize(
    "comment",
    [
        ORDER.replace("fünf", "sieben"),
        ORDER.replace(" ersetzt.", " ersetzt, wenn es geht."),
        f"{ORDER}\nEs eilt.",
        f"{ORDER}\nHervorhebungen, Verweise und Fußnoten der neuen Wörter sind hier nicht zu sehen.",
        ORDER.replace("Widerspruch 1", "Widerspruch 1, Wortlaut"),
        ORDER.replace("Widerspruch 1: ", ""),
        ORDER.replace("zehn“", "zehn"),
        "Widerspruch 1: Abschnitt „Ziele“ Absatz 3 wird gestrichen.",
    ],
)
def test_what_cannot_be_carried_out_to_the_letter_stays_a_comment(comment: str) -> None:
    """The words are not there, it is more than orders, a wording that is not one, or in the way of another change of
    the same person.
    """
    assert told(found_in(comment)) == ([[OFT]], [""], [comment])


def test_orders_speak_of_our_version_alone() -> None:
    """Of a file that without its changes is another text nobody can tell which paragraph they mean."""
    other = text_of([*(paragraph.content for paragraph in BASE), plain("Und noch etwas.")], "base")
    reads, _, comments = told(found_in(ORDER, of=other))
    assert reads[0] == [OFT]
    assert comments == [ORDER]


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_of_new_words_that_look_otherwise_a_comment_says_that_it_does_not_show_it(suffix: str) -> None:
    """Carried out they would look like all others."""
    bold = edits.replace_words(BASE[1], 4, 7, Rich.of("Stadtrat", [Mark(0, 8, MarkName.STRONG)]))
    wishes = wished(a=bold, b=swap("Rat", "Kreis"))
    paper = paper_of(BASE, wishes, {key: PEOPLE[key] for key in wishes})
    found = wanted_in(BASE, read_returned(write(paper, suffix), f"a{suffix}"), f"a{suffix}")
    assert [each.name for each in found.wanted] == [PEOPLE["b"].name]
    (said,) = found.said
    assert (
        said.text.split("\n")[1] == "Hervorhebungen, Verweise und Fußnoten der neuen Wörter sind hier nicht zu sehen."
    )


def test_endless_orders_are_left_as_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading takes longer than by their length."""
    orders = [ORDER, "Widerspruch 2: In Abschnitt „Ziele“ Absatz 2 wird das Wort „Stadt“ gestrichen."]
    assert [len(each) for each in told(found_in(*orders, author="Seniorenbeirat"))[0]] == [1, 2]
    monkeypatch.setattr("amendments.exchange.returned.ordered.MOST", len(ORDER))
    reads, _, comments = told(found_in(*orders, author="Seniorenbeirat"))
    assert (reads[1], comments) == ([TEN], [orders[1]])
