"""The register of measures as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from amendments.exchange.csv_writer import csv_bytes
from amendments.exchange.words import N_
from amendments.forwarding.queries import MeasureEntry
from amendments.forwarding.rules import RATING_LABELS, STATE_LABELS, MeasureState, Rating

COLUMNS = (
    N_("Nr."),
    N_("Maßnahme"),
    N_("Gremium"),
    N_("Stand"),
    N_("haushaltswirksam"),
    N_("Bewertung"),
    N_("Worte zur Bewertung"),
    N_("Vorgeschlagen an"),
    N_("Nächster Bericht"),
    N_("Fassung"),
    N_("Beschluss"),
)
YES, NO = N_("ja"), N_("nein")
STANDS, TAKEN_BACK = N_("gilt"), N_("zurückgenommen")


def register_csv(entries: Iterable[MeasureEntry], say: Callable[[str], str]) -> bytes:
    """`say` puts the words of the house into the language of the page."""
    return csv_bytes([[say(column) for column in COLUMNS], *(_row(entry, say) for entry in entries)])


def _row(entry: MeasureEntry, say: Callable[[str], str]) -> list[str]:
    measure = entry.measure
    return [
        str(measure.number),
        entry.words,
        entry.committee.name,
        say(STATE_LABELS[MeasureState(measure.state)]),
        say(YES if measure.budget else NO),
        say(RATING_LABELS[Rating(measure.rating)]) if measure.rating else "",
        measure.rating_words,
        entry.proposed_to.name if entry.proposed_to else "",
        measure.next_report.isoformat() if measure.next_report else "",
        str(entry.version.number or ""),
        say(STANDS if entry.stands else TAKEN_BACK),
    ]
