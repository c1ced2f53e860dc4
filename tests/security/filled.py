"""What is sent to the routes that need more than an address: their values and forms, filled in as who may would."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from amendments.committees.queries import members_of
from amendments.consensus.board import load_board
from amendments.consensus.named import choices_of
from amendments.consensus.queries import preview
from amendments.consensus.rules import ConsensusKind
from amendments.documents.queries import current_version
from amendments.exchange.readers import read_pasted
from amendments.meetings.services import wording_hash
from amendments.text import edits
from amendments.text.hunks import hunks_hash
from amendments.text.model import Rich
from amendments.workplaces.importing import file_hash
from tests.security.world import PASSWORD, Paper, World


@dataclass(frozen=True)
class Call:
    """Values of the address, query and form of a request."""

    address: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[World, Paper], Call]

NEW_PASSWORD = "vier kleine Stühle"


def account(**form: Any) -> Maker:
    return lambda world, _paper: Call({"account_id": world.spare.id}, form)


def text(**form: Any) -> Maker:
    return lambda _world, paper: Call(paper.ids, form)


def proposal(name: str, **form: Any) -> Maker:
    return lambda _world, paper: Call({"proposal_id": paper.proposals[name].id}, form)


def wish(paper: Paper, **more: Any) -> dict[str, Any]:
    """A change of one sentence, as the form of the propose page sends it."""
    paragraph = paper.paragraph("Das Netzwerk")
    wording = paragraph.text.replace("zweimal", "dreimal")
    form = {"version": 2, "op": "change", "paragraph": paragraph.identity, "wording": wording, "committee_id": ""}
    return form | more


def propose(world: World, paper: Paper) -> Call:
    more = {"title": "Öfter", "reason": "Zu selten", "action": "submit"}
    return Call(paper.ids, wish(paper, **more))


def mail(_world: World, paper: Paper) -> Call:
    paragraph = paper.paragraph("Das Netzwerk")
    start = paragraph.text.index("zweimal")
    hunks = edits.replace_words(paragraph, start, start + len("zweimal"), Rich("dreimal"))
    mail = f"„{paragraph.text[:start]}zweimal“ durch „{paragraph.text[:start]}dreimal“ ersetzen."
    form = {"mail": mail, "action": "file", "order": hunks_hash(hunks)[:16], "version_id": paper.version.id}
    return Call(paper.ids, form | {"committee_id": "", "how": "each"})


def decide(_world: World, paper: Paper) -> Call:
    edit = paper.edit("open")
    form = {"edit": edit, "outcome": "rejected", "vote": "none", "reason": "So nicht", f"expected-{edit}": ""}
    return Call({"version_id": paper.version.id}, form)


def reopen(_world: World, paper: Paper) -> Call:
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


def publish(_world: World, paper: Paper) -> Call:
    plan = preview(paper.version.id)
    return Call(paper.ids, {"expected_hash": plan.hash, "base_version_id": paper.version.id, "anyway": "y"})


def keep(_world: World, paper: Paper) -> Call:
    named = choices_of(paper.version.id, paper.document.lead_committee_id).named(ConsensusKind.ADOPTED)
    return Call(paper.ids, {"kind": "adopted", "hash": named.hash})


def import_version(_world: World, paper: Paper) -> Call:
    pasted = "\n\n".join(paragraph.text for paragraph in paper.words) + "\n\nNeu dazu."
    return Call(paper.ids, {"pasted": pasted, "base_version_id": paper.version.id, "action": "create", "anyway": "y"})


def choose(_world: World, paper: Paper) -> Call:
    row = paper.returned
    return Call(paper.ids, {f"seen-{row.id}": row.row_version, f"for-{row.id}.0": "none", f"as-{row.id}.0": "each"})


def book(world: World, paper: Paper) -> Call:
    row = paper.returned
    form = {f"seen-{row.id}": row.row_version, "take": f"{row.id}.0", f"for-{row.id}.0": world.committees["lead"].id}
    return Call(paper.ids, form | {"version_id": paper.version.id, f"as-{row.id}.0": "one"})


def returned(**form: Any) -> Maker:
    return lambda _world, paper: Call(paper.ids | {"file_id": paper.returned.id}, form)


def send_files(_world: World, paper: Paper) -> Call:
    return Call(paper.ids, {"files": "\n\n".join(paragraph.text for paragraph in paper.words).encode()})


def new(world: World, _paper: Paper) -> Call:
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


def from_paper(world: World, _paper: Paper) -> Call:
    read_from = file_hash(read_pasted(SESSION_PAPER))
    form = {"pasted": SESSION_PAPER, "title": "Neu", "visibility": "committee", "action": "create"}
    return Call({}, form | {"lead_committee_id": world.committees["lead"].id, "read_from": read_from})


def add_text(_world: World, paper: Paper) -> Call:
    form = {"pasted": "Ein Absatz.", "text_title": "Noch einer", "role": "annex", "action": "create"}
    return Call({"document_id": paper.document.id}, form)


def change(_world: World, paper: Paper) -> Call:
    form: dict[str, Any] = {"title": "Anders", "visibility": "committee", "row_version": paper.document.row_version}
    for text in (paper.text, paper.resolution, paper.secret, paper.later):
        form |= {f"visibility_{text.id}": "committee", f"public_from_{text.id}": "2032-01-01"}
    return Call({"document_id": paper.document.id}, form)


def password(_world: World, _paper: Paper) -> Call:
    return Call({}, {"current": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD})


def enter(world: World, _paper: Paper) -> Call:
    return Call({}, {"email": world.accounts["member"].email, "password": PASSWORD})


def by_link(kind: str) -> Maker:
    return lambda world, _p: Call({}, {"token": world.links[kind], "password": NEW_PASSWORD, "again": NEW_PASSWORD})


def invite(world: World, _paper: Paper) -> Call:
    form = {"email": "neu@town.example", "name": "Neu", "language": "en", "is_admin": "y"}
    form |= {f"seats-{number}-role": "member" for number in range(3)}
    return Call({}, form | {"seats-0-committee_id": world.committees["lead"].id, "seats-0-valid_from": "2031-01-01"})


def table(world: World, _paper: Paper) -> Call:
    lines = ["Name;E-Mail;Gremium;Aufgabe", f"Neu;neu@town.example;{world.committees['lead'].key};Vorsitz"]
    return Call({}, {"carried": b64encode("\n".join(lines).encode()).decode(), "action": "create"})


def seat(**form: Any) -> Maker:
    def make(world: World, _paper: Paper) -> Call:
        committee = world.committees["lead"]
        seat = members_of(committee.id)[0].membership
        return Call({"committee_id": committee.id, "membership_id": seat.id}, form)

    return make


def committee(**form: Any) -> Maker:
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


def plan(world: World, paper: Paper) -> Call:
    return Call({"document_id": paper.document.id}, step(world))


def step(world: World) -> dict[str, Any]:
    return {"lead_id": world.committees["participant"].id, "role": "hearing", "day": "2030-01-15", "printed": ""}


def consultation(name: str, *parts: Callable[[World], dict[str, Any]], **form: Any) -> Maker:
    def call(world: World, paper: Paper) -> Call:
        row = paper.steps[name]
        values = {"row_version": row.row_version} | form
        for part in parts:
            values |= part(world)
        return Call({"consultation_id": row.id}, values)

    return call


def meeting(**form: Any) -> Maker:
    return lambda _world, paper: Call({"meeting_id": paper.meeting.id}, form)


def item(paper: Paper) -> dict[str, Any]:
    return {"meeting_id": paper.meeting.id, "item_id": paper.item("open").id}


def result(_world: World, paper: Paper) -> Call:
    edit = paper.edit("open")
    form = {"edit": edit, f"expected-{edit}": "", "form": "unanimous", "outcome": "carried"}
    return Call(item(paper), form | {"checksum": wording_hash(load_board(paper.version.id, paper.board_id), [edit])})


def wording(paper: Paper) -> dict[str, Any]:
    name = f"para-{paper.paragraph('Vereine').identity}"
    return {"edit": paper.edit("open"), name: "Sie hilft allen.", "reason": "So geht es", "order": "first"}


def oral(world: World, paper: Paper) -> Call:
    said = {"account": world.attendant(paper), f"para-{paper.paragraph('Vereine').identity}": "Sie hilft allen."}
    return Call({"meeting_id": paper.meeting.id}, said | {"committee": "", "at": ""})


def nothing(_world: World, _paper: Paper) -> Call:
    return Call()


def take_back_result(_world: World, paper: Paper) -> Call:
    step = paper.adopted.step
    return Call({"consultation_id": step.id}, {"row_version": step.row_version, "reason": "Falsch gezählt"})


def sign_off(_world: World, paper: Paper) -> Call:
    texts = (paper.text, paper.resolution)
    form = {f"version_{text.id}": current_version(text.id).id for text in texts}
    return Call({"consultation_id": paper.steps["open"].id}, form | {"to_id": paper.steps["bare"].id})


def adopted() -> Maker:
    return lambda _world, paper: Call({"document_id": paper.adopted.document.id})


def take_up(world: World, paper: Paper) -> Call:
    form = {"version_id": paper.adopted.version.id, "paragraphs": [paper.adopted.free]}
    return Call({"document_id": paper.adopted.document.id}, form | {"committee_id": world.committees["lead"].id})


def measure(**form: Any) -> Maker:
    return lambda _world, paper: Call({"measure_id": paper.adopted.measure.id}, form)


def plan_measure(world: World, paper: Paper) -> Call:
    form = {"committee_id": world.committees["lead"].id, "proposed_to_id": "", "rating": "later"}
    return Call({"measure_id": paper.adopted.measure.id}, form | {"row_version": paper.adopted.measure.row_version})
