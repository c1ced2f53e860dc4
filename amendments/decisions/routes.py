"""What is pressed at the merge desk. The desk itself is workplaces'."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from amendments.decisions import services
from amendments.decisions.forms import ident, place_of, verdicts_of, vote_of
from amendments.decisions.overtaken import both_states
from amendments.decisions.rules import DECIDE, Deciding
from amendments.documents.queries import version_for
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.posting import pressed

blueprint = Blueprint("decisions", __name__)


def _desk(version_id: UUID) -> str:
    """The desk of that version's text, in the group one came from; the map is asked before the form is read."""
    actor = current_actor()
    place = version_for(actor, version_id)
    require(actor, DECIDE, Deciding(place.document, place.text))
    return url_for("workplaces.desk", document_id=place.document.id, text_id=place.text.id, **place_of(request.form))


@blueprint.post("/versions/<uuid:version_id>/decide")
@declare(DECIDE)
def decide(version_id: UUID) -> ResponseReturnValue:
    desk, actor = _desk(version_id), current_actor()
    verdicts, vote, reason = verdicts_of(request.form), vote_of(request.form), request.form.get("reason", "")

    def unit() -> str:
        services.decide_edits(actor, version_id=version_id, verdicts=verdicts, reason=reason, vote=vote)
        return f"{desk}#edit-{verdicts[0].edit_id}"

    done = ngettext("Eine Änderung ist entschieden.", "%(num)s Änderungen sind entschieden.", len(verdicts))
    with both_states(reason):
        return pressed(unit, done)


@blueprint.post("/versions/<uuid:version_id>/edits/<uuid:edit_id>/reopen")
@declare(DECIDE)
def reopen(version_id: UUID, edit_id: UUID) -> ResponseReturnValue:
    desk, actor = _desk(version_id), current_actor()
    expected, reason = ident(request.form.get("expected")), request.form.get("reason", "")

    def unit() -> str:
        services.reopen(actor, version_id=version_id, edit_id=edit_id, reason=reason, expected=expected)
        return f"{desk}#edit-{edit_id}"

    with both_states(reason):
        return pressed(unit, _("Die Änderung ist wieder offen."))
