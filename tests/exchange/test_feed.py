"""The feed of public documents: what RFC 4287 wants of a feed and of its entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lxml import etree

from amendments.exchange.feed import Entry, Feed, to_atom

ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2011, 11, 22, 17, tzinfo=UTC)
FEED = Feed(
    id="urn:uuid:1",
    title="Vorlagen",
    author="Stadt",
    language="de",
    address="https://town.example/",
    own="https://town.example/feed.atom",
    updated=AT,
)
ENTRY = Entry("urn:uuid:2", "version", "Konzept: Fassung 2", "Neu ist <b>viel</b> & mehr", "https://town.example/2", AT)


def read(*entries: Entry) -> etree._Element:
    return etree.fromstring(to_atom(FEED, entries))


def test_a_feed_says_what_it_is_and_where() -> None:
    feed = read(ENTRY)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert {name: feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")} == {
        "id": "urn:uuid:1", "title": "Vorlagen", "updated": "2011-11-22T17:00:00+00:00"
    }  # fmt: skip
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Stadt"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": FEED.address, "self": FEED.own}


def test_an_entry_has_everything_that_is_asked_for() -> None:
    (entry,) = read(ENTRY).findall(f"{ATOM}entry")
    said = {child.tag.removeprefix(ATOM): child.text for child in entry}
    assert said["id"] == ENTRY.id
    assert said["title"] == ENTRY.title
    assert said["updated"] == said["published"] == "2011-11-22T17:00:00+00:00"
    assert etree.HTML(said["summary"]).xpath("string()") == ENTRY.words
    assert entry.find(f"{ATOM}category").get("term") == "version"
    assert entry.find(f"{ATOM}link").get("href") == ENTRY.address


def test_the_newest_comes_first_and_dates_the_feed() -> None:
    older = Entry("urn:uuid:3", "version", "Früher", "", "https://town.example/3", AT - timedelta(days=1))
    feed = read(older, ENTRY)
    assert [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")] == ["urn:uuid:2", "urn:uuid:3"]
    assert feed.findtext(f"{ATOM}updated") == "2011-11-22T17:00:00+00:00"


def test_a_feed_without_entries_keeps_its_date() -> None:
    assert read().findtext(f"{ATOM}updated") == "2011-11-22T17:00:00+00:00"


def test_words_from_anywhere_leave_it_well_formed() -> None:
    (entry,) = read(Entry("urn:uuid:2", "version", "a\x00b ]]> <x>", "\x1f&\uffff", "https://x.example/?a=1&b", AT))[
        -1:
    ]
    assert entry.findtext(f"{ATOM}title") == "ab ]]> <x>"
