"""Somebody in front of a paper's pages, over HTTP."""

from html import unescape

import html5lib

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


def sent(page, action=None, **typed):
    """What a browser sends of the first form that writes (to that address): what is hidden, typed, chosen, ticked."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    forms = [form for form in tree.iter("form") if form.get("method") == "post" and form.get("action") != "/sign-out"]
    main = next(tree.iter("main"))
    inside = set(main.iter("form"))
    form = next(form for form in forms if form in inside and action in (None, form.get("action")))
    found: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.get("name")
        if not name or name == "csrf_token":
            continue
        for value in _values(field):
            found.setdefault(name, []).append(value)
    alone = {
        name: values[0] if name not in ("edit", "settled", "excused") else values for name, values in found.items()
    }
    return alone | typed


def _values(field):
    match field.tag:
        case "input":
            if field.get("type") in ("checkbox", "radio"):
                return [field.get("value", "on")] if field.get("checked") is not None else []
            return [field.get("value", "")]
        case "textarea":
            return ["".join(field.itertext())]
        case "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            return [option.get("value", "") for option in chosen]
    return []
