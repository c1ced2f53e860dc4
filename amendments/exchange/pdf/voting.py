"""The sheet from which the chair calls the votes: rivals in their order, why each stands where it stands, boxes."""

from __future__ import annotations

from dataclasses import dataclass

from amendments.exchange.pdf.blocks import (
    Block,
    Headings,
    cell,
    cell_of,
    paragraph,
    sentence,
    small,
    strong,
    table,
    tick,
    words,
)
from amendments.exchange.pdf.passages import Passage, drawn, explained
from amendments.exchange.pdf.setting import SIZE, printed
from amendments.exchange.words import GERMAN, Speech

_SHARES = (1.0, 14.0, 4.0)


@dataclass(frozen=True)
class Rival:
    """`reason`: why it is voted on before the next one, as the chair reads it out; empty for the last."""

    number: str
    who: str
    passages: tuple[Passage, ...]
    reason: str = ""


@dataclass(frozen=True)
class VotingItem:
    """An item of the agenda. `hint`: how it is voted on (at once, the further-reaching first, why the chair put it
    elsewhere).
    """

    number: str
    title: str
    rivals: tuple[Rival, ...]
    hint: str = ""


@dataclass(frozen=True)
class VotingOrder:
    """`lines`: body, day, place."""

    title: str
    items: tuple[VotingItem, ...]
    lines: tuple[str, ...] = ()
    speech: Speech = GERMAN


def voting_pdf(order: VotingOrder) -> bytes:
    headings = Headings()
    blocks: list[Block] = [*map(sentence, order.lines), explained(order.speech)]
    for item in order.items:
        blocks.append(headings.heading(1, f"{item.number} {item.title}".strip()))
        if item.hint:
            blocks.append(sentence(item.hint))
        if item.rivals:
            blocks.append(_rivals(item, order.speech))
    return printed(order.title, blocks, order.speech)


def _rivals(item: VotingItem, speech: Speech) -> Block:
    names = (speech.gettext("Nr."), speech.gettext("Vorschlag"), speech.gettext("Abstimmung"))
    rows = [
        [cell([strong(str(number))]), _rival(rival, speech), _boxes(speech)]
        for number, rival in enumerate(item.rivals, 1)
    ]
    return table(_SHARES, rows, [cell([strong(each)]) for each in names])


def _rival(rival: Rival, speech: Speech) -> Block:
    found = [paragraph([strong(f"{rival.number}, {rival.who}")], keep=True)]
    for passage in rival.passages:
        if where := passage.where(speech):
            found.append(paragraph([small(where)], keep=True))
        found += drawn(passage, speech, SIZE)
    if rival.reason:
        why = speech.gettext("Vor dem nächsten, denn er %(reason)s.") % {"reason": rival.reason}
        found.append(paragraph([{"words": words(why), "marks": "i"}]))
    return cell_of(found)


def _boxes(speech: Speech) -> Block:
    names = (speech.gettext("Ja"), speech.gettext("Nein"), speech.gettext("Enthaltung"))
    return cell_of([paragraph([tick(each)]) for each in names])
