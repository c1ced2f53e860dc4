"""A file that went out on the town's letterhead and comes back: what the letterhead says is nobody's wish."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from amendments.exchange.provenance import Letterhead, letterhead_of
from amendments.exchange.readers import read, read_returned
from amendments.exchange.redlines import write
from amendments.exchange.returned import Returned, returned_from_json, returned_to_json, wanted_in
from amendments.exchange.returned.letterhead import LEFT_OUT
from amendments.text import Edit, plain
from tests.exchange.concept import BASE, BEIRAT, MANY, SOURCE, paper
from tests.exchange.letterheads import docx_letterhead, odt_letterhead

TEMPLATES = {".docx": docx_letterhead, ".odt": odt_letterhead}
PARTS = {".docx": "word/document.xml", ".odt": "content.xml"}
KINDS = list(TEMPLATES)


def sent(suffix: str, wishes: list[Edit] = MANY) -> bytes:
    return write(paper(BASE, wishes), suffix, TEMPLATES[suffix]())


def changed(data: bytes, suffix: str, old: str, new: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, re.sub(old.encode(), new.encode(), part) if name == PARTS[suffix] else part)
    return out.getvalue()


def wishes(found: Returned, suffix: str) -> dict[str, int]:
    return {each.author: len(each.wishes) for each in wanted_in(BASE, found, f"a{suffix}").wanted}


@pytest.mark.parametrize("suffix", KINDS)
def test_what_the_letterhead_says_is_not_read_as_somebodys_words(suffix: str) -> None:
    found = read_returned(sent(suffix), f"a{suffix}")
    assert found.before.contents == SOURCE
    assert wishes(found, suffix) == wishes(read_returned(write(paper(BASE, MANY), suffix), f"a{suffix}"), suffix)
    assert [dict(note.params)["num"] for note in found.before.notes if note.msgid in LEFT_OUT] == [2]
    assert returned_from_json(returned_to_json(found)) == found


@pytest.mark.parametrize("suffix", KINDS)
def test_a_comment_stays_at_its_paragraph(suffix: str) -> None:
    alone = read_returned(write(paper(BASE, MANY), suffix), f"a{suffix}").before.remarks
    assert read_returned(sent(suffix), f"a{suffix}").before.remarks == alone
    assert [remark.author for remark in alone] == [BEIRAT.name]


@pytest.mark.parametrize("suffix", KINDS)
def test_what_somebody_wrote_into_the_letterhead_is_read(suffix: str) -> None:
    data = changed(sent(suffix), suffix, "Anlage 1", "Anlage 2")
    found = read_returned(data, f"a{suffix}")
    assert found.before.contents[0].text == "Anlage 2"
    assert "Die Verwaltung" not in [content.text for content in found.before.contents]


@pytest.mark.parametrize("suffix", KINDS)
def test_a_text_without_its_letterhead_stays_whole(suffix: str) -> None:
    """Somebody has struck the letterhead and not the text."""
    data = changed(sent(suffix, []), suffix, "Anlage 1|Die Verwaltung", "")
    assert read_returned(data, f"a{suffix}").before.contents == SOURCE


@pytest.mark.parametrize("suffix", KINDS)
def test_a_file_that_is_read_otherwise_has_all_its_words(suffix: str) -> None:
    assert read(sent(suffix), f"a{suffix}").contents[0].text == "Anlage 1"


def test_a_letterhead_that_could_be_the_text_is_not_told_apart() -> None:
    template = [plain("Anlage"), plain("[Text]"), plain("Schluss.")]
    assert letterhead_of(template, SOURCE) is None
    assert isinstance(letterhead_of(template, [plain("Anderes")]), Letterhead)
    assert letterhead_of([plain("Betreff [Text]"), plain("Ende")], SOURCE) is None, "they stand in one paragraph"
