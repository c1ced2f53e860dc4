"""Forms of committees, for administrators."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation

from amendments.committees.models import Committee
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
from amendments.committees.services import NewSeat
from amendments.people.forms import PersonForm
from amendments.web.forms import DATE_FORMATS, PartForm, WritingForm

NAME_MISSING = _("Bitte geben Sie einen Namen von höchstens 200 Zeichen an.")
NUMBER_WRONG = _("Die gesetzliche Mitgliederzahl ist eine Zahl größer als null.")
PRESENT_WRONG = _("Bitte geben Sie an, wie viele Mitglieder anwesend sein müssen.")
DEADLINE_WRONG = _("Die Frist liegt zwischen 0 und 60 Tagen.")


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


def sent(_form: Any, field: Any) -> None:
    """A field may be empty, but not absent: leaving it out must not mean "without end"."""
    if not field.raw_data:
        raise StopValidation(_("Das Formular ist unvollständig. Bitte laden Sie die Seite neu."))


class SeatForm(WritingForm):
    valid_to = DateField(_("Letzter Tag"), format=DATE_FORMATS, validators=[sent, Optional()])
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
    valid_to = DateField(_("Letzter Tag"), format=DATE_FORMATS, validators=[Optional()])


MOST_SEATS = 3
"""Seats on the form of an invitation; more are given on the committees' pages."""


class SeatEntry(PartForm):
    """A seat on the form of an invitation; without a committee it is none."""

    committee_id = SelectField(_("Gremium"), coerce=optional_id, validate_choice=False)
    role = SelectField(_("Aufgabe"), choices=choices(ROLE_LABELS), default=Role.MEMBER.value, validate_choice=False)
    valid_from = DateField(_("Erster Tag"), format=DATE_FORMATS, validators=[Optional()])
    valid_to = DateField(_("Letzter Tag"), format=DATE_FORMATS, validators=[Optional()])


class InvitationForm(PersonForm):
    seats = FieldList(FormField(SeatEntry), min_entries=MOST_SEATS, max_entries=MOST_SEATS)

    @property
    def errors(self) -> dict[Any, Any]:
        """As every form's: those of a seat are sentences too, which stand beside its fields."""
        found = dict(super().errors)
        seats = [sentence for entry in found.pop("seats", []) for said in entry.values() for sentence in said]
        return {**found, None: [*found.get(None, []), *seats]} if seats else found

    def offer_committees(self, committees: Iterable[Committee]) -> None:
        rows = [(row.id, row.name) for row in committees]
        for entry in self.seats:
            entry.committee_id.choices = [SelectChoice("", _("kein Sitz")), *(SelectChoice(*row) for row in rows)]

    def chosen_seats(self) -> list[NewSeat]:
        return [
            NewSeat(**{name: entry.form[name].data for name in SEAT}) for entry in self.seats if entry.committee_id.data
        ]


SEAT = ("committee_id", "role", "valid_from", "valid_to")


class TableForm(WritingForm):
    """A table of people; `carried` holds the one that was looked through, so that it is chosen once."""

    file = FileField(_("Tabelle (.csv)"))
    carried = HiddenField()
