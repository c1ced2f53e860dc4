"""What can be had beside redlines: synopsis, book and table of all proposals, the Sitzungsvorlage, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from amendments.consensus.synopsis import rows_of
from amendments.documents.models import Document
from amendments.exchange.akoma import to_amendment_list
from amendments.exchange.calendar import to_ics
from amendments.exchange.pdf.book import BookProposal, ProposalBook, book_pdf
from amendments.exchange.pdf.passages import Passage
from amendments.exchange.pdf.synopsis import MOST, Synopsis, SynopsisColumn, synopsis_pdf
from amendments.exchange.pdf.vorlage import vorlage_pdf
from amendments.exchange.proposal_table import to_csv, to_xlsx
from amendments.forwarding.queries import paper_of
from amendments.proposals.rules import label
from amendments.text.applying import apply_edits
from amendments.text.hunks import Edit, Hunk
from amendments.text.model import Kind, Paragraph, Text
from amendments.text.redline import Redline
from amendments.text.whereabouts import headings_above
from amendments.web import clock
from amendments.web.actor import Actor
from amendments.web.filters import day
from amendments.web.languages import speech
from amendments.workplaces.agenda_dates import sittings_for
from amendments.workplaces.downloads.papers import people_of
from amendments.workplaces.filings import Filing, filings_for
from amendments.workplaces.interchange import amendments_of
from amendments.workplaces.labels import kind_name, state_name
from amendments.workplaces.passages import local_text
from amendments.workplaces.reader import Place
from amendments.workplaces.synopsis import Compared, compared
from amendments.workplaces.table import Ground, table_rows


@dataclass(frozen=True)
class Sheet:
    """A file as it is to be written: `writer` makes it of `values`, here or in a process of its own."""

    title: str
    writer: Callable[..., bytes]
    values: tuple[object, ...]

    def written(self) -> bytes:
        return self.writer(*self.values)


def synopsis_of(place: Place, left: str | None, columns: Sequence[str], *, whole: bool, sees_work: bool) -> Sheet:
    asked = compared(place, left, columns, sees_work=sees_work, most=MOST)
    synopsis = Synopsis(
        title=_("Synopse: %(title)s", title=place.text.title),
        left=asked.left.title,
        base=tuple(paragraph.content for paragraph in asked.text),
        columns=tuple(_columns(asked, place, sees_work=sees_work)),
        rows=tuple(rows_of(asked.text, asked.found)),
        lines=tuple(_left_out(asked)),
        whole=whole,
        speech=speech(),
    )
    return Sheet(synopsis.title, synopsis_pdf, (synopsis,))


def _left_out(asked: Compared) -> Iterable[str]:
    if asked.left_out:
        names = ", ".join(option.title for option in asked.left_out)
        yield _(
            "Nebeneinander haben höchstens %(most)s Spalten Platz; nicht gezeigt: %(names)s.", most=MOST, names=names
        )


def _columns(asked: Compared, place: Place, *, sees_work: bool) -> Iterable[SynopsisColumn]:
    known = {edit_id for column in asked.found for edit_id in column.edit_ids} if sees_work else set()
    people, by = people_of(known, place.hidden)
    for option, column in zip(asked.chosen, asked.found, strict=True):
        yield SynopsisColumn(option.title, column.redline.nodes, people, by)


def book_of(actor: Actor, place: Place) -> Sheet:
    book = _book(place, filings_for(actor, place.document))
    return Sheet(book.title, book_pdf, (book,))


def _book(place: Place, filings: Iterable[Filing]) -> ProposalBook:
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
        passages=tuple(passage_of(edit.hunks, ground, _counted_in(filing)) for edit in filing.edits),
        title=proposal.title,
        under=under,
        facts=tuple(facts),
        reason=proposal.reason,
    )


def _counted_in(filing: Filing) -> str:
    """Of which version its lines are, which may be one with what another proposal wants."""
    number = str(filing.version.number)
    if filing.parent_number is None:
        return number
    return _("%(number)s mit %(label)s", number=number, label=label(filing.parent_number))


def passage_of(hunks: tuple[Hunk, ...], ground: Ground, version: str = "") -> Passage:
    """How a change of the wording `ground` is printed. `version`: which one that is, where it has to be said."""
    paragraphs = ground.paragraphs(hunks)
    return Passage(
        place=ground.instructions.name(paragraphs[0]).text if paragraphs else _("am Anfang"),
        lines=ground.reach(paragraphs),
        instruction=ground.instructions.say(hunks),
        nodes=_with_names_of_columns(ground.base, hunks).nodes,
        version=version,
    )


def _with_names_of_columns(base: Text, hunks: tuple[Hunk, ...]) -> Redline:
    """A change alone, with the first row of each table of which it speaks of another row."""
    spoken_of = local_text(base, hunks)
    tables = {_table_of(paragraph) for paragraph in spoken_of} - {""}
    shown = {paragraph.identity for paragraph in spoken_of}
    shown |= {paragraph.identity for paragraph in base if _table_of(paragraph) in tables and _names_columns(paragraph)}
    return apply_edits(
        Redline.of(tuple(paragraph for paragraph in base if paragraph.identity in shown)), [Edit("own", hunks)]
    )


def _table_of(paragraph: Paragraph) -> str:
    return paragraph.head.attribute("table") if paragraph.head.kind is Kind.TABLE_ROW else ""


def _names_columns(paragraph: Paragraph) -> bool:
    return bool(paragraph.head.attribute("header"))


def form_of(actor: Actor, document: Document) -> Sheet:
    """The Sitzungsvorlage."""
    paper = paper_of(actor, document)
    return Sheet(f"{paper.kind} {document.title}", vorlage_pdf, (paper,))


def table_of(actor: Actor, document: Document, suffix: str) -> Sheet:
    """Proposals and what was decided, for spreadsheets: .csv or .xlsx."""
    rows, title = tuple(table_rows(filings_for(actor, document))), _proposals_on(document)
    if suffix == ".csv":
        return Sheet(title, to_csv, (rows, speech().gettext))
    return Sheet(title, to_xlsx, (rows, speech().gettext, clock.now()))


def list_of(actor: Actor, document: Document) -> Sheet:
    """Proposals and what was decided, for programs."""
    return Sheet(_proposals_on(document), to_amendment_list, (amendments_of(document, filings_for(actor, document)),))


def dates_of(actor: Actor, document: Document) -> Sheet:
    """The Beratungsfolge."""
    return Sheet(document.title, to_ics, (document.title, sittings_for(actor, document)))


def _proposals_on(document: Document) -> str:
    return f"{document.title} {_('Vorschläge')}"
