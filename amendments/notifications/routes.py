"""Which mails one gets: on one's own account, or by the link at the end of every mail."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.errors import Gone
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.notifications import services
from amendments.notifications.letters import account_of_link
from amendments.notifications.queries import refused_by
from amendments.notifications.rules import KIND_LABELS, MAILS_CHOOSE, wanted
from amendments.people.models import Account
from amendments.people.queries import actor_for, own_account
from amendments.people.rules import SEE_OWN
from amendments.web.access import declare, public, require
from amendments.web.current import current_actor
from amendments.web.posting import pressed
from amendments.web.transaction import write

blueprint = Blueprint("notifications", __name__)

LINK_GONE = N_("Dieser Link gilt nicht mehr. Melden Sie sich an und wählen Sie Ihre E-Mails unter „Mein Konto“.")


@blueprint.get("/account/mails")
@declare(SEE_OWN)
def choose() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, SEE_OWN)
    return _page(own_account(actor), url_for("notifications.choose_submit"))


@blueprint.post("/account/mails")
@declare(MAILS_CHOOSE)
def choose_submit() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, SEE_OWN)
    kinds = request.form.getlist("kind")

    def unit() -> str:
        services.choose_mails(actor, own_account(actor), kinds=kinds)
        return url_for("notifications.choose")

    return pressed(unit, _("Gespeichert."))


@blueprint.get("/mails")
@public("whoever holds the link from a mail chooses the mails of that account, and sees nothing of it but this")
def choose_by_link() -> ResponseReturnValue:
    token = request.args.get("token", "")
    return _page(_account(token), url_for("notifications.choose_by_link_submit"), token)


@blueprint.post("/mails")
@public("whoever holds the link from a mail chooses the mails of that account, and sees nothing of it but this")
def choose_by_link_submit() -> ResponseReturnValue:
    token, kinds = request.form.get("token", ""), request.form.getlist("kind")
    account_id = _account(token).id

    def unit() -> None:
        services.choose_mails(actor_for(account_id), db.session.get_one(Account, account_id), kinds=kinds)

    write(unit)
    flash(_("Gespeichert."), "success")
    return redirect(url_for("notifications.choose_by_link", token=token), 303)


def _account(token: str) -> Account:
    found = account_of_link(token)
    account = db.session.get(Account, UUID(found)) if found else None
    if account is None or not account.active:
        raise Gone(LINK_GONE)
    return account


def _page(account: Account, action: str, token: str = "") -> str:
    chosen = wanted(refused_by([account.id])[account.id])
    return render_template("notifications/choose.html", kinds=KIND_LABELS, chosen=chosen, action=action, token=token)
