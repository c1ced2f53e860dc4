"""Links that open an account: an invitation, and the way to a new password for who forgot theirs."""

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.errors import InvalidInput, TooManyTries
from amendments.people import login, queries, services, signing_in
from amendments.people.forms import ForgottenForm, NewPasswordForm
from amendments.people.handing_out import hand_out
from amendments.people.routes.blueprint import blueprint
from amendments.people.rules import Purpose
from amendments.web import mail
from amendments.web.access import public
from amendments.web.posting import attempt, back, refuse
from amendments.web.transaction import write

HOLDER = "whoever holds the link is who it was sent to"


@blueprint.get("/invitation")
@public(HOLDER)
def invitation() -> ResponseReturnValue:
    return _page(Purpose.INVITATION, NewPasswordForm(token=request.args.get("token", "")))


@blueprint.get("/new-password")
@public(HOLDER)
def new_password() -> ResponseReturnValue:
    return _page(Purpose.PASSWORD, NewPasswordForm(token=request.args.get("token", "")))


def _page(purpose: Purpose, form: NewPasswordForm) -> str:
    account = queries.account_of_link(form.token.data or "", purpose)
    return render_template(
        "people/choose_password.html", form=form, account=account, invited=purpose is Purpose.INVITATION
    )


@blueprint.post("/invitation")
@public(HOLDER)
def accept() -> ResponseReturnValue:
    form = NewPasswordForm()
    opened: list[str] = []
    hashed = _hashed(form, Purpose.INVITATION)

    def unit() -> str:
        opened[:] = [
            signing_in.accept(
                token=form.token.data or "",
                password_hash=hashed,
                address=request.remote_addr or "",
                user_agent=request.user_agent.string,
                previous_token=login.token_of(),
            )
        ]
        return "/"

    location = attempt(form, unit) if hashed else None
    if location is None:
        return back(form, _page(Purpose.INVITATION, form))
    session.clear()  # a form token from before belongs to nobody signed in
    flash(_("Willkommen! Ihr Passwort ist gespeichert, und Sie sind angemeldet."), "success")
    response = make_response(redirect(location, 303))
    return login.set_cookie(response, opened[0]) if opened else response


@blueprint.post("/new-password")
@public(HOLDER)
def new_password_submit() -> ResponseReturnValue:
    form = NewPasswordForm()
    hashed = _hashed(form, Purpose.PASSWORD)

    def unit() -> str:
        services.reset_password(form.token.data or "", password_hash=hashed)
        return url_for("people.sign_in")

    location = attempt(form, unit) if hashed else None
    if location is None:
        return back(form, _page(Purpose.PASSWORD, form))
    flash(_("Ihr Passwort ist geändert. Bitte melden Sie sich damit an."), "success")
    return redirect(location, 303)


def _hashed(form: NewPasswordForm, purpose: Purpose) -> str:
    """The hash of what was typed, made outside the transaction; empty if the form has to come back."""
    if not form.validate_on_submit():
        return ""
    try:
        return signing_in.new_hash(token=form.token.data or "", purpose=purpose, password=form.password.data or "")
    except InvalidInput as error:
        refuse(form, error)
        return ""


@blueprint.get("/forgotten-password")
@public("nobody can be signed in before")
def forgotten_password() -> ResponseReturnValue:
    return _forgotten(ForgottenForm())


def _forgotten(form: ForgottenForm) -> str:
    return render_template("people/forgotten_password.html", form=form, by_mail=mail.possible())


@blueprint.post("/forgotten-password")
@public("nobody can be signed in before")
def forgotten_password_submit() -> ResponseReturnValue:
    """The same words, after the same time, for an address with an account and for one without."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return back(form, _forgotten(form))
    email, address = form.email.data or "", request.remote_addr or ""
    try:
        write(lambda: services.count_request(email=email, address=address))
    except TooManyTries as error:
        refuse(form, error)
        return back(form, _forgotten(form))
    if mail.possible():
        mail.afterwards(lambda: _send_reset(email))
    flash(
        _("Wenn es zu dieser Adresse ein Konto gibt, ist jetzt eine E-Mail mit einem Link dorthin unterwegs."), "info"
    )
    return redirect(url_for("people.sign_in"), 303)


def _send_reset(email: str) -> None:
    """Beside the request: look for the account, make the link, send it."""
    made = write(lambda: services.request_reset(email=email))
    if made is not None:
        hand_out(Purpose.PASSWORD, [made])
