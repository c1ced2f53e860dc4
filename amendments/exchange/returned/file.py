"""A returned file as it was read: without its tracked changes, with all of them, and with each person's alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amendments.exchange.imported import Imported, imported_from_json, imported_to_json
from amendments.text.model import Content, content_from_json, content_to_json

Contents = tuple[Content, ...]


@dataclass(frozen=True)
class Alone:
    """With the changes of `author` alone. `ground`: with those changes of others that these presuppose, if any."""

    author: str
    contents: Contents
    ground: Contents = ()


@dataclass(frozen=True)
class Returned:
    """`before`: without tracked changes; its notes, hands and remarks are those of the file. `whole`: with all."""

    before: Imported
    whole: Contents
    alone: tuple[Alone, ...] = ()


def returned_to_json(found: Returned) -> dict[str, object]:
    """What reads as before is said by its rank there: most of a returned file does."""
    known = {content: rank for rank, content in enumerate(found.before.contents)}
    return {
        "before": imported_to_json(found.before),
        "whole": _ranked(found.whole, known),
        "alone": [[each.author, _ranked(each.contents, known), _ranked(each.ground, known)] for each in found.alone],
    }


def returned_from_json(data: Mapping[str, Any]) -> Returned:
    before = imported_from_json(data["before"])
    return Returned(
        before,
        _unranked(data["whole"], before.contents),
        tuple(
            Alone(str(author), _unranked(contents, before.contents), _unranked(ground, before.contents))
            for author, contents, ground in data["alone"]
        ),
    )


def _ranked(contents: Iterable[Content], known: Mapping[Content, int]) -> list[object]:
    return [known[content] if content in known else content_to_json(content) for content in contents]


def _unranked(said: Iterable[Any], contents: Sequence[Content]) -> Contents:
    return tuple(contents[each] if isinstance(each, int) else content_from_json(each) for each in said)
