"""The words of a mail, in the language of its reader: what happened to which proposals, and where to read more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer

from amendments.decisions.rules import StageState
from amendments.notifications.models import Notice
from amendments.notifications.rules import MOST_LINES, NoticeKind
from amendments.people.models import Account
from amendments.proposals.models import Proposal
from amendments.proposals.rules import label
from amendments.web import mail
from amendments.web.mail import Letter

PURPOSE = "choose mails"


@dataclass(frozen=True)
class Told:
    """A notice that is still true, with the proposal as it stands now."""

    notice: Notice
    proposal: Proposal
    state: StageState


def letter_to(account: Account, told: Sequence[Told]) -> Letter:
    """One mail with all of it. Nothing in it but number, title and state: whoever reads it by chance learns little."""
    with force_locale(account.language):
        lines = [line for kind in NoticeKind for line in _lines(kind, [one for one in told if one.notice.kind == kind])]
        more = len(lines) - MOST_LINES
        parts = [
            _("Guten Tag %(name)s,", name=account.name),
            *lines[:MOST_LINES],
            *([ngettext("und eine weitere Nachricht.", "und %(num)s weitere Nachrichten.", more)] if more > 0 else []),
            _("Alle Ihre Vorschläge: %(link)s", link=_address("workplaces.mine")),
            _("Welche E-Mails Sie bekommen möchten, wählen Sie hier: %(link)s", link=choice_link(account)),
        ]
        return Letter(
            account.name,
            account.email,
            _subject(told),
            "\n\n".join(map(str, parts)) + "\n",
            choice_link(account),
        )


def _subject(told: Sequence[Told]) -> str:
    proposals = {one.proposal.id: one.proposal.number for one in told}
    if len(proposals) > 1:
        return ngettext("Neues zu einem Vorschlag", "Neues zu %(num)s Vorschlägen", len(proposals))
    return _("Neues zu %(label)s", label=label(next(iter(proposals.values()))))


def _lines(kind: NoticeKind, told: Sequence[Told]) -> list[str]:
    """A line for each proposal, however often something happened to it."""
    latest = {one.proposal.id: one for one in told}
    return [_line(kind, one) for one in sorted(latest.values(), key=lambda one: one.proposal.number or 0)]


def _line(kind: NoticeKind, one: Told) -> str:
    name = label(one.proposal.number) + (f" „{one.proposal.title}“" if one.proposal.title else "")
    link = _address("workplaces.proposal", proposal_id=one.proposal.id)
    if kind is NoticeKind.CALLED_NEXT:
        words = _("%(name)s wird in der Sitzung als Nächstes aufgerufen.", name=name)
    elif kind is NoticeKind.HANDED_BACK:
        words = _("%(name)s ist zurückgegeben: In der neuen Fassung hat sich die Stelle geändert.", name=name)
    else:
        words = _("%(name)s: %(state)s.", name=name, state=_state(one.state))
    return f"{words}\n{link}"


def _state(state: StageState) -> str:
    return {
        StageState.AGREED: _("angenommen"),
        StageState.AGREED_MODIFIED: _("geändert angenommen"),
        StageState.AGREED_IN_PART: _("teilweise angenommen"),
        StageState.REJECTED: _("abgelehnt"),
        StageState.REFERRED: _("verwiesen"),
        StageState.SETTLED: _("erledigt durch einen anderen Vorschlag"),
        StageState.OPEN: _("wieder offen"),
    }.get(state, _("neu entschieden"))


def _address(endpoint: str, **values: object) -> str:
    """A full address; there need be no request."""
    return mail.address_of(current_app.url_map.bind("").build(endpoint, values))


# --- the link at the end: it opens the choice of mails of one account, and nothing else


def choice_link(account: Account) -> str:
    return _address("notifications.choose_by_link", token=_serializer().dumps(account.id.hex))


def account_of_link(token: str) -> str | None:
    """The account's id as hexadecimal digits, None for a token that is none of ours."""
    try:
        return str(_serializer().loads(token))
    except BadData:
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=PURPOSE)
