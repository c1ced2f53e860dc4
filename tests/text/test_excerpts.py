"""Sentences of a merged text with their marks: the right ones, whole, each once, with everything that was struck."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from amendments.text import (
    CELL,
    Edit,
    Excerpts,
    Kind,
    Op,
    Paragraph,
    Redline,
    Replace,
    Rich,
    apply_edits,
    edits,
    merge,
    plain,
)
from amendments.text.relations import Place

BASE = (
    Paragraph("A", plain("Der Rat tagt. Der Beirat berät den Rat, und er berichtet. Es gilt ab Mai.")),
    Paragraph("B", plain("Die Verwaltung prüft. Sie berichtet.")),
    Paragraph("C", plain("Kosten trägt der Bund.")),
)
WHERE = {paragraph.identity: paragraph for paragraph in BASE}


def words(name: str, paragraph: str, old: str, new: str) -> Edit:
    start = WHERE[paragraph].text.index(old)
    return Edit(name, edits.replace_words(WHERE[paragraph], start, start + len(old), Rich(new)))


def drawn(excerpt) -> str:
    signs = {Op.KEEP: "{}", Op.INSERT: "[+{}+]", Op.DELETE: "[-{}-]"}
    return "".join(signs[run.op].format(run.rich.text) for run in excerpt.node.runs).strip()


def flagged(*found: Edit) -> list[list[str]]:
    merged = merge(BASE, found)
    excerpts = Excerpts(merged.redline)
    return [[drawn(each) for each in excerpts.at(relation.places)] for relation in merged.soft]


def test_a_pair_is_shown_by_the_one_sentence_in_which_it_meets() -> None:
    one, other = words("Ä 1", "A", "Beirat", "Ausschuss"), words("Ä 2", "A", "berichtet", "schweigt")
    assert flagged(one, other) == [["Der [-Beirat-][+Ausschuss+] berät den Rat, und er [-berichtet-][+schweigt+]."]]


def test_what_makes_a_sentence_longer_or_two_of_one_is_shown_to_its_end() -> None:
    one, other = words("Ä 1", "A", ", und er", ". Er"), words("Ä 2", "A", "berichtet", "schweigt")
    assert flagged(one, other) == [
        ["Der Beirat berät den Rat[-,-][+.+] [-und er-][+Er+] [-berichtet-][+schweigt+]."],
    ]


def test_both_halves_of_a_paragraph_that_is_split_beside_new_words_are_shown() -> None:
    split = Edit("Ä 1", edits.split(BASE[1], 22))
    found = flagged(split, words("Ä 2", "B", "Sie", "Er"))
    assert found == [["Die Verwaltung prüft.", "[- -][-Sie-][+Er+] berichtet."]]


def test_a_moved_paragraph_is_shown_where_it_has_arrived() -> None:
    moved = Edit("Ä 1", edits.move((BASE[1],), "C"))
    one, other = words("Ä 2", "B", "Sie", "Er"), words("Ä 3", "B", "berichtet", "schweigt")
    merged = merge(BASE, [moved, one, other])
    (relation,) = merged.soft
    (found,) = Excerpts(merged.redline).at(relation.places)
    assert (found.rank, found.start, drawn(found)) == (2, 22, "[-Sie-][+Er+] [-berichtet-][+schweigt+].")


def test_a_sentence_that_was_struck_is_shown_at_what_follows_and_at_the_end_with_what_precedes() -> None:
    inner, last = words("Ä 1", "A", "Der Rat tagt. ", ""), words("Ä 2", "A", " Es gilt ab Mai.", "")
    excerpts = Excerpts(merge(BASE, [inner, last]).redline)
    both = "Der[- Rat tagt. Der-] Beirat berät den Rat, und er berichtet.[- Es gilt ab Mai.-]"
    assert [drawn(each) for each in excerpts.of("Ä 1")] == [both]
    assert [drawn(each) for each in excerpts.of("Ä 2")] == [both]


def test_the_sentences_of_an_edit_are_all_that_read_otherwise_through_it() -> None:
    hunks = (*words("", "A", "Mai", "Juni").hunks, *words("", "B", "Sie", "Er").hunks)
    new = Edit("Ä 2", edits.insert("B", [plain("Neu. Noch etwas.")]))
    excerpts = Excerpts(merge(BASE, [Edit("Ä 1", hunks), new, Edit("Ä 3", edits.delete(BASE[2]))]).redline)
    assert [each.text.strip() for each in excerpts.of("Ä 1")] == ["Es gilt ab Juni.", "Er berichtet."]
    assert [each.text for each in excerpts.of("Ä 2")] == ["Neu. Noch etwas."]
    assert excerpts.of("Ä 3") == ()
    assert excerpts.at([Place("A", gap=True)]) == ()


def test_cells_are_sentences_of_their_own() -> None:
    row = Paragraph("R", plain(f"Eins zwei{CELL}drei vier", Kind.TABLE_ROW, table="t"))
    step = merge([row], [Edit("Ä 1", edits.replace_words(row, 10, 14, Rich("fünf")))]).redline
    assert [each.text for each in Excerpts(step).of("Ä 1")] == ["fünf vier"]


@st.composite
def wishes(draw: st.DrawFn) -> list[Edit]:
    """Changes that can all stand: each paragraph cut at random points, every second piece reads otherwise."""
    found = []
    for paragraph in BASE:
        cuts = sorted(draw(st.sets(st.integers(0, len(paragraph.text)), max_size=8)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            new = draw(st.sampled_from(["", "neu", "Neu. Und mehr", "; also"]))
            old = paragraph.content.rich.slice(start, end)
            found.append(Edit(f"Ä {len(found)}", (Replace(paragraph.identity, start, end, old, Rich(new)),)))
    return found


@given(wishes())
def test_every_change_is_in_the_sentences_of_its_edit_and_they_are_pieces_of_the_new_text(found: list[Edit]) -> None:
    merged = merge(BASE, found)
    assert len(merged.applied) == len(found)
    excerpts = Excerpts(merged.redline)
    for name in merged.applied:
        shown = excerpts.of(name)
        assert all(merged.text[each.rank].text[each.start :].startswith(each.text) for each in shown)
        there = [run for node in merged.redline.nodes for run in node.runs if name in run.by]
        assert [run for each in shown for run in each.node.runs if name in run.by] == there
    together = excerpts.joined(each for name in merged.applied for each in excerpts.of(name))
    ends = [(each.rank, each.start, each.start + len(each.text)) for each in together]
    assert all(one[0] < other[0] or one[2] < other[1] for one, other in pairwise(ends))
    assert {run for each in together for run in each.node.runs if run.by} == {
        run for node in merged.redline.nodes for run in node.runs if run.by
    }


def test_nothing_is_found_in_a_redline_without_changes() -> None:
    assert Excerpts(Redline.of(BASE)).of("Ä 1") == ()
    assert apply_edits(Redline.of(BASE), []).accept() == BASE
