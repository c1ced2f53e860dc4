"""The values: a paper with its planned consultations, and what could not be placed in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amendments.exchange.words import Sentence
from amendments.text.model import Content


class Role(StrEnum):
    """What a body is asked for; the values are those of OParl's Consultation.role in English."""

    HEARING = "hearing"
    NOTICE = "notice"
    PREPARATION = "preparation"
    DECISION = "decision"


@dataclass(frozen=True)
class PlannedConsultation:
    """One row of the table of consultations. `result` as printed; see `results.read_result`."""

    committee: str
    day: date | None = None
    role: Role | None = None
    result: str = ""
    public: bool | None = None


@dataclass(frozen=True)
class Section:
    """A part of the reasons. `number` as printed ("2.", "3.1", "II."); both are empty for words before the first
    heading.
    """

    number: str = ""
    title: str = ""
    contents: tuple[Content, ...] = ()
    level: int = 1


@dataclass(frozen=True)
class Paper:
    """A Sitzungsvorlage. What it does not say is empty or None.

    `kind` as printed (Sitzungsvorlage, Beschlussvorlage, Antrag …); `office` also holds who is in charge
    (Federführung); `closing`: the lines under "Schlusszeichnung", as they stand.
    """

    kind: str = ""
    office: str = ""
    reference: str = ""
    number: str = ""
    dated: date | None = None
    public: bool | None = None
    consultations: tuple[PlannedConsultation, ...] = ()
    subject: str = ""
    resolution: tuple[Content, ...] = ()
    reasons: tuple[Section, ...] = ()
    finances: tuple[Content, ...] = ()
    annexes: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    """Words that are not in the paper, or are there otherwise than they stand; `why` is a sentence for people."""

    why: Sentence
    words: str


@dataclass(frozen=True)
class Found:
    paper: Paper
    unread: tuple[Unread, ...] = ()
