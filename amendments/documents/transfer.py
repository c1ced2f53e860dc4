"""Versions as files."""

from __future__ import annotations

from amendments.documents.models import Version
from amendments.documents.queries import load_text
from amendments.exchange.layout import Layout
from amendments.exchange.literal import write_literal
from amendments.text.model import Text


def export_literal(version: Version, text: Text | None = None) -> bytes:
    """A literal version as its file: an unchanged one byte for byte as it came. `text`: that wording in the version's layout."""
    layout = Layout.from_json(version.layout) if version.layout is not None else None
    return write_literal(load_text(version) if text is None else text, layout)
