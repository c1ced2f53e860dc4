"""From the evening of the joint session to the council's decision, as `course.toml` tells it, through the services."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import force_locale

from amendments.cli.example_town.acting import HERE, Row, Town, propose
from amendments.cli.example_town.reading import hunks_of, paragraph_with
from amendments.cli.example_town.sitting import Sitting
from amendments.consensus import services as consensus
from amendments.consensus.queries import preview
from amendments.consultations.rules import Vote, VoteKind
from amendments.consultations.services import note_result
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import current_version, current_versions, document_for, load_text
from amendments.documents.rules import Visibility
from amendments.documents.services import Changes, Sight, change_document
from amendments.forwarding import services as forwarding
from amendments.forwarding.queries import measures_of
from amendments.forwarding.services import Planned, Signed
from amendments.proposals import services as proposals
from amendments.proposals.queries import edits_of
from amendments.web import clock
from amendments.web.actor import Actor


def play(town: Town, until: date) -> None:
    """What was done up to the evening of that day, in its order."""
    sitting, way = Sitting(town), Way(town)
    with force_locale("de"):
        for act in acts():
            if act.at.date() <= until:
                town.do(act.at, act.by, getattr(sitting if act.sitting else way, act.row["do"]), act.row)


@dataclass(frozen=True)
class Act:
    """Somebody does something at a moment; `sitting`: in the joint session."""

    at: datetime
    by: str
    sitting: bool
    row: Row


def acts() -> tuple[Act, ...]:
    """All that is told, in its order."""
    told = tomllib.loads((HERE / "course.toml").read_text(encoding="utf-8"))
    return tuple(
        Act(
            datetime.combine(day["day"], row["at"], tzinfo=clock.TOWN),
            row.get("by", day["by"]),
            "sitting" in day,
            row,
        )
        for day in told["day"]
        for row in day["acts"]
    )


class Way:
    """What is done outside the joint session. Each verb is one act: `verb(actor, row)`."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def change_editorially(self, actor: Actor, row: Row) -> None:
        version = current_version(self.town.concept)
        hunks = hunks_of(load_text(version), row["edit"])
        decisions.editorial_change(
            actor, version_id=version.id, edits=[hunks], title=row["title"], reason=row["reason"]
        )

    def propose(self, actor: Actor, row: Row) -> None:
        self.town.filed[row["key"]] = propose(actor, self.town, row)

    def support(self, actor: Actor, row: Row) -> None:
        for edit in edits_of(self.town.filed[row["proposal"]]):
            proposals.take_position(actor, edit_id=edit.edit_id, stance="support", reason=row.get("reason", ""))

    def agree(self, actor: Actor, row: Row) -> None:
        edits = [edit.edit_id for key in row["proposals"] for edit in edits_of(self.town.filed[key])]
        decisions.decide_edits(
            actor,
            version_id=current_version(self.town.concept).id,
            verdicts=[Verdict(edit_id, Outcome.AGREED) for edit_id in edits],
            reason=row["reason"],
            vote=_vote(row),
        )

    def publish(self, actor: Actor, row: Row) -> None:
        version = current_version(self.town.concept)
        consensus.publish(
            actor,
            text_id=self.town.concept,
            base_version_id=version.id,
            expected_hash=preview(version.id).hash,
            note=row["note"],
            label=row["label"],
        )

    def sign_off(self, actor: Actor, row: Row) -> None:
        step = self.town.step(row["day"])
        forwarding.sign_off(
            actor,
            consultation_id=step.id,
            row_version=step.row_version,
            signed=Signed("adopted", _vote(row), announced=row.get("announced", False)),
            to_id=self.town.step(row["to"]).id,
            versions=self._versions(actor),
            note=row.get("note", ""),
        )

    def decide(self, actor: Actor, row: Row) -> None:
        step = self.town.step(row["day"])
        note_result(
            actor,
            consultation_id=step.id,
            row_version=step.row_version,
            result="adopted",
            vote=_vote(row),
            versions=self._versions(actor),
        )

    def take_up(self, actor: Actor, row: Row) -> None:
        version = current_version(self.town.concept)
        text = load_text(version)
        forwarding.take_up_measures(
            actor,
            document_id=self.town.document,
            version_id=version.id,
            paragraphs=[paragraph_with(text, snippet).identity for snippet in row["passages"]],
            committee_id=self.town.committees[row["committee"]],
        )

    def plan(self, actor: Actor, row: Row) -> None:
        entry = self._measure(actor, row["measure"])
        forwarding.plan_measure(
            actor,
            measure_id=entry.measure.id,
            row_version=entry.measure.row_version,
            planned=Planned(
                committee_id=entry.committee.id,
                proposed_to_id=self.town.committees[row["proposed_to"]],
                budget=row["budget"],
                rating=row["rating"],
                rating_words=row.get("words", ""),
            ),
        )

    def report(self, actor: Actor, row: Row) -> None:
        forwarding.report_measure(
            actor,
            measure_id=self._measure(actor, row["measure"]).measure.id,
            state=row["state"],
            text=row["text"],
            next_report=row["next"],
        )

    def make_public(self, actor: Actor, _row: Row) -> None:
        document = document_for(actor, self.town.document)
        changes = Changes(
            title=document.title,
            sight=Sight(Visibility.PUBLIC),
            reference=document.reference,
            office=document.office,
            subject=document.subject,
            offices=document.offices,
            dated=document.dated,
            participant_ids=document.participant_ids,
            reader_ids=document.reader_ids,
        )
        change_document(actor, document_id=document.id, row_version=document.row_version, changes=changes)

    # --- what the verbs speak of

    def _versions(self, actor: Actor) -> dict[UUID, UUID]:
        """The newest of every text."""
        texts = [text.id for text in document_for(actor, self.town.document).texts]
        return {text_id: version.id for text_id, version in current_versions(texts).items()}

    def _measure(self, actor: Actor, snippet: str) -> Any:
        (entry,) = (one for one in measures_of(actor, document_for(actor, self.town.document)) if snippet in one.words)
        return entry


def _vote(row: Mapping[str, Any]) -> Vote:
    return Vote(VoteKind.COUNTED, *row["count"]) if "count" in row else Vote(VoteKind(row["form"]))
