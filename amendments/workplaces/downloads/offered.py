"""What the page of downloads offers."""

from __future__ import annotations

from dataclasses import dataclass

from amendments.exchange.redlines import SUFFIXES
from amendments.exchange.words import N_
from amendments.proposals.queries import proposals_on
from amendments.proposals.rules import label
from amendments.workplaces.reader import Place
from amendments.workplaces.wordings import Option, Wordings, published_value

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


@dataclass(frozen=True)
class DownloadsPage:
    """What can be had of a text. `wordings`: every one there is for this person, published ones first."""

    place: Place
    wordings: tuple[Option, ...]
    older: str
    newer: str
    """The last step between two published versions; of the first version what is adopted so far."""
    proposals: tuple[tuple[int, str], ...]
    """Number and what it is called."""
    formats: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, str], ...]
    sees_work: bool


def downloads_page(place: Place, *, sees_work: bool) -> DownloadsPage:
    wordings = Wordings(place, place.version, sees_work)
    formats = tuple((name, words) for name, words in FORMATS.items() if f".{name}" in SUFFIXES)
    published = [published_value(version) for version in wordings.versions]
    older, newer = (published[1], published[0]) if len(published) > 1 else (published[0], "kf")
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
    )
