"""Somebody in front of a paper's pages, over HTTP."""

from html import unescape

from amendments.committees.models import Committee
from amendments.people.models import Account
from tests.factories.committees import membership


def text_url(stage, rest=""):
    return f"/documents/{stage.document.id}/texts/{stage.text.id}{rest}"


def as_(client, session, actor):
    """The browser of that person, with the actor's seats as memberships."""
    for seat in actor.seats:
        membership(session.get(Committee, seat.committee_id), actor.account_id, seat.role)
    return client.sign_in(session.get(Account, actor.account_id))


def body(response):
    return unescape(response.get_data(as_text=True))
