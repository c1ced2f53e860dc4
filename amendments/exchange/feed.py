"""What has happened to public documents, as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from feedgenerator import Atom1Feed

from amendments.text.door import normalise

CONTENT_TYPE = "application/atom+xml"


@dataclass(frozen=True)
class Entry:
    """`id`: a urn or tag that no other entry has and that never changes; `kind`: a word for programs."""

    id: str
    kind: str
    title: str
    words: str
    address: str
    at: datetime


@dataclass(frozen=True)
class Feed:
    """`own`: where the feed itself is found; `updated`: where there is no entry."""

    id: str
    title: str
    author: str
    language: str
    address: str
    own: str
    updated: datetime


def to_atom(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The newest first."""
    found = _Atom(
        title=normalise(feed.title),
        link=feed.address,
        description=None,
        language=feed.language,
        author_name=normalise(feed.author),
        feed_url=feed.own,
        feed_guid=feed.id,
    )
    found.updated = feed.updated
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.id), reverse=True):
        found.add_item(
            title=normalise(entry.title),
            link=entry.address,
            description=escape(normalise(entry.words)),  # an Atom summary of that kind is HTML
            unique_id=entry.id,
            pubdate=entry.at,
            updateddate=entry.at,
            categories=[entry.kind],
        )
    return bytes(found.writeString("utf-8"), "utf-8")


class _Atom(Atom1Feed):
    updated: datetime

    def latest_post_date(self) -> datetime:
        """Never this moment, as the library has it where there is no entry."""
        dates: list[datetime] = [item["updateddate"] for item in self.items]
        return max(dates, default=self.updated)
