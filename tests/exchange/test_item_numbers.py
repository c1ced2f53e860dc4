"""List items carry the same numbers wherever a redline or a text is shown."""

from __future__ import annotations

import re

import pytest

from amendments.exchange.building import ListCounter, printed
from amendments.exchange.html import read_html
from amendments.exchange.item_numbers import item_labels, number_of
from amendments.exchange.redlines import Paper, to_html, to_ins_del, to_text
from amendments.text import Redline, Rich, align, text_of
from amendments.web.reading import numbered, read

LIST = (
    "<ol start=3 type={}><li>Kosten je Jahr<li>Plätze im Mai<li>Gruppen am Ort</ol><p>Text.</p><ol><li>neu gezählt</ol>"
)


def paper(old: str, new: str) -> Paper:
    base = text_of(read_html(old.encode()).contents)
    found = align(base, read_html(new.encode()).contents, "other", copy=True)
    return Paper(found.redline.nodes, "alt.html", "neu.html")


@pytest.mark.parametrize(
    ("form", "numbers"), [("1", ["3.", "4.", "5."]), ("a", ["c.", "d.", "e."]), ("I", ["III.", "IV.", "V."])]
)
def test_numbers_go_on_from_the_one_a_list_begins_with(form: str, numbers: list[str]) -> None:
    edited = paper(LIST.format(form), LIST.format(form).replace("Mai", "Juni"))
    page = re.findall(r"<p class=\"list_item[^>]*>(?:<a .*?</a>)?(\S+) ", to_html(edited))
    assert page == [*numbers, "1."]
    assert re.findall(r"^(?:- )?(\w+\.) (?:Kosten|Plätze|Gruppen|neu)", to_ins_del(edited), re.MULTILINE) == [
        *numbers,
        "1.",
    ]
    assert f"{numbers[1]} Plätze im [-Mai-]{{+Juni+}}" in to_text(edited)
    blocks = numbered(read(Redline(edited.nodes)))
    assert [block.bullet for block in blocks if block.kind == "list_item"] == [*numbers, "1."]


def test_a_struck_item_has_no_number_and_those_behind_it_close_up() -> None:
    edited = paper(LIST.format("1"), LIST.format("1").replace("<li>Plätze im Mai", ""))
    assert "– [-Plätze im Mai-]" in to_text(edited)
    assert "\n- *(Absatz gestrichen)* <del>Plätze im Mai</del>\n4. Gruppen" in to_ins_del(edited)
    bullets = [block.bullet for block in numbered(read(Redline(edited.nodes))) if block.kind == "list_item"]
    assert bullets == ["3.", "–", "4.", "1."]


@pytest.mark.parametrize("look", ["1.", "a)", "(A)", "i.", "I)"])
def test_a_number_is_read_as_it_is_printed(look: str) -> None:
    numbers = [*range(1, 600), 3_999, 4_000, 999_999_999]
    assert [number_of(look, printed(look, number)) for number in numbers] == numbers
    assert max(len(printed(look, number)) for number in numbers) <= 22


@pytest.mark.parametrize("form", ["a", "A", "i", "I"])
def test_items_with_absurd_numbers_go_on_in_figures(form: str) -> None:
    read_in = read_html(f"<ol type={form} start=999998><li>eins<li>zwei</ol>".encode())
    heads = [(content.head, True) for content in read_in.contents]
    assert list(item_labels(heads)) == ["999998.", "999999."]


def test_a_number_with_a_whole_story_around_it_is_none() -> None:
    item = ListCounter().item(1, Rich("Kosten"), "x" * 101 + "1", 3, "x" * 101 + "3")
    assert item.head.attribute("number") == "3."
    assert not item.head.attribute("numbering")


def test_what_is_no_number_is_none() -> None:
    assert number_of("1.", "zwei") is None
    assert number_of("i.", "abc") is None
    assert number_of("1.1.", "2.7.") == 7
