"""The sheet from which the chair calls the votes says what the page of the sitting says."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from amendments.meetings import services
from amendments.people.models import Account
from tests.factories import committees, documents, proposals
from tests.factories.meetings import sitting
from tests.workplaces.pages import as_, body
from tests.workplaces.test_excluded_elsewhere import kept_out

pytestmark = pytest.mark.one_engine

BOXES = "Ja Nein Enthaltung"


def url(found, rest="/voting-order.pdf"):
    return f"/meetings/{found.meeting.id}{rest}"


def words(answer):
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    return " ".join(text.split()).replace("\u00ad ", "")


def plain(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def on_the_page(page):
    """Of each rival of the called item its number and title, and why it comes before the next."""
    for card in re.findall(r'<article class="card[^"]*">(.*?)</article>', page, re.DOTALL):
        reason = re.search(r'<p class="hint">(V.*?)</p>', card)
        number, title = plain(re.search(r"<h3>(.*?)</h3>", card)[1]).split(": ")
        yield number, title, reason[1] if reason else ""


def assert_in_order(text, found):
    """Each of them stands in `text`, each behind the one before."""
    at = 0
    for each in found:
        at = text.find(each, at)
        assert at >= 0, (each, text)
        at += len(each)


def assert_the_same(page, text):
    """Rivals, their order, and the reason of each, where the page has one and nowhere else."""
    rivals = list(on_the_page(page))
    assert len(rivals) > 1
    assert_in_order(text, [part for number, title, reason in rivals for part in (f"{number}, ", f": {title}", reason)])
    assert text.count("Vor dem nächsten") == sum(reason.startswith("Vor dem") for _, _, reason in rivals)


def test_rivals_stand_on_the_sheet_as_on_the_page(chair, evening) -> None:
    found, (near, _far, _free) = evening
    found.call(near)
    text = words(chair.get(url(found)))
    assert_the_same(body(chair.get(url(found, ""))), text)
    assert_in_order(text, ["Strittige Stelle: Ä 1, Ä 2", "Ä 2, ", "denn er erfasst mehr Text", "Ä 1, "])


def test_the_chairs_own_order_and_reason_stand_there(chair, evening, session) -> None:
    found, (near, _far, _free) = evening
    item = found.call(near)
    services.bring_forward(
        found.chair, meeting_id=found.meeting.id, item_id=item.id, edit_id=near, reason="Der Gast muss gehen"
    )
    session.commit()
    text = words(chair.get(url(found)))
    assert_the_same(body(chair.get(url(found, ""))), text)
    assert_in_order(text, ["Ä 1, ", "Vom Vorsitz vorgezogen: Der Gast muss gehen", "Ä 2, "])


def test_what_is_undisputed_is_put_at_once_and_what_is_said_needs_no_vote(chair, evening, session) -> None:
    found, (near, far, free) = evening
    before = words(chair.get(url(found)))
    together = "Abstimmung über alle gemeinsam"
    assert_in_order(before, ["1. Unstrittige Änderung: Ä 3", "Ä 3, ", together, BOXES, "2. Strittige Stelle"])
    assert before.count(BOXES) == 3, "once for what is put at once, once for each rival"
    found.call(free)
    found.state(free)
    found.call(near)
    found.state(far)
    session.commit()
    after = words(chair.get(url(found)))
    assert_in_order(after, ["1. Unstrittige Änderung: Ä 3", "behandelt", "2. Strittige Stelle", "Ä 2, ", "angenommen"])
    assert_in_order(after, ["Ä 1, ", "Kann so nicht mehr neben dem Angenommenen stehen"])
    assert BOXES not in after


def test_the_page_of_the_sitting_leads_to_it(chair, evening) -> None:
    found, _edits = evening
    assert url(found) in body(chair.get(url(found, "")))


def test_who_is_excluded_finds_nothing_of_it_on_the_sheet(client, session) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    secret = proposals.change(paper, "Anfang an", "Geheimen an", title="Verborgen")
    proposals.change(paper, "Anfang an", "früh an", title="Auch verborgen")
    proposals.change(paper, "jährlich", "oft", title="Offen")
    found = sitting(paper)
    person = kept_out(paper, found.members[0], secret)
    session.commit()
    text = words(client.sign_in(session.get(Account, person.account_id)).get(url(found)))
    for hidden in ("erborgen", "Geheimen", "Ä 1", "Ä 2"):
        assert hidden not in text
    assert_in_order(text, ["Ä 3", "Offen", "Nicht für Sie bestimmt"])


def test_an_amendment_says_whose_wording_it_is_about(client, session) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    parent = proposals.change(paper, "Anfang an", "klein auf", title="Eltern")
    proposals.change(paper, "klein auf", "Geburt an", parent_id=parent.id)
    found = sitting(paper)
    session.commit()
    text = words(client.sign_in(session.get(Account, found.chair.account_id)).get(url(found)))
    assert_in_order(text, ["Ä 2, ", "zum Wortlaut von Ä 1", "Geburt an", "Ä 1, "])


def test_a_sitting_that_is_not_there_or_not_theirs_is_not_found(client, session, evening) -> None:
    found, _edits = evening
    stranger = as_(client, session, committees.somebody(committees.committee()))
    for path in (url(found), f"/meetings/{uuid4()}/voting-order.pdf"):
        assert stranger.get(path).status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_items(chair, evening, session, count_queries) -> None:
    found, _edits = evening
    chair.get(url(found))
    session.expire_all()
    with count_queries() as few:
        chair.get(url(found))
    for old, new in (("Räume", "Säle"), ("eng", "gut"), ("eng", "lose"), ("Räume", "Zimmer"), ("Kind", "jedes")):
        proposals.change(found.paper, old, new)
    session.commit()
    items = len(found.items)
    session.expire_all()
    with count_queries() as many:
        chair.get(url(found))
    assert items > 2
    assert len(many) == len(few)
