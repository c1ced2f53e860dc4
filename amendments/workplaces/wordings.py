"""Every wording of a text that can be looked at and compared: published versions, consensus versions, kept ones.

Each has a name in addresses: `v2` a published version, `k1` a consensus version as it is now, `k3-beirat` a
committee's, `s-…` a kept one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _

from amendments.consensus.named import Choices, Kept, Named, choices_of, kept_versions
from amendments.consensus.rules import CONSENSUS_NAMES, CONSENSUS_SHORT, ConsensusKind
from amendments.documents.models import Version
from amendments.documents.queries import versions_of
from amendments.errors import NotFound
from amendments.web.access import NOT_FOUND
from amendments.web.filters import day
from amendments.workplaces.reader import Place

LIVE = {
    "k1": ConsensusKind.UNDISPUTED,
    "k2": ConsensusKind.WIDEST,
    "kf": ConsensusKind.ADOPTED,
}
OF_COMMITTEE = "k3-"
KEPT = "s-"


@dataclass(frozen=True, slots=True)
class Option:
    """One wording to choose. `title`: at the head of its column."""

    value: str
    label: str
    title: str


@dataclass(frozen=True)
class Wordings:
    """`base`: the published version whose consensus versions are meant. `sees_work`: else only published ones exist."""

    place: Place
    base: Version
    sees_work: bool

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        return versions_of(self.place.text.id)

    @cached_property
    def choices(self) -> Choices:
        """What can be chosen from what lies on the base."""
        return choices_of(self.base.id, self.place.document.lead_committee_id, self.place.hidden)

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        return kept_versions(self.place.text.id, self.place.hidden) if self.sees_work else ()

    def options(self) -> Iterator[Option]:
        """All there are, published ones first."""
        for version in self.versions:
            yield Option(published_value(version), version_name(version), version_name(version, short=True))
        if not self.sees_work:
            return
        for value, kind in LIVE.items():
            yield Option(value, self._of_base(named_label(kind)), named_label(kind))
        for committee in self.choices.committees.values():
            wish = _("Wie %(committee)s es möchte", committee=committee.name)
            yield Option(OF_COMMITTEE + committee.key, self._of_base(wish), committee.name)
        for one in self.kept:
            yield Option(KEPT + str(one.version.id), kept_label(one), kept_label(one))

    def _of_base(self, label: str) -> str:
        """With the version that is meant, where there are several."""
        if len(self.versions) == 1:
            return label
        return _("%(name)s zu Fassung %(number)s", name=label, number=self.base.number)

    def read(self, value: str) -> Version | Named:
        """The wording of that name; NotFound for one that is not there, or not for this person."""
        if value.startswith("v"):
            return self._published(value[1:])
        if not self.sees_work:
            raise NotFound(NOT_FOUND)
        if value in LIVE:
            return self.choices.named(LIVE[value])
        if value.startswith(OF_COMMITTEE):
            keys = {committee.key: committee.id for committee in self.choices.committees.values()}
            committee_id = keys.get(value.removeprefix(OF_COMMITTEE))
            if committee_id is None:
                raise NotFound(NOT_FOUND)
            return self.choices.named(ConsensusKind.COMMITTEE, committee_id)
        for one in self.kept:
            if value == KEPT + str(one.version.id):
                return one.version
        raise NotFound(NOT_FOUND)

    def _published(self, number: str) -> Version:
        for version in self.versions:
            if str(version.number) == number:
                return version
        raise NotFound(NOT_FOUND)


def published_value(version: Version) -> str:
    return f"v{version.number}"


def version_name(version: Version, *, short: bool = False) -> str:
    number = _("Fassung %(number)s", number=version.number)
    return number if short else f"{number}, {day(version.created_at, 'medium')}"


def named_label(kind: ConsensusKind, committee: str = "") -> str:
    """Such as "Unstrittig (K1)"; with the name of the committee whose wish it is."""
    return f"{committee or _(CONSENSUS_NAMES[kind])} ({CONSENSUS_SHORT[kind]})"


def kept_label(one: Kept) -> str:
    words = one.version.label or named_label(one.kind, one.committee.name if one.committee else "")
    return _("%(name)s, festgehalten am %(day)s", name=words, day=day(one.version.created_at, "medium"))


def named_value(named: Named) -> str:
    """The name of a consensus version in addresses; the draft is its version."""
    if named.committee is not None:
        return OF_COMMITTEE + named.committee.key
    values = {kind: value for value, kind in LIVE.items()}
    return values.get(named.kind, published_value(named.version))
