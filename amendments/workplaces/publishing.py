"""Publishing: what the next version will read like, and where every open edit will stand on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from amendments.consensus.queries import Preview, preview
from amendments.proposals import queries as proposals
from amendments.proposals.queries import LiveEdit, ProposalOn
from amendments.proposals.rules import label
from amendments.text import Outcome
from amendments.web.reading import Stretch
from amendments.workplaces.passages import short
from amendments.workplaces.reader import Place
from amendments.workplaces.sources import Sources, sources_of

OUTCOMES = ("anchored", "already_adopted", "passage_changed", "passage_gone")


@dataclass(frozen=True, slots=True)
class Forecast:
    """An open edit and what becomes of it."""

    entry: ProposalOn
    edit: LiveEdit
    outcome: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An agreed edit that does not come into the text with this version, and why, in words."""

    entry: ProposalOn
    edit: LiveEdit
    why: str


@dataclass(frozen=True)
class PublishPage:
    """What the publish page shows."""

    place: Place
    plan: Preview
    stretches: tuple[Stretch, ...]
    """Everything that changes."""
    waiting: tuple[Waiting, ...]
    sources: Sources
    forecast: tuple[Forecast, ...]
    counts: Mapping[str, int]
    """How many open edits meet each outcome."""
    void: tuple[ProposalOn, ...]
    """Amendments to proposals that have fallen."""

    @property
    def can_publish(self) -> bool:
        return bool(self.plan.applied) and not self.plan.collisions


def publish_page(place: Place) -> PublishPage:
    plan = preview(place.version.id)
    on_version = proposals.proposals_on(place.version.id)
    by_edit: dict[UUID, ProposalOn] = {edit.edit_id: entry for entry in on_version for edit in entry.edits}
    forecast = tuple(
        Forecast(by_edit[item.live.edit_id], item.live, item.carried.outcome.value) for item in plan.carried
    )
    fallen = set(plan.carriage.void)
    return PublishPage(
        place=place,
        plan=plan,
        stretches=short(plan.redline),
        waiting=_waiting(plan, on_version),
        sources=sources_of(on_version),
        forecast=forecast,
        counts={name: sum(row.outcome == name for row in forecast) for name in OUTCOMES},
        void=tuple(entry for entry in on_version if entry.proposal.id in fallen),
    )


def _waiting(plan: Preview, on_version: tuple[ProposalOn, ...]) -> tuple[Waiting, ...]:
    by_proposal = {entry.proposal.id: entry for entry in on_version}
    there = {item.live.edit_id for item in plan.carried if item.carried.outcome is Outcome.ALREADY_ADOPTED}
    left = set(plan.composition.waiting) - there
    applied, fallen = set(plan.applied), set(plan.carriage.void)
    found = []
    for entry in on_version:
        for edit in entry.edits:
            if edit.edit_id not in left or edit.parent_id is None:
                continue
            parent = by_proposal[edit.parent_id]
            number = label(parent.proposal.number)
            if entry.proposal.id in fallen:
                why = _("Ändert %(number)s; dieser Vorschlag ist abgelehnt.", number=number)
            elif not all(own.edit_id in applied for own in parent.edits):
                why = _(
                    "Ändert %(number)s; dieser Vorschlag kommt mit dieser Fassung nicht oder nicht ganz in den Text.",
                    number=number,
                )
            else:
                why = _(
                    "Ändert %(number)s an einer Stelle, an der eine andere angenommene Änderung etwas anderes will.",
                    number=number,
                )
            found.append(Waiting(entry, edit, why))
    return tuple(found)
