"""Setting up: folder, secret key, tables, the first administrator."""

import os
import secrets
import sys
from pathlib import Path

import click

from amendments import config
from amendments.app import create_app
from amendments.cli import schema
from amendments.extensions import db
from amendments.people.services import create_first_administrator
from amendments.web.transaction import write


def make_secret(data_dir: Path) -> bytes:
    """The secret key in the data folder; made once, readable by its owner alone."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = data_dir / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return path.read_bytes().strip()


@click.command()
@click.option("--email", prompt="E-mail of the first administrator")
@click.option("--name", prompt="Name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def init(email: str, name: str, *, password_stdin: bool) -> None:
    """Create the database and its first administrator."""
    if not os.environ.get("SECRET_KEY") and not os.environ.get("SECRET_KEY_FILE"):
        make_secret(Path(os.environ.get("DATA_DIR") or config.ROOT / "instance").absolute())
    password = read_password(from_stdin=password_stdin)
    app = create_app()
    with app.app_context():
        schema.upgrade(db.engine)
        write(lambda: create_first_administrator(email=email, name=name, password=password))
        click.echo(f"{email} can sign in; start the service with `amendments serve`.")


def read_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


@click.command()
def upgrade() -> None:
    """Bring the tables to the state this version needs; run it after every update, with a backup at hand."""
    app = create_app()
    with app.app_context():
        schema.upgrade(db.engine)
        click.echo(f"the database stands at {schema.current(db.engine)}")


@click.group("db", commands=[upgrade])
def database() -> None:
    """The tables of the database."""
