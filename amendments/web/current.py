"""Who stands behind the current request."""

from flask_login import current_user

from amendments.web.actor import GUEST, Actor


def current_actor() -> Actor:
    """The actor of this request, GUEST if nobody is signed in. Routes ask once and hand it to services."""
    actor: Actor = getattr(current_user, "actor", GUEST)
    return actor
