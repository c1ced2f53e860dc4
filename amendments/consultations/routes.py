"""The Beratungsfolge of a document: its table, a step, what came of it."""

from datetime import time
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from amendments.committees.queries import committees
from amendments.consultations import queries, services
from amendments.consultations.exclusions import all_steps
from amendments.consultations.forms import ConsultationForm, ResultForm
from amendments.consultations.models import Consultation, ResultTakenBack
from amendments.consultations.queries import ConsultationEntry, ConsultationPlace
from amendments.consultations.rules import (
    CONSULTATION_PLAN,
    CONSULTATION_RESULT,
    EXCLUSION_STATE,
    ROLE_LABELS,
    Result,
    consequence,
    result_parts,
)
from amendments.consultations.services import Plan
from amendments.documents.models import Document
from amendments.documents.queries import document_for, texts_for, versions_of
from amendments.documents.rules import DOCUMENT_SEE, sees_work
from amendments.errors import NotFound
from amendments.web import clock
from amendments.web.access import NOT_FOUND, declare, may, require
from amendments.web.current import current_actor
from amendments.web.forms import to_choose
from amendments.web.posting import attempt, back, pressed, say

blueprint = Blueprint("consultations", __name__)


@blueprint.get("/documents/<uuid:document_id>/consultations")
@declare(DOCUMENT_SEE)
def index(document_id: UUID) -> ResponseReturnValue:
    return _index(document_for(current_actor(), document_id), _plan_form())


@blueprint.post("/documents/<uuid:document_id>/consultations")
@declare(CONSULTATION_PLAN)
def plan(document_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    document = document_for(actor, document_id)
    require(actor, CONSULTATION_PLAN, document)
    form = _plan_form()

    def unit() -> str:
        services.plan_consultation(actor, document_id=document_id, plan=_planned(form))
        return url_for("consultations.index", document_id=document_id)

    location = attempt(form, unit)
    if location is None:
        return back(form, _index(document, form))
    flash(_("Die Beratung ist eingetragen."), "success")
    return redirect(location, 303)


@blueprint.get("/consultations/<uuid:consultation_id>")
@declare(DOCUMENT_SEE)
def show(consultation_id: UUID) -> ResponseReturnValue:
    return _show(queries.consultation_for(current_actor(), consultation_id))


@blueprint.get("/consultations/<uuid:consultation_id>/plan")
@declare(CONSULTATION_PLAN)
def edit(consultation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = queries.consultation_for(actor, consultation_id)
    require(actor, CONSULTATION_PLAN, place.document)
    return _edit(place, _plan_form(place.consultation))


@blueprint.post("/consultations/<uuid:consultation_id>/plan")
@declare(CONSULTATION_PLAN)
def change(consultation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = queries.consultation_for(actor, consultation_id)
    require(actor, CONSULTATION_PLAN, place.document)
    form = _plan_form()
    table = url_for("consultations.index", document_id=place.document.id)

    def unit() -> str:
        services.change_consultation(
            actor, consultation_id=consultation_id, row_version=_row_version(), plan=_planned(form)
        )
        return table

    location = attempt(form, unit)
    if location is None:
        return back(form, _edit(place, form))
    flash(_("Die Beratung ist geändert."), "success")
    return redirect(location, 303)


@blueprint.post("/consultations/<uuid:consultation_id>/drop")
@declare(CONSULTATION_PLAN)
def drop(consultation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = queries.consultation_for(actor, consultation_id)
    require(actor, CONSULTATION_PLAN, place.document)
    table = url_for("consultations.index", document_id=place.document.id)

    def unit() -> str:
        services.drop_consultation(actor, consultation_id=consultation_id, row_version=_row_version())
        return table

    return pressed(unit, _("Die Beratung steht nicht mehr in der Beratungsfolge."))


@blueprint.post("/consultations/<uuid:consultation_id>/result")
@declare(CONSULTATION_RESULT)
def result(consultation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = queries.consultation_for(actor, consultation_id)
    require(actor, CONSULTATION_RESULT, place.step)
    form = _result_form(place)
    versions, table = _chosen_versions(place, form), url_for("consultations.index", document_id=place.document.id)

    def unit() -> str:
        services.note_result(
            actor,
            consultation_id=consultation_id,
            row_version=_row_version(),
            result=form.result.data or None,
            vote=form.stated,
            chair_said_yes=form.chair_said_yes.data,
            remark=form.remark.data or "",
            announced=form.announced.data,
            versions=versions,
        )
        return table

    location = attempt(form, unit)
    if location is None:
        return back(form, _show(place, form))
    flash(_("Das Ergebnis ist eingetragen."), "success")
    return redirect(location, 303)


@blueprint.post("/consultations/<uuid:consultation_id>/result/take-back")
@declare(CONSULTATION_RESULT)
def take_back(consultation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = queries.consultation_for(actor, consultation_id)
    require(actor, CONSULTATION_RESULT, place.step)
    reason, page = request.form.get("reason", ""), url_for("consultations.show", consultation_id=consultation_id)

    def unit() -> str:
        services.take_back_result(actor, consultation_id=consultation_id, row_version=_row_version(), reason=reason)
        return page

    return pressed(unit, _("Das Ergebnis ist zurückgenommen; die Vorlage ist wieder offen."))


# --- pages


def _index(document: Document, form: ConsultationForm) -> str:
    actor = current_actor()
    return render_template(
        "consultations/index.html",
        document=document,
        entries=queries.sequence_for(actor, document),
        closing=queries.closing_for(actor, document),
        roles=ROLE_LABELS,
        words=result_words,
        form=form,
    )


def _edit(place: ConsultationPlace, form: ConsultationForm) -> str:
    return render_template("consultations/plan.html", place=place, form=form)


def _show(place: ConsultationPlace, form: ResultForm | None = None) -> str:
    actor = current_actor()
    found = queries.sequence_for(actor, place.document)
    entry = next((row for row in found if row.consultation.id == place.consultation.id), None)
    if entry is None:
        raise NotFound(NOT_FOUND)
    notes = bool(may(actor, CONSULTATION_RESULT, place.step))
    excluding = bool(may(actor, EXCLUSION_STATE, all_steps(place.document)))
    return render_template(
        "consultations/show.html",
        place=place,
        entry=entry,
        roles=ROLE_LABELS,
        words=result_words,
        words_of=words_of,
        follows=consequence(place.consultation.role, place.consultation.outcome) if entry.shows_result else None,
        withdrawn=queries.taken_back(place.consultation.id) if sees_work(actor, place.document) else (),
        texts=texts_for(actor, place.document),
        today=clock.today(),
        casting=queries.chair_breaks_ties(place.consultation),
        form=(form or _result_form(place)) if notes and not place.consultation.closes else None,
        excluding=excluding,
    )


def result_words(entry: ConsultationEntry) -> str:
    """The result of a step in the words of the page; empty where there is none or the person may not know it."""
    return words_of(entry, entry.consultation) if entry.shows_result else ""


def words_of(entry: ConsultationEntry, row: Consultation | ResultTakenBack) -> str:
    """A result of that step in words: the one that holds, or one that was taken back."""
    return " ".join(say(part) for part in result_parts(row.outcome, row.vote, entry.gives))


# --- forms


def _plan_form(row: Consultation | None = None) -> ConsultationForm:
    form = ConsultationForm(data=_as_form(row)) if row is not None and request.method == "GET" else ConsultationForm()
    choices = [SelectChoice(str(committee.id), committee.name) for committee in committees()]
    form.lead_id.choices = to_choose(choices)
    form.committee_ids.choices = choices
    return form


def _as_form(row: Consultation) -> dict[str, Any]:
    return {
        "lead_id": str(row.committee_ids[0]),
        "committee_ids": [str(committee_id) for committee_id in row.committee_ids[1:]],
        "role": row.role,
        "day": row.day,
        "begins": time.fromisoformat(row.begins) if row.begins else None,
        "place": row.place,
        "public": row.public,
        "printed": "yes" if row.printed else "no",
        "asks": row.asks,
        "filing_opens": clock.on_the_wall(row.filing_opens),
        "filing_closes": clock.on_the_wall(row.filing_closes),
    }


def _planned(form: ConsultationForm) -> Plan:
    others = [UUID(raw) for raw in form.committee_ids.data or () if raw != form.lead_id.data]
    return Plan(
        committee_ids=[UUID(form.lead_id.data), *others],
        role=form.role.data,
        day=form.day.data,
        begins=form.begins.data.strftime("%H:%M") if form.begins.data else "",
        place=form.place.data or "",
        public=form.public.data,
        printed={"yes": True, "no": False}.get(form.printed.data),
        asks=form.asks.data,
        filing_opens=clock.from_the_wall(form.filing_opens.data),
        filing_closes=clock.from_the_wall(form.filing_closes.data),
    )


def _result_form(place: ConsultationPlace) -> ResultForm:
    """With one choice of a version for each text of the document."""
    row, fields = place.consultation, {}
    for text in texts_for(current_actor(), place.document):
        choices = [SelectChoice("", _("keine"))]
        choices += [
            SelectChoice(str(version.id), _("Fassung %(number)s", number=version.number))
            for version in versions_of(text.id)
        ]
        fields[f"version_{text.id}"] = SelectField(
            _("Fassung von „%(title)s“", title=text.title), choices=choices, default=""
        )
    kind = type("ResultFormOfDocument", (ResultForm,), fields)
    if request.method != "GET":
        return kind()
    recommended = {f"version_{item.text_id}": str(item.version_id) for item in row.recommended}
    data = {
        "result": row.result or "",
        "vote": row.vote_kind,
        "yes": row.yes,
        "no": row.no,
        "abstained": row.abstained,
        "present": row.present,
        "chair_said_yes": row.outcome is Result.ADOPTED and row.yes == row.no,
        "remark": row.remark,
        "announced": row.announced,
    }
    return kind(data=data | recommended)


def _chosen_versions(place: ConsultationPlace, form: Any) -> dict[UUID, UUID]:
    chosen = {text.id: form[f"version_{text.id}"] for text in texts_for(current_actor(), place.document)}
    known = {text_id: {str(value) for value, *_ in field.choices} for text_id, field in chosen.items()}
    return {text_id: UUID(field.data) for text_id, field in chosen.items() if field.data in known[text_id] - {""}}


def _row_version() -> int:
    """The state of the step that the page showed; 0, which no row has, where it is missing."""
    raw = request.form.get("row_version", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0
