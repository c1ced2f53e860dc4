"""People come in with their seats: one by one, or from a table that is shown before anything happens."""

from base64 import b64encode
from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa

from amendments.audit.models import Event
from amendments.committees.models import Membership
from amendments.committees.queries import members_of
from amendments.committees.transfer import plan_people
from amendments.errors import NotAllowed
from amendments.exchange.people_csv import read_people
from amendments.people.models import Account
from amendments.people.queries import account_by_email
from amendments.web import clock
from tests.factories import committees, people


@pytest.fixture
def chief(client):
    row = people.account(is_admin=True)
    client.sign_in(row)
    return row


@pytest.fixture
def boards(session):
    names = {"beirat": "Beirat für Integration", "soz": "Sozialausschuss"}
    return {key: committees.committee(key=key, name=name, short_name=key.upper()) for key, name in names.items()}


def count(session, table):
    return session.scalar(sa.select(sa.func.count()).select_from(table))


FORM = {"name": "Ada Neu", "email": "ada@town.example", "language": "de"}


def test_a_person_is_invited_with_seats_on_several_committees(client, chief, boards, session):
    assert client.get("/accounts/invite").status_code == 200
    seats = {
        "seats-0-committee_id": str(boards["beirat"].id),
        "seats-0-role": "chair",
        "seats-0-valid_to": "2031-12-31",
        "seats-1-committee_id": "",
        "seats-1-role": "member",
        "seats-2-committee_id": str(boards["soz"].id),
        "seats-2-role": "member",
        "seats-2-valid_from": "2031-01-01",
    }
    answer = client.send("/accounts/invite", FORM | seats)
    assert answer.status_code == 200
    assert "https://town.example/invitation?token=" in answer.text
    account = account_by_email("ada@town.example")
    assert account.password_hash is None
    held = {
        (row.committee_id, row.role, row.valid_from, row.valid_to) for row in session.scalars(sa.select(Membership))
    }
    assert held == {
        (boards["beirat"].id, "chair", clock.today(), date(2031, 12, 31)),
        (boards["soz"].id, "member", date(2031, 1, 1), None),
    }
    assert "Ada Neu" in client.get(f"/committees/{boards['beirat'].id}").text
    assert "Offene Einladungen" in client.get("/accounts").text


def test_an_invitation_goes_by_mail_in_its_language(client, chief, session, post_office):
    answer = client.send("/accounts/invite", FORM | {"language": "en"})
    assert "token=" not in answer.text
    assert "ada@town.example" in answer.text
    letter = post_office.to("ada@town.example")
    assert letter["Subject"] == "Your invitation"
    link = next(line for line in letter.get_content().splitlines() if line.startswith("https://"))
    assert client.get(link.removeprefix("https://vorlagen.example")).status_code == 200


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Bitte geben Sie einen Namen"),
        ({"email": "ada"}, "keine vollständige E-Mail-Adresse"),
        ({"seats-0-role": "king", "seats-0-committee_id": "x"}, "Bitte prüfen Sie Ihre Angaben."),
        ({"seats-0-valid_to": "bald"}, "Das ist kein Tag. Bitte geben Sie ihn wie 31.12.2030 an."),
    ],
)
def test_a_wrong_invitation_comes_back_and_makes_nothing(client, chief, boards, session, changed, sentence):
    before = count(session, Account)
    answer = client.send("/accounts/invite", FORM | changed)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "{" not in answer.text
    assert 'value="ada@town.example"' in answer.text or "email" in changed
    assert count(session, Account) == before


def test_a_wrong_seat_takes_the_invitation_back(client, chief, boards, session, post_office):
    before, events = count(session, Account), count(session, Event)
    seat = {"seats-0-committee_id": str(boards["soz"].id), "seats-0-role": "member", "seats-0-valid_to": "1990-01-01"}
    assert client.send("/accounts/invite", FORM | seat).status_code == 400
    unknown = {"seats-0-committee_id": str(chief.id), "seats-0-role": "member"}
    assert client.send("/accounts/invite", FORM | unknown).status_code == 404
    assert (count(session, Account), count(session, Event)) == (before, events)
    assert post_office.letters == []


def test_an_address_is_invited_once(client, chief):
    answer = client.send("/accounts/invite", FORM | {"email": chief.email})
    assert answer.status_code == 400
    assert "schon ein Konto" in answer.text


TABLE = """Name;E-Mail;Gremium;Aufgabe;von;bis
Ada Neu;ada@town.example;Beirat für Integration;Vorsitz;01.01.2030;31.12.2034
Ada Neu;ADA@town.example;SOZ;;;
Ben Alt;ben@town.example;beirat;Stellvertretung;;
Cem Gast;cem@town.example;;;;
"""


def look(client, text, **more):
    upload = (BytesIO(text.encode() if isinstance(text, str) else text), "personen.csv")
    return client.send(
        "/accounts/import", {"file": upload, "action": "preview"} | more, content_type="multipart/form-data"
    )


def carry_out(client, text, **more):
    carried = b64encode(text.encode()).decode()
    return client.send("/accounts/import", {"carried": carried, "action": "create"} | more)


def test_a_table_is_shown_before_anything_happens(client, chief, boards, session):
    ben = people.account(name="Ben Alt", email="ben@town.example")
    assert client.get("/accounts/import").status_code == 200
    before = (count(session, Account), count(session, Membership), count(session, Event))
    page = look(client, TABLE)
    assert page.status_code == 200
    assert "2 Personen werden eingeladen" in page.text
    assert "3 Sitze werden vergeben." in page.text
    assert "hat ein Konto, bekommt den Sitz" in page.text
    assert b64encode(TABLE.encode()).decode() in page.text
    assert (count(session, Account), count(session, Membership), count(session, Event)) == before
    assert ben.password_hash == "!"


def test_then_all_of_it_happens(client, chief, boards, session, post_office):
    ben = people.account(name="Ben Alt", email="ben@town.example")
    page = carry_out(client, TABLE)
    assert page.status_code == 200
    assert "E-Mails gingen an:" in page.text
    assert {letter["To"].addresses[0].addr_spec for letter in post_office.letters} == {
        "ada@town.example",
        "cem@town.example",
    }
    ada = account_by_email("ada@town.example")
    held = {(row.committee_id, row.account_id, row.role) for row in session.scalars(sa.select(Membership))}
    beirat, soz = boards["beirat"].id, boards["soz"].id
    assert held == {(beirat, ada.id, "chair"), (soz, ada.id, "member"), (beirat, ben.id, "deputy")}
    assert [member.membership.valid_to for member in members_of(beirat) if member.name == "Ada Neu"] == [
        date(2034, 12, 31)
    ]


def test_without_mail_the_links_are_listed(client, chief, boards):
    page = carry_out(client, TABLE)
    assert page.text.count("https://town.example/invitation?token=") == 3


def test_the_same_table_again_changes_nothing(client, chief, boards, session):
    carry_out(client, TABLE)
    before = (count(session, Account), count(session, Membership))
    page = look(client, TABLE)
    assert "0 Personen werden eingeladen" in page.text
    assert "0 Sitze werden vergeben." in page.text
    carry_out(client, TABLE)
    assert (count(session, Account), count(session, Membership)) == before


FAULTY = """Name;E-Mail;Gremium;Aufgabe;von;bis
Ada Neu;ada@town.example;SOZ;Mitglied;;
Ada Neu;keine Adresse;;;;
Eva Andere;ada@town.example;;;;
Zu Zweit;zwei@town.example;Kegelclub;;;
Rolf Ohne;rolf@town.example;SOZ;König;;
Rolf Allein;allein@town.example;;Vorsitz;;
Tim Rum;tim@town.example;SOZ;Mitglied;2030-01-02;2030-01-01
Ada Neu;ada@town.example;soz;member;;
Zu;zu@town.example;;;;
;leer@town.example;;;;
"""


def test_every_faulty_line_is_named_and_nothing_is_written(client, chief, boards, session):
    people.account(name="Zu", email="zu@town.example", active=False)
    before = (count(session, Account), count(session, Event))
    sentences = {
        3: "keine vollständige E-Mail-Adresse",
        4: "gehört schon zu „Ada Neu“",
        5: "Ein Gremium „Kegelclub“ gibt es nicht.",
        6: "Eine Aufgabe „König“ gibt es nicht.",
        7: "Zu der Aufgabe „Vorsitz“ fehlt das Gremium.",
        8: "Der letzte Tag liegt vor dem ersten.",
        9: "Denselben Sitz nennt schon Zeile 2.",
        10: "ist geschlossen",
        11: "Der Name fehlt.",
    }
    page = look(client, FAULTY)
    for line, words in sentences.items():
        assert any(f"Zeile {line}:" in row and words in row for row in page.text.splitlines()), line
    assert "Anlegen und einladen" not in page.text
    answer = carry_out(client, FAULTY)
    assert answer.status_code == 400
    assert "es wurde nichts angelegt" in answer.text
    assert (count(session, Account), count(session, Event)) == before


def test_a_name_that_differs_from_the_account_is_asked_about(client, chief, boards):
    people.account(name="Ada Früher", email="ada@town.example")
    assert "gehört schon zu „Ada Früher“" in look(client, TABLE).text


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", 422, "keinen lesbaren Text"),
        (b"Ada;ada@town.example\n", 422, "Die erste Zeile muss die Spalten nennen"),
        (b"Name;E-Mail\n" + b"x" * 200_001, 413, "200 kB"),
        (b"Name;E-Mail\n" + b"A;a@b.example\n" * 501, 413, "500 Zeilen"),
    ],
)
def test_what_is_no_table_is_refused_with_one_sentence(client, chief, text, status, sentence):
    answer = look(client, text)
    assert answer.status_code == status
    assert sentence in answer.text


@pytest.mark.parametrize("form", [{}, {"carried": "%%%"}, {"carried": "ä"}, {"action": "create"}])
def test_a_form_without_its_table_is_refused(client, chief, session, form):
    before = count(session, Account)
    assert client.send("/accounts/import", form).status_code == 400
    assert count(session, Account) == before


def test_what_a_table_says_is_text_on_the_page(client, chief):
    page = look(client, "Name;E-Mail\n<img src=x onerror=alert(1)>;a@town.example\n=1+1;b@town.example\n")
    assert "<img src=x" not in page.text
    assert "&lt;img" in page.text


def test_only_administrators_read_tables_in(client, session):
    member = people.actor()
    with pytest.raises(NotAllowed):
        plan_people(member, read_people(TABLE.encode()))


def test_a_long_table_needs_the_same_statements(client, chief, boards, count_queries):
    with count_queries() as few:
        look(client, TABLE)
    long = TABLE + "".join(f"P {n};p{n}@town.example;SOZ;Mitglied;;\n" for n in range(100))
    with count_queries() as many:
        look(client, long)
    assert len(many) == len(few)
