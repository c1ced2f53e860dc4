"""The one file that wraps argon2: hashing that is slow for guessers and bounded for us."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from amendments.people.rules import MAX_LENGTH, normalise_password

HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
"""OWASP's minimum of 2026: 19 MiB, two passes, one lane; about 20 ms here."""

_places = threading.BoundedSemaphore(2)
"""A storm of sign-ins may not take every processor from those who read."""


def hash_password(password: str) -> str:
    with _places:
        return HASHER.hash(normalise_password(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. Without a hash a dummy is checked: an unknown address takes as long as a known one."""
    if len(password) > MAX_LENGTH:
        return False
    with _places:
        try:
            HASHER.verify(password_hash or dummy(), normalise_password(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def outdated(password_hash: str) -> bool:
    return HASHER.check_needs_rehash(password_hash)


@cache
def dummy() -> str:
    return HASHER.hash("no account has this password")
