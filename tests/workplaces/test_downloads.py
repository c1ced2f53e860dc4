"""Papers as files, over HTTP."""

import re
import threading
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select

from amendments.errors import TooLarge
from amendments.exchange import making
from amendments.exchange.docx import read_docx
from amendments.exchange.odt import read_odt
from amendments.exchange.returned.ordered import is_wording
from amendments.proposals.models import Proposal
from amendments.web import made
from tests.consensus.publishing import agree, publish
from tests.exchange.letterheads import odt_letterhead
from tests.factories import committees, documents, proposals
from tests.workplaces.pages import as_, body, text_url
from tests.workplaces.test_excluded_elsewhere import kept_out

pytestmark = pytest.mark.one_engine


@pytest.fixture
def paper(session):
    """A proposal that was agreed, two rivals, and one that is free."""
    paper = documents.paper("Eins zwei drei.", "Vier fünf.", "Sechs sieben.", visibility="public")
    speaker = committees.somebody(paper.participant, "chair")
    first = proposals.change(
        paper, "zwei", "2", committee_id=paper.participant.id, actor=speaker, reason="Zahlen sind kürzer"
    )
    agree(paper, first)
    for word in ("5", "V"):
        proposals.change(paper, "fünf", word, reason=f"Lieber {word}")
    proposals.change(paper, "sieben", "7")
    session.commit()
    return paper


@pytest.fixture
def member(client, session, paper):
    return as_(client, session, paper.member)


def links(answer):
    return [unescape(found) for found in re.findall(r'href="([^"]*)"', body(answer))]


def url(paper, name, **given):
    query = "&".join(f"{key.rstrip('_')}={value}" for key, value in given.items())
    return text_url(paper, f"/download?view={name}&{query}")


def words(data, **how):
    return [content.text for content in read_docx(data, **how).contents]


def test_the_page_offers_each_wording_and_each_proposal(member, paper):
    page = body(member.get(text_url(paper, "/downloads")))
    assert re.findall(r"<h2>(.*?)</h2>", page) == [
        "Der Text",
        "Änderungen",
        "Alle Vorschläge",
        "Ein Vorschlag",
        "Papiere und Tabellen",
    ]
    assert "Wie angenommen (Kf)" in page
    assert re.findall(r'<option value="(\d)">', page) == ["1", "2", "3", "4"]


def preset(page):
    """From what to what the card of changes leads at first."""
    return re.findall(r'<option value="([^"]*)" selected>', page.partition('id="from-redline"')[2])[:2]


def test_the_first_redline_it_offers_has_a_change(member, session, paper):
    assert preset(body(member.get(text_url(paper, "/downloads")))) == ["v1", "kf"]
    other = documents.paper("Neun zehn.", visibility="public")
    browser = as_(type(member)(member.application), session, other.member)
    assert preset(body(browser.get(text_url(other, "/downloads")))) == ["v1", "kf"], "there is none at all"
    proposals.change(other, "zehn", "10")
    session.commit()
    older, newer = preset(body(browser.get(text_url(other, "/downloads"))))
    assert (older, newer) == ("v1", "k1"), "nothing is adopted yet"
    assert words(browser.get(url(other, "redline", format="docx", from_=older, to=newer)).data) == ["Neun 10."]


def test_programs_find_the_last_step_between_two_versions(member, session, paper):
    assert not [each for each in links(member.get(text_url(paper, "/downloads"))) if "from=1" in each]
    publish(paper, anyway=True)
    session.commit()
    page = member.get(text_url(paper, "/downloads"))
    (step,) = [each for each in links(page) if "akoma-ntoso" in each and "from=1" in each]
    data = member.get(step).data
    assert (b"<akomaNtoso" in data, b">zwei<" in data, b">2<" in data) == (True, True, True)


def test_a_wording_leaves_without_changes(member, paper):
    answer = member.get(url(paper, "text", format="docx", to="kf"))
    assert words(answer.data) == ["Eins 2 drei.", "Vier fünf.", "Sechs sieben."]
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    assert member.get(url(paper, "text", format="txt", to="v1")).data.decode() == (
        "Eins zwei drei.\n\nVier fünf.\n\nSechs sieben.\n\n"
    )


def test_a_redline_names_who_wanted_each_change_since_when_and_why(member, paper):
    data = member.get(url(paper, "redline", format="docx", from_="v1", to="kf")).data
    assert (words(data, reject_tracked=True)[0], words(data)[0]) == ("Eins zwei drei.", "Eins 2 drei.")
    assert read_docx(data).authors == (f"{paper.participant.name} (Ä 1)",)
    (comment,) = Document(BytesIO(data)).comments
    assert (comment.author, comment.text) == (f"{paper.participant.name} (Ä 1)", "Zahlen sind kürzer")
    assert comment.timestamp


def test_all_proposals_are_in_one_file_and_rivals_as_comments(member, paper):
    data = member.get(url(paper, "proposals", format="docx")).data
    assert words(data) == ["Eins 2 drei.", "Vier fünf.", "Sechs 7."]
    said = [comment.text for comment in Document(BytesIO(data)).comments]
    rivals = [
        f"Widerspruch 1: In Absatz 2 wird das Wort „fünf“ durch die {kind} „{word}“ ersetzt.\nBegründung: Lieber {word}"
        for kind, word in (("Zahl", "5"), ("Angabe", "V"))
    ]
    assert said == ["Zahlen sind kürzer", *rivals]


def test_an_amendment_to_a_proposal_that_waits_is_told_beside_it(member, session, paper):
    waits = session.scalars(select(Proposal).where(Proposal.number == 2)).one()
    proposals.change(paper, "5.", "5 bis 6.", parent_id=waits.id, reason="Genauer")
    session.commit()
    data = member.get(url(paper, "proposals", format="docx")).data
    said = [comment.text for comment in Document(BytesIO(data)).comments]
    (told,) = [each for each in said if each.startswith("Änderung zum Vorschlag von ")]
    assert said[said.index(told) - 1].endswith("Lieber 5"), "it stands behind the one it amends"
    assert "(Ä 2), der noch nicht entschieden ist: In Absatz 2 " in told
    assert told.endswith("nach der Zahl „5“ die Wörter „bis 6“ eingefügt.\nBegründung: Genauer")
    assert all(map(is_wording, read_docx(data).remarks[1:])), "it is nobody's reason when the file comes back"
    english = read_docx(member.get(url(paper, "proposals", format="docx", lang="en")).data).remarks
    assert all(map(is_wording, english[1:]))
    assert "(Ä 5)" in Document(BytesIO(data)).comments.get(said.index(told)).author
    assert "(Ä 5) möchte " in member.get(url(paper, "proposals", format="html")).data.decode()
    odt = read_odt(member.get(url(paper, "proposals", format="odt")).data)
    assert told in [remark.text for remark in odt.remarks]
    assert not [name for name in odt.held if "(Ä 5)" in name], "none of its changes is in the file"


def test_one_proposal_alone(member, paper):
    assert words(member.get(url(paper, "proposal", format="docx", number=3)).data)[1] == "Vier V."


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("text", {"format": "docx", "to": "kf"}),
        ("redline", {"format": "docx", "from_": "v1", "to": "k1"}),
        ("proposals", {"format": "docx"}),
        ("proposal", {"format": "docx", "number": 1}),
    ],
)
def test_a_guest_gets_what_is_published_and_nothing_else(client, member, paper, name, given):
    assert member.get(url(paper, name, **given)).status_code == 200
    guest = type(client)(client.application)
    assert guest.get(url(paper, name, **given)).status_code == 404
    assert guest.get(url(paper, "text", format="docx")).status_code == 200
    assert "Vorschlag" not in body(guest.get(text_url(paper, "/downloads")))


def test_no_redline_of_published_versions_tells_a_guest_who_wanted_it(client, session, paper):
    publish(paper)
    session.commit()
    data = type(client)(client.application).get(url(paper, "redline", format="docx", from_="v1", to="v2")).data
    assert words(data)[0] == "Eins 2 drei."
    assert read_docx(data).authors == ("Fassung 2",)
    assert not list(Document(BytesIO(data)).comments)


def test_who_is_excluded_finds_nothing_of_it_in_any_file(client, session):
    paper = documents.paper("Eins zwei.", "Drei vier.")
    secret = proposals.change(paper, "zwei", "Geheim", reason="Vertraulich")
    proposals.change(paper, "vier", "4")
    kept_out(paper, paper.member, secret)
    session.commit()
    browser = as_(client, session, paper.member)
    for name, given in (("proposals", {}), ("text", {"to": "k1"}), ("redline", {"from_": "v1", "to": "k2"})):
        data = browser.get(url(paper, name, format="html", **given)).data.decode()
        assert "Geheim" not in data
        assert "Vertraulich" not in data
    assert browser.get(url(paper, "proposal", format="html", number=1)).status_code == 404


def test_who_is_excluded_does_not_learn_who_wanted_what_was_published(client, session):
    paper = documents.paper("Eins zwei.", "Drei vier.")
    secret = proposals.change(paper, "zwei", "2", reason="Vertraulich")
    free = proposals.change(paper, "vier", "4", reason="Offen")
    kept_out(paper, paper.member, secret)
    agree(paper, secret, free)
    publish(paper)
    session.commit()
    browser = as_(client, session, paper.member)
    data = browser.get(url(paper, "redline", format="docx", from_="v1", to="v2")).data
    assert words(data) == ["Eins 2.", "Drei 4."]
    assert [comment.text for comment in Document(BytesIO(data)).comments] == ["Offen"]
    assert not [name for name in read_docx(data).authors if "Ä 1" in name]
    assert "Ä 1" not in pdf(browser.get(text_url(paper, "/synopsis.pdf?base=v1&column=v2")))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("text", "format=exe"),
        ("text", ""),
        ("nothing", "format=docx"),
        ("text", "format=docx&to=v9"),
        ("redline", "format=docx&from=v1"),
        ("proposal", "format=docx&number=77"),
        ("proposal", "format=docx"),
    ],
)
def test_what_is_not_there_is_not_found(member, paper, name, query):
    assert member.get(text_url(paper, f"/download?view={name}&{query}")).status_code == 404


def test_a_file_is_made_once_and_sent_once(member, paper, monkeypatch):
    calls = []
    make = making.make_in_child
    monkeypatch.setattr(making, "make_in_child", lambda order: calls.append(1) or make(order))
    first = member.get(url(paper, "proposals", format="docx"))
    again = member.get(url(paper, "proposals", format="docx"))
    assert first.data == again.data
    unchanged = member.get(url(paper, "proposals", format="docx"), headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304
    assert len(calls) == 1


def test_a_decision_makes_another_file(member, paper, session):
    before = member.get(url(paper, "text", format="txt", to="kf")).data
    rivals = proposals.change(paper, "Sechs", "6")
    agree(paper, rivals)
    session.commit()
    assert member.get(url(paper, "text", format="txt", to="kf")).data != before


def test_a_file_that_takes_long_is_waited_for_on_a_page_of_its_own(member, paper, monkeypatch):
    ready = threading.Event()
    monkeypatch.setattr(made, "PATIENCE", 0.05)
    monkeypatch.setattr(making, "make_in_child", lambda _order: ready.wait(30) and b"fertig")
    waiting = member.get(url(paper, "proposals", format="md"))
    assert waiting.status_code == 202
    assert "Die Datei wird erstellt" in body(waiting)
    asking = next(each for each in links(waiting) if "ready=1" in each)
    assert member.get(asking).status_code == 202
    ready.set()
    monkeypatch.setattr(made, "PATIENCE", 10.0)
    there = member.get(asking)
    assert (there.status_code, "Die Datei ist fertig" in body(there)) == (200, True)
    file = url(paper, "proposals", format="md")
    assert {"view": ["proposals"], "format": ["md"]} in [parse_qs(each.partition("?")[2]) for each in links(there)]
    assert member.get(file).data == b"fertig"


def test_so_many_files_are_made_for_one_person_in_a_quarter_of_an_hour(member, paper, monkeypatch):
    monkeypatch.setitem(member.application.extensions["settings"].__dict__, "limit_downloads", 2)
    for name in ("md", "txt"):
        assert member.get(url(paper, "proposals", format=name)).status_code == 200
    assert member.get(url(paper, "proposals", format="json")).status_code == 429
    assert member.get(url(paper, "proposals", format="md")).status_code == 200, "what is kept costs nothing"


def test_a_file_that_cannot_be_made_is_refused_in_a_sentence_and_tried_again_later(member, paper, monkeypatch):
    def too_much(_order):
        raise TooLarge(making.TOO_MUCH)

    with monkeypatch.context() as patched:
        patched.setattr(making, "make_in_child", too_much)
        answer = member.get(url(paper, "proposals", format="md"))
    assert answer.status_code == 413
    assert "dauert zu lange" in body(answer)
    assert member.get(url(paper, "proposals", format="md")).status_code == 200


def test_an_english_page_makes_an_english_file(member, paper):
    german, english = (
        member.get(url(paper, "proposals", format="html", lang=language)).data.decode() for language in ("de", "en")
    )
    assert ("Widerspruch" in german, "Widerspruch" in english) == (True, False)
    assert '<html lang="en">' in english


def test_the_letterhead_of_the_town_is_around_a_word_file(member, paper, tmp_path, monkeypatch):
    template = Document()
    template.sections[0].header.paragraphs[0].text = "Stadtverwaltung"
    template.save(tmp_path / "briefkopf.docx")
    settings = member.application.extensions["settings"]
    monkeypatch.setitem(settings.__dict__, "letterhead_docx", tmp_path / "briefkopf.docx")
    data = member.get(url(paper, "text", format="docx")).data
    assert Document(BytesIO(data)).sections[0].header.paragraphs[0].text == "Stadtverwaltung"


def test_and_around_an_opendocument_text(member, paper, tmp_path, monkeypatch):
    (tmp_path / "briefkopf.odt").write_bytes(odt_letterhead())
    settings = member.application.extensions["settings"]
    monkeypatch.setitem(settings.__dict__, "letterhead_odt", tmp_path / "briefkopf.odt")
    data = member.get(url(paper, "redline", format="odt", from_="v1", to="kf")).data
    assert read_odt(data).authors == (f"{paper.participant.name} (Ä 1)",)
    assert b"Stadtverwaltung" in ZipFile(BytesIO(data)).read("styles.xml")


def pdf(answer):
    assert answer.headers["Content-Type"] == "application/pdf"
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages).split())


def test_the_book_has_every_proposal_with_its_order_and_reason(member, paper):
    words = pdf(member.get(text_url(paper, "/proposals.pdf")))
    assert [words.index(f"Ä {number}, ") for number in (1, 2, 3, 4)] == sorted(
        words.index(f"Ä {number}, ") for number in (1, 2, 3, 4)
    )
    for said in ("Zahlen sind kürzer", "In Absatz 2 wird das Wort „fünf“", "Zeile 3"):
        assert said in words


def test_the_synopsis_leaves_as_it_is_chosen_on_the_page(member, paper):
    words = pdf(member.get(text_url(paper, "/synopsis.pdf?base=v1&column=kf")))
    assert "Wie angenommen (Kf)" in words
    assert "[gestrichen: zwei][eingefügt: 2]" in words
    assert "(Ä 1)" in words


def test_the_paper_of_the_document_leaves_in_its_form(member, paper):
    words = pdf(member.get(f"/documents/{paper.document.id}/paper.pdf"))
    assert words.startswith("Sitzungsvorlage")
    assert paper.document.title in words


def test_a_guest_gets_the_papers_of_what_is_published(client, session, paper):
    publish(paper)
    session.commit()
    guest = type(client)(client.application)
    assert guest.get(text_url(paper, "/proposals.pdf")).headers["Location"].startswith("/sign-in")
    words = pdf(guest.get(text_url(paper, "/synopsis.pdf")))
    assert ("[eingefügt: 2]" in words, "Ä 1" in words) == (True, False)
    assert pdf(guest.get(f"/documents/{paper.document.id}/paper.pdf"))
