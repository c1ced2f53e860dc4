"""One valid request for every route: who may, succeeds with it. A route missing here fails a test."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.routing import Rule

from amendments.meetings.queries import agenda_mark, items_of
from tests.security import filled
from tests.security.filled import Call, Maker

SEAT = "/committees/<uuid:committee_id>/members/<uuid:membership_id>"
ITEM = "/meetings/<uuid:meeting_id>/items/<uuid:item_id>"
TEXT = "/documents/<uuid:document_id>/texts/<uuid:text_id>"


CALLS: dict[tuple[str, str], Maker] = {
    ("GET", "/"): filled.nothing,
    ("GET", "/account"): filled.nothing,
    ("POST", "/account/language"): lambda _w, _p: Call({}, {"language": "en"}),
    ("POST", "/account/password"): filled.password,
    ("POST", "/account/sessions/end"): filled.nothing,
    ("GET", "/account/mails"): filled.nothing,
    ("POST", "/account/mails"): lambda _w, _p: Call({}, {"kind": "decided"}),
    ("GET", "/accounts"): filled.nothing,
    ("GET", "/accounts/invite"): filled.nothing,
    ("POST", "/accounts/invite"): filled.invite,
    ("GET", "/accounts/import"): filled.nothing,
    ("POST", "/accounts/import"): filled.table,
    ("POST", "/accounts/<uuid:account_id>/administrator"): filled.account(is_admin="1"),
    ("POST", "/accounts/<uuid:account_id>/deactivate"): filled.account(),
    ("POST", "/accounts/<uuid:account_id>/invitation"): lambda world, _p: Call({"account_id": world.invited.id}),
    ("POST", "/accounts/<uuid:account_id>/invitation/revoke"): lambda world, _p: Call({"account_id": world.invited.id}),
    ("POST", "/accounts/<uuid:account_id>/reset-link"): filled.account(),
    ("POST", "/accounts/<uuid:account_id>/reactivate"): lambda world, _p: Call({"account_id": world.closed.id}),
    ("GET", "/audit"): filled.nothing,
    ("POST", "/audit/check"): filled.nothing,
    ("GET", "/committees"): filled.nothing,
    ("POST", "/committees"): lambda _w, _p: Call(
        {}, {"name": "Kulturausschuss", "short_name": "KulA", "kind": "committee", "legal_number": "9"}
    ),
    ("POST", "/committees/<uuid:committee_id>/members"): lambda world, _p: Call(
        {"committee_id": world.committees["lead"].id},
        {"email": world.spare.email, "role": "member", "valid_from": "2031-01-01", "valid_to": "2031-12-31"},
    ),
    ("GET", SEAT): filled.seat(),
    ("POST", SEAT): filled.seat(valid_to="2031-12-31", deputy_for=""),
    ("POST", f"{SEAT}/end"): filled.seat(),
    ("GET", "/committees/<uuid:committee_id>"): filled.committee(),
    ("GET", "/committees/<uuid:committee_id>/change"): filled.committee(),
    ("POST", "/committees/<uuid:committee_id>/change"): filled.committee(
        name="Anders", short_name="And", kind="committee", legal_number="9", **filled.HOW_IT_DECIDES
    ),
    ("GET", "/consultations/<uuid:consultation_id>"): filled.consultation("open"),
    ("GET", "/consultations/<uuid:consultation_id>/plan"): filled.consultation("open"),
    ("POST", "/consultations/<uuid:consultation_id>/plan"): filled.consultation("open", filled.step),
    ("POST", "/consultations/<uuid:consultation_id>/drop"): filled.consultation("loose"),
    ("POST", "/consultations/<uuid:consultation_id>/result"): filled.consultation(
        "open", result="adopted", vote="unanimous"
    ),
    ("POST", "/consultations/<uuid:consultation_id>/result/take-back"): filled.take_back_result,
    ("GET", "/consultations/<uuid:consultation_id>/changes"): filled.consultation("bare"),
    ("GET", "/consultations/<uuid:consultation_id>/sign-off"): filled.consultation("open"),
    ("POST", "/consultations/<uuid:consultation_id>/sign-off"): filled.sign_off,
    ("GET", "/documents/<uuid:document_id>/measures"): filled.adopted(),
    ("GET", "/documents/<uuid:document_id>/measures/choose"): filled.adopted(),
    ("POST", "/documents/<uuid:document_id>/measures/choose"): filled.take_up,
    ("GET", "/documents/<uuid:document_id>/measures/table"): filled.adopted(),
    ("POST", "/forwardings/<uuid:forwarding_id>/take-back"): lambda _w, paper: Call(
        {"forwarding_id": paper.forwarding.id}, {"reason": "Falsches Gremium"}
    ),
    ("GET", "/measures/<uuid:measure_id>"): filled.measure(),
    ("POST", "/measures/<uuid:measure_id>/plan"): filled.plan_measure,
    ("POST", "/measures/<uuid:measure_id>/report"): filled.measure(state="done", text="Fertig"),
    ("GET", "/documents/<uuid:document_id>/consultations"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("POST", "/documents/<uuid:document_id>/consultations"): filled.plan,
    ("GET", "/documents/<uuid:document_id>"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/desk"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/change"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("POST", "/documents/<uuid:document_id>/change"): filled.change,
    ("GET", "/documents/<uuid:document_id>/exclusions"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("POST", "/documents/<uuid:document_id>/exclusions"): lambda world, paper: Call(
        {"document_id": paper.document.id}, {"account_id": world.accounts["author"].id, "scope": "document"}
    ),
    ("POST", "/exclusions/<uuid:exclusion_id>/lift"): lambda _w, paper: Call({"exclusion_id": paper.exclusion.id}),
    ("GET", "/documents/<uuid:document_id>/amendments.xml"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/calendar.ics"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/proposals.csv"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/proposals.xlsx"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/feed.atom"): filled.nothing,
    ("GET", "/documents/<uuid:document_id>/paper"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/paper.pdf"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("GET", "/documents/<uuid:document_id>/texts/new"): lambda _w, paper: Call({"document_id": paper.document.id}),
    ("POST", "/documents/<uuid:document_id>/texts/new"): filled.add_text,
    ("GET", TEXT): filled.text(),
    ("GET", f"{TEXT}/akoma-ntoso.xml"): filled.text(),
    ("GET", f"{TEXT}/consensus"): filled.text(),
    ("POST", f"{TEXT}/consensus/keep"): filled.keep,
    ("GET", f"{TEXT}/desk"): filled.text(),
    ("GET", f"{TEXT}/from-mail"): filled.text(),
    ("GET", f"{TEXT}/handed-back"): filled.text(),
    ("GET", f"{TEXT}/import"): filled.text(),
    ("POST", f"{TEXT}/import"): filled.import_version,
    ("GET", f"{TEXT}/propose"): lambda _w, paper: Call(paper.ids, query=filled.wish(paper)),
    ("POST", f"{TEXT}/propose"): filled.propose,
    ("POST", f"{TEXT}/propose/preview"): filled.propose,
    ("POST", f"{TEXT}/from-mail"): filled.mail,
    ("GET", f"{TEXT}/download"): lambda _w, paper: Call(
        paper.ids, query={"view": "redline", "format": "html", "from": "v1", "to": "v2"}
    ),
    ("GET", f"{TEXT}/downloads"): filled.text(),
    ("GET", f"{TEXT}/proposals.pdf"): filled.text(),
    ("GET", f"{TEXT}/publish"): filled.text(),
    ("POST", f"{TEXT}/publish"): filled.publish,
    ("GET", f"{TEXT}/redline"): filled.text(),
    ("GET", f"{TEXT}/synopsis"): filled.text(),
    ("GET", f"{TEXT}/synopsis.pdf"): filled.text(),
    ("GET", f"{TEXT}/versions/<int:number>/export"): lambda _w, paper: Call(paper.ids | {"number": 2}),
    ("GET", f"{TEXT}/returned-files"): filled.text(),
    ("POST", f"{TEXT}/returned-files"): filled.send_files,
    ("POST", f"{TEXT}/returned-files/<uuid:file_id>"): filled.returned(action="drop"),
    ("POST", f"{TEXT}/returned-files/choices"): filled.choose,
    ("POST", f"{TEXT}/returned-files/book"): filled.book,
    ("GET", f"{TEXT}/reword"): lambda _w, paper: Call(paper.ids, query={"edit": paper.edit("open")}),
    ("POST", f"{TEXT}/reword"): lambda _w, paper: Call(paper.ids, filled.reword(paper, "open", "rival")),
    ("GET", "/documents/from-paper"): filled.nothing,
    ("POST", "/documents/from-paper"): filled.from_paper,
    ("GET", "/documents/new"): filled.nothing,
    ("POST", "/documents/new"): filled.new,
    ("POST", "/edits/<uuid:edit_id>/position"): lambda _w, paper: Call(
        {"edit_id": paper.edit("open")}, {"stance": "support"}
    ),
    ("GET", "/forgotten-password"): filled.nothing,
    ("POST", "/forgotten-password"): lambda world, _p: Call({}, {"email": world.spare.email}),
    ("GET", "/health"): filled.nothing,
    ("GET", "/mails"): lambda world, _p: Call(query={"token": world.links["mails"]}),
    ("POST", "/mails"): lambda world, _p: Call({}, {"token": world.links["mails"], "kind": "decided"}),
    ("GET", "/invitation"): lambda world, _p: Call(query={"token": world.links["invitation"]}),
    ("POST", "/invitation"): filled.by_link("invitation"),
    ("GET", "/new-password"): lambda world, _p: Call(query={"token": world.links["password"]}),
    ("POST", "/new-password"): filled.by_link("password"),
    ("POST", "/language"): lambda _w, _p: Call({}, {"language": "en", "next": "/"}),
    ("POST", "/consultations/<uuid:consultation_id>/open"): filled.consultation("bare"),
    ("GET", "/meetings/<uuid:meeting_id>"): filled.meeting(),
    ("GET", "/meetings/<uuid:meeting_id>/beat"): filled.meeting(),
    ("GET", "/meetings/<uuid:meeting_id>/minutes"): filled.meeting(),
    ("GET", "/meetings/<uuid:meeting_id>/screen"): filled.meeting(),
    ("GET", "/meetings/<uuid:meeting_id>/voting-order.pdf"): filled.meeting(),
    ("POST", "/meetings/<uuid:meeting_id>/ballots/<uuid:ballot_id>/undo"): lambda _w, paper: Call(
        {"meeting_id": paper.meeting.id, "ballot_id": paper.ballot.id}, {"reason": "Verzählt"}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/came"): lambda world, paper: Call(
        {"meeting_id": paper.meeting.id}, {"account": world.seated(paper)}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/chair"): lambda world, paper: Call(
        {"meeting_id": paper.meeting.id}, {"chair": world.attendant(paper)}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/close"): filled.meeting(),
    ("POST", "/meetings/<uuid:meeting_id>/invitation"): lambda _w, paper: Call({"meeting_id": paper.early.id}),
    ("POST", "/meetings/<uuid:meeting_id>/reopen"): lambda _w, paper: Call(
        {"meeting_id": paper.early.id}, {"reason": "Zu früh geschlossen"}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/edits/<uuid:edit_id>/pull"): lambda _w, paper: Call(
        {"meeting_id": paper.meeting.id, "edit_id": paper.edit("rejected")}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/items/<uuid:item_id>/adjourn"): lambda _w, paper: Call(
        filled.item(paper), {"reason": "Es ist spät"}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/items/<uuid:item_id>/call"): lambda _w, paper: Call(
        {"meeting_id": paper.meeting.id, "item_id": paper.item("bloc").id}, {"reason": "Vorgezogen"}
    ),
    ("POST", "/meetings/<uuid:meeting_id>/items/<uuid:item_id>/result"): filled.result,
    ("POST", "/meetings/<uuid:meeting_id>/left/<uuid:account_id>"): lambda world, paper: Call(
        {"meeting_id": paper.meeting.id, "account_id": world.attendant(paper)}
    ),
    ("GET", "/my-desk"): filled.nothing,
    ("GET", "/meetings/<uuid:meeting_id>/minutes/write"): filled.meeting(),
    ("POST", "/meetings/<uuid:meeting_id>/minutes/write"): filled.meeting(row_version=1, notes="Pause um acht"),
    ("POST", "/meetings/<uuid:meeting_id>/endings/<uuid:ending_id>/undo"): lambda _w, paper: Call(
        {"meeting_id": paper.meeting.id, "ending_id": paper.ending.id}, {"reason": "Doch noch"}
    ),
    ("POST", f"{ITEM}/arrange"): lambda _w, paper: Call(filled.item(paper), {"by_point": "1"}),
    ("POST", f"{ITEM}/edits/<uuid:edit_id>/forward"): lambda _w, paper: Call(
        filled.item(paper) | {"edit_id": paper.item("open").edits[-1].edit_id}, {"reason": "Kostet mehr"}
    ),
    ("POST", f"{ITEM}/move"): lambda _w, paper: Call(
        filled.item(paper) | {"item_id": paper.item("child").id},
        {"shown": agenda_mark(items_of(paper.meeting.id)), "reason": "Vorgezogen"},
    ),
    ("POST", f"{ITEM}/refer"): lambda world, paper: Call(
        filled.item(paper), {"committee": world.committees["steering"].id, "reason": "Erst dort"}
    ),
    ("POST", f"{ITEM}/take-over"): filled.result,
    ("GET", f"{ITEM}/wording"): lambda _w, paper: Call(filled.item(paper), query={"edit": paper.edit("open")}),
    ("POST", f"{ITEM}/wording"): lambda _w, paper: Call(filled.item(paper), filled.wording(paper)),
    ("POST", f"{ITEM}/withdraw"): lambda _w, paper: Call(filled.item(paper), {"proposal": paper.proposals["open"].id}),
    ("GET", "/meetings/<uuid:meeting_id>/oral"): filled.meeting(),
    ("POST", "/meetings/<uuid:meeting_id>/oral"): filled.oral,
    ("GET", "/proposals/<uuid:proposal_id>"): filled.proposal("open"),
    ("POST", "/proposals/<uuid:proposal_id>/comments"): filled.proposal("open", text="Gut so"),
    ("POST", "/proposals/<uuid:proposal_id>/discard"): filled.proposal("draft"),
    ("POST", "/proposals/<uuid:proposal_id>/passages/<uuid:edit_id>/remove"): lambda _w, paper: Call(
        {"proposal_id": paper.proposals["draft"].id, "edit_id": paper.edit("draft")},
        {"row_version": paper.proposals["draft"].row_version},
    ),
    ("POST", "/proposals/<uuid:proposal_id>/withdraw"): filled.proposal("open"),
    ("GET", "/sign-in"): filled.nothing,
    ("POST", "/sign-in"): filled.enter,
    ("POST", "/sign-out"): filled.nothing,
    ("POST", "/versions/<uuid:version_id>/decide"): filled.decide,
    ("POST", "/versions/<uuid:version_id>/edits/<uuid:edit_id>/reopen"): filled.reopen,
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
