"""From what a sentence says to hunks of the text, or Unsure: never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from amendments.exchange.instructions.scopes import added, core, sentences, struck
from amendments.exchange.orders.found import (
    BY_BOTH,
    BY_PLACE,
    BY_WORDS,
    CUT_LINES,
    HALF_A_SENTENCE,
    MANY_PLACES,
    MANY_WORDS,
    MANY_WORDS_THERE,
    NO_ORDER,
    NO_WORDS,
    NO_WORDS_THERE,
    NOT_WHOLE,
    NOTHING_NEW,
    ONLY_A_PART,
    OTHER_LINES,
    OWN_LINES,
    PAGES,
    SENTENCE_OR_WORDS,
    WHERE_IN,
    Unsure,
)
from amendments.exchange.orders.places import Area, Found, Gazetteer, behind_label
from amendments.exchange.orders.quotations import WRAP
from amendments.exchange.orders.speech import Form, Quote, Said, Unit
from amendments.text import edits
from amendments.text.diff import diff_rich
from amendments.text.hunks import START, Delete, Gap, Hunk, Insert
from amendments.text.model import CELL, Content, Head, Kind, Mark, Paragraph, Rich, concat, literal_content
from amendments.text.numbering import label_end
from amendments.text.tokens import inside_word

_ALIKE = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "‚": "'",
        "‘": "'", "’": "'", "‐": "-", "\u2011": "-", "–": "-", "—": "-",
    }
)  # fmt: skip
_DOTS = re.compile(r"\s*(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*|\s*\(…\)\s*|\s*\(\.\.\.\)\s*")
_END = re.compile(r"[.!?…]+[“”\"»)]*$")
_GOES_ON = re.compile(r"\b(?:und|oder|sowie|bzw\.|beziehungsweise)$")
_OPEN = re.compile(
    r"\b(?:als|beim|bis|de[mnrs]|eine[mnrs]?|für|im|ins|ohne|vom|von|zum|zur|"
    r"(?:da(?:ss|ß)|falls|ob|sobald|sofern|soweit|weil|wenn)(?:\s(?:er|es|sie))?)$",
    re.IGNORECASE,
)
"""Words with which no sentence ends."""
_NO_BEGINNING = re.compile(r"\s*[a-zäöüß\d]")
_BEGINS = re.compile(r"[A-ZÄÖÜ„\"(§\d]")
_SHOWN = 60


@dataclass(frozen=True)
class Spot:
    rank: int
    start: int
    end: int


class Carrier:
    """Carries out what a mail says about one text. Line numbers that do not fit make it distrust all bare ones."""

    def __init__(self, gazetteer: Gazetteer, *, doubt_lines: bool = False) -> None:
        self.places, self.base = gazetteer, gazetteer.base
        self.doubt_lines = doubt_lines
        self._alike = [paragraph.text.translate(_ALIKE) for paragraph in gazetteer.base]
        self._literal = any(paragraph.head.attribute("literal") for paragraph in gazetteer.base)

    def carry(self, said: Said) -> tuple[tuple[Hunk, ...], str]:
        """The hunks, and how the place was found. Raises Unsure."""
        found = self.places.find(said.place)
        if said.context is not None:
            spot = self._spot(said.context, found)
            found = Found((self._sentence_at(spot),))
        if said.old is not None or said.anchor is not None:
            hunks = self._by_words(said, found)
            named = bool(said.place) and not found.paged
            return hunks, BY_BOTH if named else BY_WORDS
        if found.paged:
            raise Unsure(PAGES)
        match said.form:
            case Form.STRIKE:
                return self._strike(found), BY_PLACE
            case Form.REWRITE:
                return self._rewrite(self._one(found), said.new[0]), BY_PLACE
            case Form.ADD:
                return self._add_at(found, said), BY_PLACE
            case _:
                return self._at_edge(self._one(found), said), BY_PLACE

    # --- words

    def _by_words(self, said: Said, found: Found) -> tuple[Hunk, ...]:
        if said.until is not None and said.anchor is not None:
            spot = self._between(said.anchor, said.until, found)
        else:
            spot = self._spot(said.old or said.anchor or Quote(""), found)
        if said.form is Form.STRIKE_WORDS:
            return self._strike_words(spot)
        if said.form is Form.EXCHANGE:
            return self._exchange(spot, said.new[0])
        return self._add_words(spot, said)

    def _spot(self, quote: Quote, found: Found) -> Spot:
        words = " ".join(quote.words.translate(_ALIKE).split())
        if not re.search(r"\S", words):
            raise Unsure(NO_ORDER)
        there = list(dict.fromkeys(spot for area in found.areas for spot in self._occurrences(words, area)))
        if found.lines is not None:
            there = [spot for spot in there if self._on_lines(spot, found.lines)]
        shown = {"words": quote.words if len(quote.words) <= _SHOWN else f"{quote.words[:_SHOWN]} …"}
        if not there:
            elsewhere = list(self._occurrences(words, self.places.whole())) if found.named else []
            if len(elsewhere) == 1:
                line = self.places.line_of(elsewhere[0].rank, elsewhere[0].start)
                raise Unsure(NO_WORDS_THERE, line=line, **shown)
            raise Unsure(NO_WORDS, **shown)
        if len(there) > 1:
            raise Unsure(MANY_WORDS_THERE if found.named else MANY_WORDS, **shown)
        self._must_be_whole(there[0], quote, shown)
        return there[0]

    def _must_be_whole(self, spot: Spot, quote: Quote, shown: dict[str, str]) -> None:
        text = self.base[spot.rank].text
        whole = (0, len(text.rstrip()))
        if quote.unit is Unit.SENTENCE:
            ends = {core(text, span)[1] for span in sentences(text)}
            begins = {0, behind_label(text), *(span[0] for span in sentences(text))}
            behind = re.match(r"[.!?]*", text[spot.end :])
            end = spot.end + (behind.end() if behind else 0)
            if spot.start not in begins or not ends & {spot.end, end}:
                raise Unsure(NOT_WHOLE, **shown)
        elif quote.unit in (Unit.PARAGRAPH, Unit.ITEM) and (spot.start - label_end(text) > 1 or spot.end < whole[1]):
            raise Unsure(NOT_WHOLE, **shown)

    def _occurrences(self, words: str, area: Area) -> Iterator[Spot]:
        parts = [part for part in _DOTS.split(words) if part]
        if len(parts) > 1:
            yield from self._stretches(parts, area)
            return
        for rank in area.ranks:
            text = self._alike[rank]
            start, end = area.span or (0, len(text))
            place = text.find(words, start, end)
            while place >= 0:
                if not inside_word(text, place) and not inside_word(text, place + len(words)):
                    yield Spot(rank, place, place + len(words))
                place = text.find(words, place + 1, end)

    def _stretches(self, parts: list[str], area: Area) -> Iterator[Spot]:
        """From the first words of a quotation with dots to its last ones; each stands once in the paragraph."""
        for rank in area.ranks:
            one = Area(rank, rank + 1, area.span)
            ends = [list(self._occurrences(part, one)) for part in parts]
            if all(len(each) == 1 for each in ends):
                spots = [each[0] for each in ends]
                if all(a.end <= b.start for a, b in pairwise(spots)):
                    yield Spot(rank, spots[0].start, spots[-1].end)

    def _on_lines(self, spot: Spot, lines: tuple[int, int]) -> bool:
        first = self.places.line_of(spot.rank, spot.start)
        last = self.places.line_of(spot.rank, max(spot.start, spot.end - 1))
        return first <= lines[1] and last >= lines[0]

    def _between(self, left: Quote, right: Quote, found: Found) -> Spot:
        """Behind `left` where `right` follows."""
        both = self._spot(Quote(f"{left.words} {right.words}"), found)
        return Spot(both.rank, both.start, both.start + len(" ".join(left.words.split())))

    def _sentence_at(self, spot: Spot) -> Area:
        text = self.base[spot.rank].text
        for start, end in sentences(text):
            if start <= spot.start and spot.end <= end:
                return Area(spot.rank, spot.rank + 1, (start, end), sentence=True)
        raise Unsure(MANY_PLACES)

    def _strike_words(self, spot: Spot) -> tuple[Hunk, ...]:
        paragraph = self.base[spot.rank]
        text = paragraph.text
        if not text[: spot.start].strip() and not text[spot.end :].strip():
            return edits.delete(paragraph)
        start, end = struck(text, (spot.start, spot.end))
        return edits.replace_words(paragraph, start, end, Rich())

    def _exchange(self, spot: Spot, new: Quote) -> tuple[Hunk, ...]:
        words = _whole(new.words)
        paragraph = self.base[spot.rank]
        self._must_have_no_lines(paragraph, new)
        old = paragraph.text[spot.start : spot.end]
        if new.unit is Unit.SENTENCE and not _END.search(words) and _END.search(old):
            words += "."
        behind = paragraph.text[spot.end : spot.end + 1]
        if words[-1:] in ".!?" and words[-1:] != old[-1:] and behind in (".", "!", "?"):
            raise Unsure(SENTENCE_OR_WORDS)
        return self._reworded(paragraph, spot.start, spot.end, words)

    @staticmethod
    def _must_have_no_lines(paragraph: Paragraph, new: Quote) -> None:
        if "\n" in paragraph.text and WRAP in new.words:
            raise Unsure(OWN_LINES)

    def _reworded(self, paragraph: Paragraph, start: int, end: int, words: str) -> tuple[Hunk, ...]:
        """The words anew; marks that hold for all of the old ones hold for the new ones."""
        rich = paragraph.content.rich
        held = [mark for mark in rich.marks if mark.start <= start and end <= mark.end and start < end]
        new = Rich.of(words, (Mark(0, len(words), mark.name, mark.target) for mark in held))
        kept = _kept_ends(rich.text[start:end], words)
        if kept != (0, 0):
            front, back = kept
            new = concat(
                [rich.slice(start, start + front), new.slice(front, len(words) - back), rich.slice(end - back, end)]
            )
        wanted = concat([rich.slice(0, start), new, rich.slice(end, len(rich))])
        if wanted == rich:
            raise Unsure(NOTHING_NEW)
        return diff_rich(paragraph.identity, rich, wanted)

    def _add_words(self, spot: Spot, said: Said) -> tuple[Hunk, ...]:
        (new,) = said.new
        paragraph = self.base[spot.rank]
        self._must_have_no_lines(paragraph, new)
        text, words = paragraph.text, _whole(new.words)
        covers = not text[: spot.start].strip() and not text[spot.end :].strip(" .!?")
        if new.unit in (Unit.PARAGRAPH, Unit.ITEM):
            if not covers or (new.unit is Unit.ITEM) != (paragraph.head.kind is Kind.LIST_ITEM):
                raise Unsure(WHERE_IN)
            return self._insert(spot.rank, [new], before=said.before)
        at = spot.start if said.before else spot.end
        if new.unit is Unit.SENTENCE or _is_sentence(words):
            return self._sentence_beside(paragraph, at, words, before=said.before)
        clash = text[at : at + 1] in (".", "!", "?", ",", ";", ":") and words[-1:] in ".!?,;:"
        if (
            (covers and paragraph.head.kind is not Kind.PARAGRAPH)
            or clash
            or (words[:1].isupper() and words[-1:] in ".!?")
        ):
            raise Unsure(SENTENCE_OR_WORDS)
        return edits.replace_words(paragraph, at, at, concat(added(Rich(words), before=said.before)))

    def _sentence_beside(self, paragraph: Paragraph, at: int, words: str, *, before: bool) -> tuple[Hunk, ...]:
        text = paragraph.text
        if paragraph.head.kind in (Kind.HEADING, Kind.TABLE_ROW):
            raise Unsure(SENTENCE_OR_WORDS)
        if not before:
            behind = re.match(r"[.!?…]+[“”\"»)]*", text[at:])
            at += behind.end() if behind else 0
        borders = (
            {behind_label(text), *(span[0] for span in sentences(text)[1:])}
            if before
            else {core(text, span)[1] for span in sentences(text)}
        )
        if at not in borders or (not before and not _END.search(text[:at])):
            raise Unsure(SENTENCE_OR_WORDS)
        new = Rich(_ended(words))
        return edits.replace_words(paragraph, at, at, concat((new, Rich(" ")) if before else (Rich(" "), new)))

    # --- places

    def _one(self, found: Found, form: Form | None = None, *, before: bool = False) -> Area:
        """The only area that is meant."""
        if found.lines is not None:
            return self._lines(found, form, before=before)
        if len(found.areas) != 1 or not found.named:
            raise Unsure(MANY_PLACES if found.named else WHERE_IN)
        return found.areas[0]

    def _lines(self, found: Found, form: Form | None, *, before: bool) -> Area:
        """Whole paragraphs; lines that cut one are none."""
        if self.doubt_lines:
            raise Unsure(OTHER_LINES)
        first, last = found.lines or (0, 0)
        begins, ends = self.places.borders()
        if form is Form.ADD and first == last:  # only the side that something is put on has to be a border
            first, last = (first, ends[begins.index(first)]) if before and first in begins else (first, last)
            first, last = (begins[ends.index(last)], last) if not before and last in ends else (first, last)
        if first not in begins or last not in ends:
            raise Unsure(CUT_LINES)
        area = Area(begins.index(first), ends.index(last) + 1)
        if not any(one.first <= area.first and area.last <= one.last for one in found.areas):
            raise Unsure(MANY_PLACES)
        return area

    def _strike(self, found: Found) -> tuple[Hunk, ...]:
        area = self._one(found)
        if area.span is not None:
            paragraph = self.base[area.first]
            start, end = area.span
            if start <= behind_label(paragraph.text) and end == len(paragraph.text):
                if start:
                    raise Unsure(SENTENCE_OR_WORDS)  # its number would be left
                return edits.delete(paragraph)
            if end == len(paragraph.text):
                start = len(paragraph.text[:start].rstrip())
            return edits.replace_words(paragraph, start, end, Rich())
        if (
            any(self.base[rank].head.kind is Kind.HEADING for rank in area.ranks)
            and not area.section
            and found.lines is None
        ):
            raise Unsure(MANY_PLACES)
        return tuple(Delete(self.base[rank].identity, self.base[rank].content) for rank in area.ranks)

    def _rewrite(self, area: Area, new: Quote) -> tuple[Hunk, ...]:
        words = _whole(new.words)
        paragraph = self.base[area.first]
        self._must_have_no_lines(paragraph, new)
        if area.last - area.first != 1 or CELL in paragraph.text:
            raise Unsure(MANY_PLACES)
        if area.span is not None:
            start, end = core(paragraph.text, area.span)
            start = 0 if label_end(words) and start == behind_label(paragraph.text) else start
            if _END.search(paragraph.text[start:end]):
                stopped = _ended(words)
                inside = stopped != words and _NO_BEGINNING.match(paragraph.text[end:])  # "Abs." ended no sentence
                if inside or not _is_sentence(stopped):
                    raise Unsure(SENTENCE_OR_WORDS)
                words = stopped
            return self._reworded(paragraph, start, end, words)
        if new.unit is Unit.SENTENCE and len(sentences(paragraph.text)) > 1:
            raise Unsure(SENTENCE_OR_WORDS)
        start = self.places.behind_number(area.first, words)
        if _END.search(paragraph.text):
            words = _ended(words)
        return self._reworded(paragraph, start, len(paragraph.text), words)

    def _add_at(self, found: Found, said: Said) -> tuple[Hunk, ...]:
        area, (new, *more) = self._one(found, said.form, before=said.before), said.new
        paragraph = self.base[area.first if said.before else area.last - 1]
        if area.span is not None:
            if (
                more
                or new.unit in (Unit.PARAGRAPH, Unit.ITEM)
                or not (new.unit is Unit.SENTENCE or _is_sentence(new.words))
            ):
                raise Unsure(SENTENCE_OR_WORDS)
            at = area.span[0] if said.before else core(paragraph.text, area.span)[1]
            return self._sentence_beside(paragraph, at, _whole(new.words), before=said.before)
        heading = paragraph.head.kind is Kind.HEADING
        if area.section or paragraph.head.kind in (Kind.TABLE_ROW, Kind.FOOTNOTE) or (heading and new.unit is Unit.ANY):
            raise Unsure(WHERE_IN)
        if found.lines is not None and new.unit is Unit.SENTENCE and not more and not said.before:
            return self._sentence_beside(paragraph, len(paragraph.text), _whole(new.words), before=False)
        sure = new.unit in (Unit.PARAGRAPH, Unit.ITEM) or (found.lines is None and new.unit is Unit.ANY)
        item = paragraph.head.kind is Kind.LIST_ITEM
        if not sure or (not item and not all(_is_sentence(one.words) for one in said.new)):
            raise Unsure(SENTENCE_OR_WORDS)
        rank = area.first if said.before else area.last - 1
        return self._insert(rank, said.new, before=said.before)

    def _at_edge(self, area: Area, said: Said) -> tuple[Hunk, ...]:
        (new,) = said.new
        body = [rank for rank in area.ranks if self.base[rank].head.kind is not Kind.HEADING]
        headings = len(area.ranks) - len(body)
        if area.span is not None or not body or headings > 1:
            raise Unsure(WHERE_IN)
        items = [rank for rank in body if self.base[rank].head.kind is Kind.LIST_ITEM]
        if new.unit is Unit.ITEM and items and items[-1] - items[0] == len(items) - 1 and area.section:
            return self._insert(items[0] if said.before else items[-1], said.new, before=said.before)
        if new.unit is Unit.PARAGRAPH and area.section:
            return self._insert(body[0] if said.before else body[-1], said.new, before=said.before)
        if len(body) != 1 or new.unit in (Unit.PARAGRAPH, Unit.ITEM):
            raise Unsure(WHERE_IN)
        if not (new.unit is Unit.SENTENCE or _is_sentence(new.words)):
            raise Unsure(SENTENCE_OR_WORDS)
        paragraph = self.base[body[0]]
        at = behind_label(paragraph.text) if said.before else len(paragraph.text)
        return self._sentence_beside(paragraph, at, _whole(new.words), before=said.before)

    def _insert(self, rank: int, new: Iterable[Quote], *, before: bool) -> tuple[Hunk, ...]:
        """New paragraphs like the one they stand beside, or plain ones if that is said."""
        beside = self.base[rank].head
        after = rank - 1 if before else rank
        contents = tuple(self._content(_whole(one.words), beside, one.unit) for one in new)
        nested = contents[0].head.kind is Kind.PARAGRAPH and beside.kind is Kind.LIST_ITEM
        following = self.base[after + 1].head.kind if after + 1 < len(self.base) else None
        if nested and (before or following is Kind.LIST_ITEM):
            raise Unsure(WHERE_IN)  # it would part the list
        return (Insert(Gap(self.base[after].identity if after >= 0 else START), contents),)

    def _content(self, words: str, beside: Head, unit: Unit) -> Content:
        if self._literal:
            return literal_content(words)
        if beside.kind is Kind.LIST_ITEM and unit is not Unit.PARAGRAPH:
            attributes = tuple(pair for pair in beside.attributes if pair[0] == "list")
            return Content(Head(Kind.LIST_ITEM, beside.level, attributes), Rich(words))
        if unit is Unit.ITEM:
            raise Unsure(WHERE_IN)
        return Content(Head(), Rich(words))


def _whole(words: str) -> str:
    """New words on one line, without the white space around them. Raises Unsure if they leave something out, or if it
    is not sure that their lines end only where the mail's do.
    """
    words = words.strip()
    if not words or _DOTS.search(words):
        raise Unsure(ONLY_A_PART if words else NO_ORDER)
    if "\n" in words:
        raise Unsure(OWN_LINES)
    return re.sub(rf"[ \t]*{WRAP}[ \t]*", " ", words)


def _is_sentence(words: str) -> bool:
    words = words.strip()
    return bool(_BEGINS.match(words) and _END.search(words) and " " in words)


def _ended(words: str) -> str:
    """With the full stop that people leave out behind a quoted sentence. Raises Unsure if it is no whole one; an item
    of a list that goes on ("…, und") has none.
    """
    if _END.search(words) or words[-1:] in ",:;" or _GOES_ON.search(words):
        return words
    if _OPEN.search(words) or any(words.count(left) != words.count(right) for left, right in ("()", "[]")):
        raise Unsure(HALF_A_SENTENCE)
    return f"{words}."


def _kept_ends(old: str, new: str) -> tuple[int, int]:
    """How many code points are the same at the beginning and at the end, by whole words."""
    most = min(len(old), len(new))
    front = next((n for n in range(most) if old[n] != new[n]), most)
    while front and (inside_word(old, front) or inside_word(new, front)):
        front -= 1
    most -= front
    back = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    while back and (inside_word(old, len(old) - back) or inside_word(new, len(new) - back)):
        back -= 1
    return front, back
