"""Where a form may send the browser afterwards: only to a path of this service."""

from urllib.parse import urlsplit

MAX_LENGTH = 2000


def safe_path(target: str | None, fallback: str = "/") -> str:
    """`target` if it is a path on this service, else `fallback`.

    Strict on purpose: the usual check by joining and comparing host names lets through what browsers read as another
    host (backslashes, control characters, `//`).
    """
    if not target or len(target) > MAX_LENGTH or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    if "\\" in target or any(ord(sign) < 0x21 or ord(sign) == 0x7F for sign in target):
        return fallback
    try:
        parts = urlsplit(target)
    except ValueError:
        return fallback
    return fallback if parts.scheme or parts.netloc else target
