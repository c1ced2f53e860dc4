"""The example town: a fresh database, a clock that stands at the evening of a sitting, a server without encryption."""

import json
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import func, select

from amendments import config
from amendments.app import create_app
from amendments.audit.models import Event
from amendments.cli import schema, serving
from amendments.cli.setup import make_secret
from amendments.extensions import db
from amendments.people.models import Account
from amendments.web.clock import TOWN

EVENING = datetime(2011, 11, 22, 18, 30, tzinfo=TOWN)
"""The joint session begins."""

TOWN_NAME = "Beispielstadt"
BUILD = "amendments.cli.example_town.build"
"""The module that fills an empty database: `build(app)` returns the accounts to show on the sign-in page, as a list of
dicts with email, name, description and password."""


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), default=config.ROOT / "var" / "demo")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="Only make the database.")
@click.option("--fresh", is_flag=True, help="Throw away what was done in the example town before.")
def demo(data: Path, host: str, port: int, *, no_serve: bool, fresh: bool) -> None:
    """Build the example town and serve it."""
    data = data.absolute()
    if fresh:
        forget(data)
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    os.environ.update(environment(data))
    app = create_app()
    with app.app_context():
        schema.upgrade(db.engine)
        empty = db.session.scalar(select(func.count()).select_from(Account)) == 0
        last = db.session.scalar(select(func.max(Event.at)))
        db.session.remove()
    if empty:
        fill(app, data)
    elif last is not None:
        set_clock(max(EVENING, last + timedelta(seconds=1)))
    if no_serve:
        click.echo(f"the example town lies in {data}")
        return
    click.echo(f"{TOWN_NAME}: http://localhost:{port}  (the sign-in page lists the accounts; end with Ctrl+C)")
    serving.run(host, port, processes=2, threads=16)


def environment(data: Path) -> dict[str, str]:
    """Settings of the example town, for this process and the server's."""
    make_secret(data)
    return {
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data / 'amendments.db'}",
        "SECRET_KEY_FILE": str(data / "secret_key"),
        "PLAIN_HTTP": "1",
        "TOWN_NAME": TOWN_NAME,
        "DEMO_ACCOUNTS": str(data / "accounts.json"),
        "CLOCK_START": EVENING.isoformat(),
        "CLOCK_SET_AT": str(int(time.time())),
    }


def set_clock(moment: datetime) -> None:
    """A town visited before goes on after its last event, so that time never runs backwards."""
    os.environ["CLOCK_START"] = moment.astimezone(UTC).isoformat()


def fill(app: Flask, data: Path) -> None:
    if find_spec("amendments.cli.example_town") is None:
        click.echo("there is no example town to build; the database stays empty", err=True)
        return
    build: Any = import_module(BUILD).build
    try:
        accounts = build(app)
    except BaseException:
        with app.app_context():
            db.engine.dispose()
        forget(data)  # half a town is worse than none
        raise
    if accounts:
        listed = json.dumps(list(accounts), ensure_ascii=False, indent=2)
        (data / "accounts.json").write_text(listed, encoding="utf-8")


def forget(data: Path) -> None:
    """Remove a folder that an earlier demo made, and nothing else."""
    if data.exists() and not (data / "secret_key").exists() and any(data.iterdir()):
        raise click.ClickException(f"{data} was not made by the demo; choose another folder")
    shutil.rmtree(data, ignore_errors=True)
