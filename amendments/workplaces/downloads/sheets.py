"""Papers that are set in a form of their own: the synopsis, and the book of all proposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from amendments.consensus.synopsis import rows_of
from amendments.exchange.pdf.book import BookProposal, ProposalBook
from amendments.exchange.pdf.passages import Passage
from amendments.exchange.pdf.synopsis import Synopsis, SynopsisColumn
from amendments.proposals.rules import label
from amendments.text.hunks import Hunk
from amendments.text.model import Text
from amendments.text.whereabouts import headings_above
from amendments.web.filters import day
from amendments.web.languages import speech
from amendments.workplaces.downloads.papers import people_of
from amendments.workplaces.filings import Filing
from amendments.workplaces.labels import kind_name, state_name
from amendments.workplaces.passages import local_redline
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
    grounds: dict[int, _Chapters] = {}
    found = []
    for filing in mine:
        if id(filing.base) not in grounds:
            grounds[id(filing.base)] = _Chapters(filing.base)
        ground = grounds[id(filing.base)]
        rank = _rank(filing, ground)
        found.append((rank, _proposal(filing, ground, ground.headings[rank] if rank >= 0 else "")))
    ordered = sorted(found, key=lambda each: (each[0], each[1].number))
    return ProposalBook(
        title=_("Vorschläge: %(title)s", title=place.text.title),
        proposals=tuple(proposal for _rank, proposal in ordered),
        speech=speech(),
    )


class _Chapters(Ground):
    """With the heading above each paragraph."""

    def __init__(self, base: Text) -> None:
        super().__init__(base)
        self.headings = headings_above([paragraph.content for paragraph in base])


def _rank(filing: Filing, ground: Ground) -> int:
    """Where its first passage stands; -1 before all of them."""
    return min((ground.ranks[name] for edit in filing.edits for name in ground.paragraphs(edit.hunks)), default=-1)


def _proposal(filing: Filing, ground: Ground, under: str) -> BookProposal:
    proposal = filing.proposal
    facts = [kind_name(proposal.kind, proposal.origin), state_name(filing.state)]
    facts += [_("eingereicht am %(day)s", day=day(proposal.filed_at))] if proposal.filed_at else []
    facts += [_("haushaltswirksam")] if proposal.budget else []
    return BookProposal(
        number=label(proposal.number),
        who=filing.who,
        passages=tuple(passage_of(edit.hunks, ground) for edit in filing.edits),
        title=proposal.title,
        under=under,
        facts=tuple(facts),
        reason=proposal.reason,
    )


def passage_of(hunks: tuple[Hunk, ...], ground: Ground) -> Passage:
    """How a change of the wording `ground` is printed."""
    paragraphs = ground.paragraphs(hunks)
    return Passage(
        place=ground.instructions.name(paragraphs[0]).text if paragraphs else _("am Anfang"),
        lines=ground.reach(paragraphs),
        instruction=ground.instructions.say(hunks),
        nodes=local_redline(ground.base, hunks).nodes,
    )
