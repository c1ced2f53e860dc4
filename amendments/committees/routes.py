"""The committees and who sits on them; administrators set them up."""

import re
import unicodedata
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.committees import queries, services
from amendments.committees.forms import AppointForm, CommitteeForm
from amendments.committees.rules import COMMITTEE_MANAGE, KIND_LABELS, ROLE_LABELS
from amendments.errors import InvalidInput, NotFound
from amendments.people.queries import account_by_email
from amendments.web.access import NOT_FOUND, declare, public, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, pressed

blueprint = Blueprint("committees", __name__)


@blueprint.get("/committees")
@public("which committees a town has is no secret")
def index() -> ResponseReturnValue:
    return _index(CommitteeForm())


def _index(form: CommitteeForm) -> str:
    mine = current_actor().committees
    return render_template(
        "committees/index.html", committees=queries.committees(), kinds=KIND_LABELS, mine=mine, form=form
    )


@blueprint.post("/committees")
@declare(COMMITTEE_MANAGE)
def create() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, COMMITTEE_MANAGE)
    form = CommitteeForm()

    def unit() -> str:
        committee = services.create_committee(
            actor,
            key=key_of(form.name.data or ""),
            name=form.name.data or "",
            short_name=form.short_name.data or "",
            kind=form.kind.data,
            legal_number=form.legal_number.data,
        )
        return url_for("committees.show", committee_id=committee.id)

    location = attempt(form, unit)
    if location is None:
        return _index(form), 400
    flash(_("Das Gremium ist angelegt."), "success")
    return redirect(location, 303)


def key_of(name: str) -> str:
    """A short word for addresses and files, from the name."""
    plain = name.lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, letters)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].strip("-")


@blueprint.get("/committees/<uuid:committee_id>")
@public("who sits on a committee of a town is public; addresses are shown to nobody")
def show(committee_id: UUID) -> ResponseReturnValue:
    return _show(committee_id, AppointForm())


def _show(committee_id: UUID, form: AppointForm) -> str:
    return render_template(
        "committees/show.html",
        committee=queries.committee(committee_id),
        members=queries.members_of(committee_id),
        kinds=KIND_LABELS,
        roles=ROLE_LABELS,
        form=form,
    )


@blueprint.post("/committees/<uuid:committee_id>/members")
@declare(COMMITTEE_MANAGE)
def appoint(committee_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, COMMITTEE_MANAGE)
    form = AppointForm()

    def unit() -> str:
        account = account_by_email(form.email.data or "")
        if account is None:
            raise InvalidInput(services.NO_ACCOUNT, field="email")
        services.appoint(actor, committee_id=committee_id, account_id=account.id, role=form.role.data)
        return url_for("committees.show", committee_id=committee_id)

    location = attempt(form, unit)
    if location is None:
        return _show(committee_id, form), 400
    flash(_("Die Person hat jetzt einen Sitz in diesem Gremium."), "success")
    return redirect(location, 303)


@blueprint.post("/committees/<uuid:committee_id>/members/<uuid:membership_id>/end")
@declare(COMMITTEE_MANAGE)
def end(committee_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, COMMITTEE_MANAGE)

    def unit() -> str:
        if all(member.membership.id != membership_id for member in queries.members_of(committee_id)):
            raise NotFound(NOT_FOUND)
        services.end_membership(actor, membership_id=membership_id)
        return url_for("committees.show", committee_id=committee_id)

    return pressed(unit, _("Der Sitz endet mit dem heutigen Tag."))
