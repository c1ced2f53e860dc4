"""The application factory: a table of contents. One call per chapter; what a chapter does is said in its own module."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask

from amendments import config as settings_module
from amendments.extensions import babel, csrf, db, login_manager
from amendments.web import access, clock, engines

ROOMS = (
    "people",
    "committees",
    "documents",
    "proposals",
    "decisions",
    "consensus",
    "workplaces",
)
"""Every room with pages. A room brings `routes.blueprint` and enters its map with `rules.PERMISSIONS`."""

TABLES = ("web", "audit", *ROOMS)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application; `config` overrides settings by field name (see `amendments.config.Settings`)."""
    settings = settings_module.load(config)
    app = Flask("amendments", template_folder="../templates", static_folder="../static")
    app.config.update(settings.flask())
    app.extensions["settings"] = settings
    clock.use(clock.running_from(settings.clock_start) if settings.clock_start else clock.system)
    load_models()
    db.init_app(app, engines.create(settings.database_url))
    csrf.init_app(app)
    login_manager.init_app(app)
    babel.init_app(app)
    register_rooms(app)
    return app


def load_models() -> None:
    """Import every table, so that the metadata is complete."""
    for package in TABLES:
        _part(package, "models")


def register_rooms(app: Flask) -> None:
    for room in ROOMS:
        rules = _part(room, "rules")
        if rules is not None and hasattr(rules, "PERMISSIONS"):
            access.register(rules.PERMISSIONS, see=getattr(rules, "SEE", None))
        package = import_module(f"amendments.{room}")
        if hasattr(package, "init_app"):
            package.init_app(app)
        routes = _part(room, "routes")
        if routes is not None:
            app.register_blueprint(routes.blueprint)


def _part(package: str, name: str) -> Any:
    """`amendments.<package>.<name>` where the room has that piece of furniture, else None."""
    full = f"amendments.{package}.{name}"
    return import_module(full) if find_spec(full) else None
