"""A real mail server on loopback that keeps what it is given."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "vorlagen", "eine Nacht im Postamt"


class PostOffice:
    """`letters` as a mail program reads them, `envelopes` as the server was told; who is in `refuses` is unknown."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Any] = []
        self.refuses: set[str] = set()
        self.settings: dict[str, Any] = {}

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address in self.refuses:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"

    def to(self, address: str) -> EmailMessage:
        """The last letter to this address."""
        return next(letter for letter in reversed(self.letters) if letter["To"].addresses[0].addr_spec == address)


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    good = isinstance(given, LoginPassword) and given == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=good)


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def opened(*, certificate: Path | None = None, asks_for_password: bool = False) -> Iterator[PostOffice]:
    """A server; with a certificate it asks for STARTTLS."""
    office = PostOffice()
    options: dict[str, Any] = {"enable_SMTPUTF8": False}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        options |= {"tls_context": context, "require_starttls": True}
    if asks_for_password:
        options |= {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": certificate is not None}
    server = Controller(office, hostname="127.0.0.1", port=_free_port(), **options)
    server.start()
    office.settings = {
        "base_url": "https://vorlagen.example",
        "smtp_host": "127.0.0.1",
        "smtp_port": server.port,
        "smtp_security": "none",
        "mail_from": "Vorlagen der Stadt <vorlagen@town.example>",
    }
    try:
        yield office
    finally:
        server.stop()


def certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1 that only who is told trusts."""
    path = folder / "server.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    request += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path), "-out", str(folder / "cert.pem")]
    subprocess.run(request, check=True, capture_output=True)
    path.write_text(path.read_text() + (folder / "cert.pem").read_text())
    return path
