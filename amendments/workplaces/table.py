"""The table of proposals: filings as rows, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from flask_babel import gettext as _
from flask_babel import ngettext

from amendments.consultations.rules import VoteKind
from amendments.decisions.models import Decision
from amendments.exchange.instructions import Instructions
from amendments.exchange.proposal_table import ProposalRow
from amendments.text import CELL, Hunk, Paragraph, Text, line_starts
from amendments.web import clock
from amendments.workplaces.filings import FiledEdit, Filing, Said
from amendments.workplaces.labels import kind_name, state_name, vote_name
from amendments.workplaces.passages import lengths_of, local_redline, touched


def table_rows(filings: Iterable[Filing]) -> Iterator[ProposalRow]:
    """A row for each passage."""
    grounds: dict[int, Ground] = {}
    for filing in filings:
        if id(filing.base) not in grounds:
            grounds[id(filing.base)] = Ground(filing.base)
        ground = grounds[id(filing.base)]
        for number, edit in enumerate(filing.edits, 1):
            yield _row(filing, edit, number, ground)


class Ground:
    """Names and lines of a wording, found once for all proposals that speak of it."""

    def __init__(self, base: Text) -> None:
        self.base = base
        self.instructions = Instructions(base)
        self.ranks = {paragraph.identity: rank for rank, paragraph in enumerate(base)}
        self.lengths = lengths_of(base)
        starts = line_starts(base)
        ends = list(accumulate(map(len, starts)))
        self._lines = {
            paragraph.identity: (end - len(lines) + 1, end)
            for paragraph, lines, end in zip(base, starts, ends, strict=True)
        }

    def paragraphs(self, hunks: Iterable[Hunk]) -> list[str]:
        """Those that the hunks speak of, in their order."""
        named = (spot.paragraph for hunk in hunks for spot in touched(hunk, self.lengths))
        return list(dict.fromkeys(name for name in named if name in self._lines))

    def reach(self, paragraphs: Iterable[str]) -> tuple[int, int] | None:
        """The first and the last of their lines."""
        numbers = sorted({number for name in paragraphs for number in self._lines[name]})
        return (numbers[0], numbers[-1]) if numbers else None

    def lines(self, paragraphs: Iterable[str]) -> str:
        """As the page of the proposal has them."""
        return "–".join(map(str, dict.fromkeys(self.reach(paragraphs) or ())))


def _row(filing: Filing, edit: FiledEdit, number: int, ground: Ground) -> ProposalRow:
    proposal = filing.proposal
    paragraphs = ground.paragraphs(edit.hunks)
    old, new = wordings(ground.base, edit.hunks)
    lead = edit.lead
    return ProposalRow(
        number=proposal.number or 0,
        passage=_("%(number)s von %(all)s", number=number, all=len(filing.edits)) if len(filing.edits) > 1 else "",
        title=proposal.title,
        kind=kind_name(proposal.kind, proposal.origin),
        by=filing.author_name,
        committee=filing.committee.name if filing.committee else "",
        filed=clock.day_of(proposal.filed_at) if proposal.filed_at else None,
        text=filing.text.title,
        version=filing.version.number or 0,
        place=ground.instructions.name(paragraphs[0]).text if paragraphs else _("am Anfang"),
        lines=ground.lines(paragraphs),
        order=ground.instructions.say(edit.hunks).text,
        old=old,
        new=new,
        reason=proposal.reason,
        budget=_("ja") if proposal.budget else _("nein"),
        state=state_name(filing.state),
        outcome=state_name(lead.decision.outcome) if lead else "",
        vote=vote_words(lead.decision) if lead else "",
        decided=clock.day_of(lead.decision.decided_at) if lead else None,
        body=lead.body.name if lead else "",
        others="\n".join(map(_other, edit.others)),
    )


def _other(said: Said) -> str:
    vote = vote_words(said.decision)
    return f"{said.body.name}: {state_name(said.decision.outcome)}" + (f", {vote}" if vote else "")


def vote_words(decision: Decision) -> str:
    """How it was decided; nothing without a vote."""
    if decision.vote_kind == VoteKind.NONE:
        return ""
    if decision.yes is None:
        return vote_name(decision.vote_kind)
    return ngettext(
        "%(yes)s Ja, %(no)s Nein, %(num)s Enthaltung",
        "%(yes)s Ja, %(no)s Nein, %(num)s Enthaltungen",
        decision.abstained or 0,
        yes=decision.yes,
        no=decision.no,
    )


def wordings(base: Text, hunks: tuple[Hunk, ...]) -> tuple[str, str]:
    """The paragraphs as they read and as they would, without those that stay."""
    redline = local_redline(base, hunks)
    old, new = redline.reject(), redline.accept()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return _words(old), _words(new)


def _words(paragraphs: Iterable[Paragraph]) -> str:
    return "\n".join(paragraph.text.replace(CELL, " | ") for paragraph in paragraphs)
