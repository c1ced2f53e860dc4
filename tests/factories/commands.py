"""Files in a folder, and a command over them."""

import pytest

from amendments.cli import main

DRAFT = """# Konzept

Der Rat beschließt das Konzept in der Fassung vom Mai 2011. Es gilt fünf Jahre.

Jede Grundschule erhält zwei zusätzliche Stunden für Sprachförderung.

(weggefallen)

(weggefallen)

Die Verwaltung berichtet jährlich.
"""


def put(desk, **files):
    """`put(desk, entwurf=text)` writes `entwurf.md`."""
    for name, text in files.items():
        (desk / f"{name}.md").write_text(text, encoding="utf-8", newline="")


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    return ended.value.code, out, err
