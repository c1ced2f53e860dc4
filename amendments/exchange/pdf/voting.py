"""The sheet from which the chair calls the votes: rivals in their order, why each stands where it stands, boxes."""

from __future__ import annotations

from dataclasses import dataclass

from amendments.exchange.pdf.blocks import (
    Block,
    Headings,
    cell,
    cell_of,
    name,
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
    """`reason`: the sentence that says why it is voted on before the next one; empty for the last. `state`: what is
    said instead of a vote, where none is held. `facts`: what else is said of it in few words.
    """

    number: str
    who: str
    passages: tuple[Passage, ...]
    title: str = ""
    facts: tuple[str, ...] = ()
    reason: str = ""
    state: str = ""


@dataclass(frozen=True)
class VotingItem:
    """An item of the agenda. `hints`: what is said about it (which text, why the chair put it elsewhere). `together`:
    all of it in one vote.
    """

    number: str
    title: str
    rivals: tuple[Rival, ...]
    hints: tuple[str, ...] = ()
    together: bool = False


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
        blocks += [paragraph(words(hint), keep=bool(item.rivals)) for hint in item.hints]
        if item.rivals:
            blocks += _rivals(item, order.speech)
    return printed(order.title, blocks, order.speech)


def _rivals(item: VotingItem, speech: Speech) -> list[Block]:
    rows = [
        [cell([strong(str(number))]), _rival(rival, speech), _vote(rival, speech)]
        for number, rival in enumerate(item.rivals, 1)
    ]
    names = (speech.gettext("Nr."), speech.gettext("Vorschlag"), speech.gettext("Abstimmung"))
    header = [cell([strong(each)]) for each in names]
    if not item.together:
        return [table(_SHARES, rows, header)]
    without = [row[:-1] for row in rows]
    return [
        table(_SHARES[:-1], without, header[:-1]),
        name(speech.gettext("Abstimmung über alle gemeinsam")),
        *_boxes(speech),
    ]


def _rival(rival: Rival, speech: Speech) -> Block:
    title = f"{rival.number}, {rival.who}"
    found = [paragraph([strong(f"{title}: {rival.title}" if rival.title else title)], keep=True)]
    if rival.facts:
        found.append(paragraph([small(" · ".join(rival.facts))], keep=True))
    for passage in rival.passages:
        if where := passage.where(speech):
            found.append(paragraph([small(where)], keep=True))
        found += drawn(passage, speech, SIZE)
    if rival.reason:
        found.append(paragraph([{"words": words(rival.reason), "marks": "i"}]))
    return cell_of(found)


def _vote(rival: Rival, speech: Speech) -> Block:
    return cell_of([sentence(rival.state)] if rival.state else _boxes(speech))


def _boxes(speech: Speech) -> list[Block]:
    names = (speech.gettext("Ja"), speech.gettext("Nein"), speech.gettext("Enthaltung"))
    return [paragraph([tick(each)]) for each in names]
