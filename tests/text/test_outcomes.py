"""Outcomes of a component: all that can stand together, and the heaviest, against trying every subset."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.text import Edit, Relation, RelationKind, merge, plain, text_of
from amendments.text import edits as controls
from amendments.text.model import Rich
from amendments.text.outcomes import MOST_OUTCOMES, cliques_over_edges, heaviest, maximal_sets, outcomes
from tests.text.strategies import PROMISE


def hard(*pairs: str) -> list[Relation]:
    return [Relation(*sorted(pair.split()), RelationKind.HARD) for pair in pairs]


def same(*pairs: str) -> list[Relation]:
    return [Relation(*sorted(pair.split()), RelationKind.SAME) for pair in pairs]


@st.composite
def graphs(draw, most=9):
    nodes = [f"e{number}" for number in range(draw(st.integers(1, most)))]
    edges = draw(st.sets(st.sampled_from(list(combinations(nodes, 2))))) if len(nodes) > 1 else set()
    graph = {node: set() for node in nodes}
    for one, other in edges:
        graph[one].add(other)
        graph[other].add(one)
    return graph


def by_trying(graph) -> set[frozenset[str]]:
    """Every maximal consistent set, by looking at every subset."""
    nodes = sorted(graph)
    found = [
        frozenset(some)
        for size in range(len(nodes) + 1)
        for some in combinations(nodes, size)
        if all(graph[node].isdisjoint(some) for node in some)
    ]
    return {some for some in found if not any(some < other for other in found)}


@PROMISE
@given(graphs())
def test_all_maximal_sets_are_found_once(graph) -> None:
    found = list(maximal_sets(graph))
    assert len(found) == len(set(found))
    assert set(found) == by_trying(graph)


@PROMISE
@given(graphs(), st.data())
def test_the_heaviest_set_is_the_heaviest_of_all(graph, data) -> None:
    weights = {node: data.draw(st.integers(0, 9)) for node in sorted(graph)}
    found, bound = heaviest(graph, weights)
    most = max(sum(weights[node] for node in some) for some in by_trying(graph))
    assert found in by_trying(graph)
    assert sum(weights[node] for node in found) == most
    assert bound == pytest.approx(most)


def test_a_weight_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0"):
        outcomes(["a", "b"], hard("a b"), {"a": -1})


@PROMISE
@given(graphs())
def test_cliques_hold_every_edge_and_nothing_else(graph) -> None:
    pairs = {frozenset(pair) for clique in cliques_over_edges(graph) for pair in combinations(clique, 2)}
    assert pairs == {frozenset((node, other)) for node, others in graph.items() for other in others}


def test_outcomes_are_listed_heaviest_first_with_what_each_leaves_out() -> None:
    found = outcomes(["a", "b", "c"], hard("a b", "b c"))
    assert found.sets == (("a", "c"), ("b",))
    assert (found.best, found.weight, found.proven) == (("a", "c"), 2, True)
    assert found.excluded == {"b": ("a", "c")}


def test_support_can_make_one_outweigh_two() -> None:
    found = outcomes(["a", "b", "c"], hard("a b", "b c"), {"a": 2, "b": 5, "c": 2})
    assert found.best == ("b",)
    assert found.excluded == {"a": ("b",), "c": ("b",)}


def test_equal_wishes_stand_and_fall_together_and_count_together() -> None:
    found = outcomes(["a", "b", "c"], [*hard("a c", "b c"), *same("a b")])
    assert found.sets == (("a", "b"), ("c",))
    assert (found.best, found.weight) == (("a", "b"), 2)


def test_insertions_whose_order_is_open_can_both_stand() -> None:
    assert outcomes(["a", "b"], [Relation("a", "b", RelationKind.ORDER)]).sets == (("a", "b"),)


def ring(size: int) -> list[Relation]:
    names = [f"e{number:03}" for number in range(size)]
    return hard(*(f"{one} {other}" for one, other in zip(names, [*names[1:], names[0]], strict=True)))


def test_what_nobody_could_read_is_not_listed_and_the_heaviest_is_still_proven() -> None:
    found = outcomes([f"e{number:03}" for number in range(41)], ring(41))
    assert found.sets == ()
    assert (len(found.best), found.weight, found.proven) == (20, 20, True)
    assert all(by and set(by) <= set(found.best) for by in found.excluded.values())


@pytest.mark.parametrize("size", [8, 9, 10])
def test_up_to_fifty_are_listed(size: int) -> None:
    found = outcomes([f"e{number:03}" for number in range(size)], ring(size))
    assert 0 < len(found.sets) <= MOST_OUTCOMES


def test_names_play_no_part() -> None:
    relations = hard("a b", "b c", "c d")
    renamed = [Relation(*sorted(("xyzw"["abcd".index(r.a)], "xyzw"["abcd".index(r.b)])), r.kind) for r in relations]
    plain, other = outcomes("abcd", relations), outcomes("wxyz", renamed)
    back = {frozenset("abcd"["xyzw".index(edit)] for edit in some) for some in other.sets}
    assert back == {frozenset(some) for some in plain.sets}


def test_an_outcome_of_a_merge_stands_without_a_collision() -> None:
    words = " ".join(f"Wort{number}" for number in range(60))
    base = text_of([plain(words)])
    random = Random(7)
    wishes = []
    for number in range(14):
        start = random.randrange(0, 50)
        left = words.index(f"Wort{start}")
        right = words.index(f"Wort{start + random.randrange(1, 8)}")
        wishes.append(Edit(f"e{number:02}", controls.replace_words(base[0], left, right, Rich(f"neu {number} "))))
    merged = merge(base, wishes)
    assert merged.components
    for component in merged.components:
        found = outcomes(component, merged.relations)
        for some in (*found.sets, found.best):
            again = merge(base, [wish for wish in wishes if wish.id in some])
            assert not [c for c in again.collisions if c.kind is RelationKind.HARD]
