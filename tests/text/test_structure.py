"""Runs `structure.golden`: the table of the model, readable without knowing Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from amendments.text import (
    CELL,
    CarryOver,
    Content,
    Edit,
    Head,
    Hunk,
    Kind,
    Mark,
    MarkName,
    MisfitError,
    Outcome,
    Paragraph,
    Replace,
    Rich,
    Split,
    Text,
    apply,
    check,
    edits,
    literal_content,
    merge,
    relations,
)

GOLDEN = Path(__file__).with_name("structure.golden")
_SIGNS = (
    ("# ", Head(Kind.HEADING, 1)),
    ("- ", Head(Kind.LIST_ITEM, 1, (("list", "ordered"),))),
    ("| ", Head(Kind.TABLE_ROW, 0, (("table", "t"),))),
)
_KINDS = {"heading": _SIGNS[0][1], "list item": _SIGNS[1][1], "row": _SIGNS[2][1]}


@dataclass(frozen=True)
class Case:
    title: str
    base: tuple[str, ...]
    edits: tuple[str, ...]
    expected: tuple[str, ...]


def cases() -> Iterator[Case]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    lines = lines[lines.index("=== split") :]
    parts: list[list[str]] = [[]]
    for line in lines:
        if line == ".":
            parts.append([])
        elif line and not line.startswith("==="):
            parts[-1].append(line)
    for (title,), base, wanted, expected in zip(*[iter(map(tuple, parts[:-1]))] * 4, strict=True):
        yield Case(title, base, wanted, expected)


CASES = tuple(cases())


def rich(words: str) -> Rich:
    """Words in which "[^1]" is the sign of footnote 1 and "|" parts cells."""
    text, marks = "", []
    for piece in re.split(r"(\[\^\w+\])", words.replace(" | ", CELL)):
        if label := re.fullmatch(r"\[\^(\w+)\]", piece):
            marks.append(Mark(len(text), len(text) + len(label[1]), MarkName.FOOTNOTE_REF, label[1]))
        text += label[1] if label else piece
    return Rich.of(text, marks)


def content(line: str) -> Content:
    if line.startswith("= "):
        return literal_content(line[2:])
    if label := re.match(r"\[(\w+)\] ", line):
        return Content(Head(Kind.FOOTNOTE, 0, (("label", label[1]),)), rich(line[label.end() :]))
    for sign, head in _SIGNS:
        if line.startswith(sign):
            return Content(head, rich(line[len(sign) :]))
    return Content(rich=rich(line))


def text(lines: tuple[str, ...]) -> Text:
    return tuple(Paragraph(line.split(" ", 1)[0], content(line.split(" ", 1)[1])) for line in lines)


def named(found: Text, base: Text) -> list[tuple[str, Content]]:
    known = {paragraph.identity for paragraph in base}
    return [(p.identity if p.identity in known else "+", p.content) for p in found]


class Reader:
    """The few sentences in which edits are written."""

    def __init__(self, base: Text) -> None:
        self.base = base
        self.paragraphs = {paragraph.identity: paragraph for paragraph in base}

    def hunks(self, line: str) -> tuple[Hunk, ...]:
        for pattern, method in (
            (r'in (\w) "(.+)" becomes "(.*)"', self.becomes),
            (r'in (\w) "(.+)" goes', self.becomes),
            (r'in (\w) (before|behind) "(.+)" comes "(.+)"', self.comes),
            (r"(\w) goes", lambda name: edits.delete(self.paragraphs[name])),
            (r'behind (\w) comes "(.+)"', lambda name, new: edits.insert(name, [content(new)])),
            (r'at the start comes "(.+)"', lambda new: edits.insert("", [content(new)])),
            (r'split (\w) before "(.+)"', self.split),
            (r'cut (\w) behind "(.+?)"( as heading)?', self.cut),
            (r"join (\w) and (\w)", lambda one, other: edits.join(self.paragraphs[one], self.paragraphs[other])),
            (r'from "(.+)" in (\w) to "(.+)" in (\w) becomes "(.*)"', self.span),
            (r"move (\w)(?:-(\w))? (?:behind (\w)|to the start)", self.move),
            (r"(\w) becomes a (.+)", lambda name, kind: edits.retype(self.paragraphs[name], _KINDS[kind])),
        ):
            if found := re.fullmatch(pattern, line):
                return method(*found.groups())
        raise ValueError(line)

    def find(self, name: str, words: str) -> tuple[int, int]:
        wanted, standing = rich(words).text, self.paragraphs[name].text
        assert standing.count(wanted) == 1, f"{wanted!r} must stand once in {standing!r}"
        return standing.index(wanted), standing.index(wanted) + len(wanted)

    def becomes(self, name: str, old: str, new: str = "") -> tuple[Hunk, ...]:
        start, end = self.find(name, old)
        return (Replace(name, start, end, self.paragraphs[name].content.rich.slice(start, end), rich(new)),)

    def comes(self, name: str, side: str, words: str, new: str) -> tuple[Hunk, ...]:
        at = self.find(name, words)[side == "behind"]
        return (Replace(name, at, at, Rich(), rich(new)),)

    def split(self, name: str, words: str) -> tuple[Hunk, ...]:
        return edits.split(self.paragraphs[name], self.find(name, words)[0])

    def cut(self, name: str, words: str, heading: str | None) -> tuple[Hunk, ...]:
        return (Split(name, self.find(name, words)[1], _KINDS["heading"] if heading else self.paragraphs[name].head),)

    def span(self, first: str, left: str, last: str, right: str, new: str) -> tuple[Hunk, ...]:
        start, end = self.find(left, first)[0], self.find(right, last)[1]
        return edits.span(self.paragraphs[left], start, self.paragraphs[right], end, rich(new))

    def move(self, first: str, last: str | None, after: str | None) -> tuple[Hunk, ...]:
        names = list(self.paragraphs)
        block = self.base[names.index(first) : names.index(last or first) + 1]
        return edits.move(block, after or "")


def wishes(case: Case, base: Text) -> dict[str, Edit]:
    reader = Reader(base)
    hunks: dict[str, tuple[Hunk, ...]] = {}
    for line in case.edits:
        name, words = line.split(": ", 1)
        hunks[name] = (*hunks.get(name, ()), *reader.hunks(words))
    return {name: Edit(name, found) for name, found in hunks.items()}


def relation_of(base: Text, one: Edit, other: Edit) -> str:
    found = relations(base, [one, other])
    if not found:
        return "free"
    (relation,) = found
    return " ".join(part.name.lower() for part in (relation.kind, relation.grade) if part is not None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case) -> None:
    base = text(case.base)
    found = wishes(case, base)
    word, expected = case.expected[0], text(case.expected[1:])
    if word.startswith("refused"):
        with pytest.raises(MisfitError) as refused:
            check(base, found["a"].hunks)
        assert refused.value.misfit == word.removeprefix("refused ")
        return
    for edit in found.values():
        check(base, edit.hunks)
    if "open" in found:
        _carried(base, found, word, expected)
        return
    one, other = found["a"], found.get("b")
    if other is None:
        assert word == "alone"
        assert named(merge(base, [one]).text, base) == [(p.identity, p.content) for p in expected]
        return
    for first, second in ((one, other), (replace(one, id="z"), replace(other, id="y"))):
        assert relation_of(base, first, second) == word
        for both in ([first, second], [second, first]):
            merged = merge(base, both)
            assert named(merged.text, base) == [(p.identity, p.content) for p in expected]
            assert merged.redline.reject() == base
            assert bool(merged.collisions) == (word in ("hard", "order"))


def _carried(base: Text, found: dict[str, Edit], word: str, expected: Text) -> None:
    step = merge(base, [edit for name, edit in found.items() if name != "open"])
    carried = CarryOver(step.redline).carry(found["open"])
    assert carried.outcome == word
    now = step.text
    if carried.outcome is Outcome.ANCHORED:
        check(now, carried.hunks)
        now = apply(now, [Edit("open", carried.hunks)])
    assert named(now, base) == [(p.identity, p.content) for p in expected]


def test_there_is_a_case_for_each_row_of_the_table() -> None:
    headings = re.findall(r"^=== (.+)$", GOLDEN.read_text(encoding="utf-8"), re.MULTILINE)
    assert {"split", "join", "move of a block", "edit over two paragraphs", "another kind", "deletion"} <= set(headings)
    assert {"list numbers", "tables", "footnotes", "carry-over"} <= set(headings)
    assert len(CASES) == len({case.title for case in CASES}) >= 80
