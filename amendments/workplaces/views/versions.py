"""Versions: publishing the next one, comparing two, bringing one in from a file."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.consensus import services
from amendments.consensus.rules import VERSION_PUBLISH
from amendments.consensus.services import ANSWERED_TWICE
from amendments.decisions.forms import ident
from amendments.decisions.rules import DECIDE
from amendments.documents.incoming import REFUSED, Incoming, Otherwise, far_better_otherwise, incoming, refused
from amendments.documents.queries import load_text
from amendments.documents.rules import DOCUMENT_IMPORT_VERSION, DOCUMENT_SEE, DOCUMENT_WORK
from amendments.errors import InvalidInput
from amendments.proposals.asking import number
from amendments.web.access import Action, declare, may, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, back, refuse, say
from amendments.web.uploads import accepts_files
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.comparing import chosen_page
from amendments.workplaces.forms import ImportForm, PublishForm
from amendments.workplaces.importing import answers_of, chosen_twice, file_hash, import_page
from amendments.workplaces.publishing import publish_page
from amendments.workplaces.reader import Place, place_for


def _place(document_id: UUID, text_id: UUID, action: Action) -> Place:
    place = place_for(current_actor(), document_id, text_id)
    require(current_actor(), action, place)
    return place


# --- publishing


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/publish")
@declare(VERSION_PUBLISH)
def publish(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    return _publish_page(_place(document_id, text_id, VERSION_PUBLISH), PublishForm())


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/publish")
@declare(VERSION_PUBLISH)
def publish_submit(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place, form = _place(document_id, text_id, VERSION_PUBLISH), PublishForm()
    ids, base = place.ids, ident(form.base_version_id.data) or place.version.id

    def unit() -> str:
        services.publish(
            current_actor(),
            text_id=text_id,
            base_version_id=base,
            expected_hash=form.expected_hash.data or "",
            note=form.note.data or "",
            label=form.label.data or "",
            anyway=form.anyway.data,
        )
        return url_for("workplaces.redline", **ids)

    location = attempt(form, unit)
    if location is None:
        return _publish_page(_place(document_id, text_id, VERSION_PUBLISH), form), 400
    flash(_("Die neue Fassung ist veröffentlicht."), "success")
    return redirect(location, 303)


def _publish_page(place: Place, form: PublishForm) -> str:
    page = publish_page(place)
    form.expected_hash.data, form.base_version_id.data = page.plan.hash, str(place.version.id)
    return render_template(
        "workplaces/publish.html", page=page, form=form, desk=url_for("workplaces.desk", **place.ids)
    )


# --- comparing


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/redline")
@declare(DOCUMENT_SEE)
def redline(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = _place(document_id, text_id, DOCUMENT_SEE)
    page = chosen_page(
        place,
        number(request.args.get("from")),
        number(request.args.get("to")),
        whole=request.args.get("whole") == "1",
        sees_work=bool(may(current_actor(), DOCUMENT_WORK, place)),
        decides=bool(may(current_actor(), DECIDE, place)),
    )
    return render_template("workplaces/redline.html", page=page)


# --- a new file


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/import")
@declare(DOCUMENT_IMPORT_VERSION)
def import_version(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = _place(document_id, text_id, DOCUMENT_IMPORT_VERSION)
    form = ImportForm(data={"markdown": not place.text.literal})  # as the text itself was read
    return _import_page(place, form, None)


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/import")
@accepts_files
@declare(DOCUMENT_IMPORT_VERSION)
def import_submit(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    before = _place(document_id, text_id, DOCUMENT_IMPORT_VERSION)  # asks the map before anything is read
    standing = [paragraph.content.hash for paragraph in load_text(before.version)]
    form = ImportForm()
    try:
        found = incoming(form)
        otherwise = far_better_otherwise(form, found, standing)
    except REFUSED as error:
        place = _place(document_id, text_id, DOCUMENT_IMPORT_VERSION)
        return back(refused(form, error), _import_page(place, form, None))
    place = _place(document_id, text_id, DOCUMENT_IMPORT_VERSION)
    form.carried.data, form.carried_name.data = found.carried, found.name
    if chosen_twice(_answers(form, found)):
        refuse(form, InvalidInput(ANSWERED_TWICE))
        return back(form, _import_page(place, form, found, otherwise))
    if request.form.get("action") != "create":
        return _import_page(place, form, found, otherwise)
    location = attempt(form, lambda: _import(place, form, found))
    if location is None:
        place = _place(document_id, text_id, DOCUMENT_IMPORT_VERSION)
        return _import_page(place, form, found, otherwise), 400
    flash(_("Die neue Fassung ist eingelesen."), "success")
    return redirect(location, 303)


def _import(place: Place, form: ImportForm, found: Incoming) -> str:
    services.publish_import(
        current_actor(),
        text_id=place.text.id,
        base_version_id=ident(form.base_version_id.data) or place.version.id,
        contents=found.imported.contents,
        layout=found.imported.layout,
        answers=_answers(form, found),
        note=form.note.data or "",
        label=form.label.data or "",
        anyway=form.anyway.data,
    )
    return url_for("workplaces.redline", **place.ids)


def _answers(form: ImportForm, found: Incoming | None) -> dict[int, str]:
    """What a person has said about the paragraphs of this very file."""
    other = found is not None and form.answers_to.data and form.answers_to.data != file_hash(found.imported)
    return {} if other else answers_of(request.form)


def _import_page(place: Place, form: ImportForm, found: Incoming | None, otherwise: Otherwise | None = None) -> str:
    answers = _answers(form, found)
    page = import_page(place, found.imported, answers) if found else None
    form.answers_to.data = file_hash(found.imported) if found else form.answers_to.data
    form.base_version_id.data = form.base_version_id.data or str(place.version.id)
    notes = [say(note) for note in found.imported.notes] if found else []
    return render_template(
        "workplaces/import.html",
        place=place,
        page=page,
        form=form,
        found=found,
        otherwise=otherwise,
        notes=notes,
        answers=answers,
    )
