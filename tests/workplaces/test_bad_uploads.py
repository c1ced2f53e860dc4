"""Bad files in a browser: the page says the sentence and keeps standing; names and claimed types decide nothing."""

from html import unescape
from io import BytesIO

import pytest

from amendments.committees.models import Committee
from amendments.people.models import Account
from benchmarks.bad_files import BAD_FILES
from tests.factories.committees import membership
from tests.factories.documents import paper

pytestmark = pytest.mark.one_engine

ONE_OF_EACH = {
    bad.said: what
    for what, bad in BAD_FILES.items()
    if bad.name and not bad.stopped and not bad.said.startswith("größer")
}


@pytest.fixture
def upload(client, session):
    """`upload(data, name, type)`: the answer of the page that reads a file for a text."""
    found = paper()
    for seat in found.moderator.seats:
        membership(session.get(Committee, seat.committee_id), found.moderator.account_id, seat.role)
    session.commit()
    client.sign_in(session.get(Account, found.moderator.account_id))
    here = f"/documents/{found.document.id}/texts/{found.text.id}/import"

    def send(data, name, kind="application/octet-stream", **more):
        form = {"file": (BytesIO(data), name, kind), "action": "preview"} | more
        answer = client.send(here, form, content_type="multipart/form-data")
        answer.request.environ["wsgi.input"].close()  # the test's own, as large as a file
        return answer

    return send


@pytest.mark.parametrize("what", ONE_OF_EACH.values())
def test_a_bad_file_is_refused_beside_the_field(upload, what):
    bad = BAD_FILES[what]
    answer = upload(bad.data(), bad.name, **({"markdown": "y"} if bad.markdown else {}))
    assert answer.status_code in (413, 422)
    assert bad.said in unescape(answer.text)


def test_more_than_an_upload_may_have_is_not_read(upload):
    answer = upload(b"x" * (20 * 1024 * 1024 + 1), "a.txt")
    assert answer.status_code == 413
    assert "zu groß" in answer.text


@pytest.mark.parametrize("kind", ["text/html", "image/png", "application/pdf", "x", ""])
def test_what_a_browser_says_of_the_type_decides_nothing(upload, kind):
    answer = upload(b"Der Beirat tagt.", "a.txt", kind)
    assert answer.status_code == 200
    assert "Gelesen: a.txt" in answer.text


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.txt", "C:\\a\\b.txt", "a\x00b.txt", "x" * 300 + ".txt", "CON.txt", "\u202etxt.exe.txt",
     "🏛️.txt", "a<script>.txt", "a\tb.txt", "'; rm.txt"],
)  # fmt: skip
def test_of_a_name_only_the_suffix_matters(upload, name):
    answer = upload(b"Der Beirat tagt.", name)
    assert answer.status_code == 200
    assert "Gelesen: " in answer.text
    assert "etc/passwd" not in answer.text
    assert "<script>.txt" not in answer.text
    assert "\x00" not in answer.text
    assert "x" * 250 not in answer.text
