"""What every view that writes does: run the unit of work under the form's key, say what a service refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Response, flash, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import get_translations
from flask_babel import gettext as _

from amendments.errors import AmendmentsError, Conflict, InvalidInput, TooManyTries
from amendments.exchange.words import Sentence
from amendments.web.current import current_actor
from amendments.web.forms import WritingForm
from amendments.web.limits import Limit, spend
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


def attempt(form: WritingForm, unit: Callable[[], str], limit: Limit | None = None) -> str | None:
    """The location to go to, or None when the form does not validate, a service refused what was typed, or it was too
    often: answer with `back` then.
    """
    if not form.validate_on_submit():
        return None
    try:
        return write(_counted(unit, limit), key=form.idempotency_key.data, actor=current_actor())
    except (InvalidInput, TooManyTries) as error:
        refuse(form, error)
        return None


def attempt_or_tell(form: WritingForm, unit: Callable[[], str], limit: Limit | None = None) -> str | None:
    """As `attempt`; that somebody else was faster is shown on the form too, beside what was typed."""
    try:
        return attempt(form, unit, limit)
    except Conflict as error:
        refuse(form, error)
        return None


def refuse(form: WritingForm, error: AmendmentsError, field: str | None = None) -> None:
    """Show on the form why it was refused; `field` where the error names none."""
    form.refused = error
    form.refuse(getattr(error, "field", None) or field, refusal(error))


def back(form: WritingForm, page: str) -> Response:
    """The page with the form once more, with the status of its refusal and the time to come again."""
    response = make_response(page, form.refused.status if form.refused else InvalidInput.status)
    return come_again(response, form.refused.retry_after if form.refused else None)


def come_again(response: Response, seconds: int | None) -> Response:
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def pressed(unit: Callable[[], str], done: str = "", limit: Limit | None = None) -> ResponseReturnValue:
    """For a form that is one button: run it once, say that it is done, go where the unit says."""
    location = write(_counted(unit, limit), key=request.form.get("idempotency_key", ""), actor=current_actor())
    if done:
        flash(done, "success")
    return redirect(safe_path(location), 303)


@contextmanager
def leading_back(address: str, words: str) -> Iterator[None]:
    """Whatever is refused inside ends on a page with one way on: there."""
    try:
        yield
    except AmendmentsError as error:
        error.back = address, words
        raise


def _counted(unit: Callable[[], str], limit: Limit | None) -> Callable[[], str]:
    """The unit, counted in its own transaction: a form sent twice and what is refused do not count."""
    if limit is None:
        return unit

    def both() -> str:
        spend(limit)
        return unit()

    return both
