"""Hostile files: what each costs this process, how much memory its child takes, and whether the site answers meanwhile.

The second part serves the example town and hands it all of them, four at a time.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener, urlopen

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.run import read_in_child
from benchmarks.bad_files import BAD_FILES, Bad

MOST = 0.1
"""Seconds of processor time of this process for one file."""
PAUSE = 0.05
ONE = """
import json, sys
from benchmarks import bench_hostile
bench_hostile.one(sys.argv[1])
"""


def one(what: str) -> None:
    """In a process of its own, as the memory of children is only known of all of them together."""
    bad = BAD_FILES[what]
    data = bad.data()
    began, clock = time.process_time(), time.perf_counter()
    try:
        read_in_child(data, bad.name, markdown=bad.markdown)
        said = "READ"
    except (Unreadable, TooLarge) as error:
        said = str(error.message)
    spent, passed = time.process_time() - began, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps([said, spent, passed, memory]))


def table() -> None:
    most = [0.0, 0.0, 0.0]
    wrong = 0
    for what, bad in BAD_FILES.items():
        done = subprocess.run([sys.executable, "-c", ONE, what], capture_output=True, check=True)  # noqa: S603 - our own
        said, spent, passed, memory = json.loads(done.stdout)
        fine = bad.said in said and spent < MOST
        wrong += not fine
        most = [max(pair) for pair in zip(most, (spent, passed, memory), strict=True)]
        print(f"   {what:50} {1000 * spent:4.0f} ms {passed:5.2f} s {memory:4.0f} MB {'' if fine else 'WRONG ' + said}")
    print(
        f"   {len(BAD_FILES)} files, {wrong} wrong; at most {1000 * most[0]:.0f} ms of this process,"
        f" {most[1]:.1f} s and {most[2]:.0f} MB of a child"
    )


class Town:
    """The example town, served."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://localhost:{port}"
        command = [sys.executable, "-m", "amendments.cli", "demo", "--data", folder / "town", "--port", str(port)]
        environment = {**os.environ, "LIMIT_UPLOADS": "100000", "BASE_URL": self.address}
        self.served = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
        while not self.healthy():
            time.sleep(0.5)
        accounts = json.loads((folder / "town" / "accounts.json").read_text(encoding="utf-8"))
        self.browser = self.signed_in(accounts)

    def healthy(self) -> bool:
        try:
            with urlopen(f"{self.address}/health", timeout=5) as answer:  # noqa: S310 - our own
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def signed_in(self, accounts: list[dict[str, str]]) -> OpenerDirector:
        """Somebody who may make a document."""
        for account in accounts:
            browser = build_opener(HTTPCookieProcessor(CookieJar()))
            token = hidden(browser.open(f"{self.address}/sign-in").read().decode())
            form = {"csrf_token": token, "email": account["email"], "password": account["password"]}
            browser.open(Request(f"{self.address}/sign-in", urlencode(form).encode(), {"Referer": self.address}))  # noqa: S310
            try:
                self.token = hidden(browser.open(f"{self.address}/documents/new").read().decode())
            except HTTPError:
                continue
            return browser
        raise LookupError("nobody may make a document")

    def upload(self, bad: Bad) -> int:
        border = b"--border"
        fields = {"csrf_token": self.token, "action": "preview", **({"markdown": "y"} if bad.markdown else {})}
        parts = [
            b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (k.encode(), v.encode()) for k, v in fields.items()
        ]
        name = bad.name.encode()
        parts.append(b'Content-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s' % (name, bad.data()))
        body = b"".join(border + b"\r\n" + part + b"\r\n" for part in parts) + border + b"--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=border", "Referer": self.address}
        try:
            with self.browser.open(Request(f"{self.address}/documents/new", body, headers)) as answer:  # noqa: S310
                return int(answer.status)
        except HTTPError as error:
            return error.code
        except URLError:  # more than a request may have: the connection ends while it is sent
            return 413

    def end(self) -> None:
        self.served.terminate()
        self.served.wait()


def hidden(page: str) -> str:
    return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def site() -> None:
    with tempfile.TemporaryDirectory() as there:
        town = Town(Path(there))
        try:
            quiet = _answers(town, lambda: time.sleep(5))
            codes: list[int] = []

            def attack() -> None:
                with ThreadPoolExecutor(4) as pool:
                    codes.extend(pool.map(town.upload, [bad for bad in BAD_FILES.values() if not bad.size]))

            busy = _answers(town, attack)
        finally:
            town.end()
    print(f"   uploads answered { ({code: codes.count(code) for code in sorted(set(codes))}) }")
    for name, found in (("quiet", quiet), ("meanwhile", busy)):
        print(
            f"   /health {name}: median {1000 * statistics.median(found):.0f} ms, at most {1000 * max(found):.0f} ms"
            f" of {len(found)}"
        )


def _answers(town: Town, work: object) -> list[float]:
    """Seconds of each answer while the work goes on."""
    assert callable(work)
    working = threading.Thread(target=work)
    working.start()
    found = []
    while working.is_alive():
        began = time.perf_counter()
        assert town.healthy()
        found.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    return found


def run() -> None:
    table()
    site()
