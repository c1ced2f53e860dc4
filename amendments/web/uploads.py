"""Requests that bring files may be larger than others; a view says so, before anything reads its body."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def accepts_files(view: View) -> View:
    """Mark a view that takes uploads: its requests may be MAX_UPLOAD bytes long instead of MAX_BODY."""
    view.__accepts_files__ = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    app.before_request(widen)


def widen() -> None:
    """Runs before the check for forged posts, which reads the form."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "__accepts_files__", False):
        request.max_content_length = current_app.extensions["settings"].max_upload
