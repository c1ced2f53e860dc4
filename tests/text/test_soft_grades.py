"""`soft` by grades: which two edits a person should read together. And the whole change sets of large statutes."""

from __future__ import annotations

import pytest

from amendments.text import Edit, Grade, RelationKind, Rich, align, literal_content, part, plain, relations, text_of
from amendments.text import edits as controls
from benchmarks import bench_merging, corpus

TEXT = "Der Rat berät das Konzept jährlich im Mai, wenn die Verwaltung berichtet hat. Der Beirat wird gehört."
REST = "Der Rat berät das Konzept jährlich im Mai, wenn die Verwaltung berichtet"


@pytest.mark.parametrize(
    ("one", "other", "grade"),
    [
        (("Rat", "Ausschuss"), ("berät", "prüft"), Grade.TOUCH),
        (("Rat", "Ausschuss"), ("jährlich", "monatlich"), Grade.CLAUSE),
        (("Rat", "Ausschuss"), ("Verwaltung", "Stadt"), Grade.SENTENCE),
        (("Rat", "Ausschuss"), ("Beirat", "Seniorenbeirat"), None),
        ((REST, "Er tut es, nachdem man"), (" hat.", " hatte."), Grade.REWRITE),
        (("das Konzept jährlich im Mai, wenn die", "es nach Anhörung der"), ("Rat", "Ausschuss"), Grade.CLAUSE),
        (("Konzept jährlich im Mai, wenn die Verwaltung", "x"), ("Rat", "Ausschuss"), Grade.REWRITE),
    ],
)
def test_two_edits_get_the_heaviest_grade_that_fits(one, other, grade) -> None:
    base = text_of([plain(TEXT)])

    def wish(name: str, old: str, new: str) -> Edit:
        start = TEXT.index(old)
        return Edit(name, controls.replace_words(base[0], start, start + len(old), Rich(new)))

    for first, second in ((one, other), (other, one)):
        found = relations(base, [wish("a", *first), wish("b", *second)])
        assert [(each.kind, each.grade) for each in found] == ([(RelationKind.SOFT, grade)] if grade else [])


def test_grades_are_ordered_as_they_are_read() -> None:
    assert sorted(Grade, reverse=True) == [Grade.REWRITE, Grade.TOUCH, Grade.CLAUSE, Grade.SENTENCE]


@pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")
@pytest.mark.parametrize("name", ["aufenthg_2004 v3 -> v4", "aufenthg_2004 v7 -> v8"])
def test_a_large_statute_taken_apart_is_put_together_again(name: str) -> None:
    (step,) = [step for step in bench_merging.steps() if step[0] == name]
    base, due = (corpus.paragraphs_of(path) for path in step[1:])
    text, contents = corpus.text_of(base), [literal_content(each) for each in due]
    wishes = [edit.hunks for edit in part(text, align(text, contents, "step").edit)]
    figures = bench_merging.change_set(text, wishes, contents)
    assert figures.failed == []
    assert figures.counts["edits"] > 60
