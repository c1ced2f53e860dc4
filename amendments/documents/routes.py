"""Bringing in a new document, taking a version home as a file. Reading one is workplaces'."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from amendments.committees.queries import committees
from amendments.documents import queries, services, transfer
from amendments.documents.forms import NewDocumentForm
from amendments.documents.incoming import Incoming, incoming
from amendments.documents.rules import DOCUMENT_CREATE, DOCUMENT_SEE
from amendments.documents.services import NewText
from amendments.errors import InvalidInput, NotFound, TooLarge, Unreadable
from amendments.text.model import text_of
from amendments.text.redline import Redline
from amendments.web.access import NOT_FOUND, declare, may, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, say
from amendments.web.reading import groups, numbered, read
from amendments.web.uploads import accepts_files

blueprint = Blueprint("documents", __name__)


def _form() -> NewDocumentForm:
    actor = current_actor()
    require(actor, DOCUMENT_CREATE, queries.creation_place())
    form = NewDocumentForm()
    rows = committees()
    leads = [row for row in rows if may(actor, DOCUMENT_CREATE, queries.creation_place(row.id))]
    form.lead_committee_id.choices = [SelectChoice(str(row.id), row.name) for row in leads]
    form.participant_ids.choices = [SelectChoice(str(row.id), row.name) for row in rows]
    return form


@blueprint.get("/documents/new")
@declare(DOCUMENT_CREATE)
def new() -> ResponseReturnValue:
    return _answer(_form(), None)


@blueprint.post("/documents/new")
@accepts_files
@declare(DOCUMENT_CREATE)
def create() -> ResponseReturnValue:
    form = _form()
    valid = form.validate_on_submit()
    try:
        found = incoming(form)
    except (InvalidInput, TooLarge, Unreadable) as error:
        form.carried.data = form.carried_name.data = ""
        form.refuse("file", say(error.message))
        return _answer(form, None), error.status
    form.carried.data, form.carried_name.data = found.carried, found.name
    if request.form.get("action") != "create":
        return _answer(form, found), 200 if valid else 400
    location = attempt(form, lambda: _create(form, found))
    if location is None:
        return _answer(form, found), 400
    flash(_("Die Vorlage ist angelegt."), "success")
    return redirect(location, 303)


def _create(form: NewDocumentForm, found: Incoming) -> str:
    imported = found.imported
    title = form.title.data or ""
    text = NewText(
        form.role.data,
        form.text_title.data or title,
        imported.contents,
        literal=imported.literal,
        layout=imported.layout,
        suffix=found.suffix,
    )
    document = services.create_document(
        current_actor(),
        title=title,
        subject=form.subject.data or "",
        reference=form.reference.data or "",
        office=form.office.data or "",
        dated=form.dated.data,
        visibility=form.visibility.data,
        lead_committee_id=UUID(form.lead_committee_id.data),
        participant_ids=[UUID(raw) for raw in form.participant_ids.data or ()],
        texts=[text],
    )
    return url_for("workplaces.document", document_id=document.id)


def _answer(form: NewDocumentForm, found: Incoming | None) -> str:
    blocks = numbered(read(Redline.of(text_of(found.imported.contents)))) if found else ()
    notes = [say(note) for note in found.imported.notes] if found else []
    return render_template(
        "documents/new.html", form=form, found=found, groups=groups(blocks), count=len(blocks), notes=notes
    )


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/versions/<int:number>/export")
@declare(DOCUMENT_SEE)
def export(document_id: UUID, text_id: UUID, number: int) -> ResponseReturnValue:
    """A published version as a file."""
    place = queries.text_for(current_actor(), text_id)
    version = next((row for row in queries.versions_of(text_id) if row.number == number), None)
    if version is None or place.document.id != document_id:
        raise NotFound(NOT_FOUND)
    data, suffix = transfer.export(place.text, version)
    name = transfer.file_name(_("Fassung %(number)s", number=number) + f" {place.text.title}", suffix)
    mimetype = "text/markdown" if suffix == "md" else "text/plain"
    response = send_file(BytesIO(data), mimetype, as_attachment=True, download_name=name, conditional=False, etag=False)
    response.headers["Cache-Control"] = "no-store"
    return response
