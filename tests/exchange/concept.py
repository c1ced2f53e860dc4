"""A made-up concept with every kind of paragraph, wishes against it, and who wants them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from amendments.exchange.building import Words
from amendments.exchange.redlines import Paper, Person
from amendments.text import CELL, Content, Edit, Head, Kind, Mark, MarkName, Rich, Text, edits, merge, plain, text_of
from tests.exchange.test_tracked import bare

WHEN = datetime(2011, 11, 17, 18, 30, tzinfo=UTC)
BEIRAT = Person("Beirat (Ä 7)", WHEN, "Damit alle es verstehen.\nAuch später.")
AUSSCHUSS = Person("Sozialausschuss (Ä 9)", WHEN)


def row(*cells: str, header: bool = False) -> Content:
    attributes = (("header", "1"), ("table", "1")) if header else (("table", "1"),)
    return Content(Head(Kind.TABLE_ROW, 0, attributes), Rich(CELL.join(cells)))


def item(text: str, level: int = 1, **attributes: str) -> Content:
    return plain(text, Kind.LIST_ITEM, level, **({"list": "ordered"} | attributes))


SOURCE = (
    plain("Konzept", Kind.HEADING, 1),
    plain("Der Rat beschließt das Konzept. Es gilt ab sofort."),
    plain("Ziele", Kind.HEADING, 2),
    item("Teilhabe"),
    item("Sprache"),
    item("im Kindergarten", 2, numbering="a)"),
    item("in der Schule", 2, numbering="a)"),
    item("Arbeit", number="5."),
    item("Wohnen"),
    item("ein Punkt", list="bullet"),
    Content(Head(), Rich.of("Mehr steht hier und dort[1].", [
        Mark(5, 10, MarkName.STRONG), Mark(11, 15, MarkName.LINK, "https://example.org/konzept"),
        Mark(24, 27, MarkName.FOOTNOTE_REF, "1"),
    ])),
    row("Amt", "Aufgabe", header=True),
    row("Sozialamt", "Beratung"),
    row("Bauamt", "Wohnungen"),
    plain("Schluss."),
    plain("Beschluss vom Mai.", Kind.FOOTNOTE, label="1"),
)  # fmt: skip
BASE = text_of(SOURCE)


def at(words: str) -> int:
    return next(rank for rank, content in enumerate(SOURCE) if words in content.text)


def swap(old: str, new: str) -> tuple[edits.Hunk, ...]:
    paragraph = BASE[at(old)]
    start = paragraph.text.index(old)
    return edits.replace_words(paragraph, start, start + len(old), Rich(new))


WISHES = {
    "words": swap("ab sofort", "ab dem 1. Januar"),
    "paragraph struck": edits.delete(BASE[1]),
    "paragraph put in": edits.insert(BASE[2].identity, [plain("Neu."), plain("Noch eins.")]),
    "split": edits.split(BASE[1], SOURCE[1].text.index("Es gilt")),
    "joined": edits.join(BASE[at("Sprache")], BASE[at("Sprache") + 1], " "),
    "moved": edits.move([BASE[at("Schluss.")]], BASE[1].identity),
    "first item struck": edits.delete(BASE[at("Teilhabe")]),
    "item put in": edits.insert(BASE[at("Teilhabe")].identity, [item("Kultur")]),
    "a paragraph in a list": edits.insert(BASE[at("Teilhabe")].identity, [plain("Dazwischen.")]),
    "no item any more": edits.retype(BASE[at("Sprache")], Head()),
    "a heading now": edits.retype(BASE[at("Schluss.")], Head(Kind.HEADING, 3)),
    "words of a row": swap("Wohnungen", "Wohnraum"),
    "row struck": edits.delete(BASE[at("Bauamt")]),
    "row put in": edits.insert(BASE[at("Bauamt")].identity, [row("Schulamt", "Schulen")]),
    "table struck": tuple(hunk for name in ("Amt", "Sozialamt", "Bauamt") for hunk in edits.delete(BASE[at(name)])),
    "words of a footnote": swap("vom Mai", "vom Juni"),
    "behind everything": edits.insert(BASE[at("Schluss.")].identity, [plain("Ende.")]),
}

MANY = [
    Edit(name, WISHES[name])
    for name in ("words", "split", "moved", "item put in", "row put in", "words of a footnote", "words of a row")
]
"""By turns of the one and the other."""
OF_TWO = [Edit("a", WISHES["words"]), Edit("b", WISHES["item put in"])]
RIVALS = [Edit("a", swap("ab sofort", "ab dem 1. Januar")), Edit("b", swap("ab sofort", "nie"))]
SAID_OF_RIVALS = [
    (BEIRAT.name, "Widerspruch 1, Wortlaut: Der Rat beschließt das Konzept. Es gilt ab dem 1. Januar."),
    (AUSSCHUSS.name, "Widerspruch 1, Wortlaut: Der Rat beschließt das Konzept. Es gilt nie."),
]
"""Who the comments at the passage are of, and how they begin."""
LOOKS = Edit("e", edits.replace_words(BASE[1], 4, 7, Rich.of("Rat", [Mark(0, 3, MarkName.STRONG)])))
"""The same words, one of them strong."""


def paper(base: Text, wishes: list[Edit], people: tuple[Person, ...] = (BEIRAT, AUSSCHUSS)) -> Paper:
    merged = merge(base, wishes)
    by = {edit.id: rank % len(people) for rank, edit in enumerate(wishes)}
    return Paper(merged.redline.nodes, "alt", "neu", people, by, merged.collisions)


def told(contents: Iterable[Content]) -> Counter[str]:
    """How often each wording is there; a footnote stands at another place in a file."""
    return Counter(filter(None, map(cells, contents)))


def cells(content: Content) -> str:
    """The words as a file has them: no spaces at the ends of a cell, no paragraph without words."""
    found = []
    for cell in bare(content).split(CELL):
        words = Words()
        words.add(cell)
        found.append(words.rich().text)
    return CELL.join(found).strip(CELL)
