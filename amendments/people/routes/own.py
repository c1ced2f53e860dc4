"""Signing in and out, one's own account."""

import json

from flask import current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.errors import InvalidInput, TooManyTries
from amendments.people import login, queries, rules, services
from amendments.people.forms import LanguageForm, PasswordForm, SignInForm
from amendments.people.routes.blueprint import blueprint
from amendments.people.signing_in import sign_in as open_session
from amendments.web import clock
from amendments.web.access import declare, public, require
from amendments.web.current import current_actor
from amendments.web.posting import attempt, come_again, pressed, refusal
from amendments.web.redirects import safe_path
from amendments.web.transaction import write


@blueprint.get("/sign-in")
@public("nobody can be signed in before")
def sign_in() -> ResponseReturnValue:
    target = safe_path(request.args.get("next"))
    if current_actor().signed_in:
        return redirect(target)
    return sign_in_page(SignInForm(next=target))


@blueprint.post("/sign-in")
@public("nobody can be signed in before")
def sign_in_submit() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return sign_in_page(form), 400
    try:
        token = open_session(
            email=form.email.data or "",
            password=form.password.data or "",
            address=request.remote_addr or "",
            user_agent=request.user_agent.string,
            previous_token=login.token_of(),
        )
    except (InvalidInput, TooManyTries) as error:
        form.form_errors = [refusal(error)]
        return come_again(make_response(sign_in_page(form), error.status), error.retry_after)
    session.clear()  # a form token from before belongs to nobody signed in
    return login.set_cookie(make_response(redirect(safe_path(form.next.data), 303)), token)


def sign_in_page(form: SignInForm) -> str:
    return render_template("people/sign_in.html", form=form, demo_accounts=demo_accounts(), now=clock.now())


def demo_accounts() -> list[dict[str, str]]:
    """Accounts of the example town with their passwords; the setting is empty everywhere else."""
    path = current_app.extensions["settings"].demo_accounts
    if path is None or not path.exists():
        return []
    listed: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return listed


@blueprint.post("/sign-out")
@public("who is not signed in is signed out already")
def sign_out() -> ResponseReturnValue:
    token = login.token_of()
    actor = current_actor()
    if token:
        write(lambda: services.sign_out(actor, token=token))
    session.clear()
    response = login.clear_cookie(make_response(redirect("/", 303)))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.get("/account")
@declare(rules.SEE_OWN)
def account() -> ResponseReturnValue:
    require(current_actor(), rules.SEE_OWN)
    return account_page(PasswordForm())


def account_page(form: PasswordForm, language: LanguageForm | None = None) -> str:
    own = queries.own_account(current_actor())
    token = login.token_of()
    return render_template(
        "people/account.html",
        form=form,
        language=language or LanguageForm(obj=own),
        account=own,
        sessions=queries.sessions_of(own.id),
        this_session=queries.token_hash(token) if token else "",
    )


@blueprint.post("/account/password")
@declare(rules.CHANGE_PASSWORD)
def change_password() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, rules.SEE_OWN)
    form = PasswordForm()

    def unit() -> str:
        services.change_password(
            actor,
            queries.own_account(actor),
            current=form.current.data or "",
            new=form.new.data or "",
            keep_token=login.token_of(),
        )
        return url_for("people.account")

    location = attempt(form, unit)
    if location is None:
        return account_page(form), 400
    flash(_("Ihr Passwort ist geändert. Alle anderen Anmeldungen sind beendet."), "success")
    return redirect(location, 303)


@blueprint.post("/account/language")
@declare(rules.CHANGE_OWN)
def choose_language() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, rules.SEE_OWN)
    form = LanguageForm()

    def unit() -> str:
        services.choose_language(actor, queries.own_account(actor), language=form.language.data)
        return url_for("people.account")

    location = attempt(form, unit)
    if location is None:
        return account_page(PasswordForm(), form), 400
    flash(_("E-Mails an Sie kommen jetzt in dieser Sprache."), "success")
    return redirect(location, 303)


@blueprint.post("/account/sessions/end")
@declare(rules.END_SESSION)
def end_sessions() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, rules.SEE_OWN)

    def unit() -> str:
        services.end_other_sessions(actor, queries.own_account(actor), keep_token=login.token_of())
        return url_for("people.account")

    return pressed(unit, _("Alle anderen Anmeldungen sind beendet."))
