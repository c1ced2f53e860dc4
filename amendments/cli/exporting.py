"""A text of the database as a file: what the page "Herunterladen" offers, for scripts of the town hall."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click
from flask_babel import force_locale
from sqlalchemy import select

from amendments.app import create_app
from amendments.cli.checking import require_tables
from amendments.cli.files import check_out, open_source, write_all
from amendments.cli.speaking import Spoken, language_option, say, speech
from amendments.documents import queries as documents
from amendments.documents.models import Document, DocumentText
from amendments.documents.rules import TextRole
from amendments.errors import NotFound
from amendments.exchange import making
from amendments.exchange.redlines import OF_EDITIONS, SUFFIXES, write
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.workplaces.downloads.papers import Asked, View, paper_of
from amendments.workplaces.reader import Place

NO_DOCUMENT = N_("Keine Vorlage heißt so oder hat diese Nummer oder Kennung: %(name)s")
SEVERAL = N_("Mehrere Vorlagen heißen so. Bitte nennen Sie eine Kennung: %(ids)s")
NO_TEXT = N_("Die Vorlage hat keinen Text %(number)d. Sie hat: %(texts)s")
NOTHING = N_(
    "Das gibt es nicht. Fassungen heißen 1, 2 …, Konsensfassungen k1, k2, kf; --number ist die eines Vorschlags."
)
HELP = N_("""Schreibt einen Text der Vorlage DOCUMENT in eine Datei.

DOCUMENT ist ihre Kennung, ihre Vorlagennummer oder ihr Titel. Was darin steht, sagt --view: eine Fassung (text), der
Weg von einer zur anderen (redline), alle Vorschläge (proposals) oder einer (proposal). Wer den Befehl ausführt, sieht
alles.
""")
EXAMPLE = N_("""Beispiel:
  amendments export "Integrationskonzept" --view redline --from 1 --to kf -o aenderungen.docx
""")


@click.command(cls=Spoken, help=HELP, epilog=EXAMPLE)
@click.argument("document")
@click.option("--text", "rank", type=int, help=N_("Welcher Text der Vorlage, von 1 an; sonst die Anlage."))
@click.option(
    "--view",
    type=click.Choice([str(view) for view in View]),
    default=View.TEXT.value,
    show_default=True,
    help=N_("Was darin steht."),
)
@click.option("--from", "older", default="1", show_default=True, help=N_("Von welcher Fassung."))
@click.option("--to", "newer", default="", help=N_("Zu welcher Fassung; sonst die neueste."))
@click.option("--number", type=int, help=N_("Welcher Vorschlag."))
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help=N_("Eine Datei der Stadt im selben Format, deren Kopf und Aussehen übernommen werden."),
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, readable=False),
    required=True,
    help=N_("Wohin; die Endung sagt das Format."),
)
@click.option("--force", is_flag=True, help=N_("OUT ersetzen, wenn es die Datei schon gibt."))
@language_option
def export(
    document: str,
    rank: int | None,
    *,
    view: str,
    older: str,
    newer: str,
    number: int | None,
    template: Path | None,
    out: Path,
    force: bool,
) -> None:
    check_out(out, [template] if template else [], SUFFIXES - OF_EDITIONS, force=force)
    letterhead = open_source(template).data if template else None
    app = create_app()
    with app.app_context(), force_locale(speech().language):
        require_tables()
        place = _place(document, rank)
        asked = Asked(View(view), _name(older), _name(newer) or f"v{place.current.number}", number)
        try:
            paper = paper_of(place, asked, sees_work=True)
        except NotFound as error:
            raise click.ClickException(say(NOTHING)) from error
    write_all({out: making.make_in_child(making.order(write, paper, out.suffix.lower(), letterhead))})


def _name(version: str) -> str:
    """As `wordings.Wordings` calls it."""
    return f"v{version}" if version.isascii() and version.isdigit() else version


def _place(name: str, rank: int | None) -> Place:
    document = _document(name)
    texts = list(
        db.session.scalars(
            select(DocumentText).where(DocumentText.document_id == document.id).order_by(DocumentText.rank)
        )
    )
    if rank is None:
        text = next((row for row in texts if row.role == TextRole.ANNEX), texts[0])
    elif 1 <= rank <= len(texts):
        text = texts[rank - 1]
    else:
        named = ", ".join(f"{number} {row.title}" for number, row in enumerate(texts, 1))
        raise click.ClickException(say(NO_TEXT, number=rank, texts=named))
    current = documents.current_version(text.id)
    return Place(document, text, current, current)


def _document(name: str) -> Document:
    try:
        wanted = Document.id == UUID(name)
    except ValueError:
        wanted = (Document.title == name) | (Document.reference == name)
    found = list(db.session.scalars(select(Document).where(wanted).order_by(Document.id)))
    if not found:
        beginning = Document.title.startswith(name, autoescape=True)
        found = list(db.session.scalars(select(Document).where(beginning).order_by(Document.id)))
    if not found:
        raise click.ClickException(say(NO_DOCUMENT, name=name))
    if len(found) > 1:
        raise click.ClickException(say(SEVERAL, ids=", ".join(f"{row.id} ({row.title})" for row in found)))
    return found[0]
