"""Sending the mails that are due, for a timer of the operating system."""

import click

from amendments.app import create_app
from amendments.cli.checking import require_tables
from amendments.notifications.delivery import deliver
from amendments.web import mail


@click.command()
def notify() -> None:
    """Send the mails that are due: what happened to people's proposals, at most one an hour for each person.

    The server does so too, after something was written; a timer that runs this every ten minutes sends what waited for
    its hour.
    """
    app = create_app()
    with app.app_context():
        require_tables()
        if not mail.possible():
            raise click.ClickException("no mail server is set; see SMTP_HOST in docs/settings.md")
        click.echo(f"{deliver()} mails sent")
