"""Changing a document's head, its circle and who sees it and its texts, after it was brought in."""

from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest

from amendments.audit.models import Event
from amendments.documents import services
from amendments.documents.queries import document_for
from amendments.documents.services import Changes, NewText, Sight
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.web import clock
from tests.factories import committees, documents, people
from tests.workplaces.pages import as_


@pytest.fixture
def paper(session):
    texts = [NewText("resolution", "Beschluss", documents.contents("So sei es.")), NewText("annex", "Anlage", ONE)]
    return documents.paper(texts=texts)


ONE = documents.contents("Eins.")


def change(paper, actor=None, row_version=None, **given):
    values = {"title": "Neuer Titel", "sight": Sight("committee")}
    return services.change_document(
        actor or paper.moderator,
        document_id=paper.document.id,
        row_version=paper.document.row_version if row_version is None else row_version,
        changes=Changes(**(values | given)),
    )


def test_all_of_it_is_changed_at_once_and_recorded_once(paper) -> None:
    board, reader = committees.committee(), people.account()
    resolution, annex = paper.document.texts
    day = date(2012, 2, 1)
    document = change(
        paper,
        sight=Sight("restricted", day),
        reference=" 50-11 ",
        dated=date(2011, 11, 23),
        participant_ids=[board.id, paper.lead.id],
        reader_ids=[reader.id],
        texts={annex.id: Sight("restricted", day), resolution.id: Sight("public", day)},
    )
    db.session.expire_all()
    document = document_for(paper.moderator, document.id)
    assert (document.title, document.reference, document.dated) == ("Neuer Titel", "50-11", date(2011, 11, 23))
    assert (document.visibility, document.public_from) == ("restricted", day)
    assert (document.participant_ids, document.reader_ids) == ({board.id}, {reader.id})
    assert (annex.visibility, annex.public_from) == ("restricted", day)
    assert (resolution.visibility, resolution.public_from) == ("public", None)
    (event,) = db.session.query(Event).filter_by(name="document:changed").all()
    assert event.payload["head"] == ["dated", "reference", "title"]
    assert "50-11" not in str(event.payload)


def test_what_is_not_named_stays_and_what_is_taken_away_goes(paper) -> None:
    annex = paper.document.texts[1]
    change(paper, texts={annex.id: Sight("committee")}, participant_ids=[paper.participant.id])
    change(paper, participant_ids=[])
    assert (annex.visibility, paper.document.participant_ids) == ("committee", frozenset())


@pytest.mark.parametrize("part", ["head", "circle", "text"])
def test_whoever_was_slower_overwrites_nothing(paper, part) -> None:
    """The page of the second says what stood before the first; also when only rows beside the document changed."""
    before = paper.document.row_version
    same = {"title": paper.document.title, "participant_ids": [paper.participant.id]}
    first = {
        "head": {"subject": "Anders"},
        "circle": {"participant_ids": []},
        "text": {"texts": {paper.text.id: Sight("restricted")}},
    }
    change(paper, **(same | first[part]))
    with pytest.raises(Conflict):
        change(paper, row_version=before, **same)


@pytest.mark.parametrize(
    "given",
    [
        {"title": " "},
        {"sight": Sight("secret")},
        {"reference": "x" * 501},
        {"participant_ids": [UUID(int=1)]},
        {"reader_ids": [UUID(int=1)]},
        {"texts": {UUID(int=1): Sight("public")}},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_and_nothing_changes(paper, given) -> None:
    title = paper.document.title
    with pytest.raises(InvalidInput), db.session.begin_nested():
        change(paper, **given)
    db.session.expire(paper.document)
    assert paper.document.title == title


@pytest.mark.parametrize("role", ["member", "chair", "clerk", "steering"])
def test_only_the_moderation_of_the_committee_in_charge_changes_it(paper, role) -> None:
    with pytest.raises(NotAllowed):
        change(paper, committees.somebody(paper.lead, role))
    with pytest.raises(NotAllowed):
        change(paper, committees.somebody(paper.participant, "moderator"))
    with pytest.raises(NotFound):
        change(paper, people.actor())


def test_the_page_shows_what_holds_and_keeps_what_was_typed(client, session, paper) -> None:
    resolution, annex = paper.document.texts
    reader = people.account(email="leserin@town.example")
    change(paper, title=paper.document.title, reader_ids=[reader.id], participant_ids=[paper.participant.id])
    session.commit()
    moderator = as_(client, session, paper.moderator)
    address = f"/documents/{paper.document.id}/change"
    page = unescape(moderator.get(address).text)
    assert "leserin@town.example" in page
    tomorrow = clock.today() + timedelta(days=1)
    form = {
        "title": "Konzept",
        "visibility": "public",
        "reader_emails": "leserin@town.example",
        "participant_ids": str(paper.participant.id),
        f"visibility_{resolution.id}": "public",
        f"visibility_{annex.id}": "committee",
        f"public_from_{annex.id}": tomorrow.isoformat(),
        "row_version": str(paper.document.row_version),
    }
    wrong = moderator.send(address, form | {"reader_emails": "niemand@town.example", "subject": "Getippt"})
    assert wrong.status_code == 400
    assert "Getippt" in wrong.text
    assert moderator.send(address, form).status_code == 303
    assert moderator.send(address, form | {"title": "Zu spät"}).status_code == 409
    session.expire_all()
    assert (paper.document.title, annex.public_from) == ("Konzept", tomorrow)
    guest = type(client)(client.application)
    home = unescape(guest.get("/").text)
    assert "Beschluss" in home
    assert "Anlage" not in home


def test_a_document_without_a_text_for_somebody_shows_its_way(client, session, paper) -> None:
    """Nothing of it is published: the list leads to the Beratungsfolge, not to a refusal."""
    texts = {text.id: Sight("committee") for text in paper.document.texts}
    change(paper, sight=Sight("public"), texts=texts)
    session.commit()
    shown = client.get(f"/documents/{paper.document.id}")
    assert shown.status_code == 303
    assert client.get(shown.headers["Location"]).status_code == 200
    assert client.get(f"/documents/{paper.document.id}/texts/{paper.text.id}").status_code == 404
