"""Literal files: read, changed, written back in their own form."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.encoding import UTF_16, WINDOWS
from amendments.exchange.layout import Layout, bind
from amendments.exchange.literal import COMPOSED, MIXED_NEWLINES, TURNED, literal_contents, read_literal, write_literal
from amendments.text.door import normalise
from amendments.text.model import Kind, Paragraph, text_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

lines = st.sampled_from(
    [
        "Erster",
        "## Ziele",
        "#Kein Titel",
        "# ",
        "- Punkt",
        "  eingerückt",
        " ",
        "\t",
        "",
        "",
        "",
        "1. Satz  ",
        "\u00a0",
        "\ufeff",
    ]
)
texts = st.lists(lines | st.text(st.characters(codec="utf-8"), max_size=8)).map("\n".join).map(normalise)
newlines = st.sampled_from(["\n", "\r\n", "\r"])


@given(texts, st.booleans(), newlines)
@example("", True, "\n")
@example("\n\n", False, "\r\n")
@example("  \n a \n \t\n\n# b\nc\n## d\n\n\ne\n ", False, "\n")
def test_what_is_read_is_written_back_byte_for_byte(text: str, bom: bool, newline: str) -> None:  # noqa: FBT001 - drawn
    data = (b"\xef\xbb\xbf" if bom else b"") + text.replace("\n", newline).encode()
    found = read_literal(data)
    assert found.layout is not None
    paragraphs = text_of(found.contents)
    assert write_literal(paragraphs, found.layout) == data
    assert write_literal(paragraphs, bind(found.layout, [p.identity for p in paragraphs])) == data
    assert Layout.from_json(found.layout.to_json()) == found.layout


def test_words_written_into_a_file_of_one_space_do_not_begin_with_it() -> None:
    found = read_literal(b" ")
    assert found.contents == ()
    assert write_literal((), found.layout) == b" "
    assert write_literal(text_of(literal_contents("Neu")), found.layout) == b"Neu"


def test_an_invisible_first_character_is_not_taken_for_a_byte_order_mark() -> None:
    data = write_literal(text_of(literal_contents("\ufeffNeu")))
    assert [c.text for c in read_literal(data).contents] == ["\ufeffNeu"]


@given(texts, texts, st.data())
def test_changed_paragraphs_are_found_again_after_writing(text: str, other: str, data: st.DataObject) -> None:
    found, more = read_literal(text.encode()), read_literal(other.encode())
    assert found.layout is not None
    paragraphs = text_of(found.contents)
    layout = bind(found.layout, [p.identity for p in paragraphs])
    mixed = data.draw(
        st.lists(st.sampled_from([*paragraphs, *text_of(more.contents, "other")]), unique_by=lambda p: p.identity)
        if found.contents or more.contents
        else st.just([])
    )
    again = read_literal(write_literal(mixed, layout))
    assert again.contents == tuple(p.content for p in mixed)


def corpus() -> list[Path]:
    return sorted((SHARED / "corpus" / "documents").glob("*/v*.md"))


@pytest.mark.skipif(not corpus(), reason="no corpus: shared/corpus/documents is not beside the checkout")
def test_every_version_of_every_statute_is_written_back_byte_for_byte() -> None:
    for path in corpus():
        data = path.read_bytes()
        found = read_literal(data, "md")
        assert found.layout is not None
        assert found.notes == ()
        assert [c.text for c in found.contents] == data.decode().rstrip("\n").split("\n\n"), path
        assert write_literal(text_of(found.contents), found.layout) == data, path


@pytest.mark.skipif(not list(SHARED.glob("seed/*.txt")), reason="no seed: shared/seed is not beside the checkout")
def test_the_seed_imports_as_text() -> None:
    for path in SHARED.glob("seed/*.txt"):
        data = path.read_bytes()
        found = read_literal(data, "txt")
        assert found.layout is not None
        assert len(found.contents) > 20
        assert any("Integrationskonzept der Stadt Landau" in c.text for c in found.contents)
        assert write_literal(text_of(found.contents), found.layout) == data


def test_only_leading_number_signs_make_a_heading_and_they_stay_in_the_text() -> None:
    found = read_literal(
        b"# Titel\n\n###### Tief\n\n####### Zu tief\n\n#Ohne\n\n- Punkt\n\n**fett**\n\n| a | b |\n", "md"
    )
    assert [(c.kind, c.head.level, c.text) for c in found.contents] == [
        (Kind.HEADING, 1, "# Titel"),
        (Kind.HEADING, 6, "###### Tief"),
        (Kind.PARAGRAPH, 0, "####### Zu tief"),
        (Kind.PARAGRAPH, 0, "#Ohne"),
        (Kind.PARAGRAPH, 0, "- Punkt"),
        (Kind.PARAGRAPH, 0, "**fett**"),
        (Kind.PARAGRAPH, 0, "| a | b |"),
    ]
    assert all(c.head.attribute("literal") == "1" for c in found.contents)
    assert found.literal
    assert found.format == "md"


def test_a_heading_line_is_a_paragraph_of_its_own_without_a_blank_line() -> None:
    assert [c.text for c in literal_contents("# Titel\nerste Zeile\nzweite\n## Ziele\n# Mehr")] == [
        "# Titel", "erste Zeile\nzweite", "## Ziele", "# Mehr",
    ]  # fmt: skip


def test_a_gap_follows_its_paragraph_into_the_next_version() -> None:
    found = read_literal(b"a\n\n\n\nb\n\nc\n\nd\n")
    assert found.layout is not None
    a, b, c, d = text_of(found.contents)
    layout = bind(found.layout, [p.identity for p in (a, b, c, d)])
    new = Paragraph("new", literal_contents("neu")[0])
    assert write_literal([new, a, c, d], layout) == b"neu\n\na\n\n\n\nc\n\nd\n"
    assert bind(layout, ["x"]) is layout


def test_a_single_line_feed_parts_only_beside_a_heading() -> None:
    found = read_literal(b"# Titel\nText\n")
    assert found.layout is not None
    title, text = text_of(found.contents)
    no_title = Paragraph(title.identity, literal_contents("Titel")[0])
    assert write_literal([title, text], found.layout) == b"# Titel\nText\n"
    assert write_literal([no_title, text], found.layout) == b"Titel\n\nText\n"


@pytest.mark.parametrize(
    ("data", "written", "note"),
    [
        (b"a\r\n\r\nb\n", b"a\r\n\r\nb\r\n", MIXED_NEWLINES),
        ("\ufeffa\n\nÄ\n".encode("utf-16-le"), "a\n\nÄ\n".encode(), UTF_16),
        ("\ufeffÄ".encode("utf-16-be"), "Ä".encode(), UTF_16),
        ("Straße – 5 €\r\n".encode("utf-16-le"), "Straße – 5 €\r\n".encode(), UTF_16),
        ("Straße – 5 €".encode("utf-16-be"), "Straße – 5 €".encode(), UTF_16),
        ("„Ä“ – 5 €".encode("cp1252"), "„Ä“ – 5 €".encode(),
         WINDOWS),
        ("U\u0308ber".encode(), "Über".encode(), COMPOSED),
        (b"a\x0cb\x1b", b"ab", "2 Steuerzeichen entfernt."),
        ("a\u202eb".encode(), "a\u202eb".encode(),
         TURNED),
    ],
)  # fmt: skip
def test_what_was_read_in_a_certain_way_is_said(data: bytes, written: bytes, note: str) -> None:
    found = read_literal(data)
    assert [str(n) for n in found.notes] == [note]
    assert write_literal(text_of(found.contents), found.layout) == written


@pytest.mark.parametrize(
    ("encoding", "said"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac OS Roman"), ("cp850", "DOS (Codepage 850)")]
)
@pytest.mark.parametrize(
    "text", ["Wir führen Gespräche.", "Größe, Straße, Öl", "können", "Über uns: § 5, «Müll»", "süß", "Ämter wägen ab"]
)
def test_umlauts_in_words_tell_the_encoding_of_an_old_program(text: str, encoding: str, said: str) -> None:
    found = read_literal(text.encode(encoding))
    assert [content.text for content in found.contents] == [text]
    assert [said in str(note) for note in found.notes] == [True]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Text\x00mit Null", "NUL never stands in a text"),
        (b"\xff\xfea\x00\x00\x00", "nor in UTF-16"),
        (b"a\x00b\x00c\x00\x00\x00", "nor in UTF-16 without a mark"),
        (b"a\x00bcd\x00efgh", "zero bytes here and there are no UTF-16"),
        (b"\xff\xfea", "half a code unit"),
        (b"\x89PNG\r\n\x1a\n\xff\xd8", "a picture"),
        (b"\xe4 \x81", "bytes that Windows-1252 does not know"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match="keinen lesbaren Text"):
        read_literal(data)


def test_too_much_is_refused_with_a_sentence() -> None:
    with pytest.raises(TooLarge, match="größer als 10 MB"):
        read_literal(b"a" * 10_000_001)
    with pytest.raises(TooLarge, match=r"mehr als 20\.000 Absätze"):
        read_literal(b"a\n\n" * 20_001)
    with pytest.raises(TooLarge, match=r"mehr als 3\.000\.000 Zeichen"):
        read_literal(b"\n\n".join([b"a" * 100_000] * 30 + [b"a"]), "txt")
    with pytest.raises(TooLarge, match=r"Absatz 2 hat mehr als 100\.000 Zeichen"):
        read_literal(b"a\n\n" + b"b" * 100_001)
    assert len(read_literal(b"a\n\n" * 20_000).contents) == 20_000


@pytest.mark.parametrize("cut", [b"Zum Schlu\xc3", b"gr\xfcn"])
def test_one_broken_byte_spoils_no_other_letter(cut: bytes) -> None:
    found = read_literal("Über die Gebühren. ".encode() + cut)
    assert found.contents[0].text.startswith("Über die Gebühren. ")
    assert found.contents[0].text.count("\ufffd") == 1
    assert [str(note) for note in found.notes] == [
        "1 Zeichen der Datei ist beschädigt; an seiner Stelle steht �. Bitte prüfen Sie diese Stelle."
    ]
