"""The proposal page."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from amendments.proposals.rules import PROPOSAL_SEE
from amendments.web.access import declare
from amendments.web.current import current_actor
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.dossier import proposal_page


@blueprint.get("/proposals/<uuid:proposal_id>")
@declare(PROPOSAL_SEE)
def proposal(proposal_id: UUID) -> ResponseReturnValue:
    return render_template("workplaces/proposal.html", page=proposal_page(current_actor(), proposal_id))
