"""The text page."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from amendments.consensus.rules import View
from amendments.consultations.queries import closing_for
from amendments.documents.queries import document_for, texts_for
from amendments.documents.rules import DOCUMENT_SEE
from amendments.proposals.asking import number
from amendments.web.access import declare
from amendments.web.current import current_actor
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.reader import TextPage, text_page
from amendments.workplaces.since import since_for


@blueprint.get("/documents/<uuid:document_id>")
@declare(DOCUMENT_SEE)
def document(document_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    if not texts_for(actor, document_for(actor, document_id)):
        return redirect(url_for("consultations.index", document_id=document_id), 303)
    return _answer(document_id, None)


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>")
@declare(DOCUMENT_SEE)
def text(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    return _answer(document_id, text_id)


def _answer(document_id: UUID, text_id: UUID | None) -> str:
    asked = request.args.get("view", "")
    view = View(asked) if asked in set(View) else None
    page = text_page(current_actor(), document_id, text_id, number(request.args.get("version")), view)
    return render_template(
        "workplaces/text.html",
        page=page,
        urls=_urls(page),
        since=since_for(current_actor(), page.place.document),
        closing=closing_for(current_actor(), page.place.document),
    )


def view_names() -> dict[View, str]:
    return {
        View.DRAFT: _("Entwurf"),
        View.WITH_PROPOSALS: _("Mit Vorschlägen"),
        View.AGREED: _("Bisher beschlossen"),
        View.ALL: _("Als ob alles angenommen"),
    }


def _urls(page: TextPage) -> dict[str, Any]:
    place = page.place
    ids = place.ids
    version: dict[str, Any] = {} if place.is_current else {"version": place.version.number}
    draft = request.args.get("draft", "")[:40]
    views = [
        (name, url_for("workplaces.text", **ids, **version, view=view), view == page.view, None)
        for view, name in view_names().items()
    ]
    texts = [
        (
            row.title,
            url_for("workplaces.text", document_id=place.document.id, text_id=row.id),
            row.id == place.text.id,
            None,
        )
        for row in page.texts
    ]
    propose = url_for("workplaces.propose", **ids)
    return {
        "propose": propose,
        "mail": url_for("workplaces.mail", **ids),
        "draft": f"&draft={draft}" if draft else "",
        "draft_notice": f"{propose}?draft={draft}" if draft else "",
        "desk": url_for("workplaces.desk", **ids),
        "redline": url_for("workplaces.redline", **ids),
        "synopsis": url_for("workplaces.synopsis", **ids),
        "consensus": url_for("workplaces.consensus", **ids, **version),
        "downloads": url_for("workplaces.downloads", **ids, **version),
        "current": url_for("workplaces.text", **ids),
        "views": views,
        "texts": texts,
    }
