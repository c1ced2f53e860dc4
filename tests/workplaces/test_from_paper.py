"""A Sitzungsvorlage as a file becomes a document with its texts and its Beratungsfolge."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from amendments.consultations.queries import consultations_of
from amendments.consultations.rules import Result, VoteKind
from amendments.documents.models import Document
from amendments.documents.queries import current_version, document_for, load_text
from amendments.exchange.vorlage import Paper, PlannedConsultation, Role, lines
from amendments.forwarding.queries import paper_of
from amendments.people.models import Account
from amendments.workplaces.from_paper import result_of, step_rows
from tests.factories import committees
from tests.workplaces.pages import as_, body

pytestmark = pytest.mark.one_engine

SEED = Path(__file__).parents[3] / "shared" / "seed"
URL = "/documents/from-paper"
PAPER = """Sitzungsvorlage

Amt: Sozialamt
Aktenzeichen: 50-7
Datum: 23.11.2011

An:\tDatum der Beratung\tZuständigkeit\tAbstimmungsergebnis
Beirat für Integration\t17.11.2011\tVorberatung\teinstimmig bei 1 Enthaltung
Stadtrat\t13.12.2011\tEntscheidung\t

Betreff:

Satzung über den Beirat

Beschlussvorschlag:

Der Stadtrat beschließt die Satzung.

Begründung:

1. Anlass

Der Beirat braucht eine Satzung.

Anlagen:

Satzung
"""


@pytest.fixture
def town(session):
    """A moderator, and the bodies the paper names."""
    lead = committees.committee(name="Steuerungsgruppe", kind="steering_group")
    board = committees.committee(name="Beirat für Integration", kind="advisory_board")
    council = committees.committee(name="Stadtrat", kind="council")
    session.commit()
    return committees.somebody(lead, "moderator"), lead, board, council


def sent(data, name="vorlage.txt", **form):
    return {"file": (BytesIO(data), name), "action": "preview"} | form


def head(page):
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    fields |= {name: value for value, name in re.findall(r'value="([^"]*)"[^>]* name="(\w+)"', page)}
    return {name: value for name, value in fields.items() if name not in {"csrf_token", "action", "visibility"}}


def made(session, actor):
    return document_for(actor, session.scalars(sa.select(Document.id)).one())


def test_a_paper_is_read_shown_corrected_and_made(client, session, town) -> None:
    moderator, lead, board, council = town
    browser = as_(client, session, moderator)
    page = body(browser.send(URL, sent(PAPER.encode())))
    fields = head(page)
    assert (fields["title"], fields["reference"], fields["office"]) == ("Satzung über den Beirat", "50-7", "Sozialamt")
    assert f'<option value="{board.id}" selected>' in page
    assert f'<option value="{council.id}" selected>' in page
    assert "Der Beirat braucht eine Satzung." in page
    form = fields | {
        "title": "Satzung des Beirats",
        "lead_committee_id": lead.id,
        "visibility": "committee",
        "committee-0": board.id,
        "committee-1": council.id,
        "action": "create",
    }
    answer = browser.send(URL, form)
    assert answer.status_code == 303, body(answer)
    document = made(session, moderator)
    assert answer.location == f"/documents/{document.id}/texts/new"
    assert (document.title, document.subject, document.dated) == (
        "Satzung des Beirats",
        "Satzung über den Beirat",
        date(2011, 11, 23),
    )
    assert {text.role: [p.text for p in load_text(current_version(text.id))] for text in document.texts} == {
        "resolution": ["Der Stadtrat beschließt die Satzung."],
        "reasons": ["1. Anlass", "Der Beirat braucht eine Satzung."],
    }
    first, second = consultations_of([document.id])[document.id]
    assert (first.committee_ids, first.day, first.role) == ((board.id,), date(2011, 11, 17), Role.PREPARATION)
    assert (first.outcome, first.vote.kind, first.remark) == (
        Result.ADOPTED,
        VoteKind.UNANIMOUS,
        "einstimmig bei 1 Enthaltung",
    )
    assert (second.committee_ids, second.role, second.outcome) == ((council.id,), Role.DECISION, None)
    assert document.participant_ids == {board.id, council.id}


def test_a_row_nobody_knows_is_chosen_or_left_out(client, session, town) -> None:
    moderator, lead, _board, council = town
    browser = as_(client, session, moderator)
    data = PAPER.replace("Beirat für Integration", "Bauausschuss").encode()
    page = body(browser.send(URL, sent(data)))
    assert f'<option value="{council.id}" selected>' in page
    assert page.count(" selected>") == 1
    form = head(page) | {"lead_committee_id": lead.id, "visibility": "committee", "action": "create"}
    answer = browser.send(URL, form | {"committee-0": "none", "committee-1": council.id})
    assert answer.status_code == 303, body(answer)
    document = made(session, moderator)
    assert [step.committee_ids for step in consultations_of([document.id])[document.id]] == [(council.id,)]


@pytest.mark.skipif(not SEED.is_dir(), reason="the founding paper (../shared/seed) is not there")
def test_the_founding_paper_becomes_a_document_with_its_seven_rows(client, session, town) -> None:
    moderator, lead, board, council = town
    (path,) = SEED.glob("*.txt")
    browser = as_(client, session, moderator)
    page = body(browser.send(URL, sent(path.read_bytes(), path.name)))
    assert page.count('name="committee-') == 7
    assert "Integrationskonzept - Entwurf" in page
    form = head(page) | {"lead_committee_id": lead.id, "visibility": "committee", "action": "create"}
    rows = {f"committee-{number}": board.id for number in range(6)} | {"committee-6": council.id}
    assert browser.send(URL, form | rows).status_code == 303
    document = made(session, moderator)
    assert document.title == "Integrationskonzept der Stadt Landau in der Pfalz"
    assert len(consultations_of([document.id])[document.id]) == 7
    printed = [line for line in lines(paper_of(moderator, document)) if line]
    assert printed[1:4] == ["Amt/Abteilung:\tAktenzeichen:", "Sozialamt\t500-Integrationskonzept", "Datum:\t23.11.2011"]
    assert printed[-2:] == ["Beteiligtes Amt/Ämter:", "Hauptamt, BGM"]
    reading = body(browser.get(f"/documents/{document.id}/texts/{document.texts[0].id}"))
    assert "<li>Sozialamt</li>" in reading, "who brought it in stands beside its title"


def test_another_file_than_a_paper_is_refused_in_one_sentence(client, session, town) -> None:
    answer = as_(client, session, town[0]).send(URL, sent(b"Nur ein Text."))
    assert answer.status_code == 400
    assert "ist keine Sitzungsvorlage zu erkennen" in body(answer)


def test_who_may_not_bring_in_documents_may_not_by_a_paper(client, session, town) -> None:
    member = committees.somebody(town[1])
    assert as_(client, session, member).send(URL, sent(PAPER.encode())).status_code == 403


def test_a_refused_title_keeps_everything(client, session, town) -> None:
    moderator, lead, board, council = town
    browser = as_(client, session, moderator)
    form = head(body(browser.send(URL, sent(PAPER.encode()))))
    form |= {"title": "", "lead_committee_id": lead.id, "visibility": "committee", "action": "create"}
    answer = browser.send(URL, form | {"committee-0": council.id, "committee-1": board.id})
    assert answer.status_code == 400
    again = body(answer)
    assert "Bitte geben Sie der Vorlage einen Titel." in again
    assert session.scalars(sa.select(Document)).all() == []
    first = again[again.index('id="committee-0"') : again.index('id="committee-1"')]
    assert f'<option value="{council.id}" selected>' in first
    assert session.get(Account, moderator.account_id) is not None


UNFIT = """Hauptausschuss\t17.11.2011\tVorberatung\t9 Ja, 2 Nein
Beirat für Integration\t17.11.2011\tVorberatung\t30 Ja, 2 Nein
Beirat für Integration\t24.11.2099\tVorberatung\teinstimmig
Stadtrat\t13.12.2011\tEntscheidung\teinstimmig beschlossen
Stadtrat\t14.12.2011\tEntscheidung\tsiehe Niederschrift
"""
SAID = (
    "Zeile 2: So viele Mitglieder gibt es nicht: Angegeben sind 32, die gesetzliche Zahl ist 7; das Ergebnis",
    "Zeile 3: Diese Beratung ist erst am 24.11.2099; vorher kann sie kein Ergebnis haben; das Ergebnis",
    "Zeile 4: Damit wäre die Vorlage beschlossen, und welche Fassung, steht nicht dabei; das Ergebnis",
)


def test_results_that_break_a_rule_are_said_before_and_left_out_alone(client, session, town) -> None:
    moderator, lead, board, _council = town
    board.legal_number = 7
    committees.committee(name="Hauptausschuss")
    session.commit()
    browser = as_(client, session, moderator)
    start, end = PAPER.index("Beirat für Integration\t"), PAPER.index("Betreff")
    data = (PAPER[:start] + UNFIT + "\n" + PAPER[end:]).encode()
    page = body(browser.send(URL, sent(data)))
    for words in SAID:
        assert f"<li>{words} bitte am Beratungsschritt nachtragen.</li>" in page
    assert page.count("nachtragen") == len(SAID)
    form = head(page) | {"lead_committee_id": lead.id, "visibility": "committee", "action": "create"}
    answer = browser.send(URL, form)
    assert answer.status_code == 303, body(answer)
    after = body(browser.get(answer.location))
    for words in SAID:
        assert f"<p>{words} bitte am Beratungsschritt nachtragen.</p>" in after
    document = made(session, moderator)
    steps = sorted(consultations_of([document.id])[document.id], key=lambda step: step.rank)
    assert [(step.outcome, step.vote.yes) for step in steps] == [(Result.ADOPTED, 9), *[(None, None)] * 4]
    assert [step.remark for step in steps] == [row.split("\t")[3] for row in UNFIT.splitlines()]
    assert document.closed_at is None
    assert len(document.texts) == 2


def test_saying_what_is_left_out_takes_no_more_statements_for_more_rows(app, town, count_queries) -> None:
    row = PlannedConsultation("Beirat für Integration", date(2011, 11, 17), Role.PREPARATION, "30 Ja, 2 Nein")
    known = town[1:]

    def needed(number):
        with app.test_request_context(), count_queries() as statements:
            step_rows(Paper(consultations=(row,) * number), known, {})
        return len(statements)

    needed(1)  # reads the committees anew that the fixture has committed
    assert 0 < needed(2) == needed(40)


@pytest.mark.parametrize(
    ("words", "result", "kind"),
    [
        ("", None, VoteKind.NONE),
        ("siehe Niederschrift", None, VoteKind.NONE),
        ("zur Kenntnis genommen", Result.NOTED, VoteKind.NONE),
        ("einstimmig", Result.ADOPTED, VoteKind.UNANIMOUS),
        ("mehrheitlich beschlossen", Result.ADOPTED, VoteKind.MAJORITY),
        ("mehrheitlich abgelehnt", Result.REJECTED, VoteKind.MAJORITY),
        ("ohne Widerspruch angenommen", Result.ADOPTED, VoteKind.WITHOUT_OBJECTION),
        ("17 Ja, 3 Nein, 6 Enthaltungen", Result.ADOPTED, VoteKind.COUNTED),
        ("3 Ja, 17 Nein", Result.REJECTED, VoteKind.COUNTED),
        ("empfohlen", Result.ADOPTED, VoteKind.NONE),
        (f"beschlossen mit {'9' * 5_000} Ja", Result.ADOPTED, VoteKind.NONE),
    ],
)
def test_what_a_printed_result_says(words, result, kind) -> None:
    found, vote = result_of(words)
    assert (found, vote.kind) == (result, kind)
