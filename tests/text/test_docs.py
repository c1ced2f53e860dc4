"""The examples of docs/engine.md run, one after the other."""

from __future__ import annotations

import re
from pathlib import Path

from amendments.text import Grade, Hunk, Outcome, RelationKind

PAGE = Path(__file__).parents[2] / "docs" / "engine.md"


def test_the_examples_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 7
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)


def test_every_hunk_relation_grade_and_outcome_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    words = [hunk.__name__ for hunk in Hunk.__args__]
    words += [member.name for kinds in (RelationKind, Grade, Outcome) for member in kinds if member.name != "FREE"]
    assert [word for word in words if f"`{word}" not in page] == []
