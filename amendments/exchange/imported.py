"""What a file was found to hold: the one value every reader returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amendments.exchange.layout import Layout
from amendments.exchange.provenance import Letterhead, letterhead_in
from amendments.exchange.remarks import (
    Hand,
    Remark,
    Where,
    hand_from_json,
    hand_to_json,
    remark_from_json,
    remark_to_json,
)
from amendments.exchange.words import NN_, Sentence, counted
from amendments.text.model import Content, content_from_json, content_to_json

ACCEPTED = NN_(
    "%(num)d nachverfolgte Änderung als angenommen gelesen.", "%(num)d nachverfolgte Änderungen als angenommen gelesen."
)
REJECTED = NN_(
    "%(num)d nachverfolgte Änderung als abgelehnt gelesen.", "%(num)d nachverfolgte Änderungen als abgelehnt gelesen."
)
PROPOSED = NN_(
    "%(num)d nachverfolgte Änderung als Wunsch gelesen.", "%(num)d nachverfolgte Änderungen als Wünsche gelesen."
)
LOOKS = NN_(
    "%(num)d nachverfolgte Änderung betrifft nur die Formatierung.",
    "%(num)d nachverfolgte Änderungen betreffen nur die Formatierung.",
)
OUTSIDE = NN_(
    "%(num)d nachverfolgte Änderung in Kopfzeilen, Fußzeilen oder Textfeldern nicht übernommen (%(who)s): „%(words)s“",
    "%(num)d nachverfolgte Änderungen in Kopfzeilen, Fußzeilen oder Textfeldern nicht übernommen (%(who)s):"
    " „%(words)s“",
)
COLUMNS = NN_(
    "%(num)d eingefügte oder gelöschte Tabellenzelle nicht übernommen (%(who)s): „%(words)s“",
    "%(num)d eingefügte oder gelöschte Tabellenzellen nicht übernommen (%(who)s): „%(words)s“",
)
_ASIDE = {Where.OUTSIDE: OUTSIDE, Where.COLUMNS: COLUMNS}


@dataclass(frozen=True)
class Imported:
    """`contents` in reading order, without identities.

    `literal`: signs such as "## " are part of the text, and `layout` remembers how the file was written; else `layout`
    is None. `format`: the suffix of the format it was read as, without the dot (md, txt, html, docx). `notes`: what was
    not taken over or was read in a certain way, one sentence each, for the preview. `hands`: who tracked changes in
    it, in the order in which the text names them; "" for somebody without a name. `remarks`: its comments, in the order
    of the text. `ground`: where somebody's changes were asked for and are changes of others' ones, how it reads with
    these alone. `held`: whose changes were put into it, if it is a file of ours; `letterhead`: what it was put into.
    """

    contents: tuple[Content, ...]
    layout: Layout | None = None
    literal: bool = False
    format: str = ""
    notes: tuple[Sentence, ...] = ()
    hands: tuple[Hand, ...] = ()
    ground: tuple[Content, ...] = ()
    remarks: tuple[Remark, ...] = ()
    held: tuple[str, ...] = ()
    letterhead: Letterhead | None = None

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(hand.name for hand in self.hands)


def tracked_notes(changes: int, looks: int, hands: Iterable[Hand], *, rejected: bool) -> Iterator[Sentence]:
    """How the tracked changes of a file were read, how many touch only looks, and what of them is not read."""
    if changes:
        yield counted(changes, *(REJECTED if rejected else ACCEPTED))
    if looks:
        yield counted(looks, *LOOKS)
    yield from _aside_notes(hands)


def _aside_notes(hands: Iterable[Hand]) -> Iterator[Sentence]:
    """What of people's changes is not read."""
    for hand in hands:
        for aside in hand.aside:
            one, more = _ASIDE[aside.where]
            yield Sentence(one, {"num": aside.changes, "who": hand.name or "?", "words": aside.words}, more)


def said_as(note: Sentence, forms: tuple[str, str]) -> Sentence:
    """A note on tracked changes in other words (`PROPOSED`); any other note as it is."""
    number = dict(note.params).get("num")
    return counted(number, *forms) if note.msgid in (ACCEPTED[0], REJECTED[0]) and isinstance(number, int) else note


def imported_to_json(imported: Imported) -> dict[str, object]:
    return {
        "contents": [content_to_json(content) for content in imported.contents],
        "layout": imported.layout.to_json() if imported.layout else None,
        "literal": imported.literal,
        "format": imported.format,
        "notes": [note.to_json() for note in imported.notes],
        "hands": [hand_to_json(hand) for hand in imported.hands],
        "ground": [content_to_json(content) for content in imported.ground],
        "remarks": [remark_to_json(remark) for remark in imported.remarks],
        "held": list(imported.held),
        "letterhead": imported.letterhead.properties if imported.letterhead else [],
    }


def imported_from_json(data: Mapping[str, Any]) -> Imported:
    return Imported(
        tuple(content_from_json(content) for content in data["contents"]),
        Layout.from_json(data["layout"]) if data["layout"] else None,
        bool(data["literal"]),
        str(data["format"]),
        tuple(Sentence.from_json(note) for note in data["notes"]),
        tuple(map(hand_from_json, data["hands"])),
        tuple(content_from_json(content) for content in data["ground"]),
        tuple(map(remark_from_json, data["remarks"])),
        tuple(map(str, data.get("held", ()))),
        letterhead_in((str(name), str(value)) for name, value in data.get("letterhead", ())),
    )
