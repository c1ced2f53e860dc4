"""Orders in the prose of a mail: what is understood is what was meant, and nothing of the mail gets lost."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.exchange.orders import Kind, Left, Recognised, read_mail
from amendments.text import Edit, apply, plain, text_of
from amendments.text import Kind as ParagraphKind
from tests.exchange.orders.cases import base_of, cases, made, shown

CASES = cases()
LEAST_UNDERSTOOD = 0.95


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.order[:60])
def test_nothing_is_understood_otherwise_than_it_was_meant(case):
    assert made(case) in (case.expected, None)


def test_most_of_it_is_understood():
    meant = [case for case in CASES if case.expected is not None]
    assert len(CASES) > 190
    assert sum(made(case) is not None for case in meant) > LEAST_UNDERSTOOD * len(meant)


MAIL = """Sehr geehrte Damen und Herren,

der Beirat hat gestern beraten. Wir beantragen:

1. In Kapitel 1 Absatz 1 wird „ganzjährig“ durch „immer“ ersetzt.
Begründung: Es ist einfacher.
Und kürzer.

2. Kapitel 2: Bitte "Lärm ist zu
   vermeiden." streichen.

Zu Abschnitt 3.2:
- Nr. 2 streichen, da es niemand nutzt
- Nr. 9 streichen

Über den Rest reden wir noch.

Mit freundlichen Grüßen
Petra Beispiel

> Am Montag schrieben Sie:
> Kapitel 4 wird gestrichen.
"""


def test_a_whole_mail():
    base = base_of("parks")
    pieces = read_mail(base, MAIL)
    assert "".join(piece.words for piece in pieces) == MAIL
    orders = [piece for piece in pieces if isinstance(piece, Recognised)]
    assert [order.reason for order in orders] == ["Es ist einfacher.\nUnd kürzer.", "", "es niemand nutzt"]
    kinds = [piece.kind for piece in pieces if isinstance(piece, Left)]
    assert kinds == [Kind.WORDS, Kind.WORDS, Kind.WORDS, Kind.WORDS, Kind.SIGNATURE, Kind.QUOTED]
    (doubtful,) = [piece for piece in pieces if isinstance(piece, Left) and piece.why]
    assert "Nr. 9" in doubtful.words
    assert "Nr. 9" in str(doubtful.why)
    text = shown(apply(base, [Edit("all", tuple(hunk for order in orders for hunk in order.hunks))]))
    assert "sind immer geöffnet" in text
    assert "Lärm" not in text
    assert "Wochenende" not in text


@pytest.mark.parametrize(
    "mail",
    [
        "Nicht gewünscht ist:\n- In Kapitel 2 wird „Lärm“ gestrichen.",
        "Folgende Anträge ziehen wir zurück:\n\n1. In Kapitel 2 wird „Lärm“ gestrichen.\n2. Kapitel 4 wird gestrichen.",
        "-----Ursprüngliche Nachricht-----\nVon: A\n\nKapitel 4 wird gestrichen.",
        "Viele Grüße\n\nKapitel 4 wird gestrichen.",
        "Ich habe eine Frage. Wird „Lärm“ in Kapitel 2 gestrichen?",
        "„Lärm“ streichen\nnur falls der Rat zustimmt",
        "In Kapitel 2 wird „Lärm“ gestrichen, wenn der Rat zustimmt.",
        "Kapitel 4 soll lauten: „1. Das\n2. und das.“",
        "Folgendes lehnen wir ab:\n1. In Kapitel 2 wird „Lärm“ gestrichen.",
        "Wir sprechen uns gegen folgende Änderungen aus:\n- In Kapitel 2 wird „Lärm“ gestrichen.",
        "Vertagt wurde:\n- Kapitel 4 wird gestrichen.",
        "Ohne Mehrheit blieben folgende Anträge:\n- Kapitel 4 wird gestrichen.",
        "Minderheitenvotum:\n- Kapitel 4 wird gestrichen.",
        "Es gibt zwei Möglichkeiten:\n- „Lärm“ wird gestrichen.\n- „Lärm“ wird durch „Krach“ ersetzt.",
        "Zu prüfen wäre:\n- Kapitel 4 wird gestrichen.",
        "So steht es in der Zeitung von gestern:\n- Kapitel 4 wird gestrichen.",
        "Der Hauptausschuss beantragt, „Lärm“ zu streichen. Das lehnen wir ab.",
        "Die Fraktion schlägt vor, Kapitel 4 zu streichen. Wir sind dagegen.",
        "Kapitel 4 wird gestrichen.\n\nDieser Antrag wurde im Beirat abgelehnt.",
        "Kapitel 4 wird gestrichen. Absatz 1 bleibt erhalten.",
        "Dann würde Kapitel 4 entfallen.",
        "Sie streichen „Lärm“.",
        "Kapitel 4 Absatz 1 lautet: „Diese Ordnung gilt.“",
        "Zeile 14f. streichen.",
        "Am Mo., 21. Nov. 2011 um 10:11 Uhr schrieb Anna <\nanna@stadt.example>:\n\nKapitel 4 wird gestrichen.",
        "On Mon, Nov 21, 2011 at 10:11 AM, Anna wrote:\n\nKapitel 4 wird gestrichen.",
        "Anna Beispiel schrieb am 21.11.2011:\nKapitel 4 wird gestrichen.",
    ],
)
def test_what_is_said_around_it_counts(mail):
    pieces = read_mail(base_of("parks"), mail)
    assert not [piece for piece in pieces if isinstance(piece, Recognised)]
    assert "".join(piece.words for piece in pieces) == mail


@pytest.mark.parametrize(
    "above",
    [
        "Der Beirat hat gestern beschlossen:",
        "Hier sind unsere Änderungswünsche zum ganzen Text:",
        "Wir haben lange gesprochen und bitten nun um Folgendes:",
        "Lärm und Hunde:",
        "Frau Beispiel:",
        "Stellungnahme des Beirats vom 3. Mai:",
    ],
)
@pytest.mark.parametrize("behind", ["", " Das ist kürzer.", " So versteht es jeder.", "\n\nWir danken Ihnen."])
def test_who_wishes_and_why_may_stand_around_it(above, behind):
    pieces = read_mail(base_of("parks"), f"{above}\n1. In Kapitel 2 wird „Lärm“ durch „Krach“ ersetzt.{behind}")
    assert [piece for piece in pieces if isinstance(piece, Recognised)]


def test_bare_line_numbers_of_another_version_are_not_believed():
    base = base_of("parks")
    right = "- In Zeile 10 wird „Lärm“ gestrichen.\n- Zeile 14 wird gestrichen.\n"
    wrong = right.replace("Zeile 10", "Zeile 8")
    assert len([piece for piece in read_mail(base, right) if isinstance(piece, Recognised)]) == 2
    assert not [piece for piece in read_mail(base, wrong) if isinstance(piece, Recognised)]
    assert (
        len([piece for piece in read_mail(base, f"Zu Fassung 3:\n{right}", number=3) if isinstance(piece, Recognised)])
        == 2
    )
    assert (
        len([piece for piece in read_mail(base, f"Zu Fassung 2:\n{right}", number=3) if isinstance(piece, Recognised)])
        == 1
    )


def test_a_list_under_a_heading_of_its_own():
    base = base_of("parks")
    mail = (
        "Kapitel 1 wird wie folgt geändert:\n1. Absatz 1 wird wie folgt geändert:\na) Satz 2 wird gestrichen.\n"
        "b) In Satz 3 wird „frei“ durch „umsonst“ ersetzt.\n2. In Absatz 3 wird „vier“ durch „fünf“ ersetzt."
    )
    orders = [piece for piece in read_mail(base, mail) if isinstance(piece, Recognised)]
    assert len(orders) == 3
    text = shown(apply(base, [Edit("all", tuple(hunk for order in orders for hunk in order.hunks))]))
    assert "(1) Die Parks dienen der Erholung. Der Eintritt ist umsonst." in text
    assert "mindestens fünf Wochen" in text


def test_new_items_are_like_those_beside_them_and_marks_stay():
    base = text_of(
        [plain("Ziele", ParagraphKind.HEADING, 1), plain("Eins", ParagraphKind.LIST_ITEM, 2, list="ordered")]
    )
    (order,) = read_mail(base, "Nach Nummer 1 wird eingefügt: „Zwei“")
    assert isinstance(order, Recognised)
    assert apply(base, [Edit("x", order.hunks)])[1:] == text_of(
        [plain(words, ParagraphKind.LIST_ITEM, 2, list="ordered") for words in ("Eins", "Zwei")]
    )


NEW = "Diese Ordnung gilt in allen Parks der Stadt"
BROKEN_LINE = f"Kapitel 4 Absatz 1 soll lauten: „{NEW}.\nSonntags gilt sie nicht.“"


def test_a_line_of_new_words_that_had_room_for_more_was_ended_on_purpose():
    base = base_of("parks")
    (order,) = [piece for piece in read_mail(base, BROKEN_LINE) if isinstance(piece, Recognised)]
    assert f"{NEW}. Sonntags gilt sie nicht." in shown(apply(base, [Edit("x", order.hunks)]))
    wide = "Wir haben darüber am Montag lange gesprochen und uns am Ende alle so auf diese Worte geeinigt."
    longer = BROKEN_LINE.replace(NEW, f"{NEW} und auf ihren Wegen")
    for mail in (f"{wide}\n\n{BROKEN_LINE}", f"{wide} {wide}\n\n{longer}"):
        (left,) = [piece for piece in read_mail(base, mail) if isinstance(piece, Left) and piece.why]
        assert "Zeilenumbrüche" in str(left.why)
    assert any(isinstance(piece, Recognised) for piece in read_mail(base, f"> {wide} {wide}\n\n{BROKEN_LINE}"))


def test_a_full_stop_is_not_put_into_the_middle_of_a_sentence():
    base = text_of(
        [plain("Ziele", ParagraphKind.HEADING, 1), plain("Es gilt Kapitel 3 Unterabschn. 2 ABl. 4 der Stadt.")]
    )
    mail = "Absatz 1 Satz 1 wird wie folgt gefasst: „Es gilt Kapitel 4 Absatz“"
    assert not [piece for piece in read_mail(base, mail) if isinstance(piece, Recognised)]


def test_what_asks_for_new_words_and_is_not_understood_is_told():
    (left,) = read_mail(base_of("parks"), "Bitte fügen Sie in Kapitel 4 nach «Januar» «oder\n1. Februar» ein.")
    assert isinstance(left, Left)
    assert left.why is not None


@given(
    st.text(
        alphabet=st.sampled_from(
            "„“\"'»« \n>-1.a)\ue000\ue001\x00…Zeile wird „Lärm“ gestrichen. Kapitel Begründung: Grüße"
        ),
        max_size=200,
    )
)
def test_any_mail_comes_back_whole(mail):
    assert "".join(piece.words for piece in read_mail(base_of("parks"), mail)) == mail


@pytest.mark.parametrize(
    "mail",
    [
        "„" * 50_000,
        '"a" ' * 150_000,
        "Zeile 1 und " * 9_000,
        "a) " * 30_000,
        "In Kapitel 1 " * 8_000 + "„a“ streichen",
        "\n" * 100_000,
        ". " * 50_000,
        "> x\n" * 25_000,
        "wir " * 25_000,
        "'a " * 33_000,
        ", da " * 20_000,
    ],
)
def test_a_long_mail_takes_no_longer_than_a_person_waits(mail):
    began = process_time()
    assert "".join(piece.words for piece in read_mail(base_of("parks"), mail)) == mail
    assert process_time() - began < 5


def test_many_orders_on_a_long_text_take_no_longer_than_a_person_waits():
    sections = [
        [
            plain(f"Abschnitt {number}: Ziele", ParagraphKind.HEADING, 2),
            *(plain(f"Die Stadt fördert Ziel {n}.") for n in range(25)),
        ]
        for number in range(1, 401)
    ]
    base = text_of([content for section in sections for content in section])
    mail = "\n".join(f"Abschnitt {number} Absatz 2 wird gestrichen." for number in range(1, 151))
    began = process_time()
    pieces = read_mail(base, mail)
    assert process_time() - began < 5
    assert [type(piece) for piece in pieces] == [Recognised] * 150
