"""What the page of downloads offers."""

from __future__ import annotations

from dataclasses import dataclass

from amendments.consensus.rules import ConsensusKind
from amendments.exchange.redlines import SUFFIXES
from amendments.exchange.words import N_
from amendments.proposals.queries import proposals_on
from amendments.proposals.rules import label
from amendments.workplaces.reader import Place
from amendments.workplaces.wordings import LIVE, Option, Wordings, published_value

FORMATS = {
    "docx": N_("Word"),
    "odt": N_("LibreOffice"),
    "pdf": N_("PDF"),
    "html": N_("Webseite"),
    "md": N_("Markdown"),
    "txt": N_("Nur Text"),
    "json": N_("Daten (JSON)"),
}
"""Format to what its button says, those most people want first."""
USUAL = 4
"""So many formats stand open; the rest is folded."""

_SOONEST = (ConsensusKind.ADOPTED, ConsensusKind.UNDISPUTED, ConsensusKind.WIDEST)
"""What most want to see beside the first version."""


@dataclass(frozen=True)
class DownloadsPage:
    """What can be had of a text. `wordings`: every one there is for this person, published ones first."""

    place: Place
    wordings: tuple[Option, ...]
    older: str
    newer: str
    """The last step between two published versions; of the first version what is adopted so far, else what is asked."""
    step: dict[str, int] | None
    """The same step as an address has it, where both are published."""
    proposals: tuple[tuple[int, str], ...]
    """Number and what it is called."""
    formats: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, str], ...]
    sees_work: bool


def downloads_page(place: Place, *, sees_work: bool) -> DownloadsPage:
    wordings = Wordings(place, place.version, sees_work)
    formats = tuple((name, words) for name, words in FORMATS.items() if f".{name}" in SUFFIXES)
    published = [published_value(version) for version in wordings.versions]
    numbers = [version.number for version in wordings.versions if version.number]
    older, newer = (published[1], published[0]) if len(published) > 1 else (published[0], _first_with_changes(wordings))
    entries = proposals_on(place.version.id, place.hidden) if sees_work else ()
    return DownloadsPage(
        place=place,
        wordings=tuple(wordings.options()),
        older=older,
        newer=newer,
        proposals=tuple(
            (row.proposal.number, f"{label(row.proposal.number)} {row.proposal.title}".strip())
            for row in entries
            if row.proposal.number
        ),
        formats=formats[:USUAL],
        more=formats[USUAL:],
        sees_work=sees_work,
        step={"from": numbers[1], "version": numbers[0]} if len(numbers) > 1 else None,
    )


def _first_with_changes(wordings: Wordings) -> str:
    """While nothing is adopted that would be a redline without a change."""
    names = {kind: value for value, kind in LIVE.items()}
    kinds = _SOONEST if wordings.sees_work else ()
    found = (kind for kind in kinds if wordings.choices.named(kind).chosen)
    return names[next(found, ConsensusKind.ADOPTED)]
