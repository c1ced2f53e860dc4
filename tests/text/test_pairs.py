"""Every pair of small hunks on a small text: the rule is symmetric, and what it says is what happens."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from amendments.text import (
    CarryOver,
    Delete,
    Edit,
    Gap,
    Grade,
    Head,
    Hunk,
    Insert,
    Join,
    Kind,
    Move,
    Outcome,
    Redline,
    RelationKind,
    Replace,
    Retype,
    Rich,
    Split,
    Text,
    apply,
    apply_edits,
    check,
    merge,
    plain,
    relations,
)
from amendments.text.model import Paragraph

BASE: Text = tuple(Paragraph(name, plain(text)) for name, text in (("A", "a b"), ("B", "cd"), ("C", "e"), ("D", "f")))
HEADING = Head(Kind.HEADING, 1)
BLOCKED = (RelationKind.ORDER, RelationKind.HARD)


def _hunks() -> Iterator[Hunk]:  # noqa: C901 - a list of cases
    names = [paragraph.identity for paragraph in BASE]
    for paragraph in BASE[:3]:
        length = len(paragraph.text)
        for start in range(length + 1):
            for end in range(start, length + 1):
                old = paragraph.content.rich.slice(start, end)
                yield Replace(paragraph.identity, start, end, old, Rich("x"))
                if start < end:
                    yield Replace(paragraph.identity, start, end, old, Rich())
        for offset in range(1, length):
            yield Split(paragraph.identity, offset, paragraph.head)
            yield Split(paragraph.identity, offset, HEADING)
        yield Retype(paragraph.identity, paragraph.head, HEADING)
        yield Retype(paragraph.identity, paragraph.head, Head(Kind.FOOTNOTE))
        yield Delete(paragraph.identity, paragraph.content)
    for left, right in pairwise(BASE):
        yield Join(left.identity, right.identity, len(left.text))
    for gap in ("", *names):
        yield Insert(Gap(gap), (plain("new"),))
        yield Insert(Gap(gap), (plain("more"), plain("new")))
    for first in range(4):
        for last in range(first, 4):
            for gap in ("", *names):
                move = Move(tuple(names[first : last + 1]), Gap(gap))
                if gap not in move.block and gap != ("", *names)[first]:
                    yield move


HUNKS = tuple(_hunks())


def _kind(one: Edit, other: Edit) -> RelationKind:
    found = relations(BASE, [one, other])
    return found[0].kind if found else RelationKind.FREE


def _exactly(text: Text) -> list[tuple[object, ...]]:
    return [(paragraph.head, paragraph.text) for paragraph in text]


def test_each_hunk_fits_alone() -> None:
    for hunk in HUNKS:
        check(BASE, (hunk,))
        assert apply(BASE, [Edit("e", (hunk,))]) != BASE


def test_two_that_can_stand_do_the_same_together_and_one_after_the_other() -> None:
    """Carrying one over the other leads to the text of both; what collides is never carried silently."""
    prepared = {hunk: apply_edits(Redline.of(BASE), [Edit("a", (hunk,))]) for hunk in HUNKS}
    carriers = {hunk: CarryOver(redline) for hunk, redline in prepared.items()}
    wrong: list[str] = []
    for one, other in combinations(HUNKS, 2):
        kind = _kind(Edit("a", (one,)), Edit("b", (other,)))
        assert kind == _kind(Edit("a", (other,)), Edit("b", (one,)))
        together = None
        if kind not in BLOCKED:
            together = merge(BASE, [Edit("a", (one,)), Edit("b", (other,))]).text
            if together != merge(BASE, [Edit("b", (one,)), Edit("a", (other,))]).text:
                wrong.append(f"depends on names: {one} + {other}")
        for first, second in ((one, other), (other, one)):
            carried = carriers[first].carry(Edit("b", (second,)))
            if carried.outcome is not Outcome.ANCHORED:
                continue
            now = prepared[first].accept()
            try:
                check(now, carried.hunks)
                then = apply(now, [Edit("b", carried.hunks)])
            except Exception as error:  # noqa: BLE001  every failure is listed
                wrong.append(f"{first} + {second}: {error!r}")
                continue
            if together is None and {type(first), type(second)} == {Move, Delete}:
                continue  # rivals on one base; once moved, the same words can still be struck
            if together is None:
                wrong.append(f"{kind.name} carried: {first} + {second}")
            elif _exactly(then) != _exactly(together):
                wrong.append(
                    f"{kind.name}: {first} + {second}: {[p.text for p in then]}, together {[p.text for p in together]}"
                )
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:400])


def test_a_wish_that_came_true_needs_nobody() -> None:
    """An edit whose own words are the step is already adopted, whoever brought it in."""
    for hunk in HUNKS:
        step = apply_edits(Redline.of(BASE), [Edit("somebody", (hunk,))])
        assert CarryOver(step).carry(Edit("e", (hunk,))).outcome is Outcome.ALREADY_ADOPTED, hunk


def test_what_nothing_touches_is_anchored() -> None:
    """Free of the step and speaking of other paragraphs and gaps: nothing may be handed back."""
    for one in HUNKS:
        carrier = CarryOver(apply_edits(Redline.of(BASE), [Edit("a", (one,))]))
        for other in HUNKS:
            if not _names(one) & _names(other) and one != other:
                assert carrier.carry(Edit("b", (other,))).outcome is Outcome.ANCHORED, (one, other)


def _names(hunk: Hunk) -> set[str]:
    """Paragraphs the hunk touches, and those beside its gaps."""
    order = ["", "A", "B", "C", "D", "."]

    def beside(gap: str) -> set[str]:
        return {gap, order[order.index(gap) + 1]}

    match hunk:
        case Insert():
            return beside(hunk.gap.after)
        case Join():
            return {hunk.left, hunk.right} | beside(hunk.right)
        case Move():
            return (
                {*hunk.block}
                | beside(hunk.gap.after)
                | beside(order[order.index(hunk.block[0]) - 1])
                | beside(hunk.block[-1])
            )
        case Delete() | Split():
            return beside(hunk.paragraph)
        case _:
            return {hunk.paragraph}


def test_soft_pairs_say_why() -> None:
    for one, other in combinations(HUNKS, 2):
        for relation in relations(BASE, [Edit("a", (one,)), Edit("b", (other,))]):
            assert (relation.kind is RelationKind.SOFT) == isinstance(relation.grade, Grade)
            assert relation.places
