"""The desk's group "gemeinsam lesen", over HTTP."""

import re

import pytest

from amendments.documents.queries import memory
from amendments.extensions import db
from tests.factories.documents import paper
from tests.factories.proposals import change, edit_id, filed, insert
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine


def shown(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body(response)))


def test_the_sentence_stands_open_with_its_marks_and_their_sources_under_the_reason(client, session):
    stage = paper("Es eilt. Der Rat berät den Plan im Mai.", "Der Bund hilft hier gern.")
    ids = [edit_id(change(stage, old, new)) for old, new in (("Rat", "Beirat"), ("Mai", "Juni"))]
    [change(stage, old, new) for old, new in (("hilft", "zahlt"), ("hier", "dort"))]
    session.commit()
    page = as_(client, session, stage.moderator).get(text_url(stage, "/desk?group=soft"))
    words = shown(page)
    sentence = "Der [gestrichen: Rat][eingefügt: Beirat]Ä 1 berät den Plan im [gestrichen: Mai][eingefügt: Juni]Ä 2."
    assert words.count(sentence) == 1
    assert "Es eilt." not in words
    assert words.index("unmittelbar nebeneinander: Ä 3, Ä 4") < words.index("im selben Teilsatz: Ä 1, Ä 2")
    assert body(page).count(f'name="edit" value="{ids[0]}"') == 3  # ticked, decided alone, agreed with the other


def test_all_of_a_sentence_are_agreed_with_one_button(client, session):
    stage = paper("Der Rat berät den Plan.")
    for old, new in (("Rat", "Beirat"), ("Plan", "Entwurf")):
        change(stage, old, new)
    session.commit()
    moderator = as_(client, session, stage.moderator)
    page = body(moderator.get(text_url(stage, "/desk?group=soft")))
    (form,) = [each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if "Alle annehmen" in each]
    fields = re.findall(r'name="((?:edit|expected-[^"]*|group|page))" value="([^"]*)"', form)
    values = {name: [value for each, value in fields if each == name] for name, _ in fields}
    moderator.send(f"/versions/{stage.version.id}/decide", values | {"outcome": "agreed"})
    assert "Entschieden sind 2 von 2 Änderungen." in shown(moderator.get(text_url(stage, "/desk")))


def test_a_member_reads_the_same_and_has_no_button(client, session):
    stage = paper("Der Rat berät den Plan.")
    for old, new in (("Rat", "Beirat"), ("Plan", "Entwurf")):
        change(stage, old, new)
    session.commit()
    words = shown(as_(client, session, stage.member).get(text_url(stage, "/desk?group=soft")))
    assert "[eingefügt: Beirat]Ä 1" in words
    assert "Alle annehmen" not in words


def test_what_is_not_words_of_a_sentence_is_shown_beside_the_name(client, session):
    stage = paper("Eins.", "Vier.")
    parent = filed(stage, insert(stage.words, 0, "Zwei und drei."))
    change(stage, "drei", "mehr", parent_id=parent.id)
    session.commit()
    words = shown(as_(client, session, stage.moderator).get(text_url(stage, "/desk?group=soft")))
    assert "ändert den Wortlaut eines anderen: Ä 1, Ä 2" in words
    assert "[eingefügt: Zwei und ]Ä 1[eingefügt: mehr]Ä 2[eingefügt: .]Ä 1" in words
    assert "[eingefügt: Zwei und drei.]" in words


def test_a_proposal_is_found_on_the_page_where_it_is_read(client, session, monkeypatch):
    monkeypatch.setattr("amendments.workplaces.desk.PER_PAGE", 1)
    stage = paper("Der Rat tagt, und der Beirat ruht.", "Der Bund hilft hier.")
    for old, new in (("tagt", "eilt"), ("ruht", "geht"), ("hilft", "zahlt"), ("hier", "dort")):
        change(stage, old, new)
    session.commit()
    moderator = as_(client, session, stage.moderator)
    pages = [moderator.get(text_url(stage, f"/desk?find={number}")).location for number in (1, 3)]
    assert [re.search(r"group=(\w+)&page=(\d)", page).groups() for page in pages] == [("soft", "2"), ("soft", "1")]


def test_reading_together_asks_no_more_of_the_database_than_any_other_group(client, session, count_queries):
    stage = paper(*[f"Absatz {n} wird jährlich geprüft." for n in range(8)])

    def two(number: int) -> None:
        change(stage, f"Absatz {number} wird", f"Absatz {number} würde")
        change(stage, f"{number} wird jährlich geprüft", f"{number} wird jährlich gelobt")

    def statements(group: str) -> int:
        db.session.expunge_all()
        memory.clear()
        with count_queries() as sent:
            moderator.get(f"{desk}?group={group}")
        return len(sent)

    two(0)
    session.commit()
    desk = text_url(stage, "/desk")
    moderator = as_(client, session, stage.moderator)
    statements("soft")
    few = statements("soft")
    assert few == statements("undisputed")
    session.add_all([stage.document, stage.text, stage.version])
    for number in range(1, 8):
        two(number)
    session.commit()
    assert statements("soft") == few
