"""What the console of a sitting sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from werkzeug.datastructures import MultiDict

from amendments.errors import InvalidInput
from amendments.meetings.rules import Count
from amendments.meetings.services import COUNTS_MISSING, NO_NUMBER, NOTHING_PUT, Put


def ident(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise InvalidInput(NOTHING_PUT) from None


def ident_or_none(raw: str | None) -> UUID | None:
    return ident(raw) if raw else None


def put_of(form: MultiDict[str, str]) -> Put:
    edit_ids, others = [ident(raw) for raw in form.getlist("edit")], [ident(raw) for raw in form.getlist("settled")]
    return Put(edit_ids, dict(_expected(form)), form.get("checksum", ""), others)


def _expected(form: Mapping[str, str]) -> Iterator[tuple[UUID, UUID | None]]:
    """The decision the page showed of each edit that it names."""
    start = "expected-"
    for name, raw in form.items():
        if name.startswith(start):
            yield ident(name.removeprefix(start)), ident_or_none(raw)


def names_of(form: Mapping[str, str]) -> dict[UUID, str]:
    """Of a vote by name."""
    return {ident(name.removeprefix("name-")): value for name, value in form.items() if name.startswith("name-")}


def place_of(form: Mapping[str, str]) -> int | None:
    """The number before which an item is put; None if none was typed."""
    raw = form.get("before", "").strip()
    if raw and not _is_number(raw):
        raise InvalidInput(NO_NUMBER, field="before")
    return int(raw) if raw else None


def _is_number(raw: str) -> bool:
    return raw.isascii() and raw.isdigit() and len(raw) < 6


def count_of(form: Mapping[str, str]) -> Count | None:
    """The numbers as typed; None if any of yes and no is missing."""
    numbers = []
    for name in ("yes", "no", "abstained", "invalid"):
        raw = form.get(name, "").strip()
        if not raw and name in ("yes", "no"):
            return None
        if raw and not _is_number(raw):
            raise InvalidInput(COUNTS_MISSING, field=name)
        numbers.append(int(raw or 0))
    return Count(*numbers)
