"""Merging real change sets: what each grade of `soft` asks a person to read, and whole statutes hunk by hunk.

`grades` counts, for merges in which everything stands, what is flagged. `change_set` takes a step between two versions
of a statute apart and puts it together again: at once, in any order, and as the work of two committees.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from random import Random

from amendments.exchange.returned import Copy, consolidate, wishes_in
from amendments.text import (
    CarryOver,
    Content,
    Edit,
    Grade,
    Hunk,
    Insert,
    Move,
    Outcome,
    RelationKind,
    Replace,
    Text,
    align,
    literal_content,
    merge,
    part,
    text_hash,
)
from benchmarks import corpus
from benchmarks.bench_engine import Figures
from benchmarks.corpus import Case

LARGE = ("bgb", "aufenthg_2004")
SHUFFLES, TIMINGS = 5, 5
MANY = 500
"""Of fewer edits the time is that of the document; a time per 1,000 would say nothing."""
HANDED_BACK = (Outcome.PASSAGE_CHANGED, Outcome.PASSAGE_GONE)
Wish = tuple[Hunk, ...]


# --- what people are asked to read


def grades(cases: Iterable[Case]) -> Figures:
    """Counts under `UNIT GRADE` (the heaviest one) and `UNIT all`, for merges of two and more proposals that are free.

    Units: merges; proposals; pairs of proposals in one paragraph; paragraphs that several proposals change.
    """
    figures = Figures()
    for case in cases:
        base = corpus.text_of(corpus.base_of(case))
        edits = corpus.edits_of(base, case)
        if len(edits) < 2:
            continue
        merged = merge(base, edits)
        figures.judge(case["id"], right=not merged.collisions)
        heaviest: dict[str, dict[object, Grade]] = {"merges": {}, "proposals": {}, "pairs": {}, "paragraphs": {}}
        for relation in merged.soft:
            assert relation.grade is not None
            found: tuple[tuple[str, object], ...] = (
                ("merges", case["id"]),
                ("proposals", relation.a),
                ("proposals", relation.b),
                ("pairs", (relation.a, relation.b)),
                *(("paragraphs", place.paragraph) for place in relation.places),
            )
            for unit, name in found:
                heaviest[unit][name] = max(relation.grade, heaviest[unit].get(name, relation.grade))
        for unit, names in heaviest.items():
            figures.counts.update(f"{unit} {grade.name}" for grade in names.values())
        shared = _in_one_paragraph(edits)
        figures.counts["merges all"] += 1
        figures.counts["proposals all"] += len(edits)
        figures.counts["pairs all"] += sum(number * (number - 1) // 2 for number in shared)
        figures.counts["paragraphs all"] += sum(number > 1 for number in shared)
    return figures


def _in_one_paragraph(edits: Iterable[Edit]) -> list[int]:
    """How many edits change the words of each paragraph."""
    words = ((hunk.paragraph, edit.id) for edit in edits for hunk in edit.hunks if isinstance(hunk, Replace))
    return list(Counter(paragraph for paragraph, _ in set(words)).values())


# --- whole statutes


def steps(names: Sequence[str] = LARGE) -> Iterator[tuple[str, str, str]]:
    """(name, path of the old version, path of the new one), for each two versions that follow one another."""
    manifest = json.loads((corpus.ROOT / "documents" / "manifest.json").read_text(encoding="utf-8"))
    for document in manifest["documents"]:
        if document["name"] in names:
            files = [version["file"] for version in document["versions"]]
            for old, new in pairwise(files):
                yield f"{document['name']} {old[-5:-3]} -> {new[-5:-3]}", f"documents/{old}", f"documents/{new}"


def by_hunk(edit: Edit) -> list[Wish]:
    """Each hunk alone, but what arrives in one gap together: there its order is part of the change."""
    arriving: dict[str, list[Hunk]] = defaultdict(list)
    wishes: list[Wish] = []
    for hunk in edit.hunks:
        if isinstance(hunk, Insert | Move):
            arriving[hunk.gap.after].append(hunk)
        else:
            wishes.append((hunk,))
    return wishes + [tuple(hunks) for hunks in arriving.values()]


def change_set(base: Text, wishes: Sequence[Wish], due: Sequence[Content]) -> Figures:
    """`failed`: promises that are not kept. The names of the edits are dealt, so that they say nothing of the place."""
    dice = Random(len(wishes))
    numbers = dice.sample(range(len(wishes)), len(wishes))
    edits = [Edit(f"e{number:05}", hunks) for number, hunks in zip(numbers, wishes, strict=True)]
    figures = Figures()
    spent = []
    for _ in range(TIMINGS):
        began = time.process_time()
        merged = merge(base, edits)
        spent.append(time.process_time() - began)
    figures.seconds = statistics.median(spent)
    figures.counts["edits"] = len(edits)
    figures.counts["hard"] = sum(collision.kind is RelationKind.HARD for collision in merged.collisions)
    figures.counts["order"] = len(merged.collisions) - figures.counts["hard"]
    figures.counts["soft"] = len({name for relation in merged.soft for name in (relation.a, relation.b)})
    figures.judge("the next version", right=_contents(merged.text) == list(due))
    figures.judge("accept", right=_exactly(merged.redline.accept()) == _exactly(merged.text))
    figures.judge("reject", right=_exactly(merged.redline.reject()) == _exactly(base))
    figures.judge("no collision", right=not merged.collisions)
    for number in range(SHUFFLES):
        again = merge(base, dice.sample(edits, len(edits)))
        same = again == merged and text_hash(again.text) == text_hash(merged.text)
        figures.judge(f"in any order, {number}", right=same)
    for first in (0, 1):
        in_turn, handed_back = _in_turn(base, edits[first::2], edits[1 - first :: 2])
        figures.judge(f"one half after the other, {first}", right=in_turn)
        figures.counts["handed back"] += handed_back
    return figures


def _in_turn(base: Text, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[bool, int]:
    """One committee's edits become a version, the other's are carried over to it.

    Returns whether what is carried gives the text that merging at once gives, and how many edits are handed back.
    """
    step = merge(base, first)
    carrier = CarryOver(step.redline)
    carried = {edit.id: carrier.carry(edit) for edit in second}
    anchored = [Edit(name, found.hunks) for name, found in carried.items() if found.outcome is Outcome.ANCHORED]
    back = [name for name, found in carried.items() if found.outcome in HANDED_BACK]
    last = merge(step.text, anchored)
    at_once = merge(base, [*first, *(edit for edit in second if edit.id not in back)])
    return not last.collisions and _contents(last.text) == _contents(at_once.text), len(back)


def two_files(base: Text, wishes: Sequence[Wish], due: Sequence[Content]) -> str:
    """The halves as two edited copies of the file: "right", or how many collisions are reported, or "wrong"."""
    edits = [Edit(f"e{number}", hunks) for number, hunks in enumerate(wishes)]
    halves = (merge(base, edits[0::2]).text, merge(base, edits[1::2]).text)
    copies = [Copy(name, f"{name}.md", tuple(_contents(text))) for name, text in zip("ab", halves, strict=True)]
    found = consolidate(base, copies, [wishes_in(base, copy) for copy in copies])
    asked = len(found.merge.collisions) + len(found.doubtful) + len(found.entangled)
    if _contents(found.merge.text) == list(due):
        return f"right, {asked} asked" if asked else "right"
    return f"{asked} reported" if asked else "WRONG IN SILENCE"


def _contents(text: Text) -> list[Content]:
    return [paragraph.content for paragraph in text]


def _exactly(text: Text) -> list[tuple[str, Content]]:
    return [(paragraph.identity, paragraph.content) for paragraph in text]


# --- the report


def run() -> None:
    if not corpus.available():
        print(f"The public corpus is not at {corpus.ROOT}: nothing measured.")
        return
    print("What is flagged `soft` where everything stands; each counted once, under its heaviest grade")
    for name in ("merge/paragraph", "merge/document"):
        _tell_grades(name, grades(corpus.rows(name)))
    print("The same step hunk by hunk, and by contiguous change")
    for name, old, new in steps():
        base = corpus.text_of(corpus.paragraphs_of(old))
        due = [literal_content(text) for text in corpus.paragraphs_of(new)]
        step = align(base, due, "step").edit
        _tell_change_set(f"{name}, by hunk", base, by_hunk(step), due)
        _tell_change_set(f"{name}, by change", base, [edit.hunks for edit in part(base, step)], due)


def _tell_grades(name: str, figures: Figures) -> None:
    counts = figures.counts
    print(f"   {name}: {figures.cases} merges of two and more, {len(figures.failed)} with a collision")
    for unit in ("merges", "paragraphs", "proposals", "pairs"):
        total = max(1, counts[f"{unit} all"])
        shares = [(grade.name, counts[f"{unit} {grade.name}"] / total) for grade in sorted(Grade, reverse=True)]
        each = ", ".join(f"{grade} {100 * share:.1f} %" for grade, share in shares)
        print(f"      of {total:6} {unit:10}: {each}; none {100 * (1 - sum(share for _, share in shares)):.1f} %")


def _tell_change_set(name: str, base: Text, wishes: Sequence[Wish], due: Sequence[Content]) -> None:
    figures = change_set(base, wishes, due)
    counts = figures.counts
    rate = f" ({1e6 * figures.seconds / counts['edits']:.0f} ms per 1,000)" if counts["edits"] >= MANY else ""
    print(
        f"   {name}: {counts['edits']} edits on {len(base)} paragraphs, {figures.cases - len(figures.failed)} of "
        f"{figures.cases} promises kept{''.join(f'; NOT {failed}' for failed in figures.failed)}; collisions: "
        f"{counts['hard']} hard, {counts['order']} order; {counts['soft']} to read; {1000 * figures.seconds:.0f} ms"
        f"{rate}; half after half: {counts['handed back']} handed back; as two files: {two_files(base, wishes, due)}",
        flush=True,
    )
