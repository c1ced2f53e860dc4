"""What every view that writes does: run the unit of work under the form's key, say what a service refused."""

from collections.abc import Callable

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import get_translations
from flask_babel import gettext as _

from amendments.errors import AmendmentsError, InvalidInput
from amendments.exchange.words import Sentence
from amendments.web.current import current_actor
from amendments.web.forms import WritingForm
from amendments.web.redirects import safe_path
from amendments.web.transaction import location_of, write


def say(message: object) -> str:
    """A message of a service or a reader in the language of the page."""
    if isinstance(message, Sentence):
        words = get_translations()
        return message.translated(words.ugettext, words.ungettext)
    text = str(message)
    return _(text) if text else ""


def refusal(error: AmendmentsError) -> str:
    """What a service refused, with the numbers it gives beside the sentence."""
    words = say(error.message)
    return words % error.details if "%(" in words and error.details else words


def sent_before() -> str | None:
    """Where this very form led when it was sent before: for views whose first post makes the second impossible."""
    actor = current_actor()
    key = request.form.get("idempotency_key", "")
    return location_of(key, actor) if actor.signed_in else None


def attempt(form: WritingForm, unit: Callable[[], str]) -> str | None:
    """The location to go to, or None when the form does not validate or a service refused what was typed."""
    if not form.validate_on_submit():
        return None
    try:
        return write(unit, key=form.idempotency_key.data, actor=current_actor())
    except InvalidInput as error:
        form.refuse(error.field, refusal(error))
        return None


def pressed(unit: Callable[[], str], done: str = "") -> ResponseReturnValue:
    """For a form that is one button: run it once, say that it is done, go where the unit says."""
    location = write(unit, key=request.form.get("idempotency_key", ""), actor=current_actor())
    if done:
        flash(done, "success")
    return redirect(safe_path(location), 303)
