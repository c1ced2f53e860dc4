"""Links on their way to people: by mail where a server is set and takes it, else on the page of who made them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from amendments.people.models import Account
from amendments.people.rules import LASTS, Purpose
from amendments.web import clock, mail
from amendments.web.mail import Letter

PAGES = {Purpose.INVITATION: "people.invitation", Purpose.PASSWORD: "people.new_password"}


@dataclass(frozen=True)
class Handed:
    """`link` is empty where a mail went out: then nobody but the person needs it."""

    name: str
    email: str
    link: str


def hand_out(purpose: Purpose, made: Sequence[tuple[Account, str]]) -> list[Handed]:
    """Send the links (account, token), after they were stored; what does not go out is to be shown, this once."""
    paths = current_app.url_map.bind("")  # there may be no request: who forgot a password is written to beside it
    links = [mail.address_of(paths.build(PAGES[purpose], {"token": token})) for _account, token in made]
    letters = [letter(purpose, account, link) for (account, _token), link in zip(made, links, strict=True)]
    sent = mail.send(letters)
    return [
        Handed(account.name, account.email, "" if gone else link)
        for (account, _token), link, gone in zip(made, links, sent, strict=True)
    ]


def links_page(purpose: Purpose, made: Sequence[tuple[Account, str]], location: str) -> ResponseReturnValue:
    """The answer to a post that made links: what was sent, and what is to be copied. It is stored nowhere.

    A post that was sent twice made none the second time and leads to `location`.
    """
    if not made:
        flash(_("Das ist schon geschehen. Einen Link, der nicht ankam, können Sie hier erneuern."), "info")
        return redirect(location, 303)
    handed = hand_out(purpose, made)
    until = clock.now() + LASTS[purpose]
    return render_template("people/links.html", handed=handed, until=until, invited=purpose is Purpose.INVITATION)


def letter(purpose: Purpose, account: Account, link: str) -> Letter:
    """The mail with a link, in the language of the account."""
    hours = LASTS[purpose] // timedelta(hours=1)
    with force_locale(account.language):
        if purpose is Purpose.INVITATION:
            subject = _("Ihre Einladung")
            reason = _("für Sie ist ein Konto eingerichtet. Bitte wählen Sie über diesen Link Ihr Passwort:")
        else:
            subject = _("Ihr neues Passwort")
            reason = _("jemand hat für Ihr Konto ein neues Passwort angefordert. Über diesen Link wählen Sie eines:")
        lines = [
            _("Guten Tag %(name)s,", name=account.name),
            reason,
            link,
            _("Der Link gilt %(hours)s Stunden und nur einmal.", hours=hours)
            if hours > 1
            else _("Der Link gilt eine Stunde und nur einmal."),
            _("Wenn Sie damit nichts anfangen können, brauchen Sie nichts zu tun."),
        ]
        return Letter(account.name, account.email, str(subject), "\n\n".join(map(str, lines)) + "\n")
