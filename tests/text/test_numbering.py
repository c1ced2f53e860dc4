"""A paragraph that is counted otherwise is named as renumbered, not as retyped or edited."""

from __future__ import annotations

import pytest

from amendments.text import Change, Content, Edit, Head, Kind, Paragraph, Redline, Rich, apply_edits, diff_paragraph
from amendments.text.model import literal_content, plain


def change(old: Content, new: Content) -> Change:
    paragraph = Paragraph("p", old)
    (node,) = apply_edits(Redline.of((paragraph,)), [Edit("e", diff_paragraph(paragraph, new))]).nodes
    return node.change


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(2) Der Rat tagt.", "(3) Der Rat tagt."),
        ("(2a) Der Rat tagt.", "(3) Der Rat tagt."),
        ("9. die Kosten,", "10. die Kosten,"),
        ("1.2.3. die Kosten,", "1.2.4. die Kosten,"),
        ("b) die Kosten,", "c) die Kosten,"),
        ("aa) die Kosten,", "2. die Kosten,"),
        ("§ 12 Kosten", "§ 12a Kosten"),
        ("## § 12 Kosten", "## § 13 Kosten"),
        ("Artikel 3 Kosten", "Artikel 4 Kosten"),
        ("* Nr. 3 Kosten", "* Nr. 4 Kosten"),
    ],
)
def test_another_number_before_the_same_words(old: str, new: str) -> None:
    assert change(literal_content(old), literal_content(new)) is Change.RENUMBERED


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("(2) Der Rat tagt.", "(3) Der Rat berät.", Change.EDITED),
        ("(2) Der Rat tagt.", "Der Rat tagt.", Change.EDITED),
        ("3 Stunden stehen frei.", "4 Stunden stehen frei.", Change.EDITED),
        ("2. Der Rat tagt", "3. Der Rat tagt.", Change.EDITED),
        ("2.000", "3.000", Change.EDITED),
        ("da) so", "ja) so", Change.RENUMBERED),
        ("## § 12 Kosten", "### § 12 Kosten", Change.RETYPED),
    ],
)
def test_what_is_more_than_another_number(old: str, new: str, expected: Change) -> None:
    assert change(literal_content(old), literal_content(new)) is expected


def item(words: str = "die Kosten,", level: int = 1, **attributes: str) -> Content:
    return Content(Head(Kind.LIST_ITEM, level, tuple(sorted(attributes.items()))), Rich(words))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (item(list="ordered", number="3."), item(list="ordered", number="4."), Change.RENUMBERED),
        (item(list="ordered"), item(list="ordered", number="4."), Change.RENUMBERED),
        (item(list="ordered"), item(list="ordered", numbering="a)"), Change.RENUMBERED),
        (plain("x", Kind.FOOTNOTE, label="1"), plain("x", Kind.FOOTNOTE, label="2"), Change.RENUMBERED),
        (item(list="ordered"), item(list="bullet"), Change.RETYPED),
        (item(list="ordered", number="3."), item(level=2, list="ordered", number="4."), Change.RETYPED),
        (item(list="ordered", number="3."), item("Kosten,", list="ordered", number="4."), Change.RENUMBERED),
    ],
)
def test_another_number_beside_the_words(old: Content, new: Content, expected: Change) -> None:
    assert change(old, new) is expected
