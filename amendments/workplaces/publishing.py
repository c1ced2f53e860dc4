"""Publishing: what the next version will read like, and where every open edit will stand on it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from amendments.committees.queries import committees_by_id
from amendments.consensus.queries import Preview, preview
from amendments.meetings.agenda import is_busy
from amendments.meetings.queries import running_of
from amendments.proposals import queries as proposals
from amendments.proposals.queries import LiveEdit, ProposalOn
from amendments.proposals.rules import label
from amendments.text import Outcome
from amendments.web.reading import Stretch
from amendments.workplaces.loose_ends import LooseEnds, loose_end_rows
from amendments.workplaces.outlook import Outlook, outlook
from amendments.workplaces.passages import short
from amendments.workplaces.reader import Place
from amendments.workplaces.sources import Sources, sources_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """An agreed edit that does not come into the text with this version, and why, in words."""

    entry: ProposalOn
    edit: LiveEdit
    why: str


@dataclass(frozen=True, slots=True)
class Sittings:
    """Those about the document that are running: a version that appears has them go on from it."""

    names: tuple[str, ...]
    """Of the committees in charge."""
    called: bool
    """An item is being dealt with, so that publishing has to be confirmed."""


@dataclass(frozen=True)
class PublishPage:
    """What the publish page shows."""

    place: Place
    plan: Preview
    stretches: tuple[Stretch, ...]
    """Everything that changes."""
    waiting: tuple[Waiting, ...]
    sources: Sources
    outlook: Outlook
    loose_ends: LooseEnds
    """What may have to change too."""
    sittings: Sittings

    @property
    def can_publish(self) -> bool:
        return bool(self.plan.applied) and not self.plan.collisions


def publish_page(place: Place) -> PublishPage:
    plan = preview(place.version.id)
    on_version = proposals.proposals_on(place.version.id)
    sources = sources_of(on_version)
    return PublishPage(
        place=place,
        plan=plan,
        stretches=short(plan.redline),
        waiting=_waiting(plan, on_version),
        sources=sources,
        outlook=outlook(plan.carriage, on_version),
        loose_ends=loose_end_rows(place, plan.redline, plan.redline.reject(), sources),
        sittings=running_sittings(place),
    )


def running_sittings(place: Place) -> Sittings:
    running = running_of(place.document.id)
    by_id = committees_by_id(sitting.committee_id for sitting in running)
    return Sittings(tuple(by_id[sitting.committee_id].name for sitting in running), is_busy(place.document.id))


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
