"""One valid request for every route: who may, succeeds with it. A route missing here fails a test."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.routing import Rule

from amendments.committees.queries import members_of
from amendments.consensus.board import load_board
from amendments.consensus.named import choices_of
from amendments.consensus.queries import preview
from amendments.consensus.rules import ConsensusKind
from amendments.documents.queries import current_version
from amendments.exchange.readers import read_pasted
from amendments.meetings.queries import agenda_mark, items_of
from amendments.meetings.services import wording_hash
from amendments.text import edits
from amendments.text.hunks import hunks_hash
from amendments.text.model import Rich
from amendments.workplaces.importing import file_hash
from tests.security.world import PASSWORD, Paper, World

ORIGIN = "https://localhost"


@dataclass(frozen=True)
class Call:
    """Values of the address, query and form of a request."""

    address: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[World, Paper], Call]

NEW_PASSWORD = "vier kleine Stühle"


def _account(**form: Any) -> Maker:
    return lambda world, _paper: Call({"account_id": world.spare.id}, form)


def _text(**form: Any) -> Maker:
    return lambda _world, paper: Call(paper.ids, form)


def _proposal(name: str, **form: Any) -> Maker:
    return lambda _world, paper: Call({"proposal_id": paper.proposals[name].id}, form)


def wish(paper: Paper, **more: Any) -> dict[str, Any]:
    """A change of one sentence, as the form of the propose page sends it."""
    paragraph = paper.paragraph("Das Netzwerk")
    wording = paragraph.text.replace("zweimal", "dreimal")
    form = {"version": 2, "op": "change", "paragraph": paragraph.identity, "wording": wording, "committee_id": ""}
    return form | more


def _propose(world: World, paper: Paper) -> Call:
    more = {"title": "Öfter", "reason": "Zu selten", "action": "submit"}
    return Call(paper.ids, wish(paper, **more))


def _mail(_world: World, paper: Paper) -> Call:
    paragraph = paper.paragraph("Das Netzwerk")
    start = paragraph.text.index("zweimal")
    hunks = edits.replace_words(paragraph, start, start + len("zweimal"), Rich("dreimal"))
    mail = f"„{paragraph.text[:start]}zweimal“ durch „{paragraph.text[:start]}dreimal“ ersetzen."
    form = {"mail": mail, "action": "file", "order": hunks_hash(hunks)[:16], "version_id": paper.version.id}
    return Call(paper.ids, form | {"committee_id": "", "how": "each"})


def _decide(_world: World, paper: Paper) -> Call:
    edit = paper.edit("open")
    form = {"edit": edit, "outcome": "rejected", "vote": "none", "reason": "So nicht", f"expected-{edit}": ""}
    return Call({"version_id": paper.version.id}, form)


def _reopen(_world: World, paper: Paper) -> Call:
    address = {"version_id": paper.version.id, "edit_id": paper.edit("agreed")}
    return Call(address, {"expected": paper.standing("agreed"), "reason": "Neue Zahlen"})


def reword(paper: Paper, *names: str) -> dict[str, Any]:
    edits = [paper.edit(name) for name in names]
    place = f"para-{paper.paragraph('Vereine').identity}"
    form = {
        "edit": edits,
        place: "Sie hilft Vereinen.",
        "reason": "Beides zugleich",
        "vote": "none",
        "action": "submit",
    }
    return form | {f"expected-{edit}": "" for edit in edits}


def _publish(_world: World, paper: Paper) -> Call:
    plan = preview(paper.version.id)
    return Call(paper.ids, {"expected_hash": plan.hash, "base_version_id": paper.version.id, "anyway": "y"})


def _keep(_world: World, paper: Paper) -> Call:
    named = choices_of(paper.version.id, paper.document.lead_committee_id).named(ConsensusKind.ADOPTED)
    return Call(paper.ids, {"kind": "adopted", "hash": named.hash})


def _import(_world: World, paper: Paper) -> Call:
    pasted = "\n\n".join(paragraph.text for paragraph in paper.words) + "\n\nNeu dazu."
    return Call(paper.ids, {"pasted": pasted, "base_version_id": paper.version.id, "action": "create", "anyway": "y"})


def _book(world: World, paper: Paper) -> Call:
    row = paper.returned
    form = {f"seen-{row.id}": row.row_version, "take": f"{row.id}.0", f"for-{row.id}.0": world.committees["lead"].id}
    return Call(paper.ids, form | {"version_id": paper.version.id, f"as-{row.id}.0": "one"})


def _returned(**form: Any) -> Maker:
    return lambda _world, paper: Call(paper.ids | {"file_id": paper.returned.id}, form)


def _send_files(_world: World, paper: Paper) -> Call:
    return Call(paper.ids, {"files": "\n\n".join(paragraph.text for paragraph in paper.words).encode()})


def _new(world: World, _paper: Paper) -> Call:
    form = {"title": "Neu", "pasted": "Ein Absatz.", "visibility": "committee", "role": "annex", "action": "create"}
    return Call({}, form | {"lead_committee_id": world.committees["lead"].id})


SESSION_PAPER = """Sitzungsvorlage

Aktenzeichen: 7

Betreff:

Neu

Beschlussvorschlag:

Beschlossen.

Begründung:

Darum.
"""


def _from_paper(world: World, _paper: Paper) -> Call:
    read_from = file_hash(read_pasted(SESSION_PAPER))
    form = {"pasted": SESSION_PAPER, "title": "Neu", "visibility": "committee", "action": "create"}
    return Call({}, form | {"lead_committee_id": world.committees["lead"].id, "read_from": read_from})


def _add_text(_world: World, paper: Paper) -> Call:
    form = {"pasted": "Ein Absatz.", "text_title": "Noch einer", "role": "annex", "action": "create"}
    return Call({"document_id": paper.document.id}, form)


def _change(_world: World, paper: Paper) -> Call:
    form: dict[str, Any] = {"title": "Anders", "visibility": "committee", "row_version": paper.document.row_version}
    for text in (paper.text, paper.resolution, paper.secret, paper.later):
        form |= {f"visibility_{text.id}": "committee", f"public_from_{text.id}": "2032-01-01"}
    return Call({"document_id": paper.document.id}, form)


def _password(_world: World, _paper: Paper) -> Call:
    return Call({}, {"current": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD})


def _enter(world: World, _paper: Paper) -> Call:
    return Call({}, {"email": world.accounts["member"].email, "password": PASSWORD})


def _by_link(kind: str) -> Maker:
    return lambda world, _p: Call({}, {"token": world.links[kind], "password": NEW_PASSWORD, "again": NEW_PASSWORD})


def _invite(world: World, _paper: Paper) -> Call:
    form = {"email": "neu@town.example", "name": "Neu", "language": "en", "is_admin": "y"}
    form |= {f"seats-{number}-role": "member" for number in range(3)}
    return Call({}, form | {"seats-0-committee_id": world.committees["lead"].id, "seats-0-valid_from": "2031-01-01"})


def _table(world: World, _paper: Paper) -> Call:
    lines = ["Name;E-Mail;Gremium;Aufgabe", f"Neu;neu@town.example;{world.committees['lead'].key};Vorsitz"]
    return Call({}, {"carried": b64encode("\n".join(lines).encode()).decode(), "action": "create"})


def _seat(**form: Any) -> Maker:
    def make(world: World, _paper: Paper) -> Call:
        committee = world.committees["lead"]
        seat = members_of(committee.id)[0].membership
        return Call({"committee_id": committee.id, "membership_id": seat.id}, form)

    return make


def _committee(**form: Any) -> Maker:
    return lambda world, _paper: Call({"committee_id": world.committees["lead"].id}, form)


HOW_IT_DECIDES = {
    "majority": "legal_number",
    "quorum": "own",
    "quorum_number": "5",
    "tie": "chair",
    "order": "filed_first",
    "public": "y",
    "reason_required": "y",
    "deadline_days": "3",
}


def _plan(world: World, paper: Paper) -> Call:
    return Call({"document_id": paper.document.id}, _step(world))


def _step(world: World) -> dict[str, Any]:
    return {"lead_id": world.committees["participant"].id, "role": "hearing", "day": "2030-01-15", "printed": ""}


def _consultation(name: str, *parts: Callable[[World], dict[str, Any]], **form: Any) -> Maker:
    def call(world: World, paper: Paper) -> Call:
        row = paper.steps[name]
        values = {"row_version": row.row_version} | form
        for part in parts:
            values |= part(world)
        return Call({"consultation_id": row.id}, values)

    return call


def _meeting(**form: Any) -> Maker:
    return lambda _world, paper: Call({"meeting_id": paper.meeting.id}, form)


def _item(paper: Paper) -> dict[str, Any]:
    return {"meeting_id": paper.meeting.id, "item_id": paper.item("open").id}


def _result(_world: World, paper: Paper) -> Call:
    edit = paper.edit("open")
    form = {"edit": edit, f"expected-{edit}": "", "form": "unanimous", "outcome": "carried"}
    return Call(_item(paper), form | {"checksum": wording_hash(load_board(paper.version.id, paper.board_id), [edit])})


def _wording(paper: Paper) -> dict[str, Any]:
    name = f"para-{paper.paragraph('Vereine').identity}"
    return {"edit": paper.edit("open"), name: "Sie hilft allen.", "reason": "So geht es", "order": "first"}


def _oral(world: World, paper: Paper) -> Call:
    said = {"account": world.attendant(paper), f"para-{paper.paragraph('Vereine').identity}": "Sie hilft allen."}
    return Call({"meeting_id": paper.meeting.id}, said | {"committee": "", "at": ""})


def _nothing(_world: World, _paper: Paper) -> Call:
    return Call()


SEAT = "/committees/<uuid:committee_id>/members/<uuid:membership_id>"
ITEM = "/meetings/<uuid:meeting_id>/items/<uuid:item_id>"
TEXT = "/documents/<uuid:document_id>/texts/<uuid:text_id>"


def _take_back_result(_world: World, paper: Paper) -> Call:
    step = paper.adopted.step
    return Call({"consultation_id": step.id}, {"row_version": step.row_version, "reason": "Falsch gezählt"})


def _sign_off(_world: World, paper: Paper) -> Call:
    texts = (paper.text, paper.resolution)
    form = {f"version_{text.id}": current_version(text.id).id for text in texts}
    return Call({"consultation_id": paper.steps["open"].id}, form | {"to_id": paper.steps["bare"].id})


def _adopted() -> Maker:
    return lambda _world, paper: Call({"document_id": paper.adopted.document.id})


def _take_up(world: World, paper: Paper) -> Call:
    form = {"version_id": paper.adopted.version.id, "paragraphs": [paper.adopted.free]}
    return Call({"document_id": paper.adopted.document.id}, form | {"committee_id": world.committees["lead"].id})


def _measure(**form: Any) -> Maker:
    return lambda _world, paper: Call({"measure_id": paper.adopted.measure.id}, form)


def _plan_measure(world: World, paper: Paper) -> Call:
    form = {"committee_id": world.committees["lead"].id, "proposed_to_id": "", "rating": "later"}
    return Call({"measure_id": paper.adopted.measure.id}, form | {"row_version": paper.adopted.measure.row_version})


CALLS: dict[tuple[str, str], Maker] = {
    ("GET", "/"): _nothing,
    ("GET", "/account"): _nothing,
    ("POST", "/account/language"): lambda _w, _p: Call({}, {"language": "en"}),
    ("POST", "/account/password"): _password,
    ("POST", "/account/sessions/end"): _nothing,
    ("GET", "/account/mails"): _nothing,
    ("POST", "/account/mails"): lambda _w, _p: Call({}, {"kind": "decided"}),
    ("GET", "/accounts"): _nothing,
    ("GET", "/accounts/invite"): _nothing,
    ("POST", "/accounts/invite"): _invite,
    ("GET", "/accounts/import"): _nothing,
    ("POST", "/accounts/import"): _table,
    ("POST", "/accounts/<uuid:account_id>/administrator"): _account(is_admin="1"),
    ("POST", "/accounts/<uuid:account_id>/deactivate"): _account(),
    ("POST", "/accounts/<uuid:account_id>/invitation"): lambda world, _p: Call({"account_id": world.invited.id}),
    ("POST", "/accounts/<uuid:account_id>/invitation/revoke"): lambda world, _p: Call({"account_id": world.invited.id}),
    ("POST", "/accounts/<uuid:account_id>/reset-link"): _account(),
    ("POST", "/accounts/<uuid:account_id>/reactivate"): lambda world, _p: Call({"account_id": world.closed.id}),
    ("GET", "/audit"): _nothing,
    ("POST", "/audit/check"): _nothing,
    ("GET", "/committees"): _nothing,
    ("POST", "/committees"): lambda _w, _p: Call(
        {}, {"name": "Kulturausschuss", "short_name": "KulA", "kind": "committee", "legal_number": "9"}
    ),
    ("POST", "/committees/<uuid:committee_id>/members"): lambda world, _p: Call(
        {"committee_id": world.committees["lead"].id},
        {"email": world.spare.email, "role": "member", "valid_from": "2031-01-01", "valid_to": "2031-12-31"},
    ),
    ("GET", SEAT): _seat(),
    ("POST", SEAT): _seat(valid_to="2031-12-31", deputy_for=""),
    ("POST", f"{SEAT}/end"): _seat(),
    ("GET", "/committees/<uuid:committee_id>"): _committee(),
    ("GET", "/committees/<uuid:committee_id>/change"): _committee(),
    ("POST", "/committees/<uuid:committee_id>/change"): _committee(
        name="Anders", short_name="And", kind="committee", legal_number="9", **HOW_IT_DECIDES
    ),
    ("GET", "/consultations/<uuid:consultation_id>"): _consultation("open"),
    ("GET", "/consultations/<uuid:consultation_id>/plan"): _consultation("open"),
    ("POST", "/consultations/<uuid:consultation_id>/plan"): _consultation("open", _step),
    ("POST", "/consultations/<uuid:consultation_id>/drop"): _consultation("loose"),
    ("POST", "/consultations/<uuid:consultation_id>/result"): _consultation("open", result="adopted", vote="unanimous"),
    ("POST", "/consultations/<uuid:consultation_id>/result/take-back"): _take_back_result,
    ("GET", "/consultations/<uuid:consultation_id>/changes"): _consultation("bare"),
    ("GET", "/consultations/<uuid:consultation_id>/sign-off"): _consultation("open"),
    ("POST", "/consultations/<uuid:consultation_id>/sign-off"): _sign_off,
    ("GET", "/documents/<uuid:document_id>/measures"): _adopted(),
    ("GET", "/documents/<uuid:document_id>/measures/choose"): _adopted(),
    ("POST", "/documents/<uuid:document_id>/measures/choose"): _take_up,
    ("GET", "/documents/<uuid:document_id>/measures/table"): _adopted(),
    ("POST", "/forwardings/<uuid:forwarding_id>/take-back"): lambda _w, paper: Call(
        {"forwarding_id": paper.forwarding.id}, {"reason": "Falsches Gremium"}
    ),
    ("GET", "/measures/<uuid:measure_id>"): _measure(),
    ("POST", "/measures/<uuid:measure_id>/plan"): _plan_measure,
    ("POST", "/measures/<uuid:measure_id>/report"): _measure(state="done", text="Fertig"),
    ("GET", "/documents/<uuid:document_id>/consultations"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("POST", "/documents/<uuid:document_id>/consultations"): _plan,
    ("GET", "/documents/<uuid:document_id>"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/desk"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/change"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("POST", "/documents/<uuid:document_id>/change"): _change,
    ("GET", "/documents/<uuid:document_id>/exclusions"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("POST", "/documents/<uuid:document_id>/exclusions"): lambda world, paper: Call(
        {"document_id": paper.document.id}, {"account_id": world.accounts["author"].id, "scope": "document"}
    ),
    ("POST", "/exclusions/<uuid:exclusion_id>/lift"): lambda _w, paper: Call({"exclusion_id": paper.exclusion.id}),
    ("GET", "/documents/<uuid:document_id>/amendments.xml"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/calendar.ics"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/proposals.csv"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/proposals.xlsx"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/feed.atom"): _nothing,
    ("GET", "/documents/<uuid:document_id>/paper"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/paper.pdf"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/texts/new"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("POST", "/documents/<uuid:document_id>/texts/new"): _add_text,
    ("GET", TEXT): _text(),
    ("GET", f"{TEXT}/akoma-ntoso.xml"): _text(),
    ("GET", f"{TEXT}/consensus"): _text(),
    ("POST", f"{TEXT}/consensus/keep"): _keep,
    ("GET", f"{TEXT}/desk"): _text(),
    ("GET", f"{TEXT}/from-mail"): _text(),
    ("GET", f"{TEXT}/handed-back"): _text(),
    ("GET", f"{TEXT}/import"): _text(),
    ("POST", f"{TEXT}/import"): _import,
    ("GET", f"{TEXT}/propose"): lambda _w, paper: Call(paper.ids, query=wish(paper)),
    ("POST", f"{TEXT}/propose"): _propose,
    ("POST", f"{TEXT}/propose/preview"): _propose,
    ("POST", f"{TEXT}/from-mail"): _mail,
    ("GET", f"{TEXT}/download"): lambda _w, paper: Call(
        paper.ids, query={"view": "redline", "format": "html", "from": "v1", "to": "v2"}
    ),
    ("GET", f"{TEXT}/downloads"): _text(),
    ("GET", f"{TEXT}/proposals.pdf"): _text(),
    ("GET", f"{TEXT}/publish"): _text(),
    ("POST", f"{TEXT}/publish"): _publish,
    ("GET", f"{TEXT}/redline"): _text(),
    ("GET", f"{TEXT}/synopsis"): _text(),
    ("GET", f"{TEXT}/synopsis.pdf"): _text(),
    ("GET", f"{TEXT}/versions/<int:number>/export"): lambda _w, paper: Call(paper.ids | {"number": 2}),
    ("GET", f"{TEXT}/returned-files"): _text(),
    ("POST", f"{TEXT}/returned-files"): _send_files,
    ("POST", f"{TEXT}/returned-files/<uuid:file_id>"): _returned(action="drop"),
    ("POST", f"{TEXT}/returned-files/book"): _book,
    ("GET", f"{TEXT}/reword"): lambda _w, paper: Call(paper.ids, query={"edit": paper.edit("open")}),
    ("POST", f"{TEXT}/reword"): lambda _w, paper: Call(paper.ids, reword(paper, "open", "rival")),
    ("GET", "/documents/from-paper"): _nothing,
    ("POST", "/documents/from-paper"): _from_paper,
    ("GET", "/documents/new"): _nothing,
    ("POST", "/documents/new"): _new,
    ("POST", "/edits/<uuid:edit_id>/position"): lambda _w, paper: Call(
        {"edit_id": paper.edit("open")}, {"stance": "support"}
    ),
    ("GET", "/forgotten-password"): _nothing,
    ("POST", "/forgotten-password"): lambda world, _p: Call({}, {"email": world.spare.email}),
    ("GET", "/health"): _nothing,
    ("GET", "/mails"): lambda world, _p: Call(query={"token": world.links["mails"]}),
    ("POST", "/mails"): lambda world, _p: Call({}, {"token": world.links["mails"], "kind": "decided"}),
    ("GET", "/invitation"): lambda world, _p: Call(query={"token": world.links["invitation"]}),
    ("POST", "/invitation"): _by_link("invitation"),
    ("GET", "/new-password"): lambda world, _p: Call(query={"token": world.links["password"]}),
    ("POST", "/new-password"): _by_link("password"),
    ("POST", "/language"): lambda _w, _p: Call({}, {"language": "en", "next": "/"}),
    ("POST", "/consultations/<uuid:consultation_id>/open"): _consultation("bare"),
    ("GET", "/meetings/<uuid:meeting_id>"): _meeting(),
    ("GET", "/meetings/<uuid:meeting_id>/beat"): _meeting(),
    ("GET", "/meetings/<uuid:meeting_id>/minutes"): _meeting(),
    ("GET", "/meetings/<uuid:meeting_id>/screen"): _meeting(),
    ("POST", "/meetings/<uuid:meeting_id>/ballots/<uuid:ballot_id>/undo"): lambda _w, paper: Call(
        {"meeting_id": paper.meeting.id, "ballot_id": paper.ballot.id}, {"reason": "Verzählt"}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/came"): lambda world, paper: Call(
        {"meeting_id": paper.meeting.id}, {"account": world.seated(paper)}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/chair"): lambda world, paper: Call(
        {"meeting_id": paper.meeting.id}, {"chair": world.attendant(paper)}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/close"): _meeting(),
    ("POST", "/meetings/<uuid:meeting_id>/invitation"): lambda _w, paper: Call({"meeting_id": paper.early.id}),
    ("POST", "/meetings/<uuid:meeting_id>/reopen"): lambda _w, paper: Call(
        {"meeting_id": paper.early.id}, {"reason": "Zu früh geschlossen"}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/edits/<uuid:edit_id>/pull"): lambda _w, paper: Call(
        {"meeting_id": paper.meeting.id, "edit_id": paper.edit("rejected")}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/items/<uuid:item_id>/adjourn"): lambda _w, paper: Call(
        _item(paper), {"reason": "Es ist spät"}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/items/<uuid:item_id>/call"): lambda _w, paper: Call(
        {"meeting_id": paper.meeting.id, "item_id": paper.item("bloc").id}, {"reason": "Vorgezogen"}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/items/<uuid:item_id>/result"): _result,
    ("POST", "/meetings/<uuid:meeting_id>/left/<uuid:account_id>"): lambda world, paper: Call(
        {"meeting_id": paper.meeting.id, "account_id": world.attendant(paper)}
    ),
    ("GET", "/my-desk"): _nothing,
    ("GET", "/meetings/<uuid:meeting_id>/minutes/write"): _meeting(),
    ("POST", "/meetings/<uuid:meeting_id>/minutes/write"): _meeting(row_version=1, notes="Pause um acht"),
    ("POST", "/meetings/<uuid:meeting_id>/endings/<uuid:ending_id>/undo"): lambda _w, paper: Call(
        {"meeting_id": paper.meeting.id, "ending_id": paper.ending.id}, {"reason": "Doch noch"}
    ),
    ("POST", f"{ITEM}/arrange"): lambda _w, paper: Call(_item(paper), {"by_point": "1"}),
    ("POST", f"{ITEM}/edits/<uuid:edit_id>/forward"): lambda _w, paper: Call(
        _item(paper) | {"edit_id": paper.item("open").edits[-1].edit_id}, {"reason": "Kostet mehr"}
    ),
    ("POST", f"{ITEM}/move"): lambda _w, paper: Call(
        _item(paper) | {"item_id": paper.item("child").id},
        {"shown": agenda_mark(items_of(paper.meeting.id)), "reason": "Vorgezogen"},
    ),
    ("POST", f"{ITEM}/refer"): lambda world, paper: Call(
        _item(paper), {"committee": world.committees["steering"].id, "reason": "Erst dort"}
    ),
    ("POST", f"{ITEM}/take-over"): _result,
    ("GET", f"{ITEM}/wording"): lambda _w, paper: Call(_item(paper), query={"edit": paper.edit("open")}),
    ("POST", f"{ITEM}/wording"): lambda _w, paper: Call(_item(paper), _wording(paper)),
    ("POST", f"{ITEM}/withdraw"): lambda _w, paper: Call(_item(paper), {"proposal": paper.proposals["open"].id}),
    ("GET", "/meetings/<uuid:meeting_id>/oral"): _meeting(),
    ("POST", "/meetings/<uuid:meeting_id>/oral"): _oral,
    ("GET", "/proposals/<uuid:proposal_id>"): _proposal("open"),
    ("POST", "/proposals/<uuid:proposal_id>/comments"): _proposal("open", text="Gut so"),
    ("POST", "/proposals/<uuid:proposal_id>/discard"): _proposal("draft"),
    ("POST", "/proposals/<uuid:proposal_id>/passages/<uuid:edit_id>/remove"): lambda _w, paper: Call(
        {"proposal_id": paper.proposals["draft"].id, "edit_id": paper.edit("draft")},
        {"row_version": paper.proposals["draft"].row_version},
    ),
    ("POST", "/proposals/<uuid:proposal_id>/withdraw"): _proposal("open"),
    ("GET", "/sign-in"): _nothing,
    ("POST", "/sign-in"): _enter,
    ("POST", "/sign-out"): _nothing,
    ("POST", "/versions/<uuid:version_id>/decide"): _decide,
    ("POST", "/versions/<uuid:version_id>/edits/<uuid:edit_id>/reopen"): _reopen,
}

OF_DOCUMENTS = (
    "document_id",
    "version_id",
    "proposal_id",
    "edit_id",
    "consultation_id",
    "meeting_id",
    "forwarding_id",
    "measure_id",
    "exclusion_id",
)
"""A route with one of these is asked for every kind of document."""


def rules(app: Flask) -> dict[tuple[str, str], Rule]:
    """Every method and route of the application but files of the house."""
    return {
        (method, rule.rule): rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    }


def path_of(app: Flask, rule: Rule, address: dict[str, Any]) -> str:
    with app.test_request_context():
        return str(rule.build(address)[1])  # type: ignore[index]


def send(client: Any, method: str, path: str, call: Call, **more: Any) -> Any:
    if method == "GET":
        return client.get(path, query_string=call.query, **more)
    form = {name: _plain(value) for name, value in call.form.items()}
    return client.send(path, {"idempotency_key": str(uuid4())} | form, **more)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):  # a file; made anew, as sending it closes it
        return BytesIO(value), "datei.txt"
    return [str(one) for one in value] if isinstance(value, list) else str(value)
