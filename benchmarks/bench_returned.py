"""Measures `amendments merge`: real changes of whole documents dealt to eight committees, handed in as eight copies."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from amendments.exchange.returned import Copy, consolidate, likeness, wishes_in
from amendments.text import apply, literal_content
from benchmarks import corpus
from benchmarks.bench_engine import Figures, transitions, words_of
from benchmarks.corpus import Case

HANDS = 8


def dealt(case: Case, *, by_body: bool) -> list[list[Case]]:
    """The proposals in hands: in turn (`proposals[k::8]`), or each body's own."""
    hands: dict[object, list[Case]] = defaultdict(list)
    for number, proposal in enumerate(case["proposals"]):
        hands[proposal["body"] if by_body else number % HANDS].append(proposal)
    return list(hands.values())


def merging(cases: Iterable[Case], *, by_body: bool) -> Figures:
    """`failed`: not the real next version. `counts`: of those "reported" (a person is asked), else "in silence"."""
    figures = Figures()
    for case in cases:
        base = corpus.text_of(corpus.base_of(case))
        copies = []
        for number, hand in enumerate(dealt(case, by_body=by_body)):
            edited = apply(base, [corpus.edit_of(base, proposal) for proposal in hand])
            copies.append(Copy(f"copy {number}", f"{number}.md", tuple(paragraph.content for paragraph in edited)))
        found = consolidate(base, copies, [wishes_in(base, copy) for copy in copies])
        right = words_of(found.merge.text) == corpus.result_of(case)
        figures.judge(case["id"], right=right)
        figures.counts["copies"] += len(copies)
        figures.counts["order to read"] += bool(found.entangled)
        figures.counts["asked though right"] += right and not found.settled
        if not right:
            silent = found.settled and not found.entangled and not found.soft
            figures.counts["in silence" if silent else "reported"] += 1
    return figures


def alike() -> tuple[list[float], list[float]]:
    """Likeness of versions of one statute, and of different statutes; both sorted."""
    same, first = [], {}
    for name, old, new, _ in transitions():
        texts = [[literal_content(text) for text in corpus.paragraphs_of(path)] for path in (old, new)]
        same.append(likeness(*texts))
        first.setdefault(name.split()[0], texts[0][:300])
    other = [likeness(one, two) for one, two in combinations(first.values(), 2)]
    return sorted(same), sorted(other)


def run() -> None:
    if not corpus.available():
        print(f"The public corpus is not at {corpus.ROOT}: nothing measured.")
        return
    for title, by_body in (("dealt in turn", False), ("dealt by body", True)):
        begin = time.perf_counter()
        figures = merging(corpus.rows("merge/document"), by_body=by_body)
        right, counts = figures.cases - len(figures.failed), figures.counts
        print(
            f"eight copies, {title}: {right} of {figures.cases} right ({100 * right / figures.cases:.1f} %), "
            f"{counts['reported']} not and reported, {counts['in silence']} wrong in silence; of the right ones "
            f"{counts['asked though right']} ask a person; {counts['order to read']} with an order to read; "
            f"{counts['copies']} copies, {time.perf_counter() - begin:.1f} s"
        )
        for name in figures.failed:
            print(f"    not right: {name}")
    same, other = alike()
    print(f"likeness: versions of one statute from {same[0]:.2f}, different ones up to {other[-1]:.2f}")
