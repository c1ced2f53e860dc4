"""The printed paper, forwarding, the register of measures. A module for each; all on one blueprint."""

from amendments.forwarding.routes import forwarding, measures, paper
from amendments.forwarding.routes.blueprint import blueprint

__all__ = ["blueprint", "forwarding", "measures", "paper"]
