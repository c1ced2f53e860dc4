"""The redline as a page of HTML."""

from __future__ import annotations

from amendments.exchange.redlines import Paper, to_html
from amendments.text import Edit, edits, merge, plain, text_of


def test_a_new_paragraph_without_words_is_drawn():
    base = text_of([plain("Text")])
    found = merge(base, [Edit("e", edits.insert(base[0].identity, [plain("")]))])
    assert '<p class="paragraph inserted" id="a1"><small>Neuer Absatz</small> </p>' in to_html(
        Paper(found.redline.nodes, "alt", "neu")
    )
