"""The proposal book: every proposal in the order of the text, with contents that name pages."""

from __future__ import annotations

from dataclasses import dataclass

from amendments.exchange.pdf.blocks import Block, Headings, contents, name, paragraph, sentence, small
from amendments.exchange.pdf.passages import Passage, drawn, explained
from amendments.exchange.pdf.setting import printed
from amendments.exchange.words import GERMAN, Speech


@dataclass(frozen=True)
class BookProposal:
    """`number` as printed ("Ä 7"). `under`: the chapter of the book, such as the heading above the passage. `facts`:
    what else is said of it in few words (kind, when it was filed, how it stands).
    """

    number: str
    who: str
    passages: tuple[Passage, ...]
    title: str = ""
    under: str = ""
    facts: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class ProposalBook:
    """`proposals` in the order in which they are printed. `lines`: what is said below the title."""

    title: str
    proposals: tuple[BookProposal, ...]
    lines: tuple[str, ...] = ()
    speech: Speech = GERMAN


def book_pdf(book: ProposalBook) -> bytes:
    headings, speech = Headings(), book.speech
    blocks: list[Block] = [*map(sentence, book.lines)]
    if book.proposals:
        blocks += [explained(speech), contents(speech.gettext("Inhalt"))]
    under = ""
    for proposal in book.proposals:
        if proposal.under != under:
            blocks.append(headings.heading(1, proposal.under, listed=True))
        under = proposal.under
        blocks += _proposal(proposal, headings, speech)
    return printed(book.title, blocks, speech)


def _proposal(proposal: BookProposal, headings: Headings, speech: Speech) -> list[Block]:
    title = f"{proposal.number}, {proposal.who}"
    found = [headings.heading(2, f"{title}: {proposal.title}" if proposal.title else title, listed=True)]
    several = len(proposal.passages) > 1
    facts = list(proposal.facts)
    if not several and (place := proposal.passages[0].where(speech) if proposal.passages else ""):
        facts.insert(0, place)
    if facts:
        found.append(paragraph([small(" · ".join(facts))], keep=True))
    for number, passage in enumerate(proposal.passages, 1):
        if several:
            which = speech.gettext("Textstelle %(number)s") % {"number": number}
            found.append(name(", ".join(filter(None, (which, passage.where(speech))))))
        found += drawn(passage, speech)
    if proposal.reason:
        found += [name(speech.gettext("Begründung")), *map(sentence, _paragraphs(proposal.reason))]
    return found


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]
