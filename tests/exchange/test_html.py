"""HTML read into contents."""

import pytest

from amendments.errors import TooLarge, Unreadable
from amendments.exchange import html
from amendments.exchange.html import read_html

PAGE = """<!DOCTYPE html><html lang="de"><head><title>Nicht der Text</title><style>p { color: red }</style></head>
<body onload="alert(1)"><script>alert(1)</script>
<h2>Ziele   der
Stadt</h2>
Freier Text <div>im Kasten<p>Absatz&nbsp;1 mit <b>fett</b>, <i>schräg</i>, <u>unter</u>, <del>weg</del>,
x<sup>2</sup>, H<sub>2</sub>O, <code>c</code>,
<a href="https://example.org/">Satzung</a>, <a href="javascript:alert(1)">böse</a></p></div>
<p style="position:fixed">Zeile eins<br>Zeile zwei <img src=x onerror=alert(1)><img src=y></p>
<ul><li>Beratung
<ol start="3" type="a"><li>Kita</li><li><p>Schule</p><p>auch abends</p></li></ol></li><li>Träger</li></ul>
<table><caption>Kosten</caption><thead><tr><th>Jahr</th><th colspan="2">Euro</th></tr></thead>
<tr><td rowspan=2>2011</td><td>1</td><td>2</td></tr><tr><td>3<p>x</p></td>
<td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>
<blockquote>Zitat</blockquote><input value="geheim"><!-- nicht zu lesen --></body></html>"""


def test_what_is_read() -> None:
    found = read_html(PAGE.encode())
    assert [(c.kind.value, c.head.level, dict(c.head.attributes), c.text) for c in found.contents] == [
        ("heading", 2, {}, "Ziele der Stadt"),
        ("paragraph", 0, {}, "Freier Text"),
        ("paragraph", 0, {}, "im Kasten"),
        ("paragraph", 0, {}, "Absatz\u00a01 mit fett, schräg, unter, weg, x2, H2O, c, Satzung, böse"),
        ("paragraph", 0, {}, "Zeile eins\nZeile zwei"),
        ("list_item", 1, {"list": "bullet"}, "Beratung"),
        ("list_item", 2, {"list": "ordered", "number": "c.", "numbering": "a."}, "Kita"),
        ("list_item", 2, {"list": "ordered", "numbering": "a."}, "Schule"),
        ("paragraph", 0, {}, "auch abends"),
        ("list_item", 1, {"list": "bullet"}, "Träger"),
        ("paragraph", 0, {}, "Kosten"),
        ("table_row", 0, {"table": "1", "header": "1"}, "Jahr\x1fEuro\x1f"),
        ("table_row", 0, {"table": "1"}, "2011\x1f1\x1f2"),
        ("table_row", 0, {"table": "1"}, "\x1f3\nx\x1fa\nb"),
        ("paragraph", 0, {}, "Zitat"),
    ]
    marks = [(found.contents[3].text[m.start : m.end], m.name.value, m.target) for m in found.contents[3].rich.marks]
    assert marks == [
        ("fett", "strong", ""),
        ("schräg", "em", ""),
        ("unter", "u", ""),
        ("weg", "s", ""),
        ("2", "sup", ""),
        ("2", "sub", ""),
        ("c", "code", ""),
        ("Satzung", "link", "https://example.org/"),
    ]
    assert [str(note) for note in found.notes] == [
        "2 Bilder oder Objekte nicht übernommen.",
        "1 Formularfeld nicht übernommen.",
        "1 Verweis mit unzulässiger Adresse als Text übernommen.",
        "1 Tabelle in einer Tabelle als Text übernommen.",
    ]


@pytest.mark.parametrize(
    ("source", "text", "why"),
    [
        ("Nur Text", "Nur Text", "a fragment without tags"),
        ("<p>a <b> b</b> <i>c </i> d</p>", "a b c d", "spaces at the borders of marks are one"),
        (
            "<p>1 &lt; 2 &amp;amp; <unbekannt>x</unbekannt></p>",
            "1 < 2 &amp; x",
            "what is escaped is text, an unknown element its content",
        ),
        (
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            "<script>alert(1)</script>",
            "and stays text after the sanitiser",
        ),
        ("<table><tr><td><p>a</p></td></tr></table>", "a", "a table of one cell is a frame"),
        ("<p>u&#x308;&#1;&#xd800;</p>", "ü\ufffd", "characters written as numbers pass the door"),
        ("<pre>a\n  b</pre>", "a\n  b", "preformatted lines stay"),
        (
            "<svg><script>alert(1)</script></svg><math><mi//xlink:href='data:x,<script>'>x</math>ok",
            "ok",
            "foreign content goes whole",
        ),
        ("<p>a<p>b".replace("<p>b", "") + "<script>x", "a", "what is not closed"),
    ],
)
def test_cases(source: str, text: str, why: str) -> None:
    assert [c.text for c in read_html(source.encode()).contents] == [text], why


@pytest.mark.parametrize(
    "source", ["", " \n", "<!-- nichts -->", "<html></html>", "<img src=x>", "<script>alert(1)</script>"]
)
def test_a_page_without_words_has_no_contents(source: str) -> None:
    assert read_html(source.encode()).contents == ()


def test_windows_1252_as_older_word_processors_write_it() -> None:
    page = '<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"></head><p>„Ä“ – 5 €</p>'
    assert read_html(page.encode("cp1252")).contents[0].text == "„Ä“ – 5 €"
    assert read_html('<meta charset="iso-8859-1"><p>Ä'.encode()).contents[0].text == "Ä"


@pytest.mark.parametrize("depth", [120, 5_000])
@pytest.mark.parametrize("tag", ["div", "b", "ul", "blockquote"])
def test_too_deep_is_refused(tag: str, depth: int) -> None:
    with pytest.raises(Unreadable, match="zu tief verschachtelt"):
        read_html((f"<{tag}>" * depth + "Text").encode())


def test_too_much_text_is_refused_before_the_sanitiser_sees_it() -> None:
    with pytest.raises(TooLarge, match="zu umfangreich"):
        read_html(b"<p>" + b"x" * 2_000_000)
    with pytest.raises(TooLarge, match="zu umfangreich"):
        read_html(b"<p>" + b"<b>x</b>" * 75_000)


def test_a_width_that_was_made_up_fills_no_memory() -> None:
    page = "<table>" + "<tr><td colspan=999999 rowspan=999999>a<td>b</tr>" * 50 + "</table>"
    assert all(len(c.text) < 1_000 for c in read_html(page.encode()).contents)


@pytest.mark.parametrize(
    "back",
    [
        '<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a>',
        '<a href="#fnref1" role="doc-backlink">zurück</a>',
        '<a href="#fnref:1" class="footnote-backref">↩</a>',
        '<sup><a href="#r">↩\ufe0f</a></sup>',
    ],
)
def test_the_sign_that_leads_from_a_footnote_back_is_no_word_of_it(back: str) -> None:
    (note,) = read_html(f'<ol><li id="fn1"><p>Die Note.{back}</p></li></ol>'.encode()).contents
    assert (note.text, note.rich.marks) == ("Die Note.", ())


def test_the_same_sign_elsewhere_is_a_word() -> None:
    words = 'Taste ↩ und <a href="https://example.org/">↩</a> und <a href="#ziel">Ziel</a>'
    assert read_html(f"<p>{words}</p>".encode()).contents[0].text == "Taste ↩ und ↩ und Ziel"


LONG = "Vor allem &lt;b&gt;" + "".join(
    f"<h2>Teil {n}</h2>lose <b>Worte</b> {n}<p>Absatz <a href='https://x.de'>{n}</a></p> und <i>mehr</i>"
    f"<ul><li>eins<li>zwei <ol><li>drei</ol></ul><table><tr><td>{n}<td>b</table><br>Schluss"
    for n in range(30)
)


@pytest.mark.parametrize("page", [LONG, f"<body><div><main>{LONG}</main></div>", f"<div>{LONG}</div>danach"])
@pytest.mark.parametrize("at_once", [1, 3, 50])
def test_a_long_page_reads_in_parts_as_it_does_whole(monkeypatch, page: str, at_once: int) -> None:
    whole = read_html(page.encode())
    monkeypatch.setattr(html, "AT_ONCE", at_once)
    assert read_html(page.encode()) == whole
    assert len(whole.contents) > 200


def test_a_page_of_ours_is_read_without_its_header_and_its_headings_at_their_level() -> None:
    page = (
        '<html><head><meta name="generator" content="amendments: text"></head><body><header><h1>Konzept, Fassung 1</h1>'
        "</header><main><h2>Konzept</h2><h3>Ziele</h3><p>Wort</p></main></body></html>"
    )
    found = read_html(page.encode())
    assert [(c.head.level, c.text) for c in found.contents] == [(1, "Konzept"), (2, "Ziele"), (0, "Wort")]
    others = read_html(page.replace("amendments: text", "Word").encode())
    assert [(c.head.level, c.text) for c in others.contents][:2] == [(1, "Konzept, Fassung 1"), (2, "Konzept")]
