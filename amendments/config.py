"""Settings, typed, from the environment. A missing or unsafe one stops the start with a sentence that names it.

Every default is safe in production. docs/settings.md lists them for administrators.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

MIN_SECRET = 32
"""Bytes a secret key has at least."""

ROOT = Path(__file__).resolve().parent.parent

SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"", "0", "false", "no", "off"})


class SettingError(Exception):
    """A setting is missing or unsafe; the message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """What an installation can set. Sizes are bytes."""

    data_dir: Path
    """DATA_DIR: the folder of the database, its lock and the secret key."""
    database_url: str
    """DATABASE_URL: `sqlite:///…` or `postgresql://…`; without it `amendments.db` in DATA_DIR."""
    secret_key: bytes
    """SECRET_KEY, or the content of SECRET_KEY_FILE, or of `secret_key` in DATA_DIR."""
    secret_key_fallbacks: tuple[str, ...] = ()
    """SECRET_KEY_FALLBACKS: older keys, by commas, that still open forms while keys are changed."""
    plain_http: bool = False
    """PLAIN_HTTP: cookies without `Secure`, for the demo and a room without network; pages carry a banner."""
    trusted_hosts: tuple[str, ...] | None = None
    """TRUSTED_HOSTS: names this service answers to, by commas; every other Host header gets 400."""
    proxies: int = 0
    """PROXIES: number of reverse proxies in front whose X-Forwarded headers are believed."""
    max_upload: int = 20 * 1024 * 1024
    """MAX_UPLOAD: the largest body of a request that uploads files."""
    max_body: int = 2 * 1024 * 1024
    """MAX_BODY: the largest body of every other request."""
    limit_previews: int = 3000
    """LIMIT_PREVIEWS: previews of a proposal for one person in a quarter of an hour, by each process; 0 = no limit."""
    limit_filings: int = 600
    """LIMIT_FILINGS: proposals, drafts and editorial changes of one person in a quarter of an hour; 0 = no limit."""
    limit_remarks: int = 600
    """LIMIT_REMARKS: positions and comments of one person in a quarter of an hour; 0 = no limit."""
    limit_uploads: int = 120
    """LIMIT_UPLOADS: texts brought in by one person in a quarter of an hour, previews included; 0 = no limit."""
    limit_checks: int = 20
    """LIMIT_CHECKS: checks of the whole record by one person in a quarter of an hour; 0 = no limit."""
    limit_downloads: int = 60
    """LIMIT_DOWNLOADS: files made for one person in a quarter of an hour; what is kept does not count; 0 = no limit."""
    imports_at_once: int = 2
    """IMPORTS_AT_ONCE: files read at one time on this machine, each in a process of up to 512 MB."""
    imports_waiting: int = 4
    """IMPORTS_WAITING: files that wait for their turn; the next is told to come again."""
    letterhead_docx: Path | None = None
    """LETTERHEAD_DOCX: a Word document of the town; what goes out as .docx takes its styles, header and footer."""
    letterhead_odt: Path | None = None
    """LETTERHEAD_ODT: the same for .odt."""
    base_url: str = ""
    """BASE_URL: where people reach this service, as https://vorlagen.example; links in mails begin with it."""
    smtp_host: str = ""
    """SMTP_HOST: the mail server; without it links are shown to be copied instead of sent."""
    smtp_port: int = 0
    """SMTP_PORT: its port; 587 with STARTTLS, 465 with TLS, 25 without either unless it is given."""
    smtp_security: str = "starttls"
    """SMTP_SECURITY: `starttls`, `tls`, or `none` for a server on this machine."""
    smtp_user: str = ""
    """SMTP_USER: account at the mail server, if it asks for one."""
    smtp_password: str = field(default="", repr=False)
    """SMTP_PASSWORD: its password."""
    mail_from: str = ""
    """MAIL_FROM: who mails come from, as `Vorlagen <vorlagen@town.example>`."""
    clock_start: datetime | None = None
    """CLOCK_START: a moment with offset at which the clock starts when the process does, for demonstrations."""
    clock_set_at: float | None = None
    """CLOCK_SET_AT: second of the epoch at which the clock showed CLOCK_START; several processes then agree."""
    town_name: str = ""
    """TOWN_NAME: shown beside the name of the service."""
    demo_accounts: Path | None = None
    """DEMO_ACCOUNTS: a file of accounts with passwords that the sign-in page shows; for the example town only."""
    testing: bool = False

    def flask(self) -> dict[str, Any]:
        """The settings Flask and its extensions read from `app.config`."""
        return {
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": list(self.secret_key_fallbacks),
            "TESTING": self.testing,
            "TRUSTED_HOSTS": list(self.trusted_hosts) if self.trusted_hosts else None,
            "MAX_CONTENT_LENGTH": self.max_body,
            "MAX_FORM_MEMORY_SIZE": self.max_body,
            "MAX_FORM_PARTS": 5000,
            "PREFERRED_URL_SCHEME": "http" if self.plain_http else "https",
            "SESSION_COOKIE_NAME": "form" if self.plain_http else "__Host-form",
            "SESSION_COOKIE_SECURE": not self.plain_http,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": not self.plain_http,
            "BABEL_DEFAULT_LOCALE": "de",
            "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin",
            "JSON_SORT_KEYS": False,
        }


def load(overrides: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; `overrides` holds values by field name, already typed (tests, the demo)."""
    given = dict(overrides or {})
    source = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    values["data_dir"] = Path(given.get("data_dir") or source.get("DATA_DIR") or ROOT / "instance").absolute()
    default_url = f"sqlite:///{values['data_dir'] / 'amendments.db'}"
    values["database_url"] = source.get("DATABASE_URL") or default_url
    values["secret_key_fallbacks"] = _names(source.get("SECRET_KEY_FALLBACKS", ""))
    values["plain_http"] = _flag(source, "PLAIN_HTTP")
    values["trusted_hosts"] = _names(source.get("TRUSTED_HOSTS", "")) or None
    values["town_name"] = source.get("TOWN_NAME", "")
    values["proxies"] = _number(source, "PROXIES", 0)
    values["max_upload"] = _number(source, "MAX_UPLOAD", Settings.max_upload)
    values["max_body"] = _number(source, "MAX_BODY", Settings.max_body)
    for name in ("previews", "filings", "remarks", "uploads", "checks"):
        values[f"limit_{name}"] = _number(source, f"LIMIT_{name.upper()}", getattr(Settings, f"limit_{name}"))
    values["imports_at_once"] = _number(source, "IMPORTS_AT_ONCE", Settings.imports_at_once)
    values["imports_waiting"] = _number(source, "IMPORTS_WAITING", Settings.imports_waiting)
    for name in ("letterhead_docx", "letterhead_odt"):
        values[name] = Path(source[name.upper()]) if source.get(name.upper()) else None
    values["base_url"] = source.get("BASE_URL", "").strip().rstrip("/")
    values["smtp_security"] = source.get("SMTP_SECURITY", "").strip().lower() or Settings.smtp_security
    values["smtp_port"] = _number(source, "SMTP_PORT", 0) or SMTP_PORTS.get(values["smtp_security"], 0)
    for name in ("smtp_host", "smtp_user", "mail_from"):
        values[name] = source.get(name.upper(), "").strip()
    values["smtp_password"] = source.get("SMTP_PASSWORD", "")
    values["clock_start"] = _moment(source, "CLOCK_START")
    values["clock_set_at"] = _number(source, "CLOCK_SET_AT", 0) or None
    values["demo_accounts"] = Path(source["DEMO_ACCOUNTS"]) if source.get("DEMO_ACCOUNTS") else None
    if "secret_key" not in given:
        values["secret_key"] = _secret(source, values["data_dir"])
    settings = Settings(**(values | given))
    _refuse_unsafe(settings)
    _refuse_mute(settings)
    _refuse_missing(settings)
    return settings


def _refuse_unsafe(settings: Settings) -> None:
    if len(settings.secret_key) < MIN_SECRET:
        raise SettingError(f"SECRET_KEY is shorter than {MIN_SECRET} bytes; `amendments init` makes a good one")
    if settings.imports_at_once < 1:
        raise SettingError("IMPORTS_AT_ONCE is 0, so no file could ever be read; write 1 or more")
    try:
        backend = make_url(settings.database_url).get_backend_name()
    except ArgumentError:
        raise SettingError("DATABASE_URL cannot be read; write sqlite:///FILE or postgresql://…") from None
    if backend not in {"sqlite", "postgresql"}:
        raise SettingError(f"DATABASE_URL names {backend}; write sqlite:///FILE or postgresql://…")


def _refuse_mute(settings: Settings) -> None:
    """Mails need a sender people know and links that lead somewhere."""
    parts = urlsplit(settings.base_url)
    whole = parts.scheme in {"http", "https"} and parts.hostname
    if settings.base_url and (not whole or parts.path or parts.query or parts.fragment or parts.username):
        raise SettingError(f"BASE_URL is {settings.base_url!r}; write an address such as https://vorlagen.example")
    if settings.smtp_security not in SMTP_PORTS:
        raise SettingError(f"SMTP_SECURITY is {settings.smtp_security!r}; write starttls, tls or none")
    if not settings.smtp_host:
        return
    if not settings.base_url:
        raise SettingError("SMTP_HOST is set, but BASE_URL is not; links in mails would lead nowhere")
    if "@" not in parseaddr(settings.mail_from)[1]:
        raise SettingError("SMTP_HOST is set, but MAIL_FROM is no address; write Name <name@town.example>")


def _refuse_missing(settings: Settings) -> None:
    for name in ("letterhead_docx", "letterhead_odt"):
        path: Path | None = getattr(settings, name)
        if path is not None and not path.is_file():
            raise SettingError(f"{name.upper()} names {path}, which is no file; write the path of a document")


def _secret(source: Mapping[str, str], data_dir: Path) -> bytes:
    if source.get("SECRET_KEY"):
        return source["SECRET_KEY"].encode()
    path = Path(source.get("SECRET_KEY_FILE") or data_dir / "secret_key")
    try:
        return path.read_bytes().strip()
    except OSError:
        raise SettingError(f"no SECRET_KEY, and {path} cannot be read; `amendments init` makes one") from None


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _flag(source: Mapping[str, str], name: str) -> bool:
    text = source.get(name, "").strip().lower()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise SettingError(f"{name} is {text!r}; write 1 or 0")


def _number(source: Mapping[str, str], name: str, default: int) -> int:
    text = source.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise SettingError(f"{name} is {text!r}; write a whole number")
    return int(text)


def _moment(source: Mapping[str, str], name: str) -> datetime | None:
    text = source.get(name, "").strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingError(f"{name} is {text!r}; write a moment such as 2011-11-22T18:30+01:00") from None
    if moment.tzinfo is None:
        raise SettingError(f"{name} has no offset; write a moment such as 2011-11-22T18:30+01:00")
    return moment
