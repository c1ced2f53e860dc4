"""For whoever was slower: what stands now and what they sent, side by side on the page that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask_babel import format_datetime
from flask_babel import gettext as _

from amendments.decisions.rules import OUTCOME_LABELS, Outcome
from amendments.errors import Conflict
from amendments.people.queries import names

State = tuple[str, tuple[str, ...]]
"""A heading and the lines below it."""


@contextmanager
def both_states(reason: str) -> Iterator[None]:
    """Conflicts about one edit that leave the block carry `details["states"]`; `reason` is what was typed."""
    try:
        yield
    except Conflict as error:
        if not isinstance(error.details.get("sent"), Mapping):
            raise
        raise Conflict(error.message, details={**error.details, "states": _states(error.details, reason)}) from error


def _states(details: Mapping[str, Any], reason: str) -> tuple[State, ...]:
    return ((_("Jetzt gilt"), _standing(details.get("standing"))), (_("Sie wollten"), _sent(details["sent"], reason)))


def _standing(standing: Mapping[str, Any] | None) -> tuple[str, ...]:
    if standing is None:
        return (_("noch nichts"),)
    who = names([standing["decided_by"]]).get(standing["decided_by"], "")
    made = ", ".join(part for part in (who, format_datetime(standing["decided_at"])) if part)
    return tuple(line for line in (_outcome(standing["outcome"]), made, standing["reason"]) if line)


def _sent(sent: Mapping[str, Any], reason: str) -> tuple[str, ...]:
    return tuple(line for line in (_outcome(sent["outcome"]), reason.strip()) if line)


def _outcome(outcome: str) -> str:
    return _(OUTCOME_LABELS[Outcome(outcome)])
