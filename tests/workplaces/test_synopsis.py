"""Wordings side by side, over HTTP."""

import html
import re
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from amendments.consensus.named import choices_of, kept_versions
from amendments.consensus.rules import ConsensusKind
from amendments.consensus.services import keep_consensus
from amendments.documents.services import NewText
from tests.consensus.publishing import agree, publish
from tests.factories import committees, documents, proposals
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine


@pytest.fixture
def paper(session):
    paper = documents.paper("Eins zwei drei.", "Vier fünf.", "Sechs.", visibility="public")
    speaker = committees.somebody(paper.participant, "chair")
    made = proposals.change(
        paper, "zwei", "2", committee_id=paper.participant.id, actor=speaker, reason="Vertraulicher Grund"
    )
    proposals.change(paper, "fünf", "5")
    agree(paper, made)
    session.commit()
    return paper


def columns(page: str) -> list[str]:
    head = page[page.index("<thead>") : page.index("</thead>")]
    return re.findall(r'<th scope="col">([^<]+)</th>', head)


def test_without_a_choice_the_draft_stands_beside_committees_and_what_is_agreed(client, session, paper) -> None:
    page = body(as_(client, session, paper.member).get(text_url(paper, "/synopsis")))
    assert columns(page) == ["Fassung 1", paper.participant.name, "Wie angenommen (Kf)"]
    assert page.count("Ä 1") == 2
    assert "2 Absätze unverändert" in page


def test_columns_and_whole_text_are_chosen(client, session, paper) -> None:
    publish(paper)
    session.commit()
    page = body(as_(client, session, paper.member).get(text_url(paper, "/synopsis?base=2&column=v1&whole=1")))
    assert columns(page) == ["Fassung 2", "Fassung 1"]
    assert page.count("unverändert</p>") == 2
    assert "Absätze unverändert" not in page


@pytest.mark.parametrize(
    ("query", "expected", "named", "row"),
    [
        ("base=k1&column=kf", ["Unstrittig (K1)", "Wie angenommen (Kf)"], "Unstrittig (K1)", ("5", "fünf")),
        ("base=kf&column=k1&column=v1", ["Wie angenommen (Kf)", "Unstrittig (K1)", "Fassung 1"], "Kf", ("2", "zwei")),
        ("base=v1&column=kf", ["Fassung 1", "Wie angenommen (Kf)"], "Fassung 1", ("zwei", "2")),
    ],
)
def test_any_two_wordings_stand_side_by_side(client, session, paper, query, expected, named, row) -> None:
    page = body(as_(client, session, paper.member).get(text_url(paper, f"/synopsis?{query}")))
    assert columns(page) == expected
    assert named in page[page.index('class="lead"') : page.index("<details")]
    table = page[page.index("<table") : page.index("</table>")]
    struck, put = (re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", table, re.DOTALL) for tag in ("del", "ins"))
    assert any(row[0] in words for words in struck), struck
    assert any(row[1] in words for words in put), put
    assert re.search(r"<a [^>]*></a>", table) is None


def test_a_kept_version_is_compared_with_those_of_a_later_one(client, session, paper) -> None:
    kept = keep_consensus(
        paper.moderator,
        version_id=paper.version.id,
        kind="undisputed",
        committee_id=None,
        expected_hash=choices_of(paper.version.id, paper.lead.id).named(ConsensusKind.UNDISPUTED).hash,
    )
    publish(paper)
    session.commit()
    member = as_(client, session, paper.member)
    page = body(member.get(text_url(paper, f"/synopsis?base=s-{kept.id}&column=v2")))
    assert columns(page)[1:] == ["Fassung 2"]
    assert "K1" in columns(page)[0]
    page = body(member.get(text_url(paper, "/synopsis?version=1&base=k1")))
    assert "Unstrittig (K1) zu Fassung 1" in page
    page = body(member.get(text_url(paper, "/consensus")))
    assert 'href="' + text_url(paper, "/consensus?version=1") in page
    assert "Neben Fassung 2 lesen" in page


@pytest.mark.parametrize("wrong", ["base=kf", "base=k1", "base=s-1"])
def test_a_guest_puts_nothing_unpublished_on_the_left(client, session, paper, wrong) -> None:
    assert client.get(text_url(paper, f"/synopsis?{wrong}")).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        "base=9",
        "base=v9",
        "base=zz",
        "version=9",
        "column=v9",
        "column=k3-unbekannt",
        "column=s-1",
        "column=zz",
        "column=k3-",
    ],
)
def test_what_is_not_there_is_not_found(client, session, paper, wrong) -> None:
    assert as_(client, session, paper.member).get(text_url(paper, f"/synopsis?{wrong}")).status_code == 404


def test_a_guest_compares_published_versions_and_nothing_else(client, session, paper) -> None:
    publish(paper)
    session.commit()
    page = body(client.get(text_url(paper, "/synopsis")))
    assert columns(page) == ["Fassung 1", "Fassung 2"]
    assert "Ä 1" not in page
    for value in ("kf", "k1", f"k3-{paper.participant.key}"):
        assert client.get(text_url(paper, f"/synopsis?column={value}")).status_code == 404
    assert client.get(text_url(paper, "/consensus")).status_code in {302, 303}


def test_equal_wordings_are_said_to_be_equal(client, session) -> None:
    paper = documents.paper(texts=[NewText("annex", "Entwurf", documents.contents("Eins."))])
    session.commit()
    page = body(as_(client, session, paper.member).get(text_url(paper, "/synopsis?column=k1")))
    assert "Alle diese Fassungen lauten gleich." in page


def test_the_moderation_keeps_a_consensus_version_and_it_is_compared_later(client, session, paper) -> None:
    moderator = as_(client, session, paper.moderator)
    page = body(moderator.get(text_url(paper, "/consensus")))
    form = page[page.index('name="kind" value="undisputed"') - 600 :]
    given = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[form.index("<form") : form.index("</form>")]))
    answer = moderator.send(text_url(paper, "/consensus/keep"), given)
    assert answer.status_code == 303
    (kept,) = kept_versions(paper.text.id)
    page = body(moderator.get(answer.location))
    assert f"column=s-{kept.version.id}" in page
    shown = body(moderator.get(text_url(paper, f"/synopsis?base=1&column=s-{kept.version.id}")))
    assert "festgehalten am" in shown
    assert {"Ä 1", "Ä 2"} <= set(re.findall(r"Ä \d", shown))
    assert moderator.send(text_url(paper, "/consensus/keep"), given | {"idempotency_key": "z" * 32}).status_code == 409


def test_members_look_and_are_not_offered_to_keep(client, session, paper) -> None:
    page = body(as_(client, session, paper.member).get(text_url(paper, "/consensus")))
    assert "Unstrittig" in page
    assert "So festhalten" not in page


def test_columns_that_have_no_room_are_named_on_the_page_and_on_paper(client, session) -> None:
    paper = documents.paper("Eins zwei drei.", "Sechs.", visibility="public")
    for old, new in pairwise(("zwei", *map(str, range(11)))):
        agree(paper, proposals.change(paper, old, new))
        publish(paper)
    session.commit()
    member = as_(client, session, paper.member)
    wished = "&".join(f"column=v{number}" for number in range(2, 13))
    page = body(member.get(text_url(paper, f"/synopsis?base=v1&{wished}")))
    assert columns(page) == [f"Fassung {number}" for number in range(1, 7)]
    assert "nicht gezeigt: Fassung 7, Fassung 8, Fassung 9, Fassung 10, Fassung 11, Fassung 12." in page
    link = re.search(r'href="([^"]*synopsis\.pdf[^"]*)"', page)
    assert link is not None
    found = PdfReader(BytesIO(member.get(html.unescape(link[1])).data))
    words = " ".join("".join(sheet.extract_text() for sheet in found.pages).split())
    assert "höchstens 9 Spalten Platz; nicht gezeigt: Fassung 11, Fassung 12." in words
    assert words.count("[gestrichen: zwei]") == 9
    few = body(member.get(text_url(paper, "/synopsis?base=v1&column=v2")))
    assert "nicht gezeigt" not in few
