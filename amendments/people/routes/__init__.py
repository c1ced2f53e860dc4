"""Pages of people: signing in and out, one's own account, links that open an account, administration."""

from amendments.people.routes import accounts, links, own
from amendments.people.routes.blueprint import blueprint

__all__ = ["accounts", "blueprint", "links", "own"]
