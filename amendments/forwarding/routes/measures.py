"""The register of measures: the list, choosing from the adopted text, one measure, the table for a spreadsheet."""

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from uuid import UUID

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from amendments.committees.queries import committees
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import document_for, load_text, texts_for
from amendments.documents.rules import DOCUMENT_SEE, TextRole
from amendments.forwarding import queries, services
from amendments.forwarding.forms import MeasureForm, ReportForm, TakeUpForm
from amendments.forwarding.queries import MeasureEntry, MeasurePlace
from amendments.forwarding.routes.blueprint import blueprint
from amendments.forwarding.rules import (
    MEASURE_PLAN,
    MEASURE_REPORT,
    MEASURE_TAKE_UP,
    RATING_LABELS,
    STATE_LABELS,
    MeasureState,
    Offer,
    offers,
)
from amendments.forwarding.services import Planned
from amendments.forwarding.transfer import register_csv
from amendments.web.access import declare, may, require
from amendments.web.current import current_actor
from amendments.web.filters import spelled
from amendments.web.forms import to_choose
from amendments.web.posting import attempt, back, say


@dataclass(frozen=True)
class OfferGroup:
    """Recommendations under the same headings."""

    above: tuple[str, ...]
    offers: tuple[Offer, ...]


@blueprint.get("/documents/<uuid:document_id>/measures")
@declare(DOCUMENT_SEE)
def register(document_id: UUID) -> ResponseReturnValue:
    document = document_for(current_actor(), document_id)
    everything = queries.measures_of(current_actor(), document)
    state, committee_id = _filters()
    shown = [entry for entry in everything if _matches(entry, state, committee_id)]
    return render_template(
        "forwarding/register.html",
        document=document,
        entries=shown,
        total=len(everything),
        counts={one: sum(entry.measure.state == one for entry in everything) for one in MeasureState},
        in_charge={entry.committee.id: entry.committee.name for entry in everything},
        states=STATE_LABELS,
        state=state,
        committee_id=committee_id,
        ratings=RATING_LABELS,
    )


@blueprint.get("/documents/<uuid:document_id>/measures/table")
@declare(DOCUMENT_SEE)
def table(document_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.measures_of(actor, document_for(actor, document_id))
    state, committee_id = _filters()
    data = register_csv([one for one in found if _matches(one, state, committee_id)], say)
    response = send_file(
        BytesIO(data), "text/csv", as_attachment=True, download_name=f"{_('Massnahmen')}.csv", etag=False
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/documents/<uuid:document_id>/measures/choose")
@declare(MEASURE_TAKE_UP)
def choose(document_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    document = document_for(actor, document_id)
    require(actor, MEASURE_TAKE_UP, document)
    version = _version(document)
    return _choose(document, version, _take_up_form(version))


@blueprint.post("/documents/<uuid:document_id>/measures/choose")
@declare(MEASURE_TAKE_UP)
def take_up(document_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    document = document_for(actor, document_id)
    require(actor, MEASURE_TAKE_UP, document)
    version = _version(document)
    form = _take_up_form(version)
    page = url_for("forwarding.register", document_id=document_id)

    def unit() -> str:
        services.take_up_measures(
            actor,
            document_id=document_id,
            version_id=version.id if version and form.version_id.data == str(version.id) else UUID(int=0),
            paragraphs=form.paragraphs.data or (),
            committee_id=UUID(form.committee_id.data),
        )
        return page

    location = attempt(form, unit)
    if location is None:
        return back(form, _choose(document, version, form))
    chosen = len(form.paragraphs.data or ())
    flash(ngettext("Eine Maßnahme ist aufgenommen.", "%(num)s Maßnahmen sind aufgenommen.", chosen), "success")
    return redirect(location, 303)


@blueprint.get("/measures/<uuid:measure_id>")
@declare(DOCUMENT_SEE)
def measure(measure_id: UUID) -> ResponseReturnValue:
    return _measure(queries.measure_for(current_actor(), measure_id))


@blueprint.post("/measures/<uuid:measure_id>/plan")
@declare(MEASURE_PLAN)
def plan(measure_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = queries.measure_for(actor, measure_id)
    require(actor, MEASURE_PLAN, place)
    form, page = _plan_form(place), url_for("forwarding.measure", measure_id=measure_id)

    def unit() -> str:
        services.plan_measure(actor, measure_id=measure_id, row_version=_row_version(), planned=_planned(form))
        return page

    location = attempt(form, unit)
    if location is None:
        return back(form, _measure(place, plan_form=form))
    flash(_("Die Angaben zur Maßnahme sind gespeichert."), "success")
    return redirect(location, 303)


@blueprint.post("/measures/<uuid:measure_id>/report")
@declare(MEASURE_REPORT)
def report(measure_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = queries.measure_for(actor, measure_id)
    require(actor, MEASURE_REPORT, place)
    form, page = ReportForm(), url_for("forwarding.measure", measure_id=measure_id)

    def unit() -> str:
        services.report_measure(
            actor,
            measure_id=measure_id,
            state=form.state.data,
            text=form.text.data or "",
            next_report=form.next_report.data,
        )
        return page

    location = attempt(form, unit)
    if location is None:
        return back(form, _measure(place, report_form=form))
    flash(_("Der Bericht ist aufgenommen."), "success")
    return redirect(location, 303)


# --- pages


def _choose(document: Document, version: Version | None, form: TakeUpForm) -> str:
    found = offers(load_text(version)) if version else ()
    known = queries.taken_up([version.id]) if version else frozenset()
    return render_template(
        "forwarding/choose.html",
        document=document,
        texts=_decided(document),
        version=version,
        form=form,
        groups=[OfferGroup(above, tuple(rows)) for above, rows in groupby(found, key=lambda offer: offer.above)],
        taken={paragraph for _version_id, paragraph in known},
    )


def _measure(place: MeasurePlace, plan_form: MeasureForm | None = None, report_form: ReportForm | None = None) -> str:
    actor = current_actor()
    reports = may(actor, MEASURE_REPORT, place)
    return render_template(
        "forwarding/measure.html",
        place=place,
        entry=queries.entry_of(place),
        reports=queries.reports_of(place.measure.id),
        states=STATE_LABELS,
        ratings=RATING_LABELS,
        plan_form=(plan_form or _plan_form(place)) if may(actor, MEASURE_PLAN, place) else None,
        report_form=(report_form or _report_form(place)) if reports else None,
    )


# --- forms


def _decided(document: Document) -> tuple[tuple[DocumentText, Version], ...]:
    """The decided texts, annexes first: there recommendations stand."""
    versions = queries.decided_versions(document)
    rows = sorted(texts_for(current_actor(), document), key=lambda text: (text.role != TextRole.ANNEX, text.rank))
    return tuple((text, versions[text.id]) for text in rows if text.id in versions)


def _version(document: Document) -> Version | None:
    """The decided version that is chosen from: the one the form names, else that of the text the address names."""
    found = [version for _text, version in _decided(document)]
    posted, asked = request.form.get("version_id", ""), request.args.get("text", "")
    named = [version for version in found if str(version.id) == posted or str(version.text_id) == asked]
    return next(iter([*named, *found]), None)


def _take_up_form(version: Version | None) -> TakeUpForm:
    form = (
        TakeUpForm(data={"version_id": str(version.id) if version else ""}) if request.method == "GET" else TakeUpForm()
    )
    found = offers(load_text(version)) if version else ()
    form.paragraphs.choices = [SelectChoice(offer.identity, offer.words) for offer in found]
    form.committee_id.choices = to_choose(_committees())
    return form


def _plan_form(place: MeasurePlace) -> MeasureForm:
    row = place.measure
    data = {
        "committee_id": str(row.committee_id),
        "proposed_to_id": str(row.proposed_to_id or ""),
        "budget": row.budget,
        "rating": row.rating or "",
        "rating_words": row.rating_words,
    }
    form = MeasureForm() if request.endpoint == "forwarding.plan" else MeasureForm(formdata=None, data=data)
    form.committee_id.choices = _committees()
    form.proposed_to_id.choices = [SelectChoice("", _("niemandem")), *_committees()]
    return form


def _report_form(place: MeasurePlace) -> ReportForm:
    return ReportForm(formdata=None, data={"state": place.measure.state, "next_report": place.measure.next_report})


def _committees() -> list[SelectChoice]:
    return [SelectChoice(str(row.id), spelled(row.name)) for row in committees()]


def _planned(form: MeasureForm) -> Planned:
    proposed_to = form.proposed_to_id.data
    return Planned(
        committee_id=UUID(form.committee_id.data),
        proposed_to_id=UUID(proposed_to) if proposed_to else None,
        budget=form.budget.data,
        rating=form.rating.data or None,
        rating_words=form.rating_words.data or "",
    )


def _row_version() -> int:
    raw = request.form.get("row_version", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0


def _filters() -> tuple[str, UUID | None]:
    """State and committee that were asked for; what is neither narrows nothing down."""
    state, raw = request.args.get("state", ""), request.args.get("committee", "")
    try:
        committee_id = UUID(raw) if raw else None
    except ValueError:
        committee_id = None
    return state if state in set(MeasureState) else "", committee_id


def _matches(entry: MeasureEntry, state: str, committee_id: UUID | None) -> bool:
    fits = not state or entry.measure.state == state
    return fits and committee_id in (None, entry.committee.id)
