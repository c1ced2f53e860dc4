"""A browser of Debian's, and the example town on a port of its own: a process for each file of tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            missing = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"the browser {CHROMIUM} is not installed")
            item.add_marker(missing)
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


def command(data, *more):
    environ = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DATABASE_URL"}}
    arguments = [sys.executable, "-m", "amendments.cli", "demo", "--data", str(data), *more]
    return {"args": arguments, "env": environ, "cwd": ROOT}


@pytest.fixture(scope="module")
def town(example_town, tmp_path_factory):
    """Address of a served town; what is done there is seen by the tests of one file only."""
    data = tmp_path_factory.mktemp("town") / "data"
    shutil.copytree(example_town, data)
    port = free_port()
    with (data.parent / "log").open("wb") as log:
        process = subprocess.Popen(**command(data, "--port", str(port)), stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(f"http://127.0.0.1:{port}/sign-in", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=5)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, process, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, "the example town did not start"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, town):
    """visit(address of an account or "", **of the context) -> Visitor; in the end every page must have been quiet."""
    from tests.browser.visitor import Visitor

    visitors = []

    def enter(email="", **options):
        visitor = Visitor(chromium, town, **options)
        visitors.append(visitor)
        return visitor.sign_in(email) if email else visitor

    yield enter
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.context.close()
    assert faults == []
