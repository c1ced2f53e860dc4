"""Tables, dates, news and what programs read, over HTTP: what is in them, for whom, under which name."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

import openpyxl
import pytest
from icalendar import Calendar
from lxml import etree
from sqlalchemy import select

from amendments.consultations import services as consulting
from amendments.consultations.rules import Vote, VoteKind
from amendments.consultations.services import Plan
from amendments.decisions import services as deciding
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import current_version, document_for
from amendments.documents.services import NewText
from amendments.proposals.models import Proposal
from amendments.proposals.services import withdraw_proposal
from amendments.text import edits, plain, text_of
from amendments.web import clock
from amendments.workplaces.table import wordings
from benchmarks.akoma_reader import NAMESPACE, faults, read
from tests.consensus.publishing import agree, publish
from tests.factories import committees, consultations, documents, proposals
from tests.workplaces.pages import as_, text_url
from tests.workplaces.test_excluded_elsewhere import kept_out

pytestmark = pytest.mark.one_engine
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def paper(session):
    """Public; two proposals are decided, one has two passages, one amends another, one is withdrawn, one a draft."""
    paper = documents.paper(visibility="public", title="Integrationskonzept")
    chair = committees.somebody(paper.participant, "chair")
    first = proposals.change(
        paper, "jährlich", "halbjährlich", title="Öfter", reason="=Zu selten", budget=True, actor=chair,
        committee_id=paper.participant.id,
    )  # fmt: skip
    words = paper.words
    second = proposals.filed(paper, proposals.words(words, "eng", "gut"), proposals.insert(words, -1, "Vorab."))
    proposals.change(paper, "halbjährlich", "oft", parent_id=first.id)
    gone = proposals.change(paper, "Räume", "Säle")
    withdraw_proposal(paper.member, proposal_id=gone.id)
    agree(paper, first)
    verdicts = [Verdict(proposals.edit_id(second), Outcome.REJECTED)]
    deciding.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=verdicts)
    session.commit()
    return paper


@pytest.fixture
def member(client, session, paper):
    return as_(client, session, paper.member)


def url(paper, rest):
    return f"/documents/{paper.document.id}/{rest}"


def table(response):
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline=""), delimiter=";"))


def found(data, path):
    return etree.fromstring(data).findall(path.replace("{}", NAMESPACE))


# --- proposals


def test_the_table_has_a_row_for_each_passage(member, paper) -> None:
    rows = table(member.get(url(paper, "proposals.csv")))
    assert [(row["Nummer"], row["Textstelle"], row["Stand"]) for row in rows] == [
        ("1", "", "angenommen"), ("2", "1 von 2", "offen"), ("2", "2 von 2", "offen"), ("3", "", "offen"),
        ("4", "", "zurückgezogen"),
    ]  # fmt: skip
    first, struck, added, amending, _ = rows
    assert first["Gremium"] == paper.participant.name
    assert (first["Begründung"], first["haushaltswirksam"]) == ("'=Zu selten", "ja")
    assert (first["Stelle"], first["Zeilen"], first["Fassung"]) == ("Absatz 3", "3", "1")
    assert first["Bisheriger Wortlaut"] == "Der Beirat berichtet jährlich über seine Arbeit."
    assert first["Neuer Wortlaut"] == "Der Beirat berichtet halbjährlich über seine Arbeit."
    assert first["Änderungsbefehl"].endswith("wird das Wort „jährlich“ durch das Wort „halbjährlich“ ersetzt.")
    assert (first["Beschluss"], first["Beschließendes Gremium"]) == ("angenommen", paper.lead.name)
    assert first["Beschlossen am"] == first["Eingereicht am"] == clock.today().isoformat()
    assert (struck["Beschluss"], added["Beschluss"]) == ("abgelehnt", "")
    assert (added["Stelle"], added["Bisheriger Wortlaut"], added["Neuer Wortlaut"]) == ("am Anfang", "", "Vorab.")
    assert amending["Bisheriger Wortlaut"] == first["Neuer Wortlaut"]


def test_paragraphs_that_stay_are_in_neither_wording() -> None:
    text = text_of([plain("Eins."), plain("Zwei."), plain("Drei.")])
    between = edits.insert(text[0].identity, [plain("Neu.")])
    assert wordings(text, between) == ("", "Neu.")
    assert wordings(text, edits.join(text[0], text[1], " ")) == ("Eins.\nZwei.", "Eins. Zwei.")


def test_the_sheet_says_the_same_as_the_file_for_excel(member, paper) -> None:
    response = member.get(url(paper, "proposals.xlsx"))
    head, *rows = openpyxl.load_workbook(io.BytesIO(response.get_data())).active.values
    filed = head.index("Eingereicht am")
    assert {row[filed].date() for row in rows} == {clock.today()}
    told = table(member.get(url(paper, "proposals.csv")))
    assert [[str(cell or "") for cell in row] for row in rows if row[0] == 4] == [
        [cell if name != "Eingereicht am" else f"{cell} 00:00:00" for name, cell in told[-1].items()]
    ]


def test_votes_and_other_committees_stand_beside(client, session) -> None:
    paper = documents.paper()
    row = proposals.change(paper, "jährlich", "oft")
    step = consultations.planned(paper)
    session.commit()
    decided = {"version_id": paper.version.id, "verdicts": [Verdict(proposals.edit_id(row), Outcome.AGREED)]}
    counted = Vote(VoteKind.COUNTED, 3, 1, 1)
    chair = committees.somebody(paper.participant, "chair")
    deciding.decide_edits(chair, **decided, vote=counted, consultation_id=step.id)
    session.commit()
    (found_,) = table(as_(client, session, paper.member).get(url(paper, "proposals.csv")))
    assert found_["Andere Gremien"] == f"{paper.participant.name}: angenommen, 3 Ja, 1 Nein, 1 Enthaltung"


def test_who_is_excluded_finds_nothing_of_it_in_any_file(client, session, paper) -> None:
    person = committees.somebody(paper.participant)
    first = session.scalars(
        select(Proposal).where(Proposal.document_id == paper.document.id, Proposal.number == 1)
    ).one()
    kept_out(paper, person, first)
    browser = as_(client, session, person)
    assert {row["Nummer"] for row in table(browser.get(url(paper, "proposals.csv")))} == {"2", "4"}
    assert "halbjährlich" not in browser.get(url(paper, "amendments.xml")).text


def test_proposals_on_a_text_for_few_are_not_in_the_table_of_others(client, session) -> None:
    texts = [NewText("annex", name, documents.contents(name)) for name in ("Offen", "Geheim")]
    paper = documents.paper(texts=texts)
    secret = paper.document.texts[1]
    secret.visibility = "restricted"
    version = current_version(secret.id)
    wish = proposals.words(documents.queries.load_text(version), "Geheim", "Geheimer")
    proposals.filed(paper, wish, actor=paper.moderator, version=version)
    session.commit()
    assert table(as_(client, session, paper.member).get(url(paper, "proposals.csv"))) == []
    assert len(table(as_(client, session, paper.moderator).get(url(paper, "proposals.csv")))) == 1


@pytest.mark.parametrize("file", ["proposals.csv", "amendments.xml"])
def test_the_number_of_statements_does_not_grow_with_the_proposals(member, paper, session, count_queries, file) -> None:
    member.get(url(paper, file))
    with count_queries() as few:
        member.get(url(paper, file))
    for number in range(5):
        proposals.change(paper, "Kindertagesstätten", f"Kitas {number}")
    session.commit()
    with count_queries() as many:
        member.get(url(paper, file))
    assert len(many) == len(few)


def test_the_list_of_amendments_is_valid_and_says_what_became_of_each(member, paper) -> None:
    data = member.get(url(paper, "amendments.xml")).get_data()
    assert faults(data) == []
    said = ["".join(each.itertext()) for each in found(data, ".//{}amendmentHeading/{}p[2]")]
    assert [words.rsplit("(", 1)[1] for words in said] == ["angenommen)", "offen)", "offen)", "zurückgezogen)"]
    assert said[2].startswith("Änderungsvorschlag zu Ä 1, ")
    assert len(found(data, ".//{}mod")) == len(found(data, ".//{}activeModifications/{}textualMod")) == 5


def test_the_list_is_german_whoever_fetches_it(member, paper) -> None:
    data = member.get(url(paper, "amendments.xml"), headers={"Accept-Language": "en"}).text
    assert "Änderungsvorschlag" in data
    assert member.get(url(paper, "proposals.csv?lang=en")).text.startswith("\ufeffNumber;")


# --- texts


def test_a_version_and_the_redline_between_two_are_valid_and_read_as_they_are(client, session, paper) -> None:
    new = publish(paper)
    session.commit()
    file = text_url(paper, "/akoma-ntoso.xml")
    text = [(paragraph.identity, paragraph.text) for paragraph in documents.queries.load_text(new)]
    guests = [client.get(file + query).get_data() for query in ("", "?version=2&from=1")]
    as_(client, session, paper.member)
    members = [client.get(file + query).get_data() for query in ("", "?version=2&from=1")]
    for data in (*guests, *members):
        assert faults(data) == []
        assert read(data) == text
    assert paper.participant.name not in guests[1].decode()
    assert f"{paper.participant.name} (Ä 1)" in members[1].decode()
    assert client.get(f"{file}?from=9").status_code == 404
    assert read(client.get(f"{file}?version=1").get_data())[2][1].startswith("Der Beirat berichtet jährlich")


# --- dates


def plan(paper, **given):
    values = {"role": "preparation", "day": date(2031, 1, 15), "begins": "18:30", "place": "Saal 2"} | given
    return consultations.planned(paper, **values)


def dates(response):
    return {str(event["uid"]): event for event in Calendar.from_ical(response.get_data()).walk("VEVENT")}


def test_dates_are_for_whom_the_sitting_is(client, session, paper) -> None:
    public = plan(paper, public=True)
    inside = plan(paper, public=False, printed=True)
    hidden = plan(paper, public=False, printed=False)
    plan(paper, day=None, public=True)
    session.commit()
    everybodys = dates(client.get(url(paper, "calendar.ics")))
    assert set(everybodys) == {str(public.id)}
    event = everybodys[str(public.id)]
    assert str(event["summary"]) == f"{paper.participant.name}: Integrationskonzept (Vorberatung)"
    assert str(event["location"]) == "Saal 2"
    assert str(event["url"]) == f"https://town.example/consultations/{public.id}"
    assert event.decoded("dtstart").isoformat() == "2031-01-15T18:30:00+01:00"
    members = dates(as_(client, session, paper.member).get(url(paper, "calendar.ics")))
    assert set(members) == {str(row.id) for row in (public, inside, hidden)}
    assert str(members[str(hidden.id)]["description"]) == "nichtöffentlich"


def test_a_date_that_moves_stays_the_same_date_and_one_taken_off_is_cancelled(client, session, paper) -> None:
    row = plan(paper, public=True)
    session.commit()
    before = dates(client.get(url(paper, "calendar.ics")))[str(row.id)]
    later = clock.now() + timedelta(hours=3)
    with clock.stopped(later):
        moved = Plan([paper.participant.id], "preparation", day=date(2031, 2, 1), public=True)
        consulting.change_consultation(paper.moderator, consultation_id=row.id, row_version=row.row_version, plan=moved)
    session.commit()
    after = dates(client.get(url(paper, "calendar.ics")))[str(row.id)]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == date(2031, 2, 1)
    assert after.decoded("last-modified") == later.replace(microsecond=0)
    with clock.stopped(datetime(2031, 2, 1, 12, tzinfo=UTC)):
        consultations.noted(paper, row, "taken_off")
    session.commit()
    assert str(dates(client.get(url(paper, "calendar.ics")))[str(row.id)]["status"]) == "CANCELLED"


# --- news


def entries(response):
    feed = etree.fromstring(response.get_data())
    return [
        (entry.find(f"{ATOM}category").get("term"), entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}id"))
        for entry in feed.findall(f"{ATOM}entry")
    ]


def test_the_feed_tells_of_public_documents_alone(client, session, paper) -> None:
    documents.paper(title="Für wenige", lead=paper.lead)
    soon, since = clock.today() + timedelta(days=1), clock.today()
    documents.paper(title="Ab morgen").document.public_from = soon
    documents.paper(title="Seit heute").document.public_from = since
    session.commit()
    titles = {title for _, title, _ in entries(client.get("/feed.atom"))}
    assert titles == {"Integrationskonzept: Vorlage veröffentlicht", "Seit heute: Vorlage veröffentlicht"}
    assert titles == {title for _, title, _ in entries(as_(client, session, paper.moderator).get("/feed.atom"))}


def test_the_feed_is_found_on_the_list_of_documents_and_by_programs_on_every_page(client, paper) -> None:
    home, text = (client.get(path).get_data(as_text=True) for path in ("/", url(paper, f"texts/{paper.text.id}")))
    for page in (home, text):
        named = re.search(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)" title="[^"]+">', page)
        assert client.get(named[1]).headers["Content-Type"].startswith("application/atom+xml")
    assert re.search(r'<main.*<a href="/feed\.atom".*</main>', home, re.DOTALL)


def test_the_feed_tells_of_versions_windows_and_decisions(client, session, paper) -> None:
    publish(paper, note="Nach der ersten Runde")
    now = clock.now()
    given = {"asks": True, "filing_opens": now - timedelta(days=1), "filing_closes": now + timedelta(days=1)}
    plan(paper, **given, printed=True)
    plan(paper, **given | {"filing_opens": now + timedelta(hours=1)}, printed=True)
    plan(paper, **given, printed=False)
    session.commit()
    found_ = entries(client.get("/feed.atom"))
    assert sorted(kind for kind, _, _ in found_) == ["document", "filing", "version"]
    assert "Integrationskonzept: Fassung 2 veröffentlicht" in {title for _, title, _ in found_}
    council = committees.committee(kind="council", name="Stadtrat")
    consultations.noted(paper, consultations.planned(paper, council, role="decision", public=True))
    session.commit()
    after = client.get("/feed.atom")
    assert sorted(kind for kind, _, _ in entries(after)) == ["decision", "document", "filing", "version"]
    assert {one for _, _, one in entries(after)} > {one for _, _, one in found_}
    assert "Stadtrat: beschlossen" in after.text
    assert "Nach der ersten Runde" in after.text
    assert "@" not in after.text


def test_a_decision_that_was_not_made_known_is_in_no_feed(client, session, paper) -> None:
    council = committees.committee(kind="council", name="Stadtrat")
    consultations.noted(paper, consultations.planned(paper, council, role="decision", public=False))
    session.commit()
    assert document_for(paper.moderator, paper.document.id).closed_at
    assert [kind for kind, _, _ in entries(client.get("/feed.atom"))] == ["document"]


def test_the_feed_stays_the_same_one_when_the_town_gets_another_address(client, paper, monkeypatch) -> None:
    settings = client.application.extensions["settings"]
    ids = set()
    for address in ("http://vorlagen.example", "https://stadt.example/vorlagen"):
        monkeypatch.setitem(settings.__dict__, "base_url", address)
        feed = etree.fromstring(client.get("/feed.atom").get_data())
        assert feed.find(f"{ATOM}link[@rel='self']").get("href").startswith(address)
        ids.add(feed.findtext(f"{ATOM}id"))
    assert len(ids) == 1


def test_the_number_of_statements_of_the_feed_does_not_grow(client, session, paper, count_queries) -> None:
    plan(paper)
    client.get("/feed.atom")
    with count_queries() as few:
        client.get("/feed.atom")
    for _ in range(3):
        plan(documents.paper(visibility="public"))
    session.commit()
    with count_queries() as many:
        client.get("/feed.atom")
    assert len(many) == len(few)


# --- how they leave


@pytest.mark.parametrize("path", ["calendar.ics", "/feed.atom"])
def test_what_programs_ask_for_again_is_not_sent_again(client, paper, path) -> None:
    address = path if path.startswith("/") else url(paper, path)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert "no-cache" in first.headers["Cache-Control"]
    assert "Cookie" in first.headers["Vary"]


TYPES = {
    "proposals.csv": "text/csv",
    "proposals.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "amendments.xml": "application/akn+xml",
    "calendar.ics": "text/calendar",
}


@pytest.mark.parametrize("file", TYPES)
def test_a_file_has_its_type_and_a_name_that_does_no_harm(client, session, file) -> None:
    paper = documents.paper(title='Böse "\u202e../..\\x;y: 👩.exe')
    session.commit()
    response = as_(client, session, paper.member).get(url(paper, file))
    assert response.mimetype == TYPES[file]
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    name = unquote(disposition.partition("filename*=UTF-8''")[2])
    assert name.startswith("Böse")
    assert name.endswith("." + file.rpartition(".")[2])
    assert not set('"\\/:\u202e\r\n') & set(name)
    if file != "calendar.ics":
        assert response.headers["Cache-Control"] == "no-store"
