"""How legible redlines are, on all pairs of the corpus at once: marks, share marked, islands, cuts, distance from the
optimum after each display pass; beside the packages that do the same work; and what it costs.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from random import Random

import regex

from amendments.text import (
    CELL,
    Content,
    Edit,
    Op,
    Paragraph,
    Redline,
    Rich,
    Run,
    apply_edits,
    compare,
    concat,
    diff_paragraph,
    tidy_runs,
)
from amendments.text.diff import changed_spans
from amendments.text.tidying.letters import ENDINGS
from amendments.text.tidying.passes import PASSES
from amendments.text.tidying.sheet import Sheet
from amendments.text.tidying.units import number_around
from amendments.text.tokens import inside_word, tokenise
from benchmarks import corpus, generated, peers
from benchmarks.optimum import HUNK, least_cost

ISLAND = 3
SAMPLE, LONGEST = 700, 160
"""Pairs that are compared with the optimum, and the most tokens a wording of them has."""
GENERATED = 20_000
ROUNDS = 3
Wordings = tuple[str, str]


def wordings() -> list[Wordings]:
    return [(row["before"], row["after"]) for row in corpus.rows("pairs")]


def marks_of(runs: Iterable[Run]) -> peers.Marks:
    """Where runs mark something, in code points of the old and of the new wording."""
    marks: peers.Marks = []
    here = there = 0
    for run in runs:
        length = len(run.rich.text)
        if run.op is Op.KEEP:
            here, there = here + length, there + length
            continue
        if not marks or (marks[-1][1], marks[-1][3]) != (here, there):
            marks.append((here, here, there, there))
        start, _, new_start, _ = marks[-1]
        here, there = (here + length, there) if run.op is Op.DELETE else (here, there + length)
        marks[-1] = (start, here, new_start, there)
    return marks


def drawn(old: str, new: str) -> peers.Marks:
    return marks_of(compare(Rich(old), Rich(new)))


# --- what is drawn


def legibility(pairs: Sequence[Wordings], draw: Callable[[str, str], peers.Marks]) -> Counter[str]:
    """Counts marks, characters marked and all characters, islands, and edges inside words, numbers, graphemes."""
    counts: Counter[str] = Counter(pairs=len(pairs))
    for old, new in pairs:
        marks = draw(old, new)
        counts["marks"] += len(marks)
        counts["marked"] += sum(b - a + d - c for a, b, c, d in marks)
        counts["characters"] += len(old) + len(new)
        ends = pairwise(marks)
        counts["islands"] += sum(
            other[0] - one[1] <= ISLAND and CELL not in old[one[1] : other[0]] for one, other in ends
        )
        for mark in marks:
            counts.update(cuts(old, new, mark))
    return counts


def cuts(old: str, new: str, mark: tuple[int, int, int, int]) -> set[str]:
    """What a mark cuts: "word", "letters" (a word, by the letter refinement), "number", "grapheme"."""
    found = set()
    for text, start, end in ((old, *mark[:2]), (new, *mark[2:])):
        for edge in (start, end):
            if inside_word(text, edge):
                around = text[edge - 1 : edge + 1]
                found.add("number" if any(sign.isdigit() for sign in around) else _cut_word(old, new, mark))
            elif number_around(text, edge) != (edge, edge):
                found.add("number")
            if edge not in _grapheme_ends(text, edge):
                found.add("grapheme")
    return found


def _cut_word(old: str, new: str, mark: tuple[int, int, int, int]) -> str:
    a, b, c, d = mark
    if (a == b or c == d) and (old[a:b] + new[c:d] in ENDINGS or "-" in old[a:b] + new[c:d]):
        return "letters"
    return "word"


def _grapheme_ends(text: str, around: int) -> set[int]:
    start = max(0, around - 30)
    return {start, *(match.end() for match in regex.finditer(r"\X", text, pos=start, endpos=around + 30))}


def figures(counts: Counter[str]) -> str:
    marks = max(1, counts["marks"])
    return (
        f"{counts['marks'] / counts['pairs']:.3f} marks a pair, "
        f"{100 * counts['marked'] / counts['characters']:.2f} % marked, "
        f"{100 * counts['islands'] / marks:.2f} % islands; cut: {100 * counts['word'] / marks:.2f} % words, "
        f"{100 * counts['number'] / marks:.2f} % numbers and dates, "
        f"{100 * counts['grapheme'] / marks:.2f} % graphemes, "
        f"{100 * counts['letters'] / marks:.2f} % endings on purpose"
    )


# --- against the limit


def sample(pairs: Sequence[Wordings]) -> list[Wordings]:
    short = [pair for pair in pairs if max(len(tokenise(text)) for text in pair) <= LONGEST]
    return Random(22112011).sample(short, min(SAMPLE, len(short)))


def above_optimum(pairs: Sequence[Wordings]) -> list[tuple[str, float, float]]:
    """After each pass: its name, per cent above the exact optimum of characters and marks, marks a pair."""
    best = sum(least_cost(tokenise(old), tokenise(new)) for old, new in pairs)
    names = ["aligner", *(tidy.__name__ for tidy in PASSES)]
    costs, marks = [0] * len(names), [0] * len(names)
    for old, new in pairs:
        sheet = Sheet.compared(Rich(old), Rich(new), changed_spans(Rich(old), Rich(new)), ())
        for number in range(len(names)):
            if number:
                PASSES[number - 1](sheet)
            costs[number] += sum(HUNK + p.end - p.start + p.new_end - p.new_start for p in sheet.passages)
            marks[number] += len(sheet.passages)
    return [
        (name, 100 * (cost / best - 1), count / len(pairs))
        for name, cost, count in zip(names, costs, marks, strict=True)
    ]


# --- exactness


def inexact(pairs: Iterable[tuple[Content, Content]]) -> int:
    """How many redlines do not give back both texts, marks included, as stored and as drawn."""
    return sum(not is_exact(old, new) for old, new in pairs)


def is_exact(old: Content, new: Content) -> bool:
    base = (Paragraph("p", old),)
    redline = apply_edits(Redline.of(base), [Edit("e", diff_paragraph(base[0], new))])
    if redline.reject() != base or redline.accept() != (Paragraph("p", new),):
        return False
    (node,) = redline.nodes
    for runs in (tidy_runs(node.runs), compare(old.rich, new.rich, ("e",))):
        texts = [concat(run.rich for run in runs if run.op is not left_out) for left_out in (Op.INSERT, Op.DELETE)]
        if texts != [old.rich, new.rich] or any(CELL in run.rich.text for run in runs if run.op is not Op.KEEP):
            return False
    return True


def literal(pairs: Iterable[Wordings]) -> Iterable[tuple[Content, Content]]:
    return ((Content(rich=Rich(old)), Content(rich=Rich(new))) for old, new in pairs)


# --- cost


def costs(pairs: Sequence[Wordings], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Processor seconds of each engine for all pairs, round by round; the engines take turns."""
    engines: dict[str, Callable[[str, str], object]] = {
        "here: tokens to finished runs": drawn_only,
        "here: through a document": through_a_document,
        "redlines, rendered": peers.redlines_rendered,
        **peers.DRAWING,
    }
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, engine in engines.items():
            begin = time.process_time()
            for old, new in pairs:
                engine(old, new)
            seconds[name].append(time.process_time() - begin)
        for words, options in peers.GIT_WORDS.items():
            taken = peers.git_word_diff(pairs, options)
            if taken is not None:
                seconds.setdefault(f"git diff --word-diff, {words}", []).append(taken)
    return seconds


def drawn_only(old: str, new: str) -> tuple[Run, ...]:
    return compare(Rich(old), Rich(new))


def through_a_document(old: str, new: str) -> tuple[Run, ...]:
    """As a page does it: hunks of an edit, applied to a text, its node tidied."""
    base = (Paragraph("p", Content(rich=Rich(old))),)
    (node,) = apply_edits(Redline.of(base), [Edit("e", diff_paragraph(base[0], Content(rich=Rich(new))))]).nodes
    return tidy_runs(node.runs)


def microseconds_per_character(pairs: Sequence[Wordings], rounds: int = 15) -> list[float]:
    """Of each pair the quickest of some rounds, sorted. Each round goes over all pairs, so that what else the machine
    does for a while spoils one round and not one pair.
    """
    quickest = [float("inf")] * len(pairs)
    for _ in range(rounds):
        for number, (old, new) in enumerate(pairs):
            begin = time.perf_counter()
            compare(Rich(old), Rich(new))
            quickest[number] = min(quickest[number], time.perf_counter() - begin)
    return sorted(1e6 * seconds / len(old + new) for seconds, (old, new) in zip(quickest, pairs, strict=True))


# --- the report


def run() -> None:
    if not corpus.available():
        print(f"The public corpus is not at {corpus.ROOT}: nothing measured.")
        return
    pairs = wordings()
    print(f"exact both ways, stored and drawn: all but {inexact(literal(pairs))} of {len(pairs)} pairs, "
          f"all but {inexact(generated.pairs(GENERATED))} of {GENERATED} made-up ones")  # fmt: skip
    print(f"{'drawn here':32}{figures(legibility(pairs, drawn))}")
    for name, draw in peers.DRAWING.items():
        if not name.startswith("difflib"):
            print(f"{name:32}{figures(legibility(pairs, draw))}", flush=True)
    print(f"against the exact optimum of characters and {HUNK} a mark, {SAMPLE} pairs of up to {LONGEST} tokens:")
    for name, above, marks in above_optimum(sample(pairs)):
        print(f"  after {name:14}{above:7.2f} % above, {marks:.3f} marks a pair")
    _report_costs(pairs)


def _report_costs(pairs: Sequence[Wordings]) -> None:
    seconds = costs(pairs)
    print(
        f"processor seconds for {len(pairs)} pairs, median of {ROUNDS} rounds; ratio to redlines, to diff-match-patch:"
    )
    ours = [seconds[name] for name in ("redlines, rendered", "diff-match-patch on tokens")]
    for name, taken in seconds.items():
        ratios = (statistics.median(a / b for a, b in zip(taken, other, strict=True)) for other in ours)
        print(f"  {name:46}{statistics.median(taken):7.2f} s" + "".join(f"{ratio:8.2f}" for ratio in ratios))
    if not any(name.startswith("git") for name in seconds):
        print("  git is not there: left out")
    each = microseconds_per_character(pairs)
    median = statistics.median(each)
    print(f"microseconds per character: median {median:.2f}, 95 of 100 {each[len(each) * 95 // 100]:.2f}, "
          f"worst {each[-1]:.2f} = {each[-1] / median:.1f} × the median, "
          f"{sum(cost > 5 * median for cost in each)} pairs above 5 × the median; "
          f"the shortest pair has {min(len(old + new) for old, new in pairs)} characters")  # fmt: skip
