"""One paper of every kind, as small as shows what it has to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from amendments.exchange.instructions import Instructions
from amendments.exchange.pdf.book import BookProposal, ProposalBook, book_pdf
from amendments.exchange.pdf.clean import CleanText, clean_pdf
from amendments.exchange.pdf.passages import Passage
from amendments.exchange.pdf.redline import redline_pdf
from amendments.exchange.pdf.synopsis import Synopsis, SynopsisColumn, SynopsisRow, synopsis_pdf
from amendments.exchange.pdf.vorlage import vorlage_pdf
from amendments.exchange.pdf.voting import Rival, VotingItem, VotingOrder, voting_pdf
from amendments.exchange.redlines import Paper
from amendments.exchange.returned import Tally
from amendments.exchange.vorlage import Paper as Vorlage
from amendments.exchange.vorlage import PlannedConsultation, Role, Section
from amendments.text import Edit, Kind, literal_content, merge, plain
from tests.exchange.concept import AUSSCHUSS, BASE, BEIRAT, SOURCE, WISHES, paper, swap

WORDS = Edit("words", WISHES["words"])
ITEM = Edit("item", WISHES["item put in"])
MOVED = Edit("moved", WISHES["moved"])
RIVAL = Edit("rival", swap("ab sofort", "nie"))


def whole_redline() -> Paper:
    """Every kind of change at once, what collides among them, and all that is said around a redline."""
    found = paper(BASE, [*(Edit(name.replace(" ", "-"), wish) for name, wish in WISHES.items()), RIVAL])
    tallies = (Tally("Beirat (Ä 7)", "rückgabe_1.docx", 5, 3, 1, 0, 1), Tally("Ausschuss", "b.docx", 4, 4, 0, 2, 0))
    return replace(found, lines=tallies, soft=("Der Satz „Es gilt“ ist zu lesen.",), notes=("Zwei Dateien.",))


def clean() -> CleanText:
    return CleanText("Konzept", SOURCE, ("Fassung 3 vom 1. März 2012",))


def literal() -> CleanText:
    contents = tuple(map(literal_content, ("# Konzept", "Erste Zeile.\nZweite Zeile.", "## Ziele", "1. Teilhabe")))
    return CleanText("Konzept", contents, numbered=False)


def synopsis() -> Synopsis:
    redlines = [merge(BASE, wishes).redline for wishes in ([WORDS, ITEM], [RIVAL, MOVED])]
    people = ((BEIRAT,), (AUSSCHUSS,))
    columns = tuple(
        SynopsisColumn(person.name, redline.nodes, (person,), dict.fromkeys(("words", "item", "rival", "moved"), 0))
        for redline, (person,) in zip(redlines, people, strict=True)
    )
    return Synopsis("Synopse: Konzept", "Entwurf", SOURCE, columns, tuple(rows(columns)))


def rows(columns: tuple[SynopsisColumn, ...]) -> list[SynopsisRow]:
    """As the synopsis of the page lays them out: what was put in stands behind the paragraph before it."""
    at: dict[tuple[int, bool], list[list[int]]] = {}
    for number, column in enumerate(columns):
        rank = -1
        for index, node in enumerate(column.nodes):
            rank += node.has_old and node.starts_old
            at.setdefault((rank, not node.has_old), [[] for _ in columns])[number].append(index)
    return [SynopsisRow(*place, tuple(map(tuple, cells))) for place, cells in sorted(at.items())]


def vorlage() -> Vorlage:
    return Vorlage(
        kind="Sitzungsvorlage",
        office="Sozialamt",
        reference="500-Integrationskonzept",
        dated=date(2011, 11, 23),
        consultations=(
            PlannedConsultation("Beirat für Migration und Integration", date(2011, 11, 17), Role.PREPARATION),
            PlannedConsultation("Stadtrat", date(2011, 12, 13), Role.DECISION, "einstimmig"),
        ),
        subject="Integrationskonzept der Stadt",
        resolution=(plain("Der Stadtrat beschließt das beigefügte Integrationskonzept."),),
        reasons=(
            Section(
                "1.", "Anlass", (plain("Der Stadtrat hat ein Konzept beauftragt."), plain("Mehr", Kind.HEADING, 3))
            ),
            Section("2.", "Weiteres Vorgehen", (plain("Der Beirat befasst sich damit."),)),
        ),
        annexes=("Konzept – Entwurf",),
        offices=("Hauptamt", "BGM"),
    )


def passage(edit: Edit, place: str, lines: tuple[int, int]) -> Passage:
    said = Instructions(BASE).say(edit.hunks)
    return Passage(place, lines, said, merge(BASE, [edit]).redline.nodes)


def book() -> ProposalBook:
    two = (passage(ITEM, "Ziele", (4, 4)), passage(MOVED, "Ziele", (15, 15)))
    return ProposalBook(
        "Vorschläge zum Konzept",
        (
            BookProposal("Ä 7", "Beirat", (passage(WORDS, "Konzept", (2, 2)),), "Frist", "Konzept", ("Änderung",),
                         "Damit alle es verstehen.\n\nAuch später."),
            BookProposal("Ä 9", "Sozialausschuss", two, under="Ziele", facts=("Ergänzung", "haushaltswirksam")),
        ),
        ("Stand 22. November 2011",),
    )  # fmt: skip


def voting() -> VotingOrder:
    rivals = (
        Rival(
            "Ä 9",
            "Sozialausschuss",
            (passage(RIVAL, "Konzept", (2, 2)),),
            reason="Vor dem nächsten, denn er ist früher.",
        ),
        Rival("Ä 7", "Beirat", (passage(WORDS, "Konzept", (2, 2)),), "Frist", ("haushaltswirksam",)),
    )
    alone = VotingItem("2", "Kultur", (Rival("Ä 8", "Beirat", (passage(ITEM, "Ziele", (4, 4)),), state="angenommen"),))
    first = VotingItem("1", "Beginn der Geltung", rivals, ("Der weitergehende Vorschlag zuerst.",))
    bloc = VotingItem("3", "Gemeinsam", (Rival("Ä 4", "Beirat", (passage(MOVED, "Ziele", (15, 15)),)),), together=True)
    return VotingOrder("Abstimmungsfolge", (first, alone, bloc), ("Gemeinsame Sitzung am 22. November 2011",))


WRITERS: dict[str, tuple[Callable[..., bytes], Callable[[], object]]] = {
    "redline": (redline_pdf, whole_redline),
    "clean": (clean_pdf, clean),
    "literal": (clean_pdf, literal),
    "synopsis": (synopsis_pdf, synopsis),
    "vorlage": (vorlage_pdf, vorlage),
    "book": (book_pdf, book),
    "voting": (voting_pdf, voting),
}


def made(name: str) -> bytes:
    writer, values = WRITERS[name]
    return writer(values())
