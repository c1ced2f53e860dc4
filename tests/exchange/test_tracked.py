"""A redline cut by the ends of its paragraphs is the same two texts."""

import pytest
from hypothesis import given

from amendments.exchange.redlines.tracked import Block, Piece, Table, Tracked, tracked
from amendments.text import CELL, Edit, Kind, Paragraph, Rich, Text, align, edits, merge, plain, text_of
from amendments.text.model import Content
from amendments.text.redline import Op
from tests.text.strategies import PROMISE, bases_and_edits


def words(pieces: tuple[Piece, ...], gone: Op) -> str:
    return "".join(piece.rich.text for piece in pieces if piece.op is not gone)


def read(found: Tracked, gone: Op) -> list[str]:
    """One of the two texts: what a word processor makes of the ends."""
    texts, current = [], ""
    for part in found.body:
        if isinstance(part, Table):
            texts += [CELL.join(words(cell, gone) for cell in row.cells) for row in part.rows if row.op is not gone]
            continue
        current += words(part.pieces, gone)
        if part.end is not gone:
            texts.append(current)
            current = ""
    assert not current, "words behind the last end"
    return texts


def bare(content: Content) -> str:
    """Without the sign of a heading of a literal file."""
    is_sign = content.head.kind is Kind.HEADING and content.head.attribute("literal")
    return content.text[content.head.level + 1 :] if is_sign else content.text


def told(text: Text) -> list[str]:
    return [bare(paragraph.content) for paragraph in text]


@PROMISE
@given(bases_and_edits(fewest=1))
def test_both_texts_are_in_it(case: tuple[Text, list[Edit]]) -> None:
    base, wishes = case
    redline = merge(base, wishes).redline
    found = tracked(redline.nodes)
    assert read(found, Op.INSERT) == told(redline.reject())
    assert read(found, Op.DELETE) == told(redline.accept())


def blocks(old: list[str], new: list[str]) -> list[Block]:
    found = tracked(align(text_of(map(plain, old)), [plain(each) for each in new], "o", copy=True).redline.nodes)
    return [part for part in found.body if isinstance(part, Block)]


FIRST, SECOND, OTHER = "Der Rat berät.", "Der Beirat stimmt dem Vorschlag zu.", "Niemand war an diesem Abend dagegen."


@pytest.mark.parametrize(
    ("old", "new", "ends"),
    [
        ([FIRST, SECOND], [FIRST, OTHER, SECOND], "KIK"),
        ([FIRST, OTHER, SECOND], [FIRST, SECOND], "KDK"),
        ([FIRST, SECOND], [OTHER, FIRST, SECOND], "IKK"),
        ([f"{FIRST} {SECOND}"], [FIRST, SECOND], "IK"),
        ([FIRST, SECOND], [f"{FIRST} {SECOND}"], "DK"),
        ([FIRST], [f"{FIRST} Und tagt.", OTHER], "IK"),
    ],
)
def test_each_paragraph_that_comes_or_goes_has_an_end_of_its_own(old: list[str], new: list[str], ends: str) -> None:
    assert "".join(block.end.name[0] for block in blocks(old, new)) == ends


def test_words_at_an_end_and_words_behind_it_are_not_one_change() -> None:
    """LibreOffice would take both for one, with the end between: rejecting it would join the paragraphs."""
    base = text_of([plain(FIRST), plain(SECOND)])
    wish = (
        *edits.replace_words(base[0], len(FIRST), len(FIRST), Rich(" Und tagt.")),
        *edits.replace_words(base[1], 0, 0, Rich("Auch ")),
    )
    first, second = tracked(merge(base, [Edit("e", wish)]).redline.nodes).body
    assert isinstance(first, Block)
    assert isinstance(second, Block)
    assert (first.pieces[-1].op, first.end) == (Op.INSERT, Op.KEEP)
    assert second.pieces[0].op is Op.DELETE


def test_a_paragraph_joined_to_a_heading_is_put_in_there_anew() -> None:
    """Word gives the joined paragraph the look of the second, LibreOffice that of the first."""
    base = text_of([plain("Zu", Kind.HEADING, 2), plain("den Aufgaben"), plain(FIRST)])
    found = tracked(merge(base, [Edit("e", edits.join(base[0], base[1], " "))]).redline.nodes)
    ends = [(block.end, block.head.kind) for block in found.body if isinstance(block, Block)]
    assert ends == [(Op.KEEP, Kind.HEADING), (Op.DELETE, Kind.PARAGRAPH), (Op.KEEP, Kind.PARAGRAPH)]


def test_footnotes_lie_outside_of_the_text() -> None:
    base: Text = (Paragraph("a", plain("Siehe [1].")), Paragraph("b", plain("Quelle.", Kind.FOOTNOTE, label="1")))
    found = tracked(merge(base, []).redline.nodes, frozenset(("1",)))
    assert read(found, Op.INSERT) == ["Siehe [1]."]
    assert [words(block.pieces, Op.INSERT) for block in found.footnotes["1"]] == ["Quelle."]
