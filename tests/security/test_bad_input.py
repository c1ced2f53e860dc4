"""Bad input at every door: one sentence, the right status, nothing lost of what was typed, nothing changed."""

import html
import unicodedata
from io import BytesIO
from uuid import UUID

import pytest

from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.proposals.models import Proposal
from amendments.proposals.queries import edits_of
from tests.security.calls import CALLS, TEXT, path_of, rules, send
from tests.security.filled import Call, reword, wish
from tests.security.planted import canary

PROPOSE, PREVIEW = f"{TEXT}/propose", f"{TEXT}/propose/preview"
DECIDE = "/versions/<uuid:version_id>/decide"
MULTIPART = "multipart/form-data"
TYPED = "Zehn Minuten an dieser Begründung geschrieben"


@pytest.fixture
def paper(stage):
    return stage.world.papers["committee"]


def post(stage, role, route, address, form, **more):
    path = path_of(stage.app, rules(stage.app)["POST", route], address)
    return send(stage.client(role), "POST", path, Call(address, form), **more)


def words(response):
    return html.unescape(response.text)


def refused(stage, role, route, address, form, status, sentence="", kept=TYPED):
    """The answer, after all that §7 asks of it."""
    before = stage.state()
    response = post(stage, role, route, address, form)
    assert response.status_code == status, words(response)
    assert sentence in words(response)
    assert kept in words(response)
    assert stage.state() == before
    return response


def publish(stage, paper):
    made = CALLS["POST", f"{TEXT}/publish"](stage.world, paper)
    assert post(stage, "moderator", f"{TEXT}/publish", made.address, made.form).status_code == 303


# --- somebody was faster


def test_a_proposal_on_a_version_that_has_gone(stage, paper):
    form = wish(paper, reason=TYPED, action="submit")
    publish(stage, paper)
    answer = refused(stage, "author", PROPOSE, paper.ids, form, 409, "Inzwischen ist Fassung 3 erschienen")
    assert form["wording"] in words(answer)


def test_a_draft_on_a_version_that_has_gone(stage, paper):
    form = wish(paper, draft=paper.proposals["draft"].id, reason=TYPED, action="submit")
    publish(stage, paper)
    refused(stage, "author", PROPOSE, paper.ids, form, 409, "Inzwischen ist Fassung 3 erschienen")


def test_an_amendment_to_a_proposal_that_was_withdrawn_meanwhile(stage, paper):
    parent = paper.proposals["open"].id
    post(stage, "author", "/proposals/<uuid:proposal_id>/withdraw", {"proposal_id": parent}, {})
    refused(stage, "author", PROPOSE, paper.ids, wish(paper, parent=parent, reason=TYPED, action="submit"), 404)


def verdict(paper, outcome, **more):
    edit = paper.edit("open")
    return {"edit": edit, "outcome": outcome, "reason": TYPED, f"expected-{edit}": ""} | more


def test_the_slower_of_two_moderators_sees_both_decisions(stage, paper):
    address = {"version_id": paper.version.id}
    first = verdict(paper, "rejected", reason="Weil es zu teuer ist")
    assert post(stage, "moderator", DECIDE, address, first).status_code == 303
    answer = refused(stage, "moderator", DECIDE, address, verdict(paper, "agreed"), 409, "Inzwischen hat jemand")
    for said in ("Jetzt gilt", "abgelehnt", "Weil es zu teuer ist", "Sie wollten", "angenommen"):
        assert said in words(answer)


def test_the_slower_one_is_told_also_when_writing_a_compromise(stage, paper):
    address = {"version_id": paper.version.id}
    form = reword(paper, "open", "rival") | {"reason": TYPED}
    assert post(stage, "moderator", DECIDE, address, verdict(paper, "rejected", reason="Nein")).status_code == 303
    answer = refused(stage, "moderator", f"{TEXT}/reword", paper.ids, form, 409, "Inzwischen hat jemand")
    assert "Jetzt gilt" in words(answer)
    assert "Sie hilft Vereinen." in words(answer)


@pytest.mark.parametrize("expected", ["", "7d444840-9dc0-41d1-b245-5ffdce74fad2"])
def test_calling_again_what_was_decided_otherwise_meanwhile(stage, paper, expected):
    address = {"version_id": paper.version.id, "edit_id": paper.edit("agreed")}
    form = {"expected": expected, "reason": TYPED}
    route = "/versions/<uuid:version_id>/edits/<uuid:edit_id>/reopen"
    refused(stage, "moderator", route, address, form, 409, "Inzwischen hat jemand")


def test_publishing_a_preview_that_is_out_of_date(stage, paper):
    form = CALLS["POST", f"{TEXT}/publish"](stage.world, paper).form | {"note": TYPED}
    decisions.decide_edits(
        stage.world.actor("moderator"),
        version_id=paper.version.id,
        verdicts=[Verdict(paper.edit("open"), Outcome.AGREED)],
    )
    refused(stage, "moderator", f"{TEXT}/publish", paper.ids, form, 409, "Seit Ihrer Vorschau wurde weiter entschieden")


def test_a_file_for_a_version_that_has_gone(stage, paper):
    form = CALLS["POST", f"{TEXT}/import"](stage.world, paper).form | {"note": TYPED}
    publish(stage, paper)
    refused(stage, "moderator", f"{TEXT}/import", paper.ids, form, 409, "Inzwischen ist Fassung 3 erschienen")


WITHDRAW = "/proposals/<uuid:proposal_id>/withdraw"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("agreed", "Über diesen Vorschlag ist schon entschieden"), ("withdrawn", "steht nicht mehr zur Beratung")],
)
def test_withdrawing_too_late(stage, paper, name, sentence):
    refused(stage, "author", WITHDRAW, {"proposal_id": paper.proposals[name].id}, {}, 409, sentence, "")


# --- twice


TWICE = [
    ("author", PROPOSE, lambda p: (p.ids, wish(p, action="submit"))),
    ("author", PROPOSE, lambda p: (p.ids, wish(p, action="more"))),
    ("author", PROPOSE, lambda p: (p.ids, wish(p, action="submit", draft=p.proposals["draft"].id))),
    ("author", "/proposals/<uuid:proposal_id>/discard", lambda p: ({"proposal_id": p.proposals["draft"].id}, {})),
    ("author", WITHDRAW, lambda p: ({"proposal_id": p.proposals["open"].id}, {})),
    (
        "author",
        "/proposals/<uuid:proposal_id>/comments",
        lambda p: ({"proposal_id": p.proposals["open"].id}, {"text": "So"}),
    ),
    ("author", "/edits/<uuid:edit_id>/position", lambda p: ({"edit_id": p.edit("open")}, {"stance": "support"})),
    ("moderator", DECIDE, lambda p: ({"version_id": p.version.id}, verdict(p, "rejected"))),
    ("moderator", f"{TEXT}/reword", lambda p: (p.ids, reword(p, "open", "rival"))),
]


@pytest.mark.parametrize(
    ("role", "route", "make"), TWICE, ids=[f"{route}{n}" for n, (_r, route, _m) in enumerate(TWICE)]
)
def test_a_double_submit_is_one(stage, paper, role, route, make):
    address, form = make(paper)
    form |= {"idempotency_key": "one-key-for-both"}
    first = post(stage, role, route, address, form)
    assert first.status_code == 303
    after = stage.state()
    second = post(stage, role, route, address, form)
    assert (second.status_code, second.headers.get("Location")) == (303, first.headers["Location"])
    assert stage.state() == after


@pytest.mark.parametrize("route", [f"{TEXT}/publish", f"{TEXT}/import", "/documents/new"])
def test_publishing_twice_is_publishing_once(stage, paper, route):
    made = CALLS["POST", route](stage.world, paper)
    form = made.form | {"idempotency_key": "one-key-for-both"}
    first = post(stage, "moderator", route, made.address, form)
    assert first.status_code == 303
    after = stage.state()
    second = post(stage, "moderator", route, made.address, form)
    assert (second.status_code, second.headers.get("Location")) == (303, first.headers["Location"])
    assert stage.state() == after


@pytest.mark.parametrize("key", ["", "x" * 101, "null\0byte"], ids=["none", "too long", "with a control"])
@pytest.mark.parametrize("route", [PROPOSE, "/proposals/<uuid:proposal_id>/comments"])
def test_a_key_that_is_none(stage, paper, route, key):
    made = CALLS["POST", route](stage.world, paper)
    form = made.form | {"idempotency_key": key, "text": TYPED, "reason": TYPED}
    refused(stage, "author", route, made.address, form, 400)


# --- what was typed


def test_an_empty_wish(stage, paper):
    paragraph = paper.paragraph("Netzwerk")
    same = wish(paper, wording=paragraph.text, reason=TYPED, action="submit")
    refused(stage, "author", PROPOSE, paper.ids, same, 400, "Der Wortlaut ist noch unverändert")
    nothing = {"version": 2, "committee_id": "", "reason": TYPED, "action": "submit"}
    refused(stage, "author", PROPOSE, paper.ids, nothing, 400, kept="")
    empty = wish(paper, op="insert", wording=" \n ", reason=TYPED, action="submit")
    refused(stage, "author", PROPOSE, paper.ids, empty, 400, "Bitte schreiben Sie den neuen Absatz.")


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (5, 5), (900, 2), (3, 1), (0, 999_999), ("-1", "x"), ("1e3", "٣")], ids=str
)
def test_a_selection_that_is_none_offers_the_paragraph(stage, paper, start, end):
    """Nothing chosen, or nonsense: the page still says what one may write, and files what was written."""
    form = wish(paper, start=start, end=end, action="submit")
    address = path_of(stage.app, rules(stage.app)["GET", PROPOSE], paper.ids)
    page = stage.client("author").get(address, query_string=form)
    assert page.status_code == 200
    assert "So soll die Stelle lauten" in words(page)
    assert post(stage, "author", PROPOSE, paper.ids, form).status_code == 303


def test_a_selection_over_a_heading(stage, paper):
    """It can be rewritten together with what follows; the heading stays one."""
    heading, first = paper.words[0], paper.words[1]
    form = wish(paper, op="span", paragraph=heading.identity, last=first.identity, reason=TYPED)
    form |= {"wording-0": "Ziele", "wording-1": first.text, "action": "submit"}
    made = post(stage, "author", PROPOSE, paper.ids, form)
    assert made.status_code == 303, words(made)
    text = path_of(stage.app, rules(stage.app)["GET", TEXT], paper.ids)
    shown = stage.client("author").get(text, query_string={"view": "with_proposals"})
    assert shown.status_code == 200


def test_wording_in_another_normal_form_is_the_same_wish(stage, paper, monkeypatch):
    assert unicodedata.normalize("NFD", "Bürger") != "Bürger"
    both = []
    for form_of in ("NFC", "NFD"):
        form = wish(paper, reason=unicodedata.normalize(form_of, "für Übung"), action="submit")
        form["wording"] = unicodedata.normalize(form_of, "Das Netzwerk der Bürger trifft sich öfter.")
        location = post(stage, "author", PROPOSE, paper.ids, form).headers["Location"]
        both.append(location.rsplit("/", 1)[1])

    from amendments.extensions import db
    from amendments.proposals.models import Edit

    first, second = (db.session.get_one(Proposal, UUID(one)) for one in both)
    hashes = {db.session.get_one(Edit, edits_of(row.id)[0].edit_id).wish_hash for row in (first, second)}
    assert len(hashes) == 1
    assert {row.reason for row in (first, second)} == {"für Übung"}
    page = stage.client("author").get(f"/proposals/{both[1]}")
    assert "will genau dasselbe" in words(page)


LONG = [
    ("author", PROPOSE, "wording", 60_000, "zu lang"),
    ("author", PROPOSE, "title", 5_000, ""),
    ("author", PROPOSE, "reason", 30_000, "zu lang"),
    ("author", "/proposals/<uuid:proposal_id>/comments", "text", 30_000, "länger als"),
    ("author", "/edits/<uuid:edit_id>/position", "reason", 30_000, "länger als"),
    ("moderator", DECIDE, "reason", 30_000, "länger als"),
    ("moderator", f"{TEXT}/reword", "reason", 30_000, ""),
    ("moderator", f"{TEXT}/publish", "note", 30_000, ""),
    ("moderator", f"{TEXT}/publish", "label", 3_000, ""),
    ("moderator", "/documents/new", "title", 3_000, ""),
    ("admin", "/accounts/invite", "name", 3_000, ""),
    ("admin", "/accounts/invite", "email", 3_000, ""),
]


@pytest.mark.parametrize(("role", "route", "field", "length", "sentence"), LONG, ids=lambda part: str(part)[-20:])
def test_a_field_that_is_too_long(stage, paper, role, route, field, length, sentence):
    made = CALLS["POST", route](stage.world, paper)
    long = "wort " * (length // 5)
    refused(stage, role, route, made.address, made.form | {field: long}, 400, sentence, long.strip()[:15_000])


def test_ten_megabytes_of_text_are_too_much(stage, paper):
    made = CALLS["POST", f"{TEXT}/import"](stage.world, paper)
    book = "Ein Satz mit sieben Wörtern steht hier.\n\n" * 260_000
    before = stage.state()
    pasted = post(stage, "moderator", f"{TEXT}/import", made.address, made.form | {"pasted": book})
    assert pasted.status_code == 413
    assert "10 MB" in words(pasted)
    typed = post(
        stage, "moderator", f"{TEXT}/import", made.address, made.form | {"pasted": book}, content_type=MULTIPART
    )
    typed.request.environ["wsgi.input"].close()  # the test's own, as large as a file
    assert typed.status_code == 413
    assert "zu groß" in words(typed)
    upload = made.form | {"pasted": "", "file": (BytesIO(book.encode()), "buch.txt")}
    sent = upload_to(stage, made.address, upload)
    assert sent.status_code == 413
    assert "10 MB" in words(sent)
    assert stage.state() == before


def upload_to(stage, address, form):
    path = path_of(stage.app, rules(stage.app)["POST", f"{TEXT}/import"], address)
    plain = {name: value if isinstance(value, tuple) else str(value) for name, value in form.items()}
    response = stage.client("moderator").send(path, plain, content_type=MULTIPART)
    response.request.environ["wsgi.input"].close()
    return response


LIARS = {
    "pdf.docx": b"%PDF-1.7\n%%EOF",
    "zip.docx": b"PK\x05\x06" + b"\0" * 18,
    "exe.txt": b"MZ\x90\0\x03" + bytes(range(256)) * 4,
    "empty.md": b"",
    "picture.html": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "noname": b"\0\0\0\0",
    "text.odt": b"Nur Text.",
}


@pytest.mark.parametrize("name", LIARS)
def test_a_file_that_is_not_what_its_name_says(stage, paper, name):
    made = CALLS["POST", f"{TEXT}/import"](stage.world, paper)
    before = stage.state()
    answer = upload_to(
        stage, made.address, made.form | {"pasted": "", "note": TYPED, "file": (BytesIO(LIARS[name]), name)}
    )
    assert answer.status_code in {400, 413, 422}, answer.status_code
    assert TYPED in words(answer)
    assert stage.state() == before


@pytest.mark.parametrize("carried", ["A" * 400, "////", "eJw=", "kein base64 äöü"], ids=lambda part: part[:6])
def test_a_carried_file_that_was_tampered_with(stage, paper, carried):
    made = CALLS["POST", f"{TEXT}/import"](stage.world, paper)
    form = made.form | {"pasted": "", "carried": carried, "carried_name": "../../etc/x.docx", "note": TYPED}
    refused(stage, "moderator", f"{TEXT}/import", made.address, form, 422 if carried.startswith("e") else 400)


# --- what is no valid choice


CHOICES = [
    ("author", "/edits/<uuid:edit_id>/position", {"stance": "love"}),
    ("author", "/edits/<uuid:edit_id>/position", {"stance": "objection"}),
    ("moderator", DECIDE, {"outcome": "agreed_modified"}),
    ("moderator", DECIDE, {"outcome": "reopened"}),
    ("moderator", DECIDE, {"outcome": "agreed; DROP TABLE decision"}),
    ("moderator", DECIDE, {"outcome": "settled"}),
    ("moderator", DECIDE, {"outcome": ""}),
    ("moderator", DECIDE, {"edit": ""}),
    ("moderator", DECIDE, {"edit": "no id"}),
    ("moderator", DECIDE, {"vote": "acclamation"}),
    ("moderator", DECIDE, {"vote": "counted"}),
    ("moderator", DECIDE, {"vote": "counted", "yes": "-1", "no": "1", "abstained": "0"}),
    ("moderator", DECIDE, {"vote": "counted", "yes": "9" * 40, "no": "1", "abstained": "0"}),
    ("moderator", DECIDE, {"vote": "counted", "yes": "12", "no": "1", "abstained": "0"}),
    ("moderator", f"{TEXT}/reword", {"vote": "acclamation"}),
    ("moderator", f"{TEXT}/reword", {"edit": ["no id"]}),
    ("moderator", "/documents/new", {"visibility": "everybody"}),
    ("moderator", "/documents/new", {"role": "law"}),
    ("moderator", "/documents/new", {"lead_committee_id": "no id"}),
    ("moderator", "/documents/new", {"participant_ids": ["no id"]}),
    ("moderator", "/documents/new", {"dated": "31.02.2011"}),
]


@pytest.mark.parametrize(("role", "route", "wrong"), CHOICES, ids=lambda part: str(part)[-40:])
def test_a_choice_that_nobody_offered(stage, paper, role, route, wrong):
    made = CALLS["POST", route](stage.world, paper)
    form = made.form | {"subject": TYPED, "reason": TYPED} | wrong
    kept = "" if wrong == {"stance": "objection"} else TYPED
    if wrong == {"stance": "objection"}:
        form["reason"] = ""
    refused(stage, role, route, made.address, form, 400, kept=kept)


def test_one_edit_ticked_twice(stage, paper):
    form = verdict(paper, "rejected")
    form["edit"] = [form["edit"]] * 2
    refused(stage, "moderator", DECIDE, {"version_id": paper.version.id}, form, 400, "zweimal")


def test_two_rivals_cannot_both_be_agreed(stage, paper):
    edits = [paper.edit("open"), paper.edit("rival")]
    form = {"edit": edits, "outcome": "agreed", "reason": TYPED} | {f"expected-{edit}": "" for edit in edits}
    refused(stage, "moderator", DECIDE, {"version_id": paper.version.id}, form, 409, "schließen einander aus")


FORGED = {
    "role": "moderator",
    "author_id": "7d444840-9dc0-41d1-b245-5ffdce74fad2",
    "state": "open",
    "number": "1",
    "is_admin": "1",
    "id": "1",
}


def test_fields_nobody_asked_for_change_nothing(stage, paper):
    numbered = [row.number for row in paper.proposals.values() if row.number is not None]
    form = wish(paper, title="Öfter", action="submit", **FORGED, origin="compromise", kind="heading-1", row_version="9")
    made = post(stage, "author", PROPOSE, paper.ids, form)

    from amendments.extensions import db

    row = db.session.get_one(Proposal, UUID(made.headers["Location"].rsplit("/", 1)[1]))
    assert (row.author_id, row.origin, row.kind) == (stage.world.accounts["author"].id, "filed", "change")
    assert row.number == 1 + max(numbered)


def test_a_page_never_shows_passwords_again(stage, paper):
    made = CALLS["POST", "/account/password"](stage.world, paper)
    for form in (made.form | {"csrf_token": "expired"}, made.form | {"again": "etwas ganz anderes"}):
        answer = post(stage, "author", "/account/password", {}, form)
        assert answer.status_code == 400
        assert not [word for word in form.values() if word in words(answer) and word != "expired"]


def test_markup_in_what_was_typed_comes_back_as_text(stage, paper):
    evil = f"{canary('typed', 'x')}</textarea><script src=x></script>"
    publish(stage, paper)
    answer = refused(
        stage, "author", PROPOSE, paper.ids, wish(paper, reason=evil, action="submit"), 409, kept=canary("typed", "x")
    )
    assert "<script src=x>" not in answer.text


TURNS = "\u202egeheim\u202c\u2066\u200f"


def test_a_title_or_a_name_turns_no_words_round(stage, paper):
    made = post(stage, "author", PROPOSE, paper.ids, wish(paper, title=f"Öfter {TURNS}", action="submit"))
    page = stage.client("author").get(made.headers["Location"])
    assert "Öfter geheim" in words(page)
    assert not set(TURNS) & set(words(page)) - set("geheim")
    account = CALLS["POST", "/accounts/invite"](stage.world, paper).form | {"name": f"Ada {TURNS}"}
    assert post(stage, "admin", "/accounts/invite", {}, account).status_code == 200
    assert "Ada geheim" in words(stage.client("admin").get("/accounts"))


def test_words_that_turn_are_drawn(stage, paper):
    form = wish(paper, wording=f"Das Netzwerk {TURNS} trifft sich.", action="submit")
    made = post(stage, "author", PROPOSE, paper.ids, form)
    page = stage.client("author").get(made.headers["Location"]).text
    assert page.count('data-code="U+202E"') >= 1
    assert page.count("\u202e") == page.count('data-code="U+202E"')
