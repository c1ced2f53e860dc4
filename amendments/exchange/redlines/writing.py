"""One door for every redline that leaves as a file: its format by the suffix. The writer of a format is loaded when the
first file of it goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from amendments.exchange.markdown_writer import to_markdown
from amendments.exchange.plain_writer import to_plain
from amendments.exchange.redlines.page import to_html
from amendments.exchange.redlines.paper import Paper
from amendments.exchange.redlines.plain import to_text
from amendments.exchange.redlines.structure import to_json
from amendments.exchange.redlines.written import to_ins_del
from amendments.text.model import Content
from amendments.text.redline import Redline

SUFFIXES = frozenset((".docx", ".html", ".json", ".md", ".odt", ".pdf", ".txt", ".xml"))
OF_EDITIONS = frozenset((".xml",))
"""Formats that are written only of papers with `editions`."""


def write(paper: Paper, suffix: str, template: bytes | None = None) -> bytes:
    """The file. `template`: a document of the town in the same format, for those that take one. Raises KeyError for a
    suffix that is none of SUFFIXES, Unreadable for a template that is none.
    """
    match suffix:
        case ".docx":
            from amendments.exchange.redlines.docx import to_docx

            return to_docx(paper, template)
        case ".html":
            return to_html(paper).encode()
        case ".json":
            return as_json(to_json(paper))
        case ".md":
            return (to_markdown(_contents(paper)) if paper.is_clean else to_ins_del(paper)).encode()
        case ".odt":
            from amendments.exchange.redlines.odt import to_odt

            return to_odt(paper, template)
        case ".pdf":
            from amendments.exchange.pdf.redline import paper_pdf

            return paper_pdf(paper)
        case ".txt":
            return (to_plain(_contents(paper)) if paper.is_clean else to_text(paper)).encode()
        case ".xml" if paper.editions:
            from amendments.exchange.akoma import Sources, to_akoma

            old, new = paper.editions
            names = tuple(person.name for person in paper.people)
            return to_akoma(paper.nodes, new, None if paper.is_clean else old, Sources(names, paper.by))
    raise KeyError(suffix)


def _contents(paper: Paper) -> Iterator[Content]:
    return (paragraph.content for paragraph in Redline(paper.nodes).accept())


def as_json(value: object) -> bytes:
    """Values as a file for programs and people."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
