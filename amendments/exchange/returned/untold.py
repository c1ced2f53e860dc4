"""What the format of a returned file cannot say is nobody's wish.

A plain text has neither headings nor items, and of the programs that write web pages each leaves out something else:
items are paragraphs behind a dot, headings stand a level lower. So such a file is compared by its words, and each
paragraph that is found again keeps of our version what the file says of none of its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from amendments.exchange.returned.likeness import likeness
from amendments.exchange.returned.lines import BORDER, flat
from amendments.exchange.returned.said import Said, said_in
from amendments.exchange.words import N_, NN_, Sentence, counted
from amendments.text.aligning import Alignment, align
from amendments.text.diff import changed_spans
from amendments.text.model import CELL, Content, Head, Kind, Mark, MarkName, Paragraph, Rich, Text, concat, plain

FORMATS = frozenset(("html", "md", "txt"))
LOOKS = frozenset(("1.", "a.", "A.", "i.", "I."))
"""What the numbers of items can look like on a page; Markdown counts its items by itself."""
FEWEST_KEPT = 0.5
"""Where fewer of our paragraphs are found word for word, and many are not, the file may be cut into other ones."""
MOST_CHANGED = 10
SAME_WORDS = 0.9
MOST_STRUCK = 0.75
"""Of a text; what strikes more of it is a letter about it or a part of it."""
BEFORE_A_SIGN = 12
"""Characters that tell the place of a footnote's sign."""

LEFT_ALONE = N_(
    "Was Überschrift, Liste oder hervorgehoben ist, steht in dieser Datei nicht vollständig; es bleibt, wie es in"
    " unserer Fassung ist."
)
NOT_TOLD = N_(
    "Diese Datei lässt sich nicht sicher mit unserer Fassung vergleichen: In ihrem Format ist nicht zu erkennen, wo"
    " Absätze, Listen und Tabellen beginnen. Bitte lassen Sie sich eine Word-Datei (.docx) schicken."
)
EXCERPT = N_(
    "In der Datei fehlen %(missing)d von %(all)d Absätzen unserer Fassung. Ist sie ein Brief oder ein Auszug? Dass so"
    " viel gestrichen werden soll, wird nicht daraus geschlossen; bitte reichen Sie ein, was gewünscht ist."
)
TABLES = NN_(
    "%(num)d Tabelle ist in dieser Datei nicht zu erkennen; was in ihr geändert wurde, fehlt hier. Bitte lassen Sie"
    " sich dafür eine Word-Datei (.docx) schicken.",
    "%(num)d Tabellen sind in dieser Datei nicht zu erkennen; was in ihnen geändert wurde, fehlt hier. Bitte lassen Sie"
    " sich dafür eine Word-Datei (.docx) schicken.",
)
FRAME = N_("Die erste Überschrift der Seite, „%(words)s“, steht nicht in unserer Fassung und wurde nicht übernommen.")


@dataclass(frozen=True)
class Told:
    """`contents` in the form of our version. `refusal`: why no wishes may be made of them."""

    contents: tuple[Content, ...]
    notes: tuple[Sentence, ...] = ()
    refusal: Sentence | None = None


def told(base: Text, contents: Sequence[Content], suffix: str) -> Told:
    """`suffix`: the format of the file, one of FORMATS."""
    return _Telling(base, contents, suffix).told()


def told_in_signs(base: Text, contents: tuple[Content, ...]) -> Told:
    """Beside a literal text, whose signs are words: refused only where the words are ours, the paragraphs are not."""
    same_words = likeness((paragraph.content for paragraph in base), contents) > SAME_WORDS
    return Told(contents, refusal=None if _enough_kept(base, contents) or not same_words else Sentence(NOT_TOLD))


def excerpt(base: Text, step: Alignment) -> Sentence | None:
    """What to say of a file in which most of our version is missing."""
    if len(step.deleted) <= MOST_STRUCK * len(base):
        return None
    return Sentence(EXCERPT, {"missing": len(step.deleted), "all": len(base)})


def _enough_kept(base: Text, contents: Iterable[Content]) -> bool:
    """Whether `contents` seem to be cut into paragraphs where our version is."""
    there = set(contents)
    changed = sum(paragraph.content not in there for paragraph in base)
    return changed <= MOST_CHANGED or changed <= (1 - FEWEST_KEPT) * len(base)


class _Telling:
    def __init__(self, base: Text, contents: Sequence[Content], suffix: str) -> None:
        self.base = base
        self.own = {paragraph.identity: paragraph for paragraph in base}
        self.plain, self.markdown = suffix == "txt", suffix == "md"
        self.said = said_in(base, contents, suffix)
        self.step = self._compared()
        self.partner = {n: self.own[identity] for identity, n in self.step.pairs.items()}
        self.heads, self.marks = self._told_heads(), self._told_marks()
        self.looks = dict(self._looks())
        self.rank = {paragraph.identity: rank for rank, paragraph in enumerate(base)}
        self.gone = {*self.step.pairs, *self.step.deleted}
        self.left_alone = False

    # --- which is which

    def _compared(self) -> Alignment:
        """By words alone."""
        ours = tuple(Paragraph(each.identity, plain(flat(each.text))) for each in self.base)
        return align(ours, [plain(flat(each.rich.text)) for each in self.said], "told", copy=True)

    def _told_heads(self) -> set[tuple[object, ...]]:
        """What the file says of at least one of its kind."""
        pairs = ((self.partner[n].head, said.head) for n, said in enumerate(self.said) if n in self.partner)
        return {_sort(ours) for ours, theirs in pairs if not self.plain and _sort(ours) == _sort(theirs)}

    def _told_marks(self) -> set[MarkName]:
        ours = {mark.name for paragraph in self.partner.values() for mark in paragraph.content.rich.marks}
        theirs = {mark.name for said in self.said for mark in said.rich.marks}
        return set() if self.plain else {*MarkName} - (ours - theirs) - ({MarkName.FOOTNOTE_REF} - theirs)

    def _looks(self) -> Iterator[tuple[tuple[object, ...], set[MarkName]]]:
        """Marks that all paragraphs of a kind have in the file, and none of them has in our version."""
        pairs = [(self.partner[n].content, said.rich) for n, said in enumerate(self.said) if n in self.partner]
        by_sort: dict[tuple[object, ...], list[set[MarkName]]] = defaultdict(list)
        for ours, theirs in pairs:
            by_sort[_sort(ours.head)].append(_all_over(theirs) - {mark.name for mark in ours.rich.marks})
        return ((sort, set.intersection(*found)) for sort, found in by_sort.items())

    # --- in the form of our version

    def told(self) -> Told:
        contents, notes = self._contents()
        if not self.markdown and not _enough_kept(self.base, contents):
            return Told(contents, refusal=excerpt(self.base, self.step) or Sentence(NOT_TOLD))
        return Told(contents, tuple(notes))

    def _contents(self) -> tuple[tuple[Content, ...], list[Sentence]]:
        tables = dict(self._lost_tables())
        left_out = {n for start, (end, _) in tables.items() for n in range(start, end)}
        notes: list[Sentence] = []
        found: list[Content] = []
        for n, said in enumerate(self.said):
            found += tables[n][1] if n in tables else ()
            if n in left_out:
                continue
            if n == 0 and self._is_frame():
                notes.append(Sentence(FRAME, {"words": said.rich.text}))
            elif n in self.partner:
                found.append(self._merged(self.partner[n], said))
            else:
                found.append(self._new(n, said, found[-1:]))
        found += self._lost_notes()
        if self.left_alone:
            notes.append(Sentence(LEFT_ALONE))
        if tables:
            notes.append(
                counted(len({row.head.attribute("table") for _, rows in tables.values() for row in rows}), *TABLES)
            )
        return tuple(found), notes

    def _lost_tables(self) -> Iterator[tuple[int, tuple[int, list[Content]]]]:
        """Where what the file has in place of tables begins and ends, and the rows of these: where a plain text draws
        them few of their rows are found.
        """
        place = {rank: self.step.pairs.get(paragraph.identity, -1) for rank, paragraph in enumerate(self.base)}
        rows = groupby(range(len(self.base)), lambda rank: self.base[rank].head.kind is Kind.TABLE_ROW)
        for ranks in (list(group) for is_table, group in rows if is_table):
            before = place.get(ranks[0] - 1, -1)
            behind = place.get(ranks[-1] + 1, len(self.said))
            lost = 2 * sum(self._is_lost(rank, place[rank]) for rank in ranks) > len(ranks)
            if lost and (before >= 0 or not ranks[0]) and behind > before + 1:
                yield before + 1, (behind, [self.base[rank].content for rank in ranks])

    def _lost_notes(self) -> list[Content]:
        """The footnotes, where the file has none of them."""
        ours = [paragraph for paragraph in self.base if paragraph.head.kind is Kind.FOOTNOTE]
        if not ours or any(paragraph.identity in self.step.pairs for paragraph in ours):
            return []
        self.left_alone = True
        return [paragraph.content for paragraph in ours]

    def _is_lost(self, rank: int, n: int) -> bool:
        """Whether a row has no place in the file, or one that has not its cells."""
        return n < 0 or self.said[n].rich.text.count(CELL) != self.base[rank].text.count(CELL)

    def _is_frame(self) -> bool:
        """The title that a page of ours has before the text."""
        first = self.said[0].head.kind is Kind.HEADING and not (self.plain or self.markdown)
        return first and 0 not in self.partner and self.step.pairs.get(self.base[0].identity) == 1

    def _merged(self, paragraph: Paragraph, said: Said) -> Content:
        ours = paragraph.content
        rows = ours.kind is Kind.TABLE_ROW, said.head.kind is Kind.TABLE_ROW
        if rows[0] != rows[1] and not self.plain:
            return Content(said.head, said.rich)
        words = _as_row(said.rich) if rows[0] else _no_row(said.rich)
        ours_says_more = (
            self.plain or said.sign or _sort(ours.head) not in self.heads or self._counts_alike(ours.head, said.head)
        )
        head = ours.head if ours_says_more else said.head
        self.left_alone = self.left_alone or (_sort(head) != _sort(said.head) and not said.sign)
        return Content(head, self._words(self._with_joined(paragraph), words, self.looks.get(_sort(ours.head), set())))

    def _counts_alike(self, ours: Head, theirs: Head) -> bool:
        """Two items that differ, if at all, in a number that the format cannot say."""
        look = ours.attribute("numbering") or "1."
        return (
            _sort(ours) == _sort(theirs)
            and ours.attribute("list") == "ordered"
            and (self.markdown or look not in LOOKS)
        )

    def _with_joined(self, paragraph: Paragraph) -> Rich:
        """With the paragraphs that the file has appended to it."""
        parts = [paragraph.content.rich]
        rank = self.rank[paragraph.identity] + 1
        while paragraph.identity in self.step.joins and rank < len(self.base):
            if self.base[rank].identity in self.gone:
                break
            parts += [Rich(" "), self.base[rank].content.rich]
            rank += 1
        return concat(parts)

    def _words(self, ours: Rich, theirs: Rich, looks: set[MarkName]) -> Rich:
        """Their words; marks of which the file says nothing stay on the words that do, white space is ours."""
        theirs = self._only_told(ours, _with_signs(ours, theirs), looks)
        untold = [mark for mark in ours.marks if mark.name not in self.marks]
        parts: list[Rich] = []
        old = new = 0
        for a, b, c, d in [*changed_spans(Rich(ours.text), Rich(theirs.text)), (len(ours), len(ours), len(theirs), 0)]:
            kept = Rich.of(ours.text, untold).slice(old, a)
            parts.append(Rich.of(kept.text, (*kept.marks, *theirs.slice(new, c).marks)))
            struck, put_in = ours.slice(a, b), theirs.slice(c, d)
            if struck.text.isspace() and put_in.text.isspace():
                parts.append(struck)
            elif put_in.text:
                around = [
                    mark for mark in untold if mark.start <= a and mark.end >= b and (mark.start < a or b < mark.end)
                ]
                over = (replace(mark, start=0, end=len(put_in)) for mark in around)
                parts.append(Rich.of(put_in.text, (*put_in.marks, *over)))
            old, new = b, d
        return concat(parts)

    def _only_told(self, ours: Rich, theirs: Rich, looks: set[MarkName]) -> Rich:
        """Without the marks by which a page shows what our version says otherwise: of links, of signs of footnotes, of
        all paragraphs of a kind.
        """
        signs = {f"[{mark.target}]" for mark in ours.marks if mark.name is MarkName.FOOTNOTE_REF}
        named = {mark.name for mark in ours.marks}
        links = [mark for mark in theirs.marks if mark.name is MarkName.LINK]

        def is_look(mark: Mark) -> bool:
            if mark.name is MarkName.SUP and theirs.text[mark.start : mark.end] in signs:
                return True
            if mark.name in named:
                return False
            linked = any(link.start <= mark.start and mark.end <= link.end for link in links)
            return mark.name in looks or (mark.name is MarkName.UNDERLINE and linked)

        marks = (mark for mark in theirs.marks if mark.name in self.marks and not is_look(mark))
        return Rich.of(theirs.text, marks)

    def _half(self, n: int, half: Rich) -> Rich:
        """Of a paragraph of ours that the file has parted: with what our version says of its words."""
        whole = next((self.partner[each] for each in range(n, -1, -1) if each in self.partner), None)
        start = whole.text.find(half.text[:BEFORE_A_SIGN]) if whole else -1
        if whole is None or start < 0:
            return half
        return self._words(whole.content.rich.slice(start, len(whole.text)), half, set())

    def _new(self, n: int, said: Said, before: Sequence[Content]) -> Content:
        """A paragraph that our version has not, or the second half of one of ours."""
        behind = self.partner.get(n + 1)
        neighbours = [*(each.head for each in before), *([behind.head] if behind else [])]
        if n not in self.step.inserted and before:
            return Content(before[0].head, self._half(n, said.rich))
        if said.head.kind is Kind.TABLE_ROW and self.plain:
            table = next((head for head in neighbours if head.kind is Kind.TABLE_ROW), None)
            return Content(_but_for(table, "header"), said.rich) if table else Content(Head(), _no_row(said.rich))
        if said.sign in ("bullet", "ordered"):
            like = (head for head in neighbours if head.kind is Kind.LIST_ITEM and head.attribute("list") == said.sign)
            head = next(like, Head(Kind.LIST_ITEM, 1, (("list", said.sign),)))
            return Content(_but_for(head, "number"), said.rich)
        return Content(said.head, said.rich)


def _with_signs(ours: Rich, theirs: Rich) -> Rich:
    """With "[1]" where the file has "1": behind the same words."""
    for mark in ours.marks:
        sign = f"[{mark.target}]"
        before = ours.text[max(0, mark.start - BEFORE_A_SIGN) : mark.start]
        at = theirs.text.find(f"{before}{mark.target}") + len(before)
        end = at + len(mark.target)
        if mark.name is MarkName.FOOTNOTE_REF and at >= len(before) > 0 and not theirs.text[end : end + 1].isdigit():
            theirs = concat([theirs.slice(0, at), Rich(sign), theirs.slice(end, len(theirs))])
    return theirs


def _sort(head: Head) -> tuple[object, ...]:
    """What a paragraph is, apart from how it is counted."""
    return head.kind, head.level, head.attribute("list"), head.attribute("header")


def _but_for(head: Head, name: str) -> Head:
    return replace(head, attributes=tuple(pair for pair in head.attributes if pair[0] != name))


def _as_row(rich: Rich) -> Rich:
    return rich if CELL in rich.text else Rich(CELL.join(BORDER.split(rich.text)))


def _no_row(rich: Rich) -> Rich:
    return Rich(rich.text.replace(CELL, " | ")) if CELL in rich.text else rich


def _all_over(rich: Rich) -> set[MarkName]:
    """Marks that hold in every cell, from its first word to its last."""
    found = [
        {mark.name for mark in cell.marks if mark.end - mark.start == len(cell)} for cell in rich.cells() if cell.text
    ]
    return set.intersection(*found) if found else set()
