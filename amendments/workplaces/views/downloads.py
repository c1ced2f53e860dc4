"""Papers as files: the page that offers them, and each of them."""

from uuid import UUID

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.documents.queries import document_for
from amendments.documents.rules import DOCUMENT_SEE, DOCUMENT_WORK
from amendments.errors import NotFound
from amendments.exchange.redlines import write
from amendments.meetings.queries import meeting_for
from amendments.meetings.rules import MEETING_FOLLOW
from amendments.proposals.asking import number
from amendments.web.access import NOT_FOUND, declare, may, require
from amendments.web.current import current_actor
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.downloads.answering import file_answer
from amendments.workplaces.downloads.letterheads import letterhead
from amendments.workplaces.downloads.offered import FORMATS, downloads_page
from amendments.workplaces.downloads.papers import Asked, View, paper_of
from amendments.workplaces.downloads.sheets import Sheet, book_of, form_of, synopsis_of
from amendments.workplaces.downloads.voting import voting_order_of
from amendments.workplaces.reader import Place, place_for


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/downloads")
@declare(DOCUMENT_SEE)
def downloads(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = _place(document_id, text_id)
    page = downloads_page(place, sees_work=_sees_work(place))
    return render_template("workplaces/downloads/page.html", page=page, view=View)


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/download")
@declare(DOCUMENT_SEE)
def download(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    """The file, or a page that asks again while it is being made."""
    place = _place(document_id, text_id)
    suffix, view = request.args.get("format", ""), request.args.get("view", "")
    if suffix not in FORMATS or view not in set(View):
        raise NotFound(NOT_FOUND)
    asked = Asked(
        View(view),
        request.args.get("from", "")[:80],
        request.args.get("to", "")[:80],
        number(request.args.get("number")),
    )
    paper = paper_of(place, asked, sees_work=_sees_work(place))
    template = letterhead(current_app.extensions["settings"], suffix)
    return file_answer(Sheet(paper.title, write, (paper, f".{suffix}", template)), suffix, _way(place))


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/synopsis.pdf")
@declare(DOCUMENT_SEE)
def synopsis_sheet(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    """The synopsis as the page shows it, on wide paper."""
    place = _place(document_id, text_id)
    sheet = synopsis_of(
        place,
        request.args.get("base"),
        [value for value in request.args.getlist("column") if value],
        whole=request.args.get("whole") == "1",
        sees_work=_sees_work(place),
    )
    return file_answer(sheet, "pdf", _way(place))


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/proposals.pdf")
@declare(DOCUMENT_WORK)
def proposals_book(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = _place(document_id, text_id)
    require(current_actor(), DOCUMENT_WORK, place)
    return file_answer(book_of(current_actor(), place), "pdf", _way(place))


@blueprint.get("/documents/<uuid:document_id>/paper.pdf")
@declare(DOCUMENT_SEE)
def paper_form(document_id: UUID) -> ResponseReturnValue:
    """The Sitzungsvorlage."""
    document = document_for(current_actor(), document_id)
    way = [(document.title, url_for("workplaces.document", document_id=document.id))]
    return file_answer(form_of(current_actor(), document), "pdf", way)


@blueprint.get("/meetings/<uuid:meeting_id>/voting-order.pdf")
@declare(MEETING_FOLLOW)
def voting_order(meeting_id: UUID) -> ResponseReturnValue:
    """For the chair's table."""
    place = meeting_for(current_actor(), meeting_id)
    way = [
        (place.document.title, url_for("workplaces.document", document_id=place.document.id)),
        (_("Sitzung"), url_for("workplaces.session", meeting_id=meeting_id)),
    ]
    return file_answer(voting_order_of(current_actor(), place), "pdf", way)


def _way(place: Place) -> list[tuple[str, str]]:
    return [
        (place.document.title, url_for("workplaces.text", **place.ids)),
        (_("Herunterladen"), url_for("workplaces.downloads", **place.ids)),
    ]


def _place(document_id: UUID, text_id: UUID) -> Place:
    place = place_for(current_actor(), document_id, text_id, number(request.args.get("version")))
    require(current_actor(), DOCUMENT_SEE, place)
    return place


def _sees_work(place: Place) -> bool:
    return bool(may(current_actor(), DOCUMENT_WORK, place))
