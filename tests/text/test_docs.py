"""The examples of docs/engine.md run, one after the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import amendments.text
from amendments.text import Grade, Hunk, Outcome, RelationKind, align, outcomes, parse

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


def test_every_public_name_says_what_it_is() -> None:
    names = [getattr(amendments.text, name) for name in amendments.text.__all__]
    own = [each for each in names if getattr(each, "__module__", "").startswith("amendments")]
    assert len(own) > 40
    assert [each for each in own if not each.__doc__ or each.__doc__.startswith(each.__name__ + "(")] == []


@pytest.mark.parametrize("name", ["parse", "diff", "redline", "merge", "relations", "carry_over", "align"])
def test_the_names_of_the_public_face_can_be_called_and_are_explained(name: str) -> None:
    assert callable(getattr(amendments.text, name))
    assert f"`{name}(" in PAGE.read_text(encoding="utf-8")


def test_values_cannot_be_changed() -> None:
    found = align(parse("eins"), [], "s")
    ended = outcomes(["a"], [])
    with pytest.raises(TypeError):
        found.pairs["x"] = 1  # type: ignore[index]
    with pytest.raises(TypeError):
        ended.excluded["x"] = ()  # type: ignore[index]
    assert hash(ended) == hash(outcomes(["a"], []))
    assert hash(found) == hash(align(parse("eins"), [], "s"))
