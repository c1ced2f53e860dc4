"""The production server: gunicorn with threads, behind a reverse proxy that holds TLS and slow clients."""

import os
import sys

import click

from amendments.app import create_app
from amendments.cli.checking import require_tables


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=16, show_default=True, type=click.IntRange(1, 256), help="Per process.")
def serve(host: str, port: int, processes: int, threads: int) -> None:
    """Serve the application; set PROXIES=1 when a reverse proxy stands in front."""
    app = create_app()
    with app.app_context():
        require_tables()
    run(host, port, processes, threads)


def run(host: str, port: int, processes: int, threads: int) -> None:
    """Become the server. Its processes make their own application, so nothing is shared across the fork."""
    sys.stdout.flush()
    command = [
        *(sys.executable, "-m", "gunicorn"),
        *("--bind", f"{'[' + host + ']' if ':' in host else host}:{port}"),
        *("--worker-class", "gthread", "--workers", str(processes), "--threads", str(threads)),
        *("--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "15"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000"),
        *("--log-level", "warning", "amendments.app:create_app()"),
    ]
    os.execv(sys.executable, command)  # noqa: S606 - no shell; every part is ours or a checked number
