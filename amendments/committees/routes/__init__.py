"""Pages of committees and of who sits on them; administrators set both up."""

from amendments.committees.routes import boards, joining, seats
from amendments.committees.routes.blueprint import blueprint

__all__ = ["blueprint", "boards", "joining", "seats"]
