"""Every setting and every command stands in the documentation."""

import re
from dataclasses import fields
from pathlib import Path

from amendments.cli import COMMANDS
from amendments.config import Settings

DOCS = Path(__file__).parents[2] / "docs"


def test_every_setting_is_documented():
    listed = set(re.findall(r"^\| `(\w+)` \|", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE))
    known = {field.name.upper() for field in fields(Settings)} - {"TESTING"}
    assert listed == known | {"SECRET_KEY_FILE"}


def test_every_command_is_documented():
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*DOCS.rglob("*.md"), DOCS.parent / "README.md"])
    assert [name for name in COMMANDS if f"amendments {name}" not in text] == []
