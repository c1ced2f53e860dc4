"""What is there of the example town, and how one person does one thing in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

from amendments.cli.example_town.reading import hunks_of
from amendments.consultations.models import Consultation
from amendments.consultations.queries import consultations_of
from amendments.documents.queries import current_version
from amendments.people.queries import actor_for
from amendments.proposals import services
from amendments.proposals.queries import wording_base
from amendments.web import clock
from amendments.web.actor import Actor
from amendments.web.transaction import write

HERE = Path(__file__).parent
NOT_YET: Final = UUID(int=0)

T = TypeVar("T")
Row = Mapping[str, Any]


@dataclass
class Town:
    """Address -> account, key -> committee, key -> proposal; the document and the text the proposals speak of."""

    accounts: dict[str, UUID] = field(default_factory=dict)
    committees: dict[str, UUID] = field(default_factory=dict)
    filed: dict[str, UUID] = field(default_factory=dict)
    document: UUID = NOT_YET
    concept: UUID = NOT_YET

    def do(self, at: datetime, email: str, act: Callable[..., T], *what: object) -> T:
        """One act of one person in one unit of work: `act(actor, *what)`."""
        with clock.stopped(at):
            return write(lambda: act(actor_for(self.accounts[email]), *what))

    def step(self, day: date) -> Consultation:
        """The only one of that day."""
        (found,) = (one for one in consultations_of([self.document])[self.document] if one.day == day)
        return found


def propose(actor: Actor, town: Town, entry: Row) -> UUID:
    """File an entry of `proposals.toml`, or one like it."""
    version = current_version(town.concept)
    parent = town.filed.get(entry.get("parent", ""))
    base = wording_base(version.id, parent)
    return services.file_proposal(
        actor,
        version_id=version.id,
        edits=[hunks_of(base, edit) for edit in entry["edit"]],
        title=entry["title"],
        reason=entry["reason"],
        committee_id=town.committees[entry["committee"]],
        budget=entry["budget"],
        editorial=entry["editorial"],
        parent_id=parent,
    ).id
