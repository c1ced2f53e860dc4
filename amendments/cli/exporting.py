"""A text of the database as a file: what the page "Herunterladen" offers, for scripts of the town hall."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click
from flask_babel import force_locale
from sqlalchemy import select

from amendments.app import create_app
from amendments.cli.checking import require_tables
from amendments.cli.files import check_out, write_all
from amendments.cli.paper_files import open_template, template_option
from amendments.cli.printing import print_notes
from amendments.cli.speaking import Spoken, language_option, say, speech
from amendments.documents.models import Document
from amendments.documents.queries import document_for, versions_of
from amendments.errors import NotFound
from amendments.exchange import making
from amendments.exchange.redlines import Paper, changed
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.proposals.queries import proposals_on
from amendments.web.actor import Actor
from amendments.workplaces.downloads.exports import EXPORTS, Wanted
from amendments.workplaces.downloads.papers import Asked, View
from amendments.workplaces.downloads.sheets import Sheet
from amendments.workplaces.reader import Place, place_for
from amendments.workplaces.wordings import published_value

NO_DOCUMENT = N_("Keine Vorlage heißt so oder hat diese Nummer oder Kennung: %(name)s")
SEVERAL = N_("Mehrere Vorlagen heißen so. Bitte nennen Sie eine Kennung: %(ids)s")
NO_TEXT = N_("Die Vorlage hat keinen Text %(number)d. Sie hat: %(texts)s")
NOTHING = N_(
    "Das gibt es nicht. Fassungen heißen 1, 2 …, Konsensfassungen k1, k2, kf; --number ist die eines Vorschlags zur"
    " Fassung, die --version nennt, sonst zur neuesten."
)
NO_PROPOSALS = N_("Zu Fassung %(number)s gibt es keine Vorschläge.")
OTHERS_HAVE = N_("Zu Fassung %(number)s gibt es keine Vorschläge, aber zu Fassung %(others)s (--version).")
NO_CHANGE = N_("In der Datei steht keine Änderung: Beide Fassungen sind gleich.")
HELP = N_("""Schreibt in eine Datei, was es zur Vorlage DOCUMENT gibt.

DOCUMENT ist ihre Kennung, ihre Vorlagennummer oder ihr Titel. Was in der Datei steht, sagt --view: eine Fassung
(text), der Weg von einer zur anderen (redline) oder von der neuesten zu dem, worauf man sich geeinigt hat (consensus),
alle Vorschläge im Text (proposals) oder einer (proposal), Fassungen nebeneinander (synopsis), alle Vorschläge
nacheinander (book) oder als Tabelle (table), die Sitzungsvorlage (paper), die Abstimmungsfolge der eröffneten Sitzung
(voting-order), die Termine (calendar). Wer den Befehl ausführt, sieht alles.
""")
SEES_ALL = Actor(None, is_admin=True)
"""Whoever may run commands on the server."""
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
@click.option(
    "--version",
    "version",
    type=int,
    help=N_("Zu welcher Fassung die Vorschläge und Konsensfassungen gehören; sonst zur neuesten."),
)
@click.option("--from", "older", default="", help=N_("Von welcher Fassung; sonst die erste, beim Konsens die neueste."))
@click.option("--to", "newer", default="", help=N_("Zu welcher Fassung; sonst die neueste, beim Konsens kf."))
@click.option("--number", type=int, help=N_("Welcher Vorschlag."))
@template_option
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
    version: int | None,
    older: str,
    newer: str,
    number: int | None,
    template: Path | None,
    out: Path,
    force: bool,
) -> None:
    found, suffix = EXPORTS[View(view)], out.suffix.lower()
    check_out(out, [template] if template else [], found.suffixes, force=force)
    letterhead = open_template(template, out)
    app = create_app()
    with app.test_request_context(), force_locale(speech().language):  # files name addresses of pages
        require_tables()
        try:
            place = _place(document, rank, version)
            asked = _asked(place, View(view), older, newer, number)
            sheet = found.sheet(Wanted(SEES_ALL, place, asked, suffix, letterhead))
        except NotFound as error:
            raise click.ClickException(say(NOTHING)) from error
        notes = _nothing_in_it(place, View(view), sheet)
    write_all({out: making.make_in_child(making.order(sheet.writer, *sheet.values))})
    print_notes(notes)


def _nothing_in_it(place: Place, view: View, sheet: Sheet) -> tuple[str, ...]:
    """A sentence where nothing of what was asked for is there."""
    if view is View.PROPOSALS and not proposals_on(place.version.id):
        others = [row.number for row in reversed(versions_of(place.text.id)) if proposals_on(row.id)]
        said = OTHERS_HAVE if others else NO_PROPOSALS
        return (say(said, number=place.version.number or 0, others=", ".join(map(str, others))),)
    paper = sheet.values[0]
    if view in (View.REDLINE, View.CONSENSUS) and isinstance(paper, Paper) and not any(map(changed, paper.nodes)):
        return (say(NO_CHANGE),)
    return ()


def _asked(place: Place, view: View, older: str, newer: str, number: int | None) -> Asked:
    older, newer = _name(older), _name(newer)
    if view is View.REDLINE:
        older, newer = older or "v1", newer or published_value(place.version)
    return Asked(view, older, newer, number)


def _name(version: str) -> str:
    """As `wordings.Wordings` calls it."""
    return f"v{version}" if version.isascii() and version.isdigit() else version


def _place(name: str, rank: int | None, version: int | None) -> Place:
    document = document_for(SEES_ALL, _document_id(name))
    if rank is None:
        return place_for(SEES_ALL, document.id, number=version)
    if not 1 <= rank <= len(document.texts):
        named = ", ".join(f"{number} {row.title}" for number, row in enumerate(document.texts, 1))
        raise click.ClickException(say(NO_TEXT, number=rank, texts=named))
    return place_for(SEES_ALL, document.id, document.texts[rank - 1].id, version)


def _document_id(name: str) -> UUID:
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
    return found[0].id
