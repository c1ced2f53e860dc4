"""Two addresses that belong to no room: the choice of language, and the question whether the service is well."""

from flask import Blueprint, current_app, jsonify, make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from amendments.extensions import db
from amendments.web import languages
from amendments.web.access import public
from amendments.web.redirects import safe_path

blueprint = Blueprint("web", __name__)


@blueprint.post("/language")
@public("everybody reads in a language")
def choose_language() -> ResponseReturnValue:
    response = make_response(redirect(safe_path(request.form.get("next")), 303))
    secure = not current_app.extensions["settings"].plain_http
    return languages.remember(response, request.form.get("language", ""), secure=secure)


@blueprint.get("/health")
@public("says nothing but that the database answers")
def health() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
