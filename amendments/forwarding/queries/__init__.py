"""Reading what was forwarded, what a committee had before it, the paper, and the measures."""

from amendments.forwarding.queries.budget import BudgetLine, budget_lines
from amendments.forwarding.queries.measures import (
    MeasureEntry,
    MeasurePlace,
    MeasureReportEntry,
    decided_versions,
    entry_of,
    measure_for,
    measures_of,
    reports_of,
    taken_up,
)
from amendments.forwarding.queries.paper import paper_of
from amendments.forwarding.queries.steps import (
    ForwardingEntry,
    LastReading,
    TextReading,
    entries_of,
    forwardings_of,
    handed_to,
    last_reading_for,
    later_steps,
    moment_of,
    standing_from,
    used,
    waiting_reading,
)

__all__ = [
    "BudgetLine",
    "ForwardingEntry",
    "LastReading",
    "MeasureEntry",
    "MeasurePlace",
    "MeasureReportEntry",
    "TextReading",
    "budget_lines",
    "decided_versions",
    "entries_of",
    "entry_of",
    "forwardings_of",
    "handed_to",
    "last_reading_for",
    "later_steps",
    "measure_for",
    "measures_of",
    "moment_of",
    "paper_of",
    "reports_of",
    "standing_from",
    "taken_up",
    "used",
    "waiting_reading",
]
