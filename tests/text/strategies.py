"""Generated texts and edits. Words come from a small pool: equal sentences, touching edits and collisions abound."""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from amendments.text import (
    CELL,
    Content,
    Edit,
    Gap,
    Head,
    Hunk,
    Insert,
    Kind,
    Mark,
    MarkName,
    MisfitError,
    Paragraph,
    Replace,
    Retype,
    Rich,
    Split,
    Text,
    check,
    edits,
    literal_content,
)

EXAMPLES = int(os.environ.get("AMENDMENTS_EXAMPLES", "60"))
"""Examples a property; AMENDMENTS_EXAMPLES=5000 is the profile for hunting."""

PROMISE = settings(max_examples=EXAMPLES, deadline=None)

# fmt: off
WORDS = (
    "der", "Rat", "beschließt", "Rat", "§", "3", "Abs.", ",", ".", " ", " ", "z. B.", "2011", "👩\u200d👧", "🇩🇪",
    "q\u0301", "a\u00a0b", "Ver\u00adwal\u00adtung", "\u200fשלום", "\u2067x\u2069", "„So“", "–", "#", "* ",
    "می\u200cخواهم", "x", "\n",
    "☑\ufe0fja", "☑\ufe0f", "☺\ufe0f", "1\ufe0f\u20e3", "#\ufe0f\u20e3", "👩🏽\u200d🚀", "🏳\ufe0f\u200d🌈",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇫🇷🇩🇪", "🇫", "🏽", "\ufe0f", "\u200d",
)
# fmt: on
NAMES = "ABCDEFGHIJ"


HEADS = (
    Head(),
    Head(Kind.HEADING, 1),
    Head(Kind.HEADING, 2),
    Head(Kind.LIST_ITEM, 1, (("list", "bullet"),)),
    Head(Kind.LIST_ITEM, 2, (("list", "ordered"), ("number", "3."))),
    Head(Kind.FOOTNOTE, 0, (("label", "1"),)),
)
ROW = Head(Kind.TABLE_ROW, 0, (("table", "t1"),))


def _wording(dice: Random, longest: int) -> str:
    return dice.choice(("", " ")).join(dice.choices(WORDS, k=dice.randint(0, longest)))


def _rich(dice: Random, text: str) -> Rich:
    marks = []
    for _ in range(dice.choice((0, 0, 1, 2))):
        start, end = sorted((dice.randint(0, len(text)), dice.randint(0, len(text))))
        name = dice.choice((MarkName.STRONG, MarkName.EM, MarkName.LINK, MarkName.FOOTNOTE_REF))
        marks.append(
            Mark(start, end, name, dice.choice("ab") if name in (MarkName.LINK, MarkName.FOOTNOTE_REF) else "")
        )
    return Rich.of(text, marks)


def _pools() -> tuple[list[Rich], list[Content], list[Content], list[Content]]:
    """Drawing one value from a pool costs a hundredth of drawing its letters; the pools are the same in every run."""
    dice = Random(22112011)
    riches = [
        Rich(),
        Rich("x"),
        Rich(" "),
        Rich("Rat x"),
        *(_rich(dice, _wording(dice, 1 + n // 20)) for n in range(140)),
    ]
    words = [Content(head, rich) for rich in riches for head in (HEADS[0], dice.choice(HEADS))]
    rows = [
        Content(ROW, _rich(dice, CELL.join(_wording(dice, 3) for _ in range(dice.choice((2, 3)))))) for _ in range(40)
    ]
    signs = ("", "", "# ", "## ", "#", "1. ", "* ", "###### ")
    literals = [literal_content(dice.choice(signs) + _wording(dice, 1 + n // 20)) for n in range(120)]
    return riches, words, rows, literals


RICHES, PLAIN, ROWS, LITERALS = _pools()


def strings() -> st.SearchStrategy[str]:
    return st.builds(str.join, st.sampled_from(("", " ")), st.lists(st.sampled_from(WORDS), max_size=8))


def riches() -> st.SearchStrategy[Rich]:
    return st.sampled_from(RICHES)


def contents(*, literal: bool = False, rows: bool = True) -> st.SearchStrategy[Content]:
    if literal:
        return st.sampled_from(LITERALS)
    return st.sampled_from(PLAIN + ROWS if rows else PLAIN)


@st.composite
def texts(draw: st.DrawFn, *, smallest: int = 1, largest: int = 5) -> Text:
    """A literal text or one with every kind of paragraph; paragraphs may be empty or equal."""
    literal = draw(st.integers(0, 3)) == 3
    found = draw(st.lists(contents(literal=literal), min_size=smallest, max_size=largest))
    if len(found) > 1 and draw(st.integers(0, 4)) == 4:
        found[-1] = found[0]
    return tuple(Paragraph(NAMES[rank], content) for rank, content in enumerate(found))


def _is_literal(base: Text) -> bool:
    return any(paragraph.head.attribute("literal") for paragraph in base)


@st.composite
def _range(draw: st.DrawFn, length: int) -> tuple[int, int]:
    start = draw(st.integers(0, length))
    return start, draw(st.sampled_from((start, min(length, start + 1), length, draw(st.integers(start, length)))))


@st.composite
def gestures(draw: st.DrawFn, base: Text) -> tuple[Hunk, ...]:  # noqa: C901 - one case a gesture
    """What one gesture on the page gives: any of `edits.*`, or a raw hunk; not always one that fits."""
    rank = draw(st.integers(0, len(base) - 1))
    paragraph = base[rank]
    after = draw(st.sampled_from(("", *(p.identity for p in base))))
    start, end = draw(_range(len(paragraph.text)))
    match draw(st.integers(0, 10)):
        case 0 | 1:
            new = draw(riches())
            return (Replace(paragraph.identity, start, end, paragraph.content.rich.slice(start, end), new),)
        case 2:
            return edits.replace_words(paragraph, start, end, draw(riches()))
        case 3:
            return edits.delete(paragraph)
        case 4:
            return edits.insert(after, draw(st.lists(contents(literal=_is_literal(base)), min_size=1, max_size=2)))
        case 5:
            return edits.split(paragraph, start)
        case 6:
            head = paragraph.head if _is_literal(base) else draw(st.sampled_from(HEADS))
            return (Split(paragraph.identity, start, head),)
        case 7 if rank + 1 < len(base):
            return edits.join(paragraph, base[rank + 1], draw(st.sampled_from(("", " "))))
        case 8 if rank + 1 < len(base):
            stop = draw(st.integers(0, len(base[rank + 1].text)))
            return edits.span(paragraph, start, base[rank + 1], stop, draw(riches()))
        case 9:
            return edits.move(base[rank : draw(st.integers(rank + 1, len(base)))], after)
        case _:
            if _is_literal(base):
                level = draw(st.integers(0, 3))
                return edits.retype(paragraph, Head(Kind.HEADING if level else Kind.PARAGRAPH, level))
            return (Retype(paragraph.identity, paragraph.head, draw(st.sampled_from(HEADS))),)


def fits(base: Text, hunks: Sequence[Hunk]) -> bool:
    try:
        check(base, hunks)
    except MisfitError:
        return False
    return True


@st.composite
def wishes(draw: st.DrawFn, base: Text) -> tuple[Hunk, ...]:
    """Hunks of one valid edit: one gesture, often several."""
    hunks: tuple[Hunk, ...] = ()
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3, 5)))):
        more = (*hunks, *draw(gestures(base)))
        if fits(base, more):
            hunks = more
    return hunks or (Insert(Gap(), (base[0].content,)),)


@st.composite
def bases_and_edits(draw: st.DrawFn, *, fewest: int = 0, most: int = 5) -> tuple[Text, list[Edit]]:
    """A text and valid edits of it; some want the same, or part of the same."""
    base = draw(texts())
    found: list[Edit] = []
    for number in range(draw(st.integers(fewest, most))):
        hunks = draw(wishes(base))
        if found and draw(st.integers(0, 7)) == 0:
            other = draw(st.sampled_from(found)).hunks
            hunks = other[: draw(st.integers(1, len(other)))]
        found.append(Edit(f"e{number}", hunks))
    return base, found
