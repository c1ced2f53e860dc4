import pytest
from sqlalchemy import func, select

from amendments.audit.models import Event
from amendments.documents import queries, services, transfer
from amendments.documents.models import ParagraphContent
from amendments.documents.services import NewText
from amendments.errors import InvalidInput, NotAllowed, SignInRequired, TooLarge
from amendments.exchange.literal import read_literal
from amendments.extensions import db
from amendments.text import plain, text_hash
from amendments.web.actor import GUEST
from tests.factories import committees, documents, people

pytestmark = pytest.mark.usefixtures("session")


def literal(data: bytes) -> NewText:
    imported = read_literal(data, "md")
    return NewText("annex", "Entwurf", imported.contents, literal=True, layout=imported.layout, suffix="md")


def test_a_new_document_has_version_1_of_each_text() -> None:
    texts = [
        NewText("resolution", "Beschluss", documents.contents("Der Rat beschließt.")),
        NewText("annex", "Entwurf", documents.contents("Eins.", "Zwei.")),
    ]
    paper = documents.paper(texts=texts)
    assert [queries.current_version(text.id).number for text in paper.document.texts] == [1, 1]


def test_the_paragraphs_come_back_as_they_went_in() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    queries.memory.clear()
    text = queries.load_text(paper.version)
    assert ([p.text for p in text], text_hash(text)) == (["Eins.", "Zwei."], paper.version.hash)


def test_equal_paragraphs_are_stored_once() -> None:
    documents.paper("Dieser Absatz steht zweimal.", "Dieser Absatz steht zweimal.")
    documents.paper("Dieser Absatz steht zweimal.")
    found = db.session.scalar(select(func.count()).where(ParagraphContent.text == "Dieser Absatz steht zweimal."))
    assert found == 1


def test_a_text_is_read_in_one_statement_and_then_from_memory(count_queries) -> None:
    paper = documents.paper(*[f"Absatz {n}." for n in range(50)])
    queries.memory.clear()
    with count_queries() as first:
        queries.load_text(paper.version.id)
    with count_queries() as second:
        queries.load_text(paper.version.id)
    assert (len(first), len(second)) == (1, 0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plain", b"# Titel\n\nEin Absatz.\n\n* Punkt\n"),
        ("no final newline", b"# Titel\n\nEin Absatz."),
        ("carriage returns", b"# Titel\r\n\r\nEin Absatz.\r\n"),
        ("byte order mark", b"\xef\xbb\xbf# Titel\n\nEin Absatz.\n"),
        ("odd separators", b"\n# Titel\nEin Absatz.\n\n\n\nNoch einer.\n \nUnd einer.\n\n\n"),
    ],
)
def test_an_imported_file_is_given_back_byte_for_byte(name: str, data: bytes) -> None:
    paper = documents.paper(texts=[literal(data)])
    queries.memory.clear()
    assert transfer.export_literal(paper.version) == data, name


def test_it_is_recorded_once() -> None:
    paper = documents.paper()
    events = db.session.scalars(select(Event.name).where(Event.document_id == paper.document.id)).all()
    assert events == ["document:created"]


def create(actor, lead, **given):
    values = {
        "title": "Konzept",
        "lead_committee_id": lead.id,
        "visibility": "committee",
        "texts": [NewText("annex", "Entwurf", documents.contents("Eins."))],
    }
    return services.create_document(actor, **(values | given))


@pytest.mark.parametrize("role", ["member", "deputy", "chair", "clerk", "steering"])
def test_no_other_role_of_the_lead_committee_creates_documents(role: str) -> None:
    lead = committees.committee()
    with pytest.raises(NotAllowed):
        create(committees.somebody(lead, role), lead)


def test_a_moderator_of_another_committee_creates_none() -> None:
    with pytest.raises(NotAllowed):
        create(committees.somebody(committees.committee(), "moderator"), committees.committee())


def test_the_clerk_of_an_office_creates_documents() -> None:
    lead, office = committees.committee(), committees.committee(kind="office")
    assert create(committees.somebody(office, "clerk"), lead).lead_committee_id == lead.id


def test_an_administrator_creates_none() -> None:
    with pytest.raises(NotAllowed):
        create(people.actor(is_admin=True), committees.committee())


def test_a_guest_is_asked_to_sign_in() -> None:
    with pytest.raises(SignInRequired):
        create(GUEST, committees.committee())


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", {"title": "   "}),
        ("title", {"title": "x" * 501}),
        ("visibility", {"visibility": "secret"}),
        ("texts", {"texts": []}),
        ("text", {"texts": [NewText("annex", "Entwurf", ())]}),
        ("text", {"texts": [NewText("annex", "Entwurf", (plain("  "),))]}),
        ("text", {"texts": [NewText("annex", "Entwurf", (plain("A\u0308nderung"),))]}),
        ("text", {"texts": [NewText("annex", "Entwurf", (plain("zwei\x1fZellen"),))]}),
        ("role", {"texts": [NewText("speech", "Entwurf", (plain("Eins."),))]}),
        ("reference", {"reference": "x" * 501}),
    ],
)
def test_wrong_input_is_refused_and_names_its_field(field: str, given) -> None:
    lead = committees.committee()
    with pytest.raises(InvalidInput) as refused:
        create(committees.somebody(lead, "moderator"), lead, **given)
    assert refused.value.field == field


def test_too_many_paragraphs_are_refused() -> None:
    lead = committees.committee()
    with pytest.raises(TooLarge):
        create(committees.somebody(lead, "moderator"), lead, texts=[NewText("annex", "Entwurf", [plain("x")] * 20_001)])


def test_unknown_participants_and_readers_are_refused() -> None:
    lead = committees.committee()
    moderator = committees.somebody(lead, "moderator")
    unknown = people.actor().account_id
    for given in ({"participant_ids": [unknown]}, {"reader_ids": [lead.id]}):
        with pytest.raises(InvalidInput):
            create(moderator, lead, **given)


def test_a_document_gets_one_more_text_with_its_version_1() -> None:
    paper = documents.paper()
    added = services.add_text(
        paper.moderator,
        document_id=paper.document.id,
        text=NewText("resolution", "Beschlussvorschlag", documents.contents("Der Stadtrat beschließt.")),
    )
    version = queries.current_version(added.id)
    assert (added.rank, version.number, [p.text for p in queries.load_text(version)]) == (
        1,
        1,
        ["Der Stadtrat beschließt."],
    )
    last = db.session.scalars(select(Event).order_by(Event.seq.desc())).first()
    assert (last.name, last.payload["hash"]) == ("document:text_added", version.hash)


def test_a_member_adds_no_text() -> None:
    paper = documents.paper()
    with pytest.raises(NotAllowed):
        services.add_text(
            paper.member, document_id=paper.document.id, text=NewText("annex", "Noch einer", documents.contents("Neu."))
        )
