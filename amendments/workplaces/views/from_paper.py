"""A document from the file of its Sitzungsvorlage."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.committees.queries import committees
from amendments.decisions.forms import ident
from amendments.documents.forms import lead_choices
from amendments.documents.incoming import REFUSED, incoming, refused
from amendments.documents.rules import DOCUMENT_CREATE
from amendments.exchange.vorlage import Found
from amendments.web.access import declare
from amendments.web.current import current_actor
from amendments.web.posting import attempt, back
from amendments.web.uploads import accepts_files
from amendments.workplaces import from_paper
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.forms import PaperForm
from amendments.workplaces.from_paper import StepRow
from amendments.workplaces.importing import file_hash

LEFT_OUT = "none"
"""The choice for a row of the table that becomes no step."""


def _form() -> PaperForm:
    form = PaperForm()
    form.lead_committee_id.choices = lead_choices(current_actor(), committees())
    return form


@blueprint.get("/documents/from-paper")
@declare(DOCUMENT_CREATE)
def from_paper_file() -> ResponseReturnValue:
    return _page(_form(), None)


@blueprint.post("/documents/from-paper")
@accepts_files
@declare(DOCUMENT_CREATE)
def from_paper_create() -> ResponseReturnValue:
    form = _form()
    try:
        got = incoming(form)
        found = from_paper.found_in(got.imported.contents)
    except REFUSED as error:
        return back(refused(form, error), _page(form, None))
    form.carried.data, form.carried_name.data = got.carried, got.name
    if form.read_from.data != file_hash(got.imported):
        _fill(form, found, file_hash(got.imported))
        return _page(form, found)
    if request.form.get("action") != "create":
        return _page(form, found)
    steps = from_paper.step_rows(found.paper, committees(), _chosen())
    location = attempt(form, lambda: _create(form, found, steps))
    if location is None:
        return back(form, _page(form, found))
    flash(_("Die Vorlage ist angelegt. Bringen Sie jetzt den Text mit, über den beraten wird."), "success")
    for row in steps:
        if row.left_out:
            flash(row.left_out, "warning")
    return redirect(location, 303)


def _fill(form: PaperForm, found: Found, read_from: str) -> None:
    """What the paper says of itself, to be corrected."""
    paper = found.paper
    form.read_from.data = read_from
    form.title.data = form.title.data or paper.subject[:300]
    form.subject.data, form.reference.data = paper.subject[:500], paper.reference[:100]
    form.office.data, form.offices.data = paper.office[:200], ", ".join(paper.offices)[:500]
    form.dated.data = paper.dated


def _chosen() -> dict[int, UUID | None]:
    """By row of the table: who was picked; None for a row that is left out."""
    chosen = {}
    for name, value in request.form.items():
        number = name.removeprefix("committee-")
        if number != name and number.isdecimal() and len(number) < 4 and value:
            chosen[int(number)] = None if value == LEFT_OUT else ident(value)
    return chosen


def _create(form: PaperForm, found: Found, steps: Sequence[StepRow]) -> str:
    circle = {"visibility": form.visibility.data, "lead_committee_id": UUID(form.lead_committee_id.data)}
    document = from_paper.create(current_actor(), form.head() | circle, found.paper, steps)
    return url_for("documents.new_text", document_id=document.id)


def _page(form: PaperForm, found: Found | None) -> str:
    rows = committees()
    page = from_paper.paper_page(found, rows, _chosen()) if found else None
    return render_template("workplaces/from_paper.html", form=form, page=page, committees=rows, left_out=LEFT_OUT)
