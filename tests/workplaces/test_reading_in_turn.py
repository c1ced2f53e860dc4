"""When all places are taken, a file is not read but kept, and whoever sent it is told when to come again."""

from html import unescape
from io import BytesIO

import pytest

from amendments.committees.models import Committee
from amendments.people.models import Account
from amendments.web import turns
from tests.factories.committees import membership
from tests.factories.documents import paper

pytestmark = pytest.mark.one_engine

PAGE = "<p>Der Beirat tagt öffentlich.</p><p>Er berichtet jedes Jahr.</p>"


@pytest.fixture
def moderator(client, session):
    found = paper()
    for seat in found.moderator.seats:
        membership(session.get(Committee, seat.committee_id), found.moderator.account_id, seat.role)
    session.commit()
    client.sign_in(session.get(Account, found.moderator.account_id))
    client.here = f"/documents/{found.document.id}/texts"
    client.text = f"{client.here}/{found.text.id}"
    return client


@pytest.fixture
def full(app, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    settings = app.extensions["settings"]
    return lambda: turns.turn(settings.data_dir / "turns", at_once=1, waiting=settings.imports_waiting)


@pytest.fixture
def one_place(app, monkeypatch):
    from dataclasses import replace

    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], imports_at_once=1))


def carried(page):
    return page.split('name="carried" type="hidden" value="')[1].split('"')[0]


@pytest.mark.parametrize("path", ["import", "new"])
def test_the_file_is_kept_and_read_on_the_next_press(moderator, one_place, full, path):
    path = f"{moderator.text}/import" if path == "import" else f"{moderator.here}/new"
    upload = {"file": (BytesIO(PAGE.encode()), "Konzept.html"), "text_title": "Anlage", "role": "annex"}
    with full():
        refused = moderator.send(path, upload | {"action": "preview"}, content_type="multipart/form-data")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == str(turns.COME_AGAIN)
    shown = unescape(refused.text)
    assert turns.FULL in shown
    assert "Die Datei Konzept.html ist noch nicht gelesen." in shown
    again = {"carried": carried(refused.text), "carried_name": "Konzept.html", "action": "preview", "role": "annex"}
    read = moderator.send(path, again)
    assert read.status_code == 200
    assert "tagt öffentlich" in unescape(read.text)
    assert "Gelesen: Konzept.html." in unescape(read.text)


def test_a_text_without_markup_needs_no_place(moderator, one_place, full):
    with full():
        read = moderator.send(f"{moderator.text}/import", {"pasted": "Ein Absatz.", "action": "preview"})
    assert read.status_code == 200
