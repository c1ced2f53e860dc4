"""The example town: a fresh database, a clock that stands at the evening of a sitting, a server without encryption."""

import json
import os
import shutil
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import time as seconds

import click
from flask import Flask
from sqlalchemy import func, select

from amendments import config
from amendments.app import create_app
from amendments.audit.models import Event
from amendments.cli import schema, serving
from amendments.cli.example_town import FIRST_DAY, LAST_DAY
from amendments.cli.example_town.build import build
from amendments.cli.setup import make_secret
from amendments.extensions import db
from amendments.people.models import Account
from amendments.web.clock import TOWN

EVENING = datetime(2011, 11, 22, 18, 30, tzinfo=TOWN)
"""The joint session begins."""
BEDTIME = time(21, 0)
"""When the clock stands after a day that has been told."""

TOLD = "until"
"""The file beside the database that says up to which day the town was built."""

TOWN_NAME = "Beispielstadt"


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), default=config.ROOT / "var" / "demo")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="Only make the database.")
@click.option(
    "--until",
    metavar="DAY",
    help=f"Also what happened up to the evening of that day, {FIRST_DAY} to {LAST_DAY}.",
)
@click.option("--fresh", is_flag=True, help="Throw away what was done in the example town before.")
def demo(data: Path, host: str, port: int, *, no_serve: bool, until: str | None, fresh: bool) -> None:
    """Build the example town and serve it."""
    day = _day(until)
    data = data.absolute()
    if fresh:
        forget(data)
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    os.environ.update(environment(data))
    app = create_app()
    with app.app_context():
        schema.upgrade(db.engine)
        empty = db.session.scalar(select(func.count()).select_from(Account)) == 0
        db.session.remove()
    if empty:
        fill(app, data, day)
    elif day not in (None, built_to(data)):
        told = built_to(data) or "the beginning of the joint session"
        raise click.ClickException(
            f"the example town in {data} is built up to {told}; say --fresh too to build it anew"
        )
    set_clock(app, built_to(data))
    if no_serve:
        click.echo(f"the example town lies in {data}")
        return
    click.echo(f"{TOWN_NAME}: http://localhost:{port}  (the sign-in page lists the accounts; end with Ctrl+C)")
    serving.run(host, port, processes=2, threads=16)


def _day(until: str | None) -> date | None:
    """What was asked for; there has to be something to tell of it."""
    if until is None:
        return None
    try:
        day = date.fromisoformat(until)
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise click.UsageError(f"--until takes a day from {FIRST_DAY} to {LAST_DAY}, not {until}")
    return day


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
        "CLOCK_SET_AT": str(int(seconds())),
    }


def set_clock(app: Flask, day: date | None) -> None:
    """To the evening of what was told; one visited before goes on after its last event, as time never runs back."""
    evening = EVENING if day is None else datetime.combine(day, BEDTIME, tzinfo=TOWN)
    with app.app_context():
        last = db.session.scalar(select(func.max(Event.at)))
        db.session.remove()
    start = evening if last is None else max(evening, last + timedelta(seconds=1))
    os.environ["CLOCK_START"] = start.astimezone(UTC).isoformat()


def built_to(data: Path) -> date | None:
    """The day up to which the town there was told; None: to the beginning of the joint session."""
    kept = data / TOLD
    return date.fromisoformat(kept.read_text(encoding="utf-8")) if kept.exists() else None


def fill(app: Flask, data: Path, day: date | None) -> None:
    try:
        accounts = build(app, day)
    except BaseException:
        with app.app_context():
            db.engine.dispose()
        forget(data)  # half a town is worse than none
        raise
    if day is not None:
        (data / TOLD).write_text(day.isoformat(), encoding="utf-8")
    (data / "accounts.json").write_text(json.dumps(accounts, ensure_ascii=False, indent=2), encoding="utf-8")


def forget(data: Path) -> None:
    """Remove a folder that an earlier demo made, and nothing else."""
    if data.exists() and not (data / "secret_key").exists() and any(data.iterdir()):
        raise click.ClickException(f"{data} was not made by the demo; choose another folder")
    shutil.rmtree(data, ignore_errors=True)
