"""The redline as JSON: both texts can be read off, whatever happened to a paragraph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amendments.exchange.redlines import Paper, to_json
from amendments.text import Redline, Rich, Text, align, apply_edits, edits, literal_content, merge, text_of
from amendments.text.hunks import Edit
from tests.text.strategies import PROMISE, bases_and_edits, texts, wishes

OLD, NEW = ("keep", "delete"), ("keep", "insert")
EIGHT = {"kept", "inserted", "deleted", "edited", "moved", "split", "joined", "retyped"}


def read(data: dict, ops: tuple[str, str]) -> list[str]:
    """One of the two texts, as docs/commands.md says."""
    found: list[str] = []
    for entry in data["paragraphs"]:
        runs = [run for run in entry["runs"] if run["op"] in ops]
        words = "".join(run["text"] for run in runs)
        begun = entry["runs"][0]
        if begun.get("break") and begun["op"] not in ops:
            found[-1] += words
        elif runs:
            found.append(words)
    return found


def gives_both_texts(redline: Redline) -> dict:
    data = to_json(Paper(redline.nodes, "alt.md", "neu.md"))
    assert read(data, OLD) == [paragraph.text for paragraph in redline.reject()]
    assert read(data, NEW) == [paragraph.text for paragraph in redline.accept()]
    assert {entry["change"] for entry in data["paragraphs"]} <= EIGHT
    return data


BASE = text_of(literal_content(f"Der {name} tagt im Rathaus. Er hört alle an.") for name in ("Rat", "Beirat", "Kreis"))


def played(*steps: tuple) -> Redline:
    redline = Redline.of(BASE)
    for number, hunks in enumerate(steps):
        redline = apply_edits(redline, [Edit(f"e{number}", hunks)])
    return redline


def test_a_paragraph_that_is_split_and_moved_keeps_its_borders() -> None:
    half, *_ = edits.split(BASE[0], 27)
    data = gives_both_texts(played((half, *edits.move(BASE[:1], BASE[2].identity))))
    moved = [entry for entry in data["paragraphs"] if entry["change"] == "moved"]
    assert [len(entry["runs"]) for entry in moved] == [2, 1, 1]
    assert moved[0]["runs"][1]["move"] == moved[2]["move"]


def test_paragraphs_that_are_joined_and_moved_keep_their_borders() -> None:
    joined = edits.join(BASE[0], BASE[1], " ")
    data = gives_both_texts(played((*joined, *edits.move(BASE[:2], BASE[2].identity))))
    moved = [entry for entry in data["paragraphs"] if entry["change"] == "moved"]
    assert len(moved) == 3
    assert moved[1]["move"] in [run.get("move") for run in moved[2]["runs"]]


def test_an_emptied_paragraph_is_still_one() -> None:
    words = edits.replace_words(BASE[1], 0, len(BASE[1].text), Rich())
    data = gives_both_texts(played(words))
    assert [run["op"] for run in data["paragraphs"][1]["runs"]] == ["insert", "delete"]


@PROMISE
@given(bases_and_edits(), st.data())
def test_both_texts_can_be_read_off_over_several_steps(found: tuple[Text, list[Edit]], data: st.DataObject) -> None:
    redline = merge(*found).redline
    gives_both_texts(redline)
    for number in range(3):
        standing = redline.accept()
        if not standing:
            break
        redline = apply_edits(redline, [Edit(f"s{number}", data.draw(wishes(standing)))])
        gives_both_texts(redline)
        gives_both_texts(redline.inverted())


@PROMISE
@given(texts(largest=9), texts(largest=9), st.randoms())
def test_both_texts_can_be_read_off_two_files(one: Text, other: Text, random) -> None:
    mixed = [paragraph.content for paragraph in (*one, *other)]
    random.shuffle(mixed)
    gives_both_texts(align(one, mixed, "other", copy=True).redline)
