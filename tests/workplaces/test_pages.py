"""The way through a document, page by page, over HTTP. Every page passes `tests.guards.page.inspect` on the way."""

import re
from html import unescape
from io import BytesIO

import pytest
from sqlalchemy import text

from amendments.audit import checking
from amendments.documents import queries as documents
from amendments.documents.services import NewText
from amendments.exchange.instructions import Instructions
from amendments.proposals.queries import edits_of
from amendments.text import Edit, Kind, apply, plain
from tests.factories.documents import paper
from tests.factories.proposals import change, edit_id
from tests.workplaces.pages import as_, body, text_url

pytestmark = pytest.mark.one_engine

# --- reading


def test_the_list_shows_a_guest_only_what_is_public(client, session):
    paper(visibility="public", title="Öffentliche Satzung")
    paper(visibility="committee", title="Interner Entwurf")
    shown = body(client.get("/"))
    assert "Öffentliche Satzung" in shown
    assert "Interner Entwurf" not in shown


def test_a_guest_reads_the_draft_and_nothing_of_the_work_on_it(client, session):
    public = paper(visibility="public")
    change(public, "jährlich", "jedes Jahr", reason="Canary-Grund")
    shown = body(client.get(text_url(public) + "?view=all"))
    assert "Der Beirat berichtet jährlich" in re.sub(r"<[^>]+>", "", shown)
    assert "Ä 1" not in shown
    assert "jedes Jahr" not in shown


@pytest.mark.parametrize("view", ["draft", "with_proposals", "agreed", "all"])
def test_members_see_every_view(client, session, stage, view):
    change(stage, "jährlich", "jedes Jahr")
    shown = body(as_(client, session, stage.member).get(text_url(stage) + f"?view={view}"))
    assert ("Ä 1" in shown) == (view in {"with_proposals", "all"})
    assert 'id="z-1"' in shown
    assert f'id="p-{stage.words[0].identity}"' in shown


def test_the_outline_says_how_many_proposals_lie_under_a_heading(client, session):
    content = (plain("Kurse", Kind.HEADING, 1), plain("Es gibt Kurse."), plain("Wege", Kind.HEADING, 1), plain("Kurz."))
    made = paper(texts=[NewText("annex", "Konzept", content)])
    for old in ("gibt", "Kurse.", "Kurz"):
        change(made, old, old.upper())
    shown = body(as_(client, session, made.member).get(text_url(made)))
    assert ("2 Vorschläge</span>" in shown, "1 Vorschlag</span>" in shown) == (True, True)


def test_a_strangers_text_is_not_found(client, session, stage):
    other = paper(visibility="public")
    assert client.get(f"/documents/{other.document.id}/texts/{stage.text.id}").status_code == 404


# --- the desk


def test_the_desk_parts_what_is_undisputed_from_what_collides(client, session, stage):
    change(stage, "jährlich", "jedes Jahr")
    change(stage, "Räume", "Säle")
    change(stage, "Räume", "Hallen")
    moderator = as_(client, session, stage.moderator)
    assert "Ä 1" in body(moderator.get(text_url(stage, "/desk?group=undisputed")))
    collisions = body(moderator.get(text_url(stage, "/desk?group=collisions")))
    assert "Säle" in collisions
    assert "Hallen" in collisions
    assert "Ä 1<" not in collisions


def test_many_are_decided_at_once_and_the_page_says_what_stands(client, session, stage):
    ids = [str(edit_id(change(stage, old, new))) for old, new in (("jährlich", "jedes Jahr"), ("Räume", "Säle"))]
    moderator = as_(client, session, stage.moderator)
    values = {"edit": ids, "outcome": "agreed", "vote": "unanimous"} | {f"expected-{one}": "" for one in ids}
    answer = moderator.send(f"/versions/{stage.version.id}/decide", values)
    assert answer.status_code == 303
    shown = body(moderator.get(text_url(stage, "/desk?group=decided")))
    assert shown.count("einstimmig") >= 2
    assert "jedes Jahr" in body(moderator.get(text_url(stage) + "?view=agreed"))


def test_deciding_what_somebody_else_has_decided_is_a_conflict(client, session, stage):
    one = str(edit_id(change(stage, "jährlich", "jedes Jahr")))
    moderator = as_(client, session, stage.moderator)
    values = {"edit": one, "outcome": "agreed", f"expected-{one}": ""}
    moderator.send(f"/versions/{stage.version.id}/decide", values)
    answer = moderator.send(
        f"/versions/{stage.version.id}/decide", {**values, "outcome": "rejected", "reason": "doch nicht"}
    )
    assert answer.status_code == 409
    assert "doch nicht" in body(answer)


def test_a_compromise_takes_the_place_of_both(client, session, stage):
    ids = [str(edit_id(change(stage, "Räume", new))) for new in ("Säle", "Hallen")]
    moderator = as_(client, session, stage.moderator)
    page = body(moderator.get(text_url(stage, "/reword"), query_string={"edit": ids}))
    assert "Kompromiss schreiben" in page
    assert "Säle" in page
    assert "Hallen" in page
    name = f"para-{stage.words[1].identity}"
    words = stage.words[1].text.replace("Räume", "Säle und Hallen")
    answer = moderator.send(
        text_url(stage, "/reword"), {"edit": ids, name: words, "reason": "Beides", "action": "submit"}
    )
    assert answer.status_code == 303
    assert "Säle und Hallen" in re.sub(r"<[^>]+>", "", body(moderator.get(text_url(stage) + "?view=agreed")))


@pytest.mark.parametrize("news", [("Säle", "Hallen"), ("Säle",)])
def test_a_new_wording_shows_the_old_one_by_name_and_leads_back_to_the_group_one_came_from(
    client, session, stage, news
):
    ids = [str(edit_id(change(stage, "Räume", new))) for new in news]
    group = "collisions" if len(news) > 1 else "undisputed"
    moderator = as_(client, session, stage.moderator)
    desk = moderator.get(text_url(stage, f"/desk?group={group}")).get_data(as_text=True)
    links = [unescape(found) for found in re.findall(r'href="([^"]*/reword[?][^"]*)"', desk)]
    (address,) = [link for link in links if link.count("edit=") == len(ids)]
    page = body(moderator.get(address))
    assert "<h3>Bisher</h3>" in page
    back = text_url(stage, f"/desk?group={group}&page=1")
    assert f'href="{back}"' in page
    given = dict(re.findall(r'name="(group|page)" value="(\w+)"', page))
    words = stage.words[1].text.replace("Räume", "Häuser")
    sent = {"edit": ids, f"para-{stage.words[1].identity}": words, "reason": "Beides", "action": "submit"}
    answer = moderator.send(text_url(stage, "/reword"), sent | given)
    assert answer.location == f"{back}#edit-{ids[0]}"


def test_a_decision_leads_back_to_the_group_and_page_it_was_made_in(client, session, stage):
    one = str(edit_id(change(stage, "jährlich", "jedes Jahr")))
    moderator = as_(client, session, stage.moderator)
    assert 'name="group" value="undisputed"' in body(moderator.get(text_url(stage, "/desk")))
    sent = {"edit": one, f"expected-{one}": "", "outcome": "agreed"}
    decide = f"/versions/{stage.version.id}/decide"
    answer = moderator.send(decide, sent | {"group": "undisputed", "page": "2"})
    assert answer.location == text_url(stage, f"/desk?group=undisputed&page=2#edit-{one}")
    reopened = f"/versions/{stage.version.id}/edits/{one}/reopen"
    shown = body(moderator.get(text_url(stage, "/desk?group=decided")))
    expected = re.search(r'name="expected" value="([^"]+)"', shown)[1]
    given = {"expected": expected, "reason": "Noch einmal", "group": "😀&x=1", "page": "-1"}
    assert moderator.send(reopened, given).location == text_url(stage, f"/desk#edit-{one}")


def test_a_member_sees_the_desk_and_cannot_decide(client, session, stage):
    one = str(edit_id(change(stage, "jährlich", "jedes Jahr")))
    member = as_(client, session, stage.member)
    shown = body(member.get(text_url(stage, "/desk")))
    assert "Ä 1" in shown
    assert "Annehmen" not in shown
    answer = member.send(
        f"/versions/{stage.version.id}/decide", {"edit": one, "outcome": "agreed", f"expected-{one}": ""}
    )
    assert answer.status_code == 403


# --- the next version


def test_publishing_hands_back_what_was_touched(client, session, stage):
    agreed = str(edit_id(change(stage, "jährlich", "jedes Jahr")))
    change(stage, "jährlich", "stets")
    moderator = as_(client, session, stage.moderator)
    moderator.send(
        f"/versions/{stage.version.id}/decide", {"edit": agreed, "outcome": "agreed", f"expected-{agreed}": ""}
    )
    page = body(moderator.get(text_url(stage, "/publish")))
    hidden = dict(re.findall(r'name="(expected_hash|base_version_id)"[^>]*value="([^"]*)"', page))
    answer = moderator.send(text_url(stage, "/publish"), {**hidden, "note": "Nach der Sitzung"})
    assert answer.status_code == 303, body(answer)
    shown = body(moderator.get(answer.location))
    assert "Woher die Änderungen kommen" in shown
    assert "Ä 1" in shown
    back = body(moderator.get(text_url(stage, "/handed-back")))
    assert "Textstelle geändert" in back
    assert "stets" in back
    assert "jedes Jahr" in back
    assert documents.current_version(stage.text.id).number == 2


def test_a_preview_that_is_out_of_date_publishes_nothing(client, session, stage):
    agreed = str(edit_id(change(stage, "jährlich", "jedes Jahr")))
    moderator = as_(client, session, stage.moderator)
    moderator.send(
        f"/versions/{stage.version.id}/decide", {"edit": agreed, "outcome": "agreed", f"expected-{agreed}": ""}
    )
    answer = moderator.send(
        text_url(stage, "/publish"),
        {"expected_hash": "0" * 64, "base_version_id": str(stage.version.id), "note": "getippt"},
    )
    assert answer.status_code == 409
    assert "getippt" in body(answer)
    assert documents.current_version(stage.text.id).number == 1


# --- bringing in


def test_a_new_document_is_looked_at_before_it_is_created(client, session, stage):
    moderator = as_(client, session, stage.moderator)
    values = {
        "title": "Neu",
        "lead_committee_id": str(stage.lead.id),
        "visibility": "committee",
        "role": "annex",
        "pasted": "# Titel\n\nEin Absatz.",
    }
    page = body(moderator.send("/documents/new", {**values, "action": "preview"}))
    assert "2 Absätze gefunden" in page
    answer = moderator.send("/documents/new", {**values, "action": "create"})
    assert "Ein Absatz." in body(moderator.get(answer.location))


def test_a_file_that_is_not_what_it_says_is_one_sentence(client, session, stage):
    moderator = as_(client, session, stage.moderator)
    answer = moderator.send(
        text_url(stage, "/import"),
        {"file": (BytesIO(b"%PDF-1.4"), "text.docx"), "action": "preview"},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    assert "PDF-Datei" in body(answer)


def test_a_new_file_is_matched_before_it_is_published(client, session, stage):
    moderator = as_(client, session, stage.moderator)
    words = "\n\n".join(paragraph.text for paragraph in stage.words).replace("jährlich", "jedes Jahr")
    page = body(moderator.send(text_url(stage, "/import"), {"pasted": words, "action": "preview"}))
    assert "jedes Jahr" in page
    answer = moderator.send(text_url(stage, "/import"), {"pasted": words, "action": "create"})
    assert answer.status_code == 303, page
    assert documents.current_version(stage.text.id).number == 2


# --- the rest


def test_the_record_is_shown_with_what_was_walked_and_when(client, session, stage):
    change(stage, "jährlich", "jedes Jahr")
    somebody = as_(client, session, stage.member)
    shown = body(somebody.get("/audit"))
    assert "Bisher ist kein Schaden gefunden." in shown
    assert "Von Anfang an geprüft wurde die Kette zuletzt am" in shown
    assert "danach" not in shown
    assert "Vorschlag eingereicht (Ä 1)" in shown
    change(stage, "jährlich", "oft")
    assert "Der eine Vorgang danach passt dazu." in body(somebody.get("/audit"))


def test_the_record_is_checked_from_its_beginning_on_demand(client, session, stage):
    change(stage, "jährlich", "jedes Jahr")
    somebody = as_(client, session, stage.member)
    checking._known.clear()  # a process that has not looked yet
    answer = somebody.send("/audit/check")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/audit")
    shown = body(somebody.get("/audit"))
    assert "passen zueinander" in shown
    assert "Der eine Vorgang danach passt dazu." in shown, "that of the check itself"


def test_a_check_finds_what_a_look_need_not_see(client, session, stage):
    change(stage, "jährlich", "jedes Jahr")
    somebody = as_(client, session, stage.member)
    somebody.get("/audit")
    trigger = "event_no_update" if session.get_bind().dialect.name == "sqlite" else "event_no_change ON event"
    session.execute(text(f"DROP TRIGGER {trigger}"))
    session.execute(text("UPDATE event SET name = 'proposal:withdrawn' WHERE name = 'proposal:filed'"))
    assert "kein Schaden" in body(somebody.get("/audit"))
    assert somebody.send("/audit/check").status_code == 303
    shown = body(somebody.get("/audit"))
    assert "Die Kette ist beschädigt." in shown
    assert "passt nicht zu seinem Vorgänger" in shown
    assert "kein Schaden" not in shown


def test_a_hidden_event_is_told_for_what_it_is(client, session, stage):
    change(stage, "jährlich", "jedes Jahr")
    somebody = as_(client, session, stage.member)
    table = "event_subject"
    trigger = f"{table}_no_delete" if session.get_bind().dialect.name == "sqlite" else f"{table}_no_change ON {table}"
    session.execute(text(f"DROP TRIGGER {trigger}"))
    session.execute(text("DELETE FROM event_subject"))
    assert "stimmen nicht mit seinem Inhalt überein" in body(somebody.get("/audit"))


def test_my_proposals_are_mine(client, session, stage):
    change(stage, "jährlich", "jedes Jahr", title="Öfter berichten")
    assert "Öfter berichten" in body(as_(client, session, stage.member).get("/my-desk"))


def test_pages_speak_english(client, session, stage):
    change(stage, "jährlich", "jedes Jahr")
    shown = body(as_(client, session, stage.member).get(text_url(stage) + "?lang=en"))
    assert '<html lang="en">' in shown
    assert "With proposals" in shown


def test_as_if_all_marks_the_places_that_read_as_the_draft_because_wishes_collide(client, session, stage):
    for new in ("oft", "selten"):
        change(stage, "jährlich", new)
    change(stage, "Schulen", "Alle Schulen")
    session.commit()
    shown = as_(client, session, stage.member).get(text_url(stage, "?view=all")).get_data(as_text=True)
    assert {number for number in (1, 2, 3) if re.search(rf"</span>Ä {number}<", shown)} == {1, 2}
    assert "/desk?group=collisions" in shown


def test_a_referral_without_a_reason_is_refused_in_words(client, session, stage):
    made = change(stage, "jährlich", "oft")
    session.commit()
    sent = {"edit": str(edit_id(made)), "outcome": "referred", "vote": "none", "reason": " "}
    refused = as_(client, session, stage.moderator).send(f"/versions/{stage.version.id}/decide", sent)
    assert refused.status_code == 400
    shown = body(refused)
    assert "Bitte geben Sie an, wohin und warum verwiesen wird." in shown
    assert "Bitte prüfen Sie Ihre Angaben" in shown
    for code in ("referred", "outcome", "vote"):
        assert code not in shown


def test_a_proposal_is_found_on_the_desk_by_its_number(client, session, stage):
    change(stage, "Räume", "Säle")
    wanted = change(stage, "jährlich", "oft")
    change(stage, "jährlich", "selten")
    session.commit()
    moderator = as_(client, session, stage.moderator)
    answer = moderator.get(text_url(stage, f"/desk?find=Ä {wanted.number}"))
    assert answer.status_code == 303
    assert answer.location.endswith(f"group=collisions&page=1#edit-{edit_id(wanted)}")
    assert "Ä 99 steht nicht auf dieser Liste" in body(moderator.get(text_url(stage, "/desk?find=99")))


def test_a_proposal_says_itself_as_an_instruction_that_makes_the_same_text(client, session) -> None:
    stage = paper()
    made = change(stage, "jährlich", "zweimal im Jahr")
    session.commit()
    page = body(as_(client, session, stage.member).get(f"/proposals/{made.id}"))
    (said,) = re.findall(r'<p class="preline" lang="de">(.*?)</p>', page)
    (edit,) = edits_of(made.id)
    hunks = Instructions(stage.words).read(said)
    assert apply(stage.words, [Edit("", hunks)]) == apply(stage.words, [edit.edit]) != stage.words
