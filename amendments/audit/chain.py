"""The hash chain, without a database: h(n) = SHA-256(h(n-1) + canonical JSON of the event)."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID


def payload_of(event: object) -> dict[str, Any]:
    """The typed fields of a frozen event as plain JSON values."""
    if not is_dataclass(event) or isinstance(event, type):
        raise TypeError("an event is an instance of a frozen dataclass")
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event)}


def _plain(value: object) -> Any:
    """A JSON value. Floats are refused: databases do not return them digit by digit."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return _plain(value.value)
        case str():
            return str(value)
        case UUID():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item) for item in value]
        case frozenset() | set():
            return sorted((_plain(item) for item in value), key=str)
        case Mapping():
            return {str(name): _plain(item) for name, item in value.items()}
    raise TypeError(f"{type(value).__name__} cannot be part of an event")


ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""An id as `_plain` writes it."""


def subjects_of(payload: Mapping[str, Any]) -> frozenset[UUID]:
    """Every id an event names, wherever it stands in its payload."""
    return frozenset(UUID(text) for text in _strings(payload) if ID.fullmatch(text))


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for item in value.values():
                yield from _strings(item)
        case list():
            for item in value:
                yield from _strings(item)


def link(
    previous: str,
    *,
    seq: int,
    at: datetime,
    actor_id: UUID | None,
    document_id: UUID | None,
    name: str,
    payload: Mapping[str, Any],
) -> str:
    """Hash of one event, in hexadecimal."""
    record = {
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": str(actor_id) if actor_id else None,
        "document_id": str(document_id) if document_id else None,
        "name": name,
        "payload": payload,
    }
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(previous.encode() + text.encode()).hexdigest()
