"""Papers that are set in a form of their own: the synopsis, and the book of all proposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from amendments.consensus.synopsis import rows_of
from amendments.exchange.pdf.book import BookProposal, ProposalBook
from amendments.exchange.pdf.passages import Passage
from amendments.exchange.pdf.synopsis import Synopsis, SynopsisColumn
from amendments.proposals.rules import label
from amendments.text import Edit, Redline, Text, apply_edits
from amendments.text.whereabouts import headings_above
from amendments.web.filters import day
from amendments.web.languages import speech
from amendments.workplaces.downloads.papers import people_of
from amendments.workplaces.filings import FiledEdit, Filing
from amendments.workplaces.labels import kind_name, state_name
from amendments.workplaces.passages import local_text
from amendments.workplaces.reader import Place
from amendments.workplaces.synopsis import Compared, compared
from amendments.workplaces.table import Ground


def synopsis_of(place: Place, left: str | None, columns: Sequence[str], *, whole: bool, sees_work: bool) -> Synopsis:
    asked = compared(place, left, columns, sees_work=sees_work)
    return Synopsis(
        title=_("Synopse: %(title)s", title=place.text.title),
        left=asked.left.title,
        base=tuple(paragraph.content for paragraph in asked.text),
        columns=tuple(_columns(asked, place, sees_work=sees_work)),
        rows=tuple(rows_of(asked.text, asked.found)),
        whole=whole,
        speech=speech(),
    )


def _columns(asked: Compared, place: Place, *, sees_work: bool) -> Iterable[SynopsisColumn]:
    known = {edit_id for column in asked.found for edit_id in column.edit_ids} if sees_work else set()
    people, by = people_of(known, place.hidden)
    for option, column in zip(asked.chosen, asked.found, strict=True):
        yield SynopsisColumn(option.title, column.redline.nodes, people, by)


def book_of(place: Place, filings: Iterable[Filing]) -> ProposalBook:
    """Those on this text, in its order; of what was filed on another version the place there counts."""
    mine = [filing for filing in filings if filing.text.id == place.text.id]
    grounds: dict[int, Ground] = {}
    found = []
    for filing in mine:
        ground = grounds.setdefault(id(filing.base), Ground(filing.base))
        found.append((_rank(filing, ground), _proposal(filing, ground)))
    ordered = sorted(found, key=lambda each: (each[0], each[1].number))
    return ProposalBook(
        title=_("Vorschläge: %(title)s", title=place.text.title),
        proposals=tuple(proposal for _rank, proposal in ordered),
        speech=speech(),
    )


def _rank(filing: Filing, ground: Ground) -> int:
    """Where its first passage stands."""
    ranks = {paragraph.identity: rank for rank, paragraph in enumerate(filing.base)}
    return min((ranks[name] for edit in filing.edits for name in ground.paragraphs(edit.hunks)), default=-1)


def _proposal(filing: Filing, ground: Ground) -> BookProposal:
    proposal = filing.proposal
    rank = _rank(filing, ground)
    facts = [kind_name(proposal.kind, proposal.origin), state_name(filing.state)]
    facts += [_("eingereicht am %(day)s", day=day(proposal.filed_at))] if proposal.filed_at else []
    facts += [_("haushaltswirksam")] if proposal.budget else []
    return BookProposal(
        number=label(proposal.number),
        who=filing.who,
        passages=tuple(_passage(edit, ground) for edit in filing.edits),
        title=proposal.title,
        under=_heading(filing.base, rank),
        facts=tuple(facts),
        reason=proposal.reason,
    )


def _heading(base: Text, rank: int) -> str:
    return headings_above([paragraph.content for paragraph in base])[rank] if rank >= 0 else ""


def _passage(edit: FiledEdit, ground: Ground) -> Passage:
    paragraphs = ground.paragraphs(edit.hunks)
    redline = apply_edits(Redline.of(local_text(ground.base, edit.hunks)), [Edit("own", edit.hunks)])
    return Passage(
        place=ground.instructions.name(paragraphs[0]).text if paragraphs else _("am Anfang"),
        lines=ground.reach(paragraphs),
        instruction=ground.instructions.say(edit.hunks),
        nodes=redline.nodes,
    )
