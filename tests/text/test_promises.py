"""The promises of the engine on generated texts and edits: redline, merging, relations, checking, hunks."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from amendments.text import (
    CELL,
    START,
    Content,
    Delete,
    Edit,
    Gap,
    Insert,
    Join,
    MisfitError,
    Move,
    Paragraph,
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
    content_from_json,
    content_to_json,
    diff_paragraph,
    diff_rich,
    hunk_from_json,
    hunk_to_json,
    hunks_hash,
    merge,
    plain,
    relations,
    text_hash,
    text_of,
    tidy_runs,
)
from amendments.text.relations import ringed, rule_for
from amendments.text.tokens import inside_word, tokenise
from tests.text.strategies import PROMISE, bases_and_edits, contents, fits, gestures, riches, strings, texts, wishes

SETTLED = (RelationKind.SAME, RelationKind.CONTAINED)


def exactly(text: Text) -> list[tuple[str, Content]]:
    """A text with its identities, which equality of paragraphs leaves out."""
    return [(paragraph.identity, paragraph.content) for paragraph in text]


# --- a redline holds both texts


@PROMISE
@given(bases_and_edits(fewest=1))
def test_a_merge_shows_the_base_and_what_it_says_it_applied(case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    merged = merge(base, found)
    assert exactly(merged.redline.reject()) == exactly(base)
    assert exactly(merged.redline.accept()) == exactly(merged.text)
    assert merged.text == apply(base, [edit for edit in found if edit.id in merged.applied])
    assert set(merged.applied) | merged.contested == {edit.id for edit in found}
    assert not set(merged.applied) & merged.contested


@PROMISE
@given(bases_and_edits(fewest=1))
def test_an_inverted_redline_leads_back(case: tuple[Text, list[Edit]]) -> None:
    redline = merge(*case).redline
    assert exactly(redline.inverted().accept()) == exactly(redline.reject())
    assert exactly(redline.inverted().reject()) == exactly(redline.accept())
    assert redline.inverted().inverted() == redline


@PROMISE
@given(st.data(), bases_and_edits(fewest=1))
def test_steps_compose(data: st.DataObject, case: tuple[Text, list[Edit]]) -> None:
    base, first = case
    one = merge(base, first)
    assume(one.text)
    second = [Edit(f"f{n}", data.draw(wishes(one.text))) for n in range(data.draw(st.integers(1, 3)))]
    two = merge(one.text, second)
    applied = [edit for edit in second if edit.id in two.applied]
    both = apply_edits(one.redline, applied)
    assert exactly(both.reject()) == exactly(base)
    assert exactly(both.accept()) == exactly(two.text)
    names = set(one.applied) | set(two.applied)
    for node in both.nodes:
        assert {*node.by, *node.retyped_by, *(name for run in node.runs for name in run.by)} <= names
        assert all(bool(run.by) == (run.op != "keep") for run in node.runs)
    assert exactly(both.inverted().accept()) == exactly(base)


@PROMISE
@given(bases_and_edits(fewest=1))
def test_every_changed_word_names_the_edit_that_wants_it(case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    merged = merge(base, found)
    for edit in found:
        alone = merge(base, [edit]).redline
        mine = {
            name
            for node in alone.nodes
            for name in (*node.by, *node.retyped_by, *(n for run in node.runs for n in run.by))
        }
        assert mine <= {edit.id}
    inserted: dict[str, set[str]] = {}
    for edit in found:
        for hunk in edit.hunks:
            if isinstance(hunk, Replace):
                inserted.setdefault(edit.id, set()).add(hunk.new.text)
            elif isinstance(hunk, Insert):
                inserted.setdefault(edit.id, set()).update(content.text for content in hunk.contents)
    for node in merged.redline.nodes:
        for run in node.runs:
            if run.op == "insert":
                assert all(run.rich.text in inserted[name] for name in run.by)


@PROMISE
@given(bases_and_edits(fewest=1))
def test_new_paragraphs_get_the_same_identities_again(case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    first, again = merge(base, found).text, merge(base, list(reversed(found))).text
    assert exactly(first) == exactly(again)
    identities = [paragraph.identity for paragraph in first]
    assert len(set(identities)) == len(identities)


# --- merging


@PROMISE
@given(texts())
def test_a_merge_of_nothing_is_the_base(base: Text) -> None:
    merged = merge(base, [])
    assert merged.text == base
    assert text_hash(merged.text) == text_hash(base)
    assert not merged.redline.changed


@PROMISE
@given(bases_and_edits(fewest=1, most=1))
def test_a_merge_of_one_is_its_own_wording(case: tuple[Text, list[Edit]]) -> None:
    base, (edit,) = case
    merged = merge(base, [edit])
    assert merged.applied == (edit.id,)
    assert exactly(merged.text) == exactly(apply(base, [edit]))


@PROMISE
@given(st.data(), bases_and_edits(fewest=2, most=6))
def test_a_merge_does_not_depend_on_the_order(data: st.DataObject, case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    one, other = merge(base, found), merge(base, data.draw(st.permutations(found)))
    assert one == other
    assert text_hash(one.text) == text_hash(other.text)


@PROMISE
@given(st.data(), bases_and_edits(fewest=2, most=6))
def test_a_decided_order_is_kept(data: st.DataObject, case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    order = data.draw(st.permutations([edit.id for edit in found]))
    merged = merge(base, found, order)
    assert merged == merge(base, list(reversed(found)), order)
    assert all(c.kind is RelationKind.HARD for c in merged.collisions)
    assert exactly(merged.redline.reject()) == exactly(base)


@PROMISE
@given(bases_and_edits(fewest=2))
def test_a_collision_names_its_place_and_every_alternative(case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    merged = merge(base, found)
    wish = {edit.id: edit for edit in found}
    paired = {edit for collision in merged.collisions for edit in collision.edits}
    assert paired == merged.contested
    assert sorted({edit for component in merged.components for edit in component}) == sorted(paired)
    for collision in merged.collisions:
        assert len(collision.alternatives) > 1
        assert collision.base == tuple(p for p in base if p.identity in collision.paragraphs)
        for alternative in collision.alternatives:
            local = Redline(alternative.nodes)
            assert exactly(local.reject()) == exactly(collision.base)
            assert len({wish[name].wish for name in alternative.edits}) == 1


# --- relations


@PROMISE
@given(st.data(), bases_and_edits(fewest=2))
def test_relations_are_symmetric(data: st.DataObject, case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    known = relations(base, found)
    assert known == relations(base, list(reversed(found)))
    renamed = {edit.id: f"z{99 - n}" for n, edit in enumerate(found)}
    turned = relations(base, [Edit(renamed[edit.id], edit.hunks) for edit in found])
    assert {frozenset((renamed[r.a], renamed[r.b])): (r.kind, r.grade) for r in known} == {
        frozenset((r.a, r.b)): (r.kind, r.grade) for r in turned
    }
    one, other = data.draw(st.sampled_from(found)), data.draw(st.sampled_from(found))
    strings_of = {paragraph.identity: paragraph.text for paragraph in base}
    for mine in one.hunks:
        for theirs in other.hunks:
            assert rule_for(mine, theirs, strings_of) == rule_for(theirs, mine, strings_of)


@PROMISE
@given(bases_and_edits(fewest=2))
def test_a_pair_stands_as_it_stands_in_any_company(case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    assume(not ringed(hunk for edit in found for hunk in edit.hunks))  # three moves in a ring: any two could stand
    known = {(r.a, r.b): r for r in relations(base, found)}
    for one, other in combinations(found, 2):
        alone = {(r.a, r.b): r for r in relations(base, [one, other])}
        assert alone == {pair: r for pair, r in known.items() if set(pair) == {one.id, other.id}}


@PROMISE
@given(bases_and_edits(fewest=2))
def test_a_contained_edit_is_settled_by_the_larger(case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    wish = {edit.id: edit.wish for edit in found}
    for relation in relations(base, found):
        if relation.kind is RelationKind.CONTAINED:
            assert wish[relation.a] < wish[relation.b]
            merged = merge(base, [edit for edit in found if edit.id in (relation.a, relation.b)])
            assert merged.settled == ((relation.a, relation.b),)
            assert merged.text == apply(base, [Edit("", tuple(wish[relation.b]))])


@PROMISE
@given(bases_and_edits(fewest=2))
def test_what_can_stand_together_loses_no_word(case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    merged = merge(base, found)
    standing = [edit for edit in found if edit.id in merged.applied]
    wanted = {hunk for edit in standing for hunk in edit.hunks}
    added = sum(len(h.new) for h in wanted if isinstance(h, Replace))
    added += sum(len(content.rich) for h in wanted if isinstance(h, Insert) for content in h.contents)
    struck = sum(len(h.old) for h in wanted if isinstance(h, Replace))
    struck += sum(len(h.old.rich) for h in wanted if isinstance(h, Delete))
    assert sum(len(p.text) for p in merged.text) == sum(len(p.text) for p in base) + added - struck
    paragraphs = len(base) + sum(len(h.contents) for h in wanted if isinstance(h, Insert))
    paragraphs += sum(isinstance(h, Split) for h in wanted) - sum(isinstance(h, Delete | Join) for h in wanted)
    assert len(merged.text) == paragraphs


# --- checking, JSON


@PROMISE
@given(st.data(), texts())
def test_what_the_page_makes_fits_or_is_refused_with_a_reason(data: st.DataObject, base: Text) -> None:
    hunks = data.draw(gestures(base))
    if not fits(base, hunks):
        with pytest.raises(MisfitError, match=r" at "):
            check(base, hunks)
        return
    redline = apply_edits(Redline.of(base), [Edit("e", hunks)])
    assert exactly(redline.reject()) == exactly(base)
    structural = any(isinstance(h, Split | Join | Move | Insert | Delete | Retype) for h in hunks)
    assert redline.accept() != base or structural


@PROMISE
@given(st.data(), bases_and_edits(fewest=1))
def test_hunks_of_another_text_are_refused(data: st.DataObject, case: tuple[Text, list[Edit]]) -> None:
    base, found = case
    edit = data.draw(st.sampled_from(found))
    for number, hunk in enumerate(edit.hunks):
        for broken in _broken(base, hunk):
            assert not fits(base, (*edit.hunks[:number], broken, *edit.hunks[number + 1 :])), broken
    assert not fits(base, (*edit.hunks, edit.hunks[0]))
    assert not fits(base, ())


def _broken(base: Text, hunk: object) -> list[object]:
    match hunk:
        case Replace():
            length = len(next(p for p in base if p.identity == hunk.paragraph).text)
            return [
                replace(hunk, paragraph="?"),
                replace(hunk, old=Rich(hunk.old.text + "?")),
                replace(hunk, start=-1),
                replace(hunk, start=length + 1, end=length + 1),
                replace(hunk, new=hunk.old),
                replace(hunk, new=Rich(hunk.new.text + "\x1f")),
            ]
        case Retype():
            return [replace(hunk, old=hunk.new), replace(hunk, new=hunk.old), replace(hunk, paragraph="?")]
        case Split():
            return [replace(hunk, offset=0), replace(hunk, offset=10_000), replace(hunk, paragraph="?")]
        case Join():
            return [
                replace(hunk, length=hunk.length + 1),
                replace(hunk, right=hunk.left),
                replace(hunk, left=hunk.right),
                replace(hunk, right="?"),
            ]
        case Insert():
            return [Insert(Gap("?"), hunk.contents), Insert(hunk.gap, ())]
        case Delete():
            changed = Content(hunk.old.head, Rich(hunk.old.text + "?"))
            return [replace(hunk, old=changed), replace(hunk, paragraph="?")]
        case Move():
            before = (
                base[[p.identity for p in base].index(hunk.block[0]) - 1].identity
                if hunk.block[0] != base[0].identity
                else START
            )
            return [
                Move(hunk.block, Gap(hunk.block[-1])),
                Move(hunk.block, Gap(before)),
                Move((), hunk.gap),
                Move(("?",), hunk.gap),
                Move((*hunk.block, hunk.block[0]), hunk.gap),
            ]
    raise AssertionError(hunk)


@PROMISE
@given(bases_and_edits(fewest=1), contents())
def test_values_survive_json(case: tuple[Text, list[Edit]], content: Content) -> None:
    assert content_from_json(json.loads(json.dumps(content_to_json(content)))) == content
    for edit in case[1]:
        again = tuple(hunk_from_json(json.loads(json.dumps(hunk_to_json(hunk)))) for hunk in edit.hunks)
        assert again == edit.hunks
        assert hunks_hash(again) == hunks_hash(tuple(reversed(edit.hunks)))


def test_unknown_json_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown hunk"):
        hunk_from_json({"op": "explode"})


# --- diff and display


@PROMISE
@given(riches(), riches())
def test_a_diff_leads_from_the_old_wording_to_the_new(old: Rich, new: Rich) -> None:
    base = (Paragraph("p", Content(rich=old)),)
    hunks = diff_rich("p", old, new)
    assert apply(base, [Edit("e", hunks)]) == (Paragraph("p", Content(rich=new)),)
    assert bool(hunks) == (old != new)
    assert not hunks or fits(base, hunks)
    for one, other in pairwise(hunks):
        assert one.end < other.start


@PROMISE
@given(strings(), strings())
def test_a_diff_never_cuts_inside_a_word_or_a_grapheme(old: str, new: str) -> None:
    graphemes = {0, *(match.end() for match in regex.finditer(r"\X", old))}
    for hunk in diff_rich("p", Rich(old), Rich(new)):
        for offset in (hunk.start, hunk.end):
            assert offset in graphemes
            assert not inside_word(old, offset)


@PROMISE
@given(contents(rows=False), contents(rows=False))
def test_a_changed_paragraph_is_words_and_a_retype(old: Content, new: Content) -> None:
    base = (Paragraph("p", old),)
    hunks = diff_paragraph(base[0], new)
    assert not hunks or fits(base, hunks)
    assert apply(base, [Edit("e", hunks)]) == (Paragraph("p", new),)


@PROMISE
@given(bases_and_edits(fewest=1))
def test_tidied_runs_hold_the_same_two_texts(case: tuple[Text, list[Edit]]) -> None:
    for node in merge(*case).redline.nodes:
        tidied = tidy_runs(node.runs)
        for left_out in ("insert", "delete"):
            texts_of = ["".join(run.rich.text for run in runs if run.op != left_out) for runs in (node.runs, tidied)]
            assert texts_of[0] == texts_of[1]
        assert not any(one.op == other.op and one.by == other.by for one, other in pairwise(tidied))
        if not any(CELL in run.rich.text for run in node.runs if run.op != "keep"):
            assert not any(CELL in run.rich.text for run in tidied if run.op != "keep")


@PROMISE
@given(strings())
def test_tokens_joined_again_give_the_text(text: str) -> None:
    assert "".join(tokenise(text)) == text


def test_three_moves_in_a_ring_cannot_all_stand() -> None:
    """Each goes into the block the next one takes along: all three would go nowhere and their words be lost."""
    base = text_of(plain(name) for name in "abcdef")
    names = [paragraph.identity for paragraph in base]
    moves = [Move((names[2 * n], names[2 * n + 1]), Gap(names[(2 * n + 2) % 6])) for n in range(3)]
    merged = merge(base, [Edit(f"e{n}", (move,)) for n, move in enumerate(moves)])
    assert merged.components == (("e0", "e1", "e2"),)
    assert merged.text == base
    assert not fits(base, moves)
    for two in combinations(moves, 2):
        assert fits(base, two)
        assert len(apply(base, [Edit("e", two)])) == len(base)
