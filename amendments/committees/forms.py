"""Forms of committees, for administrators."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, EmailField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from amendments.committees.queries import Member
from amendments.committees.rules import (
    KIND_LABELS,
    MAJORITY_LABELS,
    MOST_DAYS,
    ORDER_LABELS,
    QUORUM_LABELS,
    ROLE_LABELS,
    TIE_LABELS,
    Majority,
    Quorum,
    Role,
    Rules,
    Tie,
    VoteOrder,
)
from amendments.web.forms import WritingForm

NAME_MISSING = _("Bitte geben Sie einen Namen von höchstens 200 Zeichen an.")
NUMBER_WRONG = _("Die gesetzliche Mitgliederzahl ist eine Zahl größer als null.")
PRESENT_WRONG = _("Bitte geben Sie an, wie viele Mitglieder anwesend sein müssen.")
DEADLINE_WRONG = _("Die Frist liegt zwischen 0 und 60 Tagen.")
DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]


def choices(labels: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(value, _(label)) for value, label in labels.items()]


def optional_id(value: object) -> UUID | None:
    """What a list of people has chosen; its first entry is nobody."""
    return value if isinstance(value, UUID) or value is None else UUID(str(value)) if value else None


class CommitteeForm(WritingForm):
    name = StringField(_("Name"), validators=[InputRequired(NAME_MISSING), Length(max=200, message=NAME_MISSING)])
    short_name = StringField(
        _("Kurzname"), validators=[InputRequired(NAME_MISSING), Length(max=200, message=NAME_MISSING)]
    )
    kind = SelectField(_("Art"), choices=choices(KIND_LABELS))
    legal_number = IntegerField(
        _("Gesetzliche Mitgliederzahl"), validators=[Optional(), NumberRange(1, 9_999, NUMBER_WRONG)]
    )


class ChangeForm(CommitteeForm):
    """A committee with its rules."""

    majority = SelectField(_("Mehrheit"), choices=choices(MAJORITY_LABELS))
    quorum = SelectField(_("Beschlussfähig, wenn anwesend ist"), choices=choices(QUORUM_LABELS))
    quorum_number = IntegerField(
        _("Eigene Zahl der Anwesenden"), validators=[Optional(), NumberRange(1, 9_999, PRESENT_WRONG)]
    )
    tie = SelectField(_("Bei Stimmengleichheit"), choices=choices(TIE_LABELS))
    order = SelectField(_("Reihenfolge der Abstimmungen"), choices=choices(ORDER_LABELS))
    public = BooleanField(_("Sitzungen sind in der Regel öffentlich"))
    reason_required = BooleanField(_("Vorschläge brauchen eine Begründung"))
    deadline_days = IntegerField(
        _("Frist für Vorschläge: Tage vor der Sitzung"),
        validators=[Optional(), NumberRange(0, MOST_DAYS, DEADLINE_WRONG)],
    )

    def show_rules(self, rules: Rules) -> None:
        """Fill in what holds now."""
        for name in rules.__dataclass_fields__:
            self[name].data = getattr(rules, name)

    def rules(self) -> Rules:
        """What was chosen, after validation."""
        quorum = Quorum(self.quorum.data)
        return Rules(
            majority=Majority(self.majority.data),
            quorum=quorum,
            quorum_number=self.quorum_number.data if quorum is Quorum.OWN else None,
            tie=Tie(self.tie.data),
            order=VoteOrder(self.order.data),
            public=bool(self.public.data),
            reason_required=bool(self.reason_required.data),
            deadline_days=self.deadline_days.data,
        )


class SeatForm(WritingForm):
    valid_to = DateField(_("Letzter Tag"), format=DATE_FORMATS, validators=[Optional()])
    deputy_for = SelectField(_("Steht ein für"), coerce=optional_id, validate_choice=False)

    def offer(self, members: Iterable[Member]) -> None:
        """Whom a deputy of this committee may stand in for; the service has the last word."""
        names = {m.membership.account_id: m.name for m in members if m.today and m.membership.role != Role.DEPUTY}
        self.deputy_for.choices = [
            SelectChoice("", _("niemand Bestimmtes")),
            *(SelectChoice(*pair) for pair in names.items()),
        ]


class AppointForm(SeatForm):
    email = EmailField(
        _("E-Mail der Person"),
        validators=[InputRequired(_("Bitte geben Sie eine E-Mail-Adresse an.")), Length(max=254)],
    )
    role = SelectField(_("Aufgabe"), choices=choices(ROLE_LABELS))
    valid_from = DateField(_("Erster Tag"), format=DATE_FORMATS, validators=[Optional()])
