"""The redline as Markdown: changes in the tags `<ins>` and `<del>`, which CommonMark lets pass and every reader of it
shows.
"""

from __future__ import annotations

import re
from itertools import groupby

from amendments.exchange.item_numbers import STRUCK
from amendments.exchange.markdown_writer import inline
from amendments.exchange.redlines.looks import looks
from amendments.exchange.redlines.paper import Paper, noted, said
from amendments.text.model import CELL, Kind, Rich
from amendments.text.redline import Node, Op, Run

_SIGN = re.compile("#{1,6} ")
_COUNTED = re.compile("[0-9]{1,9}[.)]")
_LINE_LEAD = re.compile(r"[ \t]*(?:(?:[*+-]|[0-9]{1,9}[.)])[ \t]+)?")
"""What a line of a literal file may begin with: taken for the sign of a list item, if no tag stands before it."""
_TAG = re.compile(r"(\\*)<(?=[A-Za-z/!?]|\Z)")
_EMPHASIS = "*_~`"
_EMPHASIS_SIGN = re.compile(r"(?<!\\)[*_~`]")
_TAGS = {Op.INSERT: "ins", Op.DELETE: "del"}


def to_ins_del(paper: Paper) -> str:
    """All paragraphs, those of a literal file with the signs they have there; what happened to a whole paragraph
    stands in italics before it.
    """
    blocks: list[str] = []
    for kind, group in groupby(paper.nodes, lambda node: node.head.kind):
        lines = [_block(node, paper) for node in group]
        blocks.append(("\n" if kind is Kind.LIST_ITEM else "\n\n").join(line for line in lines if line))
    return "\n\n".join(blocks) + "\n"


def _block(node: Node, paper: Paper) -> str:
    if node.head.kind is Kind.TABLE_ROW:
        return "| " + _words(node).replace(CELL, " | ") + " |"
    lead, words = _lead(node, paper.labels[id(node)]), _words(node)
    if node.head.attribute("literal") and (sign := _SIGN.match(node.runs[0].rich.text if node.runs else "")):
        lead, words = sign[0], words.replace(sign[0], "", 1)
    look = inline(Rich(looks(noted(node), paper.speech)), "<br>")
    about = " · ".join(filter(None, (said(node, paper), look)))
    label = f"*({about})* " if about else ""
    return f"{lead}{label}{words}"


def _lead(node: Node, label: str) -> str:
    head = node.head
    if head.attribute("literal"):
        return ""
    match head.kind:
        case Kind.HEADING:
            return "#" * min(head.level, 6) + " "
        case Kind.LIST_ITEM:
            return "   " * (max(head.level, 1) - 1) + _item(label)
        case Kind.FOOTNOTE:
            return f"[^{head.attribute('label')}]: "
        case _:
            return ""


def _item(label: str) -> str:
    """Markdown counts in figures alone; any other number stands behind the sign of a plain item."""
    if _COUNTED.fullmatch(label):
        return f"{label} "
    return f"- {label} " if label not in ("•", STRUCK) else "- "


def _words(node: Node) -> str:
    literal = bool(node.head.attribute("literal"))
    runs = noted(node)
    if literal:
        crossed = any(run.op is not Op.KEEP for run in runs) and any(_crossed(run.rich.text) for run in runs)
        runs = tuple(Run(run.op, Rich(_plain(run.rich.text, signs=crossed)), run.by) for run in runs)
    if not literal:
        return "".join(_tagged(run) for run in runs)
    lines = ["", *(run.rich.text for run in runs)]
    return "".join(
        _tagged_lines(run, fresh=not before or before.endswith("\n")) for before, run in zip(lines, runs, strict=False)
    )


def _tagged_lines(run: Run, *, fresh: bool) -> str:
    """Of a literal file. Each line has tags of its own, behind the sign of a list item: none reaches from one item into
    the next. `fresh`: the run begins a line.
    """
    tag = _TAGS.get(run.op)
    if not tag:
        return run.rich.text
    return "\n".join(
        _tagged_line(line, tag, fresh=fresh or number > 0) for number, line in enumerate(run.rich.text.split("\n"))
    )


def _tagged_line(line: str, tag: str, *, fresh: bool) -> str:
    lead = _LINE_LEAD.match(line) if fresh else None
    size = lead.end() if lead and lead.end() < len(line) else 0
    return f"{line[:size]}<{tag}>{line[size:]}</{tag}>" if line else ""


def _crossed(text: str) -> bool:
    """Whether a sign of emphasis in these words has its other half in a stretch beside them."""
    return any(text.count(sign) % 2 for sign in _EMPHASIS)


def _plain(text: str, *, signs: bool) -> str:
    """The text's own tags as characters, so that none is taken for ours; with `signs` its emphasis too."""
    text = _TAG.sub(lambda found: found[0] if len(found[1]) % 2 else f"{found[1]}\\<", text)
    return _EMPHASIS_SIGN.sub(r"\\\g<0>", text) if signs else text


def _tagged(run: Run) -> str:
    text = _cells(run.rich)
    tag = _TAGS.get(run.op)
    return CELL.join(f"<{tag}>{cell}</{tag}>" if cell else "" for cell in text.split(CELL)) if tag else text


def _cells(rich: Rich) -> str:
    return CELL.join(map(_spaced, rich.cells()))


def _spaced(rich: Rich) -> str:
    """A run inside a paragraph: its spaces at the ends are no indentation."""
    return inline(rich, "<br>").replace("&#32;", " ") if rich.text.strip() else rich.text
