"""Edited copies of one text that come back from several people: whose wishes are in them, what goes together, what
does not, and what has to be said about it.
"""

from amendments.exchange.returned.accounting import Account, Accounting, Fate, account
from amendments.exchange.returned.by_copy import collisions_by_copy
from amendments.exchange.returned.consolidating import Consolidated, Copy, Doubtful, consolidate, place, wishes_in
from amendments.exchange.returned.file import Alone, Returned, returned_from_json, returned_to_json
from amendments.exchange.returned.likeness import LEAST_ALIKE, likeness, unlike
from amendments.exchange.returned.names import labels
from amendments.exchange.returned.proposing import (
    Found,
    Proposed,
    Wanted,
    Wish,
    proposals_of,
    wanted_in,
    wanted_of_older,
)
from amendments.exchange.returned.report import SoftJson, Tally, authors_of, report, tallies
from amendments.exchange.returned.tables import same_tables

__all__ = [
    "LEAST_ALIKE", "Account", "Accounting", "Alone", "Consolidated", "Copy", "Doubtful", "Fate", "Found", "Proposed",
    "Returned", "SoftJson", "Tally",
    "Wanted", "Wish", "account", "authors_of", "collisions_by_copy", "consolidate", "labels", "likeness", "place",
    "proposals_of", "report", "returned_from_json", "returned_to_json", "same_tables", "tallies", "unlike",
    "wanted_in", "wanted_of_older", "wishes_in",
]  # fmt: skip
