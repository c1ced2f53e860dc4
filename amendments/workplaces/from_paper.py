"""A Sitzungsvorlage that came as a file: head, texts and Beratungsfolge, looked at before a document is made."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from amendments.committees.models import Committee
from amendments.consultations import services as consultations
from amendments.consultations.rules import ROLE_LABELS, Result, Vote, VoteKind
from amendments.consultations.services import MOST_REMARK, Plan, Told
from amendments.documents import services as documents
from amendments.documents.models import Document
from amendments.documents.rules import TextRole
from amendments.documents.services import NewText
from amendments.errors import InvalidInput
from amendments.exchange.vorlage import Found, Paper, PlannedConsultation, Role, read_result, recognised
from amendments.exchange.words import N_
from amendments.text.model import Content, Kind, plain, text_of
from amendments.text.redline import Redline
from amendments.web.actor import Actor
from amendments.web.posting import say
from amendments.web.reading import Group, groups, numbered, read

NO_PAPER = N_(
    "In dieser Datei ist keine Sitzungsvorlage zu erkennen. Legen Sie die Vorlage unter „Neue Vorlage“ an oder wählen "
    "Sie eine andere Datei."
)
NO_TEXT = N_("In dieser Datei steht weder ein Beschlussvorschlag noch eine Begründung.")


@dataclass(frozen=True)
class StepRow:
    """A row of the printed table. `committee_id`: who is meant; None while nobody has said."""

    number: int
    printed: PlannedConsultation
    role: Role
    role_name: str
    committee_id: UUID | None
    left_out: str = ""
    """Why its result is not taken over, where it breaks a rule of ours: one sentence that names the row."""

    def plan(self, committee_id: UUID) -> Plan:
        public = True if self.printed.public is None else self.printed.public
        return Plan([committee_id], self.role.value, day=self.printed.day, public=public)


@dataclass(frozen=True)
class PaperPage:
    """What was recognised, for the page that shows it before anything is made."""

    paper: Paper
    steps: tuple[StepRow, ...]
    resolution: tuple[Group, ...]
    reasons: tuple[Group, ...]
    unread: tuple[tuple[str, str], ...]
    """(why, words) of what could not be placed, or is there otherwise than it stands."""


def found_in(contents: Iterable[Content]) -> Found:
    """InvalidInput for a file that is no Sitzungsvorlage, or has nothing one could decide about."""
    found = recognised(contents)
    if found is None:
        raise InvalidInput(NO_PAPER, field="file")
    if not found.paper.resolution and not found.paper.reasons:
        raise InvalidInput(NO_TEXT, field="file")
    return found


def paper_page(found: Found, committees: Sequence[Committee], chosen: Mapping[int, UUID | None]) -> PaperPage:
    """`chosen`: by row, the committee a person picked (None: leave the row out); the others are matched by name."""
    paper = found.paper
    return PaperPage(
        paper=paper,
        steps=step_rows(paper, committees, chosen),
        resolution=_groups(paper.resolution),
        reasons=_groups(reasons_of(paper)),
        unread=tuple((say(one.why), one.words) for one in found.unread),
    )


def step_rows(paper: Paper, committees: Sequence[Committee], chosen: Mapping[int, UUID | None]) -> tuple[StepRow, ...]:
    by_name = {_bare(name): row.id for row in committees for name in (row.short_name, row.name)}
    rows = []
    for number, printed in enumerate(paper.consultations):
        role = printed.role or Role.PREPARATION
        committee_id = chosen[number] if number in chosen else by_name.get(_bare(printed.committee))
        rows.append(StepRow(number, printed, role, _(ROLE_LABELS[role]), committee_id))
    left_out = _left_out(rows, {row.id for row in committees})
    return tuple(replace(row, left_out=left_out.get(row.number, "")) for row in rows)


def _left_out(rows: Iterable[StepRow], known: Collection[UUID]) -> dict[int, str]:
    """By row, why its result is not taken over."""
    told = {
        row.number: Told(row.plan(row.committee_id), *result_of(row.printed.result))
        for row in rows
        if row.committee_id in known and row.committee_id is not None
    }
    reasons = dict(zip(told, consultations.unfit(list(told.values())), strict=True))
    return {
        number: _(
            "Zeile %(number)s: %(why)s; das Ergebnis bitte am Beratungsschritt nachtragen.",
            number=number + 1,
            why=say(why).rstrip("."),
        )
        for number, why in reasons.items()
        if why is not None
    }


def _bare(name: str) -> str:
    """A name without what towns write differently: case, hyphens, blanks."""
    return re.sub(r"\W+", "", name.casefold())


def reasons_of(paper: Paper) -> tuple[Content, ...]:
    """The numbered parts of the reasons as one text, each under its heading."""
    found: list[Content] = []
    for part in paper.reasons:
        title = f"{part.number} {part.title}".strip()
        if title:
            found.append(plain(title, Kind.HEADING, 1 + part.level))
        found += part.contents
    return tuple(found)


def _groups(contents: Sequence[Content]) -> tuple[Group, ...]:
    return groups(numbered(read(Redline.of(text_of(contents, seed="paper")))))


def create(actor: Actor, head: Mapping[str, Any], paper: Paper, steps: Iterable[StepRow]) -> Document:
    """The document with its texts, and a step for each row whose committee is known. One unit of work.

    `head`: what the form says of it, by the names of `create_document`.
    """
    sits = [(row, row.committee_id) for row in steps if row.committee_id is not None]
    document = documents.create_document(
        actor,
        **head,
        participant_ids={committee_id for _row, committee_id in sits},
        texts=list(_texts(paper)),
    )
    for row, committee_id in sits:
        _plan(actor, document, row, committee_id)
    return document


def _texts(paper: Paper) -> Iterable[NewText]:
    if paper.resolution:
        yield NewText(TextRole.RESOLUTION.value, "Beschlussvorschlag", paper.resolution)
    if paper.reasons:
        yield NewText(TextRole.REASONS.value, "Begründung", reasons_of(paper))


def _plan(actor: Actor, document: Document, row: StepRow, committee_id: UUID) -> None:
    """What is printed as its result stays beside the step, whether it can be noted or not."""
    words = row.printed.result[:MOST_REMARK]
    step = consultations.plan_consultation(actor, document_id=document.id, plan=row.plan(committee_id), remark=words)
    result, vote = result_of(row.printed.result)
    if result is not None and not row.left_out:
        consultations.note_result(
            actor,
            consultation_id=step.id,
            row_version=step.row_version,
            result=result.value,
            vote=vote,
            remark=words,
        )


def result_of(words: str) -> tuple[Result | None, Vote]:
    """What a printed result says, as a step keeps it; (None, …) where it says nothing that is known."""
    said = read_result(words)
    if said.noted:
        return Result.NOTED, Vote()
    if said.adopted is None:
        return None, Vote()
    result = Result.ADOPTED if said.adopted else Result.REJECTED
    if said.yes is not None and said.no is not None:
        return result, Vote(VoteKind.COUNTED, said.yes, said.no, said.abstained or 0, said.present)
    if said.without_objection:
        return result, Vote(VoteKind.WITHOUT_OBJECTION)
    return result, Vote(
        VoteKind.UNANIMOUS if said.unanimous else VoteKind.MAJORITY if "mehrheit" in words else VoteKind.NONE
    )
