"""The record of what happened."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from amendments.people.rules import SEE_OWN
from amendments.proposals.asking import number
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.record import record_page


@blueprint.get("/audit")
@declare(SEE_OWN)
def audit() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, SEE_OWN)
    page = record_page(actor, number(request.args.get("before")))
    after = url_for("workplaces.audit", before=page.before) if page.before else ""
    return render_template("workplaces/record.html", page=page, after=after)
