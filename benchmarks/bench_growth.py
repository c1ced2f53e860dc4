"""What one paragraph costs when it gets long, and what the wordings cost that are made to be expensive."""

from __future__ import annotations

from random import Random

from amendments.exchange.returned import Copy, consolidate, report, wishes_in
from amendments.text import Rich, compare, plain, text_of
from benchmarks import growth
from benchmarks.bench_legibility import Wordings, through_a_document

SIZES = (1_000, 4_000, 16_000)
"""Words of a paragraph of which every tenth is changed."""
RETURNED = (1_000, 4_000, 16_000)
"""Changed words of a returned file's one paragraph."""
LONG = 10_000
"""Words of the expensive wordings."""


def every_tenth_changed(words: int) -> Wordings:
    """A made-up paragraph of so many words, every tenth of them changed."""
    dice = Random(words)
    stock = [f"{first}{last}" for first in ("Rat", "Stadt", "Beirat", "Amt", "Kreis") for last in range(400)]
    old = [dice.choice(stock) for _ in range(words)]
    new = [dice.choice(stock) if place % 10 == 5 else word for place, word in enumerate(old)]
    return " ".join(old), " ".join(new)


def returned(changes: int, *, sentence: int, added: bool) -> growth.Work:
    """Two returned files merged and reported on: one changes as many words of the base's one paragraph, or adds a word
    at as many places, the other a fortieth. `sentence`: words from one full stop to the next.
    """
    old, new = (words.split() for words in every_tenth_changed(10 * changes))
    for words in (old, new):
        words[sentence - 1 :: sentence] = (f"{word}." for word in words[sentence - 1 :: sentence])
    if added:
        new = [f"{word} {word}" if place % 10 == 5 else word for place, word in enumerate(old)]
    few = [f"{word}amt" if place % 400 == 7 else word for place, word in enumerate(old)]
    base = text_of([plain(" ".join(old))])
    copies = [Copy(name, f"{name}.md", (plain(" ".join(words)),)) for name, words in (("A", new), ("B", few))]
    return lambda: report(consolidate(base, copies, [wishes_in(base, copy) for copy in copies]))


def expensive(words: int) -> dict[str, Wordings]:
    """Wordings of so many words in which nothing, or everything, can be kept in many ways."""
    dice = Random(22112011)
    numbered, others = ([f"{word}{number}" for number in range(words)] for word in ("Rat", "Amt"))
    same = ["Rat"] * words
    put_in = ["Rat Amt" if place % 10 == 5 else word for place, word in enumerate(same)]
    unlike = [f"Rat {other}" if place % 10 == 5 else "Rat" for place, other in enumerate(others)]
    two = [dice.choice(("Rat", "Amt")) for _ in range(words)]
    return {
        "all words equal": _joined(numbered, numbered),
        "all words different": _joined(numbered, others),
        "the same words shuffled": _joined(numbered, dice.sample(numbered, words)),
        "the same words backwards": _joined(numbered, numbered[::-1]),
        "one word repeated, a tenth more of it": _joined(same, same + same[: words // 10]),
        "one word repeated, another repeated": _joined(same, ["Amt"] * words),
        "one word repeated, another put in at every tenth": _joined(same, put_in),
        "one word repeated, others put in at every tenth": _joined(same, unlike),
        "two words in any order, in another order": _joined(two, dice.sample(two, words)),
    }


def _joined(old: list[str], new: list[str]) -> Wordings:
    return " ".join(old), " ".join(new)


def drawing(pair: Wordings) -> growth.Work:
    old, new = Rich(pair[0]), Rich(pair[1])
    return lambda: compare(old, new)


def drawing_a_document(pair: Wordings) -> growth.Work:
    return lambda: through_a_document(*pair)


def report_expensive(words: int) -> None:
    usual = growth.median_seconds(drawing(every_tenth_changed(words)), 3)
    print(f"{words} words; times = of a paragraph of which every tenth word is changed ({1000 * usual:.0f} ms)")
    for name, pair in expensive(words).items():
        seconds = growth.median_seconds(drawing(pair), 3)
        peak = growth.peak_bytes(drawing(pair))
        print(f"  {name:50}{1000 * seconds:8.1f} ms {seconds / usual:6.2f} times {peak / 1e6:8.2f} MB")


def report_returned() -> None:
    print(f"a returned file of one paragraph with {', '.join(map(str, RETURNED))} changes, merged and reported on")
    for name, sentence, added in (
        ("words changed", 16, False),
        ("words put in twice", 16, True),
        ("words changed, no full stop", 10 * max(RETURNED), False),
    ):
        works = {changes: returned(changes, sentence=sentence, added=added) for changes in RETURNED}
        seconds = {changes: growth.median_seconds(work, 3) for changes, work in works.items()}
        taken = " / ".join(f"{each:.1f}" for each in seconds.values())
        print(f"  {name:30}{taken} s, grows to the power of {growth.exponent(seconds):.2f}", flush=True)


def run() -> None:
    for name, work in (("a paragraph", drawing), ("a document of one paragraph", drawing_a_document)):
        works = {words: work(every_tenth_changed(words)) for words in SIZES}
        growth.report(f"{name} of so many words, every tenth changed", works)
    report_returned()
    report_expensive(LONG)
