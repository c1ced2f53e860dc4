"""What is written in a sitting: a new wording for the called item, what somebody puts orally, the minutes."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.documents.queries import version_for
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.meetings import services
from amendments.meetings.forms import ident, ident_or_none
from amendments.meetings.queries import MeetingPlace, items_of, meeting_for
from amendments.meetings.rules import MEETING_RUN
from amendments.meetings.services.common import NOT_CALLED
from amendments.proposals.asking import number
from amendments.proposals.rules import PROPOSAL_FILE_ORAL, OnBehalf
from amendments.text.hunks import Hunk
from amendments.web.access import NOT_FOUND, declare, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, attempt_or_tell, back, refusal
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.minutes import MinutesPage, minutes_page, words_of
from amendments.workplaces.orally import OralPage, oral_page
from amendments.workplaces.reader import place_for
from amendments.workplaces.rewording import RewordPage, reword_page, reworded
from amendments.workplaces.sitting_forms import MinutesForm, OralForm, WordingForm

WORDING = "/meetings/<uuid:meeting_id>/items/<uuid:item_id>/wording"


def _runs(meeting_id: UUID) -> MeetingPlace:
    place = meeting_for(current_actor(), meeting_id)
    require(current_actor(), MEETING_RUN, place.step)
    return place


# --- a new wording


@blueprint.get(WORDING)
@declare(MEETING_RUN)
def wording(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    _runs(meeting_id)
    start = ident_or_none(request.args.get("start"))
    page = _wording_page(meeting_id, item_id, [ident(raw) for raw in request.args.getlist("edit")], start=start)
    return _wording_answer(meeting_id, item_id, page, WordingForm())


@blueprint.post(WORDING)
@declare(MEETING_RUN)
def wording_submit(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    _runs(meeting_id)
    edits, form = [ident(raw) for raw in request.form.getlist("edit")], WordingForm()
    page = _wording_page(meeting_id, item_id, edits)
    try:
        hunks = reworded(page, request.form)
    except InvalidInput as error:
        form.validate()
        form.refuse(error.field, refusal(error))
        return _wording_answer(meeting_id, item_id, page, form), 400
    if request.form.get("action") == "preview":
        return _wording_answer(meeting_id, item_id, _wording_page(meeting_id, item_id, edits, hunks), form)

    def unit() -> str:
        services.put_wording(
            current_actor(),
            meeting_id=meeting_id,
            item_id=item_id,
            replaces=edits,
            hunks=hunks,
            title=form.title.data or "",
            reason=form.reason.data or "",
            first=form.order.data != "reach",
        )
        return url_for("workplaces.session", meeting_id=meeting_id, _anchor="now")

    location = attempt(form, unit)
    if location is None:
        page = _wording_page(meeting_id, item_id, edits, hunks)
        return back(form, _wording_answer(meeting_id, item_id, page, form))
    flash(_("Der neue Wortlaut steht zur Abstimmung."), "success")
    return redirect(location, 303)


def _wording_page(
    meeting_id: UUID, item_id: UUID, edits: list[UUID], hunks: tuple[Hunk, ...] = (), *, start: UUID | None = None
) -> RewordPage:
    place = _runs(meeting_id)
    item = next((row for row in items_of(meeting_id) if row.id == item_id), None)
    if item is None or not {edit.edit_id for edit in item.edits}.issuperset(edits):
        raise NotFound(NOT_FOUND) if request.method == "GET" else Conflict(NOT_CALLED)
    require(current_actor(), MEETING_RUN, place.step_of(item))
    version = version_for(current_actor(), item.version_id)
    where = place_for(current_actor(), place.document.id, version.text.id)
    return reword_page(where, edits, request.form, hunks, start=start)


def _wording_answer(meeting_id: UUID, item_id: UUID, page: RewordPage, form: WordingForm) -> str:
    ids = [rival.edit.edit_id for rival in page.rivals]
    here: dict[str, Any] = {"meeting_id": meeting_id, "item_id": item_id, "edit": ids}
    starts = {edit_id: url_for("workplaces.wording", **here, start=edit_id) for edit_id in ids}
    return render_template(
        "workplaces/wording.html", page=page, form=form, place=meeting_for(current_actor(), meeting_id), starts=starts
    )


# --- orally


@blueprint.get("/meetings/<uuid:meeting_id>/oral")
@declare(MEETING_RUN)
def oral(meeting_id: UUID) -> ResponseReturnValue:
    page = _oral_page(meeting_id, request.args.get("at", ""))
    form = OralForm()
    form.offer(page)
    return render_template("workplaces/oral.html", page=page, form=form)


@blueprint.post("/meetings/<uuid:meeting_id>/oral")
@declare(MEETING_RUN)
def oral_submit(meeting_id: UUID) -> ResponseReturnValue:
    page, form = _oral_page(meeting_id, request.form.get("at", "")), OralForm()
    form.offer(page)
    location = attempt_or_tell(form, lambda: _file_oral(page, form))
    if location is None:
        page = _oral_page(meeting_id, request.form.get("at", ""))
        form.offer(page)
        return back(form, render_template("workplaces/oral.html", page=page, form=form))
    flash(_("Der Vorschlag steht auf der Tagesordnung."), "success")
    return redirect(location, 303)


def _oral_page(meeting_id: UUID, at: str) -> OralPage:
    place = _runs(meeting_id)
    require(current_actor(), PROPOSAL_FILE_ORAL, OnBehalf(place.document, None))
    return oral_page(current_actor(), meeting_id, at, request.form)


def _file_oral(page: OralPage, form: OralForm) -> str:
    meeting_id = page.place.meeting.id
    if page.words is None:
        raise Conflict(NOT_CALLED)
    services.file_oral(
        current_actor(),
        meeting_id=meeting_id,
        version_id=page.words.place.version.id,
        account_id=ident_or_none(form.account.data),
        hunks=reworded(page.words, request.form),
        reason=form.reason.data or "",
        committee_id=ident_or_none(form.committee.data),
        parent_id=page.words.parent.proposal.id if page.words.parent else None,
        beside=page.beside,
    )
    return url_for("workplaces.session", meeting_id=meeting_id, _anchor="now" if page.beside else "agenda")


# --- the minutes


@blueprint.get("/meetings/<uuid:meeting_id>/minutes/write")
@declare(MEETING_RUN)
def minutes_form(meeting_id: UUID) -> ResponseReturnValue:
    _runs(meeting_id)
    page = minutes_page(current_actor(), meeting_id)
    form = MinutesForm(data=page.shown)
    form.offer(page)
    return _minutes_answer(page, form)


@blueprint.post("/meetings/<uuid:meeting_id>/minutes/write")
@declare(MEETING_RUN)
def minutes_write(meeting_id: UUID) -> ResponseReturnValue:
    _runs(meeting_id)
    page, form = minutes_page(current_actor(), meeting_id), MinutesForm()
    form.offer(page)

    def unit() -> str:
        words = words_of(page, form.data)
        row_version = number(form.row_version.data) or 0
        services.write_minutes(current_actor(), meeting_id=meeting_id, row_version=row_version, words=words)
        return url_for("workplaces.minutes", meeting_id=meeting_id)

    location = attempt_or_tell(form, unit)
    if location is None:
        page = minutes_page(current_actor(), meeting_id)
        if isinstance(form.refused, Conflict):
            form.row_version.data = page.shown["row_version"]
        return back(form, _minutes_answer(page, form))
    flash(_("Die Niederschrift ist ergänzt."), "success")
    return redirect(location, 303)


def _minutes_answer(page: MinutesPage, form: MinutesForm) -> str:
    standing = page.standing(form.data) if isinstance(form.refused, Conflict) else ()
    return render_template("workplaces/minutes_form.html", page=page, form=form, standing=standing)
