"""Every error this project raises on purpose, in one tree.

    AmendmentsError                     status 500
    ├── Refused                         status 400  the request cannot be carried out as it stands
    │   ├── InvalidInput                status 400  what was typed or uploaded is wrong; names the field
    │   ├── SignInRequired              status 401  nobody is signed in
    │   ├── NotAllowed                  status 403  the permission map says no
    │   ├── NotFound                    status 404  it is not there, or this person may not know that it is
    │   ├── Gone                        status 410  a link that was good once, or never
    │   ├── Conflict                    status 409  somebody else was faster; carries both states
    │   ├── TooLarge                    status 413
    │   ├── Unreadable                  status 422  a file that is not what it claims to be
    │   └── TooManyTries                status 429
    └── Unavailable                     status 503  the database is busy or away; trying again helps

`message` is one sentence for people in plain words, already translated or a lazy string: what is wrong, where, what to
do.
"""

from collections.abc import Mapping
from typing import Any


class AmendmentsError(Exception):
    """Root of the tree. `code` is stable and for programs, `message` is for people."""

    status = 500
    code = "error"
    retry_after: int | None = None
    """Seconds after which trying again helps."""

    def __init__(
        self, message: object = "", *, details: Mapping[str, Any] | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.details: Mapping[str, Any] = details or {}
        self.retry_after = retry_after or self.retry_after
        self.back: tuple[str, str] | None = None
        """Address of the page to go on with and what its button says, where the place of the error knows one."""


class Refused(AmendmentsError):
    status = 400
    code = "refused"


class InvalidInput(Refused):
    """`field` names the form field that has to change, or None."""

    code = "invalid_input"

    def __init__(self, message: object, *, field: str | None = None, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message, details=details)
        self.field = field


class SignInRequired(Refused):
    status = 401
    code = "sign_in_required"


class NotAllowed(Refused):
    status = 403
    code = "not_allowed"


class NotFound(Refused):
    status = 404
    code = "not_found"


class Gone(Refused):
    """A link that can no longer be used; the same answer whether it ever could."""

    status = 410
    code = "gone"


class Conflict(Refused):
    """Somebody decided or changed the same thing meanwhile; `details` holds what stands now and what was sent."""

    status = 409
    code = "conflict"


class TooLarge(Refused):
    status = 413
    code = "too_large"


class Unreadable(Refused):
    status = 422
    code = "unreadable"


class TooManyTries(Refused):
    status = 429
    code = "too_many_tries"
    retry_after = 60


class Unavailable(AmendmentsError):
    status = 503
    code = "unavailable"
    retry_after = 5
