"""Proposals from a pasted mail: read it, see what was understood, file what is chosen."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from amendments.decisions.forms import ident
from amendments.errors import InvalidInput, TooManyTries
from amendments.proposals.rules import PROPOSAL_FILE, PROPOSAL_FILE_ORAL, OnBehalf
from amendments.web.access import declare, may, require
from amendments.web.current import current_actor
from amendments.web.limits import Limit, spend_here
from amendments.web.posting import attempt_or_tell, back, refuse, sent_before
from amendments.workplaces import from_mail
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.forms import MailForm
from amendments.workplaces.from_mail import MailPage
from amendments.workplaces.reader import Place, place_for

FILE, DRAFT = "file", "draft"
"""What is done with the orders that are ticked."""
NOT_YET = "-"
"""Nobody has said yet whose mail it is."""


def _place(document_id: UUID, text_id: UUID) -> Place:
    """For whoever may file, or put on record what others send."""
    actor, place = current_actor(), place_for(current_actor(), document_id, text_id)
    if not may(actor, PROPOSAL_FILE_ORAL, OnBehalf(place.document, None, place.text)):
        require(actor, PROPOSAL_FILE, place)
    return place


def _form(place: Place) -> MailForm:
    form, actor = MailForm(), current_actor()
    named = [SelectChoice(value, name) for value, name in from_mail.behalf_choices(actor, place)]
    own = [SelectChoice("", _("im eigenen Namen"))] if may(actor, PROPOSAL_FILE, place) else []
    ask = [SelectChoice(NOT_YET, _("Bitte wählen"))] if from_mail.speaks_for_others(actor, place) else []
    form.committee_id.choices = [*ask, *named, *own]
    if "committee_id" not in request.form:  # the first page asks for the mail alone
        form.committee_id.data = form.committee_id.choices[0].value
    form.how.data = form.how.data or "each"
    return form


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/from-mail")
@declare(PROPOSAL_FILE)
def mail(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = _place(document_id, text_id)
    return _answer(place, _form(place), None)


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/from-mail")
@declare(PROPOSAL_FILE)
def mail_submit(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    files = request.form.get("action") in (FILE, DRAFT)
    before = sent_before() if files else None
    if before is not None:
        return redirect(before, 303)
    place = _place(document_id, text_id)
    form = _form(place)
    try:
        spend_here(Limit.PREVIEWS)
        page = from_mail.mail_page(place, form.mail.data or "") if form.validate() else None
    except (InvalidInput, TooManyTries) as error:
        refuse(form, error)
        page = None
    if page is None:
        return back(form, _answer(place, form, None))
    if not files:
        form.version_id.data = str(place.version.id)
        return _answer(place, form, page)
    return _file(page, form)


def _file(page: MailPage, form: MailForm) -> ResponseReturnValue:
    draft = request.form.get("action") == DRAFT
    location = attempt_or_tell(form, lambda: _filed(page, form, draft=draft), Limit.FILINGS)
    if location is not None:
        flash(_done(len(set(request.form.getlist("order"))), draft=draft), "success")
        return redirect(location, 303)
    place = _place(page.place.document.id, page.place.text.id)  # the attempt has ended the transaction
    form.version_id.data = str(place.version.id)
    try:
        return back(form, _answer(place, form, from_mail.mail_page(place, form.mail.data or "")))
    except InvalidInput as error:
        refuse(form, error)
        return back(form, _answer(place, form, None))


def _done(changes: int, *, draft: bool) -> str:
    if draft:
        return ngettext(
            "Eine Änderung ist als Entwurf aufgehoben; eingereicht ist noch nichts.",
            "%(num)s Änderungen sind als Entwurf aufgehoben; eingereicht ist noch nichts.",
            changes,
        )
    return ngettext("Eine Änderung ist eingereicht.", "%(num)s Änderungen sind eingereicht.", changes)


def _filed(page: MailPage, form: MailForm, *, draft: bool) -> str:
    if form.version_id.data != str(page.place.version.id):
        raise InvalidInput(from_mail.CHANGED, field="mail")
    if form.committee_id.data == NOT_YET:
        raise InvalidInput(from_mail.FOR_WHOM, field="committee_id")
    proposals = from_mail.file_orders(
        current_actor(),
        page,
        set(request.form.getlist("order")),
        committee_id=ident(form.committee_id.data) if form.committee_id.data else None,
        together=form.how.data == "together",
        draft=draft,
    )
    if len(proposals) == 1:
        return url_for("workplaces.proposal", proposal_id=proposals[0].id)
    if draft:
        return url_for("workplaces.mine")
    return url_for("workplaces.text", **page.place.ids)


def _answer(place: Place, form: MailForm, page: MailPage | None) -> str:
    chosen = set(request.form.getlist("order"))
    return render_template(
        "workplaces/from_mail.html",
        place=place,
        form=form,
        page=page,
        chosen=chosen if request.form.get("action") in (FILE, DRAFT) else None,
        drafts=from_mail.may_draft(current_actor(), place),
        text_url=url_for("workplaces.text", **place.ids),
    )
