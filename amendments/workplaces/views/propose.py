"""Proposing: choose what shall happen to a passage, write it, see it, file it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from amendments.committees.queries import committees_by_id
from amendments.consensus.rules import View
from amendments.decisions.rules import DECIDE
from amendments.decisions.services import editorial_change
from amendments.errors import Conflict, InvalidInput, TooManyTries
from amendments.exchange.words import N_
from amendments.proposals import asking, services
from amendments.proposals.asking import KINDS, Ask
from amendments.proposals.forms import ProposeForm
from amendments.proposals.models import Proposal
from amendments.proposals.queries import ProposalOn, resumed_by
from amendments.proposals.rules import PROPOSAL_FILE, PROPOSAL_FILE_FOR, OnBehalf, label
from amendments.proposals.storing import as_stored
from amendments.proposals.wording import Op
from amendments.text.hunks import Hunk
from amendments.web.access import declare, may, require
from amendments.web.actor import Actor
from amendments.web.current import current_actor
from amendments.web.limits import Limit, spend_here
from amendments.web.posting import attempt, back, refusal, refuse, sent_before
from amendments.web.reading import Stretch
from amendments.workplaces import proposing
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.collected import DOES_NOT_FIT, collected_of, standing_hunks
from amendments.workplaces.labels import change_name
from amendments.workplaces.overtaken import Overtaken, onward
from amendments.workplaces.passages import redline_of
from amendments.workplaces.proposing import Resumed
from amendments.workplaces.reader import Place, place_for

AGAIN = "again"
"""What the page of proposals handed back says: begin with the same wish, and let its author look at it."""
EDITORIAL = "editorial"
"""What the moderation's own button says instead of "submit": a change without change of meaning."""

NOT_WITH_A_DRAFT = N_(
    "Ein Entwurf kann nicht als redaktionelle Änderung in den Text kommen. Reichen Sie ihn als Vorschlag ein, oder "
    "beginnen Sie die redaktionelle Änderung neu."
)
NOT_TO_A_PROPOSAL = N_(
    "Redaktionell geändert wird nur der Text selbst, nicht ein Vorschlag. Reichen Sie diese Änderung als Vorschlag ein."
)


def _uuid(raw: str | None) -> UUID | None:
    """An id from a query or a form; what is none is none."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None


class _Request:
    """What all three views read from the address and the form."""

    def __init__(self, document_id: UUID, text_id: UUID) -> None:
        values = request.form if request.method == "POST" else request.args
        self.actor: Actor = current_actor()
        self.place: Place = place_for(self.actor, document_id, text_id, asking.number(values.get("version")))
        require(self.actor, PROPOSAL_FILE, self.place)
        self.ask = Ask.of(values)
        self.draft: Proposal | None = proposing.draft_of(self.actor, self.place, _uuid(values.get("draft")))
        parent_id = self.draft.parent_id if self.draft else _uuid(values.get("parent"))
        self.parent: ProposalOn | None = proposing.parent_of(self.place, parent_id)
        resumes = resumed_by(self.draft.id) if self.draft else _uuid(values.get("resumes"))
        self.resumed: Resumed | None = proposing.resumed_of(self.actor, resumes)

    @property
    def parent_id(self) -> UUID | None:
        return self.parent.proposal.id if self.parent else None

    def hunks(self) -> tuple[Hunk, ...]:
        return asking.hunks_of(proposing.base_of(self.place, self.parent_id), self.ask)

    def chosen(self) -> tuple[Hunk, ...]:
        """What follows from the choice alone: to strike a paragraph or to join two nothing is left to be written."""
        if self.ask.op not in (Op.DELETE, Op.JOIN):
            return ()
        try:
            return self.hunks()
        except InvalidInput:
            return ()

    def form(self) -> ProposeForm:
        form = ProposeForm(obj=self.draft)
        form.committee_id.choices = committee_choices(self.actor, self.place)
        if request.method == "GET":
            default = str(self.draft.committee_id or "") if self.draft else form.committee_id.choices[0].value
            form.committee_id.data = default
        return form


def committee_choices(actor: Actor, place: Place) -> list[SelectChoice]:
    """The committees one may file for, and oneself."""
    ids = [one for one in actor.committees if may(actor, PROPOSAL_FILE_FOR, OnBehalf(place.document, one, place.text))]
    named = sorted(committees_by_id(ids).values(), key=lambda row: row.name)
    return [*(SelectChoice(str(row.id), row.name) for row in named), SelectChoice("", _("im eigenen Namen"))]


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/propose")
@declare(PROPOSAL_FILE)
def propose(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    asked = _Request(document_id, text_id)
    return _page(asked, hunks=asked.chosen())


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/propose")
@declare(PROPOSAL_FILE)
def propose_submit(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    action = request.form.get("action", "")
    before = sent_before() if action not in ("preview", AGAIN) else None
    if before is not None:  # the draft it spoke of is one no more
        return redirect(before, 303)
    asked = _Request(document_id, text_id)
    if action == EDITORIAL:
        require(asked.actor, DECIDE, asked.place)
    form = asked.form()
    try:
        hunks = asked.hunks() if asked.ask.op else ()
    except InvalidInput as error:
        if action == AGAIN:  # something is still to be chosen or written
            return _page(asked, form)
        form.validate()
        form.refuse(error.field, refusal(error))
        return _page(asked, form), 400
    if action in ("preview", AGAIN):
        return _previewed(asked, form, hunks)
    try:
        location = attempt(form, lambda: _carried_out(action, asked, form, hunks), Limit.FILINGS)
    except Conflict as error:
        if "current_version_id" in error.details:
            return _overtaken(_Request(document_id, text_id), form, hunks), error.status
        if error.message not in (services.DRAFT_CHANGED, DOES_NOT_FIT):
            raise
        refuse(form, error)
        location = None
    if location is None:  # read anew: the attempt has ended the transaction the page was read in
        return back(form, _page(_Request(document_id, text_id), form, hunks))
    flash(_done(action), "success")
    return redirect(location, 303)


def _overtaken(asked: _Request, form: ProposeForm, hunks: tuple[Hunk, ...]) -> str:
    """A version has appeared while somebody wrote."""
    page = proposing.propose_page(asked.place, asked.ask, draft=asked.draft, parent=asked.parent)
    written = [(part.label, part.value) for part in page.fields] or [(_("Was geschehen soll"), page.op_name)]
    said = [(field.label.text, field.data or "") for field in (form.title, form.reason)]
    typed = tuple((name, words.strip()) for name, words in (*written, *said) if words.strip())
    fields = onward(asked.place, asked.ask, hunks, asked.parent_id)
    if fields:
        others = ("title", "reason", "committee_id", "budget", "row_version", "draft", "parent", "resumes")
        fields |= {name: request.form[name] for name in others if request.form.get(name)}
    ids = asked.place.ids
    urls = {"propose": url_for("workplaces.propose", **ids), "text": url_for("workplaces.text", **ids)}
    return render_template("workplaces/overtaken.html", page=Overtaken(asked.place, typed, fields), urls=urls)


def _previewed(asked: _Request, form: ProposeForm, hunks: tuple[Hunk, ...]) -> ResponseReturnValue:
    try:
        spend_here(Limit.PREVIEWS)
    except TooManyTries as error:
        refuse(form, error)
        return back(form, _page(asked, form))
    return _page(asked, form, hunks)


def _done(action: str) -> str:
    match action:
        case "more":
            return _("Die Textstelle ist vorgemerkt. Wählen Sie die nächste.")
        case "editorial":
            return _("Die redaktionelle Änderung steht im Text.")
    return _("Ihr Vorschlag ist eingereicht.")


@blueprint.post("/documents/<uuid:document_id>/texts/<uuid:text_id>/propose/preview")
@declare(PROPOSAL_FILE)
def propose_preview(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    asked = _Request(document_id, text_id)
    spend_here(Limit.PREVIEWS)
    try:
        hunks = asked.hunks()
    except InvalidInput as error:
        return jsonify(blocks=[], message=refusal(error))
    base = proposing.base_of(asked.place, asked.parent_id)
    return jsonify(blocks=blocks_json(redline_of(base, hunks)), message="")


def blocks_json(stretches: tuple[Stretch, ...]) -> list[dict[str, Any]]:
    """A short redline for `static/js/modules/redline.js`."""
    return [
        {
            "label": change_name(block),
            "cells": [[{"op": piece.op, "text": piece.text} for piece in cell] for cell in block.cells],
        }
        for stretch in stretches
        for block in stretch.blocks
    ]


def _carried_out(action: str, asked: _Request, form: ProposeForm, hunks: tuple[Hunk, ...]) -> str:
    if action == EDITORIAL:
        return _editorial(asked, form, hunks)
    return _file(asked, form, hunks, more=action == "more")


def _file(asked: _Request, form: ProposeForm, hunks: tuple[Hunk, ...], *, more: bool) -> str:
    """File it, or keep it as a draft (`more`)."""
    edits = [hunks] if hunks else []
    if asked.draft is not None:
        base = proposing.base_of(asked.place, asked.parent_id)
        edits = [*standing_hunks(collected_of(asked.draft, asked.place.version, base)), *edits]
    said: dict[str, Any] = {
        "title": form.title.data or "",
        "reason": form.reason.data or "",
        "committee_id": _uuid(form.committee_id.data),
        "budget": bool(form.budget.data),
        "version_id": asked.place.version.id,
        "edits": edits,
    }
    if asked.draft is None:
        resumes = asked.resumed.edit_id if asked.resumed else None
        proposal = services.file_proposal(
            asked.actor, parent_id=asked.parent_id, resumes_edit_id=resumes, draft=more, **said
        )
    else:
        draft = asked.draft
        shown = asking.number(request.form.get("row_version")) or 0
        row_version = draft.row_version if _says_the_same(draft, said) else shown
        proposal = services.edit_draft(asked.actor, proposal_id=draft.id, row_version=row_version, **said)
        if not more:
            proposal = services.submit_draft(asked.actor, proposal_id=proposal.id)
    if more:
        return url_for("workplaces.text", **asked.place.ids, draft=proposal.id)
    return url_for("workplaces.proposal", proposal_id=proposal.id)


def _says_the_same(draft: Proposal, said: Mapping[str, Any]) -> bool:
    """Whether nothing of what stands would be lost: passages are added to those that stand."""
    words = as_stored(said["title"], said["reason"])
    standing = (draft.title, draft.reason, draft.committee_id, draft.budget)
    return standing == (*words, said["committee_id"], said["budget"])


def _editorial(asked: _Request, form: ProposeForm, hunks: tuple[Hunk, ...]) -> str:
    """Change the text at once; it is the text as agreed that shows it."""
    if asked.draft is not None:
        raise InvalidInput(NOT_WITH_A_DRAFT)
    if asked.parent is not None:
        raise InvalidInput(NOT_TO_A_PROPOSAL)
    editorial_change(
        asked.actor,
        version_id=asked.place.version.id,
        edits=[hunks] if hunks else [],
        title=form.title.data or "",
        reason=form.reason.data or "",
    )
    passage = f"p-{asked.ask.paragraph}" if asked.ask.paragraph else None
    return url_for("workplaces.text", **asked.place.ids, view=View.AGREED, _anchor=passage)


def _page(asked: _Request, form: ProposeForm | None = None, hunks: tuple[Hunk, ...] = ()) -> str:
    page = proposing.propose_page(asked.place, asked.ask, hunks=hunks, draft=asked.draft, parent=asked.parent)
    ops = [(op, name, _here(asked, op)) for op, name in proposing.op_names().items() if _offered(page, op)]
    alone = asked.draft is None and asked.parent is None
    form = form or asked.form()
    stale = isinstance(form.refused, Conflict) and form.refused.message == services.DRAFT_CHANGED
    if asked.draft is not None and stale:
        form.row_version.data = asked.draft.row_version
    return render_template(
        "workplaces/propose.html",
        page=page,
        form=form,
        standing=_standing(asked.draft, form) if asked.draft is not None and stale else (),
        ops=ops,
        urls=_urls(asked),
        editorial=alone and bool(may(asked.actor, DECIDE, asked.place)),
    )


def _standing(draft: Proposal, form: ProposeForm) -> tuple[tuple[str, str], ...]:
    """What another window has saved, field by field, to be compared with what was typed here."""
    committees = {choice.value: choice.label for choice in form.committee_id.choices}
    said = (
        (form.title, draft.title),
        (form.reason, draft.reason),
        (form.committee_id, committees.get(str(draft.committee_id or ""), "")),
        (form.budget, _("ja") if draft.budget else _("nein")),
    )
    return tuple((field.label.text, words) for field, words in said)


def _offered(page: proposing.ProposePage, op: Op) -> bool:
    if page.is_row and op in proposing.NOT_FOR_ROWS:
        return False
    return page.next_paragraph is not None or op not in (Op.JOIN, Op.SPAN)


def _kept(asked: _Request) -> dict[str, Any]:
    """What travels from page to page besides the passage."""
    kept: dict[str, Any] = {"version": str(asked.place.version.number)}
    if asked.draft:
        kept["draft"] = str(asked.draft.id)
    if asked.parent:
        kept["parent"] = str(asked.parent.proposal.id)
    if asked.resumed:
        kept["resumes"] = str(asked.resumed.edit_id)
    return kept


def _here(asked: _Request, op: Op, **more: Any) -> str:
    ids = asked.place.ids
    return url_for("workplaces.propose", **ids, op=op, paragraph=asked.ask.paragraph, **_kept(asked), **more)


def _urls(asked: _Request) -> dict[str, Any]:
    ids = asked.place.ids
    ask = asked.ask
    passage = {"op": ask.op, "paragraph": ask.paragraph, "last": ask.last, "start": ask.start, "end": ask.end}
    return {
        "text": url_for("workplaces.text", **ids) + (f"#p-{ask.paragraph}" if ask.paragraph else ""),
        "choose": url_for("workplaces.text", **ids, draft=asked.draft.id if asked.draft else None),
        "propose": url_for("workplaces.propose", **ids),
        "preview": url_for("workplaces.propose_preview", **ids),
        "span": _here(asked, Op.SPAN),
        "hidden": _kept(asked) | {name: value for name, value in passage.items() if value is not None and value != ""},
        "kinds": [(value, name) for value, name in kind_names().items() if value in KINDS],
        "resumed_label": label(asked.resumed.proposal.number) if asked.resumed else "",
        "parent_label": label(asked.parent.proposal.number) if asked.parent else "",
        "build_on": lambda proposal_id: url_for(
            "workplaces.propose", **ids, parent=proposal_id, op=Op.CHANGE, paragraph=ask.paragraph
        ),
    }


def kind_names() -> dict[str, str]:
    return {
        "paragraph": _("Absatz"),
        "heading-1": _("Überschrift der Ebene 1"),
        "heading-2": _("Überschrift der Ebene 2"),
        "heading-3": _("Überschrift der Ebene 3"),
        "list_item": _("Aufzählungspunkt"),
    }
