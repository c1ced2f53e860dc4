"""No page breaks for what happened before: every page after every kind of event."""

import pytest

from tests.security.calls import CALLS, TEXT, path_of, rules, send
from tests.security.filled import reword
from tests.security.stage import LookingClient
from tests.security.test_canaries import crawl

pytestmark = pytest.mark.one_engine

DECIDE = "/versions/<uuid:version_id>/decide"


def post(stage, role, route, call):
    path = path_of(stage.app, rules(stage.app)["POST", route], call.address)
    response = send(stage.client(role, LookingClient), "POST", path, call)
    assert response.status_code == 303, response.text


def usual(route, role="moderator", **more):
    def act(stage):
        call = CALLS["POST", route](stage.world, stage.world.papers["committee"])
        call.form.update(more)
        post(stage, role, route, call)

    return act


def decided(name, outcome):
    def act(stage):
        paper = stage.world.papers["committee"]
        edit = paper.edit(name)
        call = CALLS["POST", DECIDE](stage.world, paper)
        call.form.clear()
        call.form.update({"edit": edit, "outcome": outcome, "reason": "Darum", f"expected-{edit}": ""})
        post(stage, "moderator", DECIDE, call)

    return act


def modified(stage):
    paper = stage.world.papers["committee"]
    call = CALLS["POST", f"{TEXT}/reword"](stage.world, paper)
    call.form.clear()
    call.form.update(reword(paper, "open"))
    post(stage, "moderator", f"{TEXT}/reword", call)


WITHDRAW = usual("/proposals/<uuid:proposal_id>/withdraw", "author")
PUBLISH, COMPROMISE, IMPORT = (
    usual(f"{TEXT}/publish"),
    usual(f"{TEXT}/reword"),
    usual(f"{TEXT}/import", base_version_id=""),
)
REOPEN = usual("/versions/<uuid:version_id>/edits/<uuid:edit_id>/reopen")

STORIES = {
    "withdrawn": [WITHDRAW],
    "parent agreed, published": [decided("open", "agreed"), PUBLISH],
    "parent and child agreed, published": [decided("open", "agreed"), decided("child", "agreed"), PUBLISH],
    "child agreed, parent not": [decided("child", "agreed"), PUBLISH],
    "parent rejected, published": [decided("open", "rejected"), PUBLISH],
    "compromise, published": [COMPROMISE, PUBLISH],
    "compromise, called again": [COMPROMISE, REOPEN],
    "modified, published": [modified, PUBLISH],
    "referred, imported": [decided("open", "referred"), IMPORT],
    "published, imported": [PUBLISH, IMPORT],
}


@pytest.mark.parametrize("story", STORIES)
def test_every_page_stands_after(stage, story):
    for act in STORIES[story]:
        act(stage)
    answers = {path: response.status_code for path, response in crawl(stage, "moderator", only="committee")}
    paper = stage.world.papers["committee"]
    draft = f"/proposals/{paper.proposals['draft'].id}"
    missing = {path for path, status in answers.items() if status == 404}
    assert set(answers.values()) <= {200, 302, 403, 404}
    assert {path for path in missing if not path.endswith(("/reword", "/wording", "/download"))} == {draft}
