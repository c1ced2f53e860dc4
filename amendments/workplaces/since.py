"""What has changed since a committee had the document before it: one sentence, and the changes with their sources."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from amendments.consultations.queries import ConsultationPlace
from amendments.documents.models import Document
from amendments.documents.rules import DOCUMENT_WORK
from amendments.forwarding.queries import LastReading, TextReading, last_reading_for, waiting_reading
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.workplaces.comparing import RedlinePage, redline_page
from amendments.workplaces.reader import Place


@dataclass(frozen=True)
class Since:
    """The sentence with which a page opens, and where the changes can be read."""

    reading: LastReading
    sentence: str

    @property
    def changed(self) -> bool:
        return self.reading.count > 0


@dataclass(frozen=True)
class ChangedText:
    """A text that has changed, as its redline; `newer_exists`: something has been published since it was handed on."""

    page: RedlinePage
    newer_exists: bool


@dataclass(frozen=True)
class SincePage:
    """What the page "Was sich geändert hat" shows."""

    place: ConsultationPlace
    since: Since
    texts: tuple[ChangedText, ...]


def since_for(actor: Actor, document: Document) -> Since | None:
    """For the next step in which this person sits; None where they sit in none, or see published versions only."""
    if not may(actor, DOCUMENT_WORK, document):
        return None
    reading = waiting_reading(actor, document)
    return _since(actor, reading) if reading is not None else None


def since_of(actor: Actor, place: ConsultationPlace) -> Since | None:
    """For the committee of that step; None for those who see published versions only."""
    if not may(actor, DOCUMENT_WORK, place.document):
        return None
    reading = last_reading_for(actor, place)
    return _since(actor, reading)


def since_page(actor: Actor, place: ConsultationPlace) -> SincePage:
    reading = last_reading_for(actor, place)
    texts = tuple(_changed(actor, place.document, text) for text in reading.texts)
    return SincePage(place, _since(actor, reading), texts)


def _changed(actor: Actor, document: Document, text: TextReading) -> ChangedText:
    place = Place(document, text.text, text.newer, text.current, actor.excluded.ids)
    page = redline_page(place, (text.older, text.newer), sees_work=bool(may(actor, DOCUMENT_WORK, place)))
    return ChangedText(page, text.newer.id != text.current.id)


def _since(actor: Actor, reading: LastReading) -> Since:
    return Since(reading, sentence(reading, mine=actor.sits_on(reading.committee.id)))


def sentence(reading: LastReading, *, mine: bool) -> str:
    """`mine`: whoever reads it sits on that committee."""
    earlier = _earlier(reading, mine=mine)
    if not reading.count:
        return _("%(since)s hat sich am Text nichts geändert.", since=earlier) if reading.before else _first(mine=mine)
    changed = ngettext("wurde eine Stelle geändert", "wurden %(num)s Stellen geändert", reading.count)
    parts = {"changed": changed, "own": _own(reading, mine=mine)}
    if reading.before is not None:
        return _("%(since)s %(changed)s, %(own)s.", since=earlier, **parts)
    told = _("Gegenüber dem Entwurf %(changed)s, %(own)s.", **parts)
    return f"{_first(mine=mine)} {told}"


def _first(*, mine: bool) -> str:
    if mine:
        return _("Ihr Gremium hat die Vorlage zum ersten Mal vor sich.")
    return _("Das Gremium hat die Vorlage zum ersten Mal vor sich.")


def _earlier(reading: LastReading, *, mine: bool) -> str:
    words = _("Seit Ihrer letzten Beratung") if mine else _("Seit der letzten Beratung dieses Gremiums")
    day = reading.before.day if reading.before is not None else None
    return _("%(since)s am %(day)s", since=words, day=format_date(day, "long")) if day else words


def _own(reading: LastReading, *, mine: bool) -> str:
    whose = _("auf Vorschlag Ihres Gremiums") if mine else _("auf Vorschlag dieses Gremiums")
    if reading.own == reading.count:
        return whose if reading.count == 1 else _("alle %(whose)s", whose=whose)
    if not reading.own:
        return _("keine davon %(whose)s", whose=whose)
    return ngettext("eine davon %(whose)s", "%(num)s davon %(whose)s", reading.own, whose=whose)
