"""Redlines as files: a page of HTML, Markdown, JSON, text for a terminal. Pure; each module writes one format."""

from amendments.exchange.redlines.page import to_html
from amendments.exchange.redlines.paper import COLUMNS, Aside, Paper, Person, changed
from amendments.exchange.redlines.plain import to_text
from amendments.exchange.redlines.structure import to_json
from amendments.exchange.redlines.writing import OF_EDITIONS, SUFFIXES, as_json, write
from amendments.exchange.redlines.written import to_ins_del

__all__ = [
    "COLUMNS",
    "OF_EDITIONS",
    "SUFFIXES",
    "Aside",
    "Paper",
    "Person",
    "as_json",
    "changed",
    "to_html",
    "to_ins_del",
    "to_json",
    "to_text",
    "write",
]
