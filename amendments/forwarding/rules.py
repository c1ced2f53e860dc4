"""What a committee had before it, when a text goes on to the next one, and what becomes of it after adoption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from amendments.consultations.rules import Result, runs_step, steers_step
from amendments.decisions.rules import StageState
from amendments.documents.rules import DOCUMENT_SEE, document_of, free_of_interest, moderates_lead, while_open
from amendments.exchange.words import N_
from amendments.text.model import Kind, Text
from amendments.text.whereabouts import heading_words
from amendments.web.access import Action, PermissionMap, because
from amendments.web.actor import Actor

# --- going on to the next step

GOES_ON: Final[dict[Result, bool]] = {
    Result.ADOPTED: True,
    Result.REJECTED: True,
    Result.NOTED: True,
    Result.REFERRED: True,
    Result.ADJOURNED: False,
    Result.TAKEN_OFF: False,
}
"""Whether a text goes on to another committee with this result; otherwise the same one takes it up again."""


def goes_on(result: Result | None) -> bool:
    return result is not None and GOES_ON[result]


def has_begun(moment: datetime | None, now: datetime, *, result: bool, meeting: bool) -> bool:
    """Whether a step is no longer waiting: its hour has come, its sitting was opened, its result is noted."""
    return result or meeting or (moment is not None and moment <= now)


# --- the last reading


@dataclass(frozen=True)
class Reading:
    """A step as the rules below look at it. Versions by text.

    `moment`: when it sits, None while nobody knows; `over`: it has a result, or its day has passed; `consulted`: it
    took the text up (it was not taken off).
    """

    id: UUID
    committee_ids: tuple[UUID, ...]
    moment: datetime | None = None
    over: bool = False
    consulted: bool = True
    recommended: Mapping[UUID, UUID] | None = None
    forwarded: Mapping[UUID, UUID] | None = None
    """What was forwarded to it."""


@dataclass(frozen=True)
class Published:
    """A published version of a text; a sequence of them has the oldest first."""

    id: UUID
    at: datetime


def last_reading(steps: Sequence[Reading], step_id: UUID, committee_id: UUID) -> Reading | None:
    """The last time before this step that the committee had the text before it. `steps` in their order."""
    found: Reading | None = None
    for step in steps:
        if step.id == step_id:
            return found
        if step.consulted and committee_id in step.committee_ids:
            found = step
    return None


def had_before_it(step: Reading | None, text_id: UUID, published: Sequence[Published]) -> UUID:
    """The version with which the committee left the text: the one it recommended, else the one it was given, else the
    newest of that moment. The draft, where it had none before it.
    """
    if step is None:
        return published[0].id
    for named in (step.recommended, step.forwarded):
        if named and text_id in named:
            return named[text_id]
    return _as_of(step.moment, published) or published[0].id


def is_asked_about(step: Reading, text_id: UUID, published: Sequence[Published]) -> UUID:
    """The version about which a step is asked: the one forwarded to it, else the newest; of a step that is over, what
    was the newest when it sat.
    """
    if step.forwarded and text_id in step.forwarded:
        return step.forwarded[text_id]
    return (step.over and _as_of(step.moment, published)) or published[-1].id


def _as_of(moment: datetime | None, published: Sequence[Published]) -> UUID | None:
    then = [version.id for version in published if moment is not None and version.at <= moment]
    return then[-1] if then else None


@dataclass(frozen=True)
class Waiting:
    """A step as a list of what waits looks at it."""

    id: UUID
    committee_ids: tuple[UUID, ...]
    day: date | None
    result: bool


def waits_for(steps: Sequence[Waiting], committee_ids: frozenset[UUID], today: date) -> UUID | None:
    """The next step in which one of these committees sits: without a result, and its day is not over."""
    for step in steps:
        ahead = not step.result and (step.day is None or step.day >= today)
        if ahead and not committee_ids.isdisjoint(step.committee_ids):
            return step.id
    return None


# --- proposals that cost money

BUDGET_STATES: Final[dict[StageState, str]] = {
    StageState.OPEN: N_("offen"),
    StageState.REFERRED: N_("verwiesen"),
    StageState.HANDED_BACK: N_("offen, Stelle geändert"),
    StageState.AGREED: N_("angenommen"),
    StageState.AGREED_MODIFIED: N_("geändert angenommen"),
    StageState.AGREED_IN_PART: N_("teilweise angenommen"),
    StageState.ADOPTED: N_("steht schon im Text"),
}
"""What is listed: adopted, or still open. Everything else costs nothing any more."""
OPEN_STATES: Final = frozenset({StageState.OPEN, StageState.REFERRED, StageState.HANDED_BACK})

# --- measures


class MeasureState(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DEFERRED = "deferred"


STATE_LABELS: Final[dict[MeasureState, str]] = {
    MeasureState.OPEN: N_("offen"),
    MeasureState.IN_PROGRESS: N_("in Arbeit"),
    MeasureState.DONE: N_("umgesetzt"),
    MeasureState.DEFERRED: N_("zurückgestellt"),
}


class Rating(StrEnum):
    """The steering group's."""

    FIRST = "first"
    IMPORTANT = "important"
    LATER = "later"


RATING_LABELS: Final[dict[Rating, str]] = {
    Rating.FIRST: N_("vorrangig"),
    Rating.IMPORTANT: N_("wichtig"),
    Rating.LATER: N_("nachrangig"),
}

_OFFERED: Final = (Kind.PARAGRAPH, Kind.LIST_ITEM)
_ABOUT_MEASURES: Final = ("empfehlung", "massnahme")
"""As `casefold` writes them."""


@dataclass(frozen=True)
class Offer:
    """A paragraph that can become a measure, with the headings above it, the highest first."""

    identity: str
    words: str
    above: tuple[str, ...]


def offers(text: Text) -> tuple[Offer, ...]:
    """What stands under headings that speak of recommendations or measures; without any such heading, every list item
    and paragraph.
    """
    found = tuple(_walk(text))
    named = tuple(offer for offer in found if any(_about_measures(heading) for heading in offer.above))
    return named or found


def _walk(text: Text) -> Iterator[Offer]:
    above: list[tuple[int, str]] = []
    for paragraph in text:
        words = paragraph.text.strip()
        if paragraph.content.kind is Kind.HEADING:
            level = paragraph.content.head.level
            above = [*(each for each in above if each[0] < level), (level, heading_words(paragraph.content))]
        elif paragraph.content.kind in _OFFERED and words:
            yield Offer(paragraph.identity, words, tuple(heading for _, heading in above))


def _about_measures(heading: str) -> bool:
    return any(word in heading.casefold() for word in _ABOUT_MEASURES)


# --- permissions

NOT_ADOPTED = N_("Maßnahmen gibt es erst, wenn die Vorlage beschlossen ist.")


@because(NOT_ADOPTED)
def is_adopted(_actor: Actor, thing: Any) -> bool:
    return document_of(thing).closed_at is not None


def steers_lead(actor: Actor, thing: Any) -> bool:
    return actor.has_role(document_of(thing).lead_committee_id, "steering")


def speaks_for_charge(actor: Actor, thing: Any) -> bool:
    """Chair or clerk of the committee in charge of a measure."""
    return actor.has_role(thing.measure.committee_id, "chair", "clerk")


FORWARD: Final = Action("forwarding.forward")
"""Sign off and forward, and take that back; asked about the step. It is about all of the document."""
MEASURE_TAKE_UP: Final = Action("measure.take_up")
"""Make measures of an adopted text; asked about the document."""
MEASURE_PLAN: Final = Action("measure.plan")
"""Who is in charge, money, rating; asked about the measure's place."""
MEASURE_REPORT: Final = Action("measure.report")
"""What has been done; asked about the measure's place."""

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {
    FORWARD: while_open(
        (moderates_lead, free_of_interest), (runs_step, free_of_interest), (steers_step, free_of_interest)
    ),
    MEASURE_TAKE_UP: ((moderates_lead, is_adopted), (steers_lead, is_adopted)),
    MEASURE_PLAN: ((moderates_lead,), (steers_lead,)),
    MEASURE_REPORT: ((moderates_lead,), (steers_lead,), (speaks_for_charge,)),
}
