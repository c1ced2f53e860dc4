"""The redline as text for a terminal or a mail: what changed, with signs that need no colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from amendments.exchange.plain_writer import lead
from amendments.exchange.redlines.looks import looks
from amendments.exchange.redlines.paper import Paper, changed, exact, following, headline, noted, said, visible
from amendments.exchange.words import NN_, counted
from amendments.text.merging import Collision
from amendments.text.model import CELL, MarkName, Rich
from amendments.text.redline import Node, Op, Run

Colour = Callable[[str, Op], str]
"""Colours a stretch that was inserted or struck; see `to_text`."""


def uncoloured(text: str, _op: Op) -> str:
    return text


def to_text(paper: Paper, colour: Colour = uncoloured) -> str:
    """Changed paragraphs with `[-struck-]` and `{+inserted+}` words; unchanged ones are counted. Collisions stand
    behind the paragraph they concern, what is to be read at the end. The signs stay when `colour` adds colours: not
    everybody sees those.
    """
    waiting = following(paper.collisions)
    blocks = [_collision(paper, *each, colour) for each in waiting.get("", ())]
    for wanted, group in groupby(paper.nodes, lambda node: changed(node) or node.identity in waiting):
        nodes = list(group)
        blocks += _shown(paper, nodes, waiting, colour) if wanted else [_unchanged(paper, len(nodes))]
    if paper.soft:
        title = paper.speech.gettext("Bitte lesen")
        blocks.append("\n".join((f"{title}:", *(f"- {visible(sentence)}" for sentence in paper.soft))))
    return "\n\n".join(blocks) + "\n"


def _unchanged(paper: Paper, number: int) -> str:
    forms = NN_("%(num)d Absatz unverändert", "%(num)d Absätze unverändert")
    return f"… {paper.speech.said(counted(number, *forms))} …"


def _shown(
    paper: Paper, nodes: list[Node], waiting: dict[str, list[tuple[int, Collision]]], colour: Colour
) -> Iterator[str]:
    for node in nodes:
        runs = noted(node)
        words = _marker(paper, node) + "".join(_run(run, colour) for run in runs)
        people = ", ".join(paper.names(_authors(node)))
        labels = " · ".join(filter(None, (said(node, paper), visible(looks(runs, paper.speech)), people)))
        yield f"({labels})\n{words}" if labels else words
        if node.in_old:
            for each in waiting.pop(node.identity, ()):
                yield _collision(paper, *each, colour)


def _marker(paper: Paper, node: Node) -> str:
    """A paragraph of a literal file has its signs in its words."""
    return lead(node.head, "" if node.head.attribute("literal") else paper.labels[id(node)])


def _authors(node: Node) -> set[str]:
    return {name for run in node.runs for name in run.by} | {*node.by, *node.retyped_by}


def _run(run: Run, colour: Colour) -> str:
    text = visible(run.rich.text if run.op is Op.KEEP else _with_addresses(run.rich)).replace(CELL, " | ")
    match run.op:
        case Op.KEEP:
            return text
        case Op.INSERT:
            return colour(f"{{+{text}+}}", run.op)
        case Op.DELETE:
            return colour(f"[-{text}-]", run.op)


def _with_addresses(rich: Rich) -> str:
    """Changed words with the addresses of their links: often nothing else has changed."""
    text = rich.text
    for mark in sorted(rich.marks, key=lambda mark: mark.end, reverse=True):
        if mark.name is MarkName.LINK:
            text = f"{text[: mark.end]} <{mark.target}>{text[mark.end :]}"
    return text


def _collision(paper: Paper, number: int, collision: Collision, colour: Colour) -> str:
    lines = [f"!! {headline(collision, paper.speech)} {number}"]
    for alternative in collision.alternatives:
        people = ", ".join(paper.names(alternative.edits))
        drawn = [exact(node) for node in alternative.nodes]
        words = " ¶ ".join("".join(_run(run, colour) for run in runs) for runs in drawn)
        look = "; ".join(filter(None, (visible(looks(runs, paper.speech)) for runs in drawn)))
        lines.append(f"   {people}{f' ({look})' if look else ''}: {words}")
    return "\n".join(lines)
