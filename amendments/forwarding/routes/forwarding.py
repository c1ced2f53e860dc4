"""Taking a forwarding back. Signing off and forwarding is a page of workplaces."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.consultations.queries import consultation_for
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.forwarding import services
from amendments.forwarding.models import Forwarding
from amendments.forwarding.routes.blueprint import blueprint
from amendments.forwarding.rules import FORWARD
from amendments.web.access import NOT_FOUND, declare, require
from amendments.web.current import current_actor
from amendments.web.posting import pressed


@blueprint.post("/forwardings/<uuid:forwarding_id>/take-back")
@declare(FORWARD)
def take_back(forwarding_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = db.session.get(Forwarding, forwarding_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    place = consultation_for(actor, found.from_id)
    require(actor, FORWARD, place.step)
    reason, page = request.form.get("reason", ""), url_for("consultations.show", consultation_id=found.from_id)

    def unit() -> str:
        services.take_back(actor, forwarding_id=forwarding_id, reason=reason)
        return page

    return pressed(unit, _("Die Weiterleitung ist zurückgenommen."))
