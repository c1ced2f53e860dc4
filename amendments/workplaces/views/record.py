"""The record of what happened, and having it checked."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from amendments.audit import queries, services
from amendments.audit.rules import RECORD_CHECK
from amendments.people.rules import SEE_OWN
from amendments.proposals.asking import number
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.limits import Limit, spend
from amendments.web.posting import pressed
from amendments.web.transaction import write
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


@blueprint.post("/audit/check")
@declare(RECORD_CHECK)
def check() -> ResponseReturnValue:
    """Walk the whole chain; what is damaged is told by the page one comes back to."""
    actor = current_actor()
    require(actor, RECORD_CHECK)
    write(lambda: spend(Limit.CHECKS))  # before the work, and kept also when it is broken off
    verdict = queries.verify()

    def unit() -> str:
        services.note_check(actor, verdict)
        return url_for("workplaces.audit")

    done = ngettext(
        "Von Anfang an geprüft: Der eine Vorgang passt.",
        "Von Anfang an geprüft: Alle %(num)s Vorgänge passen zueinander.",
        verdict.events,
    )
    return pressed(unit, done if verdict.intact else "")
