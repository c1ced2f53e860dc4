"""The entries of `proposals.toml` as hunks: snippets are looked up in the text as a person would look for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amendments.text import edits
from amendments.text.diff import diff_paragraph
from amendments.text.hunks import Hunk
from amendments.text.model import Content, Head, Kind, Paragraph, Rich, Text, concat, plain

Entry = Mapping[str, Any]


def hunks_of(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    """One `[[proposal.edit]]` on `base`. Raises LookupError when a snippet is not there exactly once."""
    return _READERS[entry["op"]](base, entry)


def paragraph_with(base: Text, snippet: str) -> Paragraph:
    found = [paragraph for paragraph in base if snippet in paragraph.text]
    if len(found) != 1:
        raise LookupError(f"{len(found)} paragraphs hold {snippet!r}")
    return found[0]


def _offset(paragraph: Paragraph, words: str) -> int:
    if paragraph.text.count(words) != 1:
        raise LookupError(f"{words!r} stands {paragraph.text.count(words)} times in {paragraph.text[:40]!r}")
    return paragraph.text.index(words)


def _replace(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    paragraph = paragraph_with(base, entry["in"])
    if entry["old"]:
        start = _offset(paragraph, entry["old"])
        end = start + len(entry["old"])
    else:
        start = end = _offset(paragraph, entry["after"]) + len(entry["after"])
    return edits.replace_words(paragraph, start, end, Rich(entry["new"]))


def _rewrite(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    paragraph = paragraph_with(base, entry["in"])
    return diff_paragraph(paragraph, Content(paragraph.head, Rich(entry["new"])))


def _delete(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    return edits.delete(paragraph_with(base, entry["in"]))


def _insert(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    neighbour = paragraph_with(base, entry["after"])
    kind, level = Kind(entry["kind"]), entry.get("level", 0)
    same = neighbour.head.kind is kind and neighbour.head.level == level
    head = _without_number(neighbour.head) if same else plain("", kind, level).head
    return edits.insert(neighbour.identity, [Content(head, Rich(words)) for words in entry["paragraphs"]])


def _without_number(head: Head) -> Head:
    return Head(head.kind, head.level, tuple(pair for pair in head.attributes if pair[0] not in ("number", "header")))


def _split(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    paragraph = paragraph_with(base, entry["in"])
    return edits.split(paragraph, _offset(paragraph, entry["before"]))


def _join(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    left = paragraph_with(base, entry["in"])
    return edits.join(left, _next(base, left))


def _next(base: Text, paragraph: Paragraph) -> Paragraph:
    identities = [each.identity for each in base]
    return base[identities.index(paragraph.identity) + 1]


def _move(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    identities = [each.identity for each in base]
    first = identities.index(paragraph_with(base, entry["in"]).identity)
    last = identities.index(paragraph_with(base, entry.get("to") or entry["in"]).identity)
    return edits.move(base[first : last + 1], paragraph_with(base, entry["after"]).identity)


def _retype(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    return edits.retype(paragraph_with(base, entry["in"]), plain("", Kind(entry["kind"]), entry["level"]).head)


def _span(base: Text, entry: Entry) -> tuple[Hunk, ...]:
    left = paragraph_with(base, entry["in"])
    right = _next(base, left)
    end = _offset(right, entry["through"]) + len(entry["through"])
    return edits.span(left, _offset(left, entry["from"]), right, end, concat([Rich(entry["new"])]))


_READERS = {
    "replace": _replace,
    "rewrite": _rewrite,
    "delete": _delete,
    "insert": _insert,
    "split": _split,
    "join": _join,
    "move": _move,
    "retype": _retype,
    "span": _span,
}
