"""What is said of words that only look otherwise, and lists of plain and of Markdown files."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from amendments.exchange.plain_writer import to_plain
from amendments.exchange.redlines import Paper, to_ins_del, to_text
from amendments.text import (
    Content,
    Edit,
    Head,
    Kind,
    Mark,
    MarkName,
    Redline,
    Rich,
    align,
    apply_edits,
    edits,
    literal_content,
    plain,
    text_of,
)


def paper(old: Content, new: Content) -> Paper:
    return Paper(align(text_of([old]), [new], "other", copy=True).redline.nodes, "alt", "neu")


def marked(*marks: Mark) -> Content:
    return Content(Head(), Rich.of("Der Rat unserer Stadt tagt.", marks))


BOLD, SLANTED = Mark(4, 7, MarkName.STRONG), Mark(16, 21, MarkName.EM)


def test_words_that_only_look_otherwise_are_said_to() -> None:
    found = paper(marked(BOLD), marked(SLANTED))
    said = "nicht mehr fett: „Rat“; kursiv: „Stadt“"
    assert to_text(found) == f"({said})\nDer [-Rat-]{{+Rat+}} unserer [-Stadt-]{{+Stadt+}} tagt.\n"
    assert to_ins_del(found).startswith(f"*({said})* Der <del>**Rat**</del><ins>Rat</ins>")
    assert to_text(paper(marked(), marked(BOLD))).startswith("(fett: „Rat“)\n")


def test_another_address_is_another_link_and_a_rewritten_word_is_neither() -> None:
    links = [marked(Mark(4, 7, MarkName.LINK, f"https://stadt.example/{name}")) for name in ("alt", "neu")]
    assert to_text(paper(*links)).startswith("(anderer Link: „Rat“)\nDer [-Rat <https://stadt.example/alt>-]")
    other = Content(Head(), Rich.of("Der Kreis unserer Stadt tagt.", [Mark(4, 9, MarkName.STRONG)]))
    assert to_text(paper(marked(BOLD), other)) == "Der [-Rat-]{+Kreis+} unserer Stadt tagt.\n"


def test_signs_of_the_words_mean_nothing_in_what_is_said_of_them() -> None:
    old = Content(Head(), Rich("Die *Stadt* <b> tagt."))
    new = Content(Head(), Rich.of("Die *Stadt* <b> tagt.", [Mark(4, 15, MarkName.STRONG)]))
    assert "fett: „\\*Stadt\\* \\<b\\>“" in to_ins_del(paper(old, new))


def test_a_plain_file_has_the_numbers_of_its_lists() -> None:
    item = {"list": "ordered"}
    contents = (
        plain("Es gilt:"),
        plain("eins", Kind.LIST_ITEM, 1, **item),
        plain("eins", Kind.LIST_ITEM, 1, **item),
        plain("darunter", Kind.LIST_ITEM, 2, list="bullet"),
        plain("vierzehn", Kind.LIST_ITEM, 1, **item, number="14."),
        plain("Siehe dort.", Kind.FOOTNOTE, label="1"),
    )
    assert to_plain(contents) == "Es gilt:\n\n1. eins\n\n2. eins\n\n  • darunter\n\n14. vierzehn\n\n[1] Siehe dort.\n\n"


LIST = "- Alkohol\n- Tabak\n- Feuer"


def test_no_tag_reaches_from_one_item_of_a_list_into_the_next() -> None:
    for new in ("- Alkohol\n- Tabak\n- Lärm\n- Hunde\n- Feuer", "- Alkohol\n- Feuer", LIST + "\n1. Lärm\n   und Licht"):
        for one, other in ((LIST, new), (new, LIST)):
            written = to_ins_del(paper(literal_content(one), literal_content(other)))
            for line in written.splitlines():
                assert re.sub("<(ins|del)>.+?</\\1>", "", line).count("<") == 0, written
            page = MarkdownIt("commonmark").render(written)
            for item in re.findall("<li>(.*?)</li>", page, re.DOTALL):
                assert item.count("<ins>") == item.count("</ins>")
                assert item.count("<del>") == item.count("</del>")


def test_an_inserted_item_is_one_in_markdown() -> None:
    (base,) = text_of([literal_content(LIST)])
    hunks = edits.replace_words(base, len(LIST), len(LIST), Rich("\n- Lärm"))
    found = Paper(apply_edits(Redline.of((base,)), [Edit("e", hunks)]).nodes, "alt", "neu")
    assert to_ins_del(found) == f"{LIST}\n- <ins>Lärm</ins>\n"
