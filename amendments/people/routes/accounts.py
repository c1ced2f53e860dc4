"""Administration of accounts: who there is, who is invited, links to hand out, closing and opening."""

from collections.abc import Callable
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.errors import InvalidInput
from amendments.people import queries, rules, services
from amendments.people.handing_out import links_page
from amendments.people.models import Account
from amendments.people.routes.blueprint import blueprint
from amendments.people.rules import Purpose
from amendments.web import clock
from amendments.web.access import declare, require
from amendments.web.actor import Actor
from amendments.web.current import current_actor
from amendments.web.errors import CHECK_INPUT
from amendments.web.posting import pressed
from amendments.web.transaction import write


@blueprint.get("/accounts")
@declare(rules.MANAGE)
def accounts() -> ResponseReturnValue:
    require(current_actor(), rules.MANAGE)
    rows = queries.accounts()
    return render_template(
        "people/accounts.html",
        invited=[row for row in rows if row.password_hash is None and row.active],
        accounts=[row for row in rows if row.password_hash is not None or not row.active],
        invitations=queries.open_invitations(),
        now=clock.now(),
    )


@blueprint.post("/accounts/<uuid:account_id>/invitation")
@declare(rules.CREATE_ACCOUNT)
def renew_invitation(account_id: UUID) -> ResponseReturnValue:
    require(current_actor(), rules.CREATE_ACCOUNT)
    return _handed(Purpose.INVITATION, services.renew_invitation, account_id)


@blueprint.post("/accounts/<uuid:account_id>/reset-link")
@declare(rules.MANAGE)
def reset_link(account_id: UUID) -> ResponseReturnValue:
    require(current_actor(), rules.MANAGE)
    return _handed(Purpose.PASSWORD, services.make_reset_link, account_id)


def _handed(purpose: Purpose, make: Callable[[Actor, Account], str], account_id: UUID) -> ResponseReturnValue:
    """Make a link and say what became of it. Shown in the answer itself: it is stored nowhere to be shown again."""
    actor = current_actor()
    made: list[tuple[Account, str]] = []

    def unit() -> str:
        account = queries.account(account_id)
        made[:] = [(account, make(actor, account))]
        return url_for("people.accounts")

    location = write(unit, key=request.form.get("idempotency_key", ""), actor=actor)
    return links_page(purpose, made, location)


@blueprint.post("/accounts/<uuid:account_id>/invitation/revoke")
@declare(rules.CREATE_ACCOUNT)
def revoke_invitation(account_id: UUID) -> ResponseReturnValue:
    require(current_actor(), rules.CREATE_ACCOUNT)
    return _pressed(services.revoke_invitation, account_id, _("Die Einladung gilt nicht mehr."))


@blueprint.post("/accounts/<uuid:account_id>/administrator")
@declare(rules.MANAGE)
def administrator(account_id: UUID) -> ResponseReturnValue:
    require(current_actor(), rules.MANAGE)
    asked = request.form.get("is_admin")
    if asked not in {"0", "1"}:
        raise InvalidInput(CHECK_INPUT, field="is_admin")
    given = asked == "1"

    def change(actor: Actor, account: Account) -> None:
        services.set_administrator(actor, account, is_admin=given)

    done = _("Die Person verwaltet jetzt Konten und Gremien.") if given else _("Die Person verwaltet nichts mehr.")
    return _pressed(change, account_id, done)


@blueprint.post("/accounts/<uuid:account_id>/deactivate")
@declare(rules.MANAGE)
def deactivate(account_id: UUID) -> ResponseReturnValue:
    require(current_actor(), rules.MANAGE)
    return _pressed(services.deactivate, account_id, _("Das Konto ist geschlossen."))


@blueprint.post("/accounts/<uuid:account_id>/reactivate")
@declare(rules.MANAGE)
def reactivate(account_id: UUID) -> ResponseReturnValue:
    require(current_actor(), rules.MANAGE)
    return _pressed(services.reactivate, account_id, _("Das Konto ist wieder offen."))


def _pressed(verb: Callable[[Actor, Account], None], account_id: UUID, done: str) -> ResponseReturnValue:
    actor = current_actor()

    def unit() -> str:
        verb(actor, queries.account(account_id))
        return url_for("people.accounts")

    return pressed(unit, done)
