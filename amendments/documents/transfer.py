"""Versions as files."""

from __future__ import annotations

import re

from amendments.documents.models import DocumentText, Version
from amendments.documents.queries import load_text
from amendments.exchange.layout import Layout
from amendments.exchange.literal import write_literal
from amendments.exchange.markdown_writer import to_markdown
from amendments.text.model import Text


def export_literal(version: Version, text: Text | None = None) -> bytes:
    """A literal version as its file, byte for byte as it came. `text`: that wording in its layout."""
    layout = Layout.from_json(version.layout) if version.layout is not None else None
    return write_literal(load_text(version) if text is None else text, layout)


def export(text_row: DocumentText, version: Version) -> tuple[bytes, str]:
    """A version as a file, and the suffix of its name: a literal text as it came in, a formatted one as Markdown."""
    if text_row.literal:
        return export_literal(version), text_row.file_suffix
    return to_markdown(paragraph.content for paragraph in load_text(version)).encode(), "md"


_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u202a-\u202e\u2066-\u2069]+')
LONGEST_NAME = 120


def file_name(words: str, suffix: str) -> str:
    """`words` as the name of a file on a person's disk, whatever system that has."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", words).split())[:LONGEST_NAME].strip(" .")
    return f"{plain}.{suffix}"
