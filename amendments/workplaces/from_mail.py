"""A pasted mail with amendment orders: what of it was understood, before anything is filed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from amendments.committees.queries import committees_by_id
from amendments.documents.queries import load_text
from amendments.errors import InvalidInput
from amendments.exchange.orders import Kind, Left, Recognised, read_mail
from amendments.exchange.words import N_
from amendments.proposals import services
from amendments.proposals.models import Proposal
from amendments.proposals.rules import PROPOSAL_FILE, PROPOSAL_FILE_FOR, PROPOSAL_FILE_ORAL, OnBehalf, Origin
from amendments.proposals.storing import MOST_REASON
from amendments.text.door import normalise
from amendments.text.hunks import Hunk, hunks_hash
from amendments.text.model import Text
from amendments.text.whereabouts import Whereabouts, whereabouts
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.posting import say
from amendments.web.reading import Stretch, clipped
from amendments.workplaces.passages import redline_of, touched
from amendments.workplaces.reader import Place

NOTHING = N_(
    "In dieser E-Mail ist keine Änderung sicher zu erkennen. So wird sie verstanden: „In Kapitel 3 Absatz 2 wird "
    "„jährlich“ durch „halbjährlich“ ersetzt.“ Oder: „Die Zeilen 8 bis 15 werden gestrichen.“"
)
EMPTY = N_("Bitte fügen Sie die E-Mail hier ein.")
FOR_WHOM = N_("Bitte wählen Sie, in wessen Namen eingereicht wird.")
CHOOSE = N_("Bitte kreuzen Sie mindestens eine Änderung an.")
ONLY_OWN_DRAFTS = N_(
    "Einen Entwurf gibt es nur von dem, was Sie selbst vorschlagen. Was ein anderes Gremium geschickt hat, wird gleich "
    "eingereicht."
)
CHANGED = N_("Die E-Mail oder der Text ist inzwischen anders. Bitte prüfen Sie die Änderungen noch einmal.")


@dataclass(frozen=True)
class OrderRow:
    """An order that was understood. `key` names it in the form: what it changes."""

    key: str
    words: str
    redline: tuple[Stretch, ...]
    where: str
    found_by: str
    reason: str
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True)
class LeftRow:
    words: str
    why: str


@dataclass(frozen=True)
class MailPage:
    place: Place
    orders: tuple[OrderRow, ...]
    doubtful: tuple[LeftRow, ...]
    """What looks like an order and is not sure."""
    rest: tuple[LeftRow, ...]


def mail_page(place: Place, mail: str) -> MailPage:
    """InvalidInput for a mail in which nothing looks like an order."""
    if not mail.strip():
        raise InvalidInput(EMPTY, field="mail")
    base = load_text(place.version)
    places = whereabouts(base)
    orders: list[OrderRow] = []
    doubtful: list[LeftRow] = []
    rest: list[LeftRow] = []
    for piece in read_mail(base, normalise(mail), number=place.version.number):
        if isinstance(piece, Recognised):
            orders.append(_order(base, places, piece))
        elif piece.why is not None:
            doubtful.append(LeftRow(piece.words.strip(), say(piece.why)))
        elif piece.words.strip():
            rest.append(LeftRow(piece.words.strip(), _kind(piece)))
    if not orders and not doubtful:
        raise InvalidInput(NOTHING, field="mail")
    return MailPage(place, tuple(orders), tuple(doubtful), tuple(rest))


def _order(base: Text, places: Mapping[str, Whereabouts], piece: Recognised) -> OrderRow:
    return OrderRow(
        hunks_hash(piece.hunks)[:16],
        piece.order,
        clipped(redline_of(base, piece.hunks)),
        _where(places, piece.hunks),
        _(piece.by),
        piece.reason[:MOST_REASON],
        piece.hunks,
    )


def _kind(piece: Left) -> str:
    return {Kind.QUOTED: _("aus einer früheren E-Mail"), Kind.SIGNATURE: _("Schluss der E-Mail")}.get(piece.kind, "")


def _where(places: Mapping[str, Whereabouts], hunks: Sequence[Hunk]) -> str:
    spots = [places[spot.paragraph] for hunk in hunks for spot in touched(hunk, {}) if spot.paragraph in places]
    if not spots:
        return _("am Anfang des Textes")
    first = min(spots, key=lambda spot: spot.line)
    if not first.heading:
        return _("Zeile %(line)s", line=first.line)
    return _("Zeile %(line)s, %(heading)s", line=first.line, heading=first.heading)


def behalf_choices(actor: Actor, place: Place) -> list[tuple[str, str]]:
    """Committees whose mail this person may file: one's own ones, and for moderation and clerk all that take part."""
    ids = {place.document.lead_committee_id, *place.document.participant_ids, *actor.committees}
    named = sorted(committees_by_id(ids).values(), key=lambda row: row.name)
    return [(str(row.id), row.name) for row in named if _origin(actor, place, row.id) is not None]


def speaks_for_others(actor: Actor, place: Place) -> bool:
    """Whether somebody has to say whose mail it is: they may bring in that of committees on which they do not sit."""
    ids = [UUID(value) for value, _name in behalf_choices(actor, place)]
    return any(_origin(actor, place, one) == Origin.RETURNED for one in ids)


def may_draft(actor: Actor, place: Place) -> bool:
    """Whether something can be proposed of one's own, to be kept and filed later."""
    own = [UUID(value) for value, _name in behalf_choices(actor, place)]
    return bool(may(actor, PROPOSAL_FILE, place)) or any(_origin(actor, place, one) == Origin.FILED for one in own)


def _origin(actor: Actor, place: Place, committee_id: UUID | None) -> Origin | None:
    """How it is filed: by one who sits there, or put on record for others, like a file they returned; None for whoever
    may do neither.
    """
    behalf = OnBehalf(place.document, committee_id, place.text)
    if committee_id is None or may(actor, PROPOSAL_FILE_FOR, behalf):
        return Origin.FILED
    return Origin.RETURNED if may(actor, PROPOSAL_FILE_ORAL, behalf) else None


def file_orders(
    actor: Actor, page: MailPage, keys: Collection[str], *, committee_id: UUID | None, together: bool, draft: bool
) -> list[Proposal]:
    """A proposal for each order that was chosen, or one for all. One unit of work.

    `draft`: to be gone on with and filed by whoever pasted the mail.
    """
    if not keys:
        raise InvalidInput(CHOOSE, field="mail")
    chosen = [row for row in page.orders if row.key in keys]
    if {row.key for row in chosen} != set(keys):
        raise InvalidInput(CHANGED, field="mail")
    groups = [chosen] if together else [[row] for row in chosen]
    origin = _origin(actor, page.place, committee_id) or Origin.FILED
    if draft and origin != Origin.FILED:
        raise InvalidInput(ONLY_OWN_DRAFTS, field="committee_id")
    return [
        services.file_proposal(
            actor,
            version_id=page.place.version.id,
            edits=[row.hunks for row in rows],
            reason="\n\n".join(dict.fromkeys(row.reason for row in rows if row.reason)),
            committee_id=committee_id,
            origin=origin,
            draft=draft,
        )
        for rows in groups
    ]
