"""Commands speak German, or English where the locale or `--language` says so: help, refusals, notes, pages."""

import pytest
from babel.messages.pofile import read_po

from amendments.cli.speaking import TRANSLATIONS, language_of
from tests.factories.commands import run

DRAFT = "Der Rat beschließt das Konzept in der Fassung vom Mai 2011.\n\nEs gilt fünf Jahre, dann wird berichtet.\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "entwurf": DRAFT,
        "eins": DRAFT.replace("Mai", "Juni"),
        "zwei": DRAFT.replace("Mai", "Juli") + "\nNeu dazu.\n",
    }.items():
        (tmp_path / f"{name}.md").write_text(text)
    (tmp_path / "alt.md").write_bytes(DRAFT.encode("cp1252"))
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "de"),
        ({"LANG": "C.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "en_US", "LC_ALL": ""}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "de"),
    ],
)
def test_the_locale_decides_as_posix_orders_its_variables(environment, language):
    assert language_of(environment) == language


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        (("redline", "--help"), "Zeigt, was OTHER", "Show what OTHER"),
        (("merge", "--help"), "Beispiel:\n    amendments merge entwurf", "Example:\n    amendments merge draft"),
        (("merge", "--help"), "Diese Hilfe zeigen", "Show this message and exit"),
        (("--help",), "Führt die Änderungen", "Merge the changes"),
        (("redline", "entwurf.md", "eins.md"), "1 Absatz unverändert", "1 paragraph unchanged"),
        (("redline", "entwurf.md", "zwei.md"), "(Neuer Absatz)", "(New paragraph)"),
        (("merge", "entwurf.md", "eins.md", "zwei.md"), "!! Widerspruch 1", "!! Collision 1"),
    ],
)
def test_what_is_printed(desk, capsys, monkeypatch, arguments, german, english):
    assert german in run(capsys, *arguments)[1]
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    out = run(capsys, *arguments)[1]
    assert english in out
    assert german not in out


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        (("redline", "entwurf.md", "nie.md"), "Die Datei gibt es nicht", "There is no such file"),
        (("redline", "entwurf.md"), "Es fehlt die Angabe", "Missing argument"),
        (("redline", "entwurf.md", "eins.md", "-o", "o.x"), "Möglich sind .docx", "Possible are .docx"),
        (("redline", "entwurf.md", "alt.md"), "Hinweis: alt.md: Die Datei ist nicht", "Note: alt.md: The file is not"),
        (("merge", "entwurf.md", "eins.md"), "Wünsche", "Wishes"),
        (("tanzen",), "gibt es nicht", "No such command"),
    ],
)
def test_what_is_said(desk, capsys, arguments, german, english):
    assert german in run(capsys, *arguments)[2]
    assert english in run(capsys, "--language", "en", *arguments)[2]
    if arguments[0] != "tanzen":
        assert english in run(capsys, *arguments[:1], "--language", "en", *arguments[1:])[2]


def test_the_page_names_its_language(desk, capsys):
    run(capsys, "merge", "entwurf.md", "eins.md", "zwei.md", "-o", "o.html", "--language", "en")
    page = (desk / "o.html").read_text()
    assert '<html lang="en">' in page
    assert "<h1>Changes: entwurf.md → merged</h1>" in page
    assert "These wordings cannot stand side by side." in page
    assert ">Collisions</th>" in page


def test_the_german_of_click_is_that_of_sentences_click_has():
    """A sentence that click words anew would come in English again."""
    import inspect

    import click.core
    import click.decorators
    import click.exceptions
    import click.formatting
    import click.parser
    import click.types

    modules = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)
    said = "".join(inspect.getsource(module) for module in modules)
    with (TRANSLATIONS / "de" / "LC_MESSAGES" / "click.po").open("rb") as words:
        sentences = [message.id for message in read_po(words) if message.id]
    assert sentences
    for sentence in sentences:
        for form in sentence if isinstance(sentence, tuple) else (sentence,):
            assert f'"{form}"' in said
