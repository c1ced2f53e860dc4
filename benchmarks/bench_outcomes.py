"""Many proposals on one text: merging them, and the outcome of maximum weight with its proof.

Half of all hunks fall into 12 hot passages of ten words; every fourth edit touches several passages, so that the hot
ones hang together and nobody could list what can stand with what.
"""

import statistics
import time
from random import Random

from amendments.text import Edit, Replace, Rich, Text, merge, plain, text_of
from amendments.text.outcomes import outcomes

PARAGRAPHS, WORDS, HOT = 400, 60, 12


def run() -> None:
    outcomes(["a"], [])
    base = text_of(plain(" ".join(f"Wort{word:02}" for word in range(WORDS))) for _ in range(PARAGRAPHS))
    for number in (60, 200, 500, 2000):
        measure(base, number)


def measure(base: Text, number: int) -> None:
    merging, deciding = [], []
    for seed in range(5):
        random = Random(seed)
        edits = [edit(base, random, f"e{index:04}") for index in range(number)]
        began = time.process_time()
        merged = merge(base, edits)
        merging.append(time.process_time() - began)
        weights = {one.id: random.randrange(1, 30) for one in edits}
        began = time.process_time()
        found = [outcomes(component, merged.relations, weights) for component in merged.components]
        deciding.append(time.process_time() - began)
        assert all(one.proven for one in found)
    largest = max(map(len, merged.components))
    print(
        f"   {number:5} proposals: merge {1000 * statistics.median(merging):6.0f} ms, outcomes "
        f"{1000 * statistics.median(deciding):6.0f} ms, proven; {len(merged.components)} components, largest {largest}"
    )


def edit(base: Text, random: Random, name: str) -> Edit:
    hunks: list[Replace] = []
    for _ in range(random.randrange(2, 5) if random.random() < 0.25 else 1):
        hot = random.random() < 0.5
        paragraph = base[random.randrange(HOT) if hot else random.randrange(HOT, PARAGRAPHS)]
        if any(hunk.paragraph == paragraph.identity for hunk in hunks):
            continue
        first = random.randrange(20, 28) if hot else random.randrange(0, WORDS - 4)
        start, end = 7 * first, 7 * (first + random.randrange(1, 4)) - 1
        old = paragraph.content.rich.text[start:end]
        hunks.append(Replace(paragraph.identity, start, end, Rich(old), Rich(f"neu {name}")))
    return Edit(name, tuple(hunks))
