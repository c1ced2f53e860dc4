"""What becomes of everything open when the next version appears, said before it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from amendments.consensus.carrying import Carriage
from amendments.proposals.queries import LiveEdit, ProposalOn

OUTCOMES = ("anchored", "already_adopted", "passage_changed", "passage_gone")


@dataclass(frozen=True, slots=True)
class Forecast:
    """An edit that goes on to the next version, and what becomes of it."""

    entry: ProposalOn
    edit: LiveEdit
    outcome: str
    called_again: bool
    """It had been agreed; its words come into neither text, and it is open again."""


@dataclass(frozen=True)
class Outlook:
    rows: tuple[Forecast, ...]
    counts: Mapping[str, int]
    """How many edits meet each outcome."""
    void: tuple[ProposalOn, ...]
    """Amendments to proposals that have fallen."""

    @property
    def called_again(self) -> int:
        return sum(row.called_again for row in self.rows)


def outlook(carriage: Carriage, on_version: tuple[ProposalOn, ...]) -> Outlook:
    by_edit: dict[UUID, ProposalOn] = {edit.edit_id: entry for entry in on_version for edit in entry.edits}
    again, fallen = set(carriage.called_again), set(carriage.void)
    rows = tuple(
        Forecast(by_edit[item.live.edit_id], item.live, item.carried.outcome.value, item.live.edit_id in again)
        for item in carriage.carried
    )
    return Outlook(
        rows=rows,
        counts={name: sum(row.outcome == name for row in rows) for name in OUTCOMES},
        void=tuple(entry for entry in on_version if entry.proposal.id in fallen),
    )
