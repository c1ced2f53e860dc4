"""Who is written about what, when, and what is never written."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from amendments.consultations.services import Plan, plan_consultation
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.errors import NotAllowed
from amendments.meetings import services as sittings
from amendments.notifications import delivery, services
from amendments.notifications.models import MailProgress, Notice
from amendments.notifications.rules import NoticeKind, may_send
from amendments.people.models import Account
from amendments.proposals.services import withdraw_proposal
from amendments.web import clock
from tests.consensus.publishing import agree, publish
from tests.factories import committees, documents, proposals
from tests.factories.meetings import sitting
from tests.workplaces.pages import as_, body

EVENING = datetime(2011, 11, 22, 18, 30, tzinfo=UTC)


@pytest.fixture
def paper(session, post_office):
    """Nothing was read before: what happens from now on is news."""
    with clock.stopped(EVENING):
        paper = documents.paper("Eins zwei drei.", "Vier fünf.", "Sechs sieben.")
        committees.membership(paper.participant, paper.member.account_id)
        session.commit()
        delivery.deliver()
    return paper


@pytest.fixture
def evening():
    with clock.stopped(EVENING):
        yield


def address(session, actor):
    return session.get(Account, actor.account_id).email


def words(letter):
    return letter.get_content().replace("\r\n", "\n")


def later(minutes):
    """A round of the post at that time of the evening."""
    with clock.stopped(EVENING + timedelta(minutes=minutes)):
        return delivery.deliver()


def test_who_filed_it_is_told_what_was_decided(session, post_office, paper, evening) -> None:
    made = proposals.change(paper, "zwei", "2", title="Zahl")
    agree(paper, made)
    session.commit()
    assert later(1) == 1
    (letter,) = post_office.letters
    assert letter["To"].addresses[0].addr_spec == address(session, paper.member)
    assert letter["Subject"] == f"Neues zu Ä {made.number}"
    assert f"Ä {made.number} „Zahl“: angenommen.\nhttps://vorlagen.example/proposals/{made.id}" in words(letter)
    assert later(2) == 0


def test_a_mail_is_in_the_language_of_its_reader(session, post_office, paper, evening) -> None:
    session.get(Account, paper.member.account_id).language = "en"
    agree(paper, proposals.change(paper, "zwei", "2"))
    session.commit()
    later(1)
    assert "Ä 1: agreed." in words(post_office.letters[0])


def test_one_mail_an_hour_tells_everything_that_happened_as_it_stands_then(
    session, post_office, paper, evening
) -> None:
    first, second = proposals.change(paper, "zwei", "2"), proposals.change(paper, "fünf", "5")
    agree(paper, first)
    session.commit()
    later(0)
    agree(paper, second)
    decisions.reopen(
        paper.moderator,
        version_id=paper.version.id,
        edit_id=proposals.edit_id(first),
        reason="Noch einmal",
        expected=standing_on([proposals.edit_id(first)])[proposals.edit_id(first)].id,
    )
    session.commit()
    assert [later(minute) for minute in (1, 30, 59)] == [0, 0, 0]
    assert later(60) == 1
    _, letter = post_office.letters
    assert letter["Subject"] == "Neues zu 2 Vorschlägen"
    assert "Ä 1: wieder offen." in words(letter)
    assert "Ä 2: angenommen." in words(letter)
    assert words(letter).count("Ä 1") == 1


def test_what_a_version_hands_back_is_told(session, post_office, paper, evening) -> None:
    made = proposals.change(paper, "zwei drei", "2 3")
    other = committees.somebody(paper.participant)
    committees.membership(paper.participant, other.account_id)
    agree(paper, proposals.change(paper, "drei", "III", actor=other))
    publish(paper)
    session.commit()
    later(1)
    assert f"Ä {made.number} ist zurückgegeben" in words(post_office.to(address(session, paper.member)))


def test_who_comes_next_is_told_and_nobody_whose_turn_is_over(session, post_office, evening) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    committees.membership(paper.participant, paper.member.account_id)
    session.commit()
    delivery.deliver()
    near = proposals.change(paper, "Anfang an", "klein auf")
    proposals.change(paper, "den Spracherwerb von Anfang an", "alle")
    other = committees.somebody(paper.participant)
    committees.membership(paper.participant, other.account_id)
    rival = proposals.change(paper, "jährlich", "oft", actor=other)
    proposals.change(paper, "jährlich", "selten", actor=other)
    found = sitting(paper)
    found.call(proposals.edit_id(near))
    session.commit()
    later(1)
    (letter,) = post_office.letters
    assert letter["To"].addresses[0].addr_spec == address(session, other)
    assert f"Ä {rival.number} wird in der Sitzung als Nächstes aufgerufen." in words(letter)


def test_a_turn_that_is_over_is_not_announced_any_more(session, post_office, evening) -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    committees.membership(paper.participant, paper.member.account_id)
    session.commit()
    delivery.deliver()
    other = committees.somebody(paper.participant)
    committees.membership(paper.participant, other.account_id)
    near = proposals.change(paper, "Anfang an", "klein auf", actor=other)
    proposals.change(paper, "den Spracherwerb von Anfang an", "alle", actor=other)
    proposals.change(paper, "jährlich", "oft")
    proposals.change(paper, "jährlich", "selten")
    found = sitting(paper)
    found.call(proposals.edit_id(near))
    sittings.close_meeting(found.chair, meeting_id=found.meeting.id)
    session.commit()
    later(1)
    assert [letter for letter in post_office.letters if "Nächstes" in words(letter)] == []
    assert session.scalars(sa.select(Notice.dropped_at).where(Notice.kind == "called_next")).all() != []


@pytest.mark.parametrize("reason", ["own", "withdrawn", "gone", "closed", "invited"])
def test_nobody_is_told_what_is_no_news_or_no_business_of_theirs(session, post_office, paper, evening, reason) -> None:
    """`own`: decided by who filed it. `gone`: no seat any more."""
    if reason == "own":
        agree(paper, proposals.change(paper, "zwei", "2", actor=paper.moderator))
    else:
        agree(paper, proposals.change(paper, "zwei", "2"))
    account = session.get(Account, paper.member.account_id)
    if reason == "withdrawn":
        session.execute(sa.text("UPDATE proposal SET state = 'withdrawn', withdrawn_at = filed_at"))
    if reason == "gone":
        session.execute(sa.text("DELETE FROM membership"))
    if reason == "closed":
        account.active = False
    if reason == "invited":
        account.password_hash = None
    session.commit()
    assert later(1) == 0
    assert post_office.letters == []


def test_what_happened_before_there_was_a_mail_server_or_long_ago_is_no_news(session, post_office, evening) -> None:
    paper = documents.paper("Eins zwei drei.", "Vier fünf.")
    committees.membership(paper.participant, paper.member.account_id)
    agree(paper, proposals.change(paper, "zwei", "2"))
    session.commit()
    assert later(1) == 0
    agree(paper, proposals.change(paper, "fünf", "5"))
    session.commit()
    assert later(24 * 60 + 1) == 0
    assert post_office.letters == []


def test_a_refused_letter_is_tried_again_and_given_up(session, post_office, paper, evening) -> None:
    agree(paper, proposals.change(paper, "zwei", "2"))
    session.commit()
    post_office.refuses.add(address(session, paper.member))
    assert [later(minute) for minute in (0, 1, 15, 30, 45, 60)] == [0] * 6
    (row,) = session.scalars(sa.select(Notice))
    assert (row.tries, row.dropped_at is not None) == (4, True)
    post_office.refuses.clear()
    assert later(90) == 0


def test_a_letter_lost_on_the_way_is_sent_again(session, post_office, paper, evening) -> None:
    agree(paper, proposals.change(paper, "zwei", "2"))
    session.commit()
    with clock.stopped(EVENING):
        services.gather()
        services.take_out()  # and the process dies
        session.commit()
    assert later(14) == 0
    assert later(15) == 1


def test_each_kind_can_be_done_without(session, post_office, paper, evening) -> None:
    account = session.get(Account, paper.member.account_id)
    services.choose_mails(paper.member, account, kinds=[NoticeKind.HANDED_BACK])
    agree(paper, proposals.change(paper, "zwei", "2"))
    session.commit()
    assert later(1) == 0
    with pytest.raises(NotAllowed):
        services.choose_mails(paper.moderator, account, kinds=[])


def test_without_a_mail_server_the_record_is_not_read(app, session) -> None:
    assert delivery.deliver() == 0
    assert session.scalar(sa.select(MailProgress)) is None


@pytest.mark.parametrize(("minutes", "may"), [(None, True), (0, False), (59, False), (60, True)])
def test_an_hour_passes_between_two_mails(minutes, may) -> None:
    last = None if minutes is None else EVENING - timedelta(minutes=minutes)
    assert may_send(EVENING, last) is may


# --- pages


def test_what_was_pressed_sends_mails_beside_the_request(client, session, post_office, paper) -> None:
    made = proposals.change(paper, "zwei", "2")
    session.commit()
    moderator = as_(client, session, paper.moderator)
    edit = proposals.edit_id(made)
    form = {"edits": edit, "edit": edit, "outcome": "rejected", f"expected-{edit}": "", "vote": "none"}
    answer = moderator.send(f"/versions/{paper.version.id}/decide", form)
    assert answer.status_code == 303, body(answer)
    assert "abgelehnt" in words(post_office.to(address(session, paper.member)))


def test_the_link_in_a_mail_opens_the_choice_of_mails_and_nothing_else(client, session, post_office, paper, evening):
    agree(paper, proposals.change(paper, "zwei", "2"))
    session.commit()
    later(1)
    letter = post_office.letters[0]
    link = re.search(r"https://vorlagen\.example(/mails\?token=\S+)", words(letter))[1]
    assert letter["List-Unsubscribe"] == f"<https://vorlagen.example{link}>"
    page = body(client.get(link))
    assert page.count("checked") == 3
    assert address(session, paper.member) not in page
    assert session.get(Account, paper.member.account_id).name not in page
    token = link.split("=")[1]
    assert client.send("/mails", {"token": token, "kind": "called_next"}).status_code == 303
    assert body(client.get(link)).count("checked") == 1
    agree(paper, proposals.change(paper, "fünf", "5"))
    session.commit()
    assert later(120) == 0


def test_a_link_that_is_none_of_ours_opens_nothing(client, session) -> None:
    for token in ("x", "ImFiYyI.AAAA", "a" * 300):
        assert client.get("/mails", query_string={"token": token}).status_code == 410


def test_one_chooses_on_ones_own_account(client, session, paper) -> None:
    member = as_(client, session, paper.member)
    assert body(member.get("/account/mails")).count("checked") == 3
    assert member.send("/account/mails", {"kind": ["decided", "handed_back"]}).status_code == 303
    assert body(member.get("/account/mails")).count("checked") == 2


def test_withdrawn_proposals_are_not_written_about(session, post_office, paper, evening) -> None:
    made = proposals.change(paper, "zwei", "2")
    withdraw_proposal(paper.member, proposal_id=made.id)
    session.commit()
    assert later(1) == 0


def test_another_committees_recommendation_is_no_decision(session, post_office, paper, evening) -> None:
    made = proposals.change(paper, "zwei", "2")
    step = plan_consultation(
        paper.moderator, document_id=paper.document.id, plan=Plan([paper.participant.id], "preparation")
    )
    decisions.decide_edits(
        committees.somebody(paper.participant, "chair"),
        version_id=paper.version.id,
        verdicts=[Verdict(proposals.edit_id(made), Outcome.AGREED)],
        consultation_id=step.id,
    )
    session.commit()
    assert later(1) == 0
