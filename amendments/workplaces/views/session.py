"""A sitting: for who runs it, for who follows it, on the wall."""

from uuid import UUID

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from amendments.committees.rules import MAJORITY_LABELS
from amendments.meetings.queries import meeting_for
from amendments.meetings.rules import BALLOT_LABELS, ENDING_LABELS, MEETING_FOLLOW
from amendments.web.access import declare
from amendments.web.current import current_actor
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.minutes import minutes_of
from amendments.workplaces.session import session_page


@blueprint.get("/meetings/<uuid:meeting_id>")
@declare(MEETING_FOLLOW)
def session(meeting_id: UUID) -> ResponseReturnValue:
    page = session_page(current_actor(), meeting_id)
    return render_template(
        "workplaces/session.html", page=page, forms=BALLOT_LABELS, endings=ENDING_LABELS, majorities=MAJORITY_LABELS
    )


@blueprint.get("/meetings/<uuid:meeting_id>/screen")
@declare(MEETING_FOLLOW)
def screen(meeting_id: UUID) -> ResponseReturnValue:
    """For the wall: nothing to press."""
    page = session_page(current_actor(), meeting_id)
    return render_template("workplaces/screen.html", page=page, forms=BALLOT_LABELS, endings=ENDING_LABELS)


@blueprint.get("/meetings/<uuid:meeting_id>/minutes")
@declare(MEETING_FOLLOW)
def minutes(meeting_id: UUID) -> ResponseReturnValue:
    page = minutes_of(current_actor(), meeting_id)
    return render_template("workplaces/minutes.html", page=page, forms=BALLOT_LABELS, endings=ENDING_LABELS)


@blueprint.get("/meetings/<uuid:meeting_id>/beat")
@declare(MEETING_FOLLOW)
def beat(meeting_id: UUID) -> ResponseReturnValue:
    """One number that changes with every change of the sitting; pages ask for it and load anew when it has changed."""
    now = meeting_for(current_actor(), meeting_id).meeting.beat
    response: Response = jsonify(beat=now)
    response.set_etag(f"{meeting_id}-{now}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie"
    return response.make_conditional(request)
