"""A paragraph that moved: a reader sees what was changed in it besides, a program both texts."""

from __future__ import annotations

from itertools import pairwise

from amendments.exchange.redlines import Paper, Person, to_html, to_ins_del, to_json, to_text
from amendments.text import Edit, Op, Redline, Rich, align, apply_edits, edits, literal_content, text_of

WAS = "Die Verwaltung berichtet jährlich bis zum 31. März 2012 über die Kosten von 1.500 Euro und über die Plätze."
IS = WAS.replace("31. März 2012", "30. Juni 2013")
STAYS = ["# Titel", "Diese Satzung gilt im ganzen Gebiet der Stadt.", "## § 2 Inkrafttreten"]
TAGGED = "bis zum <del>31. März 2012</del><ins>30. Juni 2013</ins> über"


def paper(old: list[str], new: list[str]) -> Paper:
    base = text_of([literal_content(words) for words in old])
    found = align(base, [literal_content(words) for words in new], "other", copy=True)
    return Paper(found.redline.nodes, "alt.md", "neu.md")


MOVED_AND_EDITED = paper([STAYS[0], WAS, *STAYS[1:]], [*STAYS, IS])


def test_on_a_terminal_and_in_markdown_the_changed_words_stand_at_the_new_place():
    terminal = to_text(MOVED_AND_EDITED)
    note = "[-Die Verwaltung berichtet jährlich bis zum 31. März 2012 …-]"
    assert f"(Von hier verschoben hinter „§ 2 Inkrafttreten“)\n{note}" in terminal
    edited = WAS.replace("31. März 2012", "[-31. März 2012-]{+30. Juni 2013+}")
    assert f"(Hierher verschoben und geändert)\n{edited}" in terminal
    markdown = to_ins_del(MOVED_AND_EDITED)
    assert TAGGED in markdown
    assert WAS not in markdown


def test_on_the_page_the_old_place_leads_to_the_new_one_and_folds_what_stood_there():
    page = to_html(MOVED_AND_EDITED)
    assert TAGGED in page
    assert f"<details><summary>Was hier stand</summary><del>{WAS}</del></details>" in page
    assert '<a href="#a2">Von hier verschoben hinter' in page
    assert page.index("Von hier verschoben") < page.index('id="a2"')


def test_for_programs_it_is_struck_in_one_run_and_put_in_in_one():
    entries = [entry for entry in to_json(MOVED_AND_EDITED)["paragraphs"] if entry.get("move")]
    assert [[(run["op"], run["text"]) for run in entry["runs"]] for entry in entries] == [
        [("delete", WAS)],
        [("insert", IS)],
    ]


def test_what_was_only_moved_is_not_drawn_as_new():
    moved = paper([*STAYS, WAS], [WAS, *STAYS])
    assert f"(Hierher verschoben)\n{WAS}\n" in to_text(moved)
    assert "(Von hier an den Anfang verschoben)" in to_text(moved)
    assert "<ins>Die" not in to_html(moved)


def test_runs_of_several_authors_are_not_united():
    base = text_of([literal_content(WAS), literal_content(STAYS[1])])
    wishes = [
        Edit("m", edits.move(base[:1], base[1].identity)),
        Edit("w", edits.replace_words(base[0], 4, 14, Rich("Stadt"))),
    ]
    nodes = apply_edits(Redline.of(base), wishes).nodes
    shown = Paper(nodes, "a", "b", people=(Person("M"), Person("W")), by={"m": 0, "w": 1})
    for entry in to_json(shown)["paragraphs"]:
        runs = [(run["op"], run.get("by")) for run in entry["runs"]]
        assert all(one != other for one, other in pairwise(runs))
        if entry.get("move") and runs[0][0] == Op.DELETE:
            assert ("delete", ["W"]) in runs
