"""The list of documents, and one's own desk."""

from flask import render_template
from flask.typing import ResponseReturnValue

from amendments.documents import queries as documents
from amendments.documents.rules import DOCUMENT_CREATE
from amendments.people.routes.own import demo_accounts
from amendments.people.rules import SEE_OWN
from amendments.web import clock
from amendments.web.access import declare, may, public, require
from amendments.web.current import current_actor
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.mine import my_proposals
from amendments.workplaces.tasks import waiting_for


@blueprint.get("/")
@public("a guest sees public documents; the query knows which")
def home() -> ResponseReturnValue:
    actor = current_actor()
    may_create = bool(may(actor, DOCUMENT_CREATE, documents.creation_place()))
    return render_template(
        "workplaces/home.html",
        entries=documents.documents_for(actor),
        may_create=may_create,
        waiting=len(my_proposals(actor).waiting) if actor.signed_in else 0,
        demo_accounts=() if actor.signed_in else demo_accounts(),
        now=clock.now(),
    )


@blueprint.get("/my-desk")
@declare(SEE_OWN)
def mine() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, SEE_OWN)
    return render_template("workplaces/mine.html", page=my_proposals(actor), documents=waiting_for(actor))
