"""Which addresses a link may have: http, https, mailto (RFC 9110 §4.2, RFC 6068). Everything else stays words."""

import re

_ALLOWED = re.compile(r"(?:https?://[^\s/\\]|mailto:[^\s])[^\s\\]*", re.IGNORECASE)


def link_target(address: str) -> str:
    """`address` when a page may link to it, else empty."""
    address = address.strip()
    return address if _ALLOWED.fullmatch(address) and address.isprintable() else ""
