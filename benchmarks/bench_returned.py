"""Measures `amendments merge`: real changes of whole documents dealt to eight committees, handed in as eight copies."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from amendments.exchange.returned import Consolidated, Copy, consolidate, likeness, place, wishes_in
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
    """`failed`: not the real next version. `counts`: of those "in silence" (nobody is asked or told to read anything in
    the document), else "reported"; and "unseen": nothing is reported about one of the very places that are wrong.
    """
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
            figures.counts["unseen"] += unseen(found, corpus.result_of(case))
    return figures


def unseen(found: Consolidated, wanted: Sequence[str]) -> bool:
    """Whether the merged text differs from `wanted` where no collision, no doubt and no sentence to read is reported,
    neither there nor at the paragraphs around.
    """
    text = found.merge.text
    rank = {paragraph.identity: number for number, paragraph in enumerate(found.base)}
    known = [rank.get(paragraph.identity) for paragraph in text]
    told = _told(found, rank)
    for tag, start, end, _, _ in SequenceMatcher(None, words_of(text), wanted, autojunk=False).get_opcodes():
        if tag != "equal":
            before = next((each for each in reversed(known[:start]) if each is not None), -1)
            behind = next((each for each in known[end:] if each is not None), len(found.base))
            if told.isdisjoint({before, behind, *range(before, behind), *known[start:end]}):
                return True
    return False


def _told(found: Consolidated, rank: Mapping[str, int]) -> set[int]:
    """Paragraphs of the base about which something is reported."""
    names = {name for each in found.doubtful for name in each.edits} | found.merge.contested
    names |= {name for pair in found.entangled for name in pair}
    told = {place(rank, hunk) for name in names for hunk in found.edits[name].hunks}
    told |= {rank.get(each.paragraph, -1) for relation in found.soft for each in relation.places}
    return told | {each.rank for each in found.doubtful}


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
            f"{counts['reported']} not and reported, {counts['in silence']} wrong in silence; {counts['unseen']} wrong "
            "at a place about which nothing is reported, whatever is reported elsewhere; of the right ones "
            f"{counts['asked though right']} ask a person; {counts['order to read']} with an order to read; "
            f"{counts['copies']} copies, {time.perf_counter() - begin:.1f} s"
        )
        for name in figures.failed:
            print(f"    not right: {name}")
    same, other = alike()
    print(f"likeness: versions of one statute from {same[0]:.2f}, different ones up to {other[-1]:.2f}")
