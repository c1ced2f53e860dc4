"""The door: an edit's hunks said in sentences, sentences read as hunks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from amendments.exchange.instructions.carrying_out import hunks_of
from amendments.exchange.instructions.orders import Add, Append, Begin, Order, Shift, Strike, Substitute, Turn
from amendments.exchange.instructions.phrases import Speech, read, say
from amendments.exchange.instructions.places import HEADING, Path, Places, path_of, said
from amendments.exchange.instructions.quoting import Skeleton
from amendments.exchange.instructions.trouble import NO_SENTENCE, NotUnderstood
from amendments.exchange.instructions.writing import orders_for
from amendments.text.hunks import Hunk
from amendments.text.model import Rich, Text, concat

_LABELLED = re.compile(r"(?P<label>\d+\.|[a-z]+\)) (?P<rest>.*)", re.DOTALL)
_HEADER = re.compile(r"(?P<place>.+) wird wie folgt geändert:")


class Instructions:
    """The sentences of one text. Names of its paragraphs are found once, for any number of edits."""

    def __init__(self, base: Text) -> None:
        self._places = Places(base)

    def name(self, identity: str) -> Rich:
        """What the paragraph is called: "Kapitel 3 Absatz 2"."""
        return said(self._places.paths[self._places.rank[identity]])

    def say(self, hunks: Sequence[Hunk]) -> Rich:
        """One sentence, or several as a numbered list, one a line; what they quote has the marks it shall have.

        `hunks` are those of one edit that fits the text (`amendments.text.check`).
        """
        groups = [(path, list(orders)) for path, orders in groupby(orders_for(self._places, hunks), _inside)]
        blocks = [block for path, orders in groups for block in self._blocks(path, orders)]
        if len(blocks) == 1:
            return blocks[0]
        return concat(
            part
            for number, block in enumerate(blocks, 1)
            for part in (Rich(f"{'' if number == 1 else chr(10)}{number}. "), block)
        )

    def _blocks(self, path: Path, orders: Sequence[Order]) -> list[Rich]:
        if not path or len(orders) == 1:
            return [say(Speech(self._places), order) for order in orders]
        article = "Die " if path[-1].word == HEADING else ""
        parts = [Rich(article), said(path), Rich(" wird wie folgt geändert:")]
        speech = Speech(self._places, path)
        for number, order in enumerate(orders):
            parts += [Rich(f"\n{_letter(number)}) "), say(speech, order)]
        return [concat(parts)]

    def read(self, sentences: Rich | str) -> tuple[Hunk, ...]:
        """The hunks that the sentences order. Raises NotUnderstood. Whether they fit one another `check` has to say."""
        return tuple(hunk for order in self.orders(sentences) for hunk in hunks_of(self._places, order))

    def orders(self, sentences: Rich | str) -> Iterator[Order]:
        """The orders of the sentences, one by one. Raises NotUnderstood."""
        skeleton = Skeleton.of(Rich(sentences) if isinstance(sentences, str) else sentences)
        here: Path = ()
        for line in _lines(skeleton.text):
            match = _LABELLED.fullmatch(line)
            label, words = (match["label"], match["rest"]) if match else ("", line)
            if not label.endswith(")"):
                here = ()
            if (header := _HEADER.fullmatch(words)) is not None:
                here = path_of(header["place"], skeleton)
            else:
                yield read(Speech(self._places, here), words, skeleton)


def _inside(order: Order) -> Path:
    """The paragraph whose words an order changes; empty if it is about whole paragraphs."""
    if isinstance(order, Add | Substitute | Shift | Begin | Append | Turn):
        return ()
    if isinstance(order, Strike) and not order.place.sentence:
        return ()
    return order.place.path


def _letter(number: int) -> str:
    """The labels of a list: a … z, aa, ab …"""
    outer, inner = divmod(number, 26)
    return (_letter(outer - 1) if outer else "") + chr(ord("a") + inner)


def _lines(text: str) -> list[str]:
    """Labelled lines, each with the lines without a label that follow it. Raises NotUnderstood if nothing is said."""
    lines: list[str] = []
    for line in text.split("\n"):
        words = " ".join(line.split())
        if lines and words and not _LABELLED.fullmatch(words):
            lines[-1] += f" {words}"
        elif words:
            lines.append(words)
    if not lines:
        raise NotUnderstood(NO_SENTENCE)
    return lines
