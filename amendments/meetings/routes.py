"""What is pressed in a sitting. Its pages are workplaces'."""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.consultations.queries import consultation_for
from amendments.errors import InvalidInput
from amendments.meetings import services
from amendments.meetings.queries import meeting_for
from amendments.meetings.rules import MEETING_FOLLOW, MEETING_OPEN, MEETING_RUN, Count
from amendments.meetings.services import Put
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.posting import pressed

blueprint = Blueprint("meetings", __name__)


@blueprint.post("/consultations/<uuid:consultation_id>/open")
@declare(MEETING_OPEN)
def open_(consultation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, MEETING_OPEN, consultation_for(actor, consultation_id).step)

    def unit() -> str:
        meeting = services.open_meeting(actor, consultation_id=consultation_id)
        return url_for("workplaces.session", meeting_id=meeting.id)

    return pressed(unit, _("Die Sitzung ist eröffnet."))


def _run(meeting_id: UUID, verb: Callable[[], object], done: str = "", anchor: str = "called") -> ResponseReturnValue:
    """Press a button of the chair and come back to the sitting."""
    actor = current_actor()
    require(actor, MEETING_RUN, meeting_for(actor, meeting_id).step)

    def unit() -> str:
        verb()
        return url_for("workplaces.session", meeting_id=meeting_id, _anchor=anchor)

    return pressed(unit, done)


@blueprint.post("/meetings/<uuid:meeting_id>/came")
@declare(MEETING_RUN)
def came(meeting_id: UUID) -> ResponseReturnValue:
    people = [_id(raw) for raw in request.form.getlist("account")]
    return _run(
        meeting_id,
        lambda: services.come(current_actor(), meeting_id=meeting_id, account_ids=people),
        _("Die Anwesenheit ist eingetragen."),
        "people",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/left/<uuid:account_id>")
@declare(MEETING_RUN)
def left(meeting_id: UUID, account_id: UUID) -> ResponseReturnValue:
    return _run(
        meeting_id,
        lambda: services.leave(current_actor(), meeting_id=meeting_id, account_id=account_id),
        anchor="people",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/call")
@declare(MEETING_RUN)
def call(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    return _run(
        meeting_id,
        lambda: services.call_item(current_actor(), meeting_id=meeting_id, item_id=item_id, reason=reason),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/adjourn")
@declare(MEETING_RUN)
def adjourn(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    return _run(
        meeting_id,
        lambda: services.close_item(current_actor(), meeting_id=meeting_id, item_id=item_id, reason=reason),
        _("Der Punkt ist vertagt."),
        "agenda",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/result")
@declare(MEETING_RUN)
def result(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    form = request.form
    put = _put(form.getlist("edit"), form.getlist("settled"), form)
    names = {_id(name.removeprefix("name-")): value for name, value in form.items() if name.startswith("name-")}
    count, how = _count(form), form.get("form", "")
    carried, reason = form.get("outcome") == "carried", form.get("reason", "")

    def verb() -> object:
        return services.state_result(
            current_actor(),
            meeting_id=meeting_id,
            item_id=item_id,
            put=put,
            carried=carried,
            form=how,
            count=count,
            names=names,
            reason=reason,
        )

    return _run(meeting_id, verb, _("Das Ergebnis ist festgestellt."))


@blueprint.post("/meetings/<uuid:meeting_id>/ballots/<uuid:ballot_id>/undo")
@declare(MEETING_RUN)
def undo(meeting_id: UUID, ballot_id: UUID) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    return _run(
        meeting_id,
        lambda: services.undo_ballot(current_actor(), meeting_id=meeting_id, ballot_id=ballot_id, reason=reason),
        _("Die Feststellung ist aufgehoben."),
        "ballots",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/notes")
@declare(MEETING_RUN)
def notes(meeting_id: UUID) -> ResponseReturnValue:
    said = request.form.get("notes", "")
    return _run(
        meeting_id,
        lambda: services.note(current_actor(), meeting_id=meeting_id, notes=said),
        _("Die Bemerkungen sind gespeichert."),
        "notes",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/close")
@declare(MEETING_RUN)
def close(meeting_id: UUID) -> ResponseReturnValue:
    return _run(
        meeting_id,
        lambda: services.close_meeting(current_actor(), meeting_id=meeting_id),
        _("Die Sitzung ist geschlossen."),
        "agenda",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/edits/<uuid:edit_id>/pull")
@declare(MEETING_FOLLOW)
def pull(meeting_id: UUID, edit_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, MEETING_FOLLOW, meeting_for(actor, meeting_id).document)

    def unit() -> str:
        services.pull_out(actor, meeting_id=meeting_id, edit_id=edit_id)
        return url_for("workplaces.session", meeting_id=meeting_id)

    return pressed(unit, _("Die Änderung wird einzeln aufgerufen."))


def _put(edits: list[str], settled: list[str], form: Mapping[str, str]) -> Put:
    edit_ids, others = [_id(raw) for raw in edits], [_id(raw) for raw in settled]
    return Put(edit_ids, dict(_expected(form, [*edit_ids, *others])), form.get("wording", ""), others)


def _expected(form: Mapping[str, str], edit_ids: list[UUID]) -> Iterator[tuple[UUID, UUID | None]]:
    for edit_id in edit_ids:
        raw = form.get(f"expected-{edit_id}", "")
        yield edit_id, _id(raw) if raw else None


def _id(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise InvalidInput(services.NOTHING_PUT) from None


def _count(form: Mapping[str, str]) -> Count | None:
    """The numbers as typed; None if any of yes and no is missing."""
    numbers = []
    for name in ("yes", "no", "abstained", "invalid"):
        raw = form.get(name, "").strip()
        if not raw and name in ("yes", "no"):
            return None
        if raw and not (raw.isascii() and raw.isdigit() and len(raw) < 6):
            raise InvalidInput(services.COUNTS_MISSING, field=name)
        numbers.append(int(raw or 0))
    return Count(*numbers)
