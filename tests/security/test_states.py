"""Every verb on a proposal in every state by every kind of person: done, or refused for the right reason, unchanged."""

import pytest

from amendments import text as engine
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.errors import Conflict, NotAllowed, NotFound, Refused
from amendments.extensions import db
from amendments.proposals import services as proposing
from amendments.proposals.queries import edits_of
from amendments.text import edits as controls
from amendments.web.actor import GUEST

pytestmark = pytest.mark.one_engine

STATES = ("draft", "open", "agreed", "rejected", "withdrawn", "void")
INSIDE = ("author", "member", "barred", "chair", "moderator", "admin")
OUTSIDE = ("guest", "other_member", "steering", "clerk", "ended", "excluded")
BARRED_FROM = ("open", "void")
"""States of the proposal from which `barred` is excluded, and of the amendment to it."""


class Case:
    """One proposal of the committee document, and the moderator's view of it."""

    def __init__(self, stage, state):
        paper = stage.world.papers["committee"]
        if state == "void":
            author = stage.world.actor("author")
            proposing.withdraw_proposal(author, proposal_id=paper.proposals["open"].id)
        self.version_id = paper.version.id
        self.proposal_id = paper.proposals["child" if state == "void" else state].id
        self.edit_id = edits_of(self.proposal_id)[0].edit_id
        standing = standing_on([self.edit_id]).get(self.edit_id)
        self.expected = standing.id if standing else None
        paragraph = paper.paragraph("Verwaltung")
        self.hunks = controls.replace_words(paragraph, 0, 3, engine.Rich("Unsere"))


VERBS = {
    "submit": lambda who, case: proposing.submit_draft(who, proposal_id=case.proposal_id),
    "discard": lambda who, case: proposing.discard_draft(who, proposal_id=case.proposal_id),
    "withdraw": lambda who, case: proposing.withdraw_proposal(who, proposal_id=case.proposal_id),
    "position": lambda who, case: proposing.take_position(who, edit_id=case.edit_id, stance="support"),
    "comment": lambda who, case: proposing.add_comment(who, proposal_id=case.proposal_id, text="So"),
    "decide": lambda who, case: decisions.decide_edits(
        who, version_id=case.version_id, verdicts=[Verdict(case.edit_id, Outcome.REJECTED, case.expected)]
    ),
    "modify": lambda who, case: decisions.decide_modified(
        who, version_id=case.version_id, edit_id=case.edit_id, hunks=case.hunks, reason="So", expected=case.expected
    ),
    "reopen": lambda who, case: decisions.reopen(
        who, version_id=case.version_id, edit_id=case.edit_id, reason="So", expected=case.expected
    ),
}

MAY = {
    "submit": {"author"},
    "discard": {"author"},
    "withdraw": {"author"},
    "position": {"author", "member", "barred", "chair"},
    "comment": {*INSIDE},
    "decide": {"moderator"},
    "modify": {"moderator"},
    "reopen": {"moderator"},
}
GOES = {
    "submit": {"draft"},
    "discard": {"draft"},
    "withdraw": {"open"},
    "position": {"open"},
    "comment": {*STATES},
    "decide": {"open"},
    "modify": {"open"},
    "reopen": {"agreed", "rejected"},
}
OF_THE_VERSION = ("decide", "modify", "reopen")
"""Verbs that speak of a version; whether the proposal may be seen is not asked."""


def expected(verb, state, role):
    if role in OUTSIDE:
        return NotFound
    if state == "draft" and role != "author" and verb not in OF_THE_VERSION:
        return NotFound
    if role == "barred" and state in BARRED_FROM and verb not in OF_THE_VERSION:
        return NotFound
    chairs = verb == "withdraw" and role == "chair" and state == "open"  # the one filed in the committee's name
    if role not in MAY[verb] and not chairs:
        return NotAllowed
    return None if state in GOES[verb] else Conflict


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_goes_where_it_may_and_nowhere_else(town, verb, state):
    found = {}
    before = ""
    for role in (*INSIDE, *OUTSIDE):
        with town.scene():
            case = Case(town, state)
            db.session.commit()
            before = before if before and state != "void" else town.state()
            refused = outcome(VERBS[verb], GUEST if role == "guest" else town.world.actor(role), case)
            assert (town.state() == before) is (refused is not None), role
            found[role] = refused
    assert found == {role: expected(verb, state, role) for role in (*INSIDE, *OUTSIDE)}


def outcome(verb, who, case):
    """None if it was done, else the kind of refusal."""
    try:
        with db.session.begin_nested():
            verb(who, case)
    except Refused as error:
        return type(error)
    return None
