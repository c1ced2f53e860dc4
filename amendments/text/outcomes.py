"""What a component of collisions can end in: the sets of edits that can stand together, and the heaviest of them.

Nodes are wishes (equal edits are one), edges are HARD relations; an outcome is a maximal set without an edge. All of
them are listed while a session can still read them. The heaviest one of a larger component comes from an integer
programme solved by HiGHS, with its proof; the study behind it is CONSENSUS §3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Final

from amendments.text.relations import Kind, Relation

MOST_OUTCOMES: Final = 50
"""More than these nobody reads; then each place is shown with its own alternatives instead."""

Graph = dict[str, set[str]]
"""Wish -> wishes that cannot stand beside it. A wish goes by its first edit id."""


@dataclass(frozen=True)
class Outcomes:
    """What can become of the edits of one component. Ids are sorted everywhere.

    `sets`: every maximal consistent set, heaviest first; empty if there are more than MOST_OUTCOMES. `best`: one of
    maximum weight. `bound`: no consistent set weighs more than this; equal to `weight` when that is proven. `excluded`:
    edits that are not in `best`, each with those of `best` that it cannot stand beside.
    """

    sets: tuple[tuple[str, ...], ...]
    best: tuple[str, ...]
    weight: float
    bound: float
    excluded: Mapping[str, tuple[str, ...]] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "excluded", MappingProxyType(dict(self.excluded)))

    @property
    def proven(self) -> bool:
        return self.bound - self.weight <= 1e-6 * max(1.0, abs(self.weight))


def outcomes(
    component: Sequence[str], relations: Iterable[Relation], weights: Mapping[str, float] | None = None
) -> Outcomes:
    """The outcomes of `component` (edit ids, as in `Merge.components`), judged by `relations` among them.

    `weights`: what each edit counts, 1 if it is not named; equal edits count together. ValueError for less than 0.
    """
    weights = weights or {}
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a weight is a number from 0")
    members = set(component)
    inside = [relation for relation in relations if relation.a in members and relation.b in members]
    groups = _equal(members, inside)
    first = {edit: group[0] for group in groups.values() for edit in group}
    graph: Graph = {name: set() for name in groups}
    for relation in inside:
        if relation.kind is Kind.HARD:
            graph[first[relation.a]].add(first[relation.b])
            graph[first[relation.b]].add(first[relation.a])
    weigh = {name: sum(weights.get(edit, 1.0) for edit in group) for name, group in groups.items()}

    def total(names: Iterable[str]) -> float:
        return sum(weigh[name] for name in names)

    def edits(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(edit for name in names for edit in groups[name]))

    found = list(islice(maximal_sets(graph), MOST_OUTCOMES + 1))
    if len(found) <= MOST_OUTCOMES:
        ranked = sorted(found, key=lambda names: (-total(names), edits(names)))
        chosen, bound = ranked[0], total(ranked[0])
    else:
        ranked = []
        chosen, bound = heaviest(graph, weigh)
    return Outcomes(
        sets=tuple(edits(names) for names in ranked),
        best=edits(chosen),
        weight=total(chosen),
        bound=bound,
        excluded={edit: edits(graph[first[edit]] & chosen) for edit in sorted(members) if first[edit] not in chosen},
    )


def _equal(members: Iterable[str], relations: Iterable[Relation]) -> dict[str, list[str]]:
    """Equal edits together, by the first of them. The relation of equality is transitive, so pairs suffice."""
    twins: dict[str, set[str]] = {edit: {edit} for edit in members}
    for relation in relations:
        if relation.kind is Kind.SAME:
            twins[relation.a].add(relation.b)
            twins[relation.b].add(relation.a)
    return {min(group): sorted(group) for edit, group in sorted(twins.items()) if edit == min(group)}


def maximal_sets(graph: Graph) -> Iterator[frozenset[str]]:
    """Every maximal set of nodes without an edge, one after the other, in an order that names alone decide.

    Bron and Kerbosch 1973 with the pivot of Tomita 2006, on the complement; without recursion.
    """
    nodes = sorted(graph)
    free: Graph = {node: {other for other in nodes if other != node} - graph[node] for node in nodes}
    waiting: list[tuple[frozenset[str], set[str], set[str]]] = [(frozenset(), set(nodes), set())]
    while waiting:
        chosen, possible, done = waiting.pop()
        if not possible and not done:
            yield chosen
            continue
        pivot = max(sorted(possible | done), key=lambda node: len(possible & free[node]))
        branches = []
        for node in sorted(possible - free[pivot]):
            branches.append((chosen | {node}, possible & free[node], done & free[node]))
            possible = possible - {node}
            done = done | {node}
        waiting.extend(reversed(branches))


def heaviest(graph: Graph, weights: Mapping[str, float]) -> tuple[frozenset[str], float]:
    """(a consistent set of maximum weight, the bound proven for it), by an integer programme.

    One variable a wish, and for each group of wishes that exclude one another pairwise: at most one of them.
    """
    import highspy  # noqa: PLC0415 - only components nobody could list need it, and it loads numpy

    names = sorted(graph)
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    chosen = {name: model.addBinary() for name in names}
    for clique in cliques_over_edges(graph):
        model.addConstr(sum(chosen[name] for name in clique) <= 1)
    model.maximize(sum(weights[name] * chosen[name] for name in names))
    values = model.getSolution().col_value
    found = frozenset(name for name in names if values[chosen[name].index] > 0.5)
    return _filled(graph, found), float(model.getInfo().mip_dual_bound)


def _filled(graph: Graph, found: frozenset[str]) -> frozenset[str]:
    """Made maximal: whatever weighs nothing and hurts nobody stands too."""
    for name in sorted(graph):
        if name not in found and not graph[name] & found:
            found |= {name}
    return found


def cliques_over_edges(graph: Graph) -> list[tuple[str, ...]]:
    """Groups of nodes with an edge between any two, which together hold every edge; each as large as comes easily."""
    left: dict[str, set[str]] = defaultdict(set, {node: set(others) for node, others in graph.items()})
    found = []
    for node in sorted(graph):
        while left[node]:
            clique = [node, min(left[node])]
            common = graph[clique[0]] & graph[clique[1]]
            while common:
                clique.append(max(sorted(common), key=lambda other: len(left[other] & set(clique))))
                common &= graph[clique[-1]]
            for one in clique:
                left[one] -= set(clique)
            found.append(tuple(sorted(clique)))
    return found
