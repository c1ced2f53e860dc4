"""Who is excluded for a conflict of interest: reading, entering, lifting."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from amendments.consultations.excluding import exclusion_for
from amendments.consultations.exclusions import all_steps
from amendments.consultations.rules import EXCLUSION_DISCLOSE, EXCLUSION_STATE, Scope
from amendments.decisions.forms import ident
from amendments.documents.models import Document
from amendments.documents.queries import document_for
from amendments.documents.rules import DOCUMENT_WORK
from amendments.meetings import excluding
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, back, pressed
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.excluding import ExclusionsPage, about, exclusions_page
from amendments.workplaces.forms import ExclusionForm


def _document(document_id: UUID) -> Document:
    actor = current_actor()
    document = document_for(actor, document_id)
    require(actor, DOCUMENT_WORK, document)
    return document


@blueprint.get("/documents/<uuid:document_id>/exclusions")
@declare(DOCUMENT_WORK)
def exclusions(document_id: UUID) -> ResponseReturnValue:
    page = exclusions_page(current_actor(), _document(document_id))
    return render_template("workplaces/exclusions.html", page=page, form=_form(page))


@blueprint.post("/documents/<uuid:document_id>/exclusions")
@declare(EXCLUSION_DISCLOSE)
def exclude(document_id: UUID) -> ResponseReturnValue:
    actor, document = current_actor(), _document(document_id)
    if request.form.get("account_id") != str(actor.account_id):
        require(actor, EXCLUSION_STATE, all_steps(document))
    page = exclusions_page(actor, document)
    form = _form(page)

    def unit() -> str:
        found = about(actor, document, form.scope.data, form.numbers.data or "")
        account_id = UUID(form.account_id.data)
        excluding.exclude(
            actor,
            document_id=document_id,
            account_id=account_id,
            scope=found.scope,
            text_id=found.text_id,
            edit_ids=found.edit_ids,
        )
        return _after(document_id, form, whole=account_id == actor.account_id and found.scope == Scope.DOCUMENT)

    location = attempt(form, unit)
    if location is None:
        return back(form, render_template("workplaces/exclusions.html", page=page, form=form))
    flash(_("Der Ausschluss ist eingetragen und gilt sofort."), "success")
    return redirect(location, 303)


@blueprint.post("/exclusions/<uuid:exclusion_id>/lift")
@declare(EXCLUSION_STATE)
def lift(exclusion_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    document_id = exclusion_for(actor, exclusion_id).document_id

    def unit() -> str:
        excluding.lift(actor, exclusion_id=exclusion_id)
        return url_for("workplaces.exclusions", document_id=document_id)

    return pressed(unit, _("Der Ausschluss ist aufgehoben."))


def _after(document_id: UUID, form: ExclusionForm, *, whole: bool) -> str:
    """Back to the sitting one came from; whoever has left it altogether goes to the list of documents."""
    meeting_id = ident(form.meeting_id.data)
    if whole:
        return url_for("workplaces.home")
    if meeting_id is not None:
        return url_for("workplaces.session", meeting_id=meeting_id)
    return url_for("workplaces.exclusions", document_id=document_id)


def _form(page: ExclusionsPage) -> ExclusionForm:
    form = ExclusionForm()
    people = [SelectChoice(str(account_id), name) for account_id, name in page.people]
    form.account_id.choices = [SelectChoice("", _("bitte wählen")), *people] if page.may_state else people
    texts = [SelectChoice(str(text.id), _("nur vom Text „%(title)s“", title=text.title)) for text in page.texts]
    form.scope.choices = [
        SelectChoice(Scope.DOCUMENT.value, _("von der ganzen Vorlage")),
        *(texts if len(texts) > 1 else []),
        SelectChoice(
            Scope.EDITS.value, _("nur von einzelnen Vorschlägen, zum Beispiel von einem Punkt der Tagesordnung")
        ),
    ]
    if request.method == "GET":
        form.scope.data = Scope.DOCUMENT.value
    return form
