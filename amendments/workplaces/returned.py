"""What was handed back: proposals whose passage has changed or gone, with three wordings side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from amendments.documents.queries import load_text, versions_of
from amendments.proposals import queries as proposals
from amendments.proposals.queries import HandedBack, handed_back
from amendments.proposals.rules import PROPOSAL_RESUME, Fate
from amendments.text.applying import apply_edits
from amendments.text.hunks import Edit
from amendments.text.model import CELL, Text
from amendments.text.redline import Redline
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.reading import Stretch
from amendments.workplaces.again import Again, again
from amendments.workplaces.passages import lengths_of, short, touched
from amendments.workplaces.reader import Place


@dataclass(frozen=True)
class ReturnedRow:
    """One edit that could not be carried over."""

    item: HandedBack
    old: tuple[str, ...]
    """The passage as it read when the proposal was filed, paragraph by paragraph."""
    new: tuple[str, ...]
    """The passage in the newest version; empty if it is gone."""
    proposed: tuple[Stretch, ...]
    """The proposal against the old text."""
    again: Again | None
    """How to file it anew; None where its wording has arrived, or it was filed anew already."""
    mine: bool
    """Whether it is for this person to file it anew."""


@dataclass(frozen=True)
class ReturnedPage:
    """What the page of proposals handed back shows."""

    place: Place
    rows: tuple[ReturnedRow, ...]
    """What still waits first, and of that one's own."""
    numbers: dict[UUID, int | None]
    """Number of each version by id."""


def returned_page(actor: Actor, place: Place) -> ReturnedPage:
    versions = versions_of(place.text.id)
    new = load_text(place.current)
    items = handed_back(place.current.id, place.hidden)
    rows = [_row(actor, item, old, new) for item, old in zip(items, _spoken_of(items), strict=True)]
    ordered = sorted(rows, key=lambda row: (row.again is None, not row.mine))
    return ReturnedPage(place, tuple(ordered), {version.id: version.number for version in versions})


def _spoken_of(items: Sequence[HandedBack]) -> list[Text]:
    """The wording each speaks of: the version before, or for an amendment that with the proposal it amends."""
    parents: dict[UUID, set[UUID]] = {}
    for item in items:
        if item.proposal.parent_id is not None:
            parents.setdefault(item.from_version_id, set()).add(item.proposal.parent_id)
    grown = {version_id: proposals.wordings_then(version_id, ids) for version_id, ids in parents.items()}
    return [
        grown[item.from_version_id][item.proposal.parent_id]
        if item.proposal.parent_id is not None
        else load_text(item.from_version_id)
        for item in items
    ]


def _row(actor: Actor, item: HandedBack, old: Text, new: Text) -> ReturnedRow:
    lengths = lengths_of(old)
    names = list(dict.fromkeys(spot.paragraph for hunk in item.hunks for spot in touched(hunk, lengths)))
    before = {paragraph.identity: _shown(paragraph.text) for paragraph in old}
    now = {paragraph.identity: _shown(paragraph.text) for paragraph in new}
    redline = apply_edits(Redline.of(old), [Edit("own", item.hunks)])
    return ReturnedRow(
        item=item,
        old=tuple(before[name] for name in names if name in before),
        new=tuple(now[name] for name in names if name in now),
        proposed=short(redline),
        again=again(item.hunks, old, new) if item.fate is Fate.HANDED_BACK else None,
        mine=bool(may(actor, PROPOSAL_RESUME, item)),
    )


def _shown(text: str) -> str:
    return text.replace(CELL, " | ")
