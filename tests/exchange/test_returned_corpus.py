"""Edited copies of real statutes, dealt to eight committees: right, or reported at the very place that is not."""

from __future__ import annotations

import pytest

from amendments.exchange.returned import Copy, consolidate, wishes_in
from amendments.text import plain, text_of
from benchmarks import bench_returned, corpus
from benchmarks.bench_returned import unseen


@pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")
@pytest.mark.parametrize("by_body", [False, True])
def test_nothing_is_wrong_at_a_place_about_which_nothing_is_reported(*, by_body: bool) -> None:
    small = (case for case in corpus.rows("merge/document") if case["paragraphs"] <= 300)
    figures = bench_returned.merging(small, by_body=by_body)
    assert figures.cases > 60
    assert len(figures.failed) <= 2
    assert figures.counts["in silence"] == 0
    assert figures.counts["unseen"] == 0


def test_what_is_reported_elsewhere_does_not_count() -> None:
    """A place is unseen unless something is reported there or at the paragraphs around."""
    words = [f"Absatz {name} handelt vom Rat." for name in "ABCDEFGH"]
    text = text_of(map(plain, words))
    copies = [
        Copy(label, f"{label}.md", tuple(map(plain, [words[0].replace("Rat", label), *words[1:]])))
        for label in ("Beirat", "Ausschuss")
    ]
    found = consolidate(text, copies, [wishes_in(text, copy) for copy in copies])
    assert len(found.merge.collisions) == 1
    assert not unseen(found, words)
    assert not unseen(found, [copies[0].contents[0].text, *words[1:]])
    assert unseen(found, [*words[:6], "Absatz G handelt vom Tag.", words[7]])
    assert unseen(found, words[:6])
