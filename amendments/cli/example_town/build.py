"""Fills an empty database with the example town, through the services and with the checks that hold for everybody."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import click
from flask import Flask

from amendments.cli.example_town.acting import HERE, Row, Town, propose
from amendments.cli.example_town.course import play
from amendments.committees import services as committee_services
from amendments.consultations import services as consultation_services
from amendments.consultations.services import Plan
from amendments.documents import services as document_services
from amendments.documents.models import Document
from amendments.documents.services import NewText
from amendments.exchange.commonmark import read_commonmark
from amendments.people import services as people_services
from amendments.proposals import queries as proposal_queries
from amendments.proposals import services as proposal_services
from amendments.web import clock
from amendments.web.actor import Actor
from amendments.web.transaction import write

PASSWORD = "gemeinsam-abstimmen-2011"  # noqa: S105 - printed on the sign-in page of the example town
FOUNDED = datetime(2011, 10, 24, 9, 0, tzinfo=clock.TOWN)
FIRST_DAY = datetime(2011, 11, 7, 8, 0, tzinfo=clock.TOWN)
DAYS = 16
HOURS = 9.5
"""Proposals come in on sixteen days, each between eight and half past five."""
LAST_PROPOSAL = FIRST_DAY + timedelta(days=DAYS - 1, hours=HOURS)


def build(app: Flask, until: date | None = None) -> list[dict[str, str]]:
    """Returns the accounts the sign-in page shows: email, name, description, password.

    `until`: also what happened from the joint session to the evening of that day.
    """
    rows = tomllib.loads((HERE / "town.toml").read_text(encoding="utf-8"))
    with app.app_context():
        builder = _Builder(rows)
        builder.people()
        builder.documents()
        builder.proposals()
        if until is not None:
            play(builder.town, until)
    return [
        {"email": row["email"], "name": row["name"], "description": row["description"], "password": PASSWORD}
        for row in rows["account"]
        if row.get("listed", True)
    ]


class _Builder:
    def __init__(self, rows: Row) -> None:
        self.rows = rows
        self.town = Town()

    # --- people and committees

    def people(self) -> None:
        rows = self.rows["account"]
        admin = next(row for row in rows if row["admin"])
        with clock.stopped(FOUNDED):
            first = write(
                lambda: (
                    people_services.create_first_administrator(
                        email=admin["email"], name=admin["name"], password=PASSWORD
                    ).id
                )
            )
        self.town.accounts[admin["email"]] = first
        for row in rows:
            if row is not admin:
                self.town.accounts[row["email"]] = self.town.do(FOUNDED, admin["email"], _account, row)
        for row in self.rows["committee"]:
            self.town.committees[row["key"]] = self.town.do(FOUNDED, admin["email"], _committee, row)
        for row in rows:
            for seat in row["memberships"]:
                self.town.do(FOUNDED, admin["email"], self._appoint, row, seat)

    def _appoint(self, actor: Actor, row: Row, seat: Row) -> None:
        committee_services.appoint(
            actor,
            committee_id=self.town.committees[seat["committee"]],
            account_id=self.town.accounts[row["email"]],
            role=seat["role"],
        )

    # --- documents

    def documents(self) -> None:
        main = self.rows["document"]
        self.town.do(FOUNDED, "moderation@landau.example", self._create, main)
        for offset, row in enumerate(self.rows["other_document"], start=1):
            at = FOUNDED + timedelta(days=2 * offset)
            self.town.do(at, "moderation@landau.example", self._create, row)

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
            lead_committee_id=self.town.committees[row.get("lead", "steuerungsgruppe")],
            participant_ids=[self.town.committees[key] for key in row.get("participants", ())],
            reader_ids=[self.town.accounts[email] for email in row.get("readers", ())],
            texts=texts,
        )
        for step in row.get("consultation", ()):
            consultation_services.plan_consultation(actor, document_id=document.id, plan=self._plan(step))
        if row is self.rows["document"]:
            self.town.document, self.town.concept = document.id, _annex_of(document)

    def _plan(self, step: Row) -> Plan:
        return Plan(
            committee_ids=[self.town.committees[key] for key in step["committees"]],
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
        entries = tomllib.loads((HERE / self.rows["document"]["proposals"]).read_text(encoding="utf-8"))["proposal"]
        with click.progressbar(entries, label="filing proposals") as bar:
            for number, entry in enumerate(bar):
                self._file(_moment(number / max(1, len(entries) - 1)), entry)
        for number, entry in enumerate(entries):
            self._discuss(LAST_PROPOSAL + timedelta(seconds=30 * number), entry)

    def _file(self, at: datetime, entry: Row) -> None:
        self.town.filed[entry["key"]] = self.town.do(at, entry["account"], propose, self.town, entry)

    def _discuss(self, at: datetime, entry: Row) -> None:
        proposal_id = self.town.filed[entry["key"]]
        for position in entry.get("position", ()):
            self.town.do(at, position["account"], self._take_position, proposal_id, position)
        for comment in entry.get("comment", ()):
            self.town.do(at, comment["account"], _comment, proposal_id, comment["text"])

    def _take_position(self, actor: Actor, proposal_id: UUID, position: Row) -> None:
        committee = position.get("committee")
        for edit in proposal_queries.edits_of(proposal_id):
            proposal_services.take_position(
                actor,
                edit_id=edit.edit_id,
                stance=position["stance"],
                reason=position["reason"],
                committee_id=self.town.committees[committee] if committee else None,
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
