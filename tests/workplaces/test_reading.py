"""What a template prints of a redline."""

from dataclasses import replace

from amendments.text import CELL, Edit, Kind, Mark, MarkName, Redline, Rich, apply_edits, plain, text_of
from amendments.text import edits as controls
from amendments.text.model import Content, Head, Paragraph
from amendments.web.reading import Span, changes_only, clipped, groups, numbered, read
from amendments.workplaces.labels import change_name


def test_pieces_put_together_are_the_text_and_know_their_offsets():
    text = text_of([plain("Wort " * 60)])
    (block,) = read(Redline.of(text), {text[0].identity: [Span(3, 40, "e")]})
    assert "".join(piece.text for piece in block.pieces) == text[0].text
    assert [piece.start for piece in block.pieces] == sorted({piece.start for piece in block.pieces})
    assert sum(bool(piece.spans) for piece in block.pieces) == 1


def test_every_line_of_the_text_begins_in_one_piece():
    text = text_of([plain("Wort " * 60), plain(""), plain("Ende")])
    blocks = read(Redline.of(text))
    numbers = [piece.line for block in blocks for piece in block.pieces if piece.line]
    assert numbers == list(range(1, len(numbers) + 1))
    assert blocks[2].lines == (numbers[-1], numbers[-1])


def test_offsets_count_code_points():
    text = text_of([plain("😀 alt")])
    redline = apply_edits(Redline.of(text), [Edit("e", controls.replace_words(text[0], 2, 5, Rich("neu")))])
    (block,) = read(redline)
    assert [(piece.op, piece.start) for piece in block.pieces] == [("keep", 0), ("delete", 2), ("insert", None)]
    assert block.pieces[-1].ends_change


def test_cells_of_a_row_are_apart():
    text = text_of([plain(f"a{CELL}b{CELL}c", Kind.TABLE_ROW, table="t")])
    (block,) = read(Redline.of(text))
    assert [[piece.text for piece in cell] for cell in block.cells] == [["a"], ["b"], ["c"]]
    assert block.cells[2][0].start == 4


def test_a_link_that_leads_elsewhere_than_links_may_is_no_link():
    rich = Rich.of("hier", [Mark(0, 4, MarkName.LINK, "javascript:alert(1)")])
    (block,) = read(Redline.of((Paragraph("p", Content(Head(), rich)),)))
    assert block.pieces[0].marks == (("link", ""),)


def test_a_renumbered_item_says_both_numbers(app):
    heads = [Head(Kind.LIST_ITEM, 1, (("list", "ordered"), ("number", number))) for number in ("3.", "4.")]
    text = text_of([Content(heads[0], Rich("die Kosten,"))])
    (block,) = read(apply_edits(Redline.of(text), [Edit("e", controls.retype(text[0], heads[1]))]))
    assert (block.change, block.was_bullet, block.bullet, block.retyped_by) == ("renumbered", "3.", "4.", ("e",))
    with app.test_request_context():
        assert change_name(block) == "Umnummeriert: 3. wird 4."
        assert change_name(replace(block, was_bullet="")) == "Umnummeriert"


def test_a_moved_paragraph_stands_twice_and_has_one_anchor():
    text = text_of([plain("eins"), plain("zwei"), plain("drei")])
    blocks = read(apply_edits(Redline.of(text), [Edit("e", controls.move(text[:1], text[2].identity))]))
    twice = [block for block in blocks if block.change == "moved"]
    assert [block.pieces[0].op for block in twice] == ["delete", "keep"]
    assert [change_name(block) for block in twice] == ["Von hier verschoben", "Hierher verschoben"]
    assert [block.anchor for block in twice] == [True, False]


def test_in_a_moved_paragraph_only_what_others_changed_is_named_and_where_it_has_arrived():
    text = text_of([plain("Ein alter Satz."), plain("zwei")])
    words = controls.replace_words(text[0], 4, 9, Rich("neuer"))
    redline = apply_edits(Redline.of(text), [Edit("m", controls.move(text[:1], text[1].identity)), Edit("w", words)])
    gone, _, arrived = read(redline)
    assert change_name(arrived) == "Hierher verschoben und geändert"
    assert [(piece.op, piece.text) for piece in arrived.pieces] == [
        ("keep", "Ein "),
        ("delete", "alter"),
        ("insert", "neuer"),
        ("keep", " Satz."),
    ]
    assert (gone.by, arrived.by) == (("m",), ("m",))
    assert [piece.by for piece in gone.pieces if piece.ends_change] == []
    assert [(piece.text, piece.by) for piece in arrived.pieces if piece.ends_change] == [("neuer", ("w",))]


def test_only_changes_are_shown_with_what_stands_beside_them():
    text = text_of([plain(word) for word in ("eins", "zwei", "drei", "vier")])
    blocks = read(apply_edits(Redline.of(text), [Edit("e", controls.delete(text[2]))]))
    (stretch,) = changes_only(blocks, around=1)
    assert (stretch.skipped, [block.words for block in stretch.blocks]) == (1, ["zwei", "drei", "vier"])


def test_lists_show_little_of_what_stays():
    text = text_of([plain("lang " * 100 + "alt")])
    redline = apply_edits(Redline.of(text), [Edit("e", controls.replace_words(text[0], 500, 503, Rich("neu")))])
    (stretch,) = clipped(changes_only(read(redline)))
    words = stretch.blocks[0].words
    assert words.startswith("… ")
    assert words.endswith("altneu")
    assert len(words) < 100


def test_neighbouring_items_are_one_list_and_count_by_themselves():
    items = [plain(word, Kind.LIST_ITEM, 1, list="ordered") for word in "ab"]
    blocks = numbered(read(Redline.of(text_of([*items, plain("Absatz"), items[0]]))))
    assert [block.bullet for block in blocks] == ["1.", "2.", "", "1."]
    assert [group.kind for group in groups(blocks)] == ["list", "single", "list"]
