"""Who follows what is asked for about a document while it happens: the room that holds sittings, which lies above."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

Follower = Callable[[UUID], None]
_followers: list[Follower] = []


def register_follower(follower: Follower) -> None:
    """Called once at start-up. It is told the document, in the transaction of the verb."""
    if follower not in _followers:
        _followers.append(follower)


def changed(document_id: UUID) -> None:
    """Something was filed, withdrawn, or decided at the desk."""
    for follower in _followers:
        follower(document_id)
