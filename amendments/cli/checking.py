"""Checking that nobody has tampered with the record, with a version, a proposal's changes or a decision."""

from collections.abc import Sequence
from pathlib import Path

import click

from amendments.app import create_app
from amendments.audit import queries
from amendments.cli import schema
from amendments.cli.speaking import say
from amendments.consensus.checking import differences
from amendments.documents.queries import damaged_versions
from amendments.exchange.words import N_
from amendments.extensions import db

NO_DATABASE = N_(
    "%(path)s gibt es nicht. DATA_DIR oder DATABASE_URL sagt, wo die Datenbank ist; `amendments init` legt eine an."
)
EMPTY_DATABASE = N_("Die Datenbank ist leer. Bitte führen Sie `amendments init` aus.")
OTHER_STATE = N_(
    "Die Datenbank hat den Stand %(found)s, gebraucht wird %(needed)s. Bitte führen Sie `amendments db upgrade` aus."
)


@click.command()
def verify() -> None:
    """Walk the chain of events, and compare with it the words of versions, the changes of proposals and the decisions;
    exit 1 if something was changed, deleted or put in.
    """
    app = create_app()
    with app.app_context():
        require_tables()
        verdict = queries.verify()
        damaged = [f"{version.number or 'step'} of text {version.text_id}" for version in damaged_versions()]
        found = differences()
    said = [
        _line("versions whose words do not give the hash they were published with", damaged),
        _line("versions that are not those recorded", found.versions),
        _line("changes that are not those their hash was made of", found.edits),
        _line("proposals that are not those recorded", found.proposals),
        _line("changes whose decisions are not those recorded", found.decisions),
    ]
    if not verdict.intact:
        said.append(f"the record is broken at event {verdict.broken_at} ({verdict.reason})")
    for line in filter(None, said):
        click.echo(line, err=True)
    if any(said):
        raise SystemExit(1)
    click.echo(
        f"{verdict.events} events, chain intact, last hash {verdict.hash}; "
        "the words of all versions, the changes of all proposals and all decisions are as recorded"
    )


MOST_NAMED = 5


def _line(what: str, names: Sequence[str]) -> str:
    """One line for one kind of damage; empty where there is none."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{what}: {'; '.join(names[:MOST_NAMED])}{more}" if names else ""


def require_tables() -> None:
    """Refuse a database that does not stand where this version expects it; one that is not there is not made."""
    place = db.engine.url
    if place.get_backend_name() == "sqlite" and place.database and not Path(place.database).exists():
        raise click.ClickException(say(NO_DATABASE, path=place.database))
    found, needed = schema.current(db.engine), schema.newest()
    if found is None:
        raise click.ClickException(say(EMPTY_DATABASE))
    if found != needed:
        raise click.ClickException(say(OTHER_STATE, found=found, needed=needed))
