"""Mail by SMTP: plain text, one connection for all that goes out together.

Nothing is queued or tried again: who sends is told at once what did not leave, and shows the person another way.
"""

import logging
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import make_msgid
from urllib.parse import urlsplit

from flask import Flask, current_app

from amendments.config import Settings
from amendments.web import clock

TIMEOUT = 10.0
"""Seconds for each answer of the mail server."""
PATIENCE = 30.0
"""Seconds after which the rest of many letters is given up: a person is waiting for the page."""
HEAD_START = 0.5
"""Seconds by which an answer goes before what is done beside it: working at once would still slow it measurably."""

log = logging.getLogger(__name__)


class _OnOneLine(UnstructuredHeader, BaseHeader):
    """An address of a page is taken as it stands: programs do not decode it (RFC 2369), so it is never folded."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _OnOneLine)
WIRE = SMTP.clone(header_factory=_HEADERS)


@dataclass(frozen=True)
class Letter:
    """To one person, in their language."""

    name: str
    address: str
    subject: str
    body: str
    unsubscribe: str = ""
    """Address of the page where the reader chooses not to get such mails."""


def address_of(path: str) -> str:
    """The full address of a page of ours, from the setting BASE_URL and never from what a request claims to be for.

    Without the setting it is the path alone.
    """
    return _settings().base_url + path


def possible() -> bool:
    """Whether a mail server is set."""
    return bool(_settings().smtp_host)


def send(letters: Sequence[Letter]) -> tuple[bool, ...]:
    """Send them, and say of each whether the server took it. Call it after the transaction, never inside."""
    settings, sent = _settings(), [False] * len(letters)
    if not letters or not settings.smtp_host:
        return tuple(sent)
    give_up = time.monotonic() + PATIENCE
    try:
        with _server(settings) as server:
            for number, letter in enumerate(letters):
                if time.monotonic() < give_up:
                    sent[number] = _handed_over(server, letter, settings)
    except OSError as error:  # smtplib's errors, those of TLS and of the network are all of this kind
        _refused(error)
    return tuple(sent)


def _handed_over(server: smtplib.SMTP, letter: Letter, settings: Settings) -> bool:
    try:
        server.send_message(message_of(letter, settings))
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, MessageError, ValueError, IndexError) as error:
        _refused(error)
        return False
    return True


def message_of(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as it goes over the wire. Raises ValueError or MessageError where a header would become two."""
    message = EmailMessage(policy=WIRE)
    message["Subject"] = letter.subject
    message["From"] = settings.mail_from
    message["To"] = Address(display_name=letter.name, addr_spec=letter.address)
    message["Date"] = clock.now()
    message["Message-ID"] = make_msgid(domain=_host(settings))
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    message.set_content(letter.body, cte="quoted-printable")
    return message


@contextmanager
def _server(settings: Settings) -> Iterator[smtplib.SMTP]:
    with _opened(settings) as server:
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        yield server


def _opened(settings: Settings) -> smtplib.SMTP:
    where, us = (settings.smtp_host, settings.smtp_port), _host(settings)
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(*where, local_hostname=us, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(*where, local_hostname=us, timeout=TIMEOUT)
    if settings.smtp_security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _host(settings: Settings) -> str:
    return urlsplit(settings.base_url).hostname or "localhost"


def _refused(error: Exception) -> None:
    """What a mail server answers may quote addresses: only the kind of the error is kept."""
    log.warning("mail was not sent", extra={"code": type(error).__name__})


def afterwards(work: Callable[[], object]) -> None:
    """Run `work` beside the request, in an application context of its own.

    For answers that must not show by the time they take whether there was anything to do.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the way Flask documents

    def run() -> None:
        with app.app_context():
            try:
                work()
            except Exception:
                log.exception("work beside a request failed")

    app.extensions["afterwards"](run)


def init_app(app: Flask) -> None:
    """One thread for each process: letters go one after the other, each once the answer has had time to leave."""
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="afterwards")

    def later(run: Callable[[], None]) -> None:
        due = time.monotonic() + HEAD_START

        def wait_and_run() -> None:
            time.sleep(max(0.0, due - time.monotonic()))
            run()

        thread.submit(wait_and_run)

    app.extensions["afterwards"] = later


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
