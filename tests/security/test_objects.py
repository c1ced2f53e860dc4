"""Ids of one document handed in under another, ids of what one may not know: not there, no hint, nothing written."""

import re
from uuid import uuid4

import pytest

from amendments.proposals import services as proposing
from tests.security.calls import CALLS, TEXT, path_of, rules, send
from tests.security.filled import Call, reword, wish
from tests.security.stage import LookingClient
from tests.security.world import THINGS

pytestmark = pytest.mark.one_engine

GONE = {400, 404, 409}
"""A foreign id is wrong input, not there, or not on this version."""


def ask(stage, role, method, route, address, form=None, query=None):
    path = path_of(stage.app, rules(stage.app)[method, route], address)
    return send(stage.client(role, LookingClient), method, path, Call(address, form or {}, query or {}))


def body(response):
    """What the page says, without what differs between any two requests."""
    return re.sub(r'value="[^"]*"', "", response.text)


OBJECT_ROUTES = sorted(
    key for key in CALLS if re.search(r"(document|version|proposal|edit|forwarding|measure)_id", key[1])
)


@pytest.mark.parametrize(("method", "route"), OBJECT_ROUTES, ids=str)
@pytest.mark.parametrize(("role", "thing"), [("author", "sealed"), ("author", "foreign"), ("guest", "committee")])
def test_what_is_hidden_is_answered_like_what_is_not_there(stage, method, route, role, thing):
    """The same status and the same page for a real id and for one nobody ever gave."""
    call = CALLS[method, route](stage.world, stage.world.papers[thing])
    real = ask(stage, role, method, route, call.address, call.form, call.query)
    made_up = {name: value if name == "number" else uuid4() for name, value in call.address.items()}
    invented = ask(stage, role, method, route, made_up, call.form, call.query)
    assert real.status_code == invented.status_code == 404
    assert hidden(body(real), call.address) == hidden(body(invented), made_up)
    assert stage.state() == stage.untouched


def hidden(text, address):
    for name, value in address.items():
        text = text.replace(str(value), "ID") if name != "number" else text
    return text


SPLIT_ROUTES = sorted(key for key in CALLS if key[1].startswith(TEXT))


@pytest.mark.parametrize(("method", "route"), SPLIT_ROUTES, ids=str)
@pytest.mark.parametrize("role", ["moderator", "author"])
def test_a_text_of_one_document_is_not_found_under_another(stage, method, route, role):
    """Both documents are open to this person; the two simply do not belong together."""
    papers = stage.world.papers
    call = CALLS[method, route](stage.world, papers["committee"])
    crossed = call.address | {"document_id": papers["public"].document.id}
    assert ask(stage, role, method, route, crossed, call.form, call.query).status_code == 404
    assert stage.state() == stage.untouched


def refused(stage, role, method, route, address, form, statuses=GONE):
    before = stage.state()
    response = ask(stage, role, method, route, address, form)
    assert response.status_code in statuses, response.status_code
    assert stage.state() == before
    return response


PROPOSE = f"{TEXT}/propose"
DECIDE = "/versions/<uuid:version_id>/decide"
REOPEN = "/versions/<uuid:version_id>/edits/<uuid:edit_id>/reopen"


@pytest.mark.parametrize("other", ["public", "foreign", "sealed"])
def test_an_edit_of_another_document_cannot_be_decided(stage, other):
    papers = stage.world.papers
    edit = papers[other].edit("open")
    for outcome in ("agreed", "rejected", "referred"):
        form = {"edit": edit, "outcome": outcome, "reason": "weil", f"expected-{edit}": ""}
        refused(stage, "moderator", "POST", DECIDE, {"version_id": papers["committee"].version.id}, form)


@pytest.mark.parametrize("other", ["public", "foreign", "sealed"])
def test_an_edit_of_another_document_cannot_settle_or_be_called_again(stage, other):
    papers = stage.world.papers
    here = papers["committee"]
    mine, theirs = here.edit("open"), papers[other].edit("agreed")
    settled = {"edit": mine, "outcome": "settled", "settled_by": theirs, "reason": "weil", f"expected-{mine}": ""}
    refused(stage, "moderator", "POST", DECIDE, {"version_id": here.version.id}, settled)
    again = {"expected": papers[other].standing("agreed"), "reason": "weil"}
    refused(stage, "moderator", "POST", REOPEN, {"version_id": here.version.id, "edit_id": theirs}, again)


@pytest.mark.parametrize("other", ["public", "foreign", "sealed"])
def test_edits_of_another_document_cannot_be_replaced(stage, other):
    papers = stage.world.papers
    here = papers["committee"]
    both = [here.edit("open"), papers[other].edit("rival")]
    for edits in (both, both[1:]):
        form = reword(here, "open", "rival") | {"edit": edits} | {f"expected-{edit}": "" for edit in edits}
        refused(stage, "moderator", "POST", f"{TEXT}/reword", here.ids, form)


@pytest.mark.parametrize("other", ["public", "foreign", "sealed"])
def test_a_proposal_of_another_document_is_no_parent(stage, other):
    papers = stage.world.papers
    here, parent = papers["committee"], papers[other].proposals["open"].id
    for action in ("submit", "preview", "more"):
        refused(stage, "author", "POST", PROPOSE, here.ids, wish(here, parent=parent, action=action))


@pytest.mark.parametrize("other", ["public", "foreign"])
def test_a_draft_of_another_document_is_not_written_on_here(stage, other):
    papers = stage.world.papers
    here = papers["committee"]
    form = wish(here, draft=papers[other].proposals["draft"].id, action="more")
    refused(stage, "author", "POST", PROPOSE, here.ids, form, {404})


def test_somebody_elses_draft_is_not_written_on_and_not_filed(stage):
    here = stage.world.papers["committee"]
    draft = here.proposals["draft"].id
    for role in ("member", "moderator", "chair"):
        refused(stage, role, "POST", PROPOSE, here.ids, wish(here, draft=draft, action="submit"), {404})
        for verb in ("discard", "withdraw", "comments"):
            refused(stage, role, "POST", f"/proposals/<uuid:proposal_id>/{verb}", {"proposal_id": draft}, {"text": "x"})


@pytest.mark.parametrize("committee", ["lead", "far", "office", "nowhere", "no id"])
def test_nobody_speaks_for_a_committee_they_do_not_sit_on(stage, committee):
    here = stage.world.papers["committee"]
    rows = stage.world.committees
    made_up = {"nowhere": uuid4(), "no id": "participant"}
    committee_id = rows[committee].id if committee in rows else made_up[committee]
    no = {400, 403, 404}
    filing = wish(here, committee_id=committee_id, action="submit")
    refused(stage, "member", "POST", PROPOSE, here.ids, filing, no)
    stance = {"stance": "support", "committee_id": committee_id}
    for role in ("member", "chair"):
        refused(stage, role, "POST", "/edits/<uuid:edit_id>/position", {"edit_id": here.edit("open")}, stance, no)


def test_a_member_does_not_state_the_committees_position(stage):
    here = stage.world.papers["committee"]
    stance = {"stance": "support", "committee_id": stage.world.committees["participant"].id}
    address = {"edit_id": here.edit("open")}
    refused(stage, "member", "POST", "/edits/<uuid:edit_id>/position", address, stance, {403})
    assert ask(stage, "chair", "POST", "/edits/<uuid:edit_id>/position", address, stance).status_code == 303


@pytest.mark.parametrize("other", ["resolution", "public", "sealed"])
def test_a_version_of_another_text_is_not_the_base_of_the_next(stage, other):
    papers = stage.world.papers
    here = papers["committee"]
    texts = {"resolution": lambda: current(here.resolution.id)}
    foreign = texts[other]() if other in texts else papers[other].version.id
    publish = CALLS["POST", f"{TEXT}/publish"](stage.world, here)
    refused(stage, "moderator", "POST", f"{TEXT}/publish", here.ids, publish.form | {"base_version_id": foreign})
    imported = CALLS["POST", f"{TEXT}/import"](stage.world, here)
    refused(stage, "moderator", "POST", f"{TEXT}/import", here.ids, imported.form | {"base_version_id": foreign})


def current(text_id):
    from amendments.documents.queries import current_version

    return current_version(text_id).id


def test_a_paragraph_of_another_text_is_not_in_this_one(stage):
    papers = stage.world.papers
    here, there = papers["committee"], papers["public"].paragraph("Netzwerk").identity
    for form in (
        wish(here, paragraph=there),
        wish(here, op="delete", paragraph=there),
        wish(here, op="insert", paragraph=there),
        wish(here, op="move", after=there),
        wish(here, op="span", last=there),
    ):
        for action in ("submit", "preview"):
            refused(stage, "author", "POST", PROPOSE, here.ids, form | {"action": action}, {400})


def test_a_place_in_the_list_of_documents_is_not_enough(stage):
    """A listed reader without a seat reads; whoever has lost the seat has lost the proposals written on it too."""
    here = stage.world.papers["committee"]
    draft, filed = here.proposals["draft"].id, here.proposals["open"].id
    gone = stage.world.accounts["author"].id
    unseat(stage, gone)
    for verb, proposal in (("discard", draft), ("withdraw", filed), ("comments", filed)):
        address = {"proposal_id": proposal}
        refused(stage, "author", "POST", f"/proposals/<uuid:proposal_id>/{verb}", address, {"text": "x"}, {404})
    restricted = stage.world.papers["restricted"]
    for given in ({}, {"draft": restricted.proposals["draft"].id}):
        refused(stage, "author", "POST", PROPOSE, restricted.ids, wish(restricted, action="submit", **given), {403})


def unseat(stage, account_id):
    from datetime import timedelta

    from sqlalchemy import update

    from amendments.committees.models import Membership
    from amendments.extensions import db
    from amendments.web import clock

    yesterday = clock.today() - timedelta(days=1)
    ended = update(Membership).where(Membership.account_id == account_id)
    db.session.execute(ended.values(valid_from=yesterday, valid_to=yesterday))
    db.session.commit()


def test_a_key_of_somebody_else_opens_nothing(stage):
    """The receipt of a form says where it led; only whoever sent it is told."""
    here = stage.world.papers["committee"]
    key = {"idempotency_key": "one-and-the-same"}
    assert ask(stage, "author", "POST", PROPOSE, here.ids, wish(here, action="submit") | key).status_code == 303
    before = stage.state()
    for role in ("member", "moderator"):
        response = ask(stage, role, "POST", PROPOSE, here.ids, wish(here, action="submit") | key)
        assert response.status_code == 400
    assert stage.state() == before


@pytest.mark.parametrize("thing", THINGS)
def test_an_unpublished_version_has_no_address(stage, thing):
    """Snapshots and numbers nobody gave."""
    paper = stage.world.papers[thing]
    for number in (0, 3, 99_999_999):
        query = {"version": number}
        assert ask(stage, "author", "GET", TEXT, paper.ids, query=query).status_code in {200, 404}
        exported = paper.ids | {"number": number}
        assert ask(stage, "author", "GET", f"{TEXT}/versions/<int:number>/export", exported).status_code == 404


def test_services_refuse_what_the_pages_never_offer(stage):
    """Nobody files in the name of the moderation's own kinds of proposal."""
    from amendments.errors import Refused

    here = stage.world.papers["committee"]
    author = stage.world.actor("author")
    for origin in ("compromise", "modification", "editorial", "oral", "returned", "nonsense"):
        with pytest.raises(Refused):
            proposing.file_proposal(author, version_id=here.version.id, edits=[], origin=origin)


def test_a_seat_of_one_committee_is_not_ended_under_another(stage):
    route = "/committees/<uuid:committee_id>/members/<uuid:membership_id>/end"
    address = CALLS["POST", route](stage.world, stage.world.papers["committee"]).address
    for committee in stage.world.committees.values():
        if committee.id != address["committee_id"]:
            crossed = address | {"committee_id": committee.id}
            refused(stage, "admin", "POST", route, crossed, {}, {404})


def test_nobody_but_the_moderation_changes_the_text_editorially(stage):
    here = stage.world.papers["committee"]
    for role in ("author", "member", "chair"):
        for more in ({}, {"draft": here.proposals["draft"].id}):
            form = wish(here, committee_id="editorial", reason="Komma", action="submit") | more
            refused(stage, role, "POST", PROPOSE, here.ids, form, {400, 403, 404})
