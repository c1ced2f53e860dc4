"""The application factory: a table of contents. One call per chapter; what a chapter does is said in its own module."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from amendments import config as configuration
from amendments.extensions import csrf, db
from amendments.people import login
from amendments.web import (
    access,
    clock,
    converters,
    engines,
    errors,
    filters,
    languages,
    made,
    mail,
    requestlog,
    security,
    uploads,
)

ROOMS = (
    "web",
    "audit",
    "people",
    "committees",
    "documents",
    "consultations",
    "proposals",
    "decisions",
    "consensus",
    "meetings",
    "forwarding",
    "workplaces",
    "notifications",
)
"""Every package that may have tables and pages. A room brings `routes.blueprint` and its map `rules.PERMISSIONS`."""


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application; `config` overrides settings by field name (see `amendments.config.Settings`)."""
    settings = configuration.load(config)
    app = Flask("amendments", template_folder="../templates", static_folder="../static")
    app.config.update(settings.flask())
    app.extensions["settings"] = settings
    clock.use(clock.chosen(settings.clock_start, settings.clock_set_at))
    load_models()
    db.init_app(app, engines.create(settings.database_url))
    requestlog.init_app(app)
    security.init_app(app, settings)
    uploads.init_app(app)
    csrf.init_app(app)
    languages.init_app(app)
    converters.init_app(app)
    filters.init_app(app, settings)
    errors.init_app(app)
    mail.init_app(app)
    made.init_app(app)
    login.init_app(app)
    for room in ROOMS:
        register_room(app, room)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def load_models() -> None:
    """Import every table, so that the metadata is complete."""
    for room in ROOMS:
        part(room, "models")


def register_room(app: Flask, room: str) -> None:
    """A room's permissions, what it does at start-up (`init_app` of the package), and its pages."""
    package, rules, routes = import_module(f"amendments.{room}"), part(room, "rules"), part(room, "routes")
    if rules is not None and hasattr(rules, "PERMISSIONS"):
        access.register(
            rules.PERMISSIONS,
            see=getattr(rules, "SEE", None),
            veto=getattr(rules, "VETO", None),
            despite=getattr(rules, "DESPITE", ()),
        )
    if hasattr(package, "init_app"):
        package.init_app(app)
    if routes is not None:
        app.register_blueprint(routes.blueprint)


def part(room: str, name: str) -> Any:
    """`amendments.<room>.<name>` where the room has that piece of furniture, else None."""
    full = f"amendments.{room}.{name}"
    return import_module(full) if find_spec(full) else None
