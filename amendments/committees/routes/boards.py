"""The committees themselves: their list, what they are and how they decide."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.committees import queries, services
from amendments.committees.forms import ChangeForm, CommitteeForm
from amendments.committees.models import Committee
from amendments.committees.routes.blueprint import blueprint
from amendments.committees.rules import COMMITTEE_MANAGE, KIND_LABELS, key_of
from amendments.web.access import declare, public, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt


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


@blueprint.get("/committees/<uuid:committee_id>/change")
@declare(COMMITTEE_MANAGE)
def change(committee_id: UUID) -> ResponseReturnValue:
    require(current_actor(), COMMITTEE_MANAGE)
    committee = queries.committee(committee_id)
    form = ChangeForm(obj=committee)
    form.show_rules(queries.rules_of(committee))
    return _change(committee, form)


def _change(committee: Committee, form: ChangeForm) -> str:
    return render_template("committees/change.html", committee=committee, form=form)


@blueprint.post("/committees/<uuid:committee_id>/change")
@declare(COMMITTEE_MANAGE)
def change_submit(committee_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, COMMITTEE_MANAGE)
    form = ChangeForm()

    def unit() -> str:
        services.change_committee(
            actor,
            committee_id,
            name=form.name.data or "",
            short_name=form.short_name.data or "",
            kind=form.kind.data,
            legal_number=form.legal_number.data,
            rules=form.rules(),
        )
        return url_for("committees.show", committee_id=committee_id)

    location = attempt(form, unit)
    if location is None:
        return _change(queries.committee(committee_id), form), 400
    flash(_("Die Angaben zum Gremium sind geändert."), "success")
    return redirect(location, 303)
