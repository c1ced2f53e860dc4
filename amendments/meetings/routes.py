"""What is pressed in a sitting. Its pages are workplaces'."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.consultations.queries import consultation_for
from amendments.decisions.overtaken import both_states
from amendments.meetings import services
from amendments.meetings.forms import count_of, ident, ident_or_none, names_of, place_of, put_of
from amendments.meetings.queries import meeting_for
from amendments.meetings.rules import MEETING_FOLLOW, MEETING_OPEN, MEETING_RUN
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.posting import leading_back, pressed

blueprint = Blueprint("meetings", __name__)


@blueprint.post("/consultations/<uuid:consultation_id>/open")
@declare(MEETING_OPEN)
def open_(consultation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, MEETING_OPEN, consultation_for(actor, consultation_id).step)

    again, other_day = bool(request.form.get("second_invitation")), bool(request.form.get("other_day"))
    chair_id = ident_or_none(request.form.get("chair"))

    def unit() -> str:
        meeting = services.open_meeting(
            actor, consultation_id=consultation_id, second_invitation=again, other_day=other_day, chair_id=chair_id
        )
        return url_for("workplaces.session", meeting_id=meeting.id)

    return pressed(unit, _("Die Sitzung ist eröffnet."))


def _run(meeting_id: UUID, verb: Callable[[], object], done: str = "", anchor: str = "now") -> ResponseReturnValue:
    """Press a button of the chair and come back to the sitting."""
    actor = current_actor()
    place = meeting_for(actor, meeting_id)
    address = url_for("workplaces.session", meeting_id=meeting_id, _anchor=anchor)

    def unit() -> str:
        verb()
        return address

    with leading_back(address, _("Zurück zur Sitzung")), both_states(request.form.get("reason", "")):
        require(actor, MEETING_RUN, place.step)
        return pressed(unit, done)


@blueprint.post("/meetings/<uuid:meeting_id>/came")
@declare(MEETING_RUN)
def came(meeting_id: UUID) -> ResponseReturnValue:
    def verb() -> None:
        people = [ident(raw) for raw in request.form.getlist("account")]
        services.come(current_actor(), meeting_id=meeting_id, account_ids=people)

    return _run(
        meeting_id,
        verb,
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


@blueprint.post("/meetings/<uuid:meeting_id>/chair")
@declare(MEETING_RUN)
def chair(meeting_id: UUID) -> ResponseReturnValue:
    chair_id = ident_or_none(request.form.get("chair"))
    return _run(
        meeting_id,
        lambda: services.hand_over_chair(current_actor(), meeting_id=meeting_id, chair_id=chair_id),
        _("Der Vorsitz ist übergeben."),
        "people",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/call")
@declare(MEETING_RUN)
def call(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    return _run(
        meeting_id,
        lambda: services.call_item(current_actor(), meeting_id=meeting_id, item_id=item_id, reason=reason),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/move")
@declare(MEETING_RUN)
def move(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    form = request.form
    return _run(
        meeting_id,
        lambda: services.move_item(
            current_actor(),
            meeting_id=meeting_id,
            item_id=item_id,
            before=place_of(form),
            shown=form.get("shown", ""),
            reason=form.get("reason", ""),
        ),
        _("Der Punkt steht jetzt weiter vorn."),
        "agenda",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/edits/<uuid:edit_id>/forward")
@declare(MEETING_RUN)
def forward(meeting_id: UUID, item_id: UUID, edit_id: UUID) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    return _run(
        meeting_id,
        lambda: services.bring_forward(
            current_actor(), meeting_id=meeting_id, item_id=item_id, edit_id=edit_id, reason=reason
        ),
        _("Darüber wird jetzt früher abgestimmt."),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/arrange")
@declare(MEETING_RUN)
def arrange(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    form = request.form
    by_point, majority = bool(form.get("by_point")), form.get("majority") or None
    public = {"yes": True, "no": False}.get(form.get("public", ""))
    return _run(
        meeting_id,
        lambda: services.arrange_item(
            current_actor(), meeting_id=meeting_id, item_id=item_id, by_point=by_point, majority=majority, public=public
        ),
        _("So wird über diesen Punkt abgestimmt."),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/adjourn")
@declare(MEETING_RUN)
def adjourn(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    return _run(
        meeting_id,
        lambda: services.adjourn(current_actor(), meeting_id=meeting_id, item_id=item_id, reason=reason),
        _("Der Punkt ist vertagt."),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/refer")
@declare(MEETING_RUN)
def refer(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    form = request.form
    return _run(
        meeting_id,
        lambda: services.refer(
            current_actor(),
            meeting_id=meeting_id,
            item_id=item_id,
            committee_id=ident_or_none(form.get("committee")),
            reason=form.get("reason", ""),
        ),
        _("Der Punkt ist verwiesen."),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/withdraw")
@declare(MEETING_RUN)
def withdraw(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    form = request.form
    return _run(
        meeting_id,
        lambda: services.withdraw(
            current_actor(),
            meeting_id=meeting_id,
            item_id=item_id,
            proposal_id=ident(form.get("proposal", "")),
            reason=form.get("reason", ""),
        ),
        _("Es ist festgehalten, dass der Vorschlag zurückgezogen ist."),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/take-over")
@declare(MEETING_RUN)
def take_over(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    form = request.form
    return _run(
        meeting_id,
        lambda: services.take_over(
            current_actor(),
            meeting_id=meeting_id,
            item_id=item_id,
            put=put_of(form),
            by_proposal_id=ident_or_none(form.get("by")),
            reason=form.get("reason", ""),
        ),
        _("Es ist festgehalten, dass der Vorschlag übernommen ist."),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/items/<uuid:item_id>/result")
@declare(MEETING_RUN)
def result(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    form = request.form

    def verb() -> object:
        return services.state_result(
            current_actor(),
            meeting_id=meeting_id,
            item_id=item_id,
            put=put_of(form),
            carried=form.get("outcome") == "carried",
            form=form.get("form", ""),
            count=count_of(form),
            names=names_of(form),
            chair_said_yes=bool(form.get("chair_said_yes")),
            reason=form.get("reason", ""),
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
        "stated",
    )


@blueprint.post("/meetings/<uuid:meeting_id>/endings/<uuid:ending_id>/undo")
@declare(MEETING_RUN)
def undo_ending(meeting_id: UUID, ending_id: UUID) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    return _run(
        meeting_id,
        lambda: services.undo_ending(current_actor(), meeting_id=meeting_id, ending_id=ending_id, reason=reason),
        _("Die Feststellung ist aufgehoben."),
        "stated",
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


@blueprint.post("/meetings/<uuid:meeting_id>/reopen")
@declare(MEETING_OPEN)
def reopen(meeting_id: UUID) -> ResponseReturnValue:
    actor, reason = current_actor(), request.form.get("reason", "")
    require(actor, MEETING_OPEN, meeting_for(actor, meeting_id).step)
    return _run(
        meeting_id,
        lambda: services.reopen_meeting(actor, meeting_id=meeting_id, reason=reason),
        _("Die Sitzung ist wieder geöffnet."),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/invitation")
@declare(MEETING_RUN)
def invitation(meeting_id: UUID) -> ResponseReturnValue:
    again = bool(request.form.get("second_invitation"))
    return _run(
        meeting_id,
        lambda: services.correct_invitation(current_actor(), meeting_id=meeting_id, second_invitation=again),
        _("Die Einladung ist berichtigt."),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/edits/<uuid:edit_id>/pull")
@declare(MEETING_FOLLOW)
def pull(meeting_id: UUID, edit_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, MEETING_FOLLOW, meeting_for(actor, meeting_id).document)
    address = url_for("workplaces.session", meeting_id=meeting_id)

    def unit() -> str:
        services.pull_out(actor, meeting_id=meeting_id, edit_id=edit_id)
        return address

    with leading_back(address, _("Zurück zur Sitzung")):
        return pressed(unit, _("Die Änderung wird einzeln aufgerufen."))
