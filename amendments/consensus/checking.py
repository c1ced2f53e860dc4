"""Whether the tables say what the record says: versions, the changes of proposals, decisions.

The chain of events is walked elsewhere (`audit.queries.verify`); here what it holds is compared with the rows from
which pages are made. Reasons, comments, positions and titles are not in the record and not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from amendments import text as engine
from amendments.audit.queries import told
from amendments.consensus.events import ConsensusKept, VersionImported, VersionPublished
from amendments.consensus.models import ConsensusVersion
from amendments.consultations.rules import Vote
from amendments.decisions.events import (
    CompromiseAgreed,
    DecisionMade,
    EditorialChangeMade,
    EditsReopened,
    ModificationAgreed,
    WordingPut,
)
from amendments.decisions.models import Decision
from amendments.decisions.rules import Outcome
from amendments.documents.events import DocumentCreated, TextAdded
from amendments.documents.models import Version
from amendments.extensions import db
from amendments.proposals.events import DraftDiscarded, DraftEdited, ProposalDrafted, ProposalFiled
from amendments.proposals.models import Edit, Hunk, Proposal
from amendments.proposals.storing import place_of

VERSIONS: Final = (
    DocumentCreated.name,
    TextAdded.name,
    VersionPublished.name,
    VersionImported.name,
    ConsensusKept.name,
)
WORDINGS: Final = (
    ProposalDrafted.name,
    DraftEdited.name,
    DraftDiscarded.name,
    ProposalFiled.name,
    ModificationAgreed.name,
    CompromiseAgreed.name,
    WordingPut.name,
    EditorialChangeMade.name,
)
DECISIONS: Final = (
    DecisionMade.name,
    ModificationAgreed.name,
    CompromiseAgreed.name,
    EditorialChangeMade.name,
    EditsReopened.name,
)


@dataclass(frozen=True)
class Differences:
    """What differs, each as a person can look it up."""

    versions: tuple[str, ...]
    """Versions whose hash is not the one recorded, or that one side does not know."""
    edits: tuple[str, ...]
    """Edits whose hunks are not those their wish's hash was made of."""
    proposals: tuple[str, ...]
    """Proposals whose edits are not those recorded, or that one side does not know."""
    decisions: tuple[str, ...]
    """Edits whose decisions, in their order, are not those recorded."""


def differences() -> Differences:
    """All of them; walks every event that names a version, a wording or a decision."""
    edits, proposals = _wordings()
    return Differences(tuple(_versions()), edits, proposals, tuple(_decisions()))


# --- versions


def _versions() -> Iterator[str]:
    recorded: dict[tuple[str, int], str] = {}
    kept: dict[str, str] = {}
    for event in told(VERSIONS):
        payload = event.payload
        if event.name == DocumentCreated.name:
            recorded |= {(text, 1): hash_ for text, hash_ in zip(payload["text_ids"], payload["hashes"], strict=True)}
        elif event.name == ConsensusKept.name:
            kept[payload["version_id"]] = payload["hash"]
        else:
            recorded[payload["text_id"], payload.get("number", 1)] = payload["hash"]
    published = select(Version.text_id, Version.number, Version.hash).where(Version.number.is_not(None))
    for text_id, number, hash_ in db.session.execute(published.order_by(Version.text_id, Version.number)):
        if recorded.pop((str(text_id), number or 0), None) != hash_:
            yield f"{number} of text {text_id}"
    for text, number in sorted(recorded):
        yield f"{number} of text {text}"
    yield from _kept(kept)


def _kept(recorded: dict[str, str]) -> Iterator[str]:
    """Consensus versions that were kept, against the record."""
    rows = db.session.execute(
        select(Version.id, Version.hash)
        .join(ConsensusVersion, ConsensusVersion.version_id == Version.id)
        .order_by(Version.id)
    )
    for version_id, hash_ in rows:
        if recorded.pop(str(version_id), None) != hash_:
            yield f"kept {version_id}"
    for missing in sorted(recorded):
        yield f"kept {missing}"


# --- wordings


def _wordings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Edits that are not their own hash, proposals that are not as recorded."""
    recorded = _recorded_wishes()
    edits: list[str] = []
    proposals: list[str] = []
    statement = (
        select(
            Proposal.id,
            Proposal.number,
            Proposal.document_id,
            Edit.id.label("edit_id"),
            Edit.rank,
            Edit.wish_hash,
            *(column for column in Hunk.__table__.columns if column.name not in ("id", "edit_id", "rank", "base_hash")),
        )
        .outerjoin(Edit, Edit.proposal_id == Proposal.id)
        .outerjoin(Hunk, Hunk.edit_id == Edit.id)
        .order_by(Proposal.id, Edit.rank, Hunk.rank)
    )
    for proposal_id, rows in groupby(db.session.execute(statement), key=attrgetter("id")):
        wishes: list[str] = []
        name = str(proposal_id)
        for edit_id, hunks in groupby(rows, key=attrgetter("edit_id")):
            stored = list(hunks)
            name = _name(stored[0])
            if edit_id is None:
                continue
            wishes.append(stored[0].wish_hash)
            if not _is_its_hash(stored):
                edits.append(f"{name}, edit {stored[0].rank + 1}")
        if recorded.pop(str(proposal_id), None) != tuple(wishes):
            proposals.append(name)
    return tuple(edits), (*proposals, *sorted(recorded))


def _recorded_wishes() -> dict[str, tuple[str, ...]]:
    """By proposal, as it was written last; a discarded draft is gone."""
    found: dict[str, tuple[str, ...]] = {}
    for event in told(WORDINGS):
        payload = event.payload
        if event.name == DraftDiscarded.name:
            found.pop(payload["proposal_id"], None)
        else:
            one = (payload["wish_hash"],) if "wish_hash" in payload else ()
            found[payload["proposal_id"]] = one or tuple(payload["wish_hashes"])
    return found


def _is_its_hash(rows: Sequence[Any]) -> bool:
    """Whether the hunks give the edit's hash, and the columns beside them say the same."""
    if rows[0].data is None:
        return False
    try:
        hunks = tuple(engine.hunk_from_json(row.data) for row in rows)
        return engine.hunks_hash(hunks) == rows[0].wish_hash and all(map(_says_the_same, rows, hunks))
    except (KeyError, TypeError, ValueError, AttributeError):  # data that is no hunk
        return False


def _says_the_same(row: Any, hunk: engine.Hunk) -> bool:
    paragraph, start, end, old_text = place_of(hunk, defaultdict(str))
    moved = isinstance(hunk, engine.Move)  # its words stand in the version alone
    return (row.op, row.paragraph, row.start, row.end) == (row.data["op"], paragraph, start, end) and (
        moved or row.old_text == old_text
    )


def _name(row: Any) -> str:
    return f"Ä {row.number} of document {row.document_id}" if row.number is not None else f"draft {row.id}"


# --- decisions

Told = tuple[str, str, str | None, tuple[Any, ...]]
"""Outcome, step it was made in, who wrote it down, kind of vote and counts."""
_NO_VOTE: Final = (Vote().kind.value, None, None, None)


def _decisions() -> Iterator[str]:
    recorded = _recorded_decisions()
    statement = (
        select(*Decision.__table__.columns, Proposal.number, Proposal.document_id, Edit.rank.label("edit_rank"))
        .join(Edit, Edit.id == Decision.edit_id)
        .join(Proposal, Proposal.id == Edit.proposal_id)
        .order_by(Decision.edit_id, Decision.committee_id, Decision.id)
    )
    for (edit_id, committee_id), rows in groupby(
        db.session.execute(statement), key=attrgetter("edit_id", "committee_id")
    ):
        stored = list(rows)
        if [_told(row) for row in _in_order(stored)] != recorded.pop((str(edit_id), str(committee_id)), []):
            yield f"{_name(stored[0])}, edit {stored[0].edit_rank + 1}"
    yield from sorted(f"edit {edit_id}" for edit_id, _ in recorded)


def _told(row: Any) -> Told:
    vote = _NO_VOTE if row.outcome == Outcome.SETTLED else (row.vote_kind, row.yes, row.no, row.abstained)
    return row.outcome, str(row.consultation_id), str(row.decided_by), vote


def _recorded_decisions() -> dict[tuple[str, str], list[Told]]:
    """By edit and committee, in the order of the record. What settles others along the way has no vote of its own."""
    found: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for event in told(DECISIONS):
        payload: Mapping[str, Any] = event.payload
        vote = (payload["vote_kind"], *payload["votes"]) if "votes" in payload else _NO_VOTE
        actor = str(event.actor_id) if event.actor_id is not None else None
        for _proposal, edit, outcome in payload["lines"]:
            cast = _NO_VOTE if outcome == Outcome.SETTLED else vote
            said = (outcome, str(payload["consultation_id"]), actor, cast)
            found[edit, payload["committee_id"]].append(said)
    return found


def _in_order(rows: Sequence[Any]) -> list[Any]:
    """The older first, by what superseded each; those outside of that order are left out, which is found as well."""
    before: dict[UUID | None, Any] = {row.superseded_by: row for row in rows}
    chain: list[Any] = []
    row = before.pop(None, None)
    while row is not None:
        chain.append(row)
        row = before.pop(row.id, None)
    return chain[::-1]
