"""The committees and who sits on them."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from amendments.committees import queries
from amendments.committees.rules import KIND_LABELS, ROLE_LABELS
from amendments.web.access import public
from amendments.web.current import current_actor

blueprint = Blueprint("committees", __name__)


@blueprint.get("/committees")
@public("which committees a town has is no secret")
def index() -> ResponseReturnValue:
    mine = current_actor().committees
    return render_template("committees/index.html", committees=queries.committees(), kinds=KIND_LABELS, mine=mine)


@blueprint.get("/committees/<uuid:committee_id>")
@public("who sits on a committee of a town is public; addresses are shown to nobody")
def show(committee_id: UUID) -> ResponseReturnValue:
    return render_template(
        "committees/show.html",
        committee=queries.committee(committee_id),
        members=queries.members_of(committee_id),
        kinds=KIND_LABELS,
        roles=ROLE_LABELS,
    )
