"""What is pressed on a proposal: position, comment, withdrawing, discarding. The pages themselves are workplaces'."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.errors import InvalidInput
from amendments.proposals import queries, services
from amendments.proposals.asking import number
from amendments.proposals.rules import (
    PROPOSAL_COMMENT,
    PROPOSAL_DISCARD,
    PROPOSAL_EDIT_DRAFT,
    PROPOSAL_POSITION,
    PROPOSAL_WITHDRAW,
)
from amendments.web.access import declare
from amendments.web.current import current_actor
from amendments.web.limits import Limit
from amendments.web.posting import pressed, sent_before

blueprint = Blueprint("proposals", __name__)


def committee_of_form() -> UUID | None:
    """The committee one speaks for; InvalidInput for anything that is no id."""
    raw = request.form.get("committee_id", "")
    try:
        return UUID(raw) if raw else None
    except ValueError:
        raise InvalidInput("Dieses Gremium gibt es nicht.", field="committee_id") from None


@blueprint.post("/edits/<uuid:edit_id>/position")
@declare(PROPOSAL_POSITION)
def take_position(edit_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    proposal_id = queries.place_of_edit(actor, edit_id).proposal.id
    here = url_for("workplaces.proposal", proposal_id=proposal_id) + f"#edit-{edit_id}"
    stance, reason = request.form.get("stance", ""), request.form.get("reason", "")
    committee_id = committee_of_form()

    def unit() -> str:
        services.take_position(actor, edit_id=edit_id, stance=stance, reason=reason, committee_id=committee_id)
        return here

    return pressed(unit, _("Ihre Haltung ist festgehalten."), Limit.REMARKS)


@blueprint.post("/proposals/<uuid:proposal_id>/comments")
@declare(PROPOSAL_COMMENT)
def add_comment(proposal_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    queries.proposal_for(actor, proposal_id)
    words = request.form.get("text", "")
    here = url_for("workplaces.proposal", proposal_id=proposal_id)

    def unit() -> str:
        comment = services.add_comment(actor, proposal_id=proposal_id, text=words)
        return f"{here}#comment-{comment.id}"

    return pressed(unit, limit=Limit.REMARKS)


@blueprint.post("/proposals/<uuid:proposal_id>/withdraw")
@declare(PROPOSAL_WITHDRAW)
def withdraw(proposal_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    queries.proposal_for(actor, proposal_id)
    here = url_for("workplaces.proposal", proposal_id=proposal_id)

    def unit() -> str:
        services.withdraw_proposal(actor, proposal_id=proposal_id)
        return here

    return pressed(unit, _("Der Vorschlag ist zurückgezogen."))


@blueprint.post("/proposals/<uuid:proposal_id>/passages/<uuid:edit_id>/remove")
@declare(PROPOSAL_EDIT_DRAFT)
def remove_passage(proposal_id: UUID, edit_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = queries.proposal_for(actor, proposal_id)
    here = url_for("workplaces.propose", document_id=place.document.id, text_id=place.text.id, draft=proposal_id)
    row_version = number(request.form.get("row_version")) or 0

    def unit() -> str:
        services.remove_passage(actor, proposal_id=proposal_id, edit_id=edit_id, row_version=row_version)
        return here

    return pressed(unit, _("Die Textstelle ist entfernt."))


@blueprint.post("/proposals/<uuid:proposal_id>/discard")
@declare(PROPOSAL_DISCARD)
def discard(proposal_id: UUID) -> ResponseReturnValue:
    before = sent_before()
    if before is not None:  # the draft is not there any more
        return redirect(before, 303)
    actor = current_actor()
    queries.proposal_for(actor, proposal_id)

    def unit() -> str:
        services.discard_draft(actor, proposal_id=proposal_id)
        return url_for("workplaces.mine")

    return pressed(unit, _("Der Entwurf ist verworfen."))
