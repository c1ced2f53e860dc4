"""Wordings side by side, and the consensus versions of a text."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.consensus import services
from amendments.consensus.rules import CONSENSUS_FREEZE, CONSENSUS_NAMES, CONSENSUS_SHORT
from amendments.decisions.forms import ident
from amendments.documents.rules import DOCUMENT_SEE, DOCUMENT_WORK
from amendments.proposals.asking import number
from amendments.web.access import declare, may, require
from amendments.web.current import current_actor
from amendments.web.posting import pressed
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.reader import place_for
from amendments.workplaces.synopsis import consensus_page, synopsis_page


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/synopsis")
@declare(DOCUMENT_SEE)
def synopsis(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = place_for(current_actor(), document_id, text_id, number(request.args.get("version")))
    page = synopsis_page(
        place,
        request.args.get("base"),
        [value for value in request.args.getlist("column") if value],
        whole=request.args.get("whole") == "1",
        sees_work=bool(may(current_actor(), DOCUMENT_WORK, place)),
    )
    return render_template("workplaces/synopsis.html", page=page)


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/consensus")
@declare(DOCUMENT_WORK)
def consensus(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = place_for(current_actor(), document_id, text_id, number(request.args.get("version")))
    require(current_actor(), DOCUMENT_WORK, place)
    page = consensus_page(place)
    return render_template("workplaces/consensus.html", page=page, names=CONSENSUS_NAMES, short=CONSENSUS_SHORT)


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/consensus/keep")
@declare(CONSENSUS_FREEZE)
def keep(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = place_for(current_actor(), document_id, text_id, number(request.form.get("version")))
    require(current_actor(), CONSENSUS_FREEZE, place)
    form = request.form

    def unit() -> str:
        services.keep_consensus(
            current_actor(),
            version_id=place.version.id,
            kind=form.get("kind", ""),
            committee_id=ident(form.get("committee")),
            expected_hash=form.get("hash", ""),
        )
        return url_for("workplaces.consensus", **place.ids, version=place.version.number, _anchor="kept")

    return pressed(unit, _("Die Fassung ist festgehalten."))
