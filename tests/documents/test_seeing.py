"""Who sees what: the map, and the same map as SQL in the list."""

import itertools
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from amendments.documents import queries
from amendments.documents.rules import DOCUMENT_IMPORT_VERSION, DOCUMENT_SEE, DOCUMENT_WORK, WIDTH, Visibility
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.web import access, clock
from amendments.web.actor import GUEST, ROLES, Actor, Excluded, Seat
from tests.factories import committees, documents, people

pytestmark = pytest.mark.usefixtures("session")

PEOPLE = (
    "guest",
    "account without a seat",
    "member of the lead committee",
    "moderator of the lead committee",
    "member of a participating committee",
    "moderator of a participating committee",
    "member of another committee",
    "moderator of another committee",
    "listed reader",
    "administrator",
)

INSIDE = {
    "member of the lead committee",
    "moderator of the lead committee",
    "member of a participating committee",
    "moderator of a participating committee",
    "listed reader",
    "administrator",
}
SEES = {
    Visibility.PUBLIC: set(PEOPLE),
    Visibility.COMMITTEE: INSIDE,
    Visibility.RESTRICTED: {"moderator of the lead committee", "listed reader", "administrator"},
}
WORKS = {**SEES, Visibility.PUBLIC: INSIDE}


def cast(visibility: str):
    """A document and everybody in front of it."""
    reader = people.actor()
    paper = documents.paper(visibility=visibility, reader_ids=[reader.account_id])
    other = committees.committee()
    everybody = {
        "guest": GUEST,
        "account without a seat": people.actor(),
        "member of the lead committee": committees.somebody(paper.lead),
        "moderator of the lead committee": paper.moderator,
        "member of a participating committee": paper.member,
        "moderator of a participating committee": committees.somebody(paper.participant, "moderator"),
        "member of another committee": committees.somebody(other),
        "moderator of another committee": committees.somebody(other, "moderator"),
        "listed reader": reader,
        "administrator": people.actor(is_admin=True),
    }
    return paper, everybody


@pytest.mark.parametrize(("visibility", "who"), list(itertools.product(Visibility, PEOPLE)))
def test_who_sees_a_document_and_the_work_on_it(visibility: Visibility, who: str) -> None:
    paper, everybody = cast(visibility)
    document, actor = paper.document, everybody[who]
    assert bool(access.may(actor, DOCUMENT_SEE, document)) is (who in SEES[visibility])
    assert bool(access.may(actor, DOCUMENT_WORK, document)) is (who in WORKS[visibility])


@pytest.mark.parametrize("visibility", Visibility)
def test_the_list_shows_what_the_map_allows(visibility: Visibility) -> None:
    paper, everybody = cast(visibility)
    for who, actor in everybody.items():
        listed = paper.document.id in {entry.document.id for entry in queries.documents_for(actor)}
        assert listed is (who in SEES[visibility]), who


def put_off(document, days):
    """Public so many days from now."""
    document.public_from = clock.today() + timedelta(days=days)
    db.session.flush()


@pytest.mark.parametrize("visibility", [Visibility.COMMITTEE, Visibility.RESTRICTED])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_from_its_day_on_a_document_is_public_in_the_map_and_in_the_list(visibility: Visibility, days: int) -> None:
    paper, everybody = cast(visibility)
    put_off(paper.document, days)
    for who, actor in everybody.items():
        sees = days <= 0 or who in SEES[visibility]
        assert bool(access.may(actor, DOCUMENT_SEE, paper.document)) is sees, who
        assert (paper.document.id in {entry.document.id for entry in queries.documents_for(actor)}) is sees, who
        assert bool(access.may(actor, DOCUMENT_WORK, paper.document)) is (
            who in (INSIDE if days <= 0 else WORKS[visibility])
        ), who


@pytest.mark.parametrize("visibility", Visibility)
def test_whoever_is_excluded_sees_what_a_guest_sees_in_the_map_and_in_the_list(visibility: Visibility) -> None:
    paper, everybody = cast(visibility)
    excluded = Excluded(frozenset({paper.document.id}), frozenset({paper.document.id}))
    for who, actor in everybody.items():
        if who == "guest":
            continue
        kept_out = replace(actor, excluded=excluded)
        sees = visibility is Visibility.PUBLIC
        assert bool(access.may(kept_out, DOCUMENT_SEE, paper.document)) is sees, who
        assert (paper.document.id in {entry.document.id for entry in queries.documents_for(kept_out)}) is sees, who
        assert not access.may(kept_out, DOCUMENT_WORK, paper.document), who


@pytest.mark.parametrize(("of_document", "of_text"), list(itertools.product(Visibility, Visibility)))
def test_a_text_is_never_wider_than_its_document(of_document: Visibility, of_text: Visibility) -> None:
    paper, everybody = cast(of_document)
    paper.text.visibility = of_text.value
    narrower = min(of_document, of_text, key=lambda level: WIDTH[level])
    for who, actor in everybody.items():
        texts = queries.texts_for(actor, paper.document)
        assert bool(texts) is (who in SEES[narrower]), who
        work = access.may(actor, DOCUMENT_WORK, queries.TextPlace(paper.document, paper.text))
        assert bool(work) is (who in WORKS[narrower]), who


@pytest.mark.parametrize(("days", "seen"), [(1, False), (0, True), (-1, True)])
def test_a_text_becomes_as_its_document_on_its_day(days: int, *, seen: bool) -> None:
    paper, _ = cast(Visibility.PUBLIC)
    paper.text.visibility = "restricted"
    put_off(paper.text, days)
    (entry,) = queries.documents_for(GUEST)
    assert bool(entry.texts) is seen
    if seen:
        assert queries.version_for(GUEST, paper.version.id).version is paper.version
    else:
        for find, wanted in ((queries.text_for, paper.text.id), (queries.version_for, paper.version.id)):
            with pytest.raises(NotFound):
                find(GUEST, wanted)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_of_the_lead_committee_sees_its_document(role: str) -> None:
    paper = documents.paper()
    assert queries.document_for(committees.somebody(paper.lead, role), paper.document.id) is paper.document


def test_the_clerk_who_brought_it_in_sees_it_until_the_seat_ends() -> None:
    lead, office = committees.committee(), committees.committee(kind="office")
    clerk = committees.somebody(office, "clerk")
    from amendments.documents import services

    document = services.create_document(
        clerk,
        title="Konzept",
        lead_committee_id=lead.id,
        visibility="restricted",
        texts=[services.NewText("annex", "Entwurf", documents.contents("Eins."))],
    )
    former = Actor(clerk.account_id)
    assert access.may(clerk, DOCUMENT_SEE, document)
    assert access.may(clerk, DOCUMENT_IMPORT_VERSION, document)
    assert not access.may(former, DOCUMENT_SEE, document)
    assert {entry.document.id for entry in queries.documents_for(clerk)} == {document.id}
    assert queries.documents_for(former) == ()


@pytest.mark.parametrize("role", [role for role in ROLES if role != "moderator"])
def test_only_a_moderator_of_the_lead_committee_imports_versions(role: str) -> None:
    paper = documents.paper()
    assert access.may(paper.moderator, DOCUMENT_IMPORT_VERSION, paper.document)
    assert not access.may(committees.somebody(paper.lead, role), DOCUMENT_IMPORT_VERSION, paper.document)
    assert not access.may(committees.somebody(paper.participant, "moderator"), DOCUMENT_IMPORT_VERSION, paper.document)


def test_what_is_not_there_and_what_is_hidden_look_the_same() -> None:
    paper = documents.paper(visibility="restricted")
    stranger = people.actor()
    said = set()
    for wanted in (paper.document.id, uuid4()):
        with pytest.raises(NotFound) as refused:
            queries.document_for(stranger, wanted)
        said.add(refused.value.message)
    for find, wanted in (
        (queries.text_for, paper.text.id),
        (queries.version_for, paper.version.id),
        (queries.version_for, uuid4()),
        (queries.text_for, uuid4()),
    ):
        with pytest.raises(NotFound) as refused:
            find(stranger, wanted)
        said.add(refused.value.message)
    assert len(said) == 1


def test_the_list_takes_as_many_statements_for_one_document_as_for_ten(count_queries) -> None:
    lead = committees.committee()
    member = Actor(people.account().id, seats=frozenset({Seat(lead.id, "member")}))

    def statements() -> int:
        from amendments.extensions import db

        db.session.expunge_all()
        with count_queries() as sent:
            for entry in queries.documents_for(member):
                assert entry.lead.name
                assert entry.texts[0].version.number == 1
                assert entry.document.participant_ids
        return len(sent)

    documents.paper(lead=lead)
    before = statements()
    for _ in range(9):
        documents.paper(lead=lead)
    assert statements() == before
