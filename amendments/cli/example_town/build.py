"""Fills an empty database with the example town, through the services and with the checks that hold for everybody."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import click
from flask import Flask

from amendments.cli.example_town.reading import hunks_of
from amendments.committees import services as committee_services
from amendments.consultations import services as consultation_services
from amendments.consultations.services import Plan
from amendments.documents import queries as document_queries
from amendments.documents import services as document_services
from amendments.documents.models import Document
from amendments.documents.services import NewText
from amendments.exchange.commonmark import read_commonmark
from amendments.people import queries as people
from amendments.people import services as people_services
from amendments.proposals import queries as proposal_queries
from amendments.proposals import services as proposal_services
from amendments.text.hunks import Hunk
from amendments.web import clock
from amendments.web.actor import Actor
from amendments.web.transaction import write

HERE = Path(__file__).parent
PASSWORD = "gemeinsam-abstimmen-2011"  # noqa: S105 - printed on the sign-in page of the example town
FOUNDED = datetime(2011, 10, 24, 9, 0, tzinfo=clock.TOWN)
FIRST_DAY = datetime(2011, 11, 7, 8, 0, tzinfo=clock.TOWN)
DAYS = 16
HOURS = 9.5
"""Proposals come in on sixteen days, each between eight and half past five."""
LAST_PROPOSAL = FIRST_DAY + timedelta(days=DAYS - 1, hours=HOURS)

T = TypeVar("T")
Row = Mapping[str, Any]


def build(app: Flask) -> list[dict[str, str]]:
    """Returns the accounts the sign-in page shows: email, name, description, password."""
    town = tomllib.loads((HERE / "town.toml").read_text(encoding="utf-8"))
    with app.app_context():
        builder = _Builder(town)
        builder.people()
        builder.documents()
        builder.proposals()
    return [
        {"email": row["email"], "name": row["name"], "description": row["description"], "password": PASSWORD}
        for row in town["account"]
    ]


class _Builder:
    def __init__(self, town: Row) -> None:
        self.town = town
        self.accounts: dict[str, UUID] = {}
        self.committees: dict[str, UUID] = {}
        self.concept = UUID(int=0)
        """The text the proposals speak of, once it is there."""
        self.filed: dict[str, UUID] = {}
        """Key of an entry in `proposals.toml` -> proposal."""

    def _do(self, at: datetime, email: str, act: Callable[..., T], *what: object) -> T:
        """One act of one person in one unit of work: `act(actor, *what)`."""
        with clock.stopped(at):
            return write(lambda: act(people.actor_for(self.accounts[email]), *what))

    # --- people and committees

    def people(self) -> None:
        rows = self.town["account"]
        admin = next(row for row in rows if row["admin"])
        with clock.stopped(FOUNDED):
            first = write(
                lambda: (
                    people_services.create_first_administrator(
                        email=admin["email"], name=admin["name"], password=PASSWORD
                    ).id
                )
            )
        self.accounts[admin["email"]] = first
        for row in rows:
            if row is not admin:
                self.accounts[row["email"]] = self._do(FOUNDED, admin["email"], _account, row)
        for row in self.town["committee"]:
            self.committees[row["key"]] = self._do(FOUNDED, admin["email"], _committee, row)
        for row in rows:
            for seat in row["memberships"]:
                self._do(FOUNDED, admin["email"], self._appoint, row, seat)

    def _appoint(self, actor: Actor, row: Row, seat: Row) -> None:
        committee_services.appoint(
            actor,
            committee_id=self.committees[seat["committee"]],
            account_id=self.accounts[row["email"]],
            role=seat["role"],
        )

    # --- documents

    def documents(self) -> None:
        main = self.town["document"]
        self._do(FOUNDED, "moderation@landau.example", self._create, main)
        for offset, row in enumerate(self.town["other_document"], start=1):
            at = FOUNDED + timedelta(days=7 * offset)
            self._do(at, "moderation@landau.example", self._create, row)

    def _create(self, actor: Actor, row: Row) -> None:
        texts = [NewText("annex", row["title"], _contents(row["text"]))]
        if "resolution" in row:
            texts.insert(0, NewText("resolution", "Beschlussvorschlag", _contents(row["resolution"])))
            texts.insert(1, NewText("reasons", "Begründung", _contents(row["reasons"])))
        document = document_services.create_document(
            actor,
            title=row["title"],
            reference=row["reference"],
            office=row["office"],
            subject=row["subject"],
            offices=", ".join(row.get("offices", ())),
            dated=row["date"],
            visibility=row["visibility"],
            lead_committee_id=self.committees[row.get("lead", "steuerungsgruppe")],
            participant_ids=[self.committees[key] for key in row.get("participants", ())],
            reader_ids=[self.accounts[email] for email in row.get("readers", ())],
            texts=texts,
        )
        for step in row.get("consultation", ()):
            consultation_services.plan_consultation(actor, document_id=document.id, plan=self._plan(step))
        if row is self.town["document"]:
            self.concept = _annex_of(document)

    def _plan(self, step: Row) -> Plan:
        return Plan(
            committee_ids=[self.committees[key] for key in step["committees"]],
            role=step["role"],
            day=step["day"],
            begins=step["begins"],
            place=step["place"],
            public=step["public"],
            asks=step.get("asks", False),
            filing_opens=clock.from_the_wall(step.get("filing_opens")),
            filing_closes=clock.from_the_wall(step.get("filing_closes")),
        )

    # --- proposals

    def proposals(self) -> None:
        entries = tomllib.loads((HERE / self.town["document"]["proposals"]).read_text(encoding="utf-8"))["proposal"]
        with click.progressbar(entries, label="filing proposals") as bar:
            for number, entry in enumerate(bar):
                self._file(_moment(number / max(1, len(entries) - 1)), entry)
        for number, entry in enumerate(entries):
            self._discuss(LAST_PROPOSAL + timedelta(seconds=30 * number), entry)

    def _file(self, at: datetime, entry: Row) -> None:
        version = document_queries.current_version(self.concept)
        parent = self.filed.get(entry.get("parent", ""))
        base = proposal_queries.wording_base(version.id, parent)
        edits = [hunks_of(base, edit) for edit in entry["edit"]]
        self.filed[entry["key"]] = self._do(at, entry["account"], self._propose, version.id, parent, edits, entry)

    def _propose(
        self, actor: Actor, version_id: UUID, parent: UUID | None, edits: list[tuple[Hunk, ...]], entry: Row
    ) -> UUID:
        return proposal_services.file_proposal(
            actor,
            version_id=version_id,
            edits=edits,
            title=entry["title"],
            reason=entry["reason"],
            committee_id=self.committees[entry["committee"]],
            budget=entry["budget"],
            editorial=entry["editorial"],
            parent_id=parent,
        ).id

    def _discuss(self, at: datetime, entry: Row) -> None:
        proposal_id = self.filed[entry["key"]]
        for position in entry.get("position", ()):
            self._do(at, position["account"], self._take_position, proposal_id, position)
        for comment in entry.get("comment", ()):
            self._do(at, comment["account"], _comment, proposal_id, comment["text"])

    def _take_position(self, actor: Actor, proposal_id: UUID, position: Row) -> None:
        committee = position.get("committee")
        for edit in proposal_queries.edits_of(proposal_id):
            proposal_services.take_position(
                actor,
                edit_id=edit.edit_id,
                stance=position["stance"],
                reason=position["reason"],
                committee_id=self.committees[committee] if committee else None,
            )


def _moment(share: float) -> datetime:
    """The moment at `share` (0 to 1) of all office hours."""
    day, rest = divmod(share * DAYS, 1)
    return LAST_PROPOSAL if day >= DAYS else FIRST_DAY + timedelta(days=day, hours=rest * HOURS)


def _account(actor: Actor, row: Row) -> UUID:
    return people_services.create_account(
        actor, email=row["email"], name=row["name"], password=PASSWORD, description=row["description"]
    ).id


def _committee(actor: Actor, row: Row) -> UUID:
    return committee_services.create_committee(
        actor,
        key=row["key"],
        name=row["name"],
        short_name=row["short"],
        kind=row["kind"],
        legal_number=row.get("legal_number"),
    ).id


def _comment(actor: Actor, proposal_id: UUID, text: str) -> None:
    proposal_services.add_comment(actor, proposal_id=proposal_id, text=text)


def _contents(name: str) -> Any:
    return read_commonmark((HERE / name).read_bytes()).contents


def _annex_of(document: Document) -> UUID:
    return next(text.id for text in document.texts if text.role == "annex")
