"""The paper as printed: the order of its form, every step that is printed, and no result that is not for the reader."""

from datetime import date

import pytest

from amendments.consultations import services as consulting
from amendments.consultations.rules import Vote, VoteKind
from amendments.documents.queries import current_version
from amendments.documents.services import NewText
from amendments.exchange.vorlage import lines
from amendments.forwarding.queries import paper_of
from amendments.web.actor import GUEST
from tests.factories import committees, consultations, documents
from tests.workplaces.pages import body

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def case():
    texts = [
        NewText("resolution", "Beschlussvorschlag", documents.contents("Der Rat beschließt.")),
        NewText("reasons", "Begründung", documents.contents("Es ist an der Zeit.")),
        NewText("annex", "Konzept – Entwurf", documents.contents("Ein Satz.")),
    ]
    head = {"office": "Sozialamt", "reference": "500-K", "offices": "Hauptamt, BGM", "dated": date(2011, 11, 23)}
    paper = documents.paper(texts=texts, visibility="public", subject="Das Konzept", **head)
    council = committees.committee(kind="council", name="Stadtrat")
    consultations.planned(paper, council, role="decision", day=date(2011, 12, 13))
    row = consultations.planned(paper, day=date(2011, 11, 17), public=False)
    consultations.planned(paper, committees.committee(kind="working_group"), day=date(2011, 11, 22))
    consulting.note_result(
        paper.moderator,
        consultation_id=row.id,
        row_version=row.row_version,
        result="adopted",
        vote=Vote(VoteKind.COUNTED, 9, 0, 1),
        versions={text.id: current_version(text.id).id for text in paper.document.texts[2:]},
    )
    return paper, council


def test_the_paper_stands_in_the_order_of_its_form(case) -> None:
    paper, council = case
    printed = [line for line in lines(paper_of(paper.member, paper.document)) if line]
    result = f"{paper.participant.name}\t17.11.2011\tVorberatung\teinstimmig empfohlen bei 1 Enthaltung, Fassung 1"
    assert printed == [
        "Sitzungsvorlage",
        "Amt/Abteilung:\tAktenzeichen:",
        "Sozialamt\t500-K",
        "Datum:\t23.11.2011",
        "An\tDatum der Beratung\tZuständigkeit\tAbstimmungsergebnis",
        result,
        f"{council.name}\t13.12.2011\tEntscheidung\t",
        "Betreff:",
        "Das Konzept",
        "Beschlussvorschlag:",
        "Der Rat beschließt.",
        "Begründung:",
        "Es ist an der Zeit.",
        "Anlagen:",
        "Konzept – Entwurf (Fassung 1)",
        "Beteiligtes Amt/Ämter:",
        "Hauptamt, BGM",
    ]


def test_a_guest_reads_no_result_of_a_closed_sitting(case) -> None:
    paper, _ = case
    assert "einstimmig" not in "\n".join(lines(paper_of(GUEST, paper.document)))


def test_the_page_shows_it(client, session, case) -> None:
    paper, council = case
    session.commit()
    page = body(client.get(f"/documents/{paper.document.id}/paper"))
    for words in ("Sitzungsvorlage", "500-K", council.name, "Der Rat beschließt.", "Konzept – Entwurf (Fassung 1)"):
        assert words in page
