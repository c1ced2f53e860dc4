"""Errors as a page or as the one JSON shape: `{"error": {"status", "code", "message", "field"?}}`.

What was typed goes back with the page, so that nobody loses a reason written over ten minutes.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from amendments.errors import AmendmentsError, InvalidInput, TooManyTries, Unavailable
from amendments.extensions import db
from amendments.web import transaction
from amendments.web.current import current_actor
from amendments.web.posting import come_again, refusal
from amendments.web.redirects import safe_path

log = logging.getLogger(__name__)

RETRY_AFTER = {429: TooManyTries.retry_after, 503: Unavailable.retry_after}
"""Seconds after which to try again, where whoever refused does not say."""

PLAIN = {
    400: (lazy_gettext("Ungültige Anfrage"), lazy_gettext("Der Server konnte diese Anfrage nicht verstehen.")),
    401: (lazy_gettext("Anmeldung nötig"), lazy_gettext("Bitte melden Sie sich an.")),
    403: (lazy_gettext("Nicht erlaubt"), lazy_gettext("Dazu sind Sie nicht berechtigt.")),
    404: (
        lazy_gettext("Nicht gefunden"),
        lazy_gettext("Das gibt es hier nicht, oder es ist nicht für Sie bestimmt."),
    ),
    405: (lazy_gettext("Nicht möglich"), lazy_gettext("Diese Adresse kann so nicht aufgerufen werden.")),
    409: (
        lazy_gettext("Inzwischen geändert"),
        lazy_gettext("Inzwischen hat jemand anderes dasselbe geändert. Bitte sehen Sie sich den neuen Stand an."),
    ),
    410: (lazy_gettext("Nicht mehr gültig"), lazy_gettext("Dieser Link gilt nicht mehr.")),
    413: (lazy_gettext("Zu groß"), lazy_gettext("Was Sie senden wollten, ist zu groß für diesen Server.")),
    415: (lazy_gettext("Nicht lesbar"), lazy_gettext("Dieses Format nimmt der Server hier nicht an.")),
    422: (lazy_gettext("Nicht lesbar"), lazy_gettext("Diese Datei ist nicht das, was sie zu sein vorgibt.")),
    429: (
        lazy_gettext("Zu oft in kurzer Zeit"),
        lazy_gettext("Das waren zu viele Versuche. Bitte warten Sie einige Minuten."),
    ),
    500: (
        lazy_gettext("Fehler im Server"),
        lazy_gettext("Das hat nicht geklappt, und der Fehler liegt bei uns. Es wurde nichts gespeichert."),
    ),
    503: (
        lazy_gettext("Gerade nicht erreichbar"),
        lazy_gettext("Der Server ist gerade ausgelastet. Bitte versuchen Sie es in einigen Sekunden noch einmal."),
    ),
}
CHECK_INPUT = lazy_gettext("Bitte prüfen Sie Ihre Angaben.")
FORM_EXPIRED = lazy_gettext(
    "Das Formular ist abgelaufen oder stammt nicht von dieser Seite. Bitte laden Sie die Seite neu."
)

FIELD_NAMES = {
    "abstained": lazy_gettext("Enthaltungen"),
    "before": lazy_gettext("Vor welche Nummer?"),
    "email": lazy_gettext("E-Mail-Adresse"),
    "invalid": lazy_gettext("ungültig"),
    "label": lazy_gettext("Bezeichnung"),
    "name": lazy_gettext("Name"),
    "no": lazy_gettext("Nein"),
    "note": lazy_gettext("Anmerkung"),
    "office": lazy_gettext("Amt oder Abteilung"),
    "offices": lazy_gettext("Beteiligte Ämter"),
    "pasted": lazy_gettext("Text"),
    "place": lazy_gettext("Ort"),
    "reader_emails": lazy_gettext("Genannte Personen"),
    "reason": lazy_gettext("Begründung"),
    "reference": lazy_gettext("Aktenzeichen"),
    "remark": lazy_gettext("Bemerkung"),
    "short_name": lazy_gettext("Kurzname"),
    "subject": lazy_gettext("Betreff"),
    "text": lazy_gettext("Text"),
    "text_title": lazy_gettext("Name des Textes"),
    "title": lazy_gettext("Titel"),
    "wording": lazy_gettext("Wortlaut"),
    "yes": lazy_gettext("Ja"),
}
"""What people write into, by the field's name in its form; everything else is chosen, or was never theirs."""
CHOICES = {"yes": lazy_gettext("Ja"), "no": lazy_gettext("Nein"), "abstained": lazy_gettext("Enthaltung")}
"""Of a vote by name."""
NUMBERED_FIELDS = {
    "cell-": lazy_gettext("Wortlaut der Spalte"),
    "gap-": lazy_gettext("Neuer Absatz"),
    "para-": lazy_gettext("Wortlaut"),
    "wording-": lazy_gettext("Wortlaut"),
}
"""The same of fields of which a form may have several, by what their names begin with."""
TYPED_LENGTH = 60_000
"""Above every limit of a single text in the rooms."""


def init_app(app: Flask) -> None:
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.register_error_handler(AmendmentsError, ours)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(HTTPException, werkzeugs)
    app.register_error_handler(DBAPIError, databases)
    app.register_error_handler(PoolTimeout, databases)


def ours(error: AmendmentsError) -> Response:
    if error.status == 401 and request.method == "GET" and not wants_json():
        return make_response(redirect(url_for("people.sign_in", next=here())))
    field, states = getattr(error, "field", None), error.details.get("states", ())
    response = answer(error.status, error.code, refusal(error), field=field, states=states, back=error.back)
    return come_again(response, error.retry_after)


def forged(_error: CSRFError) -> Response:
    log.warning("form token refused", extra={"endpoint": request.endpoint, "code": "csrf"})
    return answer(400, "csrf", FORM_EXPIRED)


def werkzeugs(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    if status == 500:
        log.error("unexpected error", exc_info=getattr(error, "original_exception", None) or error)
    response = answer(status, error.name.lower().replace(" ", "_"), "")
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    return response


def databases(error: Exception) -> Response:
    """A busy or absent database is 503; everything else it says is our fault and 500."""
    db.session.rollback()
    if isinstance(error, PoolTimeout) or isinstance(transaction.translate(error), Unavailable):
        log.warning("database unavailable", exc_info=error)
        return answer(503, "unavailable", "")
    raise error


def answer(
    status: int,
    code: str,
    message: object,
    *,
    field: str | None = None,
    states: Sequence[object] = (),
    back: tuple[str, str] | None = None,
) -> Response:
    """The page or the JSON object for one error. `states`: (heading, lines) to be shown side by side. `back`: address
    and words of the way on, if not just back to where it came from.
    """
    title, sentence = PLAIN.get(status, PLAIN[400 if status < 500 else 500])
    if code == InvalidInput.code:
        title = CHECK_INPUT
    text = str(message) or str(sentence)
    if wants_json():
        shape: dict[str, Any] = {"status": status, "code": code, "message": text}
        if field:
            shape["field"] = field
        response = jsonify(error=shape)
    else:
        response = make_response(page(status, str(title), text, states, back))
    response.status_code = status
    return come_again(response, RETRY_AFTER.get(status))


def page(
    status: int, title: str, sentence: str, states: Sequence[object] = (), back: tuple[str, str] | None = None
) -> str:
    """The error page; without a usable address (foreign Host header) a bare one, because links cannot be built."""
    if request.routing_exception is not None and status == 400:
        return (
            '<!doctype html><html lang="de"><meta charset="utf-8">'
            f"<title>{title}</title><h1>{title}</h1><p>{sentence}</p></html>"
        )
    return render_template(
        "errors/error.html",
        status=status,
        title=title,
        sentence=sentence,
        hint="",
        states=states,
        back=back,
        back_url=came_from(),
        sign_in_url=_sign_in_url(status),
        typed=typed(),
    )


def typed() -> list[tuple[str, str]]:
    """What was written into a refused form, to be copied out: name of the field and content."""
    if request.method != "POST":
        return []
    try:
        form = request.form
    except HTTPException:  # the body itself was refused
        return []
    named = [_named(name, value, form) for name, value in form.items()]
    return [(name, value[:TYPED_LENGTH]) for name, value in named if name and value.strip()]


def _named(name: str, value: str, form: Mapping[str, str]) -> tuple[str, str]:
    """A field as people call it, with what they wrote; a vote by name as whose it is and what it is."""
    if name.startswith("name-") and value in CHOICES:
        return form.get(name.replace("name-", "who-", 1), ""), str(CHOICES[value])
    return _field_name(name), value


def _field_name(name: str) -> str:
    """How people call a field they write into, empty for any other."""
    if name in FIELD_NAMES:
        return str(FIELD_NAMES[name])
    return next((str(words) for start, words in NUMBERED_FIELDS.items() if name.startswith(start)), "")


def _sign_in_url(status: int) -> str:
    """Where somebody signs in who is not and is refused; for what is there the same as for what is not."""
    if status not in (401, 404, 410) or current_actor().signed_in:
        return ""
    return url_for("people.sign_in", next=here() if request.method == "GET" and status != 410 else None)


def came_from() -> str:
    """The page of ours that led here, or nothing."""
    referrer = request.referrer or ""
    if not referrer.startswith(request.host_url) or request.method == "GET":
        return ""
    return safe_path("/" + referrer.removeprefix(request.host_url), "")


def here() -> str:
    """Path and query of this request, for coming back after signing in."""
    return safe_path(request.full_path.rstrip("?"))


def wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json" or request.path.endswith(".json")
