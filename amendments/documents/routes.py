"""Bringing in a document, changing its head and who sees it, taking a version home. Reading one is workplaces'."""

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from amendments.committees.queries import committees
from amendments.documents import queries, services, transfer
from amendments.documents.forms import (
    HEAD_WORDS,
    ChangeDocumentForm,
    NewDocumentForm,
    NewTextForm,
    change_form,
    lead_choices,
)
from amendments.documents.incoming import REFUSED, Incoming, incoming, refused
from amendments.documents.models import Document
from amendments.documents.rules import DOCUMENT_CHANGE, DOCUMENT_CREATE, DOCUMENT_IMPORT_VERSION, DOCUMENT_SEE
from amendments.documents.services import NO_READER, Changes, NewText, Sight
from amendments.errors import InvalidInput, NotFound
from amendments.people.queries import account_by_email, emails
from amendments.text.model import text_of
from amendments.text.redline import Redline
from amendments.web.access import NOT_FOUND, declare, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, back, say
from amendments.web.reading import MOST_SHOWN, groups, numbered, read
from amendments.web.uploads import accepts_files

blueprint = Blueprint("documents", __name__)


def _form() -> NewDocumentForm:
    form, rows = NewDocumentForm(), committees()
    form.lead_committee_id.choices = lead_choices(current_actor(), rows)
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
    return _bring_in(form, lambda found: _create(form, found), _answer, _("Die Vorlage ist angelegt."))


def _bring_in(
    form: NewTextForm,
    unit: Callable[[Incoming], str],
    answer: Callable[[Any, Incoming | None], str],
    done: str,
) -> ResponseReturnValue:
    """Read the text, show what was found, and on the second press run the unit."""
    valid = form.validate_on_submit()
    try:
        found = incoming(form)
    except REFUSED as error:
        return back(refused(form, error), answer(form, None))
    form.carried.data, form.carried_name.data = found.carried, found.name
    if request.form.get("action") != "create":
        return answer(form, found), 200 if valid else 400
    location = attempt(form, lambda: unit(found))
    if location is None:
        return back(form, answer(form, found))
    flash(done, "success")
    return redirect(location, 303)


def _new_text(form: NewTextForm, found: Incoming, title: str) -> NewText:
    imported = found.imported
    return NewText(
        form.role.data,
        form.text_title.data or title,
        imported.contents,
        literal=imported.literal,
        layout=imported.layout,
        suffix=found.suffix,
    )


def _create(form: NewDocumentForm, found: Incoming) -> str:
    document = services.create_document(
        current_actor(),
        **form.head(),
        visibility=form.visibility.data,
        lead_committee_id=UUID(form.lead_committee_id.data),
        participant_ids=[UUID(raw) for raw in form.participant_ids.data or ()],
        reader_ids=_readers(form.reader_emails.data or ""),
        texts=[_new_text(form, found, form.title.data or "")],
    )
    return url_for("workplaces.document", document_id=document.id)


def _readers(emails: str) -> list[UUID]:
    """The accounts of the addresses that were typed, whatever parts them."""
    found = []
    for email in re.split(r"[\s,;]+", emails.strip()):
        account = account_by_email(email) if email else None
        if email and account is None:
            raise InvalidInput(NO_READER, field="reader_emails")
        if account is not None:
            found.append(account.id)
    return found


def _answer(form: NewDocumentForm, found: Incoming | None) -> str:
    return render_template("documents/new.html", form=form, **_found(found))


def _found(found: Incoming | None) -> dict[str, Any]:
    """What the preview shows of a text on its way in."""
    contents = found.imported.contents if found else ()
    blocks = numbered(read(Redline.of(text_of(contents[:MOST_SHOWN]))))
    notes = [say(note) for note in found.imported.notes] if found else []
    more = len(contents) - len(blocks)
    return {"found": found, "groups": groups(blocks), "count": len(contents), "more": more, "notes": notes}


@blueprint.get("/documents/<uuid:document_id>/change")
@declare(DOCUMENT_CHANGE)
def change(document_id: UUID) -> ResponseReturnValue:
    document = _changing(document_id)
    return _answer_change(document, _change_form(document))


@blueprint.post("/documents/<uuid:document_id>/change")
@declare(DOCUMENT_CHANGE)
def change_submit(document_id: UUID) -> ResponseReturnValue:
    document = _changing(document_id)
    form, raw = _change_form(document), request.form.get("row_version", "")
    row_version = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0
    text_ids = [text.id for text in document.texts]

    def unit() -> str:
        changes = _changes(form, text_ids)
        services.change_document(current_actor(), document_id=document_id, row_version=row_version, changes=changes)
        return url_for("workplaces.document", document_id=document_id)

    location = attempt(form, unit)
    if location is None:
        return back(form, _answer_change(_changing(document_id), form))
    flash(_("Die Vorlage ist geändert."), "success")
    return redirect(location, 303)


def _changing(document_id: UUID) -> Document:
    actor = current_actor()
    document = queries.document_for(actor, document_id)
    require(actor, DOCUMENT_CHANGE, document)
    return document


def _change_form(document: Document) -> ChangeDocumentForm:
    kind = change_form(document.texts)
    form = kind(data=_as_form(document)) if request.method == "GET" else kind()
    others = [row for row in committees() if row.id != document.lead_committee_id]
    form.participant_ids.choices = [SelectChoice(str(row.id), row.name) for row in others]
    return form


def _as_form(document: Document) -> dict[str, Any]:
    names = (*HEAD_WORDS, "dated", "visibility", "public_from")
    data: dict[str, Any] = {name: getattr(document, name) for name in names}
    data["participant_ids"] = [str(committee_id) for committee_id in document.participant_ids]
    data["reader_emails"] = "\n".join(emails(document.reader_ids))
    for text in document.texts:
        data |= {f"visibility_{text.id}": text.visibility, f"public_from_{text.id}": text.public_from}
    return data


def _changes(form: ChangeDocumentForm, text_ids: Sequence[UUID]) -> Changes:
    return Changes(
        **form.head(),
        sight=Sight(form.visibility.data, form.public_from.data),
        participant_ids=[UUID(raw) for raw in form.participant_ids.data or ()],
        reader_ids=_readers(form.reader_emails.data or ""),
        texts={
            text_id: Sight(form[f"visibility_{text_id}"].data, form[f"public_from_{text_id}"].data)
            for text_id in text_ids
        },
    )


def _answer_change(document: Document, form: ChangeDocumentForm) -> str:
    return render_template("documents/change.html", document=document, form=form)


@blueprint.get("/documents/<uuid:document_id>/texts/new")
@declare(DOCUMENT_IMPORT_VERSION)
def new_text(document_id: UUID) -> ResponseReturnValue:
    return _answer_text(_extended(document_id), NewTextForm(), None)


@blueprint.post("/documents/<uuid:document_id>/texts/new")
@accepts_files
@declare(DOCUMENT_IMPORT_VERSION)
def add_text(document_id: UUID) -> ResponseReturnValue:
    document = _extended(document_id)
    form = NewTextForm()

    def unit(found: Incoming) -> str:
        text = services.add_text(current_actor(), document_id=document_id, text=_new_text(form, found, document.title))
        return url_for("workplaces.text", document_id=document_id, text_id=text.id)

    def answer(form: NewTextForm, found: Incoming | None) -> str:
        return _answer_text(_extended(document_id), form, found)

    return _bring_in(form, unit, answer, _("Der Text ist Teil der Vorlage."))


def _extended(document_id: UUID) -> Document:
    actor = current_actor()
    document = queries.document_for(actor, document_id)
    require(actor, DOCUMENT_IMPORT_VERSION, document)
    return document


def _answer_text(document: Document, form: NewTextForm, found: Incoming | None) -> str:
    return render_template("documents/new_text.html", document=document, form=form, **_found(found))


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
