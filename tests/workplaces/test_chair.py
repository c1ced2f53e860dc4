"""Who chairs a sitting, on its page and in its minutes."""

import pytest

from amendments.meetings import services
from amendments.people.models import Account
from tests.factories import committees
from tests.factories.meetings import case
from tests.workplaces.pages import body, sent

pytestmark = pytest.mark.one_engine


def test_the_chair_leaves_is_missed_and_hands_over(client, session) -> None:
    found, *_ = case(("jährlich", "oft"))
    deputy, clerk = committees.somebody(found.paper.lead, "deputy"), committees.somebody(found.paper.lead, "clerk")
    committees.membership(found.paper.lead, deputy.account_id, "deputy", deputy_for=found.chair.account_id)
    committees.membership(found.paper.lead, clerk.account_id, "clerk")
    session.commit()
    address = f"/meetings/{found.meeting.id}"
    page = client.sign_in(session.get(Account, clerk.account_id))
    shown = body(page.get(address))
    assert f"Vorsitz: {found.chair.name}" in shown
    assert f"{address}/chair" not in shown
    services.leave(clerk, meeting_id=found.meeting.id, account_id=found.chair.account_id)
    session.commit()
    missed = f"{found.chair.name} führt den Vorsitz und ist nicht als anwesend eingetragen."
    shown = body(page.get(address))
    assert missed in shown
    assert "Übernehmen kann, wer" in shown
    services.come(clerk, meeting_id=found.meeting.id, account_ids=[deputy.account_id])
    session.commit()
    form = sent(body(page.get(address)), f"{address}/chair")
    assert form["chair"] == str(deputy.account_id)
    assert page.send(f"{address}/chair", form).status_code == 303
    shown = body(page.get(address))
    assert f"Vorsitz: {deputy.name}" in shown
    assert missed not in shown
    minutes = body(page.get(f"{address}/minutes"))
    assert f": von {found.chair.name} an {deputy.name}</td>" in minutes
    for who in (found.chair, deputy):
        assert f"______________________ {who.name}</p>" in minutes
    answer = page.send(f"{address}/chair", {"chair": form["chair"]})
    assert answer.status_code == 409
    assert "Diese Person führt schon den Vorsitz." in body(answer)


def test_the_hour_of_the_change_stands_in_minutes_that_the_clerk_has_written(client, session) -> None:
    found, *_ = case(("jährlich", "oft"))
    deputy = committees.somebody(found.paper.lead, "deputy")
    committees.membership(found.paper.lead, deputy.account_id, "deputy", deputy_for=found.chair.account_id)
    services.come(found.chair, meeting_id=found.meeting.id, account_ids=[deputy.account_id])
    services.hand_over_chair(found.chair, meeting_id=found.meeting.id, chair_id=deputy.account_id)
    words = services.Words(chairs="Eva Roth (zu TOP 1)")
    services.write_minutes(found.chair, meeting_id=found.meeting.id, row_version=0, words=words)
    session.commit()
    page = client.sign_in(session.get(Account, found.chair.account_id))
    minutes = body(page.get(f"/meetings/{found.meeting.id}/minutes"))
    assert "Übergabe des Vorsitzes" in minutes
    assert f": von {found.chair.name} an {deputy.name}</td>" in minutes
    assert "______________________ Eva Roth (zu TOP 1)" in minutes
