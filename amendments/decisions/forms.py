"""What the merge desk sends: a verdict over one edit or many, reopening."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from amendments.consultations.rules import Vote, VoteKind
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.errors import InvalidInput
from amendments.web.forms import WritingForm

BAD_EDIT = "Diese Änderung gibt es nicht."
BAD_OUTCOME = "Bitte wählen Sie, wie entschieden wird."
BAD_COUNT = "Ja, Nein und Enthaltungen sind Zahlen ab null."
MAX_COUNT = 10_000
LONGEST_GROUP = 20
LONGEST_PAGE = 4


class RewordForm(WritingForm):
    """A wording of the moderation: modified or a compromise."""

    title = StringField(_("Kurzer Titel"), validators=[Length(max=200)])
    reason = TextAreaField(_("Begründung"), validators=[Length(max=20_000)])


def ident(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        raise InvalidInput(BAD_EDIT, field="edit") from None


def place_of(sent: MultiDict[str, str]) -> dict[str, Any]:
    """The group of the desk and the page of it that a form came from, for the way back; {} when it says neither."""
    group, page = sent.get("group", ""), sent.get("page", "")
    found = {"group": group} if group.isascii() and group.isalpha() and len(group) <= LONGEST_GROUP else {}
    if found and page.isascii() and page.isdecimal() and len(page) <= LONGEST_PAGE:
        found["page"] = page
    return found


def outcome_of(form: MultiDict[str, str]) -> Outcome:
    raw = form.get("outcome", "")
    if raw not in set(Outcome):
        raise InvalidInput(BAD_OUTCOME, field="outcome")
    return Outcome(raw)


def verdicts_of(form: MultiDict[str, str]) -> list[Verdict]:
    """One per ticked edit, with the decision the page showed; `rank-<edit>` is the decided place among insertions."""
    outcome = outcome_of(form)
    found = []
    for raw in form.getlist("edit"):
        edit_id = ident(raw)
        if edit_id is None:
            raise InvalidInput(BAD_EDIT, field="edit")
        found.append(
            Verdict(
                edit_id,
                outcome,
                ident(form.get(f"expected-{edit_id}")),
                rank=_count(form.get(f"rank-{edit_id}")) if outcome is Outcome.AGREED else None,
                settled_by=ident(form.get("settled_by")) if outcome is Outcome.SETTLED else None,
            )
        )
    return found


def vote_of(form: MultiDict[str, str]) -> Vote:
    """Numbers are read only where they were counted; elsewhere the fields stay behind."""
    raw = form.get("vote", VoteKind.NONE.value)
    if raw not in set(VoteKind):
        raise InvalidInput(BAD_COUNT, field="vote")
    kind = VoteKind(raw)
    if kind is not VoteKind.COUNTED:
        return Vote(kind)
    return Vote(kind, *(_count(form.get(name)) for name in ("yes", "no", "abstained")))


def _count(raw: str | None) -> int | None:
    if not raw:
        return None
    if not raw.isascii() or not raw.isdecimal() or int(raw[:7]) > MAX_COUNT:
        raise InvalidInput(BAD_COUNT, field="vote")
    return int(raw[:7])
