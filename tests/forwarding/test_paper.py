"""The paper as printed: the order of its form, every step that is printed, and no result that is not for the reader."""

from dataclasses import replace
from datetime import date

import pytest

from amendments.consultations import services as consulting
from amendments.consultations.queries import consultations_of
from amendments.consultations.rules import Vote, VoteKind
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import current_version
from amendments.documents.services import NewText
from amendments.exchange.vorlage import contents, lines, recognised
from amendments.forwarding.queries import paper_of
from amendments.web.actor import GUEST
from tests.consensus.publishing import agree, publish
from tests.factories import committees, consultations, documents, proposals
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


def test_it_names_the_version_of_each_step_and_the_one_it_has(case) -> None:
    """The main committee has recommended version 2; the second round of the first one has led to version 3."""
    paper, _ = case
    text = paper.document.texts[2]
    annexed = replace(paper, text=text, version=current_version(text.id))
    main = consultations.planned(paper, committees.committee(name="Hauptausschuss"), day=date(2011, 11, 29))
    second = consultations.planned(paper, day=date(2011, 12, 8))
    for step, old, new in ((main, "Ein Satz", "Ein langer Satz"), (second, "langer", "sehr langer")):
        agree(annexed, proposals.change(annexed, old, new))
        version = publish(annexed)
        consultations.noted(paper, step, versions={text.id: version.id}, vote=Vote(VoteKind.COUNTED, 8, 2, 1))
    printed = lines(paper_of(paper.member, paper.document))
    assert (
        "Hauptausschuss\t29.11.2011\tVorberatung\tmehrheitlich empfohlen (8 Ja, 2 Nein, 1 enthalten), Fassung 2"
        in printed
    )
    assert any("08.12.2011" in line and line.endswith("Fassung 3") for line in printed)
    assert "Konzept – Entwurf (Fassung 3)" in printed


def test_several_annexes_are_named_beside_their_versions() -> None:
    texts = [NewText("annex", title, documents.contents("Ein Satz.")) for title in ("Konzept", "Statistik")]
    paper = documents.paper(texts=texts)
    row = consultations.noted(paper, consultations.planned(paper, day=date(2011, 11, 17)))
    (line,) = [line for line in lines(paper_of(paper.member, paper.document)) if "17.11.2011" in line]
    assert line.endswith("Konzept: Fassung 1, Statistik: Fassung 1")
    assert row.result == "adopted"


def test_what_costs_money_is_listed_for_those_inside_with_place_and_state(case) -> None:
    paper, _ = case
    text = paper.document.texts[2]
    annexed = replace(paper, text=text, version=current_version(text.id))
    agreed = proposals.change(annexed, "Ein", "Kein", budget=True, title="Eine Stelle")
    refused = proposals.change(annexed, "Satz", "Wort", budget=True)
    proposals.change(annexed, "Satz.", "Satz!", budget=True, committee_id=paper.participant.id)
    proposals.change(annexed, "Ein", "Mein")
    agree(annexed, agreed)
    verdict = [Verdict(proposals.edit_id(refused), Outcome.REJECTED)]
    decisions.decide_edits(paper.moderator, version_id=annexed.version.id, verdicts=verdict)
    found = paper_of(paper.member, paper.document)
    assert [content.text for content in found.finances] == [
        "Haushaltswirksame Vorschläge:",
        f"1. Ä 1 „Eine Stelle“, {paper.member.name} (Zeile 1 der Fassung 1): angenommen",
        f"2. Ä 3, {paper.participant.name} (Zeile 1 der Fassung 1): offen",
    ]
    assert recognised(contents(found)).paper.finances == found.finances
    assert paper_of(GUEST, paper.document).finances == ()


def test_a_decided_paper_has_the_decided_version(case) -> None:
    paper, council = case
    text = paper.document.texts[2]
    annexed = replace(paper, text=text, version=current_version(text.id))
    first = {one.id: current_version(one.id).id for one in paper.document.texts}
    agree(annexed, proposals.change(annexed, "Ein", "Kein"))
    publish(annexed)
    rows = consultations_of([paper.document.id])[paper.document.id]
    step = next(row for row in rows if row.committee_ids == (council.id,))
    consultations.noted(paper, step, versions=first)
    assert "Konzept – Entwurf (Fassung 1)" in lines(paper_of(paper.member, paper.document))


def test_the_page_shows_it(client, session, case) -> None:
    paper, council = case
    session.commit()
    page = body(client.get(f"/documents/{paper.document.id}/paper"))
    for words in ("Sitzungsvorlage", "500-K", council.name, "Der Rat beschließt.", "Konzept – Entwurf (Fassung 1)"):
        assert words in page
    assert page.index("<h2>Beteiligtes Amt/Ämter</h2>") < page.index("<h2>Schlusszeichnung</h2>")
