"""Tables of people, as spreadsheets of several countries write them."""

from datetime import date

import pytest

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.people_csv import MAX_TABLE, Person, read_people

ADA = Person(2, "Ada Lövenich", "ada@town.example", "Beirat", "Mitglied", date(2030, 1, 2), date(2030, 12, 31))

GERMAN = "Name;E-Mail;Gremium;Aufgabe;von;bis\nAda Lövenich;ada@town.example;Beirat;Mitglied;02.01.2030;31.12.2030\n"
ENGLISH = "Email,Role,Name,Committee,From,Until\nada@town.example,Mitglied,Ada Lövenich,Beirat,2030-01-02,2030-12-31\n"
SPLIT = "Nachname;Vorname;Mail;Ausschuss;Funktion;Seit;Ende\n"
SPLIT += "Lövenich;Ada;ada@town.example;Beirat;Mitglied;2.1.2030;2030-12-31"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (GERMAN.encode(), "UTF-8 and semicolons"),
        (GERMAN.encode("utf-8-sig"), "with a byte order mark"),
        (GERMAN.encode("cp1252"), "Windows-1252"),
        (GERMAN.replace("\n", "\r\n").encode(), "Windows line ends"),
        (GERMAN.replace(";", "\t").encode(), "tabs"),
        (GERMAN.encode("utf-16"), "UTF-16"),
        (ENGLISH.encode(), "commas, English headings, another order"),
        (SPLIT.encode(), "first and last name apart, no last line end"),
        (GERMAN.replace("Ada Lövenich", '"Ada Lövenich"').encode(), "quoted"),
        (GERMAN.replace("Ada Lövenich", "  Ada \u202eLövenich ").encode(), "spaces and a mark that turns the writing"),
        (GERMAN.replace("bis\n", "bis;Telefon;\n").replace("2030\n", "2030;06341;\n").encode(), "a column more"),
    ],
)
def test_a_table_is_read_however_it_was_written(data, reason):
    people = read_people(data)
    assert (people.rows, people.faults) == ((ADA,), ()), reason


def test_the_line_by_which_excel_tells_the_separator():
    people = read_people(b"sep=,\nName,E-Mail\nAda,ada@town.example\n")
    assert people.rows == (Person(3, "Ada", "ada@town.example"),)


def test_a_separator_inside_quotes_and_empty_lines():
    people = read_people(b'Name,E-Mail\n\n"Ada, Dr.",ada@town.example\n,\n"Zwei\nZeilen",z@town.example\n')
    assert [(row.line, row.name) for row in people.rows] == [(3, "Ada, Dr."), (6, "Zwei Zeilen")]


def test_a_guessed_encoding_is_said():
    assert read_people(GERMAN.encode("cp1252")).notes
    assert not read_people(GERMAN.encode()).notes


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (";x@town.example", "Der Name fehlt."),
        ("Ada;", "Die E-Mail-Adresse fehlt."),
        ("Ada", "Die E-Mail-Adresse fehlt."),
        ("Ada;a@town.example;;;32.1.2030", "„32.1.2030“ ist kein Tag"),
        ("Ada;a@town.example;;;bald", "„bald“ ist kein Tag"),
        ("Ada;a@town.example;;;;2030-13-01", "ist kein Tag"),
        ("Ada;a@town.example;Beirat;;;;zu viel", "mehr Zellen"),
    ],
)
def test_every_wrong_line_is_named(row, words):
    people = read_people(f"Name;E-Mail;Gremium;Aufgabe;von;bis\nGut;g@town.example\n{row}\n".encode())
    assert [fault.line for fault in people.faults] == [3]
    assert words in people.faults[0].sentence
    assert len(people.rows) == 1


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", Unreadable),
        (b"\n\n", Unreadable),
        (b"Ada;ada@town.example\n", Unreadable),
        (b"Name;Gremium\nAda;Beirat\n", Unreadable),
        (b"Name;E-Mail;Mail\nAda;a@town.example;b@town.example\n", Unreadable),
        (b"Name;E-Mail\n", Unreadable),
        (b'Name;E-Mail\n"Ada;a@town.example\n', Unreadable),
        (b'Name;E-Mail\n"Ada"x;a@town.example\n', Unreadable),
        (b"\x00\x01\x02PK", Unreadable),
        (b"PK\x03\x04" + bytes(range(256)), Unreadable),
        (b"Name;E-Mail\n" + b"x" * MAX_TABLE, TooLarge),
        (b"Name;E-Mail\n" + b"A;a@b.example\n" * 501, TooLarge),
        (b"sep=\n", Unreadable),
        (b'sep="\nName"E-Mail\n', Unreadable),
    ],
)
def test_what_is_no_table_of_people_is_refused(data, error):
    with pytest.raises(error):
        read_people(data)


def test_five_hundred_rows_are_read():
    assert len(read_people(b"Name;E-Mail\n" + b"A;a@b.example\n" * 500).rows) == 500
