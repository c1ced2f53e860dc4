"""Tables, dates, news, and what programs read."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import Response, current_app, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from amendments.documents.models import Document
from amendments.documents.queries import document_for, versions_of
from amendments.documents.rules import DOCUMENT_SEE, DOCUMENT_WORK
from amendments.documents.transfer import file_name
from amendments.errors import NotFound
from amendments.exchange.calendar import to_ics
from amendments.exchange.feed import CONTENT_TYPE, Feed, to_atom
from amendments.exchange.proposal_table import to_csv, to_xlsx
from amendments.proposals.asking import number
from amendments.web import clock
from amendments.web.access import NOT_FOUND, declare, may, public, require
from amendments.web.current import current_actor
from amendments.web.mail import address_of
from amendments.web.posting import say
from amendments.workplaces.agenda_dates import sittings_for
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.filings import filings_for
from amendments.workplaces.interchange import amendments_xml, redline_xml, version_xml
from amendments.workplaces.news import news
from amendments.workplaces.reader import place_for
from amendments.workplaces.table import table_rows

AKOMA_NTOSO = "application/akn+xml"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING_YET = datetime.fromtimestamp(0, UTC)
"""Dates a feed without entries."""


@blueprint.get("/documents/<uuid:document_id>/proposals.csv")
@declare(DOCUMENT_WORK)
def proposals_csv(document_id: UUID) -> ResponseReturnValue:
    document = _at_work(document_id)
    data = to_csv(table_rows(filings_for(current_actor(), document)), say)
    return _file(data, "text/csv", f"{document.title} {_('Vorschläge')}", "csv")


@blueprint.get("/documents/<uuid:document_id>/proposals.xlsx")
@declare(DOCUMENT_WORK)
def proposals_xlsx(document_id: UUID) -> ResponseReturnValue:
    document = _at_work(document_id)
    data = to_xlsx(table_rows(filings_for(current_actor(), document)), say, clock.now())
    return _file(data, SPREADSHEET, f"{document.title} {_('Vorschläge')}", "xlsx")


@blueprint.get("/documents/<uuid:document_id>/amendments.xml")
@declare(DOCUMENT_WORK)
def amendments(document_id: UUID) -> ResponseReturnValue:
    document = _at_work(document_id)
    with force_locale("de"):
        data = amendments_xml(document, filings_for(current_actor(), document))
    return _file(data, AKOMA_NTOSO, f"{document.title} {_('Vorschläge')}", "xml")


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/akoma-ntoso.xml")
@declare(DOCUMENT_SEE)
def akoma_ntoso(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    """The newest version, or `version`; with `from` the redline from that one to it."""
    place = place_for(current_actor(), document_id, text_id, number(request.args.get("version")))
    name = _("Fassung %(number)s", number=place.version.number) + f" {place.text.title}"
    asked = number(request.args.get("from"))
    if asked is None:
        return _file(version_xml(place), AKOMA_NTOSO, name, "xml")
    older = next((row for row in versions_of(text_id) if row.number == asked), None)
    if older is None:
        raise NotFound(NOT_FOUND)
    sees_work = bool(may(current_actor(), DOCUMENT_WORK, place))
    return _file(redline_xml(place, older, sees_work=sees_work), AKOMA_NTOSO, name, "xml")


@blueprint.get("/documents/<uuid:document_id>/calendar.ics")
@declare(DOCUMENT_SEE)
def calendar(document_id: UUID) -> ResponseReturnValue:
    document = document_for(current_actor(), document_id)
    data = to_ics(document.title, sittings_for(current_actor(), document))
    response = _file(data, "text/calendar", document.title, "ics")
    return _asked_again(response, "private, no-cache")


@blueprint.get("/feed.atom")
@public("tells what everybody may read")
def feed() -> ResponseReturnValue:
    own = address_of(url_for("workplaces.feed"))
    town = current_app.extensions["settings"].town_name
    head = Feed(
        id=uuid5(NAMESPACE_URL, own).urn,
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


def _file(data: bytes, mimetype: str, name: str, suffix: str) -> Response:
    """To be kept on somebody's disk, and nowhere on the way."""
    name = file_name(name, suffix)
    response = send_file(BytesIO(data), mimetype, as_attachment=True, download_name=name, conditional=False, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked_again(response: Response, cache: str) -> Response:
    """Programs ask for these again and again: nothing is sent while nothing has changed."""
    response.direct_passthrough = False
    response.headers["Cache-Control"] = cache
    response.add_etag()
    response.make_conditional(request)
    return response
