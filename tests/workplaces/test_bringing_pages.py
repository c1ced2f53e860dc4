"""Returned files over HTTP: read, looked through, brought in; what cannot be read stops nothing else."""

import re
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from sqlalchemy import select

from amendments.audit.models import Event
from amendments.consensus import queries as consensus
from amendments.consensus import services as publishing
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict, decide_edits
from amendments.documents.services import NewText
from amendments.exchange.readers import MOST_AUTHORS
from amendments.exchange.redlines import Person, write
from amendments.exchange.returned import untold
from amendments.extensions import db
from amendments.proposals.models import Proposal, ReturnedFile
from amendments.proposals.queries import comments_of, edits_of, proposals_on, returned_files
from amendments.text import Content, Edit, literal_content, plain, text_of
from amendments.web import clock
from amendments.workplaces.views import bringing as views
from benchmarks.round_trip import paper_of
from tests.exchange.changing import open_file
from tests.factories import consultations, documents, proposals
from tests.guards.statements import collected
from tests.workplaces.pages import as_, body, sent, text_url

pytestmark = pytest.mark.one_engine

BEIRAT, AMT = Person("Beirat (Ä 7)", clock.now(), "Damit alle es verstehen."), Person("Amt", clock.now())


def redline(stage, wishes):
    """A Word file with these people's changes of our version: {person: [(old, new)]}."""
    base = stage.words
    edits = {
        person.name: [
            Edit(f"{person.name} {number}", proposals.words(base, old, new)) for number, (old, new) in enumerate(found)
        ]
        for person, found in wishes.items()
    }
    return write(paper_of(base, edits, {person.name: person for person in wishes}), ".docx")


def page_url(stage, rest=""):
    return text_url(stage, f"/returned-files{rest}")


def drop(browser, stage, **files):
    form = {"files": [(BytesIO(data), name.replace("_", ".")) for name, data in files.items()]}
    return browser.send(page_url(stage), form)


def booking(browser, stage, **typed):
    """The form as the page holds it, with the committee chosen for everybody."""
    page = body(browser.get(page_url(stage)))
    form = sent(page, page_url(stage, "/book"))
    keys = re.findall(r'name="take" value="([^"]+)"', page)
    return form | {"take": keys} | {f"for-{key}": str(stage.participant.id) for key in keys} | typed


def book(browser, stage, **typed):
    return browser.send(page_url(stage, "/book"), booking(browser, stage, **typed))


CHANGES = [("von Anfang an", "früh"), ("jährlich", "oft")]


def test_a_file_with_two_people_becomes_two_proposals_in_one_step(moderator, stage):
    data = redline(stage, {BEIRAT: CHANGES, AMT: [("eng ", "")]})
    assert drop(moderator, stage, beirat_docx=data).status_code == 303
    page = body(moderator.get(page_url(stage)))
    assert "Ohne die Änderungen ist die Datei genau unsere Fassung 1." in page
    assert "2 Änderungen" in page
    assert BEIRAT.reason in page
    assert "nicht übernommen" not in page
    assert book(moderator, stage).status_code == 303
    found = proposals_on(stage.version.id)
    assert [(entry.author_name, entry.proposal.reason, len(entry.edits)) for entry in found] == [
        (BEIRAT.name, BEIRAT.reason, 2),
        ("Amt", "", 1),
    ]
    assert {entry.committee.id for entry in found} == {stage.participant.id}
    shown = body(moderator.get(page_url(stage)))
    assert "Eine Datei ist eingereicht" in shown
    proposal = body(moderator.get(f"/proposals/{found[0].proposal.id}"))
    assert "Vorschlag aus einer Datei" in proposal
    assert BEIRAT.name in proposal


def test_rivals_of_one_file_become_proposals_that_collide(moderator, stage):
    """In the file each is a comment with the order; the reason is told there and at the other change, here once."""
    data = redline(stage, {BEIRAT: [("jährlich", "oft"), ("eng ", "")], AMT: [("jährlich", "nie")]})
    drop(moderator, stage, Amt_docx=data)
    page = body(moderator.get(page_url(stage)))
    assert page.count("Damit alle es verstehen.") == 1
    assert book(moderator, stage).status_code == 303
    beirat, amt = proposals_on(stage.version.id)
    assert [[hunk.new.text for edit in each.edits for hunk in edit.hunks] for each in (beirat, amt)] == [
        ["oft", ""],
        ["nie"],
    ]
    assert (beirat.proposal.reason, amt.proposal.reason) == ("Damit alle es verstehen.", "")


def test_what_of_a_persons_changes_becomes_no_proposal_is_said_beside_them(moderator, stage):
    """Karl only struck what Sabine wants to put in, Klaus changed a text box: they are on the page with these words."""
    lines = [[paragraph.text] for paragraph in stage.words]
    new = [("Mehr Räume.", "+Sabine -Karl"), ("", "+Sabine -Karl")]
    box = "<text:p><draw:frame><draw:text-box><text:p>Amt</text:p></draw:text-box></draw:frame></text:p>"
    inserted = '<text:change-start text:change-id="k"/>für Integration<text:change-end text:change-id="k"/>'
    klaus = (
        '<text:changed-region text:id="k"><text:insertion><office:change-info><dc:creator>Klaus</dc:creator>'
        "</office:change-info></text:insertion></text:changed-region>"
    )
    drop(moderator, stage, a_odt=open_file(*lines, new, tail=box.replace("Amt", inserted), listed=klaus))
    page = body(moderator.get(page_url(stage)))
    said = re.sub("<[^>]+>", " ", page)
    assert "was jemand anderes in derselben Datei einfügen will" in said
    assert said.count("Mehr Räume.") >= 2
    assert "Das steht in Kopfzeilen, Fußzeilen oder Textfeldern" in said
    assert "für Integration" in said
    assert page.count('name="take"') == 1, "only Sabine wants something of our version"


def test_a_file_whose_paragraphs_cannot_be_told_is_said_to_be_no_proposal(moderator, stage, monkeypatch):
    monkeypatch.setattr(untold, "MOST_CHANGED", 0)
    run_in = " ".join(paragraph.text for paragraph in stage.words).encode()
    assert drop(moderator, stage, brief_txt=run_in).status_code == 303
    page = body(moderator.get(page_url(stage)))
    assert "Daraus wird kein Vorschlag" in page
    assert "nicht sicher mit unserer Fassung vergleichen" in page
    assert "nichts geändert" not in page
    assert 'name="take"' not in page


def with_looks(data, bold, indented):
    """The file with so many more tracked changes by the office: words made bold, paragraphs moved to the right."""
    document = docx.Document(BytesIO(data))
    space = f'xmlns:w="{document.element.nsmap["w"]}" w:id="99" w:author="Amt" w:date="2011-11-20T10:00:00Z"'
    for paragraph in document.paragraphs[:indented]:
        paragraph.paragraph_format.left_indent = 360_000
        paragraph._p.pPr.append(parse_xml(f"<w:pPrChange {space}><w:pPr/></w:pPrChange>"))
    for paragraph in document.paragraphs[::-1][:bold]:
        paragraph.runs[0].bold = True
        paragraph.runs[0]._r.rPr.append(parse_xml(f"<w:rPrChange {space}><w:rPr/></w:rPrChange>"))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("bold", "indented", "said"),
    [
        (0, 2, ["Eine Änderung", "In der Datei sind 2 Formatierungen nachverfolgt."]),
        (1, 0, ["2 Änderungen", "davon eine nur der Formatierung"]),
        (1, 2, ["2 Änderungen", "davon eine nur der Formatierung", "In der Datei sind 3 Formatierungen nachverfolgt."]),
    ],
)
def test_of_changes_of_looks_those_are_counted_that_are_wishes(moderator, stage, bold, indented, said):
    drop(moderator, stage, a_docx=with_looks(redline(stage, {AMT: CHANGES[:1]}), bold, indented))
    page = body(moderator.get(page_url(stage)))
    of_person = page[page.index('class="field card person"') : page.index('class="inline-form"')]
    told = re.findall(
        r"Eine Änderung|\d Änderungen|davon \w+ nur der Formatierung"
        r"|In der Datei sind \d Formatierungen nachverfolgt\.",
        of_person,
    )
    assert told == said


def test_one_proposal_for_each_change(moderator, stage):
    drop(moderator, stage, beirat_docx=redline(stage, {BEIRAT: CHANGES}))
    form = booking(moderator, stage)
    (key,) = form["take"]
    moderator.send(page_url(stage, "/book"), form | {f"as-{key}": "each"})
    found = proposals_on(stage.version.id)
    assert [(entry.proposal.reason, len(edits_of(entry.proposal.id))) for entry in found] == [
        (BEIRAT.reason, 1),
        ("", 1),
    ]


def test_for_no_committee_it_is_that_persons_alone(moderator, stage):
    drop(moderator, stage, beirat_docx=redline(stage, {AMT: CHANGES}))
    form = booking(moderator, stage)
    (key,) = form["take"]
    assert moderator.send(page_url(stage, "/book"), form | {f"for-{key}": "none"}).status_code == 303
    assert [(entry.author_name, entry.committee) for entry in proposals_on(stage.version.id)] == [("Amt", None)]


def test_sent_twice_it_is_brought_in_once(moderator, stage):
    drop(moderator, stage, beirat_docx=redline(stage, {BEIRAT: CHANGES}))
    form = booking(moderator, stage)
    for _again in range(2):
        assert moderator.send(page_url(stage, "/book"), form).status_code == 303
    assert len(proposals_on(stage.version.id)) == 1
    again = moderator.send(page_url(stage, "/book"), form | {"idempotency_key": "ein anderes Formular"})
    assert again.status_code == 409
    assert len(proposals_on(stage.version.id)) == 1


def bomb():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<x/>")
        target.writestr("word/document.xml", b"0" * 60_000_000)
    return stream.getvalue()


def crowd():
    document = docx.Document()
    for content in documents.WORDS:
        paragraph = document.add_paragraph(content)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for number in range(MOST_AUTHORS + 1):
        change = f'<w:ins {space} w:id="{number}" w:author="P {number}"><w:r><w:t>x</w:t></w:r></w:ins>'
        paragraph._p.append(parse_xml(change))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def another():
    words = ["Die Katze schläft auf dem warmen Ofen und träumt von Mäusen."] * 4
    base = text_of([plain(f"{text} {number} Mal am Tag.") for number, text in enumerate(words)])
    return write(paper_of(base, {}, {}), ".docx")


def test_what_cannot_be_read_is_named_in_a_sentence_and_stops_nothing(moderator, stage):
    good = redline(stage, {BEIRAT: CHANGES})
    drop(
        moderator,
        stage,
        bombe_docx=bomb(),
        gut_docx=good,
        noch_einmal_docx=good,
        anderes_docx=another(),
        viele_docx=crowd(),
        bild_docx=b"\x89PNG\r\n\x1a\n",
    )
    page = body(moderator.get(page_url(stage)))
    assert "Eine Datei lag schon in der Liste." in page
    states = {row.name: (row.state, (row.refusal or {}).get("msgid", "")) for row in returned_files(stage.text.id)}
    assert {name for name, (state, _) in states.items() if state == "read"} == {"gut.docx"}
    for name, words in {
        "bombe.docx": "50 MB",
        "anderes.docx": "nicht dieser Text",
        "viele.docx": "mehr als %(most)d Personen",
    }.items():
        assert words in states[name][1]
        assert name in page
    assert "bild.docx" in page
    assert book(moderator, stage).status_code == 303
    assert len(proposals_on(stage.version.id)) == 1


def test_files_that_were_not_read_in_time_are_named(moderator, stage, monkeypatch):
    monkeypatch.setattr(views, "ENOUGH", -1.0)
    data = redline(stage, {BEIRAT: CHANGES})
    drop(moderator, stage, eins_docx=data, zwei_docx=data + b" ")
    page = body(moderator.get(page_url(stage)))
    assert "2 Dateien sind noch nicht gelesen. Bitte wählen Sie sie noch einmal: eins.docx, zwei.docx" in page


def test_collisions_with_open_proposals_and_other_files_are_named(moderator, stage):
    proposals.change(stage, "von Anfang an", "spät")
    proposals.change(stage, "jährlich", "oft")
    drop(moderator, stage, a_docx=redline(stage, {BEIRAT: CHANGES}), b_docx=redline(stage, {AMT: CHANGES[:1]}))
    drop(moderator, stage, c_docx=redline(stage, {Person("Rat"): [("von Anfang an", "nie")]}))
    page = body(moderator.get(page_url(stage)))
    assert "Kann nicht neben Ä 1, Rat stehen" in page
    assert "Kann nicht neben Ä 1, Beirat (Ä 7), Amt stehen" in page
    assert re.search(r"gleicher Wunsch</span> Auch von: Ä 2, Amt", page)


def test_people_of_the_same_name_are_told_apart_by_their_files(moderator, stage):
    peter = Person("Peter Maier", clock.now())
    for number, new in enumerate(("oft", "nie"), 1):
        drop(moderator, stage, **{f"maier{number}_docx": redline(stage, {peter: [("jährlich", new)]})})
    page = body(moderator.get(page_url(stage)))
    assert "Kann nicht neben Peter Maier (maier2.docx) stehen" in page
    assert "Kann nicht neben Peter Maier (maier1.docx) stehen" in page


def test_of_many_whom_one_meets_the_first_are_named(moderator, stage):
    for number in range(10):
        wish = {Person(f"Mitglied {number}", clock.now()): [("jährlich", f"{number} Mal")]}
        drop(moderator, stage, **{f"datei{number}_docx": redline(stage, wish)})
    page = body(moderator.get(page_url(stage)))
    found = re.findall(r"Kann nicht neben (.*) stehen", page)
    assert len(found) == 10
    assert {(each.count("Mitglied"), each.endswith(", 3 weiteren")) for each in found} == {(6, True)}


def test_without_a_committee_nothing_is_brought_in_and_what_was_chosen_stays(moderator, stage):
    drop(moderator, stage, b_docx=redline(stage, {BEIRAT: CHANGES, AMT: [("eng ", "")]}))
    form = booking(moderator, stage)
    first, second = form["take"]
    answer = moderator.send(page_url(stage, "/book"), form | {f"for-{second}": "", f"as-{first}": "each"})
    assert answer.status_code == 400
    assert "Bitte wählen Sie zu „Amt“, für welches Gremium eingereicht wird." in body(answer)
    assert f'value="{stage.participant.id}" selected' in body(answer)
    assert '<option value="each" selected>' in body(answer)
    assert proposals_on(stage.version.id) == ()


def heavy(browser, stage):
    answer = drop(browser, stage, b_docx=b"b" * 11_000_000, c_docx=b"c" * 11_000_000)
    answer.request.environ["wsgi.input"].close()  # the test's own, as large as the files
    return answer


def test_files_that_are_too_large_together_are_refused_with_the_page(client, session, stage):
    moderator = as_(client, session, stage.moderator)
    drop(moderator, stage, a_docx=redline(stage, {BEIRAT: CHANGES}))
    page = body(moderator.get(page_url(stage)))
    assert "Zusammen dürfen sie höchstens 20 MB haben." in page
    answer = heavy(moderator, stage)
    assert answer.status_code == 413
    assert "Zusammen sind diese Dateien größer als 20 MB." in body(answer)
    assert "a.docx" in body(answer)
    assert heavy(as_(client, session, stage.member), stage).status_code == 403


def test_the_committee_is_guessed_from_the_file(client, session, stage):
    stage.participant.name, stage.participant.short_name = "Seniorenbeirat", "SenB"
    browser = as_(client, session, stage.moderator)
    drop(browser, stage, Rueckmeldung_Seniorenbeirat_docx=redline(stage, {AMT: CHANGES}))
    assert f'value="{stage.participant.id}" selected' in body(browser.get(page_url(stage)))


def test_a_newer_version_has_the_files_looked_at_again(moderator, stage, session):
    drop(moderator, stage, b_docx=redline(stage, {BEIRAT: CHANGES}))
    form = booking(moderator, stage)
    agreed = proposals.change(stage, "jährlich", "selten")
    verdicts = [Verdict(proposals.edit_id(agreed), Outcome.AGREED)]
    decide_edits(stage.moderator, version_id=stage.version.id, verdicts=verdicts)
    plan = consensus.preview(stage.version.id)
    publishing.publish(
        stage.moderator, text_id=stage.text.id, base_version_id=stage.version.id, expected_hash=plan.hash
    )
    assert moderator.send(page_url(stage, "/book"), form).status_code == 409
    page = body(moderator.get(page_url(stage)))
    assert "Die Datei beruht auf Fassung 1; ihre Änderungen sind auf Fassung 2 übertragen." in page
    assert "ohne Nachverfolgung geändert" not in page, "what the new version changed is nobody's wish to undo"
    assert "Daraus wird kein Vorschlag" in page
    assert len(re.findall('name="take"', page)) == 1
    assert book(moderator, stage).status_code == 303
    (entry,) = [
        each for each in proposals_on(consensus.current_version(stage.text.id).id) if each.author_name == BEIRAT.name
    ]
    assert [hunk.new.text for edit in entry.edits for hunk in edit.hunks] == ["früh"]


TWICE = "Die Stadt berichtet dem Rat in jedem Jahr über die Kosten der {} in den Ortsteilen."
AROUND = ("Anfang der Dinge hier.", "Mitte steht da allein.", "Ende von allem.")


def test_what_is_unsure_is_asked_before_it_can_be_brought_in(client, session):
    first, middle, last = AROUND
    words = (first, TWICE.format("Kurse"), middle, TWICE.format("Feste"), last)
    stage = documents.paper(*words)
    moderator = as_(client, session, stage.moderator)
    document = docx.Document()
    for text in (TWICE.format("Chöre"), first, middle, last):
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    drop(moderator, stage, alt_docx=stream.getvalue())
    page = body(moderator.get(page_url(stage)))
    assert "Absatz 1 der Datei" in page
    assert 'name="take"' not in page
    (row,) = returned_files(stage.text.id)
    answer = {"answer-0": stage.words[1].identity, "action": "sort"}
    assert moderator.send(page_url(stage, f"/{row.id}"), answer).status_code == 303
    assert book(moderator, stage).status_code == 303
    assert len(proposals_on(stage.version.id)) == 1


def test_a_file_goes_off_the_list(moderator, stage):
    drop(moderator, stage, b_docx=redline(stage, {BEIRAT: CHANGES}))
    (row,) = returned_files(stage.text.id)
    here = page_url(stage, f"/{row.id}")
    assert moderator.send(here, {"action": "drop"}).status_code == 303
    assert returned_files(stage.text.id) == ()
    assert moderator.send(here, {"action": "drop"}).status_code == 404


def test_a_comment_of_somebody_else_stands_beside_the_proposal(moderator, stage):
    document = docx.Document()
    for text in documents.WORDS:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(text.replace("jährlich", "oft"))
        if "jährlich" in text:
            document.add_comment(run, "Ist das genug?", "Erika", "E")
    stream = BytesIO()
    document.save(stream)
    drop(moderator, stage, ohne_docx=stream.getvalue())
    assert book(moderator, stage).status_code == 303
    (entry,) = proposals_on(stage.version.id)
    assert (entry.author_name, entry.proposal.reason) == ("ohne", "Ist das genug?")
    assert comments_of(entry.proposal.id) == ()


def test_a_literal_text_and_a_closed_document(client, session):
    contents: list[Content] = [literal_content("## § 1 Ziele"), *(literal_content(text) for text in documents.WORDS)]
    stage = documents.paper(texts=[NewText("annex", "Entwurf", contents, literal=True)])
    moderator = as_(client, session, stage.moderator)
    drop(moderator, stage, b_docx=redline(stage, {BEIRAT: CHANGES}))
    assert "genau unsere Fassung 1" in body(moderator.get(page_url(stage)))
    form = booking(moderator, stage)
    consultations.closed(stage)
    session.commit()
    assert moderator.get(page_url(stage)).status_code == 403
    assert moderator.send(page_url(stage, "/book"), form).status_code == 403
    assert db.session.scalars(select(Proposal)).all() == []


def test_the_number_of_statements_does_not_grow_with_files(moderator, stage):
    def statements():
        moderator.get(page_url(stage))
        with collected(db.session.connection()) as found:
            moderator.get(page_url(stage))
        return len(found)

    drop(moderator, stage, a_docx=redline(stage, {BEIRAT: CHANGES}))
    few = statements()
    drop(
        moderator,
        stage,
        b_docx=redline(stage, {BEIRAT: CHANGES, AMT: [("eng ", "")]}),
        c_docx=redline(stage, {AMT: CHANGES}),
        d_docx=b"kein Word",
    )
    assert statements() == few


def test_every_proposal_has_one_event_and_nothing_is_half_brought_in(moderator, stage):
    drop(moderator, stage, a_docx=redline(stage, {BEIRAT: CHANGES, AMT: [("eng ", "")]}))
    book(moderator, stage)
    names = [event.name for event in db.session.scalars(select(Event).order_by(Event.seq))]
    assert names[-2:] == ["proposal:filed", "proposal:filed"]
    assert names[-3] == "returned:kept"
    assert {row.state for row in db.session.scalars(select(ReturnedFile))} == {"booked"}


def test_nothing_chosen_is_said(moderator, stage):
    answer = moderator.send(page_url(stage), {})
    assert answer.status_code == 400
    assert "Bitte wählen Sie mindestens eine Datei." in body(answer)
    answer = moderator.send(page_url(stage, "/book"), {"take": []})
    assert answer.status_code == 400
    assert moderator.send(page_url(stage, "/book"), {"take": ["x.0"]}).status_code in (400, 404)
