"""Tables, dates, news, and what programs read."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import NAMESPACE_OID, UUID, uuid5

from flask import Response, current_app, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from amendments.audit.queries import first_hash
from amendments.documents.models import Document
from amendments.documents.queries import document_for
from amendments.documents.rules import DOCUMENT_SEE, DOCUMENT_WORK
from amendments.documents.transfer import file_name
from amendments.errors import NotFound
from amendments.exchange.feed import CONTENT_TYPE, Feed, to_atom
from amendments.exchange.redlines import write
from amendments.proposals.asking import number
from amendments.web.access import NOT_FOUND, declare, may, public, require
from amendments.web.current import current_actor
from amendments.web.mail import address_of
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.downloads.papers import Asked, View, paper_of
from amendments.workplaces.downloads.sheets import Sheet, dates_of, list_of, table_of
from amendments.workplaces.news import news
from amendments.workplaces.reader import place_for
from amendments.workplaces.wordings import published_value

AKOMA_NTOSO = "application/akn+xml"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING_YET = datetime.fromtimestamp(0, UTC)
"""Dates a feed without entries."""


@blueprint.get("/documents/<uuid:document_id>/proposals.csv")
@declare(DOCUMENT_WORK)
def proposals_csv(document_id: UUID) -> ResponseReturnValue:
    document = _at_work(document_id)
    return _file(table_of(current_actor(), document, ".csv"), "text/csv", "csv")


@blueprint.get("/documents/<uuid:document_id>/proposals.xlsx")
@declare(DOCUMENT_WORK)
def proposals_xlsx(document_id: UUID) -> ResponseReturnValue:
    document = _at_work(document_id)
    return _file(table_of(current_actor(), document, ".xlsx"), SPREADSHEET, "xlsx")


@blueprint.get("/documents/<uuid:document_id>/amendments.xml")
@declare(DOCUMENT_WORK)
def amendments(document_id: UUID) -> ResponseReturnValue:
    document = _at_work(document_id)
    return _file(list_of(current_actor(), document), AKOMA_NTOSO, "xml")


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/akoma-ntoso.xml")
@declare(DOCUMENT_SEE)
def akoma_ntoso(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    """The newest version, or `version`; with `from` the redline from that one to it."""
    place = place_for(current_actor(), document_id, text_id, number(request.args.get("version")))
    older, newer = number(request.args.get("from")), published_value(place.version)
    asked = Asked(View.TEXT, newer=newer) if older is None else Asked(View.REDLINE, f"v{older}", newer)
    paper = paper_of(place, asked, sees_work=bool(may(current_actor(), DOCUMENT_WORK, place)))
    if paper.editions is None:
        raise NotFound(NOT_FOUND)
    name = _("Fassung %(number)s", number=place.version.number) + f" {place.text.title}"
    return _file(Sheet(name, write, (paper, ".xml")), AKOMA_NTOSO, "xml")


@blueprint.get("/documents/<uuid:document_id>/calendar.ics")
@declare(DOCUMENT_SEE)
def calendar(document_id: UUID) -> ResponseReturnValue:
    document = document_for(current_actor(), document_id)
    response = _file(dates_of(current_actor(), document), "text/calendar", "ics")
    return _asked_again(response, "private, no-cache")


@blueprint.get("/feed.atom")
@public("tells what everybody may read")
def feed() -> ResponseReturnValue:
    own = address_of(url_for("workplaces.feed"))
    town = current_app.extensions["settings"].town_name
    head = Feed(
        id=uuid5(NAMESPACE_OID, f"feed of {first_hash()}").urn,  # its address may change (RFC 4287, 4.2.6)
        title=_("%(town)s: Vorlagen", town=town) if town else _("Vorlagen"),
        author=town or _("Vorlagen"),
        language=str(get_locale()),
        address=address_of(url_for("workplaces.home")),
        own=own,
        updated=NOTHING_YET,
    )
    response = Response(to_atom(head, news()), content_type=f"{CONTENT_TYPE}; charset=utf-8")
    response.vary.add("Accept-Language")
    return _asked_again(response, "public, no-cache")


def _at_work(document_id: UUID) -> Document:
    document = document_for(current_actor(), document_id)
    require(current_actor(), DOCUMENT_WORK, document)
    return document


def _file(sheet: Sheet, mimetype: str, suffix: str) -> Response:
    """To be kept on somebody's disk, and nowhere on the way."""
    data, name = BytesIO(sheet.written()), file_name(sheet.title, suffix)
    response = send_file(data, mimetype, as_attachment=True, download_name=name, conditional=False, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked_again(response: Response, cache: str) -> Response:
    """Programs ask for these again and again: nothing is sent while nothing has changed."""
    response.direct_passthrough = False
    response.headers["Cache-Control"] = cache
    response.add_etag()
    response.make_conditional(request)
    return response
