"""Every sentence a page can show has its English."""

import io
import tomllib
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from amendments.web import catalog

ROOT = Path(__file__).parents[2]
ENGLISH = catalog.TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "N_": None, "ngettext": (1, 2), "NN_": (1, 2)}


def messages():
    """Message ids of code and templates, plural ones as pairs."""
    found = set()
    for mapping in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]:
        method = catalog.extract if ":" in mapping["method"] else mapping["method"]
        for path in sorted(ROOT.glob(mapping["pattern"].replace("**.", "**/*."))):
            with path.open("rb") as source:
                found |= {message for _line, message, _comments, _context in extract(method, source, KEYWORDS)}
    return found


def test_sentences_that_are_raised_are_found():
    source = b'''
A = "Das ist ein Satz."
B = "no_sentence"
raise InvalidInput("Das Feld fehlt.", field="x")
constraints.register("uq_x_y", "Das gibt es schon.")
_("Vorlagen")
"""Not a message at all."""
'''
    found = {message for _line, message, _comments, _context in extract(catalog.extract, io.BytesIO(source), KEYWORDS)}
    assert found == {"Das ist ein Satz.", "Das Feld fehlt.", "Das gibt es schon.", "Vorlagen"}


def test_english_is_complete():
    if not ENGLISH.exists():
        pytest.skip("nothing is translated yet")
    with ENGLISH.open("rb") as words:
        translated = {
            message.id
            for message in read_po(words)
            if message.id and not message.fuzzy and all(as_list(message.string))
        }
    assert sorted(map(str, messages() - translated)) == []


def as_list(string):
    return [string] if isinstance(string, str) else list(string)


def test_words_are_compiled_when_they_changed(tmp_path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Ja"\nmsgstr "Yes"\n'
    )
    catalog.compile_all(tmp_path)
    first = (folder / "messages.mo").read_bytes()
    assert b"Yes" in first
    catalog.compile_all(tmp_path)
    assert (folder / "messages.mo").read_bytes() == first
