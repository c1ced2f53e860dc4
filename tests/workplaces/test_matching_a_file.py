"""Where a new file leaves it open which paragraph is meant, a person says so, and what was said is kept."""

from html import unescape

import pytest
from lxml import html

from amendments.consensus.services import ANSWERED_TWICE
from amendments.documents.queries import current_version, load_text
from amendments.documents.services import NewText
from amendments.text import Kind, plain
from tests.factories import documents
from tests.workplaces.pages import as_, text_url

pytestmark = pytest.mark.one_engine

SAME = "Die Verwaltung wird beauftragt, dem Rat über die Umsetzung zu berichten."
REST = ("# Wohnen", "Eins ist der Anfang von allem.", "# Arbeit", "Zwei kommt danach.", "Ende der Vorlage.")
FILE = "\n\n".join((*REST, SAME.replace("dem Rat", "dem Stadtrat")))
ASKED = len(REST)
"""The paragraph of the file that could be either."""


@pytest.fixture
def paper(session):
    """One sentence stands under two headings."""
    words = [plain(words) for words in ("Wohnen", SAME, *REST[1:2], "Arbeit", *REST[3:4], SAME, *REST[4:])]
    words[0], words[3] = plain("Wohnen", Kind.HEADING, 1), plain("Arbeit", Kind.HEADING, 1)
    found = documents.paper(texts=[NewText("annex", "Entwurf", words)])
    session.commit()
    return found


@pytest.fixture
def send(client, session, paper):
    moderator = as_(client, session, paper.moderator)
    return lambda form, **more: moderator.send(text_url(paper, "/import"), {"action": "preview", **form, **more})


def form_of(response):
    """The fields as the page holds them."""
    (form,) = html.document_fromstring(response.text).xpath("//main//form[@enctype]")
    return {name: value for name, value in form.form_values() if name != "action"}


def questions(response):
    """By the number of the paragraph: heading, and (value, words) of each answer; the one that is chosen."""
    found = {}
    for box in html.document_fromstring(response.text).xpath("//fieldset[.//input[starts-with(@name, 'answer-')]]"):
        answers = [(one.get("value"), said(one.getparent())) for one in box.xpath(".//input")]
        number = int(box.xpath("string(.//input/@name)").removeprefix("answer-"))
        found[number] = (said(box.find("legend")), answers, box.xpath("string(.//input[@checked]/@value)"))
    return found


def said(element):
    return " ".join(element.text_content().split())


def test_paragraphs_with_the_same_words_say_where_each_stands(paper, send):
    ((number, (asked, answers, chosen)),) = questions(send({"pasted": FILE})).items()
    assert (number, asked, chosen) == (ASKED, f"Absatz {ASKED + 1} der Datei unter „Arbeit“", "")
    assert answers == [
        (paper.words[1].identity, f"{SAME} Zeile 2, unter „Wohnen“, zu 92 % gleich"),
        (paper.words[5].identity, f"{SAME} Zeile 6, unter „Arbeit“, zu 92 % gleich"),
        ("new", "Das ist ein neuer Absatz."),
    ]


@pytest.mark.parametrize("rank", [1, 5])
def test_an_answer_is_kept_when_the_file_is_looked_at_again_and_holds(paper, send, rank):
    meant = paper.words[rank].identity
    first = send({"pasted": FILE})
    again = send(form_of(first) | {f"answer-{ASKED}": meant})
    assert questions(again)[ASKED][2] == meant
    assert send(form_of(again), action="create").status_code == 303
    assert load_text(current_version(paper.text.id))[ASKED].identity == meant


def test_that_it_is_new_is_kept_too_and_can_be_taken_back(paper, send):
    again = send(form_of(send({"pasted": FILE})) | {f"answer-{ASKED}": "new"})
    assert questions(again)[ASKED][2] == "new"
    assert ("", "Noch einmal zur Wahl stellen.") in questions(again)[ASKED][1]
    once_more = send(form_of(again) | {f"answer-{ASKED}": ""})
    assert len(questions(once_more)[ASKED][1]) == 3
    assert questions(once_more)[ASKED][2] == ""


def test_an_answer_speaks_of_its_own_file_alone(paper, send):
    answered = send(form_of(send({"pasted": FILE})) | {f"answer-{ASKED}": paper.words[1].identity})
    other = "\n\n".join((*REST, "Etwas ganz anderes."))
    assert questions(send(form_of(answered) | {"pasted": other})) == {}
    assert send(form_of(answered) | {"pasted": other}, action="create").status_code == 303
    assert paper.words[1].identity not in [p.identity for p in load_text(current_version(paper.text.id))]


BOTH = "\n\n".join((*REST, SAME.replace("dem Rat", "dem Stadtrat"), SAME.replace("dem Rat", "dem Kreisrat")))


def errors(response):
    """What is said at each question, by the number of its paragraph."""
    page = html.document_fromstring(response.text)
    found = page.xpath("//fieldset[.//input[starts-with(@name, 'answer-')]]//p[contains(@class, 'field-error')]")
    return {int(one.get("id").removeprefix("answer-").removesuffix("-error")): said(one) for one in found}


@pytest.mark.parametrize("action", ["preview", "create"])
def test_one_old_paragraph_chosen_for_two_is_refused_at_both(paper, send, action):
    first = send({"pasted": BOTH})
    assert set(questions(first)) == {ASKED, ASKED + 1}
    meant, other = paper.words[1].identity, paper.words[5].identity
    same = {f"answer-{ASKED}": meant, f"answer-{ASKED + 1}": meant}
    refused = send(form_of(first) | same, action=action)
    assert refused.status_code == 400
    assert ANSWERED_TWICE in unescape(refused.text)
    sentence = (
        "Fehler: Denselben Absatz haben Sie auch für Absatz {} der Datei gewählt. Bitte wählen Sie ihn nur einmal."
    )
    assert errors(refused) == {ASKED: sentence.format(ASKED + 2), ASKED + 1: sentence.format(ASKED + 1)}
    assert {number: chosen for number, (_, _, chosen) in questions(refused).items()} == {ASKED: meant, ASKED + 1: meant}
    assert current_version(paper.text.id).number == 1
    assert send(form_of(refused) | {f"answer-{ASKED + 1}": other}, action="create").status_code == 303
    identities = [paragraph.identity for paragraph in load_text(current_version(paper.text.id))]
    assert identities[ASKED:] == [meant, other]
