"""What the writers are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from amendments.text.hunks import Hunk
from amendments.text.model import Text


@dataclass(frozen=True)
class Work:
    """A text, or a list of proposals, whatever its wording (FRBR's work). `id` is ours and never changes."""

    id: str
    title: str
    dated: date
    author: str
    """The committee in charge."""
    kind: str = "doc"
    reference: str = ""
    address: str = ""
    """Of its page."""

    @property
    def iri(self) -> str:
        return f"/akn/de/{self.kind}/{self.dated.isoformat()}/{self.id}"


@dataclass(frozen=True)
class Edition:
    """A version of a work (FRBR's expression)."""

    work: Work
    number: int
    at: datetime

    @property
    def iri(self) -> str:
        return f"{self.work.iri}/deu@{self.number}"


@dataclass(frozen=True)
class Verdict:
    """What a body said of a passage. `outcome`: a word without blanks; `said`: the same in German. Numbers only where
    the votes were counted.
    """

    body: str
    outcome: str
    said: str
    at: datetime
    vote: str = ""
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None


@dataclass(frozen=True)
class Passage:
    """One edit of a proposal. `base`: the wording its hunks speak of."""

    id: str
    hunks: tuple[Hunk, ...]
    base: Text
    edition: Edition
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Amendment:
    """A proposal: "Ä 7". `by`: who wants it, as readers know them; `state`: how it stands, in a word; `amends`: the
    proposal whose words it speaks of.
    """

    id: str
    number: int
    title: str
    kind: str
    by: str
    filed_at: datetime
    passages: tuple[Passage, ...]
    reason: str = ""
    amends: str = ""
    state: str = ""
    withdrawn_at: datetime | None = None
    address: str = ""

    @property
    def label(self) -> str:
        return f"Ä {self.number}"


@dataclass(frozen=True)
class AmendmentList:
    """Everything that was filed on a document."""

    work: Work
    at: datetime
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True)
class Sources:
    """Who stands behind the changes of a redline: names by number, the numbers of edits."""

    names: tuple[str, ...] = ()
    by: Mapping[str, int] = field(default_factory=dict)
