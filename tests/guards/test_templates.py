"""Every template compiles and imports only what it uses."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
ALL = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))

IMPORT = re.compile(r"{%-?\s*from\s+\S+\s+import\s+(?P<names>.+?)(?:\s+with(?:out)?\s+context)?\s*-?%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


def test_every_template_compiles(app):
    assert ALL
    for name in ALL:
        app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", ALL)
def test_every_imported_macro_is_used(name):
    source = COMMENT.sub("", (TEMPLATES / name).read_text(encoding="utf-8"))
    rest = IMPORT.sub("", source)
    for found in IMPORT.finditer(source):
        for imported in found["names"].split(","):
            used_as = imported.split(" as ")[-1].strip()
            assert re.search(rf"\b{re.escape(used_as)}\b", rest), f"{used_as} is imported and not used"


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_marked_safe_or_styled_inline(name):
    source = COMMENT.sub("", (TEMPLATES / name).read_text(encoding="utf-8"))
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|<style|\sstyle=|\son\w+=", source), name
    for script in re.findall(r"<script[^>]*>", source):
        assert "src=" in script or "application/json" in script, script


@pytest.mark.parametrize(
    "name", [name for name in ALL if "components" not in name and not Path(name).name.startswith("_")]
)
def test_every_page_fills_the_heading(name):
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    if name != "base.html" and "{% extends" in source:
        assert "{% block heading %}" in source or 'extends "base.html"' not in source
