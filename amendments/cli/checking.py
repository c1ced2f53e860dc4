"""Checking that neither the record nor a version has been tampered with."""

import click

from amendments.app import create_app
from amendments.audit import queries
from amendments.cli import schema
from amendments.documents.queries import damaged_versions
from amendments.extensions import db


@click.command()
def verify() -> None:
    """Walk the chain of events and the hashes of all versions; exit 1 if something was changed, deleted or put in."""
    app = create_app()
    with app.app_context():
        require_tables()
        verdict = queries.verify()
        damaged = [f"{version.number or 'step'} of text {version.text_id}" for version in damaged_versions()]
    for version in damaged:
        click.echo(f"the words of version {version} are not those it was published with", err=True)
    if not verdict.intact:
        click.echo(f"the record is broken at event {verdict.broken_at} ({verdict.reason})", err=True)
    if damaged or not verdict.intact:
        raise SystemExit(1)
    click.echo(
        f"{verdict.events} events, chain intact, last hash {verdict.hash}; the words of all versions are as published"
    )


def require_tables() -> None:
    """Refuse a database that does not stand where this version expects it."""
    found, needed = schema.current(db.engine), schema.newest()
    if found != needed:
        raise click.ClickException(
            f"the database stands at {found or 'nothing'}, this version needs {needed}; run `amendments db upgrade`"
        )
