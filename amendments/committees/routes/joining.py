"""How people come in: invited one by one with their seats, or from a table with a preview."""

import base64
import binascii

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from amendments.committees import queries, services
from amendments.committees.forms import InvitationForm, TableForm
from amendments.committees.routes.blueprint import blueprint
from amendments.committees.rules import ROLE_LABELS
from amendments.committees.transfer import Plan, bring_in_people, plan_people
from amendments.errors import InvalidInput, TooLarge, TooManyTries, Unreadable
from amendments.exchange.people_csv import MAX_TABLE, People, read_people
from amendments.exchange.words import N_
from amendments.people.handing_out import links_page
from amendments.people.models import Account
from amendments.people.rules import CREATE_ACCOUNT, Purpose
from amendments.web.access import declare, require
from amendments.web.current import current_actor
from amendments.web.limits import Limit, spend
from amendments.web.posting import attempt, back, refuse
from amendments.web.transaction import write

NO_FILE = N_("Bitte wählen Sie eine Tabelle aus.")
SPOILT = N_("Die Tabelle ist unterwegs verloren gegangen. Bitte wählen Sie sie noch einmal aus.")


@blueprint.get("/accounts/invite")
@declare(CREATE_ACCOUNT)
def invite() -> ResponseReturnValue:
    require(current_actor(), CREATE_ACCOUNT)
    return _invite(InvitationForm())


def _invite(form: InvitationForm) -> str:
    form.offer_committees(queries.committees())
    return render_template("committees/invite.html", form=form)


@blueprint.post("/accounts/invite")
@declare(CREATE_ACCOUNT)
def invite_submit() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, CREATE_ACCOUNT)
    form = InvitationForm()
    form.offer_committees(queries.committees())
    made: list[tuple[Account, str]] = []

    def unit() -> str:
        made[:] = [
            services.invite(
                actor,
                email=form.email.data or "",
                name=form.name.data or "",
                is_admin=bool(form.is_admin.data),
                language=form.language.data,
                seats=form.chosen_seats(),
            )
        ]
        return url_for("people.accounts")

    location = attempt(form, unit)
    if location is None:
        return back(form, _invite(form))
    return links_page(Purpose.INVITATION, made, location)


@blueprint.get("/accounts/import")
@declare(CREATE_ACCOUNT)
def import_people() -> ResponseReturnValue:
    require(current_actor(), CREATE_ACCOUNT)
    return _import(TableForm())


def _import(form: TableForm, plan: Plan | None = None) -> str:
    return render_template("committees/import.html", form=form, plan=plan, roles=ROLE_LABELS)


@blueprint.post("/accounts/import")
@declare(CREATE_ACCOUNT)
def import_people_submit() -> ResponseReturnValue:
    """A table is shown first; what was shown is carried along by the form, and looked through again when it is done."""
    actor = current_actor()
    require(actor, CREATE_ACCOUNT)
    form = TableForm()
    if not form.validate_on_submit():
        return back(form, _import(form))
    try:
        write(lambda: spend(Limit.UPLOADS))
        table = _table(form)
    except (InvalidInput, Unreadable, TooLarge, TooManyTries) as error:
        refuse(form, error, "file")
        return back(form, _import(form))
    if request.form.get("action") != "create":
        return _import(form, plan_people(actor, table))
    made: list[tuple[Account, str]] = []

    def unit() -> str:
        made[:] = bring_in_people(actor, table)
        return url_for("people.accounts")

    location = attempt(form, unit)
    if location is None:
        return back(form, _import(form, plan_people(actor, table)))
    return links_page(Purpose.INVITATION, made, location)


def _table(form: TableForm) -> People:
    """A new file goes before the carried one."""
    upload = form.file.data
    if upload and upload.filename:
        data = upload.read(MAX_TABLE + 1)
    elif form.carried.data:
        try:
            data = base64.b64decode(form.carried.data, validate=True)
        except (binascii.Error, ValueError) as error:
            raise InvalidInput(SPOILT) from error
    else:
        raise InvalidInput(NO_FILE)
    table = read_people(data)
    form.carried.data = base64.b64encode(data).decode()
    return table
