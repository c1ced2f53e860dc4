"""The merge desk, and what was handed back."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.consensus.rules import View
from amendments.consultations.queries import closing_for
from amendments.documents.rules import DOCUMENT_WORK
from amendments.proposals.asking import number
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.desk import GROUPS, DeskPage, desk_page, spot_of
from amendments.workplaces.reader import Place, place_for
from amendments.workplaces.returned import returned_page
from amendments.workplaces.since import since_for


def _place(document_id: UUID, text_id: UUID | None) -> Place:
    place = place_for(current_actor(), document_id, text_id)
    require(current_actor(), DOCUMENT_WORK, place)
    return place


@blueprint.get("/documents/<uuid:document_id>/desk")
@declare(DOCUMENT_WORK)
def main_desk(document_id: UUID) -> ResponseReturnValue:
    return _answer(_place(document_id, None))


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/desk")
@declare(DOCUMENT_WORK)
def desk(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    return _answer(_place(document_id, text_id))


def _answer(place: Place) -> ResponseReturnValue:
    wanted = number(request.args.get("find", "").removeprefix("Ä").strip())
    if wanted is not None:
        spot = spot_of(place, wanted)
        if spot is not None:
            here = url_for("workplaces.desk", **place.ids, group=spot.group, page=spot.page)
            return redirect(f"{here}#edit-{spot.edit_id}", 303)
        flash(_("Ä %(number)s steht nicht auf dieser Liste.", number=wanted), "warning")
    page = desk_page(current_actor(), place, request.args.get("group", ""), number(request.args.get("page")) or 1)
    return render_template(
        "workplaces/desk.html",
        page=page,
        urls=_urls(page),
        since=since_for(current_actor(), place.document),
        closing=closing_for(current_actor(), place.document),
    )


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/handed-back")
@declare(DOCUMENT_WORK)
def handed_back(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    page = returned_page(current_actor(), _place(document_id, text_id))
    propose = url_for("workplaces.propose", **page.place.ids)
    return render_template("workplaces/returned.html", page=page, propose=propose)


def _urls(page: DeskPage) -> dict[str, Any]:
    ids = page.place.ids
    names = {
        "undisputed": _("Unstrittig"),
        "soft": _("Gemeinsam lesen"),
        "collisions": _("Kollisionen"),
        "blocked": _("Ausgeschlossen, wartend"),
        "decided": _("Entschieden"),
    }
    here = {**ids, "group": page.group}
    return {
        "desk": url_for("workplaces.desk", **ids),
        "text": url_for("workplaces.text", **ids),
        "agreed": url_for("workplaces.text", **ids, view=View.AGREED),
        "decide": url_for("decisions.decide", version_id=page.place.version.id),
        "reword": url_for("workplaces.reword", **ids),
        "publish": url_for("workplaces.publish", **ids),
        "bring": url_for("workplaces.bring", **ids),
        "import_version": url_for("workplaces.import_version", **ids),
        "handed_back": url_for("workplaces.handed_back", **ids),
        "groups": [
            (names[name], url_for("workplaces.desk", **ids, group=name), name == page.group, page.sizes[name])
            for name in GROUPS
        ],
        "before": url_for("workplaces.desk", **here, page=page.page - 1) if page.page > 1 else "",
        "after": url_for("workplaces.desk", **here, page=page.page + 1) if page.page < page.pages else "",
    }
