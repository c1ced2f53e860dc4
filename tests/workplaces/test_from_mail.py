"""A pasted mail becomes proposals: read, shown, chosen, filed once; what was pasted stays."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from amendments.committees.rules import Rules
from amendments.committees.services import change_committee
from amendments.proposals.models import Proposal
from amendments.web import clock
from tests.factories import committees, consultations, people
from tests.factories.documents import paper
from tests.workplaces.pages import as_, body, sent, text_url

MAIL = (
    "Guten Tag,\n\nwir beantragen: „jährlich“ durch „jedes Jahr“ ersetzen.\nBegründung: einfacher\n\n"
    "Nach „von Anfang an“ wird „und überall“ eingefügt.\n\nKapitel 99 wird gestrichen.\n\nViele Grüße\nPetra"
)


def url(stage):
    return text_url(stage, "/from-mail")


def read(client, stage, mail=MAIL):
    return client.send(
        url(stage), sent(body(client.get(url(stage))), action="#found") | {"mail": mail, "action": "read"}
    )


def numbers(session):
    return session.scalar(select(func.count()).select_from(Proposal))


def orders(page):
    return re.findall(r'name="order" value="(\w+)"', page)


def filing(page, **more):
    return sent(page, action="#found") | {"order": orders(page), "action": "file", "committee_id": ""} | more


def test_it_is_read_shown_and_filed_once(client, session, stage, member):
    assert "E-Mail lesen" in body(member.get(url(stage)))
    answer = read(member, stage)
    page = body(answer)
    assert answer.status_code == 200
    assert len(orders(page)) == 2
    assert "Diese Stelle gibt es in dieser Fassung nicht: Kapitel 99" in page
    assert "Schluss der E-Mail" in page
    assert "Nicht sicher verstanden" in page
    assert "Bitte wählen" not in page
    assert numbers(session) == 0
    form = filing(page)
    first = member.send(url(stage), form)
    assert first.status_code == 303
    assert member.send(url(stage), form).location == first.location
    found = session.scalars(select(Proposal).order_by(Proposal.number)).all()
    assert [(row.reason, row.origin, row.committee_id) for row in found] == [
        ("einfacher", "filed", None),
        ("", "filed", None),
    ]


def test_all_of_it_as_one_proposal(client, session, stage, member):
    page = body(read(member, stage))
    answer = member.send(url(stage), filing(page, how="together"))
    row = session.scalars(select(Proposal)).one()
    assert answer.location.endswith(f"/proposals/{row.id}")
    assert "jedes Jahr" in body(member.get(answer.location))


def test_only_what_is_ticked(client, session, stage, member):
    page = body(read(member, stage))
    member.send(url(stage), filing(page, order=orders(page)[1:]))
    assert [row.reason for row in session.scalars(select(Proposal))] == [""]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"order": []}, "mindestens eine"),
        ({"order": ["0123456789abcdef"]}, "inzwischen anders"),
        ({"version_id": "x"}, "inzwischen anders"),
        ({"mail": "Guten Tag, alles gut."}, "keine Änderung sicher zu erkennen"),
        ({"mail": ""}, "fügen Sie die E-Mail"),
        ({"mail": "a" * 100_001}, "100.000 Zeichen"),
    ],
    ids=["nothing", "unknown", "other version", "no order", "empty", "long"],
)
def test_a_refusal_keeps_what_was_pasted(client, session, stage, member, more, why):
    page = body(read(member, stage))
    form = filing(page, **more)
    answer = member.send(url(stage), form)
    assert answer.status_code == 400
    assert why in body(answer)
    assert form["mail"].strip()[:80] in body(answer)
    assert numbers(session) == 0


def test_hostile_signs_are_shown_and_not_carried_out(client, stage, member):
    answer = read(member, stage, "<script>alert(1)</script>\n\u202e„jährlich“ durch „<b>oft</b>“ ersetzen.")
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.text
    assert "<b>oft" not in answer.text


def others_paper(session):
    other = committees.committee(name="Ortsbeirat Nord")
    found = paper(lead=committees.committee(kind="steering_group"), participant_ids=[other.id])
    session.commit()
    return found, other


def test_the_moderation_files_the_mail_of_a_committee(client, session):
    found, other = others_paper(session)
    moderator = as_(client, session, found.moderator)
    page = body(read(moderator, found))
    assert "Ortsbeirat Nord" in page
    unsaid = moderator.send(url(found), filing(page, committee_id="-"))
    assert unsaid.status_code == 400
    assert "in wessen Namen" in body(unsaid)
    assert numbers(session) == 0
    assert moderator.send(url(found), filing(page, committee_id=str(other.id))).status_code == 303
    assert {(row.committee_id, row.origin) for row in session.scalars(select(Proposal))} == {(other.id, "returned")}


def test_a_member_keeps_orders_as_drafts_and_files_them_later(client, session, stage, member):
    page = body(read(member, stage))
    form = filing(page, action="draft", committee_id=str(stage.participant.id))
    answer = member.send(url(stage), form)
    assert answer.location == "/my-desk"
    assert member.send(url(stage), form).location == answer.location
    found = session.scalars(select(Proposal)).all()
    assert {(row.state, row.origin, row.author_id) for row in found} == {("draft", "filed", stage.member.account_id)}
    assert len(found) == 2
    page = body(member.get(answer.location))
    assert "2 Änderungen sind als Entwurf aufgehoben;" in page
    assert all(f"/proposals/{row.id}" in page for row in found)
    shown = text_url(stage, f"/propose?draft={found[0].id}")
    submit = sent(body(member.get(shown)), text_url(stage, "/propose")) | {"action": "submit"}
    assert member.send(text_url(stage, "/propose"), submit).status_code == 303
    session.expire_all()
    assert sorted(row.state for row in session.scalars(select(Proposal))) == ["draft", "open"]


def test_one_draft_opens_with_its_way_on(client, session, stage, member):
    answer = member.send(url(stage), filing(body(read(member, stage)), action="draft", how="together"))
    assert "Weiter bearbeiten und einreichen" in body(member.get(answer.location))


def test_before_the_time_for_proposals_a_mail_can_be_kept_as_a_draft(client, session, stage, member):
    opens = clock.now() + timedelta(days=3)
    consultations.planned(stage, asks=True, filing_opens=opens)
    session.commit()
    page = body(read(member, stage))
    answer = member.send(url(stage), filing(page))
    assert answer.status_code == 409
    assert "„Als Entwurf aufheben“" in body(answer)
    assert numbers(session) == 0
    assert member.send(url(stage), filing(body(answer), action="draft")).status_code == 303
    assert numbers(session) == 2


def test_the_mail_of_another_committee_is_brought_in_in_its_time_and_is_no_draft(client, session):
    found, other = others_paper(session)
    consultations.planned(found, other, asks=True, filing_opens=clock.now() + timedelta(days=3))
    moderator = as_(client, session, found.moderator)
    page = body(read(moderator, found))
    for action, status, why in (("file", 409, "Vorschläge dieses Gremiums"), ("draft", 400, "selbst vorschlagen")):
        answer = moderator.send(url(found), filing(page, committee_id=str(other.id), action=action))
        assert answer.status_code == status
        assert why in body(answer)
        assert "jährlich" in body(answer)
    assert numbers(session) == 0


def test_what_came_late_in_a_mail_says_so(client, session):
    found, other = others_paper(session)
    step = consultations.planned(found, other, asks=True, filing_closes=clock.now() - timedelta(days=1))
    moderator = as_(client, session, found.moderator)
    moderator.send(url(found), filing(body(read(moderator, found)), committee_id=str(other.id)))
    assert {(row.late, row.consultation_id) for row in session.scalars(select(Proposal))} == {(True, step.id)}


def test_a_committee_that_asks_for_reasons_asks_its_own_members_for_them_alone(client, session):
    found, other = others_paper(session)
    lead = found.lead
    given = {"name": lead.name, "short_name": lead.short_name, "kind": lead.kind, "legal_number": 9}
    change_committee(people.actor(is_admin=True), lead.id, **given, rules=Rules(reason_required=True))
    session.commit()
    moderator = as_(client, session, found.moderator)
    page = body(read(moderator, found))
    assert moderator.send(url(found), filing(page)).status_code == 400
    assert moderator.send(url(found), filing(page, committee_id=str(other.id))).status_code == 303


def test_statements_do_not_grow_with_orders(client, session, stage, member, count_queries):
    few = MAIL
    many = MAIL + "".join(f"\n\nIn Kapitel {number} wird „jährlich“ gestrichen." for number in range(50))
    read(member, stage)
    with count_queries() as one:
        read(member, stage, few)
    with count_queries() as other:
        read(member, stage, many)
    assert len(one) == len(other)


def test_the_text_page_leads_to_it(client, stage, member):
    assert url(stage) in body(member.get(text_url(stage)))
