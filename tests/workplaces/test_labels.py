"""Codes never reach a page: each has words in the language of the page."""

from importlib import import_module

import pytest

from amendments.app import ROOMS, part
from amendments.workplaces.labels import event_name

pytestmark = pytest.mark.one_engine


def names_of_events() -> list[str]:
    modules = (part(room, "events") for room in ROOMS)
    return sorted(thing.name for module in modules if module for thing in vars(module).values() if _is_event(thing))


def _is_event(thing: object) -> bool:
    return (
        isinstance(thing, type) and thing.__module__.endswith(".events") and isinstance(thing.__dict__.get("name"), str)
    )


def test_every_room_that_records_is_looked_at() -> None:
    assert import_module("amendments.consensus.events").VersionPublished.name in names_of_events()
    assert len(names_of_events()) > 15


@pytest.mark.parametrize("name", names_of_events())
def test_every_event_has_words(app, name: str) -> None:
    with app.test_request_context():
        assert event_name(name) != name
