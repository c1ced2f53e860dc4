"""Habits of the house that no linter knows: sizes, one clock, one committer, no markup by hand."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "amendments").rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in FILES]

MAX_FILE, MAX_FUNCTION = 500, 50

RULES = [
    (r"\.commit\(\)", {"amendments/web/transaction.py"}, "only web.transaction commits"),
    (
        r"datetime\.(now|today|utcnow)\(|date\.today\(|\btime\.time\(",
        {"amendments/web/clock.py", "amendments/cli/demo.py"},
        "time comes from web.clock",
    ),
    (r"\bMarkup\(|\|safe\b|render_template_string|Environment\(", set(), "no markup is made by hand"),
    (
        r"\b(eval|exec)\(|pickle\.|yaml\.load\(|shell=True",
        {"amendments/exchange/making.py"},  # from this process to its own child
        "nothing typed is run",
    ),
    (
        r"\btext\(f[\"']|execute\(f[\"']|exec_driver_sql\(f[\"']",
        {"amendments/web/engines.py"},
        "no SQL is made of strings",
    ),
    (r"csrf\.exempt", set(), "no route is exempt"),
]


@pytest.mark.parametrize(("pattern", "allowed", "reason"), RULES, ids=[reason for _pattern, _allowed, reason in RULES])
def test_what_is_done_in_one_place_is_done_nowhere_else(pattern, allowed, reason):
    found = [
        f"{name}:{number}"
        for path, name in zip(FILES, NAMES, strict=True)
        if name not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line.split("#")[0]) and not line.strip().startswith(('"""', "`"))
    ]
    assert found == [], reason


def test_no_file_and_no_function_is_too_long():
    faults = []
    for path, name in zip(FILES, NAMES, strict=True):
        source = path.read_text(encoding="utf-8")
        if len(source.splitlines()) > MAX_FILE:
            faults.append(f"{name}: {len(source.splitlines())} lines")
        faults += [
            f"{name}: {node.name} has {length(node)} lines"
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef) and length(node) > MAX_FUNCTION
        ]
    assert faults == []


def length(node):
    return (node.end_lineno or 0) - node.lineno + 1


def test_importing_the_engine_loads_no_web():
    """A pure package stays pure also through what it imports, which the contract about direct imports cannot show."""
    pure = [path for path in FILES if path.parts[-2:-1] == ("text",) or path.name == "rules.py"]
    assert pure
    for path in pure:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not any(name.split(".")[0] in {"flask", "sqlalchemy", "werkzeug"} for name in names), path


def test_the_factory_is_a_table_of_contents():
    tree = ast.parse((ROOT / "amendments" / "app.py").read_text(encoding="utf-8"))
    factory = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "create_app")
    assert (factory.end_lineno or 0) - factory.lineno <= 40


def test_pins_have_hashes_and_name_no_registry():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        lines = [line for line in text.splitlines() if re.match(r"^[a-z0-9]", line)]
        assert lines
        assert all(line.rstrip().endswith("\\") for line in lines), "every package has hashes"
