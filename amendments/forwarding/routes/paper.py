"""The paper as it is printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from amendments.documents.queries import document_for
from amendments.documents.rules import DOCUMENT_SEE
from amendments.exchange.vorlage import Paper, Section, rows
from amendments.exchange.vorlage.labels import GERMAN, Field
from amendments.exchange.vorlage.writing import Label, Piece, Row
from amendments.forwarding.queries import paper_of
from amendments.forwarding.routes.blueprint import blueprint
from amendments.text.model import Content, text_of
from amendments.text.redline import Redline
from amendments.web.access import declare
from amendments.web.current import current_actor
from amendments.web.reading import Group, groups, read


@dataclass(frozen=True)
class Part:
    """A stretch of the paper: rows of a table, the name of a part, paragraphs, or one line."""

    rows: tuple[Row, ...] = ()
    label: str = ""
    groups: tuple[Group, ...] = ()
    line: str = ""


@blueprint.get("/documents/<uuid:document_id>/paper")
@declare(DOCUMENT_SEE)
def paper(document_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    document = document_for(actor, document_id)
    name, *parts = parts_of(paper_of(actor, document))
    sign_here = Part(label=GERMAN[Field.CLOSING])
    return render_template("forwarding/paper.html", document=document, name=name.line, parts=[*parts, sign_here])


def parts_of(paper: Paper) -> Iterator[Part]:
    """The paper in the order of its form; what belongs together in one part. Its name comes first."""
    for number, (kind, pieces) in enumerate(groupby(_flat(paper), key=_kind)):
        if kind == "contents":
            contents = tuple(piece for piece in pieces if isinstance(piece, Content))
            yield Part(groups=groups(read(Redline.of(text_of(contents, seed=str(number))))))
        elif kind.startswith("rows"):
            yield Part(rows=tuple(piece for piece in pieces if isinstance(piece, Row)))
        else:
            yield from (_single(piece) for piece in pieces)


def _flat(paper: Paper) -> Iterator[Piece]:
    for piece in rows(paper):
        if isinstance(piece, Section):
            yield from ([f"{piece.number} {piece.title}".strip()] if piece.number or piece.title else [])
            yield from piece.contents
        else:
            yield piece


def _kind(piece: Piece) -> str:
    match piece:
        case Content():
            return "contents"
        case Row():
            return f"rows {piece.table}"
        case Label():
            return "label"
    return "line"


def _single(piece: Piece) -> Part:
    return Part(label=piece.words) if isinstance(piece, Label) else Part(line=str(piece))
