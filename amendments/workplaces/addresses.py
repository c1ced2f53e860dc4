"""Addresses of our pages in files that leave the house."""

from __future__ import annotations

from typing import Any

from flask import url_for

from amendments.web.mail import address_of


def full_address(endpoint: str, **values: Any) -> str:
    """Nothing where the service does not know its own name."""
    found = address_of(url_for(endpoint, **values))
    return found if found.startswith("http") else ""
