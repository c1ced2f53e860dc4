"""Typed parts of addresses, beside Werkzeug's `uuid` and `int`."""

from flask import Flask
from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """A key in kebab-case, such as `beirat-fuer-migration`."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def init_app(app: Flask) -> None:
    app.url_map.converters["slug"] = SlugConverter
