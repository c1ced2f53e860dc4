"""Pages about one step of the Beratungsfolge: reading for the last time and handing on, what has changed since."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from amendments.committees.queries import committees_by_id
from amendments.consultations.queries import ConsultationPlace, chair_breaks_ties, consultation_for
from amendments.documents.queries import texts_for, versions_of
from amendments.documents.rules import DOCUMENT_WORK
from amendments.errors import Conflict
from amendments.forwarding import services
from amendments.forwarding.forms import ForwardForm, SignOffForm
from amendments.forwarding.rules import FORWARD
from amendments.forwarding.services import Signed
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.filters import spelled
from amendments.web.posting import attempt, back, sent_before
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.signing import SignOffPage, both_states, sign_off_page
from amendments.workplaces.since import since_page


@blueprint.get("/consultations/<uuid:consultation_id>/changes")
@declare(DOCUMENT_WORK)
def changes(consultation_id: UUID) -> ResponseReturnValue:
    """What the committee finds changed since it had the document before it."""
    actor = current_actor()
    place = consultation_for(actor, consultation_id)
    require(actor, DOCUMENT_WORK, place.document)
    return render_template("workplaces/since.html", page=since_page(actor, place))


@blueprint.get("/consultations/<uuid:consultation_id>/sign-off")
@declare(DOCUMENT_WORK)
def sign_off(consultation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    place = consultation_for(actor, consultation_id)
    require(actor, DOCUMENT_WORK, place.document)
    return _answer(_page(place))


@blueprint.post("/consultations/<uuid:consultation_id>/sign-off")
@declare(FORWARD)
def forward(consultation_id: UUID) -> ResponseReturnValue:
    known = sent_before()
    if known is not None:
        return redirect(known, 303)
    actor = current_actor()
    place = consultation_for(actor, consultation_id)
    require(actor, FORWARD, place.step)
    form = _form(_page(place))
    verb = _verb(place, form)

    def unit() -> str:
        verb()
        return url_for("consultations.show", consultation_id=consultation_id)

    try:
        location = attempt(form, unit)
    except Conflict as error:
        states = both_states(error.details, consultation_for(actor, consultation_id).document)
        raise Conflict(error.message, details={**error.details, "states": states}) from error
    if location is None:
        return back(form, _answer(_page(consultation_for(actor, consultation_id)), form))
    flash(_("Die Vorlage ist weitergeleitet."), "success")
    return redirect(location, 303)


def _verb(place: ConsultationPlace, form: Any) -> Callable[[], object]:
    """What the form asks for; nothing of the rows is read any more when it runs."""
    actor, document, consultation_id = current_actor(), place.document, place.consultation.id
    fields = {text.id: form[f"version_{text.id}"] for text in texts_for(actor, document)}

    def verb() -> object:
        given: dict[str, Any] = {
            "consultation_id": consultation_id,
            "to_id": UUID(form.to_id.data),
            "versions": {text_id: UUID(field.data) for text_id, field in fields.items()},
            "note": form.note.data or "",
            "older": form.older.data,
        }
        if not isinstance(form, SignOffForm):
            return services.forward(actor, **given)
        signed = Signed(form.result.data, form.stated, form.chair_said_yes.data)
        return services.sign_off(actor, row_version=_number(form.row_version.data), signed=signed, **given)

    return verb


def _number(raw: str | None) -> int:
    """The state of the step that the page showed; 0, which no row has, where it is missing."""
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 10 else 0


def _page(place: ConsultationPlace) -> SignOffPage:
    return sign_off_page(current_actor(), place, committees_by_id(place.consultation.committee_ids))


def _answer(page: SignOffPage, form: ForwardForm | None = None) -> str:
    return render_template(
        "workplaces/sign_off.html",
        page=page,
        casting=chair_breaks_ties(page.place.consultation),
        form=form or (_form(page) if _offers_form(page) else None),
    )


def _offers_form(page: SignOffPage) -> bool:
    waits = not page.forwarded and bool(page.later)
    return page.may_forward and waits and not page.stays and not (page.decides and not page.result)


def _form(page: SignOffPage) -> ForwardForm:
    """With the vote while the step has no result, and one choice of a version for each text."""
    base = ForwardForm if page.result else SignOffForm
    fields = {}
    for text, current in page.current:
        choices = [
            SelectChoice(str(version.id), _("Fassung %(number)s", number=version.number))
            for version in versions_of(text.id)
        ]
        label = _("Fassung von „%(title)s“", title=spelled(text.title))
        fields[f"version_{text.id}"] = SelectField(label, choices=choices, default=str(current.id))
    kind = type("ForwardFormOfDocument", (base,), fields)
    form: Any = kind() if request.method == "POST" else kind(data=_shown(page))
    form.to_id.choices = [
        SelectChoice(str(step.id), spelled(", ".join(part for part in (name, _day(step.day)) if part)))
        for step, name in page.later
    ]
    return form


def _shown(page: SignOffPage) -> dict[str, str]:
    versions = {f"version_{text.id}": str(current.id) for text, current in page.current}
    return {"row_version": str(page.place.consultation.row_version), "result": "adopted"} | versions


def _day(day: Any) -> str:
    return format_date(day, "long") if day else ""
