"""A modified wording, a compromise from rival wordings."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.consultations.rules import Vote
from amendments.decisions import services
from amendments.decisions.forms import RewordForm, ident, place_of, vote_of
from amendments.decisions.overtaken import both_states
from amendments.decisions.rules import DECIDE
from amendments.errors import InvalidInput
from amendments.text.hunks import Hunk
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, refusal
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.reader import Place, place_for
from amendments.workplaces.rewording import RewordPage, reword_page, reworded


def _place(document_id: UUID, text_id: UUID) -> Place:
    place = place_for(current_actor(), document_id, text_id)
    require(current_actor(), DECIDE, place)
    return place


def _edits(raw: list[str]) -> list[UUID]:
    return [edit_id for edit_id in map(ident, raw) if edit_id is not None]


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/reword")
@declare(DECIDE)
def reword(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    start = ident(request.args.get("start"))
    page = reword_page(_place(document_id, text_id), _edits(request.args.getlist("edit")), {}, start=start)
    return _answer(page, RewordForm())


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/reword")
@declare(DECIDE)
def reword_submit(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place, edits, form = _place(document_id, text_id), _edits(request.form.getlist("edit")), RewordForm()
    settled = _edits(request.form.getlist("settled"))
    page = reword_page(place, edits, request.form, settled=settled)
    try:
        hunks, vote = reworded(page, request.form), vote_of(request.form)
    except InvalidInput as error:
        form.validate()
        form.refuse(error.field, refusal(error))
        return _answer(page, form), 400
    if request.form.get("action") == "preview":
        return _answer(reword_page(place, edits, request.form, hunks, settled=settled), form)
    with both_states(form.reason.data or ""):
        location = attempt(form, lambda: _write(page, form, hunks, vote))
    if location is None:
        page = reword_page(_place(document_id, text_id), edits, request.form, hunks, settled=settled)
        return _answer(page, form), 400
    flash(_("Der neue Wortlaut ist angenommen."), "success")
    return redirect(location, 303)


def _write(page: RewordPage, form: RewordForm, hunks: tuple[Hunk, ...], vote: Vote) -> str:
    actor, version_id, reason = current_actor(), page.place.version.id, form.reason.data or ""
    expected = {rival.edit.edit_id: ident(rival.expected) for rival in page.rivals}
    if page.is_compromise:
        services.write_compromise(
            actor,
            version_id=version_id,
            replaces=expected,
            hunks=hunks,
            title=form.title.data or "",
            reason=reason,
            settled=[rival.edit.edit_id for rival in page.rivals if rival.settled],
            vote=vote,
        )
    else:
        edit_id = page.rivals[0].edit.edit_id
        services.decide_modified(
            actor,
            version_id=version_id,
            edit_id=edit_id,
            hunks=hunks,
            reason=reason,
            expected=expected[edit_id],
            vote=vote,
        )
    return f"{_desk(page)}#edit-{page.rivals[0].edit.edit_id}"


def _answer(page: RewordPage, form: RewordForm) -> str:
    came_from = place_of(request.values)
    return render_template(
        "workplaces/reword.html",
        page=page,
        form=form,
        desk=_desk(page),
        came_from=came_from,
        starts=_starts(page),
        given=request.form,
    )


def _starts(page: RewordPage) -> dict[UUID, str]:
    """Address of this page with each of the rival wordings to begin with."""
    ids = [rival.edit.edit_id for rival in page.rivals]
    here = {**page.place.ids, **place_of(request.values), "edit": ids}
    return {edit_id: url_for("workplaces.reword", **here, start=edit_id) for edit_id in ids}


def _desk(page: RewordPage) -> str:
    """Back to the group of the desk one came from."""
    return url_for("workplaces.desk", **page.place.ids, **place_of(request.values))
