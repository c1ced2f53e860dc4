"""A small town in which every kind of thing exists once in every kind of document, and every kind of person lives.

Every free text in it carries a canary (a word that stands nowhere else) and markup, so that one crawl over the pages
shows both: what somebody reads who should not, and what a page prints as something else than text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from amendments import text as engine
from amendments.committees.models import Committee
from amendments.consensus import queries as consensus
from amendments.consensus import services as publishing
from amendments.consensus.board import load_board
from amendments.consultations import services as consulting
from amendments.consultations.models import Consultation, Exclusion
from amendments.consultations.services import Plan
from amendments.decisions.queries import standing_on
from amendments.documents import queries as documents
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.services import NewText, create_document
from amendments.exchange.imported import Imported
from amendments.exchange.remarks import Hand, Remark
from amendments.exchange.returned import Alone, Returned
from amendments.extensions import db
from amendments.forwarding import services as forwarding
from amendments.forwarding.models import Forwarding, Measure
from amendments.meetings import excluding
from amendments.meetings import services as sitting
from amendments.meetings.models import AgendaItem, Ballot, Ending, Meeting
from amendments.meetings.queries import items_of
from amendments.meetings.services import Put, wording_hash
from amendments.notifications.letters import choice_link
from amendments.people import passwords, services
from amendments.people.models import Account
from amendments.people.queries import actor_for
from amendments.proposals import bringing
from amendments.proposals.models import Proposal, ReturnedFile
from amendments.proposals.queries import edits_of
from amendments.text.model import Kind
from amendments.web import clock
from amendments.web.actor import Actor
from amendments.workplaces.comparing_files import packed
from tests.factories import committees, people
from tests.security.planted import MARKUP, canary, hostile
from tests.security.sayings import Sayings

PASSWORD = "lange Nacht im Saal"

ROLES = (
    "guest",
    "author",
    "member",
    "other_member",
    "chair",
    "clerk",
    "moderator",
    "steering",
    "admin",
    "deactivated",
    "ended",
    "excluded",
    "barred",
)
"""Columns of the matrix. `author` filed everything and is a listed reader; `clerk` is the clerk of the office and
brought the restricted document in; `ended` sat on the participating committee until yesterday. `excluded` sits there
and is excluded from every document, `barred` from what the proposal `open` is about."""

THINGS = ("committee", "public", "restricted")
FOREIGN = ("foreign", "sealed")
"""Of another lead committee: for those who take part there, and for its moderator alone."""

SENTENCES = (
    "Die Stadt fördert den Spracherwerb von Anfang an.",
    "Sie unterstützt Vereine bei der Öffnung für alle.",
    "Der Beirat berichtet jährlich über seine Arbeit.",
    "Schulen und Kindertagesstätten arbeiten eng zusammen.",
    "Eine Beratungsstelle hilft bei Fragen zur Arbeit.",
    "Das Netzwerk trifft sich zweimal im Jahr.",
    "Die Verwaltung legt einen Bericht vor.",
)


@cache
def password_hash() -> str:
    return passwords.hash_password(PASSWORD)


@dataclass
class Adopted:
    """A document beside another one, seen by the same people, which the council has adopted."""

    document: Document
    version: Version
    step: Consultation
    measure: Measure
    free: str
    """A recommendation that is no measure yet."""

    @property
    def rows(self) -> list[Any]:
        return [self.document, self.version, self.step, self.measure]


@dataclass
class Paper:
    """A document with everything that can be said about it. Proposals by what became of them."""

    name: str
    document: Document
    text: DocumentText
    resolution: DocumentText
    secret: DocumentText
    """For few, for ever."""
    later: DocumentText
    """From tomorrow on like its document, until then for its committees."""
    first: Version
    version: Version
    proposals: dict[str, Proposal] = field(default_factory=dict)
    meeting: Meeting = field(init=False)
    """Of the participant with the lead: `agreed` has been voted on, `open` is called, `rejected` is in the bloc."""
    early: Meeting = field(init=False)
    """Closed before anything was voted."""
    ballot: Ballot = field(init=False)
    ending: Ending = field(init=False)
    """Of `later`, which is adjourned."""
    board_id: UUID = field(init=False)
    """The committee in charge of the sitting."""
    exclusion: Exclusion = field(init=False)
    """Of `excluded`."""
    steps: dict[str, Consultation] = field(default_factory=dict)
    """Steps of the Beratungsfolge: `open` of the participant, `inside` of a working group, not printed; `told` has been
    announced; `bare` and `loose` have no result, and nothing rests on `loose`."""
    forwarding: Forwarding = field(init=False)
    """From `inside` to `bare`."""
    adopted: Adopted = field(init=False)
    returned: ReturnedFile = field(init=False)
    """A file that came back with one change, not brought in yet."""

    def edit(self, name: str) -> UUID:
        return edits_of(self.proposals[name].id)[0].edit_id

    def standing(self, name: str) -> UUID:
        """The decision that stands about this proposal's first edit."""
        return standing_on([self.edit(name)])[self.edit(name)].id

    @property
    def rows(self) -> list[Any]:
        texts = [self.text, self.resolution, self.secret, self.later]
        rows = [self.document, *texts, self.first, self.version, self.exclusion]
        rows += [*self.proposals.values(), *self.steps.values(), self.meeting, self.early, self.ballot, self.ending]
        return [*rows, self.forwarding, self.returned, *self.adopted.rows]

    def item(self, name: str) -> AgendaItem:
        """The item of the sitting with that proposal on it; another one when it has left the agenda."""
        wanted = self.edit("rejected" if name == "bloc" else name)
        rows = items_of(self.meeting.id)
        return next((row for row in rows if wanted in {edit.edit_id for edit in row.edits}), rows[0])

    @property
    def words(self) -> engine.Text:
        return documents.load_text(self.version)

    def paragraph(self, words: str) -> engine.Paragraph:
        return next(paragraph for paragraph in self.words if words in paragraph.text)

    @property
    def ids(self) -> dict[str, UUID]:
        return {"document_id": self.document.id, "text_id": self.text.id}


@dataclass
class World:
    committees: dict[str, Committee]
    accounts: dict[str, Account]
    tokens: dict[str, str]
    papers: dict[str, Paper]
    spare: Account
    """Somebody to manage."""
    closed: Account
    invited: Account
    """Waits for its first password."""
    links: dict[str, str]
    """Tokens of links: of the invitation, of a new password for `spare`, and to the member's choice of mails."""

    def actor(self, role: str) -> Actor:
        return actor_for(self.accounts[role].id)

    def seated(self, paper: Paper) -> UUID:
        """Somebody who may come to the sitting and has not."""
        return self.accounts["other_member" if paper.name in FOREIGN else "chair"].id

    def attendant(self, paper: Paper) -> UUID:
        """Somebody who is there."""
        return self.accounts["far_author" if paper.name in FOREIGN else "author"].id


def build() -> World:
    rows = _committees()
    accounts = _people(rows)
    sharing = {name: rows[name] for name in ("lead", "participant", "group")}
    away = {"lead": rows["far_lead"], "participant": rows["far"], "group": rows["group"]}
    papers = {}
    for name in THINGS:
        papers[name] = _paper(name, sharing, accounts["moderator"], accounts["author"], accounts["clerk"])
    for name in FOREIGN:
        papers[name] = _paper(name, away, accounts["far_moderator"], accounts["far_author"], accounts["clerk"])
    for name, paper in papers.items():
        chief = accounts["far_moderator" if name in FOREIGN else "moderator"]
        _exclude(paper, actor_for(chief.id), accounts)
    tokens = {
        name: services.open_session(row, address=name, user_agent=hostile("agent", name), previous_token=None)
        for name, row in accounts.items()
    }
    accounts["deactivated"].active = False
    spare = people.account(password_hash=password_hash(), name="Ersatz")
    closed = people.account(password_hash=password_hash(), name="Geschlossen", active=False)
    chief = actor_for(accounts["admin"].id)
    invited, invitation = services.invite(chief, email="eingeladen@town.example", name="Eingeladen")
    links = {"invitation": invitation, "password": services.make_reset_link(chief, spare)}
    links["mails"] = choice_link(accounts["member"]).rsplit("=", 1)[-1]
    db.session.commit()
    lone = [spare, closed, invited]
    _let_go([*rows.values(), *accounts.values(), *lone, *(row for paper in papers.values() for row in paper.rows)])
    return World(rows, accounts, tokens, papers, spare, closed, invited, links)


def _let_go(rows: list[Any]) -> None:
    """Plain values from here on: every test has a session of its own."""
    for row in rows:
        db.session.refresh(row)
    db.session.expunge_all()


def _committees() -> dict[str, Committee]:
    kinds = {"lead": "committee", "participant": "advisory_board", "far_lead": "council", "far": "committee"}
    kinds |= {"office": "office", "steering": "steering_group", "group": "working_group"}
    return {
        name: committees.committee(
            kind=kind, name=hostile("board", name.replace("_", "")), short_name=f"{name} {MARKUP}", legal_number=1
        )
        for name, kind in kinds.items()
    }


MINUTES = ("place", "chairs", "clerk", "others", "interruptions", "statements", "notes")

SEATS = {
    "author": ("participant", "member"),
    "member": ("participant", "member"),
    "other_member": ("far", "member"),
    "chair": ("participant", "chair"),
    "clerk": ("office", "clerk"),
    "moderator": ("lead", "moderator"),
    "steering": ("steering", "steering"),
    "deactivated": ("participant", "member"),
    "ended": ("participant", "member"),
    "excluded": ("participant", "member"),
    "barred": ("participant", "member"),
    "far_moderator": ("far_lead", "moderator"),
    "far_author": ("far", "member"),
}


def _people(rows: dict[str, Committee]) -> dict[str, Account]:
    accounts = {}
    for name in (*ROLES[1:], "far_moderator", "far_author"):
        plain = name.replace("_", "")
        accounts[name] = people.account(
            name=hostile("name", plain),
            email=f"{canary('mail', plain)}@town.example",
            password_hash=password_hash(),
            is_admin=name == "admin",
        )
        if name in SEATS:
            committee, role = SEATS[name]
            today = clock.today()
            since = today - timedelta(days=30)
            until = today - timedelta(days=1) if name == "ended" else None
            committees.membership(rows[committee], accounts[name].id, role, valid_from=since, valid_to=until)
    chair = accounts["chair"].id
    committees.membership(rows["participant"], accounts["author"].id, "deputy", deputy_for=chair)
    return accounts


def _paper(name: str, rows: dict[str, Committee], chief: Account, writer: Account, clerk: Account) -> Paper:
    """Brought in, argued about, decided in part, published once, argued about again."""
    moderator, author = actor_for(chief.id), actor_for(writer.id)
    visibility = {"foreign": "committee", "sealed": "restricted"}.get(name, name)
    readers = [writer.id] if name in ("restricted", "sealed") else []
    contents = [
        engine.plain(f"{canary(name, 'heading')} Leitlinien", Kind.HEADING, 1),
        *(engine.plain(words) for words in SENTENCES),
        engine.plain(hostile(name, "paragraph")),
    ]
    document = create_document(
        moderator,
        title=hostile(name, "title"),
        subject=hostile(name, "subject"),
        reference=hostile(name, "reference"),
        office=hostile(name, "office"),
        lead_committee_id=rows["lead"].id,
        visibility=visibility,
        participant_ids=[rows["participant"].id],
        reader_ids=readers,
        texts=[
            NewText("annex", hostile(name, "text"), contents),
            NewText("resolution", hostile(name, "resolution"), [engine.plain("Der Rat beschließt die Anlage.")]),
            NewText("annex", hostile(name, "secrettext"), [engine.plain(hostile(name, "secretparagraph"))]),
            NewText("annex", hostile(name, "latertext"), [engine.plain(hostile(name, "laterparagraph"))]),
        ],
    )
    if name == "restricted":
        document.created_by = clerk.id
    text, resolution, secret, later = document.texts
    secret.visibility, later.visibility = "restricted", "committee"
    later.public_from = clock.today() + timedelta(days=1)
    first = documents.current_version(text.id)
    paper = Paper(name, document, text, resolution, secret, later, first, first)
    said = Sayings(paper, author, moderator, rows["participant"].id)
    said.on_the_first_version()
    plan = consensus.preview(first.id)
    paper.version = publishing.publish(
        moderator,
        text_id=text.id,
        base_version_id=first.id,
        expected_hash=plan.hash,
        note=hostile(name, "note"),
        label=hostile(name, "label"),
    )
    said.on_the_second_version()
    said.on_texts_for_few()
    _plan(paper, moderator, rows["participant"], rows["group"])
    _sit(paper, moderator, [rows["participant"].id, rows["lead"].id], writer)
    _hand_on(paper, moderator)
    paper.adopted = _adopt(paper, rows, moderator, readers, clerk)
    paper.returned = _return(paper, moderator)
    return paper


def _hand_on(paper: Paper, moderator: Actor) -> None:
    start, end = paper.steps["inside"], paper.steps["bare"]
    texts = (paper.text, paper.resolution, paper.secret, paper.later)
    versions = {text.id: documents.current_version(text.id).id for text in texts}
    note = hostile(paper.name, "forwardnote")
    paper.forwarding = forwarding.forward(
        moderator, consultation_id=start.id, to_id=end.id, versions=versions, note=note
    )


def _adopt(paper: Paper, rows: dict[str, Committee], moderator: Actor, readers: list[UUID], clerk: Account) -> Adopted:
    contents = [engine.plain("Empfehlungen", Kind.HEADING, 1)]
    contents += [engine.plain(hostile(paper.name, f"{name}measure")) for name in ("first", "second")]
    document = create_document(
        moderator,
        title=hostile(paper.name, "adoptedtitle"),
        lead_committee_id=rows["lead"].id,
        visibility=paper.document.visibility,
        participant_ids=[rows["participant"].id],
        reader_ids=readers,
        texts=[NewText("annex", hostile(paper.name, "adoptedtext"), contents)],
    )
    if paper.name == "restricted":
        document.created_by = clerk.id
    version = documents.current_version(document.texts[0].id)
    plan = Plan([rows["lead"].id], "decision", public=False)
    step = consulting.plan_consultation(moderator, document_id=document.id, plan=plan)
    remark, decided = hostile(paper.name, "adoptedremark"), {version.text_id: version.id}
    step = consulting.note_result(
        moderator,
        consultation_id=step.id,
        row_version=step.row_version,
        result="adopted",
        remark=remark,
        versions=decided,
    )
    first, second = (paragraph.identity for paragraph in documents.load_text(version)[1:])
    (measure,) = forwarding.take_up_measures(
        moderator,
        document_id=document.id,
        version_id=version.id,
        paragraphs=[first],
        committee_id=rows["participant"].id,
    )
    words = hostile(paper.name, "ratingwords")
    planned = forwarding.Planned(rows["participant"].id, rating="first", rating_words=words)
    forwarding.plan_measure(moderator, measure_id=measure.id, row_version=measure.row_version, planned=planned)
    told = hostile(paper.name, "measurereport")
    forwarding.report_measure(moderator, measure_id=measure.id, state="in_progress", text=told)
    return Adopted(document, version, step, measure, second)


def _return(paper: Paper, moderator: Actor) -> ReturnedFile:
    """With a reason, a comment at another place and a sentence that our version has not."""
    name = hostile(paper.name, "returnedname")
    before = [paragraph.content for paragraph in paper.words]
    changed = [*before[:-1], engine.plain(before[-1].text + " " + hostile(paper.name, "returnedwords"))]
    last = len(before) - 1
    remarks = (
        Remark(name, clock.now(), hostile(paper.name, "returnedreason"), last, 0, 3, (name,)),
        Remark("", None, hostile(paper.name, "returnedcomment"), 1, 0, 3),
    )
    read = Imported(
        (*before, engine.plain(hostile(paper.name, "returnedbeneath"))), hands=(Hand(name, 1),), remarks=remarks
    )
    alone = Alone(name, (*changed, read.contents[-1]))
    content = packed(Returned(read, alone.contents, (alone,)))
    digest = hashlib.sha256(paper.name.encode()).hexdigest()
    row = bringing.keep_file(
        moderator,
        text_id=paper.text.id,
        name=hostile(paper.name, "returnedfile"),
        digest=digest,
        content=content,
    )
    assert row is not None
    return row


def _exclude(paper: Paper, moderator: Actor, accounts: dict[str, Account]) -> None:
    """While the item with `open` is called."""
    who = accounts["excluded"].id
    paper.exclusion = excluding.exclude(moderator, document_id=paper.document.id, account_id=who, scope="document")
    excluding.exclude(moderator, document_id=paper.adopted.document.id, account_id=who, scope="document")
    excluding.exclude(
        moderator,
        document_id=paper.document.id,
        account_id=accounts["barred"].id,
        scope="edits",
        text_id=paper.text.id,
        edit_ids=[paper.edit("open")],
    )


def _sit(paper: Paper, moderator: Actor, committee_ids: list[UUID], writer: Account) -> None:
    plan = Plan(committee_ids, "preparation", public=False, place=hostile(paper.name, "sittingplace"))
    paper.steps["sitting"] = consulting.plan_consultation(moderator, document_id=paper.document.id, plan=plan)
    paper.board_id = committee_ids[0]
    step = consulting.plan_consultation(moderator, document_id=paper.document.id, plan=plan)
    paper.early = sitting.open_meeting(moderator, consultation_id=step.id)
    sitting.close_meeting(moderator, meeting_id=paper.early.id)
    meeting = paper.meeting = sitting.open_meeting(moderator, consultation_id=paper.steps["sitting"].id)
    sitting.come(moderator, meeting_id=meeting.id, account_ids=[writer.id])
    sitting.pull_out(actor_for(writer.id), meeting_id=meeting.id, edit_id=paper.edit("later"))
    item = sitting.call_item(moderator, meeting_id=meeting.id, item_id=paper.item("later").id, reason="Zuerst")
    said = hostile(paper.name, "adjournreason")
    paper.ending = sitting.adjourn(moderator, meeting_id=meeting.id, item_id=item.id, reason=said)
    edit_id = paper.edit("agreed")
    reason = hostile(paper.name, "callreason")
    item = sitting.call_item(moderator, meeting_id=meeting.id, item_id=paper.item("agreed").id, reason=reason)
    shown = wording_hash(load_board(paper.version.id, committee_ids[0]), [edit_id])
    paper.ballot = sitting.state_result(
        moderator,
        meeting_id=meeting.id,
        item_id=item.id,
        put=Put([edit_id], {}, shown),
        carried=True,
        form="unanimous",
        reason=hostile(paper.name, "ballotreason"),
    )
    words = sitting.Words(**{name: hostile(paper.name, f"minutes{name}") for name in MINUTES})
    sitting.write_minutes(moderator, meeting_id=meeting.id, row_version=0, words=words)
    sitting.call_item(moderator, meeting_id=meeting.id, item_id=paper.item("open").id, reason=reason)


def _plan(paper: Paper, moderator: Actor, participant: Committee, group: Committee) -> None:
    named = {row.id: documents.current_version(row.id).id for row in (paper.text, paper.secret, paper.later)}
    steps = (("open", participant), ("inside", group), ("told", participant), ("bare", participant))
    for name, committee in (*steps, ("loose", participant)):
        plan = Plan([committee.id], "preparation", public=False, place=hostile(paper.name, f"{name}place"))
        row = consulting.plan_consultation(moderator, document_id=paper.document.id, plan=plan)
        paper.steps[name] = row
        if name in ("bare", "loose"):
            continue
        remark = hostile(paper.name, f"{name}remark")
        paper.steps[name] = consulting.note_result(
            moderator,
            consultation_id=row.id,
            row_version=row.row_version,
            result="noted",
            remark=remark,
            announced=name == "told",
            versions=named,
        )
