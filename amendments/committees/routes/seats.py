"""A committee's page with its rules and seats; giving, changing and ending a seat."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.committees import queries, services
from amendments.committees.forms import AppointForm, SeatForm
from amendments.committees.queries import Member
from amendments.committees.routes.blueprint import blueprint
from amendments.committees.rules import (
    COMMITTEE_MANAGE,
    KIND_LABELS,
    MAJORITY_LABELS,
    ORDER_LABELS,
    QUORUM_LABELS,
    RESULT_LABELS,
    ROLE_LABELS,
    TIE_LABELS,
    CommitteeKind,
    Role,
    gives,
)
from amendments.errors import InvalidInput
from amendments.people.queries import account_by_email
from amendments.web.access import declare, public, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, pressed


@blueprint.get("/committees/<uuid:committee_id>")
@public("who sits on a committee of a town is public; addresses are shown to nobody")
def show(committee_id: UUID) -> ResponseReturnValue:
    return _show(committee_id, AppointForm())


def _show(committee_id: UUID, form: AppointForm) -> str:
    committee = queries.committee(committee_id)
    members = queries.members_of(committee_id)
    form.offer(members)
    rules = queries.rules_of(committee)
    return render_template(
        "committees/show.html",
        committee=committee,
        members=members,
        rules=rules,
        votes=committee.kind != CommitteeKind.OFFICE,
        uncounted=rules.counts_legal_number and committee.legal_number is None,
        results=_results(committee.kind),
        labels={"majority": MAJORITY_LABELS, "quorum": QUORUM_LABELS, "tie": TIE_LABELS, "order": ORDER_LABELS},
        kinds=KIND_LABELS,
        roles=ROLE_LABELS,
        form=form,
    )


def _results(kind: str) -> list[str]:
    """What the outcome is called where this kind decides, and where it prepares, if that is another word."""
    given = [gives(kind)] if kind == CommitteeKind.COUNCIL else [gives(kind), gives(kind, deciding=False)]
    return [RESULT_LABELS[result] for result in dict.fromkeys(given)]


@blueprint.post("/committees/<uuid:committee_id>/members")
@declare(COMMITTEE_MANAGE)
def appoint(committee_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, COMMITTEE_MANAGE)
    form = AppointForm()
    form.offer(queries.members_of(committee_id))

    def unit() -> str:
        account = account_by_email(form.email.data or "")
        if account is None:
            raise InvalidInput(services.NO_ACCOUNT, field="email")
        services.appoint(
            actor,
            committee_id=committee_id,
            account_id=account.id,
            role=form.role.data,
            valid_from=form.valid_from.data,
            valid_to=form.valid_to.data,
            deputy_for=form.deputy_for.data,
        )
        return url_for("committees.show", committee_id=committee_id)

    location = attempt(form, unit)
    if location is None:
        return _show(committee_id, form), 400
    flash(_("Die Person hat jetzt einen Sitz in diesem Gremium."), "success")
    return redirect(location, 303)


SEAT = "/committees/<uuid:committee_id>/members/<uuid:membership_id>"


@blueprint.get(SEAT)
@declare(COMMITTEE_MANAGE)
def change_seat(committee_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    require(current_actor(), COMMITTEE_MANAGE)
    member = queries.member(committee_id, membership_id)
    return _seat(member, SeatForm(obj=member.membership))


def _seat(member: Member, form: SeatForm) -> str:
    committee = queries.committee(member.membership.committee_id)
    form.offer(queries.members_of(committee.id))
    return render_template(
        "committees/seat.html",
        committee=committee,
        member=member,
        role=ROLE_LABELS[Role(member.membership.role)],
        form=form,
    )


@blueprint.post(SEAT)
@declare(COMMITTEE_MANAGE)
def change_seat_submit(committee_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, COMMITTEE_MANAGE)
    form = SeatForm()
    form.offer(queries.members_of(committee_id))

    def unit() -> str:
        member = queries.member(committee_id, membership_id)
        services.change_membership(
            actor,
            membership_id=member.membership.id,
            valid_to=form.valid_to.data,
            deputy_for=form.deputy_for.data,
        )
        return url_for("committees.show", committee_id=committee_id)

    location = attempt(form, unit)
    if location is None:
        return _seat(queries.member(committee_id, membership_id), form), 400
    flash(_("Der Sitz ist geändert."), "success")
    return redirect(location, 303)


@blueprint.post(f"{SEAT}/end")
@declare(COMMITTEE_MANAGE)
def end(committee_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, COMMITTEE_MANAGE)

    def unit() -> str:
        member = queries.member(committee_id, membership_id)
        services.end_membership(actor, membership_id=member.membership.id)
        return url_for("committees.show", committee_id=committee_id)

    return pressed(unit, _("Der Sitz endet mit dem heutigen Tag."))
