"""Proposals for tests: filed through the service, as a person's are."""

from typing import Any
from uuid import UUID

from amendments import text as engine
from amendments.documents import queries
from amendments.proposals import services
from amendments.proposals.models import Proposal
from amendments.proposals.queries import edits_of, wording_base
from amendments.text import edits as controls
from amendments.web.actor import Actor
from tests.factories.documents import Paper

Hunks = tuple[engine.Hunk, ...]


def words(text: engine.Text, old: str, new: str) -> Hunks:
    """The one place that reads `old` shall read `new`."""
    (paragraph,) = [p for p in text if old in p.text]
    start = paragraph.text.index(old)
    return controls.replace_words(paragraph, start, start + len(old), engine.Rich(new))


def strike(text: engine.Text, rank: int) -> Hunks:
    return controls.delete(text[rank])


def insert(text: engine.Text, rank: int, *new: str) -> Hunks:
    """New paragraphs behind the one with this rank; -1: before all."""
    return controls.insert(text[rank].identity if rank >= 0 else "", [engine.plain(words) for words in new])


def filed(paper: Paper, *edits: Hunks, actor: Actor | None = None, **given: Any) -> Proposal:
    version = given.pop("version", None) or queries.current_version(paper.text.id)
    return services.file_proposal(actor or paper.member, version_id=version.id, edits=edits, **given)


def change(paper: Paper, old: str, new: str, **given: Any) -> Proposal:
    """Filed on the current version, or on the wording after `parent_id`."""
    version = queries.current_version(paper.text.id)
    return filed(paper, words(wording_base(version.id, given.get("parent_id")), old, new), **given)


def edit_id(proposal: Proposal, rank: int = 0) -> UUID:
    return edits_of(proposal.id)[rank].edit_id
